"""A tally of open duties by due instant: instants in order with how many fall due at each, packed for one column."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
#: Bytes of one instant and of its count.
_INSTANT, _COUNT = 8, 4

#: What the number of a seat is from which an open duty is seen: an officer, a unit on whose desks it lay, one beside, its holder.
OFFICER, DESK, SIDE, UNIT = "o", "d", "s", "u"

#: Days counted from year 1 are above it, months counted from year 0 below.
FIRST_DAY: Final = 200_000


def ticks(at: datetime) -> int:
    """Return an instant as microseconds since 1970, which lose nothing of it."""
    return (at - _EPOCH) // _TICK


def instant(tick: int) -> datetime:
    """Return the instant of ticks()."""
    return _EPOCH + tick * _TICK


@dataclass(frozen=True, slots=True)
class DueTally:
    """How many open duties have no date, and how many fall due at each instant, in the order of the instants."""

    undated: int
    due: array[int]
    counts: array[int]

    @classmethod
    def of(cls, by: Mapping[int | None, int]) -> DueTally:
        """Return the tally of counts by tick, None for no date; what is not above zero is left out."""
        kept = sorted((tick, n) for tick, n in by.items() if tick is not None and n > 0)
        due, counts = array("q", [tick for tick, _ in kept]), array("I", [n for _, n in kept])
        return cls(max(by.get(None, 0), 0), due, counts)

    @classmethod
    def one(cls, tick: int | None, n: int) -> DueTally:
        """Return the tally of so many that are due at one tick or never; below zero it takes them away from others."""
        return cls(n, array("q"), array("i")) if tick is None else cls(0, array("q", [tick]), array("i", [n]))

    @classmethod
    def unpacked(cls, undated: int, packed: bytes) -> DueTally:
        """Return the tally that packed() wrote."""
        n = len(packed) // (_INSTANT + _COUNT)
        due, counts = array("q"), array("I")
        due.frombytes(packed[: n * _INSTANT])
        counts.frombytes(packed[n * _INSTANT :])
        return cls(undated, _little(due), _little(counts))

    @classmethod
    def sum(cls, tallies: Iterable[DueTally]) -> DueTally:
        """Return the tally of all that some tallies count."""
        some = list(tallies)
        if len(some) == 1:
            return some[0]
        found: Counter[int | None] = Counter()
        for tally in some:
            found[None] += tally.undated
            for tick, n in zip(tally.due, tally.counts, strict=True):
                found[tick] += n
        return cls.of(found)

    def packed(self) -> bytes:
        """Return the instants and then their counts, the lowest byte first."""
        return _little(self.due).tobytes() + _little(self.counts).tobytes()

    def by_tick(self) -> dict[int | None, int]:
        """Return how many by tick, None for no date."""
        return {None: self.undated, **dict(zip(self.due, self.counts, strict=True))}

    def changed(self, by: Mapping[int | None, int]) -> DueTally:
        """Return the tally with counts added, or taken away where they are below zero."""
        found: Counter[int | None] = Counter(self.by_tick())
        for tick, n in by.items():
            found[tick] += n
        return DueTally.of(found)

    @property
    def dated(self) -> int:
        """Return how many have a date."""
        return sum(self.counts)

    def until(self, at: datetime) -> int:
        """Return how many fall due at an instant or before it."""
        return sum(self.counts[: bisect_right(self.due, ticks(at))])

    def late(self, at: datetime) -> Iterator[tuple[int, int]]:
        """Return (tick, how many) of what is due at an instant or before it, the oldest first."""
        end = bisect_right(self.due, ticks(at))
        return zip(self.due[:end], self.counts[:end], strict=True)


def _little(values: array[int]) -> array[int]:
    """Return the values with the lowest byte first, whatever machine this is."""
    if sys.byteorder == "little":
        return values
    swapped = values[:]
    swapped.byteswap()
    return swapped
