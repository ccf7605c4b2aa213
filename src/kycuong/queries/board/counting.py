"""Count the duties of a board by unit: open ones live, closed ones, and what hangs on them as flags."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from django.db.models import BigAutoField, CharField, Count, DateTimeField, Min, Q, QuerySet, Value

from kycuong.core.calendars import Calendar, local_date
from kycuong.core.duties import APART, State, near_boundary
from kycuong.models import Duty, Proposal
from kycuong.models.duties import Phase
from kycuong.queries.board import tallied
from kycuong.queries.board.days import LastDay
from kycuong.queries.board.filters import Chosen, closed_within, open_then
from kycuong.queries.kept import Several, Slot, among, kept

CLOSED: Final = (State.DONE_ON_TIME, State.DONE_LATE, State.APART)
#: Holder unit -> how many duties by state, flag, and (…_undated) those that no share counts.
ByUnit = dict[int, "Counter[str]"]


@dataclass(slots=True)
class Counts:
    """What was counted by unit, and of each unit the due instant of what is overdue for longest."""

    by_unit: ByUnit = field(default_factory=lambda: defaultdict(Counter))
    longest: dict[int, datetime] = field(default_factory=dict)

    def add(self, unit: int, name: str, n: int | None) -> None:
        """Add so many to one figure of a unit."""
        if n:
            self.by_unit[unit][name] += n


def conditions(at: datetime, calendar: Calendar) -> dict[State, Q]:
    """Return the condition of each open state; the same partition as core.duties.standing."""
    near = near_boundary(at, calendar)
    return _conditions(at, near, max(at, near))


def _conditions(at: datetime | Slot, near: datetime | Slot, far: datetime | Slot) -> dict[State, Q]:
    """Return the conditions by their moments: now, the end of what is near, and the later one of both."""
    working = ~Q(phase=Phase.ANSWERED)
    return {
        State.AWAITING: Q(phase=Phase.ANSWERED),
        State.NO_TERM: working & Q(due_at__isnull=True),
        State.OVERDUE: working & Q(due_at__lte=at),
        State.NEAR_DUE: working & Q(due_at__gt=at, due_at__lte=near),
        State.NOT_DUE: working & Q(due_at__gt=far),
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


def open_counts(found: Counts, chosen: Chosen, at: datetime, calendar: Calendar) -> None:
    """Add the open duties by unit and state (one query, by the index of open duties)."""
    near = near_boundary(at, calendar)
    moments = (at, near, max(at, near))
    if chosen.everywhere(at):
        rows: Any = _open_everywhere(chosen.kind, *moments)
    else:
        rows = _by_state(chosen.counted.filter(open_then(chosen.span, at)), *moments)
    for row in rows:
        unit = row.pop("holder_unit")
        longest = row.pop("longest")
        if longest is not None:
            found.longest[unit] = longest
        for name, n in row.items():
            found.add(unit, name, n)


def _by_state(duties: QuerySet[Duty], at: Any, near: Any, far: Any) -> Any:
    wanted = _conditions(at, near, far)
    figures: Any = {str(state): Count(Value(1), filter=condition) for state, condition in wanted.items()}
    return (
        duties.order_by().values("holder_unit")
        .annotate(
            awaiting_undated=Count(Value(1), filter=wanted[State.AWAITING] & Q(due_at__isnull=True)),
            paused=Count(Value(1), filter=Q(phase=Phase.PAUSED)),
            longest=Min("due_at", filter=wanted[State.OVERDUE]),
            **figures,
        )
    )  # fmt: skip


@kept(CharField(), DateTimeField(), DateTimeField(), DateTimeField())
def _open_everywhere(kind: Slot, at: Slot, near: Slot, far: Slot) -> QuerySet[Duty, dict[str, Any]]:
    found: QuerySet[Duty, dict[str, Any]] = _by_state(Duty.objects.filter(~Q(phase="closed"), kind=kind), at, near, far)
    return found


def closed_counts(found: Counts, chosen: Chosen, since: list[int] | None) -> None:
    """Add the closed duties by unit and how they ended: from the tallies and what came since, or asking each row."""
    if since is None:
        _closed_rows(found, chosen)
        return
    for (unit, outcome, late, dated), n in tallied.closed(chosen, since).items():
        for name in tallied.figures(outcome, late=late, dated=dated):
            found.add(unit, name, n)


def closed_days(chosen: Chosen, measure: str, since: list[int] | None) -> Counter[int]:
    """Return the whole-day histogram of the closed duties: how many days they took, or were late."""
    found = tallied.days(chosen, since, measure) if since is not None else None
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
    duties = chosen.counted.filter(open_then(chosen.span, at), pk__in=list(asked))
    for duty, unit in duties.values_list("pk", "holder_unit"):
        for kind in asked[duty]:
            found.add(unit, kind, 1)


@kept()
def _waiting() -> QuerySet[Proposal, tuple[int, str]]:
    return Proposal.objects.filter(decided_at__isnull=True).values_list("about", "kind")


def late_days(
    chosen: Chosen, at: datetime, calendar: Calendar, units: list[int]
) -> tuple[Counter[int], dict[int, Counter[int]]]:
    """Return the histogram of working days late of all overdue duties, and of those of some units (two queries)."""
    if chosen.everywhere(at):
        all_, some = _late_everywhere(chosen.kind, at), _late_everywhere_of(chosen.kind, at, units)
    else:
        overdue = chosen.counted.filter(open_then(chosen.span, at)).filter(conditions(at, calendar)[State.OVERDUE])
        all_ = list(_by_last_day(overdue))
        some = list(_by_unit_and_last_day(overdue.filter(holder_unit__in=units)))
    late = lateness(at, calendar)
    everyone: Counter[int] = Counter()
    for last, n in all_:
        everyone[late(last)] += n
    by_unit: dict[int, Counter[int]] = defaultdict(Counter)
    for unit, last, n in some:
        by_unit[unit][late(last)] += n
    return everyone, by_unit


def _by_last_day(overdue: QuerySet[Duty]) -> QuerySet[Duty, tuple[int, int]]:
    rows: Any = overdue.order_by().annotate(last=LastDay("due_at")).values_list("last").annotate(n=Count("*"))
    return rows  # type: ignore[no-any-return]


def _by_unit_and_last_day(overdue: QuerySet[Duty]) -> QuerySet[Duty, tuple[int, int, int]]:
    rows: Any = overdue.order_by().annotate(last=LastDay("due_at")).values_list("holder_unit", "last")
    return rows.annotate(n=Count("*"))  # type: ignore[no-any-return]


def _overdue_everywhere(kind: Slot, at: Slot) -> QuerySet[Duty]:
    return Duty.objects.filter(~Q(phase="closed"), ~Q(phase=Phase.ANSWERED), kind=kind, due_at__lte=at)


@kept(CharField(), DateTimeField())
def _late_everywhere(kind: Slot, at: Slot) -> QuerySet[Duty, tuple[int, int]]:
    return _by_last_day(_overdue_everywhere(kind, at))


@kept(CharField(), DateTimeField(), Several(BigAutoField()))
def _late_everywhere_of(kind: Slot, at: Slot, units: Slot) -> QuerySet[Duty, tuple[int, int, int]]:
    return _by_unit_and_last_day(_overdue_everywhere(kind, at).filter(among("holder_unit", units)))


def lateness(at: datetime, calendar: Calendar) -> Callable[[int], int]:
    """Return the working days late at `at` of an overdue duty by the ordinal of its last day; as core.lateness.days_late.

    Where nobody has decided the holidays yet, days of the year are counted.
    """
    today = local_date(at).toordinal()
    covered = calendar.covers(local_date(at))
    begun = calendar.worked_until(today) if covered else 0

    @cache
    def late(last: int) -> int:
        counted = covered and calendar.covers(date.fromordinal(last))
        return max(1, begun - calendar.worked_until(last) if counted else today - last)

    return late


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
