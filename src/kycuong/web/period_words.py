"""Words for themes, programmes of work, targets and periods."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


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
