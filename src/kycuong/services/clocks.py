"""The clocks: the offset of a demo, never backwards, and the mark of what the worker has seen."""

from __future__ import annotations

import logging
import math
from datetime import datetime, timedelta

from django.db import transaction

from kycuong.core.calendars import TZ
from kycuong.core.errors import Invalid, NotAllowed
from kycuong.core.steady import LONGEST_STAND, TOLERANCE
from kycuong.models import AuditEntry, ClockMark, ClockOffset
from kycuong.queries import scope
from kycuong.queries.clocks import mark, offset
from kycuong.services import audit

#: The worker keeps its mark at least so old: one small write a minute.
MARK_EVERY = timedelta(minutes=1)
log = logging.getLogger("kycuong.clocks")


def _seconds(offset: timedelta) -> int:
    """Return whole seconds, rounded down: the clock never stands ahead of what it was set to."""
    return math.floor(offset.total_seconds())


def start(*, at: datetime, real: datetime) -> None:
    """Make this a demo whose clock stands at `at` when the real one says `real`; a clock that runs already stays."""
    ClockOffset.objects.get_or_create(pk=1, defaults={"seconds": _seconds(at - real)})


def advance(*, to: datetime, real: datetime, actor: scope.Actor | None = None) -> timedelta:
    """Set the product's clock of a demo to `to` (real is what the real clock says) and return the new offset.

    Raises: Invalid when it would go backwards or this is no demo, NotAllowed for others than administrators.
    """
    if not ClockOffset.objects.filter(pk=1).exists():
        raise Invalid("clock_not_demo")
    if actor is not None and not actor.may("administer"):
        raise NotAllowed("administer_not_allowed")
    now = real + offset()
    if to < now:
        stands, wanted = now.astimezone(TZ), to.astimezone(TZ)
        raise Invalid("clock_backwards", now=f"{stands:%d/%m/%Y %H:%M}", to=f"{wanted:%d/%m/%Y %H:%M}")
    new = to - real
    with transaction.atomic():
        ClockOffset.objects.update_or_create(pk=1, defaults={"seconds": _seconds(new)})
        audit.record(
            actor_id=actor.officer_id if actor else None, at=to, act="advance_clock", subject_kind="clock",
            to=to.isoformat(),
        )  # fmt: skip
    return new


def keep_mark(*, at: datetime, real: datetime) -> None:
    """Keep how far the product's clock has come, `at`; say once, aloud and in the audit, that the machine's lies behind.

    Another worker that is ahead keeps the later mark.
    """
    seen = mark()
    if seen is None:
        ClockMark.objects.get_or_create(pk=1, defaults={"at": at})
    elif at - seen >= MARK_EVERY:
        ClockMark.objects.filter(pk=1, at__lt=at).update(at=at)
    behind = max(at, seen or at) - (real + offset())
    if behind > TOLERANCE:
        _tell_behind(at, behind)


def _tell_behind(at: datetime, behind: timedelta) -> None:
    """Record that the machine's clock was set back, once for the instant at which the product's clock stands."""
    stands, seconds = at.isoformat(), int(behind.total_seconds())
    log.warning("the machine's clock lies %s seconds behind what was already recorded; the product's stands", seconds)
    if not AuditEntry.objects.filter(subject_kind="clock", subject_id=stands, act="clock_behind").exists():
        still = behind <= LONGEST_STAND
        audit.record(
            actor_id=None,
            at=at,
            act="clock_behind",
            subject_kind="clock",
            subject_id=stands,
            seconds=seconds,
            stands=still,
        )
