"""The outbox of e-mail as its keeper sees it: how much waits, was sent, failed; addresses and titles are not shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from kycuong.core.errors import Invalid, NotAllowed
from kycuong.core.mails import ERROR_LABELS, Choice
from kycuong.core.sentences import Sentence
from kycuong.models import Mail, Officer
from kycuong.queries import scope


@dataclass(frozen=True, slots=True)
class MailRow:
    """One mail: to whom, where it stands, what was last answered."""

    id: int
    name: str
    kind: str
    state: str
    made_at: datetime
    attempt: int
    next_try_at: datetime
    sent_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class MailPage:
    """One page of the outbox with the counts of all."""

    counts: dict[str, int]
    rows: list[MailRow]
    next_key: str | None


@dataclass(frozen=True, slots=True)
class Wish:
    """How a person wants to hear by e-mail, and where."""

    email: str
    choice: Choice


def mails(who: scope.Actor, *, state: str = "", after: str | None = None, size: int = 50) -> MailPage:
    """Return a page of the outbox, the newest first. Raises: NotAllowed, Invalid."""
    if not who.may("administer"):
        raise NotAllowed("administer_not_allowed")
    counts = dict(Mail.objects.order_by().values_list("state").annotate(n=Count("pk")))
    rows = Mail.objects.select_related("recipient").order_by("-id")
    if state in Mail.State.values:
        rows = rows.filter(state=state)
    if after:
        if not after.isdecimal():
            raise Invalid("kind_unknown", text=after)
        rows = rows.filter(id__lt=int(after))
    found = list(rows[: size + 1])
    lines = [_row(mail) for mail in found[:size]]
    return MailPage(
        {name: counts.get(name, 0) for name in Mail.State.values},
        lines,
        str(found[size - 1].pk) if len(found) > size else None,
    )


def _row(mail: Mail) -> MailRow:
    return MailRow(
        mail.pk, mail.recipient.full_name, mail.kind, mail.state, mail.made_at, mail.attempt, mail.next_try_at, mail.sent_at,
        error_label(mail.error_code),
    )  # fmt: skip


def error_label(code: str) -> str:
    """Return what an error code means."""
    if code.startswith("smtp_"):
        return Sentence("Máy chủ thư từ chối (mã {code})", code=code.removeprefix("smtp_"))
    return ERROR_LABELS.get(code, code)


def wish(who: scope.Actor) -> Wish:
    """Return how the person wants to hear by e-mail."""
    email, choice = Officer.objects.values_list("email", "mail_choice").get(pk=who.officer_id)
    return Wish(email, Choice(choice))
