"""Signals of givers: what calls for a look at how tasks are given and closed; never a verdict, each may be contested.

Basis: practice of provinces: givers are measured too (tasks without date, late entry, friendly closing), and time at the giver's
own desk is counted like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kycuong.core.errors import Invalid

#: More working days than this from arrival or signing until the tasks are given is a late entry. A default of the product.
LATE_ENTRY_WORKING_DAYS: Final = 3
#: A confirmation within so many minutes of the sending can hardly have read the result. A default of the product.
FAST_MINUTES: Final = 5
#: How far back one looks when nothing is said, and at most.
DEFAULT_DAYS: Final = 90
MOST_DAYS: Final = 366
#: A day of another year is a slip of the pen, and the very first and last there are have none beside them.
FIRST_YEAR, LAST_YEAR = 1990, 2999

NO_DATE, LATE_ENTRY, FAST, MOVED = "no_date", "late_entry", "fast_confirm", "moved_on_time"
COUNTS: Final = (NO_DATE, LATE_ENTRY, FAST, MOVED)
DESKS: Final = ("confirmation", "extension", "return", "obstacle", "suggestion")


@dataclass(frozen=True, slots=True)
class Spread:
    """How long things lay on a desk, in working days: how many, in the middle, nine of ten at most, the longest."""

    n: int
    median: float
    p90: float
    longest: float


def spread(days: Sequence[float]) -> Spread | None:
    """Return the spread of some durations, None for none."""
    if not days:
        return None
    found = sorted(days)
    half = len(found) // 2
    middle = found[half] if len(found) % 2 else (found[half - 1] + found[half]) / 2
    ninth = found[-(-9 * len(found) // 10) - 1]
    return Spread(len(found), round(middle, 1), round(ninth, 1), round(found[-1], 1))


def range_of(since: date | None, until: date | None, today: date) -> tuple[date, date]:
    """Return the first and the last day looked at. Raises: Invalid."""
    for day in (since, until):
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Invalid("date_unknown", text=f"{day:%d/%m/%Y}")
    last = until or today
    first = since or last - timedelta(days=DEFAULT_DAYS - 1)
    if first > last:
        raise Invalid("signal_days")
    if (last - first).days >= MOST_DAYS:
        raise Invalid("signal_too_long", days=MOST_DAYS)
    return first, last
