"""What a change of the calendar does to duties, row by row: the same for the preview and for the act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Max, Q, QuerySet

from kycuong.core.calendar_changes import REACH_DAYS, End, Fate, Ladder, counted_anew, fate, ladder
from kycuong.core.calendars import Calendar, OutOfCalendar, from_minute, local_date, to_minute
from kycuong.core.duties import Rungs, rungs
from kycuong.core.limits import Limit, Unit
from kycuong.models import Duty, DutyEvent
from kycuong.models.duties import Phase
from kycuong.queries.calendars import Calendars

LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)
#: Acts by which a person named the day that is now the end: a limit counts it no more.
NAMED_BY = ("extend", "replan")
COLUMNS = (
    "pk", "kind", "holder_unit_id", "phase", "anchor_at", "limit_qty", "limit_unit", "due_at", "opened_at", "near_at",
    "last_day_at", "late_at", "next_check_at", "clock_no", "late_working_days",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a change reaches: from which moment it counts, in which units, and which named days feel it in their rungs.

    `named_from` and `named_until` bound the ends that no limit counts; nothing bounds those of limits.
    """

    since: datetime
    named_from: datetime | None = None
    named_until: datetime | None = None
    unit_ids: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one duty: its due date, and the columns of its rungs."""

    duty_id: int
    unit_id: int
    kind: str
    due_from: datetime
    due_to: datetime
    fate: Fate
    fixed: bool
    rungs: Rungs
    next_check_at: datetime | None
    anew: bool
    rungs_moved: bool


def candidates(reach: Reach) -> QuerySet[Duty]:
    """Return the duties that a change can touch: not closed, with an end near or after its first moment."""
    found = Duty.objects.exclude(phase=Phase.CLOSED).filter(due_at__gte=reach.since - timedelta(days=REACH_DAYS))
    if reach.named_from is not None and reach.named_until is not None:
        near = Q(due_at__gte=reach.named_from, due_at__lte=reach.named_until)
        found = found.filter(near | Q(limit_qty__isnull=False))
    if reach.unit_ids is not None:
        found = found.filter(holder_unit__in=reach.unit_ids)
    return found


class _Plan:
    """Plan one batch of duties; what many of them share is counted once."""

    def __init__(self, reach: Reach, old: Calendars, new: Calendars, at: datetime) -> None:
        self.since, self.old, self.new, self.at = to_minute(reach.since), old, new, at
        self.rungs: dict[tuple[int, datetime, int], Rungs] = {}
        self.fired: dict[int, set[str]] = {}
        self.named: set[int] = set()
        self.told: dict[int, datetime] = {}

    def load(self, rows: Sequence[Duty]) -> None:
        """Read what the rows do not say themselves: fired rungs, ends named by a person."""
        clocks = {row.pk: row.clock_no for row in rows}
        fired = DutyEvent.objects.filter(duty__in=list(clocks), rung__isnull=False)
        for duty_id, clock_no, rung in fired.values_list("duty", "clock_no", "rung"):
            if rung and clocks[duty_id] == clock_no:
                self.fired.setdefault(duty_id, set()).add(rung)
        counted = [row.pk for row in rows if row.limit_qty]
        if counted:
            self.named = set(
                DutyEvent.objects.filter(duty__in=counted, act__in=NAMED_BY).values_list("duty", flat=True)
            )

    def load_told(self, duty_ids: Sequence[int]) -> None:
        """Read which end a person's act, or the opening, last gave the holders of these duties."""
        acts = DutyEvent.objects.filter(duty__in=duty_ids, rung__isnull=True).exclude(act="calendar_changed")
        last = acts.order_by().values("duty").annotate(last=Max("seq")).values_list("duty", "last")
        wanted = dict(last)
        rows = acts.filter(seq__in=set(wanted.values())).values_list("duty", "seq", "due_to")
        self.told |= {duty: due for duty, seq, due in rows if wanted[duty] == seq and due is not None}

    def counted(self, row: Duty) -> datetime:
        """Return the end of a duty by the changed calendar."""
        assert row.due_at is not None
        if not row.limit_qty or row.pk in self.named:
            return row.due_at
        end = End(to_minute(row.due_at), to_minute(row.anchor_at), Limit(row.limit_qty, Unit(row.limit_unit)))
        old, new = self.old.of(row.holder_unit_id), self.new.of(row.holder_unit_id)
        try:
            minute = counted_anew(end, self.since, old, new)
        except OutOfCalendar:
            return row.due_at
        return row.due_at if minute == end.due else from_minute(minute)

    def one(self, row: Duty, counted: datetime) -> Planned:
        """Return what becomes of one duty."""
        assert row.due_at is not None
        calendar = self.new.of(row.holder_unit_id)
        decided = fate(row.due_at, counted, self.told.get(row.pk, row.due_at), self.at, calendar)
        due_to = counted if decided is Fate.MOVED else row.due_at
        going = self._ladder(row, due_to, calendar)
        following = going.next_check_at if row.phase == Phase.OPEN else None
        was = (row.near_at, row.last_day_at, row.late_at, row.next_check_at)
        rungs = going.rungs
        now = (rungs.near_at, rungs.last_day_at, rungs.late_at, following)
        fixed = not row.limit_qty or row.pk in self.named
        return Planned(
            row.pk, row.holder_unit_id, row.kind, row.due_at, due_to if decided is not Fate.KEPT else counted, decided,
            fixed, rungs, following, going.anew, was != now,
        )  # fmt: skip

    def _ladder(self, row: Duty, due_at: datetime, calendar: Calendar) -> Ladder:
        near_days = calendar.near_on(local_date(row.opened_at))
        key = id(calendar), due_at, near_days
        if key not in self.rungs:
            self.rungs[key] = rungs(due_at, LONG_AGO, calendar, near_days)
        found = self.rungs[key]
        # Where the clock was wound after its near day, as by a send-back, there is no such rung unless it lies ahead now.
        floor = row.opened_at if row.near_at is not None else max(row.opened_at, self.at)
        if found.near_at is not None and found.near_at <= floor:
            found = Rungs(None, found.last_day_at, found.late_at)
        if due_at == row.due_at and (found.near_at, found.last_day_at, found.late_at) == (
            row.near_at, row.last_day_at, row.late_at,
        ):  # fmt: skip
            return Ladder(found, row.next_check_at, anew=False)
        return ladder(found, due_at, frozenset(self.fired.get(row.pk, ())), self.at)


def plan(rows: Iterable[Duty], reach: Reach, old: Calendars, new: Calendars, at: datetime) -> list[Planned]:
    """Return what a change does to each of some duties at `at` (three queries at most, whatever their number)."""
    found = list(rows)
    work = _Plan(reach, old, new, at)
    work.load(found)
    ends = [work.counted(row) for row in found]
    shorter = [row.pk for row, end in zip(found, ends, strict=True) if row.due_at and end < row.due_at]
    if shorter:
        work.load_told(shorter)
    return [work.one(row, end) for row, end in zip(found, ends, strict=True)]
