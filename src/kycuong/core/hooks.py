"""Webhooks without a network: kinds of events, what a message says, its signature, when it is tried again, whither it may go.

Standard Webhooks: `webhook-id`, `webhook-timestamp`, `webhook-signature`, HMAC-SHA256 over id, timestamp and body.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import digest
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from kycuong.core.errors import Invalid, NotAllowed
from kycuong.core.lifecycle import lifecycles
from kycuong.core.tokens import RIGHT_LABELS, Right

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
#: A receiver that takes nothing for so long is no longer tried until somebody resumes it. Basis: a default of the product.
DEAD_AFTER: Final = timedelta(days=3)
#: A message that the receiver refuses is tried so often: about two days with the pauses of `wait`.
MOST_TRIES: Final = 50
#: IPv6 addresses that carry an IPv4 address to be judged: NAT64.
_NAT64: Final = ip_network("64:ff9b::/96")
#: Addresses of a site, of old: the standard library takes them for public ones.
_OF_A_SITE: Final = ip_network("fec0::/10")

PAUSED_LABELS: Final[dict[str, str]] = {
    "": "",
    "by_hand": "Người quản lý tạm dừng",
    "dead": "Nơi nhận không phản hồi quá ba ngày",
    "gone": "Nơi nhận báo không còn nhận (410)",
    "vacant": "Người đại diện thôi giữ chức danh",
    "token": "Mã truy cập đã thu hồi hoặc hết hạn",
}
ERROR_LABELS: Final[dict[str, str]] = {
    "": "",
    "unreachable": "Không kết nối được",
    "slow": "Quá thời gian chờ",
    "not_allowed": "Địa chỉ nội bộ chưa được phép gửi đến",
    "unresolved": "Không tìm thấy tên miền",
    "tls": "Chứng thư TLS không hợp lệ",
    "status": "Nơi nhận trả mã lỗi",
}


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of event that is no act on a duty: of which record, by which act of the audit, and when that tells it."""

    kind: str
    label: str
    subject: str
    act: str
    only: tuple[str, str] | None = None

    def tells(self, subject: str, act: str, data: Mapping[str, object]) -> bool:
        """Return whether an entry of the audit is such an event."""
        same = self.subject == subject and self.act == act
        return same and (self.only is None or data.get(self.only[0]) == self.only[1])


RECORD_KINDS: Final[tuple[RecordKind, ...]] = (
    RecordKind("document.entered", "Văn bản: Vào sổ", "document", "register"),
    RecordKind("document.issued", "Văn bản: Ban hành phân công", "document", "issue"),
    RecordKind("document.replaced", "Văn bản: Được thay thế", "document", "link", ("kind", "replaces")),
    RecordKind("period.opened", "Kỳ báo cáo: Mở đối soát", "period", "open_period"),
    RecordKind("period.closed", "Kỳ báo cáo: Chốt kỳ", "period", "close_period"),
    RecordKind("report.sent", "Báo cáo: Gửi", "report", "send_report"),
    RecordKind("report.issued", "Báo cáo: Phát hành báo cáo tổng hợp", "report", "issue_report"),
    RecordKind("letter.sent", "Đôn đốc: Ban hành văn bản đôn đốc", "chase", "record_chase"),
    RecordKind("review.closed", "Rà soát tồn đọng: Kết thúc", "backlog", "close_backlog"),
)
#: The right without which a token hears nothing of a record; the acts on duties ask for the right to read duties.
RIGHTS: Final[dict[str, Right]] = {
    "document": Right.DOC_READ,
    "period": Right.REPORT_READ,
    "report": Right.REPORT_READ,
    "letter": Right.STEER_READ,
    "review": Right.STEER_READ,
}


def right_of(kind: str) -> Right:
    """Return the right without which a token hears nothing of a kind of event."""
    return RIGHTS.get(kind.partition(".")[0], Right.DUTY_READ)


def record_kind(subject: str, act: str, data: Mapping[str, object]) -> str:
    """Return which kind of event an entry of the audit is, nothing for one that nobody is told of."""
    return next((one.kind for one in RECORD_KINDS if one.tells(subject, act, data)), "")


def kinds() -> dict[str, str]:
    """Return every kind of event with its label: the acts of the lifecycles, and what happens to other records."""
    acts = {
        f"{name}.{row.action}": f"{table.title}: {row.label}"
        for name, table in lifecycles().items()
        for row in table.rows
    }
    return acts | {one.kind: one.label for one in RECORD_KINDS}


def read_kinds(codes: Iterable[str]) -> list[str]:
    """Return kinds of events, each once; none stands for all. Raises: Invalid."""
    wanted, known = {code.strip() for code in codes if code.strip()}, kinds()
    unknown = wanted - set(known)
    if unknown:
        raise Invalid("kind_unknown", text=min(unknown))
    return [kind for kind in known if kind in wanted]


def check_rights(wanted: Iterable[str], rights: Iterable[str]) -> None:
    """Refuse kinds of events that the rights of a token do not reach. Raises: NotAllowed."""
    missing = [right for kind in wanted if (right := right_of(kind)) not in set(rights)]
    if missing:
        raise NotAllowed("right_not_given", right=RIGHT_LABELS[missing[0]])


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes: what the URL says, taken apart."""

    secure: bool
    host: str
    port: int
    target: str


def read_url(url: str) -> Place:
    """Take the address of a receiver apart. Raises: Invalid for anything but a plain http or https URL."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as wrong:
        raise Invalid("hook_url", url=url[:100]) from wrong
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= 500
    if (
        not plain
        or parts.scheme not in {"http", "https"}
        or not parts.hostname
        or "@" in parts.netloc
        or parts.fragment
    ):
        raise Invalid("hook_url", url=url[:100])
    secure = parts.scheme == "https"
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(secure, parts.hostname, port or (443 if secure else 80), target)


def read_networks(text: str) -> tuple[Network, ...]:
    """Return the networks of a setting, such as 10.20.0.0/16,192.168.7.5."""
    return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())


def may_go(address: str, *, secure: bool, allowed: Sequence[Network]) -> bool:
    """Return whether a message may go to an address: a public one by TLS, another one only when a setting allows it."""
    plain = _plain(ip_address(address.partition("%")[0]))
    if any(plain in network for network in allowed if network.version == plain.version):
        return True
    inside = plain in _OF_A_SITE or plain.is_multicast or plain.is_reserved or plain.is_unspecified
    return secure and plain.is_global and not inside


def _plain(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one stands for, if it does."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else address)


def secret_of(key: str, subscription: object, number: int) -> bytes:
    """Return the secret of a subscription: it follows from the instance's own key, so that no table holds it."""
    return digest(key.encode(), f"webhook|{subscription}|{number}".encode(), "sha256")


def told_secret(secret: bytes) -> str:
    """Return a secret as its receiver keeps it."""
    return f"whsec_{b64encode(secret).decode()}"


def message_id(subscription: object, event: int | str) -> str:
    """Return the id of a message; the same event for the same subscription always has the same one."""
    return f"msg_{sha256(f'{subscription}|{event}'.encode()).hexdigest()[:32]}"


def headers(secret: bytes, name: str, body: bytes, real: datetime) -> dict[str, str]:
    """Return the three headers that prove a message; `real` is the real clock, by which the receiver judges its age."""
    stamp = str(int(real.timestamp()))
    signed = digest(secret, f"{name}.{stamp}.".encode() + body, "sha256")
    return {"webhook-id": name, "webhook-timestamp": stamp, "webhook-signature": f"v1,{b64encode(signed).decode()}"}


def body(kind: str, at: datetime, data: Mapping[str, object]) -> bytes:
    """Return what a message says: ids, kinds, states and links, never a word of what is in the records."""
    told = {"type": kind, "timestamp": at.isoformat(), "data": data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def wait(failures: int) -> timedelta:
    """Return how long to wait after so many failures in a row: half a minute, one, two, four, up to an hour."""
    return timedelta(seconds=min(30 * 2 ** min(max(failures, 1) - 1, 10), 3600))
