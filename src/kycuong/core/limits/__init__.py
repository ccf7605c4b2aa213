"""Time limits: what they say, when they end, and every step from the anchor to the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from kycuong.core.calendars import DAY, Calendar, from_minute, to_minute
from kycuong.core.limits.kernel import due_at_kernel, last_counted
from kycuong.core.limits.lines import lines
from kycuong.core.limits.parse import BadLimit, Limit, Roll, Unit, parse_limit
from kycuong.core.limits.steps import Step

__all__ = [
    "BadLimit",
    "Due",
    "Limit",
    "Roll",
    "Step",
    "Unit",
    "due",
    "due_at_kernel",
    "due_fixed",
    "parse_limit",
]

#: A due date decided under a version of these rules stays under it.
RULE_VERSION = "BLDS2015-1"

WORKING_DAY = Unit.working_day

Bound = Literal["by", "before"]


@dataclass(frozen=True, slots=True)
class Due:
    """Hold a due date with everything needed to recompute it by hand.

    `due_at` is exclusive for limits in days or longer: 00:00 of the day after `last_date`.
    """

    due_at: datetime
    last_date: date
    steps: tuple[Step, ...]
    calendar: str
    rule_version: str = RULE_VERSION

    @property
    def explanation(self) -> list[str]:
        """Return the steps as Vietnamese sentences."""
        return [step.text for step in self.steps]

    def to_json(self) -> dict[str, object]:
        """Return the due date and its steps as plain data."""
        return {
            "due": self.due_at.isoformat(),
            "last_day": self.last_date.isoformat(),
            "explanation": self.explanation,
            "calendar": self.calendar,
        }


def due(anchor: datetime, limit: Limit, calendar: Calendar) -> Due:
    """Return when a limit ends that starts at an aware moment, explained.

    Seconds of the anchor are dropped. Raises OutOfCalendar.
    Basis: Civil Code 2015 art. 147-148; working days are those that the calendar marks as worked.
    """
    minute = to_minute(anchor)
    start = minute // DAY
    anchored = Step("anchor", (minute,))
    if limit.unit is not WORKING_DAY:
        return due_otherwise(minute, limit, calendar, anchored)
    last = calendar.nth_working(start, limit.qty)
    found = lines(calendar)
    due_at, last_date, tail, ends = found.closing(last)
    first, head = found.opening(start)
    i, j = found.line_of[start + 1 - found.first], found.line_of[last - found.first]
    if i == j:
        steps = (anchored, limit.rule, first, *found.between(start + 1, last), ends)
    else:
        steps = (anchored, limit.rule, first, head, *found.steps[i + 1 : j], tail, ends)
    return Due(due_at, last_date, steps, calendar.name)


def due_otherwise(minute: int, limit: Limit, calendar: Calendar, anchored: Step) -> Due:
    """Return when a limit that is not in working days ends, explained."""
    end = due_at_kernel(calendar, minute, limit.qty, limit.unit, limit.roll)
    if limit.unit is Unit.working_hour:
        steps = (anchored, limit.rule, *hour_steps(minute, end, calendar), Step("ends_at", (end,)))
        return Due(from_minute(end), date.fromordinal((end - 1) // DAY), steps, calendar.name)
    start, last = minute // DAY, end // DAY - 1
    first = Step("first_day_not_counted", (start,))
    steps = (anchored, limit.rule, first, *LONG_STEPS[limit.unit](start, limit, calendar), Step("ends_at_24", (last,)))
    return Due(from_minute(end), date.fromordinal(last), steps, calendar.name)


def roll_steps(last: int, roll: Roll, calendar: Calendar) -> tuple[Step, ...]:
    """Return the steps of the end roll: each day off passed over by name, then the day it ends on; none when worked.

    Basis: Civil Code 2015 art. 148(5).
    """
    if calendar.is_working(date.fromordinal(last)):
        return ()
    if roll is Roll.none:
        return (*lines(calendar).between(last, last), Step("no_roll", (last,)))
    to = calendar.roll_forward(last)
    return (*lines(calendar).between(last, to - 1), Step("roll", (last, to)))


def day_steps(start: int, limit: Limit, calendar: Calendar) -> tuple[Step, ...]:
    """Return the steps of a limit in calendar days. Basis: Civil Code 2015 art. 148(1)."""
    last = start + limit.qty
    return (Step("days_run", (start + 1, last, limit.qty)), *roll_steps(last, limit.roll, calendar))


def long_steps(start: int, limit: Limit, calendar: Calendar) -> tuple[Step, ...]:
    """Return the steps of a limit in weeks, months or years. Basis: Civil Code 2015 art. 148(2)-(4)."""
    last = last_counted(calendar, start, limit.qty, limit.unit)
    same = date.fromordinal(last).day == date.fromordinal(start).day
    args: tuple[int | str, ...] = (limit.qty, last)
    if limit.unit is Unit.week:
        code = "same_weekday"
    elif limit.unit is Unit.month:
        code = "same_day_of_month" if same else "last_day_of_month"
        args = args if same else (limit.qty, date.fromordinal(start).day, last)
    else:
        code = "same_day_of_year" if same else "no_29_february"
    return (Step(code, args), *roll_steps(last, limit.roll, calendar))


LONG_STEPS: dict[Unit, Callable[[int, Limit, Calendar], tuple[Step, ...]]] = {
    Unit.calendar_day: day_steps,
    Unit.week: long_steps,
    Unit.month: long_steps,
    Unit.year: long_steps,
}


def hour_steps(minute: int, end: int, calendar: Calendar) -> list[Step]:
    """Return the steps of a limit in working hours: the part of the first day, whole days, the part of the last.

    Basis: Civil Code 2015 art. 147(1).
    """
    spans = ", ".join(f"{clock_text(a)}–{clock_text(b)}" for a, b in calendar.hours.spans)
    steps = [Step("hours_start", (spans, calendar.day_minutes))]
    start, last = minute // DAY, (end - 1) // DAY
    if start == last:
        return [*steps, part_step(minute, end, calendar)]
    first_part = part_step(minute, start * DAY + calendar.hours.spans[-1][1], calendar)
    if first_part.args[2]:
        steps.append(first_part)
    elif not calendar.is_working(date.fromordinal(start)):
        steps.extend(lines(calendar).between(start, start))
    if last > start + 1:
        steps.extend(lines(calendar).between(start + 1, last - 1))
    steps.append(part_step(last * DAY + calendar.hours.spans[0][0], end, calendar))
    return steps


def part_step(first: int, last: int, calendar: Calendar) -> Step:
    """Return the step that counts working minutes inside one day."""
    worked = calendar.minutes_until(last) - calendar.minutes_until(first) if last > first else 0
    return Step("part", (first, last, worked))


def clock_text(minute: int) -> str:
    """Return "07:30"."""
    return f"{minute // 60:02}:{minute % 60:02}"


def due_fixed(
    on: date,
    bound: Bound,
    calendar: Calendar,
    *,
    roll: Roll = Roll.none,
    anchor: datetime | None = None,
    source: str = "",
) -> Due:
    """Return when a fixed date ends, explained: "by" at the end of that day, "before" at the end of the day before it.

    A fixed date rolls only when its row says so (`roll`); a "before" date never does. Raises OutOfCalendar only when
    it rolls.
    """
    ordinal = on.toordinal()
    last = ordinal if bound == "by" else ordinal - 1
    steps: list[Step] = [Step("anchor", (to_minute(anchor),))] if anchor else []
    if source:
        steps.append(Step("source", (source,)))
    steps.append(Step("fixed_by", (last,)) if bound == "by" else Step("fixed_before", (ordinal, last)))
    if bound == "by" and roll is Roll.next_working:
        steps.extend(roll_steps(last, roll, calendar))
        last = calendar.roll_forward(last)
    elif calendar.covers(date.fromordinal(last)) and (name := calendar.off_name(date.fromordinal(last))):
        steps.append(Step("fixed_off", (last, name)))
    steps.append(Step("ends_at_24", (last,)))
    return Due(from_minute((last + 1) * DAY), date.fromordinal(last), tuple(steps), calendar.name)
