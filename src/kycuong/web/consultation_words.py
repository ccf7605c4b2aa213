"""Words and forms of consultations: positions, outcomes, what was typed for each point."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kycuong.core.concerns import CONCERN_LABELS, Concern
from kycuong.core.consultations import OUTCOME_LABELS, POSITION_LABELS, SILENCE_LABELS, Outcome, Position, Said
from kycuong.core.links import LINK_LABELS, LinkState
from kycuong.core.opinions import LIFECYCLE
from kycuong.core.transfers import GROUND_LABELS
from kycuong.queries.consultations import Before, OpinionPage
from kycuong.services import consultations
from kycuong.web import forms, words

#: What each act is called when it was done.
DONE: dict[str, str | Promise] = {
    "take_delivery": gettext_lazy("Đã xác nhận nhận văn bản; thời hạn trả lời bắt đầu chạy."),
    "prove_delivery": gettext_lazy("Đã ghi bằng chứng; thời hạn trả lời bắt đầu chạy."),
    "assign_opinion": gettext_lazy("Đã giao chuẩn bị ý kiến; việc đã sang bàn người nhận, thời hạn vẫn tính."),
    "submit_opinion": gettext_lazy("Đã trình dự thảo ý kiến; việc đã sang bàn cấp trên."),
    "return_opinion_draft": gettext_lazy("Đã trả lại dự thảo để hoàn thiện."),
    "give_opinion": gettext_lazy("Đã gửi ý kiến."),
    "file_late": gettext_lazy("Đã gửi ý kiến muộn; ý kiến được lưu, không làm thay đổi kết quả hết hạn."),
    "return_opinion": gettext_lazy("Đã trả lại kèm căn cứ."),
    "ask_time": gettext_lazy("Đã xin thêm thời gian; cơ quan hỏi không trả lời thì được thêm như đã xin."),
    "give_time": gettext_lazy("Đã đồng ý thêm thời gian."),
    "refuse_time": gettext_lazy("Đã trả lời không thêm thời gian."),
    "accept_opinion": gettext_lazy("Đã ghi nhận ý kiến."),
    "refuse_vague": gettext_lazy("Đã trả lại để nêu rõ chính kiến."),
    "drop_opinion": gettext_lazy("Đã thôi lấy ý kiến của cơ quan này."),
    "record_notice": gettext_lazy("Đã ghi nhận thông báo; với cơ quan này có thể đi tiếp."),
}
#: Addresses of acts, as people see them.
ADDRESSES: dict[str, str] = {
    "da-nhan": "take_delivery", "bang-chung": "prove_delivery", "gui": "give_opinion", "gui-muon": "file_late",
    "tra-lai": "return_opinion", "xin-them": "ask_time", "dong-y-them": "give_time", "khong-them": "refuse_time",
    "ghi-nhan": "accept_opinion", "chua-ro": "refuse_vague", "thoi-hoi": "drop_opinion", "ghi-thong-bao": "record_notice",
    "giao": "assign_opinion", "trinh": "submit_opinion", "tra-du-thao": "return_opinion_draft",
}  # fmt: skip


def outcome(found: Outcome | None) -> str:
    """Return where an opinion stands, in words."""
    return words.said(OUTCOME_LABELS[found]) if found else _("Đã thôi lấy ý kiến")


def position(code: str) -> str:
    """Return a position in words; nothing for none."""
    return words.said(POSITION_LABELS[Position(code)]) if code else ""


def silence(code: str) -> str:
    """Return in words what a rule makes of silence."""
    return words.said(next((label for key, label in SILENCE_LABELS.items() if key == code), code))


def positions() -> list[tuple[str, str]]:
    """Return the positions to choose from."""
    return [(one.value, words.said(label)) for one, label in POSITION_LABELS.items()]


def grounds() -> list[tuple[str, str]]:
    """Return why a body may return a question."""
    return [(one.value, words.said(label)) for one, label in GROUND_LABELS.items()]


def points(typed: str) -> tuple[tuple[str, bool], ...]:
    """Return the points typed one a line; a line that begins with a dash is a side point."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    return tuple((line.lstrip("-–").strip(), line[:1] not in {"-", "–"}) for line in lines)


def typed_points(rows: Any) -> str:
    """Return points as they are typed."""
    return "\n".join(row.words if row.is_main else f"- {row.words}" for row in rows)


def said(post: QueryDict) -> dict[int, Said]:
    """Return the positions typed for each point; a point without one is left out."""
    found = {}
    for name in post:
        number = forms.read_number(name.removeprefix("position-")) if name.startswith("position-") else None
        chosen = next((one for one in Position if one.value == post.get(name, "")), None)
        if number is not None and chosen is not None:
            found[number] = Said(chosen, post.get(f"words-{number}", "").strip())
    return found


def question(request: Any) -> consultations.Question:
    """Return what the form asks. Raises: Invalid."""
    post = request.POST
    units = [found for typed in post.getlist("unit") if (found := forms.read_uuid(typed))]
    return consultations.Question(
        post.get("title", ""), points(post.get("points", "")), tuple(dict.fromkeys(units)), post.get("rule", ""),
        forms.read_number(post.get("days", "")), forms.read_uuid(post.get("about", "")), forms.read_file(request, required=False),
        consultations.Concerns(
            tuple(post.getlist("matter")), post.get("place", ""),
            {unit: post.get(f"reason-{unit}", "") for unit in units}, bool(post.get("confirmed")),
        ),
    )  # fmt: skip


def with_reasons(before: Before | None, post: QueryDict) -> list[tuple[uuid.UUID, str, str]]:
    """Return the chosen bodies that nobody knows as concerned, each with the reason typed so far."""
    return [(unit, name, post.get(f"reason-{unit}", "")) for unit, name in before.unconcerned] if before else []


def link_state(found: LinkState) -> str:
    """Return where a link stands, in words."""
    return words.said(LINK_LABELS[found])


def concern(found: Concern) -> str:
    """Return why a body is asked, in words."""
    return words.said(CONCERN_LABELS[found])


#: Whom a lead asks most comes first; a province has about a hundred communes.
KIND_ORDER = (
    "department", "office", "public_service", "vertical", "party", "mass", "council", "outside", "commune",
)  # fmt: skip


def by_kind(
    rows: list[tuple[uuid.UUID, str, str]], chosen: Collection[uuid.UUID]
) -> list[tuple[str, list[tuple[uuid.UUID, str]], bool]]:
    """Return the bodies under the heading of their kind, and whether the heading stands open: the first, or with one chosen."""
    place = {kind: n for n, kind in enumerate(KIND_ORDER)}
    found: list[tuple[str, list[tuple[uuid.UUID, str]], bool]] = []
    for kind, its in groupby(sorted(rows, key=lambda row: (place.get(row[2], -1), row[2])), key=lambda row: row[2]):
        units = [(public_id, name) for public_id, name, _kind in its]
        is_open = not found or any(public_id in chosen for public_id, _ in units)
        found.append((str(words.UNIT_KINDS.get(kind, kind)), units, is_open))
    return found


#: Acts with a small form of their own: code, address, what the field of words asks; None for no field.
_SMALL: tuple[tuple[str, str | Promise | None], ...] = (
    ("take_delivery", None),
    ("return_opinion_draft", gettext_lazy("Nội dung chưa đạt, cần hoàn thiện")),
    ("assign_opinion", gettext_lazy("Ý kiến chỉ đạo (nếu có)")),
    ("prove_delivery", gettext_lazy("Bằng chứng: phiếu gửi, biên nhận, thông tin trên trục liên thông")),
    ("accept_opinion", None),
    ("refuse_vague", gettext_lazy("Điểm nào chưa rõ chính kiến")),
    ("give_time", None),
    ("refuse_time", gettext_lazy("Lý do không thêm thời gian")),
    ("return_opinion", gettext_lazy("Căn cứ và cơ quan có thẩm quyền")),
    ("ask_time", gettext_lazy("Lý do xin thêm thời gian")),
    ("drop_opinion", gettext_lazy("Lý do thôi lấy ý kiến")),
)


def forms_of(page: OpinionPage) -> list[tuple[str, str, str, str]]:
    """Return the small forms that the person may use now: code, address, label, what the field of words asks."""
    addresses = {code: address for address, code in ADDRESSES.items()}
    return [
        (code, addresses[code], words.said(LIFECYCLE.row(code).label), str(hint or ""))
        for code, hint in _SMALL
        if code in _offered(page)
    ]


def _offered(page: OpinionPage) -> set[str]:
    """Return the acts that make sense now, so that no page offers what would be refused."""
    body, phase = page.body, page.body.phase
    offered = set(page.acts) & {"return_opinion", "ask_time", "take_delivery", "assign_opinion", "return_opinion_draft"}
    if body.last_on is not None or page.sealed:  # a sealed question has its own large button
        offered -= {"take_delivery"}
    if body.last_on is None:
        offered -= {"assign_opinion"}
    if body.last_on is None or body.asks_until is not None or page.asked_time:
        offered -= {"ask_time"}
    if page.conducts and phase == "answered":
        offered |= {"accept_opinion", "refuse_vague"}
    if page.conducts and phase == "open":
        offered |= {"drop_opinion"} | ({"prove_delivery"} if body.last_on is None else set())
        offered |= {"give_time", "refuse_time"} if body.asks_until is not None else set()
    return offered


def rows_with_typed(rows: Any, post: QueryDict, drafted: Mapping[int, Said] | None = None) -> list[dict[str, Any]]:
    """Return the points of an opinion's form with what was typed, else what was drafted, else what was said before."""
    found = []
    for row in rows:
        one = (drafted or {}).get(row.number)
        position, said = (one.position.value, one.words) if one else (row.position, row.said)
        typed = post.get(f"position-{row.number}", position), post.get(f"words-{row.number}", said)
        found.append({"point": row, "position": typed[0], "words": typed[1]})
    return found
