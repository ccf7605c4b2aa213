"""How many working days something is late at an instant, by its due instant; as core.lateness.days_late counts."""

from __future__ import annotations

from datetime import date, datetime

from kycuong.core.calendars import Calendar, local_date
from kycuong.core.lateness import last_date
from kycuong.core.tallies import instant, ticks


class Lateness:
    """The working days late of overdue duties on one day; where nobody has decided the holidays yet, days of the year."""

    def __init__(self, at: datetime, calendar: Calendar) -> None:
        self.calendar, self.today = calendar, local_date(at).toordinal()
        self._covered = calendar.covers(local_date(at))
        self._begun = calendar.worked_until(self.today) if self._covered else 0
        self._known: dict[int, int] = {}

    def of(self, tick: int) -> int:
        """Return the days of a due tick."""
        found = self._known.get(tick)
        if found is None:
            found = self._known[tick] = self._days(instant(tick))
        return found

    def of_instant(self, due_at: datetime) -> int:
        """Return the days of a due instant."""
        return self.of(ticks(due_at))

    def _days(self, due_at: datetime) -> int:
        last = last_date(due_at).toordinal()
        counted = self._covered and self.calendar.covers(date.fromordinal(last))
        return max(1, self._begun - self.calendar.worked_until(last) if counted else self.today - last)
