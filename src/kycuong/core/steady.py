"""A clock that does not go back: what was seen to have passed stays passed when the machine's clock is set back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

#: A machine may lie so far behind what was seen before the product stops believing what was seen. A mark further ahead was
#: left by a clock that stood wrong the other way, and standing still for it would stop every duty's clock.
LONGEST_STAND: Final = timedelta(days=1)
#: Clocks of several machines differ by less; nothing is said of it.
TOLERANCE: Final = timedelta(seconds=5)


def not_back(stands: datetime, seen: Iterable[datetime | None]) -> datetime:
    """Return the instant that holds: where the clock stands, or the latest instant seen while it lies behind that."""
    ahead = [one for one in seen if one is not None and stands < one <= stands + LONGEST_STAND]
    return max(ahead, default=stands)
