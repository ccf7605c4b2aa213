"""The preview of a change: which due dates would move, which stay and why, by unit; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from kycuong.core.calendar_changes import REACH_DAYS, DayChange, Fate, check_days, label
from kycuong.core.calendars import NEAR_WORKING_DAYS, TZ, Calendar, DayRow, OutOfCalendar, local_date
from kycuong.core.duties import last_date
from kycuong.core.errors import NotAllowed
from kycuong.models import Duty, Unit, UnitClosure
from kycuong.queries import calendars, scope
from kycuong.queries.calendar_changes.plan import COLUMNS, Planned, Reach, candidates, plan
from kycuong.queries.calendars import Calendars, Spans

BATCH = 2000
PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change as someone wants it: days of the whole calendar, or the office hours of a unit and those below it."""

    days: tuple[DayChange, ...] = ()
    unit_id: int | None = None
    spans: Spans | None = None
    correction: bool = False


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One due date that moves or stays, as a list shows it; title and key only of duties that the person sees."""

    public_id: UUID | None
    title: str
    document_code: str
    unit_name: str
    kind: str
    due_from: datetime
    due_to: datetime
    last_from: date
    last_to: date
    kept: bool


@dataclass(frozen=True, slots=True)
class UnitLine:
    """How many due dates of a unit move, would move earlier and stay, and how many reminders move."""

    public_id: UUID
    name: str
    moved: int
    kept: int
    rungs: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do, under the version that it would follow."""

    version: int
    looked_at: int
    moved: int
    kept: int
    rungs: int
    fixed: int
    units: list[UnitLine]
    rows: list[MoveRow]
    next_key: str | None


@dataclass(slots=True)
class _Sums:
    """What is counted while the rows pass by."""

    seen: int = 0
    fixed: int = 0
    moved: Counter[int] = field(default_factory=Counter)
    kept: Counter[int] = field(default_factory=Counter)
    rungs: Counter[int] = field(default_factory=Counter)
    changed: list[Planned] = field(default_factory=list)

    def add(self, one: Planned) -> None:
        """Count one planned duty."""
        self.seen += 1
        self.fixed += one.fixed
        if one.fate is Fate.MOVED:
            self.moved[one.unit_id] += 1
        elif one.fate is Fate.KEPT:
            self.kept[one.unit_id] += 1
        if one.fate is not Fate.SAME:
            self.changed.append(one)
        elif one.rungs_moved:
            self.rungs[one.unit_id] += 1


def reach_of(wanted: Wanted, at: datetime) -> Reach:
    """Return how far a change reaches; office hours count from now on, days from the first of them."""
    if wanted.unit_id is not None:
        return Reach(at, unit_ids=frozenset(below(wanted.unit_id)))
    days = sorted(day.on for day in wanted.days)
    return Reach(_start(days[0]), *_named(days))


def _named(days: Sequence[date]) -> tuple[datetime, datetime]:
    """Return between which ends a named day can feel the change of some days: its rungs are counted in working days."""
    calendar = calendars.current()
    near = max((near for _, near in calendar.near), default=NEAR_WORKING_DAYS)
    around = 2 + len(days)
    try:
        first = calendar.add_working_days(days[0], -around)
        last = calendar.add_working_days(days[-1], near + around)
    except OutOfCalendar:  # at the edge of what is decided
        first, last = days[0] - timedelta(days=REACH_DAYS), days[-1] + timedelta(days=near + 2 * REACH_DAYS)
    return _start(first), _start(last + timedelta(days=1))


def _start(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=TZ)


def below(unit_id: int) -> set[int]:
    """Return a unit and all below it whose office hours are its own: where a unit below has its own, they stay."""
    rows = UnitClosure.objects.filter(calendars.BELOW, ancestor=unit_id).values_list("descendant", flat=True)
    under = set(rows) | {unit_id}
    own = Unit.objects.filter(pk__in=under - {unit_id}, office_hours__isnull=False).values_list("pk", flat=True)
    theirs = UnitClosure.objects.filter(calendars.BELOW, ancestor__in=list(own)).values_list("descendant", flat=True)
    return under - set(theirs)


def with_change(base: Calendars, wanted: Wanted, version: int) -> Calendars:
    """Return the calendars as a change would make them."""
    if wanted.unit_id is None:
        return Calendars(_with_days(base.base, wanted.days, version), base.spans)
    spans = dict(base.spans)
    given = wanted.spans or calendars.inherited_above(wanted.unit_id)
    for unit_id in below(wanted.unit_id):
        if given is None:
            spans.pop(unit_id, None)
        else:
            spans[unit_id] = given
    return Calendars(base.base, spans)


def _with_days(base: Calendar, days: Sequence[DayChange], version: int) -> Calendar:
    rows: dict[date, DayRow] = {row.on: row for row in base.rows}
    for day in days:
        if day.row is None:
            rows.pop(day.on, None)
        else:
            rows[day.on] = day.row
    return calendars.rebuilt(rows, label(base.name, version), base.near)


def preview(
    who: scope.Actor, at: datetime, wanted: Wanted, *, unit: UUID | None = None, after: str | None = None, size: int = PAGE
) -> Preview:  # fmt: skip
    """Return what a change would do at `at`, a page of its rows, those of one unit when `unit` is given.

    Counts are of all duties, because whoever decides must know how many; titles only of those that the person sees.
    Raises: NotAllowed for who may not change the calendar, Invalid for days that cannot be changed.
    """
    if not who.may("calendar"):
        raise NotAllowed("calendar_not_allowed")
    if wanted.unit_id is None:
        check_days(wanted.days, calendars.current(), local_date(at), correction=wanted.correction)
    version = calendars.version()
    sums = _Sums()
    if not wanted.correction:
        for batch in _batches(wanted, at, version):
            for one in batch:
                sums.add(one)
    names = {row.pk: row for row in Unit.objects.filter(pk__in=set(sums.moved) | set(sums.kept) | set(sums.rungs))}
    chosen = [one for one in sums.changed if unit is None or names[one.unit_id].public_id == unit]
    start = int(after) if after and after.isdecimal() else 0
    shown = sorted((one for one in chosen if one.duty_id > start), key=lambda one: one.duty_id)[: size + 1]
    lines = [
        UnitLine(row.public_id, row.name, sums.moved[pk], sums.kept[pk], sums.rungs[pk]) for pk, row in names.items()
    ]
    return Preview(
        version, sums.seen, sums.moved.total(), sums.kept.total(), sums.rungs.total(), sums.fixed,
        sorted(lines, key=lambda line: (-line.moved, -line.kept, -line.rungs, line.name)),
        move_rows(who, [(one.duty_id, one.due_from, one.due_to, one.fate is Fate.KEPT) for one in shown[:size]]),
        str(shown[size - 1].duty_id) if len(shown) > size else None,
    )  # fmt: skip


def _batches(wanted: Wanted, at: datetime, version: int) -> Iterator[list[Planned]]:
    reach = reach_of(wanted, at)
    old = calendars.everywhere()
    new = with_change(old, wanted, version + 1)
    ids = list(candidates(reach).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        rows = Duty.objects.filter(pk__in=ids[start : start + BATCH]).only(*COLUMNS).order_by("pk")
        yield plan(rows, reach, old, new, at)


def move_rows(who: scope.Actor, moves: Sequence[tuple[int, datetime, datetime, bool]]) -> list[MoveRow]:
    """Return moves as lines: (duty, from, to, kept); what the person may not see has its unit and dates only (two queries)."""
    ids = [move[0] for move in moves]
    rows = Duty.objects.select_related("holder_unit", "document").in_bulk(ids)
    seen = set(scope.visible_duties(who).filter(pk__in=ids).values_list("pk", flat=True))
    return [_line(rows[duty_id], duty_id in seen, due_from, due_to, kept) for duty_id, due_from, due_to, kept in moves]


def _line(duty: Duty, seen: bool, due_from: datetime, due_to: datetime, kept: bool) -> MoveRow:
    return MoveRow(
        duty.public_id if seen else None, duty.title if seen else "", str(duty.document or "") if seen else "",
        duty.holder_unit.name, duty.kind, due_from, due_to, last_date(due_from), last_date(due_to), kept,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class HoursLine:
    """A unit with office hours of its own, and the paper that gave them."""

    public_id: UUID
    name: str
    spans: Spans
    basis: str


def own_hours() -> list[HoursLine]:
    """Return the units that have office hours of their own."""
    rows = Unit.objects.filter(office_hours__isnull=False).order_by("name")
    return [
        HoursLine(row.public_id, row.name, calendars.spans_of(row.office_hours), row.office_hours_basis)
        for row in rows
        if row.office_hours
    ]
