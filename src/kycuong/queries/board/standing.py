"""Open duties from the tallies and what happened after their mark: exact to the last committed act."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime
from itertools import accumulate
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Count, Q, QuerySet

from kycuong.core.boards import month_of
from kycuong.core.calendars import local_date
from kycuong.core.duties import State
from kycuong.core.tallies import FIRST_DAY, DueTally, instant, ticks
from kycuong.models import TallyOpen, TallyStanding
from kycuong.models.duties import Phase
from kycuong.queries import scope
from kycuong.queries.board import seats, tallied
from kycuong.queries.board.filters import Chosen, ended
from kycuong.queries.board.lateness import Lateness
from kycuong.queries.board.since import Book, Since, read_once
from kycuong.queries.kept import Several, Slot, among, kept


class Desk(NamedTuple):
    """A desk of a unit; post and officer 0 for the unit as a whole, and on a desk where nobody sits."""

    unit: int
    post: int
    officer: int


class Heap:
    """What lies with one unit or on one desk: a tally for each phase of open duties.

    It never changes; what was asked of it is kept until a due instant has passed since.
    """

    __slots__ = ("_days", "_figures", "_working", "phases")

    def __init__(self, phases: dict[str, DueTally]) -> None:
        self.phases = phases
        self._working: tuple[DueTally, list[int]] | None = None
        self._figures: tuple[object, dict[str, int]] = (None, {})
        self._days: tuple[object, Counter[int]] = (None, Counter())

    def changed(self, by: Mapping[str, Counter[int | None]]) -> Heap:
        """Return the heap with counts added, by phase."""
        none = DueTally.of({})
        return Heap(self.phases | {phase: self.phases.get(phase, none).changed(one) for phase, one in by.items()})

    @property
    def working(self) -> DueTally:
        """Return the tally of what nobody has answered."""
        return self._summed()[0]

    def _summed(self) -> tuple[DueTally, list[int]]:
        """Return what nobody has answered, and how many of it fall due up to each instant."""
        if self._working is None:
            tally = DueTally.sum(tally for phase, tally in self.phases.items() if phase != Phase.ANSWERED)
            self._working = tally, list(accumulate(tally.counts, initial=0))
        return self._working

    def total(self, phase: Phase) -> int:
        """Return how many stand in a phase."""
        tally = self.phases.get(phase)
        return tally.undated + tally.dated if tally else 0

    def figures(self, at: datetime, near: datetime) -> dict[str, int]:
        """Return the open states and flags of the board that are not 0, near due up to `near`; as counting.conditions."""
        working, until = self._summed()
        late, soon = (bisect_right(working.due, ticks(one)) for one in (at, max(at, near)))
        if self._figures[0] != (late, soon):
            answered = self.phases.get(Phase.ANSWERED)
            found = {
                State.AWAITING.value: self.total(Phase.ANSWERED),
                "awaiting_undated": answered.undated if answered else 0,
                "paused": self.total(Phase.PAUSED),
                State.NO_TERM.value: working.undated,
                State.OVERDUE.value: until[late],
                State.NEAR_DUE.value: until[soon] - until[late],
                State.NOT_DUE.value: until[-1] - until[soon],
            }
            self._figures = (late, soon), {name: n for name, n in found.items() if n}
        return self._figures[1]

    def open(self) -> int:
        """Return how many nobody has answered."""
        working, until = self._summed()
        return working.undated + until[-1]

    def overdue(self, at: datetime) -> int:
        """Return how many of these are overdue."""
        working, until = self._summed()
        return until[bisect_right(working.due, ticks(at))]

    def late(self, at: datetime) -> Counter[int]:
        """Return the due ticks of what is overdue, with how many."""
        return Counter(dict(self.working.late(at)))

    def days_late(self, at: datetime, late: Lateness) -> Counter[int]:
        """Return the histogram of working days late of what is overdue; not to be changed."""
        key = (bisect_right(self.working.due, ticks(at)), late.today, late.calendar)
        if self._days[0] != key:
            found: Counter[int] = Counter()
            for tick, n in self.working.late(at):
                found[late.of(tick)] += n
            self._days = key, found
        return self._days[1]

    def longest(self, at: datetime) -> datetime | None:
        """Return the due instant of what is overdue for longest."""
        due = self.working.due
        return instant(due[0]) if due and due[0] <= ticks(at) else None


class Heaps(dict[Desk, Heap]):
    """What lies with each unit, or on each desk; `whole` is what lies with all of them."""

    _whole: Heap | None = None

    @property
    def whole(self) -> Heap:
        """Return all heaps as one."""
        if self._whole is None:
            phases: dict[str, list[DueTally]] = defaultdict(list)
            for heap in self.values():
                for phase, tally in heap.phases.items():
                    phases[phase].append(tally)
            self._whole = Heap({phase: DueTally.sum(some) for phase, some in phases.items()})
        return self._whole

    def changed(self, changes: _Changes) -> Heaps:
        """Return the heaps with counts added, by desk and phase; those that nothing touches are shared."""
        by_desk: dict[Desk, dict[str, Counter[int | None]]] = defaultdict(dict)
        for (unit, post, officer, phase), by in changes.items():
            by_desk[Desk(unit, post, officer)][phase] = by
        found, nothing, whole = Heaps(self), Heap({}), defaultdict[str, Counter[int | None]](Counter)
        for desk, by_phase in by_desk.items():
            found[desk] = self.get(desk, nothing).changed(by_phase)
            for phase, by in by_phase.items():
                for tick, n in by.items():
                    whole[phase][tick] += n
        found._whole = self.whole.changed(whole)
        return found


def heaps(chosen: Chosen, at: datetime, known: Since | None, *, desks: bool = False) -> Heaps | None:
    """Return what lies with each unit of a board, or on each desk; None when each row must be asked (five queries at most).

    The tallies know no documents, nor of a desk what stood open when a past period ended. Whoever sees single duties sees them
    from seats.
    """
    over = ended(chosen.span, at)
    if known is None or known.open is None:
        return None
    before = chosen.span.until_at if over else None
    if chosen.single:
        return _of_seats(chosen, chosen.single, before, desks=desks)
    if over and desks:
        return None
    if chosen.units is None:
        asked = ("open", chosen.kind, desks, before)
        found = read_once(known.open.edition, asked, lambda: _before(_of_kind(chosen, desks), before))
    else:
        found = _before(_of_kind(chosen, desks).filter(unit__in=chosen.units.values("pk")), before)
    return found.changed(_since(chosen, known, known.open, before, desks=desks)) if known.open.keys else found


def _of_seats(chosen: Chosen, who: scope.Actor, before: datetime | None, *, desks: bool) -> Heaps | None:
    """Return what lies with each unit, or on each desk, of what a person sees from seats."""
    mine = seats.seen(who)
    if mine is None:
        return None
    places = ("unit", "post", "officer") if desks else ("unit",)
    nobody = () if desks else (0, 0)
    found: dict[Desk, dict[str, Counter[int | None]]] = defaultdict(lambda: defaultdict(Counter))
    for *desk, phase, due_at, n in mine.counted(*of_chosen(chosen, before), *places, "phase", "due_at", n=Count("*")):
        found[Desk(*desk, *nobody)][phase][_tick(due_at)] += n
    return Heaps({desk: Heap({phase: DueTally.of(due) for phase, due in by.items()}) for desk, by in found.items()})


def of_chosen(chosen: Chosen, before: datetime | None) -> tuple[Q, Q]:
    """Return the condition of a board's duties given before an instant (the first of a month), on a seat and on a duty."""
    on_seat, on_duty = Q(kind=chosen.kind), Q(kind=chosen.kind)
    if chosen.units is not None:
        units = tallied.units_of(chosen) or ()
        on_seat, on_duty = on_seat & Q(unit__in=units), on_duty & Q(holder_unit__in=units)
    if before is not None:
        on_seat &= Q(given__lt=local_date(before).toordinal())
        on_duty &= Q(opened_at__lt=before)
    return on_seat, on_duty


def _of_kind(chosen: Chosen, desks: bool) -> QuerySet[TallyOpen]:
    return TallyOpen.objects.filter(kind=chosen.kind, desk=desks, unit__gt=0)


def _before(rows: QuerySet[TallyOpen], before: datetime | None) -> Heaps:
    """Return the heaps of what was given before the first instant of a month, or of everything."""
    found = _heaps(rows.filter(given=0))
    if before is None:
        return found
    later = _heaps(rows.filter(given__gte=month_of(before), given__lt=FIRST_DAY))
    less: _Changes = defaultdict(Counter)
    for desk, heap in later.items():
        for phase, tally in heap.phases.items():
            less[(*desk, phase)] = Counter({tick: -n for tick, n in tally.by_tick().items()})
    return found.changed(less)


def of_unit(unit: int, known: Since) -> Heaps | None:
    """Return what lies on each desk of one unit, duties of every kind; None when each row must be asked (four queries at most)."""
    if known.open is None:
        return None
    found = _heaps(TallyOpen.objects.filter(desk=True, given=0, unit=unit))
    changes: _Changes = defaultdict(Counter)
    for _kind, whose, post, officer, phase, due_at, _opened in known.open.stood(_stood):
        if whose == unit:
            changes[unit, post, officer, phase][_tick(due_at)] -= 1
    for row in known.now(known.open.keys):
        if row.unit == unit and row.phase != Phase.CLOSED:
            changes[unit, row.post or 0, row.officer or 0, row.phase][_tick(row.due_at)] += 1
    return found.changed(changes) if changes else found


def _heaps(rows: QuerySet[TallyOpen]) -> Heaps:
    """Return the heaps of some rows; of rows of several kinds or months those of one desk are summed."""
    found: dict[Desk, dict[str, list[DueTally]]] = defaultdict(lambda: defaultdict(list))
    columns = ("unit", "post", "officer", "phase", "undated", "due")
    for unit, post, officer, phase, undated, due in rows.values_list(*columns).iterator():
        found[Desk(unit, post, officer)][phase].append(DueTally.unpacked(undated, bytes(due)))
    return Heaps({desk: Heap({phase: DueTally.sum(some) for phase, some in by.items()}) for desk, by in found.items()})


_Changes = dict[tuple[int, int, int, str], "Counter[int | None]"]


def _since(chosen: Chosen, known: Since, book: Book, before: datetime | None, *, desks: bool) -> _Changes:
    """Return what is to be added to the tallies for the duties touched since: as what they stand, less as what they stood."""
    found: _Changes = defaultdict(Counter)
    units = tallied.units_of(chosen)
    now = (
        (row.kind, row.unit, row.post or 0, row.officer or 0, row.phase, row.due_at, row.opened_at)
        for row in known.now(book.keys)
        if row.phase != Phase.CLOSED
    )
    for rows, sign in ((book.stood(_stood), -1), (now, 1)):
        for kind, unit, post, officer, phase, due_at, opened_at in rows:
            within = before is None or opened_at < before
            if kind == chosen.kind and within and (units is None or unit in units):
                place = (unit, post, officer, phase) if desks else (unit, 0, 0, phase)
                found[place][_tick(due_at)] += sign
    return found


def _tick(due_at: datetime | None) -> int | None:
    return ticks(due_at) if due_at else None


@kept(Several(BigIntegerField()))
def _stood(keys: Slot) -> QuerySet[TallyStanding, tuple[Any, ...]]:
    places = ("kind", "unit", "post", "officer", "phase", "due_at", "opened_at")
    return TallyStanding.objects.filter(among("pk", keys)).values_list(*places)


Given = list[tuple[int, str, DueTally]]


def by_day(chosen: Chosen, known: Since | None) -> Given | None:
    """Return the open duties of a board by the day (counted from year 1) on which they were given, and phase.

    None when each row must be asked (five queries at most). What was touched since is added, or taken away by counts below 0.
    """
    if known is None or known.open is None or chosen.single:
        return None
    rows = TallyOpen.objects.filter(kind=chosen.kind, desk=False, given__gte=FIRST_DAY)
    if chosen.units is None:
        everyone = rows.filter(unit=0)
        found = read_once(known.open.edition, ("given", chosen.kind), lambda: _given(everyone))
    else:
        found = _given(rows.filter(unit__in=chosen.units.values("pk")))
    return found + _given_since(chosen, known, known.open) if known.open.keys else found


def _given(rows: QuerySet[TallyOpen]) -> Given:
    columns = rows.values_list("given", "phase", "undated", "due")
    return [(day, phase, DueTally.unpacked(undated, bytes(due))) for day, phase, undated, due in columns.iterator()]


def _given_since(chosen: Chosen, known: Since, book: Book) -> Given:
    units, found = tallied.units_of(chosen), []
    now = ((row.kind, row.unit, row.phase, row.due_at, row.opened_at) for row in known.now(book.keys))
    stood = (
        (kind, unit, phase, due_at, opened_at) for kind, unit, _, _, phase, due_at, opened_at in book.stood(_stood)
    )
    for rows, sign in ((stood, -1), (now, 1)):
        for kind, unit, phase, due_at, opened_at in rows:
            if kind == chosen.kind and phase != Phase.CLOSED and (units is None or unit in units):
                found.append((local_date(opened_at).toordinal(), phase, DueTally.one(_tick(due_at), sign)))
    return found
