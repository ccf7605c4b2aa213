"""Count the duties of a board by unit: open ones live, closed ones, and what hangs on them as flags."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Min, Q, QuerySet, Value

from kycuong.core.calendars import Calendar
from kycuong.core.duties import APART, State, near_boundary
from kycuong.models import Proposal
from kycuong.models.duties import Phase
from kycuong.queries.board import tallied
from kycuong.queries.board.filters import Chosen, closed_within, open_then
from kycuong.queries.board.since import Since
from kycuong.queries.board.standing import Heaps, heaps
from kycuong.queries.kept import Slot, kept

CLOSED: Final = (State.DONE_ON_TIME, State.DONE_LATE, State.APART)
#: Holder unit -> how many duties by state, flag, and (…_undated) those that no share counts.
ByUnit = dict[int, "Counter[str]"]


@dataclass(slots=True)
class Counts:
    """What was counted by unit, and of each unit the due instant of what is overdue for longest.

    `heaps` are the open duties when tallies know them: what more is asked of these need not go to the rows.
    """

    by_unit: ByUnit = field(default_factory=lambda: defaultdict(Counter))
    longest: dict[int, datetime] = field(default_factory=dict)
    heaps: Heaps | None = None

    def add(self, unit: int, name: str, n: int | None) -> None:
        """Add so many to one figure of a unit."""
        if n:
            self.by_unit[unit][name] += n


def conditions(at: datetime, calendar: Calendar) -> dict[State, Q]:
    """Return the condition of each open state; the same partition as core.duties.standing."""
    return standing_at(at, max(at, near_boundary(at, calendar)))


def standing_at(at: datetime | Slot, near: datetime | Slot) -> dict[State, Q]:
    """Return the condition of each open state by the instant and by the last at which something is near due."""
    working = ~Q(phase=Phase.ANSWERED)
    return {
        State.AWAITING: Q(phase=Phase.ANSWERED),
        State.NO_TERM: working & Q(due_at__isnull=True),
        State.OVERDUE: working & Q(due_at__lte=at),
        State.NEAR_DUE: working & Q(due_at__gt=at, due_at__lte=near),
        State.NOT_DUE: working & Q(due_at__gt=near),
    }


def ended_as(state: State) -> Q:
    """Return the condition of a closed duty in one of the closed states; the same as core.duties.ended."""
    off = Q(outcome__in=list(APART))
    late = Q(late_working_days__gt=0)
    return {
        State.APART: off,
        State.DONE_LATE: ~off & late,
        State.DONE_ON_TIME: ~off & (Q(late_working_days__isnull=True) | Q(late_working_days=0)),
    }[state]


def open_counts(found: Counts, chosen: Chosen, at: datetime, calendar: Calendar, known: Since | None) -> None:
    """Add the open duties by unit and state: from the tallies and what came since, or asking each row."""
    found.heaps = heaps(chosen, at, known)
    if found.heaps is None:
        _open_rows(found, chosen, at, calendar)
        return
    near = near_boundary(at, calendar)
    for desk, heap in found.heaps.items():
        if figures := heap.figures(at, near):
            found.by_unit[desk.unit] = Counter(figures)
        if longest := heap.longest(at):
            found.longest[desk.unit] = longest


def _open_rows(found: Counts, chosen: Chosen, at: datetime, calendar: Calendar) -> None:
    """Add them by one query, by the index of open duties."""
    wanted = conditions(at, calendar)
    figures: Any = {str(state): Count(Value(1), filter=condition) for state, condition in wanted.items()}
    rows: Any = (
        chosen.counted.filter(open_then(chosen.span, at)).order_by().values("holder_unit")
        .annotate(
            awaiting_undated=Count(Value(1), filter=wanted[State.AWAITING] & Q(due_at__isnull=True)),
            paused=Count(Value(1), filter=Q(phase=Phase.PAUSED)),
            longest=Min("due_at", filter=wanted[State.OVERDUE]),
            **figures,
        )
    )  # fmt: skip
    for row in rows:
        unit = row.pop("holder_unit")
        longest = row.pop("longest")
        if longest is not None:
            found.longest[unit] = longest
        for name, n in row.items():
            found.add(unit, name, n)


def closed_counts(found: Counts, chosen: Chosen, known: Since | None) -> None:
    """Add the closed duties by unit and how they ended: from the tallies and what came since, or asking each row."""
    if known is None or known.closed is None:
        _closed_rows(found, chosen)
        return
    for unit, by in tallied.closed(chosen, known).items():
        for name, n in by.items():
            found.add(unit, name, n)


def closed_days(chosen: Chosen, measure: str, known: Since | None) -> Counter[int]:
    """Return the whole-day histogram of the closed duties: how many days they took, or were late."""
    found = tallied.days(chosen, known, measure) if known is not None and known.closed is not None else None
    return tallied.days_of(chosen.counted.filter(closed_within(chosen.span)), measure) if found is None else found


def _closed_rows(found: Counts, chosen: Chosen) -> None:
    rows: Any = (
        chosen.counted.filter(closed_within(chosen.span)).order_by().values("holder_unit")
        .annotate(
            done_undated=Count(Value(1), filter=ended_as(State.DONE_ON_TIME) & Q(due_at__isnull=True)),
            **{str(state): Count(Value(1), filter=ended_as(state)) for state in CLOSED},
        )
    )  # fmt: skip
    for row in rows:
        unit = row.pop("holder_unit")
        for name, n in row.items():
            found.add(unit, name, n)


def flag_counts(found: Counts, chosen: Chosen, at: datetime) -> None:
    """Add by unit how many open duties carry each flag that a proposal puts on them.

    Two queries, the few that wait first: a database that is left the choice walks all open duties to find them.
    """
    asked: dict[int, list[str]] = defaultdict(list)
    for about, kind in _waiting():
        asked[about].append(kind)
    if not asked:
        return
    duties = chosen.each.filter(open_then(chosen.span, at), pk__in=list(asked))
    for duty, unit in duties.values_list("pk", "holder_unit"):
        for kind in asked[duty]:
            found.add(unit, kind, 1)


@kept()
def _waiting() -> QuerySet[Proposal, tuple[int, str]]:
    return Proposal.objects.filter(decided_at__isnull=True).values_list("about", "kind")


def total(by_unit: Mapping[int, Counter[str]]) -> Counter[str]:
    """Return the sum over the units."""
    found: Counter[str] = Counter()
    for one in by_unit.values():
        found.update(one)
    return found


def kind_of_flag(name: str) -> Q:
    """Return the condition of a duty that carries a flag."""
    if name == Phase.PAUSED:
        return Q(phase=Phase.PAUSED)
    asked = Proposal.objects.filter(decided_at__isnull=True, kind=name)
    return Q(pk__in=asked.values("about")) & ~Q(phase=Phase.CLOSED)
