"""Words for themes, programmes of work, targets and periods."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kycuong.core.targets import AT_MOST, written
from kycuong.web import words


def theme(name: str, year: int | None) -> str:
    """Return how a theme is called in lists."""
    return _("Năm %(year)s: %(name)s") % {"year": year, "name": name} if year else name


PROGRAMME_STATES: dict[str, str | Promise] = {
    "draft": gettext_lazy("Đang soạn"),
    "submitted": gettext_lazy("Chờ phê duyệt"),
    "approved": gettext_lazy("Đã phê duyệt"),
}


def quarter(number: int) -> str:
    """Return the name of a quarter, 0 for what goes on all year."""
    return _("Quý %(n)s") % {"n": ("I", "II", "III", "IV")[number - 1]} if number else _("Cả năm")


TARGET_CHANGES: dict[str, str | Promise] = {
    "contest": gettext_lazy("Nêu ý kiến"),
    "answer": gettext_lazy("Trả lời"),
    "correct": gettext_lazy("Sửa chỉ tiêu"),
    "drop": gettext_lazy("Bỏ chỉ tiêu"),
    "add": gettext_lazy("Thêm chỉ tiêu"),
}


def number(value: Decimal | None) -> str:
    """Return a number as people write it; a dash for none."""
    return written(value) if value is not None else "—"


def goal(row: Any) -> str:
    """Return the plan of a target with its side and measure."""
    side = _("không quá") if row.direction == AT_MOST else _("ít nhất")
    return f"{side} {written(row.plan)} {row.measure}".strip()


def target_change(code: str) -> str:
    """Return the name of what was done to a target."""
    return str(TARGET_CHANGES.get(code, code))


TARGET_STATES: dict[str, str | Promise] = {
    "short": gettext_lazy("chưa đạt"),
    "none": gettext_lazy("chưa có số"),
    "reached": gettext_lazy("đã đạt"),
}

AGREED: dict[str, str | Promise] = {
    "agreed": gettext_lazy("Đã thống nhất"),
    "silent": gettext_lazy("Không có ý kiến, coi là thống nhất"),
    "contested": gettext_lazy("Có ý kiến chờ quyết định"),
    "waiting": gettext_lazy("Chưa đối soát"),
}
CONTESTS: dict[str, str | Promise] = {
    "": gettext_lazy("Chờ quyết định"),
    "corrected": gettext_lazy("Đã đính chính hạn"),
    "excluded": gettext_lazy("Không tính trong kỳ"),
    "refused": gettext_lazy("Giữ nguyên số liệu"),
}
SIZES: tuple[str | Promise, ...] = (
    gettext_lazy("ít việc"), gettext_lazy("trung bình"), gettext_lazy("nhiều việc"),
)  # fmt: skip


def period(row: Any) -> str:
    """Return how a period is called."""
    return part(row.kind, row.number) + (f"/{row.year}" if row.kind != "year" else f" {row.year}")


def part(kind: str, number: int) -> str:
    """Return the name of a part of the year."""
    if kind == "quarter":
        return quarter(number)
    if kind == "half":
        return str(_("6 tháng đầu năm") if number == 1 else _("6 tháng cuối năm"))
    return _("Tháng %(n)s") % {"n": number} if kind == "month" else str(_("Năm"))


def parts() -> list[tuple[str, str]]:
    """Return the parts of a year to choose from: value for the form, name."""
    sizes = (("month", 12), ("quarter", 4), ("half", 2), ("year", 1))
    return [(f"{kind}-{number}", part(kind, number)) for kind, n in sizes for number in range(1, n + 1)]


def agreed(code: str) -> str:
    """Return what a unit has said of its figures."""
    return str(AGREED.get(code, code))


def contest_state(code: str) -> str:
    """Return how a contest ended."""
    return str(CONTESTS.get(code, code))


def group(row: Any) -> str:
    """Return the name of a group of units: their kind and size."""
    return f"{words.UNIT_KINDS.get(row.kind, row.kind)} · {SIZES[row.size]}"


#: What calls for a look, in the order of the page.
SIGNALS: dict[str, str | Promise] = {
    "no_date": gettext_lazy("Giao việc không có thời hạn"),
    "late_entry": gettext_lazy("Nhập việc chậm hơn 3 ngày làm việc sau ngày đến, ngày ký"),
    "fast_confirm": gettext_lazy("Xác nhận trong vòng 5 phút sau khi đơn vị gửi"),
    "moved_on_time": gettext_lazy("Đúng hạn nhờ dời hạn sau khi hạn gốc đã qua"),
    "confirmation": gettext_lazy("Chờ xác nhận kết quả"),
    "extension": gettext_lazy("Chờ trả lời xin gia hạn"),
    "return": gettext_lazy("Chờ trả lời đề xuất trả lại"),
    "obstacle": gettext_lazy("Chờ trả lời khó khăn, vướng mắc"),
    "suggestion": gettext_lazy("Chờ trả lời kiến nghị"),
}


def signal(code: str) -> str:
    """Return what a signal is called."""
    return str(SIGNALS.get(code, code))
