"""Open duties from the tallies and what happened after their mark: exact to the last committed act."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from kycuong.core.calendars import Calendar
from kycuong.core.duties import State, near_boundary
from kycuong.core.tallies import DueTally, instant, ticks
from kycuong.models import TallyOpen, TallyStanding
from kycuong.models.duties import Phase
from kycuong.queries.board import tallied
from kycuong.queries.board.filters import Chosen, ended

#: The mark of the open duties.
MARK = 2


class Desk(NamedTuple):
    """A desk of a unit; post and officer 0 for the unit as a whole, and on a desk where nobody sits."""

    unit: int
    post: int
    officer: int


@dataclass(frozen=True, slots=True)
class Heap:
    """What lies with one unit or on one desk: a tally for each phase of open duties."""

    phases: dict[str, DueTally]

    def working(self) -> Iterator[DueTally]:
        """Yield the tallies of what nobody has answered."""
        return (tally for phase, tally in self.phases.items() if phase != Phase.ANSWERED)

    def total(self, phase: Phase) -> int:
        """Return how many stand in a phase."""
        tally = self.phases.get(phase)
        return tally.undated + tally.dated if tally else 0

    def figures(self, at: datetime, calendar: Calendar) -> dict[str, int]:
        """Return the open states and flags of the board; the same partition as counting.conditions."""
        near = max(at, near_boundary(at, calendar))
        answered = self.phases.get(Phase.ANSWERED)
        found = {
            State.AWAITING.value: self.total(Phase.ANSWERED),
            "awaiting_undated": answered.undated if answered else 0,
            "paused": self.total(Phase.PAUSED),
        }
        working = list(self.working())
        overdue, soon = self.overdue(at), sum(tally.until(near) for tally in working)
        return found | {
            State.NO_TERM.value: sum(tally.undated for tally in working),
            State.OVERDUE.value: overdue,
            State.NEAR_DUE.value: soon - overdue,
            State.NOT_DUE.value: sum(tally.dated for tally in working) - soon,
        }

    def open(self) -> int:
        """Return how many nobody has answered."""
        return sum(tally.undated + tally.dated for tally in self.working())

    def overdue(self, at: datetime) -> int:
        """Return how many of these are overdue."""
        return sum(tally.until(at) for tally in self.working())

    def late(self, at: datetime) -> Counter[int]:
        """Return the due ticks of what is overdue, with how many."""
        found: Counter[int] = Counter()
        for tally in self.working():
            for tick, n in tally.late(at):
                found[tick] += n
        return found

    def longest(self, at: datetime) -> datetime | None:
        """Return the due instant of what is overdue for longest."""
        first = min((tally.due[0] for tally in self.working() if tally.due), default=None)
        return instant(first) if first is not None and first <= ticks(at) else None


Heaps = dict[Desk, Heap]


def heaps(chosen: Chosen, at: datetime, *, desks: bool = False) -> Heaps | None:
    """Return what lies with each unit of a board, or on each desk; None when each row must be asked (four queries at most).

    The tallies know neither documents nor persons, and nothing of what stood open when a past period ended.
    """
    if not chosen.whole or chosen.narrowed or ended(chosen.span, at):
        return None
    keys = tallied.touched(MARK)
    if keys is None:
        return None
    rows: Any = TallyOpen.objects.filter(kind=chosen.kind, desk=desks)
    if chosen.units is not None:
        rows = rows.filter(unit__in=chosen.units.values("pk"))
    found: dict[Desk, dict[str, DueTally]] = defaultdict(dict)
    for unit, post, officer, phase, undated, due in rows.values_list(
        "unit", "post", "officer", "phase", "undated", "due"
    ).iterator():
        found[Desk(unit, post, officer)][phase] = DueTally.unpacked(undated, bytes(due))
    for (unit, post, officer, phase), by in _since(chosen, keys, desks=desks).items():
        tallies = found[Desk(unit, post, officer)]
        tallies[phase] = tallies.get(phase, DueTally.of({})).changed(by)
    return {desk: Heap(phases) for desk, phases in found.items()}


_Changes = dict[tuple[int, int, int, str], "Counter[int | None]"]


def _since(chosen: Chosen, keys: list[int], *, desks: bool) -> _Changes:
    """Return what is to be added to the tallies for the duties touched since: as what they stand, less as what they stood."""
    found: _Changes = defaultdict(Counter)
    if not keys:
        return found
    stood: Any = TallyStanding.objects.filter(kind=chosen.kind, duty__in=keys)
    if chosen.units is not None:
        stood = stood.filter(unit__in=chosen.units.values("pk"))
    _add(found, stood.values_list("unit", "post", "officer", "phase", "due_at"), -1, desks=desks)
    now: Any = chosen.counted.filter(pk__in=keys).exclude(phase=Phase.CLOSED)
    _add(found, now.values_list("holder_unit", "holder_post", "holder_officer", "phase", "due_at"), 1, desks=desks)
    return found


def _add(found: _Changes, rows: Iterable[Any], sign: int, *, desks: bool) -> None:
    for unit, post, officer, phase, due_at in rows:
        place = (unit, post or 0, officer or 0, phase) if desks else (unit, 0, 0, phase)
        found[place][ticks(due_at) if due_at else None] += sign
