"""Words for the ladders of reminding."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kycuong.core.ladders import CONDITION_LABELS, HEARER_LABELS, Condition, Hearer, Rung
from kycuong.web import words


def condition(code: str) -> str:
    """Return the name of what a duty is reminded of."""
    return words.said(CONDITION_LABELS[Condition(code)])


def hearer(code: str) -> str:
    """Return the name of who is reminded."""
    return words.said(HEARER_LABELS[Hearer(code)])


def hearers(rung: Rung) -> str:
    """Return who hears of a rung, as one line."""
    return "; ".join(hearer(one) for one in rung.hearers)


def when(rung: Rung) -> str:
    """Return when a rung is reminded, in words."""
    days = rung.working_days
    if rung.condition is Condition.NEAR:
        return _("Sáng ngày bắt đầu sắp đến hạn")
    if rung.condition is Condition.DUE:
        return _("Sáng ngày làm việc cuối cùng của thời hạn")
    if rung.condition is Condition.OVERDUE:
        return ngettext("Quá hạn %(n)d ngày làm việc", "Quá hạn %(n)d ngày làm việc", days) % {"n": days}
    return ngettext("Sau %(n)d ngày làm việc", "Sau %(n)d ngày làm việc", days) % {"n": days}
