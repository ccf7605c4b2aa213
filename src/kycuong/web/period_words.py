"""Words for themes, programmes of work, targets and periods."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kycuong.core.targets import AT_MOST, written


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
