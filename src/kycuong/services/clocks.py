"""The demo clock: an offset in a table, never backwards."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from django.db import transaction

from kycuong.core.calendars import TZ
from kycuong.core.errors import Invalid, NotAllowed
from kycuong.models import ClockOffset
from kycuong.queries import scope
from kycuong.queries.clocks import offset
from kycuong.services import audit


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
