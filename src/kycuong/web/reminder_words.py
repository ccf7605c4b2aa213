"""Words for the ladders of reminding."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kycuong.core.ladders import CONDITION_LABELS, HEARER_LABELS, Condition, Hearer, Rung
from kycuong.core.mails import CHOICE_LABELS, Choice
from kycuong.web import words

MAIL_STATES: dict[str, str | Promise] = {
    "waiting": gettext_lazy("Chờ gửi"),
    "sent": gettext_lazy("Đã gửi"),
    "failed": gettext_lazy("Không gửi được"),
}
MAIL_KINDS: dict[str, str | Promise] = {
    "notice": gettext_lazy("Thông báo"),
    "digest": gettext_lazy("Tổng hợp buổi sáng"),
    "hook": gettext_lazy("Tạm dừng gửi sự kiện"),
}


def choice(code: str) -> str:
    """Return what a way to hear by e-mail means."""
    return words.said(CHOICE_LABELS[Choice(code)])


def mail_state(code: str) -> str:
    """Return where a mail stands."""
    return str(MAIL_STATES.get(code, code))


def mail_kind(code: str) -> str:
    """Return what sort of mail it is."""
    return str(MAIL_KINDS.get(code, code))


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
