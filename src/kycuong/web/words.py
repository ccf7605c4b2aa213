"""Words for what the queries found: states, days, instants, kinds, as officials say them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from kycuong.core.calendars import WEEKDAYS, local_date
from kycuong.core.duties import last_date
from kycuong.core.sentences import say
from kycuong.queries.documents import DocumentRow, OrderRow
from kycuong.queries.duties import DutyRow, State
from kycuong.queries.search import PAGE_SIZE
from kycuong.web.act_words import DONE

STATES: dict[str, str | Promise] = {
    "overdue": gettext_lazy("Quá hạn"),
    "near_due": gettext_lazy("Sắp đến hạn"),
    "not_due": gettext_lazy("Chưa đến hạn"),
    "awaiting": gettext_lazy("Chờ xác nhận"),
    "no_term": gettext_lazy("Không thời hạn"),
    "done_on_time": gettext_lazy("Đã hoàn thành đúng hạn"),
    "done_late": gettext_lazy("Đã hoàn thành quá hạn"),
}
#: Apart from the seven: duties that were taken off their holder, by how they ended.
ENDED: dict[str, str | Promise] = {
    "apart": gettext_lazy("Đã thôi giao, không tính"),
    "returned": gettext_lazy("Đã trả lại, không tính"),
    "withdrawn": gettext_lazy("Đã rút, không tính"),
    "task.lapsed": gettext_lazy("Đã thôi giao kỳ này, không tính"),
    "task.withdrawn": gettext_lazy("Đã thôi giao, không tính"),
    "replaced": gettext_lazy("Đã thay thế, không tính"),
    "lapsed": gettext_lazy("Không còn phải giải quyết"),
}
#: What waits for the giver, as a flag beside the state of the task.
FLAGS: dict[str, str | Promise] = {
    "extension": gettext_lazy("Đang xin gia hạn"),
    "return": gettext_lazy("Đang đề xuất trả lại"),
    "obstacle": gettext_lazy("Có khó khăn, vướng mắc"),
    "suggestion": gettext_lazy("Có đề xuất, kiến nghị"),
}
#: How somebody signed in.
SIGN_IN_WAYS: dict[str, str | Promise] = {
    "password": gettext_lazy("bằng mật khẩu"),
    "code": gettext_lazy("bằng mật khẩu và mã xác thực"),
    "recovery": gettext_lazy("bằng mật khẩu và mã dự phòng"),
    "provider": gettext_lazy("bằng đăng nhập một lần"),
}
#: Groups of people in the rules of the second step.
FACTOR_SUBJECTS: dict[str, str | Promise] = {
    "administrator": gettext_lazy("Quản trị"),
    "overseer": gettext_lazy("Người của cơ quan theo dõi toàn tỉnh (Văn phòng, Sở Nội vụ)"),
    "auditor": gettext_lazy("Kiểm toán"),
    "chairman": gettext_lazy("Chủ tịch"),
    "vice_chairman": gettext_lazy("Phó Chủ tịch"),
    "office_head": gettext_lazy("Chánh Văn phòng"),
    "office_deputy": gettext_lazy("Phó Chánh Văn phòng"),
    "clerk": gettext_lazy("Văn thư"),
    "follower": gettext_lazy("Chuyên viên theo dõi"),
    "unit_head": gettext_lazy("Thủ trưởng"),
    "unit_deputy": gettext_lazy("Phó thủ trưởng"),
    "division_head": gettext_lazy("Trưởng phòng"),
    "division_deputy": gettext_lazy("Phó trưởng phòng"),
    "officer": gettext_lazy("Chuyên viên"),
}
#: What units are, as a heading over many.
UNIT_KINDS: dict[str, str | Promise] = {
    "province": gettext_lazy("Ủy ban nhân dân tỉnh"),
    "office": gettext_lazy("Văn phòng"),
    "department": gettext_lazy("Sở, ban, ngành"),
    "commune": gettext_lazy("Ủy ban nhân dân cấp xã"),
    "public_service": gettext_lazy("Đơn vị sự nghiệp công lập"),
    "vertical": gettext_lazy("Cơ quan ngành dọc"),
    "party": gettext_lazy("Cơ quan Đảng"),
    "mass": gettext_lazy("Mặt trận, đoàn thể"),
    "council": gettext_lazy("Hội đồng nhân dân"),
    "outside": gettext_lazy("Cơ quan, tổ chức ngoài hệ thống"),
}
#: Where an absence cover stands.
COVERS: dict[str, str | Promise] = {
    "upcoming": gettext_lazy("Sắp tới"),
    "active": gettext_lazy("Đang xử lý thay"),
    "ended": gettext_lazy("Đã kết thúc"),
}
#: Where the token of another system stands.
TOKEN_STATES: dict[str, str | Promise] = {
    "active": gettext_lazy("Đang hiệu lực"),
    "expired": gettext_lazy("Đã hết hạn"),
    "revoked": gettext_lazy("Đã thu hồi"),
    "vacant": gettext_lazy("Ngừng: người này thôi giữ chức danh"),
}
DECIDED: dict[str, str | Promise] = {
    "accepted": gettext_lazy("đồng ý"),
    "refused": gettext_lazy("không đồng ý"),
    "withdrawn": gettext_lazy("đơn vị đã rút"),
    "lapsed": gettext_lazy("không còn phải giải quyết"),
}
#: What the giver's own duty to decide is called in lists.
PROPOSALS: dict[str, str | Promise] = {
    "extension": gettext_lazy("Đề xuất gia hạn của %(unit)s"),
    "return": gettext_lazy("Đề xuất trả lại nhiệm vụ của %(unit)s"),
    "obstacle": gettext_lazy("Khó khăn, vướng mắc của %(unit)s"),
    "suggestion": gettext_lazy("Đề xuất, kiến nghị của %(unit)s"),
}
KINDS: dict[str, str | Promise] = {
    "dated": gettext_lazy("Có thời hạn"),
    "periodic": gettext_lazy("Định kỳ"),
    "standing": gettext_lazy("Không thời hạn"),
    "prohibition": gettext_lazy("Điều cấm"),
}
#: What a sentence of a document is, in the order of the legend.
CLASSES: dict[str, str | Promise] = {
    "order": gettext_lazy("Giao việc"),
    "prohibition": gettext_lazy("Nghiêm cấm"),
    "reporting": gettext_lazy("Báo cáo"),
    "authority": gettext_lazy("Giao quyền"),
    "demand": gettext_lazy("Như giao việc"),
    "basis": gettext_lazy("Căn cứ"),
    "context": gettext_lazy("Bối cảnh"),
    "heading": gettext_lazy("Đề mục, câu dẫn"),
    "execution": gettext_lazy("Tổ chức thực hiện"),
    "head": gettext_lazy("Phần đầu"),
    "receivers": gettext_lazy("Nơi nhận"),
    "signature": gettext_lazy("Ký ban hành"),
}
#: Why nobody owns a sentence that demands something.
ORPHANED: dict[str, str | Promise] = {
    "no_order": gettext_lazy("Chưa thành nội dung giao việc"),
    "no_lead": gettext_lazy("Chưa có đơn vị chủ trì"),
    "dropped": gettext_lazy("Đã bỏ khi rà soát"),
}
DOCUMENT_STATES: dict[str, str | Promise] = {
    "reading": gettext_lazy("Đang đọc bản quét"),
    "triage": gettext_lazy("Chờ phân loại"),
    "review": gettext_lazy("Chờ rà soát"),
    "for_info": gettext_lazy("Để biết"),
    "issued": gettext_lazy("Đã giao việc"),
    "erased": gettext_lazy("Đã xóa (dấu mật)"),
}
IMPORT_STATES: dict[str, str | Promise] = {
    "new": gettext_lazy("mới"),
    "changed": gettext_lazy("thay đổi"),
    "ended": gettext_lazy("kết thúc"),
    "unchanged": gettext_lazy("giữ nguyên"),
    "known": gettext_lazy("đã có"),
    "doubt": gettext_lazy("cần chọn đơn vị"),
    "error": gettext_lazy("lỗi"),
    "done": gettext_lazy("đã tiếp nhận"),
    "undone": gettext_lazy("đã hoàn tác"),
}
SEARCH_STATES: tuple[tuple[str | Promise, list[tuple[str, str | Promise]]], ...] = (
    (gettext_lazy("Nhiệm vụ"), list(STATES.items())),
    (gettext_lazy("Văn bản"), list(DOCUMENT_STATES.items())),
)
FOUND: dict[str, str | Promise] = {
    "document": gettext_lazy("Văn bản"),
    "order": gettext_lazy("Nội dung giao việc"),
    "task": gettext_lazy("Nhiệm vụ"),
}
LINKS: dict[str, str | Promise] = {
    "implements": gettext_lazy("Triển khai"),
    "replaces": gettext_lazy("Thay thế"),
    "cites": gettext_lazy("Căn cứ, dẫn chiếu"),
}
#: What a change of the organisation is called, where it stands, why a successor is proposed.
ORG_CHANGES: dict[str, str | Promise] = {
    "merge": gettext_lazy("Sáp nhập, hợp nhất"),
    "split": gettext_lazy("Chia, tách"),
    "abolish": gettext_lazy("Giải thể, kết thúc hoạt động"),
    "rename": gettext_lazy("Đổi tên"),
    "appoint": gettext_lazy("Bổ nhiệm, thay người giữ chức vụ"),
    "dismiss": gettext_lazy("Thôi giữ chức vụ"),
    "transfer": gettext_lazy("Điều động"),
    "post": gettext_lazy("Lập chức vụ"),
}
CHANGE_STATES: dict[str, str | Promise] = {
    "draft": gettext_lazy("Đang soạn"),
    "decided": gettext_lazy("Đã duyệt, chờ ngày hiệu lực"),
    "applied": gettext_lazy("Đã thực hiện"),
    "cancelled": gettext_lazy("Đã hủy"),
}
WAYS: dict[str, str | Promise] = {
    "only": gettext_lazy("đơn vị kế thừa duy nhất"),
    "chosen": gettext_lazy("đã chọn"),
    "desk": gettext_lazy("theo phòng đang giữ"),
    "subject": gettext_lazy("theo lĩnh vực"),
    "series": gettext_lazy("theo chuỗi định kỳ"),
    "rest": gettext_lazy("theo đơn vị nhận phần còn lại"),
    "": gettext_lazy("chưa chọn"),
}
POST_KINDS: dict[str, str | Promise] = {
    "unit_head": gettext_lazy("Thủ trưởng"),
    "unit_deputy": gettext_lazy("Phó thủ trưởng"),
    "division_head": gettext_lazy("Trưởng phòng"),
    "division_deputy": gettext_lazy("Phó trưởng phòng"),
    "officer": gettext_lazy("Chuyên viên"),
    "follower": gettext_lazy("Chuyên viên theo dõi"),
    "clerk": gettext_lazy("Văn thư"),
}
BOUNDS: dict[str, str | Promise] = {
    "by": gettext_lazy("chậm nhất ngày"),
    "before": gettext_lazy("trước ngày"),
}
PROVINCE = "Ủy ban nhân dân tỉnh"
CYCLES: tuple[tuple[str, str | Promise], ...] = (
    ("FREQ=WEEKLY", gettext_lazy("Hằng tuần")),
    ("FREQ=MONTHLY", gettext_lazy("Hằng tháng")),
    ("FREQ=MONTHLY;INTERVAL=3", gettext_lazy("Hằng quý")),
    ("FREQ=MONTHLY;INTERVAL=6", gettext_lazy("6 tháng một lần")),
    ("FREQ=YEARLY", gettext_lazy("Hằng năm")),
)


def said(text: str) -> str:
    """Return a sentence or a label of the floors below in the reader's language."""
    return text if get_language() == "vi" else say(text, _)


def found_by_kind(counts: Mapping[str, int], values: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    """Return the kinds of results, each as (value in the address, kind, name, how many or more than so many)."""
    return [
        (
            value,
            kind,
            str(FOUND[kind]),
            f"{PAGE_SIZE}+" if counts.get(kind, 0) > PAGE_SIZE else str(counts.get(kind, 0)),
        )
        for value, kind in values.items()
    ]


def day(on: date | None) -> str:
    """Return a date as officials write it, 27/11/2026."""
    return f"{on.day:02}/{on.month:02}/{on.year}" if on else ""


def local_day(at: datetime | None) -> str:
    """Return the day of an instant in Việt Nam."""
    return day(local_date(at)) if at else ""


def weekday(on: date, today: date | None = None) -> str:
    """Return a date with its weekday; the year only where it is not this year's."""
    name = WEEKDAYS[on.weekday()] if get_language() == "vi" else date_format(on, "l")
    written = f"{on.day}/{on.month}" if today and on.year == today.year else f"{on.day}/{on.month}/{on.year}"
    return f"{name} {written}"


def instant(at: datetime | None) -> str:
    """Return an instant in Việt Nam's time, 09:05 ngày 27/11/2026."""
    return "" if at is None else _instant(at, get_language())


@lru_cache(maxsize=4096)
def _instant(at: datetime, _language: str | None) -> str:
    """Keep the words of an instant: a page names the same one many times."""
    local = timezone.localtime(at)
    return _("%(time)s ngày %(day)s") % {"time": f"{local:%H:%M}", "day": day(local.date())}


def end(due_at: datetime | None) -> str:
    """Return an end in words: "hết thứ Năm 26/11/2026", or with its minute when it ends within a day."""
    if due_at is None:
        return ""
    local = timezone.localtime(due_at)
    if local.hour or local.minute:
        return _("%(time)s %(day)s") % {"time": f"{local:%H:%M}", "day": weekday(local.date())}
    return _("hết %(day)s") % {"day": weekday(last_date(due_at))}


def state(row: DutyRow) -> str:
    """Return the state of a duty with its days late."""
    if row.state == "overdue" and row.days:
        days = abs(row.days)
        return ngettext("Quá hạn %(n)d ngày làm việc", "Quá hạn %(n)d ngày làm việc", days) % {"n": days}
    if row.state in STATES:
        return str(STATES[row.state])
    return str(ENDED.get(f"{row.kind}.{row.outcome}") or ENDED.get(row.outcome, ENDED["apart"]))


def moved(row: DutyRow, at: datetime) -> str:
    """Return from which day a due date moved, and by how many extensions and days; empty when it did not."""
    if row.original_last_date is None or row.original_last_date == row.last_date:
        return ""
    was = _("hạn ban đầu: hết %(on)s") % {"on": weekday(row.original_last_date, local_date(at))}
    if not row.extended_times:
        return was
    times = ngettext("gia hạn %(n)d lần", "gia hạn %(n)d lần", row.extended_times) % {"n": row.extended_times}
    days = ngettext("thêm %(n)d ngày", "thêm %(n)d ngày", row.extended_days) % {"n": row.extended_days}
    return f"{was}; {times}, {days}"


def applied(counts: Mapping[str, int]) -> str:
    """Return what was done with a table, for the sentence after it was applied."""
    if counts.get("done"):
        return _("Đã tiếp nhận %(n)d nhiệm vụ.") % {"n": counts["done"]}
    done = _("Đã áp dụng: %(new)d dòng mới, %(changed)d dòng thay đổi.") % {
        "new": counts.get("new", 0), "changed": counts.get("changed", 0),
    }  # fmt: skip
    ended = counts.get("ended", 0)
    return f"{done} {_('%(n)d dòng kết thúc.') % {'n': ended}}" if ended else done


def flags(row: DutyRow) -> list[str]:
    """Return the flags of a duty: what its own unit asked the giver, or, of a duty to decide, who asks what."""
    asked = [str(PROPOSALS[row.proposal_kind]) % {"unit": row.about_unit}] if row.proposal_kind else []
    taken = [_("Tiếp nhận")] if row.taken_over else []
    return taken + asked + [str(FLAGS[flag]) for flag in row.flags]


def due(row: DutyRow, at: datetime) -> str:
    """Return when a duty falls due, in human words with the exact day beside them."""
    if row.state == "awaiting":
        return _("đang ở bàn: %(who)s") % {"who": row.waits_for} if row.waits_for else ""
    if row.last_date is None or row.state == "apart":
        return ""
    today = local_date(at)
    last = weekday(row.last_date, today)
    if row.state == "overdue":
        return _("hạn đã hết %(last)s") % {"last": last}
    if row.state in {"not_due", "near_due"}:
        return _("%(left)s · hết %(last)s") % {"left": left(row.days or 0, row.last_date == today), "last": last}
    return _("hạn: hết %(last)s") % {"last": last}


def left(days: int, is_today: bool) -> str:
    """Return how many working days are left."""
    if is_today:
        return _("hạn hôm nay")
    if not days:
        return _("không còn ngày làm việc nào sau hôm nay")
    return ngettext("còn %(n)d ngày làm việc", "còn %(n)d ngày làm việc", days) % {"n": days}


def coverage(n: int, m: int) -> str:
    """Return the coverage of a document: how many of its sentences have an owner."""
    return _("%(n)d trên %(m)d câu giao việc đã có người nhận") % {"n": n, "m": m}


def done(act: str) -> str:
    """Return the sentence that follows an act."""
    return f"{DONE[act]}."


def tally(counts: Mapping[State, int]) -> list[tuple[str, int]]:
    """Return the states that have duties, what hurts first, with how many."""
    by_code = {str(code): count for code, count in counts.items()}
    return [(code, by_code[code]) for code in (*STATES, "apart") if by_code.get(code)]


def post(title: str, unit_name: str) -> str:
    """Return a post with its unit, named once."""
    named = not unit_name or unit_name in title or (PROVINCE in title and unit_name.startswith(PROVINCE))
    return title if named else f"{title}, {unit_name}"


def deadline(order: OrderRow) -> str:
    """Return when an order is to be done, or of which kind it is when no day is set."""
    if order.kind == "dated" and order.deadline_date:
        return f"{BOUNDS.get(order.bound, BOUNDS['by'])} {day(order.deadline_date)}"
    if order.kind == "periodic":
        return str(order.deadline_text or dict(CYCLES).get(order.rrule) or KINDS["periodic"])
    return (
        f"{KINDS.get(order.kind, order.kind)}, {order.deadline_text}" if order.deadline_text else str(KINDS[order.kind])
    )


def document_name(row: DocumentRow) -> str:
    """Return what a document is called: its kind and number, or the day of an instruction that has none."""
    named = f"{row.doc_type} {row.code}".strip()
    return named or _("Chỉ đạo ngày %(day)s, chưa có văn bản") % {
        "day": day(row.issued_on or local_date(row.registered_at))
    }
