"""How late the overdue duties of a board are, in working days: of all, of some units, of some desks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Count

from kycuong.core.calendars import Calendar, local_date
from kycuong.core.duties import State
from kycuong.core.lateness import last_date
from kycuong.core.tallies import instant
from kycuong.queries.board.counting import conditions
from kycuong.queries.board.filters import Chosen, open_then
from kycuong.queries.board.standing import Heaps


def late_days(
    heaps: Heaps | None, chosen: Chosen, at: datetime, calendar: Calendar, units: Collection[int]
) -> tuple[Counter[int], dict[int, Counter[int]]]:
    """Return the histogram of working days late of all overdue duties, and of those of some units.

    From the heaps where there are any, else by two queries.
    """
    late = lateness(at, calendar)
    if heaps is not None:
        return _of_heaps(heaps, at, late, set(units))
    overdue = (
        chosen.counted.filter(open_then(chosen.span, at)).filter(conditions(at, calendar)[State.OVERDUE]).order_by()
    )
    everyone: Counter[int] = Counter()
    rows: Any = overdue.values_list("due_at").annotate(n=Count("*"))
    for due_at, n in rows:
        everyone[late(due_at)] += n
    by_unit: dict[int, Counter[int]] = defaultdict(Counter)
    rows = overdue.filter(holder_unit__in=units).values_list("holder_unit", "due_at").annotate(n=Count("*"))
    for unit, due_at, n in rows:
        by_unit[unit][late(due_at)] += n
    return everyone, by_unit


def _of_heaps(
    heaps: Heaps, at: datetime, late: Callable[[datetime], int], units: Collection[int]
) -> tuple[Counter[int], dict[int, Counter[int]]]:
    """Return the same from the tallies; the days of each due instant are counted once."""
    all_due: Counter[int] = Counter()
    by_unit: dict[int, Counter[int]] = defaultdict(Counter)
    days: dict[int, int] = {}
    for desk, heap in heaps.items():
        due = heap.late(at)
        all_due.update(due)
        if desk.unit in units:
            _add_days(by_unit[desk.unit], due, days, late)
    everyone: Counter[int] = Counter()
    _add_days(everyone, all_due, days, late)
    return everyone, by_unit


def _add_days(found: Counter[int], due: Counter[int], days: dict[int, int], late: Callable[[datetime], int]) -> None:
    for tick, n in due.items():
        day = days.get(tick)
        if day is None:
            day = days[tick] = late(instant(tick))
        found[day] += n


def days_of(due: Counter[int], late: Callable[[datetime], int]) -> Counter[int]:
    """Return the histogram of working days late of due ticks."""
    found: Counter[int] = Counter()
    _add_days(found, due, {}, late)
    return found


def lateness(at: datetime, calendar: Calendar) -> Callable[[datetime], int]:
    """Return the working days late at `at` of an overdue duty by its due instant; as core.lateness.days_late counts.

    Where nobody has decided the holidays yet, days of the year are counted.
    """
    today = local_date(at).toordinal()
    covered = calendar.covers(local_date(at))
    begun = calendar.worked_until(today) if covered else 0

    @cache
    def late(due_at: datetime) -> int:
        last = last_date(due_at).toordinal()
        counted = covered and calendar.covers(date.fromordinal(last))
        return max(1, begun - calendar.worked_until(last) if counted else today - last)

    return late
