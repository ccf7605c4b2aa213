"""Boards: the periods they are asked for, shares with open items in the denominator, the spread behind an average."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from kycuong.core.calendars import TZ
from kycuong.core.duties import State

#: The seven states that are a partition, in the order in which a board shows them.
SEVEN: Final = (
    State.OVERDUE, State.NEAR_DUE, State.NOT_DUE, State.AWAITING, State.NO_TERM, State.DONE_ON_TIME, State.DONE_LATE,
)  # fmt: skip
#: The parts of a year for which a board can be asked: the whole of it, quarters, months.
PARTS: Final = ("", *(f"q{n}" for n in range(1, 5)), *(f"t{n:02}" for n in range(1, 13)))
#: Flags beside the state of a duty: they are no states, and a duty may carry several.
FLAGS: Final = ("paused", "extension", "return", "obstacle", "suggestion")
#: So many units of one kind are still compared as one group; of more, those with a like load are.
GROUP_WHOLE: Final = 24
LOADS: Final = ("high", "middle", "low")


@dataclass(frozen=True, slots=True)
class Span:
    """The instants of a period; None means without an end on that side."""

    from_at: datetime | None
    until_at: datetime | None

    @property
    def months(self) -> tuple[int, int] | None:
        """Return the first month and the one after the last, counted from year 0; None without an end."""
        if self.from_at is None or self.until_at is None:
            return None
        return month_of(self.from_at), month_of(self.until_at)


def month_of(at: datetime) -> int:
    """Return the month of an instant in Việt Nam, counted from year 0."""
    local = at.astimezone(TZ)
    return local.year * 12 + local.month - 1


def month_start(month: int) -> datetime:
    """Return the first instant of a month counted from year 0."""
    return datetime.combine(date(month // 12, month % 12 + 1, 1), time(), TZ)


def span(year: int | None, part: str = "") -> Span:
    """Return the instants of a year, or of one of its quarters or months; without a year everything."""
    if year is None:
        return Span(None, None)
    first, months = 0, 12
    if part.startswith("q"):
        first, months = (int(part[1:]) - 1) * 3, 3
    elif part.startswith("t"):
        first, months = int(part[1:]) - 1, 1
    return Span(month_start(year * 12 + first), month_start(year * 12 + first + months))


@dataclass(frozen=True, slots=True)
class Spread:
    """What stands behind an average: how many, the mean, the median, the 90th percentile and the most, in whole days."""

    n: int
    mean: float
    median: int
    p90: int
    oldest: int


def spread(days: Mapping[int, int]) -> Spread | None:
    """Return the spread of a histogram of whole days; percentiles are values that occur (nearest rank)."""
    n = sum(days.values())
    if not n:
        return None
    total = sum(day * count for day, count in days.items())
    return Spread(n, total / n, _rank(days, n, 0.5), _rank(days, n, 0.9), max(day for day in days if days[day]))


def _rank(days: Mapping[int, int], n: int, share: float) -> int:
    wanted, seen = math.ceil(n * share), 0
    for day in sorted(days):
        seen += days[day]
        if seen >= wanted:
            return day
    raise AssertionError("a share of all is reached by all")  # pragma: no cover


def counted(by: Mapping[str, int]) -> int:
    """Return how many duties stand in the partition: the seven states, without what was taken off its holder."""
    return sum(by.get(state, 0) for state in SEVEN)


def dated(by: Mapping[str, int]) -> int:
    """Return the denominator of every share: all duties with a date, the open ones included."""
    undated = by.get(State.NO_TERM, 0) + by.get("awaiting_undated", 0) + by.get("done_undated", 0)
    return counted(by) - undated


def late_share(by: Mapping[str, int]) -> float | None:
    """Return how much of all dated duties is or was late, 0 to 1; None when there are none.

    Basis: QĐ 42/2014/QĐ-TTg status groups; standing duties have no date and stay out of the share.
    """
    base = dated(by)
    return (by.get(State.OVERDUE, 0) + by.get(State.DONE_LATE, 0)) / base if base else None


def on_time_share(by: Mapping[str, int]) -> float | None:
    """Return how much of all dated duties was done on time, 0 to 1, open ones in the denominator; None without any."""
    base = dated(by)
    return (by.get(State.DONE_ON_TIME, 0) - by.get("done_undated", 0)) / base if base else None


def loads(counts: Sequence[int]) -> list[str]:
    """Return for each unit of one kind whether its load is high, middle or low among them; "" when they are few."""
    if len(counts) <= GROUP_WHOLE:
        return [""] * len(counts)
    ranked = sorted(range(len(counts)), key=lambda place: -counts[place])
    found = [""] * len(counts)
    for rank, place in enumerate(ranked):
        found[place] = LOADS[rank * 3 // len(counts)]
    return found
