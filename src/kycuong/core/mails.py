"""E-mail without a network: what a mail says, its Message-ID, when it is tried again. Title and link only, nothing of citizens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from html import escape
from typing import Final

from kycuong.core.calendars import WEEKDAYS
from kycuong.core.errors import Invalid

#: Of these alone a person who wants it hears by e-mail at once; everything else waits for the morning.
AT_ONCE: Final = frozenset({
    "open", "assign", "assign_opinion", "return_draft", "return_opinion_draft", "send_back", "rung_due", "rung_overdue",
})  # fmt: skip
MOST_LINES, MOST_TRIES = 15, 60
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")


class Choice(StrEnum):
    """How a person wants to hear by e-mail."""

    DIGEST = "digest"
    AT_ONCE = "at_once"
    NONE = "none"


CHOICE_LABELS: Final[dict[Choice, str]] = {
    Choice.DIGEST: "Một thư tổng hợp vào buổi sáng ngày làm việc",
    Choice.AT_ONCE: "Thư ngay khi được giao việc, bị chuyển lại, đến hạn, quá hạn; và thư tổng hợp buổi sáng",
    Choice.NONE: "Không nhận thư; chỉ xem thông báo trong phần mềm",
}
ERROR_LABELS: Final[dict[str, str]] = {
    "": "",
    "unreachable": "Không kết nối được máy chủ thư",
    "refused_login": "Máy chủ thư không nhận tài khoản gửi",
    "refused_sender": "Máy chủ thư không nhận địa chỉ gửi đi",
    "disconnected": "Máy chủ thư ngắt kết nối giữa chừng",
    "no_address": "Người nhận chưa có địa chỉ thư hoặc không còn làm việc",
    "bad_message": "Địa chỉ hoặc nội dung thư không hợp lệ",
    "unexpected": "Lỗi chưa rõ; xem nhật ký máy chủ",
}


def address(typed: str, domains: Sequence[str]) -> str:
    """Return an address as it is kept, empty when none is given. Raises: Invalid for none, or one of another domain."""
    kept = typed.strip()
    if kept and not _ADDRESS.fullmatch(kept):
        raise Invalid("address_unreadable", text=kept[:80])
    if kept and domains and kept.rpartition("@")[2].lower() not in domains:
        raise Invalid("address_elsewhere", domains=", ".join(domains))
    return kept[:254]


def message_id(domain: str, *parts: object) -> str:
    """Return the Message-ID of what a mail tells; the same parts always give the same one."""
    named = sha256("|".join(map(str, parts)).encode()).hexdigest()[:40]
    return f"<{named}@{domain}>"


def wait(attempt: int, *, most: int = 60) -> timedelta:
    """Return how long to wait after a try that failed: one minute, two, four, up to `most`."""
    return timedelta(minutes=min(2 ** min(attempt - 1, 10), most))


def link(site: str, public_id: object) -> str:
    """Return the address of a duty's page."""
    return f"{site}/viec/{public_id}/"


def one_line(text: str, longest: int = 160) -> str:
    """Return a text on one line, cut where it is too long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: longest - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a mail tells: the title of a duty, what about it, and where it is to be read."""

    title: str
    about: str
    url: str


@dataclass(slots=True)
class Digest:
    """What a person is told of a morning: late, due today, soon due, what waits for an answer, what is new."""

    late: list[Line] = field(default_factory=list)
    today: list[Line] = field(default_factory=list)
    soon: list[Line] = field(default_factory=list)
    waiting: list[Line] = field(default_factory=list)
    news: list[Line] = field(default_factory=list)

    def parts(self) -> list[tuple[str, list[Line]]]:
        """Return the parts that have something to tell, what hurts first."""
        named = (
            ("quá hạn", self.late),
            ("đến hạn hôm nay", self.today),
            ("sắp đến hạn", self.soon),
            ("chờ đồng chí xác nhận, quyết định", self.waiting),
            ("thông báo mới", self.news),
        )
        return [(name, lines) for name, lines in named if lines]


def notice_mail(name: str, label: str, line: Line, province: str) -> tuple[str, str]:
    """Return subject and text of the mail about one thing that happened."""
    return one_line(f"{label}: {line.title}", 200), _letter(name, [label, *_lines([line])], province)


def hook_mail(name: str, system: str, why: str, url: str, province: str) -> tuple[str, str]:
    """Return subject and text of the mail that events to another system are paused."""
    body = [
        f"Việc gửi sự kiện đến {system} đã tạm dừng: {why}.",
        "Sự kiện nằm chờ, không mất. Xem và cho gửi tiếp:",
        f"  {url}",
    ]
    return one_line(f"Tạm dừng gửi sự kiện đến {system}", 200), _letter(name, body, province)


def digest_mail(name: str, digest: Digest, on: date, province: str) -> tuple[str, str]:
    """Return subject and text of the morning's mail."""
    day = f"{WEEKDAYS[on.weekday()]} {on:%d/%m/%Y}"
    told = ", ".join(f"{len(lines)} {name}" for name, lines in digest.parts())
    body = [f"Công việc của đồng chí {day}:"]
    for title, lines in digest.parts():
        body += ["", f"{title.upper()} ({len(lines)})", *_lines(lines[:MOST_LINES])]
        if len(lines) > MOST_LINES:
            body.append(f"… và {len(lines) - MOST_LINES} việc khác, xem trong phần mềm.")
    return one_line(f"Công việc {on:%d/%m}: {told}", 200), _letter(name, body, province)


def _lines(lines: Iterable[Line]) -> list[str]:
    told = []
    for line in lines:
        told.append(f"- {one_line(line.title)}" + (f" ({line.about})" if line.about else ""))
        told.append(f"  {line.url}")
    return told


def _letter(name: str, body: Sequence[str], province: str) -> str:
    closing = (
        "--",
        f"Thư tự động của hệ thống giao và theo dõi nhiệm vụ, {province}. Không trả lời thư này.",
        "Đổi cách nhận thư: mở phần mềm, mục Tài khoản, “Nhận nhắc việc qua thư điện tử”.",
    )
    return "\n".join([f"Kính gửi đồng chí {name},", "", *body, "", *closing]) + "\n"


def as_html(text: str) -> str:
    """Return the text as simple HTML: paragraphs of lines, links that can be followed."""
    lines = []
    for raw in text.splitlines():
        line = escape(raw)
        found = raw.strip()
        lines.append(
            f'<a href="{escape(found)}">{escape(found)}</a>' if found.startswith(("https://", "http://")) else line
        )
    return '<div lang="vi" style="font-family:sans-serif;line-height:1.5">' + "<br>\n".join(lines) + "</div>"
