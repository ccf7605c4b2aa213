"""Due dates in plain integers: wall minutes in, wall minutes out."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from kycuong.core.calendars import DAY, Calendar
from kycuong.core.limits.parse import Roll, Unit

WORKING_DAY, WORKING_HOUR = Unit.working_day, Unit.working_hour
NEXT_WORKING = Roll.next_working


def add_months(ordinal: int, months: int) -> int:
    """Return the same-numbered day so many months later, or the last day of a shorter month.

    Basis: Civil Code 2015 art. 148(3), and 148(4) for years.
    """
    on = date.fromordinal(ordinal)
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    if year > date.max.year:
        return date.max.toordinal()
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1])).toordinal()


def last_counted(calendar: Calendar, ordinal: int, qty: int, unit: Unit) -> int:
    """Return the ordinal of the last day of a limit in days or longer, before any roll; the first day is not counted.

    Basis: Civil Code 2015 art. 147(2)-(3), 148(1)-(4).
    """
    if unit is WORKING_DAY:
        return calendar.nth_working(ordinal, qty)
    if unit is Unit.calendar_day:
        return ordinal + qty
    if unit is Unit.week:
        return ordinal + 7 * qty
    return add_months(ordinal, qty if unit is Unit.month else 12 * qty)


def due_at_kernel(calendar: Calendar, minute: int, qty: int, unit: Unit, roll: Roll = NEXT_WORKING) -> int:
    """Return the wall minute at which a limit anchored at a wall minute ends: exclusive 00:00 for days or longer.

    Raises OutOfCalendar when the answer needs a day that the calendar does not cover.
    Basis: Civil Code 2015 art. 147, 148(5) for the roll, 148(6) for 24:00.
    """
    if unit is WORKING_DAY:
        return calendar.nth_working(minute // DAY, qty) * DAY + DAY
    if unit is WORKING_HOUR:
        return calendar.add_minutes(minute, qty * 60)
    last = last_counted(calendar, minute // DAY, qty, unit)
    if roll is NEXT_WORKING:
        last = calendar.roll_forward(last)
    elif not calendar.first <= last <= calendar.last:
        raise calendar.refuse(last)
    return last * DAY + DAY
