"""What silence comes to at the cut-off: asked of the one pure rule, carried out set-wise, once whatever the number of workers."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q

from kycuong.core.calendars import local_date, midnight
from kycuong.core.consultations import ANSWERABLE, Answer, Asked, Outcome, Silence, bound, outcome
from kycuong.core.errors import Fact
from kycuong.core.lateness import days_late, last_date
from kycuong.core.opinions import LIFECYCLE
from kycuong.models import Duty, DutyEvent, Opinion
from kycuong.queries import calendars, org
from kycuong.services import duties, watermark
from kycuong.services.rows import change_as_one
from kycuong.services.transitions import Act, move_as_one

log = logging.getLogger("kycuong.consultations")
BATCH = 2000
#: What a duty becomes by what the silence came to. A body that no rule of the province binds is not counted late.
_ENDS: Final = {
    Outcome.CONSENT: "silent", Outcome.LIABLE: "silent", Outcome.UNBOUND: "lapsed", Outcome.VAGUE: "vague",
}  # fmt: skip


#: What something can still come of: a silence where the law demands a written opinion only goes on, and what came late for it
#: is the asker's to read, however long that takes. A request for time that nobody decided is settled under every rule.
_OWED: Final = (
    ~Q(consultation__rule__silence="written")
    | Q(duty__phase="answered", said_at__lt=F("duty__due_at"))
    | Q(duty__phase="open", more_given__isnull=True, more_until__gt=F("duty__due_at"))
)
#: So long the jobs wait after a cut-off: an answer that the server took before it is written before silence is.
IN_FLIGHT: Final = timedelta(minutes=1)


def expire(at: datetime, *, batch: int = BATCH, in_flight: timedelta = timedelta(0)) -> int:
    """Carry out the cut-offs that have passed `in_flight` before, each once, and return how many duties moved.

    Killed anywhere it leaves whole batches; a duty that somebody answers meanwhile is passed over, one that fails is set aside.
    The cost is that of what has passed, whatever lies behind.
    """
    passed = Duty.objects.filter(
        ~Q(phase="closed"), kind="opinion", due_at__lte=at - in_flight
    )  # by the index of what is late
    keys = list(passed.order_by("due_at", "id").values_list("pk", flat=True))
    return sum(_expire(keys[start : start + batch], at) for start in range(0, len(keys), batch))


def _expire(keys: Sequence[int], at: datetime) -> int:
    """Carry out the cut-offs of these duties in one transaction, each alone when that fails; return how many moved."""
    try:
        with transaction.atomic():
            watermark.hold()
            return _carry_out(_read(_held(keys), at), at)
    except (Fact, IntegrityError):
        if len(keys) > 1:
            return sum(_expire([key], at) for key in keys)
        log.exception("the cut-off of duty %s could not be carried out; the next round tries again", keys[0])
        return 0


def expire_one(duty: Duty, at: datetime) -> bool:
    """Carry out the cut-off of one duty; return whether it has passed and the duty ended. The row in hand is read anew."""
    with transaction.atomic():
        watermark.hold()
        _carry_out(_read(_held([duty.pk], skip=False), at), at)
    duty.refresh_from_db()
    return (
        duty.phase == "closed" and duty.due_at is not None and at >= duty.due_at
    )  # ended before it, nothing came late


def _held(keys: Sequence[int], *, skip: bool = True) -> list[int]:
    """Return those of the duties that nobody else works on; they are held until the transaction ends."""
    if connection.vendor != "postgresql":
        return list(keys)
    rows = Duty.objects.filter(pk__in=keys).order_by("id").select_for_update(skip_locked=skip)
    return list(rows.values_list("pk", flat=True))


class Passed(NamedTuple):
    """What is known of one opinion whose cut-off has passed, in the order of `_COLUMNS`."""

    duty: int
    silence: str
    kinds: str
    unit: int
    kind: str
    relation: str
    officer: int | None
    due_at: datetime
    clock: int
    delivered_at: datetime | None
    version: int
    current: int
    answer: str
    said_at: datetime | None
    more_until: datetime | None
    more_given: bool | None
    warned: bool

    def asked(self) -> Asked:
        """Return the facts for the rule that decides."""
        binds = bound(self.kind, self.relation, Silence(self.silence), self.kinds.split(","))
        pending = self.more_until if self.more_given is None else None  # once given, it is the due date itself
        return Asked(
            Silence(self.silence), binds, self.delivered_at, self.due_at, version=self.version,
            current=self.current, answered=Answer(self.answer) if self.answer else None, answered_at=self.said_at,
            warned_at=self.delivered_at if self.warned else None, more_until=pending, more_given=self.more_given,
        )  # fmt: skip

    def still_asks(self) -> bool:
        """Return whether a request for time that nobody decided is to be settled first, in favour of who made it.

        Also when the time asked for is over, as the jobs may have slept: how late the body is, is counted from there.
        """
        if self.answer == Answer.OPINION.value or self.more_until is None or self.more_given is not None:
            return False
        return self.more_until > self.due_at


_COLUMNS: Final = (
    "duty_id", "consultation__rule__silence", "consultation__rule__bound_kinds", "duty__holder_unit_id",
    "duty__holder_unit__kind", "duty__holder_unit__relation", "duty__holder_officer_id", "duty__due_at", "duty__clock_no",
    "delivered_at", "proposed__number", "consultation__version", "answer", "said_at", "more_until", "more_given", "warned",
)  # fmt: skip


def _read(keys: Sequence[int], at: datetime) -> list[Passed]:
    """Return the opinions among these whose cut-off has passed and that something can still come of (one query)."""
    warned = DutyEvent.objects.filter(
        duty=OuterRef("duty_id"), act__in=("rung_near", "rung_due", "warn_again"), at__lt=OuterRef("duty__due_at"),
        clock_no=OuterRef("duty__clock_no"),
    )  # fmt: skip
    rows = Opinion.objects.filter(_OWED, _passed(at), duty__in=keys).annotate(warned=Exists(warned)).order_by("duty_id")
    return [Passed._make(row) for row in rows.values_list(*_COLUMNS)]


def _passed(at: datetime) -> Q:
    """Return which duties are past their cut-off, worded as the index of what is late is."""
    return Q(~Q(duty__phase="closed"), duty__kind="opinion", duty__due_at__lte=at)


def _carry_out(rows: Sequence[Passed], at: datetime) -> int:
    found: dict[Outcome, list[Passed]] = defaultdict(list)
    for row in rows:
        found[Outcome.WAITING if row.still_asks() else outcome(row.asked(), at)].append(row)
    moved = _keep(found.pop(Outcome.OPINION, []), at)
    waiting = found.pop(Outcome.WAITING, [])
    moved += _wait(waiting, at)
    if over := [row.duty for row in waiting if row.more_until is not None and row.more_until <= at]:
        moved += _carry_out([row for row in _read(over, at) if not row.still_asks()], at)
    moved += _warn(found.pop(Outcome.UNWARNED, []), at)
    for came_to, its in found.items():
        if came_to in _ENDS:
            moved += _end(came_to, its, at)
    return moved


def _keep(rows: Sequence[Passed], at: datetime) -> int:
    """Take note of opinions that came in time and that the asker has left lying."""
    done = _alike("keep_opinion", {row.duty: {"closed_at": at, "outcome": "done"} for row in rows}, at)
    return _say({"outcome": "opinion"}, done)


def _wait(rows: Sequence[Passed], at: datetime) -> int:
    """Let the later cut-off hold that a body asked for and the asker never decided.

    What a law demands in writing is waited for beyond it too: how late it comes is counted from there.
    """
    if not rows:
        return 0
    calendar = calendars.everywhere()
    until = {row.duty: _until(row, row.more_until, at, calendar) for row in rows if row.more_until}
    return _say({"more_given": True}, _alike("keep_time", until, at))


def _warn(rows: Sequence[Passed], at: datetime) -> int:
    """Warn whom no reminder reached, and leave one working day before silence counts."""
    if not rows:
        return 0
    calendar = calendars.everywhere()
    days = {unit: calendar.of(unit).add_working_days(local_date(at), 2) for unit in {row.unit for row in rows}}
    until = {row.duty: _until(row, midnight(days[row.unit]), at, calendar) for row in rows}
    return len(_alike("warn_again", until, at))


def _until(row: Passed, due_at: datetime, at: datetime, every: calendars.Calendars) -> dict[str, object]:
    calendar = every.of(row.unit)
    columns: dict[str, object] = dict(duties.rung_columns(due_at, at, calendar))
    return columns | {"due_at": due_at, "clock_no": row.clock + 1, "calendar": calendar.name}


def _end(came_to: Outcome, rows: Sequence[Passed], at: datetime) -> int:
    """End the duties of the silent; who answers for each is the head of the body on the last day."""
    ended = _ENDS[came_to]
    every = calendars.everywhere()  # of each unit alone it would be a question a unit and batch
    calendar = {unit: every.of(unit) for unit in {row.unit for row in rows}}
    late = lru_cache(None)(lambda unit, due_at: days_late(at, due_at, calendar[unit]) if came_to in ANSWERABLE else 0)
    same = {"closed_at": at, "outcome": ended, "running_since": None, "next_check_at": None}
    becoming = {row.duty: {**same, "late_working_days": late(row.unit, row.due_at) or None} for row in rows}
    done = set(_alike("expire", becoming, at, came_to=came_to.value))
    days = {last_date(row.due_at) for row in rows} if came_to in ANSWERABLE else ()
    heads = {day: org.heads(calendar, day) for day in days}
    groups: dict[int | None, list[int]] = defaultdict(list)
    for row in rows:
        if row.duty in done:
            seat = heads[last_date(row.due_at)].get(row.unit) if heads else None
            groups[seat.officer_id if seat else row.officer if heads else None].append(row.duty)
    return sum(_say({"outcome": came_to.value, "liable": head}, its) for head, its in groups.items())


def _alike(act: str, becoming: Mapping[int, Mapping[str, object]], at: datetime, **data: object) -> list[int]:
    """Carry out one act of the clock on duties, those that become the same at once; return which moved."""
    groups: dict[tuple[tuple[str, object], ...], list[int]] = defaultdict(list)
    for duty, columns in becoming.items():
        groups[tuple(columns.items())].append(duty)
    done = []
    for same, its in groups.items():
        done += move_as_one(its, Act(LIFECYCLE.row(act), at, data=dict(data)), dict(same))
    return done


def _say(values: Mapping[str, object], done: Sequence[int]) -> int:
    """Write what opinions came to; return of how many."""
    if done:
        change_as_one(Opinion, values, counted={}, within="duty", keys=done)
    return len(done)
