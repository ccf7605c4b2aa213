"""The job door: one round of what is due, and the loop that makes it again and again.

Every job may run twice, on several workers, and be killed anywhere: each is idempotent and moves whole batches.
"""

from __future__ import annotations

import argparse
import json
import logging
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from django.db import close_old_connections

from kycuong.core.calendars import TZ
from kycuong.core.errors import Fact
from kycuong.queries import clocks as clock_queries
from kycuong.queries.duties import next_check
from kycuong.services import (
    calendar_changes,
    clocks,
    comparisons,
    consultations,
    duties,
    exports,
    files,
    hooks,
    imports,
    intake,
    ladders,
    notices,
    org_changes,
    outreach,
    requests,
    seals,
    series,
    sessions,
    signatures,
    signs,
    tallies,
    voting,
)
from kycuong.services.directives import scanning

log = logging.getLogger("kycuong.jobs")
#: Papers of a batch taken between two pages of a scan, which may each take seconds.
PAPERS = 10
#: Batches of a change of the calendar in one round, so that no rung waits for the whole of it.
CALENDAR_BATCHES = 10

#: What may take minutes and is written table by table: tasks taken over or taken back, an export.
TABLES: tuple[Callable[[datetime], object], ...] = (imports.resume, exports.work_waiting)


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of the jobs did."""

    rungs: int
    opened: int
    told: int


def now() -> datetime:
    """Return the product's clock: the real one, in a demo with its offset, and never before what was already seen."""
    return clock_queries.now(datetime.now(UTC))


def work_once(at: datetime) -> Round:
    """Do what is due at `at`: some batches of changes, then rungs, next occurrences and notices.

    A job that fails stops none after it; the first failure is raised once all have had their turn.
    """
    done: dict[str, int] = {}
    failed: list[Exception] = []
    turns: list[tuple[str, Callable[[datetime], int]]] = [
        ("changes", org_changes.carry_due),
        ("calendar", partial(calendar_changes.resume, batches=CALENDAR_BATCHES)),
        ("sweep", duties.sweep),
        (
            "opinions",
            partial(consultations.expire, in_flight=consultations.IN_FLIGHT),
        ),  # whoever is silent was warned first
        ("slips", partial(voting.close_due, in_flight=consultations.IN_FLIGHT)),
        ("dissents", consultations.remind_dissents),
        ("ladders", ladders.sweep),
        ("series", series.roll),
        ("notices", notices.dispatch),
        ("signs", signs.tell),
        ("tallies", lambda _: tallies.keep_up()),
        ("digest", outreach.digest),  # after the notices: the morning's mail tells them too
    ]
    for name, job in turns:
        try:
            done[name] = job(at)
        except Exception as error:
            log.exception("the job %s failed; the others go on", name)
            failed.append(error)
    if failed:
        raise failed[0]
    return Round(done["sweep"] + done["ladders"], done["series"], done["notices"])


def mail(at: datetime) -> outreach.Sent:
    """Send the mails that are due."""
    return outreach.send(at=at, real=datetime.now(UTC))


def tell_systems(at: datetime) -> hooks.Sent:
    """Gather the events that other systems want to hear of, and send what is due."""
    try:
        hooks.gather(at)
    finally:  # what was gathered before goes out all the same
        sent = hooks.send(at=at, real=datetime.now(UTC))
    return sent


def read_papers(stop: threading.Event, seconds: float = 3.0) -> bool:
    """Read what waits, scans and batches in turn, for so long; return whether more may wait."""
    until = time.monotonic() + seconds
    while not stop.is_set():
        papers = 0
        while papers < PAPERS and intake.work(now(), datetime.now(UTC)):
            papers += 1
        if not (scanning.work(now(), datetime.now(UTC)) or papers):
            return False
        if time.monotonic() > until:
            return True
    return False


def check_signatures(stop: threading.Event, seconds: float = 3.0) -> bool:
    """Look at the signatures of files that wait, for so long; return whether more may wait."""
    until = time.monotonic() + seconds
    while not stop.is_set():
        if not signatures.work(now(), datetime.now(UTC)):
            return False
        if time.monotonic() > until:
            return True
    return False


def tidy(at: datetime) -> None:
    """Let go of what nobody needs: refused papers, ended sessions, bytes without a row; one folder of 256 a minute.

    Count also what changed documents carry of those above them. What fails stops none after it.
    """
    for job in (intake.forget, requests.forget, hooks.forget, comparisons.renew):
        _try(partial(job, at))
    real = datetime.now(UTC)
    _try(partial(sessions.forget, real))
    _try(partial(consultations.forget_guesses, real))
    _try(partial(files.sweep, int(real.timestamp()) // 60, real))


def _keep_mark(at: datetime) -> None:
    clocks.keep_mark(at=at, real=datetime.now(UTC))


def catch_up(until: datetime) -> Round:
    """Play every moment at which something is due up to `until`, in order, as a worker that never slept would have."""
    rungs = opened = told = 0
    while True:
        moments = [moment for moment in (next_check(until), ladders.next_opening(until)) if moment]
        following = min(moments, default=None)
        at = following or until
        done = work_once(at)
        rungs, opened, told = rungs + done.rungs, opened + done.opened, told + done.told
        if following is None:
            return Round(rungs, opened, told)


def work(stop: threading.Event, every: timedelta = timedelta(seconds=5)) -> None:
    """Work what must be in time until told to stop; a round that fails is logged and the next one tries again."""
    tidied = 0
    while not stop.is_set():
        close_old_connections()
        minute = int(time.time()) // 60
        for job in (_keep_mark, work_once, mail, seals.seal_when_due, *([tidy] if minute != tidied else [])):
            _try(partial(_clocked, job))
        tidied = minute
        stop.wait(every.total_seconds())


def work_long(stop: threading.Event, every: timedelta = timedelta(seconds=5)) -> None:
    """Work beside it what may take minutes: tables of tasks, an export, scans, signatures; no rung waits for them."""
    while not stop.is_set():
        close_old_connections()
        for job in TABLES:
            _try(partial(_clocked, job))
        more = _try(partial(read_papers, stop))
        checking = _try(partial(check_signatures, stop))
        stop.wait(0 if more or checking else every.total_seconds())


def work_out(stop: threading.Event, every: timedelta = timedelta(seconds=5)) -> None:
    """Work beside both what waits for other systems, which may answer slowly or not at all."""
    while not stop.is_set():
        close_old_connections()
        _try(partial(_clocked, tell_systems))
        stop.wait(every.total_seconds())


def _clocked(job: Callable[[datetime], object]) -> object:
    return job(now())


def _try(job: Callable[[], object]) -> object:
    """Do a job; one that fails, even at reading the clock, is logged, and the next round tries again."""
    try:
        return job()
    except Exception:
        log.exception("a round of the jobs failed; the next one tries again")
        return None


def take_over(at: datetime) -> None:
    """Go on with the tables of tasks that are taken over or taken back, some batches a round; write the export that waits."""
    for job in TABLES:
        job(at)


def run_until_signal(every: timedelta = timedelta(seconds=5)) -> None:
    """Work until SIGTERM or SIGINT: what must be in time, and beside it what may take long."""
    stop = threading.Event()

    def end(*_: object) -> None:
        """Let another thread tell: this one may hold the lock of `stop` where the signal, or a second one, meets it."""
        threading.Thread(target=stop.set, daemon=True).start()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, end)
    beside = [
        threading.Thread(target=lane, args=(stop, every), name=lane.__name__, daemon=True)
        for lane in (work_long, work_out)
    ]
    for lane in beside:
        lane.start()
    work(stop, every)
    for lane in beside:  # what is in hand is leased and begins again: an end that is asked for does not wait minutes
        lane.join(timeout=10)


def main(argv: list[str]) -> int:
    """`kycuong work`: work until stopped, or one round with --once."""
    parser = argparse.ArgumentParser(
        prog="kycuong work",
        description="Work the jobs: rungs, next occurrences, notices, mails, scans, batches, signatures, seals.",
    )
    parser.add_argument("--once", action="store_true", help="one round, then stop")
    parser.add_argument("--json", action="store_true", help="print what a single round did as JSON")
    options = parser.parse_args(argv)
    if not options.once:
        run_until_signal()
        return 0
    done = work_once(now())
    mail(now())
    tell_systems(now())
    read_papers(threading.Event())
    check_signatures(threading.Event())
    take_over(now())
    seals.seal_when_due(now())
    comparisons.renew(now())
    _print(done, as_json=options.json)
    return 0


def tick(argv: list[str]) -> int:
    """`kycuong tick --at TIME`: move the demo clock forward and play everything that falls due on the way."""
    parser = argparse.ArgumentParser(prog="kycuong tick", description=tick.__doc__)
    parser.add_argument("--at", required=True, type=datetime.fromisoformat, help="local time, such as 2026-12-01T08:00")
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")
    options = parser.parse_args(argv)
    to = options.at if options.at.tzinfo else options.at.replace(tzinfo=TZ)
    try:
        clocks.advance(to=to, real=datetime.now(UTC))
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    _print(catch_up(to), as_json=options.json)
    return 0


def _print(done: Round, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"rungs": done.rungs, "opened": done.opened, "told": done.told}))
        return
    print(f"Mốc nhắc: {done.rungs} · kỳ mới: {done.opened} · thông báo: {done.told}")
