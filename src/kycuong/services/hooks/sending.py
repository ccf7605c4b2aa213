"""Send what waits: one worker at a time for a subscription, the events of a duty in their order, each under its own id."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kycuong.core import hooks
from kycuong.models import EventDelivery, Subscription
from kycuong.queries.hooks import listener
from kycuong.services import audit, outreach
from kycuong.services.hooks import writing
from kycuong.services.hooks.posting import Answer, Poster, post

log = logging.getLogger("kycuong.hooks")
#: Subscriptions served at a time, and messages of one before the next round.
AT_ONCE, BATCH = 8, 50
LEASE = timedelta(minutes=20)
#: How long one call goes on taking up subscriptions; what waits longer goes in the next, with the clocks read anew.
PATIENCE = timedelta(minutes=1)
State = EventDelivery.State


@dataclass(frozen=True, slots=True)
class Sent:
    """What one round did."""

    sent: int = 0
    later: int = 0
    failed: int = 0

    def __add__(self, other: Sent) -> Sent:
        return Sent(self.sent + other.sent, self.later + other.later, self.failed + other.failed)


@dataclass(frozen=True, slots=True)
class _Message:
    """One message ready to go."""

    delivery: EventDelivery
    name: str
    body: bytes


@dataclass(frozen=True, slots=True)
class _Load:
    """What is carried to one receiver in this round."""

    row: Subscription
    secret: bytes
    messages: Sequence[_Message]


def send(*, at: datetime, real: datetime, poster: Poster = post) -> Sent:
    """Send every delivery that is due; `real` is the real clock, by which leases run and receivers judge the age.

    A receiver that takes nothing is left alone for a while with all that waits for it, and costs no other one anything.
    Killed anywhere, what was not noted as sent goes again under the same id.
    """
    done, begun = Sent(), time.monotonic()

    def clock() -> datetime:
        return real + timedelta(seconds=time.monotonic() - begun)

    while clock() - real < PATIENCE and (rows := _lease(at, clock())):
        loads = [_load(row, at) for row in rows]
        with ThreadPoolExecutor(len(loads)) as pool:
            answered = list(pool.map(lambda load: _carry(load, clock, poster), loads))
        for load, answers in zip(loads, answered, strict=True):
            done += _settle(load, answers, at)
    return done


def _lease(at: datetime, real: datetime) -> list[Subscription]:
    """Take subscriptions for which something is due; who held one before must have ended, or be long dead."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=real)
    due = _heads(EventDelivery.objects.filter(subscription=OuterRef("pk")), at)
    with transaction.atomic():
        rows = Subscription.objects.filter(free, Exists(due), state=Subscription.State.ACTIVE, next_try_at__lte=at)
        rows = rows.order_by("next_try_at", "id")
        if connection.vendor == "postgresql":
            rows = rows.select_for_update(skip_locked=True)
        found = list(rows[:AT_ONCE])
        taken = Subscription.objects.filter(pk__in=[row.pk for row in found])
        taken.update(lease_no=F("lease_no") + 1, leased_until=real + LEASE)
    for row in found:
        row.lease_no += 1
    return found


def _load(row: Subscription, at: datetime) -> _Load:
    """Return what goes to a receiver now: of each duty and record the first event that waits, if its officer still sees it."""
    secret = hooks.secret_of(settings.SECRET_KEY, row.public_id, row.secret_no)
    who, why = listener(row, at)
    if who is None:
        stop(row, why, at)
        return _Load(row, secret, ())
    heads = _heads(EventDelivery.objects.filter(subscription=row), at).order_by("pk")
    found = list(heads.select_related("duty__document", "duty__parent")[:BATCH])
    shown, hidden = writing.split(who, found, at)
    EventDelivery.objects.filter(pk__in=[one.pk for one in hidden]).update(state=State.HIDDEN)
    return _Load(row, secret, [_Message(*told) for told in writing.messages(row, shown, at)])


def _heads(rows: QuerySet[EventDelivery], at: datetime) -> QuerySet[EventDelivery]:
    """Return what is due and is of its duty or record the first that waits: a later event never goes before an earlier one."""
    waiting = EventDelivery.objects.filter(state=State.WAITING, subscription=OuterRef("subscription"))
    of_duty = waiting.filter(duty=OuterRef("duty"), event__lt=OuterRef("event"))
    of_record = waiting.filter(subject=OuterRef("subject"), entry__lt=OuterRef("entry"))
    return rows.filter(~Exists(of_duty), ~Exists(of_record), state=State.WAITING, next_try_at__lte=at)


def _carry(load: _Load, clock: Callable[[], datetime], poster: Poster) -> list[Answer]:
    """Post messages one after another, each stamped when it goes; a receiver that does not answer, or cannot, hears no more now."""
    answers: list[Answer] = []
    for message in load.messages:
        stamped = hooks.headers(load.secret, message.name, message.body, clock())
        answer = _posted(poster, load.row.url, stamped, message.body)
        answers.append(answer)
        if _down(answer):
            break
    return answers


def _posted(poster: Poster, url: str, headers: dict[str, str], body: bytes) -> Answer:
    try:
        return poster(url, headers, body)
    except Exception:  # one receiver's oddity holds up no other; its path and query may be its password
        log.exception("an event could not be posted to %s", url.partition("//")[2].partition("/")[0].partition("?")[0])
        return Answer(None, "unreachable")


#: What a receiver answers when something is wrong with it, or with our key to it, not with the one message.
_OF_THE_RECEIVER = frozenset({401, 403, 404, 405, 408, 410, 425, 429})


def _down(answer: Answer) -> bool:
    """Return whether an answer is about the receiver, not about the message."""
    status = answer.status
    return status is None or status >= 500 or 300 <= status < 400 or status in _OF_THE_RECEIVER


def _settle(load: _Load, answers: Sequence[Answer], at: datetime) -> Sent:
    """Note what became of the messages, unless somebody else has leased the subscription meanwhile."""
    done = Sent()
    with transaction.atomic():
        mine = _mine(load.row)
        if not mine.update(leased_until=None):
            return done
        for message, answer in zip(load.messages, answers, strict=False):
            done += _note(message.delivery, answer, at)
        down = next((answer for answer in answers if _down(answer)), None)
        if down:
            _put_off(load.row, down, at)
        elif any(not answer.code for answer in answers):
            Subscription.objects.filter(pk=load.row.pk).update(failing_since=None, failures=0)
    return done


def _mine(row: Subscription) -> QuerySet[Subscription]:
    return Subscription.objects.filter(pk=row.pk, lease_no=row.lease_no)


def _note(one: EventDelivery, answer: Answer, at: datetime) -> Sent:
    rows = EventDelivery.objects.filter(pk=one.pk, state=State.WAITING)
    told = {"attempt": F("attempt") + 1, "status": answer.status, "error_code": answer.code}
    if not answer.code:
        return Sent(sent=rows.update(state=State.SENT, sent_at=at, **told))
    if not _down(answer) and one.attempt + 1 >= hooks.MOST_TRIES:
        return Sent(failed=rows.update(state=State.FAILED, **told))
    again = at if _down(answer) else at + hooks.wait(one.attempt + 1)  # when a receiver is down, it is what waits
    return Sent(later=rows.update(next_try_at=again, **told))


def _put_off(row: Subscription, answer: Answer, at: datetime) -> None:
    """Leave a receiver alone for a while, longer each time; one that is gone, or dead for days, until somebody resumes it."""
    since = row.failing_since or at
    if answer.status == 410:
        stop(row, "gone", at)
    elif at - since >= hooks.DEAD_AFTER:
        stop(row, "dead", at)
    Subscription.objects.filter(pk=row.pk).update(
        failing_since=since, failures=row.failures + 1, next_try_at=at + hooks.wait(row.failures + 1)
    )


def stop(row: Subscription, code: str, at: datetime) -> None:
    """Pause a subscription and tell who made it, by mail too; what waits stays, and goes when it is resumed."""
    with transaction.atomic():
        rows = Subscription.objects.filter(pk=row.pk, state=Subscription.State.ACTIVE)
        if not rows.update(state=Subscription.State.PAUSED, paused_code=code, leased_until=None):
            return
        audit.record(
            actor_id=None,
            at=at,
            act="stop_subscription",
            subject_kind="subscription",
            subject_id=row.public_id,
            code=code,
        )
        outreach.hook_stopped(row.made_by_id, row.public_id, row.name, hooks.PAUSED_LABELS[code], at)
