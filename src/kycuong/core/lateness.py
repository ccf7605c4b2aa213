"""How long until a due date, and how late after it, in working days."""

from __future__ import annotations

from datetime import date, datetime

from kycuong.core.calendars import DAY, Calendar, to_minute


def last_date(due_at: datetime) -> date:
    """Return the last day of a limit that ends at `due_at`: the day before when it ends at an exclusive 00:00."""
    return date.fromordinal((to_minute(due_at) - 1) // DAY)


def days_left(at: datetime, due_at: datetime, calendar: Calendar) -> int:
    """Return the working days d with today < d <= the last day; 0 when due today or late."""
    left = calendar.worked_until((to_minute(due_at) - 1) // DAY) - calendar.worked_until(to_minute(at) // DAY)
    return max(left, 0)


def days_late(at: datetime, due_at: datetime, calendar: Calendar) -> int:
    """Return 0 before `due_at`; from then the working days begun since, today included, and at least 1.

    A day begins at 00:00; a day already begun when a limit in hours ends is not counted again.
    """
    if at < due_at:
        return 0
    return max(1, calendar.worked_until(to_minute(at) // DAY) - calendar.worked_until((to_minute(due_at) - 1) // DAY))
