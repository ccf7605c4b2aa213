"""The job door: one round of what is due, and the loop that makes it again and again.

Every job may run twice, on several workers, and be killed anywhere: each is idempotent and moves whole batches.
"""

from __future__ import annotations

import logging
import signal
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import close_old_connections
from django.db.models import Min

from kycuong.models import Duty
from kycuong.queries import clocks
from kycuong.services import duties, notices, series

log = logging.getLogger("kycuong.jobs")


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of the jobs did."""

    rungs: int
    opened: int
    told: int


def now() -> datetime:
    """Return the product's clock: the real one, and in a demo its offset."""
    return datetime.now(UTC) + clocks.offset()


def work_once(at: datetime) -> Round:
    """Do what is due at `at`: fire rungs, open next occurrences, hand out notices."""
    rungs = duties.sweep(at)
    opened = series.roll(at)
    return Round(rungs, opened, notices.dispatch(at))


def catch_up(until: datetime) -> Round:
    """Play every moment at which something is due up to `until`, in order, as a worker that never slept would have."""
    rungs = opened = told = 0
    while True:
        following = Duty.objects.filter(next_check_at__lte=until).aggregate(first=Min("next_check_at"))["first"]
        at = following or until
        done = work_once(at)
        rungs, opened, told = rungs + done.rungs, opened + done.opened, told + done.told
        if following is None:
            return Round(rungs, opened, told)


def work(stop: threading.Event, every: timedelta = timedelta(seconds=5)) -> None:
    """Work until told to stop; a round that fails is logged and the next one tries again."""
    while not stop.is_set():
        close_old_connections()
        try:
            work_once(now())
        except Exception:
            log.exception("a round of the jobs failed; the next one tries again")
        stop.wait(every.total_seconds())


def run_until_signal() -> None:
    """Work until SIGTERM or SIGINT."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    work(stop)
