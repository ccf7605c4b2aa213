"""Send what waits in the outbox: rows leased and fenced by their attempt, each mail at least once under one Message-ID."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from kycuong.core.calendars import local_date
from kycuong.core.errors import Invalid, NotAllowed
from kycuong.core.mails import MOST_TRIES, wait
from kycuong.models import Mail
from kycuong.queries import org, scope
from kycuong.services import audit
from kycuong.services.outreach import leaving
from kycuong.services.outreach.channel import Channel, Delivery, Letter, Unreachable
from kycuong.services.outreach.smtp import Smtp

BATCH = 100
LEASE = timedelta(minutes=15)
PAUSE_MINUTES = 15


@dataclass(frozen=True, slots=True)
class Sent:
    """What one round of sending did."""

    sent: int = 0
    failed: int = 0
    later: int = 0

    def __add__(self, other: Sent) -> Sent:
        return Sent(self.sent + other.sent, self.failed + other.failed, self.later + other.later)


def send(*, at: datetime, real: datetime, channel: Channel | None = None) -> Sent:
    """Send every mail that is due; `real` is the real clock, by which leases run.

    Killed anywhere, what was not noted as sent goes again under the same Message-ID. A server that takes nothing pauses
    everything and costs nobody a try; one address that is refused for good stops no other.
    """
    done = Sent()
    if channel is None:
        if not settings.SENDS_MAIL:
            return done
        channel = Smtp()
    while batch := _lease(at, real):
        try:
            answers = _deliver(channel, batch, at)
        except Unreachable as down:
            return done + Sent(later=_pause(batch, down.code, at))
        done += _settle(batch, answers, at)
    return done


def _lease(at: datetime, real: datetime) -> list[Mail]:
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=real)
    with transaction.atomic():
        due = Mail.objects.filter(free, state=Mail.State.WAITING, next_try_at__lte=at).order_by("next_try_at", "id")
        if connection.vendor == "postgresql":
            due = due.select_for_update(skip_locked=True, of=("self",))
        found = list(due.select_related("recipient")[:BATCH])
        taken = Mail.objects.filter(pk__in=[mail.pk for mail in found])
        taken.update(attempt=F("attempt") + 1, leased_until=real + LEASE)
    for mail in found:
        mail.attempt += 1
    return found


def _deliver(channel: Channel, batch: Sequence[Mail], at: datetime) -> dict[int, Delivery]:
    nobody = Delivery("no_address", final=True)
    answers = {mail.pk: nobody for mail in batch}
    in_office = org.in_office({mail.recipient_id for mail in batch}, local_date(at))
    able = [mail for mail in batch if mail.recipient.email and mail.recipient_id in in_office]
    letters = [_letter(mail) for mail in able]
    answered = channel.deliver(letters) if letters else []
    return answers | {mail.pk: answer for mail, answer in zip(able, answered, strict=True)}


def _letter(mail: Mail) -> Letter:
    place = f"{settings.SITE_URL}/thoi-nhan-thu/{leaving.word_of(mail.recipient)}/"
    return Letter(mail.message_id, mail.recipient.email, mail.subject, mail.text, place)


def _settle(batch: Sequence[Mail], answers: dict[int, Delivery], at: datetime) -> Sent:
    """Note what became of a batch; a row that was leased anew meanwhile belongs to the later attempt."""
    taken: dict[int, list[int]] = defaultdict(list)
    failed = later = 0
    with transaction.atomic():
        for mail in batch:
            answer = answers[mail.pk]
            if not answer.code:
                taken[mail.attempt].append(mail.pk)
                continue
            final = answer.final or mail.attempt >= MOST_TRIES
            failed, later = failed + final, later + (not final)
            _held(mail.attempt, [mail.pk]).update(
                state=Mail.State.FAILED if final else Mail.State.WAITING, error_code=answer.code, leased_until=None,
                next_try_at=at + wait(mail.attempt),
            )  # fmt: skip
        sent = sum(
            _held(attempt, ids).update(state=Mail.State.SENT, sent_at=at, leased_until=None, error_code="", text="")
            for attempt, ids in taken.items()
        )
    return Sent(sent, failed, later)


def _held(attempt: int, ids: Sequence[int]) -> QuerySet[Mail]:
    return Mail.objects.filter(pk__in=ids, attempt=attempt, state=Mail.State.WAITING)


def _pause(batch: Sequence[Mail], code: str, at: datetime) -> int:
    """Put everything off: the server takes nothing now, and one try in a while is enough to see when it does again."""
    until = at + wait(max(mail.attempt for mail in batch), most=PAUSE_MINUTES)
    with transaction.atomic():
        for mail in batch:
            _held(mail.attempt, [mail.pk]).update(leased_until=None, error_code=code)
        due = Mail.objects.filter(state=Mail.State.WAITING, next_try_at__lt=until, leased_until__isnull=True)
        due.update(next_try_at=until)
    return len(batch)


def retry(*, actor: scope.Actor, at: datetime, mail: int | None = None) -> int:
    """Put a failed mail, or all of them, back in the queue; return how many. Raises: NotAllowed, Invalid."""
    if not actor.may("administer"):
        raise NotAllowed("administer_not_allowed")
    failed = Mail.objects.filter(state=Mail.State.FAILED)
    if mail is not None:
        failed = failed.filter(pk=mail)
    with transaction.atomic():
        count = failed.update(state=Mail.State.WAITING, next_try_at=at, attempt=F("attempt") + 1, error_code="")
        if mail is not None and not count:
            raise Invalid("mail_not_failed")
        audit.record(
            actor_id=actor.officer_id, at=at, act="retry_mail", subject_kind="mail", subject_id=mail or "", count=count
        )
    return count
