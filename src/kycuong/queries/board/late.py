"""How late the overdue duties of a board are, in working days: of all, of some units, of some desks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Count

from kycuong.core.calendars import Calendar
from kycuong.core.duties import State
from kycuong.queries.board.counting import conditions
from kycuong.queries.board.filters import Chosen, open_then
from kycuong.queries.board.lateness import Lateness
from kycuong.queries.board.standing import Desk, Heap, Heaps


def late_days(
    heaps: Heaps | None, chosen: Chosen, at: datetime, calendar: Calendar, units: Collection[int]
) -> tuple[Counter[int], dict[int, Counter[int]]]:
    """Return the histogram of working days late of all overdue duties, and of those of some units.

    From the heaps where there are any, else by two queries.
    """
    late = Lateness(at, calendar)
    if heaps is not None:
        nothing = Heap({})
        by_unit_ = {unit: heaps.get(Desk(unit, 0, 0), nothing).days_late(at, late) for unit in units}
        return heaps.whole.days_late(at, late), by_unit_
    overdue = (
        chosen.counted.filter(open_then(chosen.span, at)).filter(conditions(at, calendar)[State.OVERDUE]).order_by()
    )
    everyone: Counter[int] = Counter()
    rows: Any = overdue.values_list("due_at").annotate(n=Count("*"))
    for due_at, n in rows:
        everyone[late.of_instant(due_at)] += n
    by_unit: dict[int, Counter[int]] = defaultdict(Counter)
    rows = overdue.filter(holder_unit__in=units).values_list("holder_unit", "due_at").annotate(n=Count("*"))
    for unit, due_at, n in rows:
        by_unit[unit][late.of_instant(due_at)] += n
    return everyone, by_unit


def days_of(due: Counter[int], late: Lateness) -> Counter[int]:
    """Return the histogram of working days late of due ticks."""
    found: Counter[int] = Counter()
    for tick, n in due.items():
        found[late.of(tick)] += n
    return found
