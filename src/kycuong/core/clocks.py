"""The clock of a duty as a value: it runs, pauses, resumes, is extended, and says why its end moved.

One rule for every time that is not the holder's (a pause, a result on the giver's desk): the end moves by that time,
counted in the unit of the limit. Working-day limits and fixed dates move by the working days stopped; limits in
calendar days, weeks, months or years by the calendar days stopped (and roll as their limit says); limits in hours by
the working minutes stopped. In days, the day on which the stop begins is not counted and the day on which it ends is:
a stop inside one day moves nothing, and lateness that had begun neither grows nor shrinks.
Basis: days are counted as in Civil Code 2015 art. 147(2)-(3) and 148(1); that the end moves at all is the rule of the
document that allows the stop, which the caller names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kycuong.core.calendars import DAY, Calendar, from_minute, to_minute
from kycuong.core.limits import Due, Limit, Roll, Step, Unit
from kycuong.core.refusals import Refused


class ClockRefused(Refused):
    """A clock cannot do what is asked."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Hold the state of one clock; `limit` is nothing for a fixed date.

    `consumed_minutes` counts working minutes run. `clock_no` rises when the end moves, so that reminders fire anew.
    """

    anchor_at: datetime
    limit: Limit | None
    due_at: datetime
    original_due_at: datetime
    consumed_minutes: int = 0
    running_since: datetime | None = None
    clock_no: int = 1
    paused_since: datetime | None = None


Change = tuple[Clock, tuple[Step, ...]]


def start(anchor_at: datetime, due: Due, limit: Limit | None = None) -> Clock:
    """Return the running clock of a due date just computed."""
    return Clock(anchor_at, limit, due.due_at, due.due_at, running_since=anchor_at)


def stop(clock: Clock, at: datetime, calendar: Calendar) -> Clock:
    """Return the clock stopped for good or until a send-back: the result went out. Raises ClockRefused."""
    since = clock.running_since
    if since is None:
        raise ClockRefused("clock_not_running")
    if at < since:
        raise ClockRefused("stop_backwards")
    consumed = clock.consumed_minutes + calendar.working_minutes_between(since, at)
    return replace(clock, consumed_minutes=consumed, running_since=None)


def pause(clock: Clock, at: datetime, calendar: Calendar) -> Change:
    """Pause a running clock; the end moves only when it resumes. Raises ClockRefused."""
    stopped = replace(stop(clock, at, calendar), paused_since=at)
    return stopped, (Step("paused", (to_minute(at),)),)


def resume(clock: Clock, at: datetime, calendar: Calendar, *, movable: bool = True) -> Change:
    """Run a paused clock again, its end moved by the time paused. Raises ClockRefused.

    `movable=False` keeps the end: a date set by a higher level is not the giver's to move.
    """
    since = clock.paused_since
    if since is None:
        raise ClockRefused("clock_not_paused")
    if at < since:
        raise ClockRefused("stop_backwards")
    running = replace(clock, running_since=at, paused_since=None)
    moved, steps = shift(running, since, at, calendar, movable=movable)
    return moved, (Step("resumed", (to_minute(at),)), *steps)


def shift_for_giver_time(
    clock: Clock, from_at: datetime, to_at: datetime, calendar: Calendar, *, movable: bool = True
) -> Change:
    """Run the clock again after a send-back, its end moved by the time the result lay on the giver's side.

    `from_at` is the sending, `to_at` the send-back. A result sent back the same day moves a limit in days by nothing; a
    late result stays as late as it was when sent. `movable=False` as in `resume`. Raises ClockRefused.
    """
    if to_at < from_at:
        raise ClockRefused("stop_backwards")
    stopped = clock if clock.running_since is None else stop(clock, from_at, calendar)
    running = replace(stopped, running_since=to_at, paused_since=None)
    moved, steps = shift(running, from_at, to_at, calendar, movable=movable)
    return moved, (Step("giver_time", (to_minute(from_at), to_minute(to_at))), *steps)


def extend(clock: Clock, new_due_at: datetime) -> Change:
    """Move the end to a later one that the competent person decided; the original stays. Raises ClockRefused."""
    if new_due_at <= clock.due_at:
        raise ClockRefused("extension_not_later")
    step = Step("extended", (to_minute(clock.due_at), to_minute(new_due_at)))
    return replace(clock, due_at=new_due_at, clock_no=clock.clock_no + 1), (step,)


def correct(clock: Clock, new_due_at: datetime) -> Change:
    """Move the end, forward or back, to the one that should have stood from the start; the original stays to be shown."""
    step = Step("corrected", (to_minute(clock.due_at), to_minute(new_due_at)))
    return replace(clock, due_at=new_due_at, clock_no=clock.clock_no + 1), (step,)


def shift(clock: Clock, from_at: datetime, to_at: datetime, calendar: Calendar, *, movable: bool) -> Change:
    """Return the clock with its end moved by the time between two moments, in the unit of its limit, and the steps."""
    old = to_minute(clock.due_at)
    if not movable:
        return clock, (Step("not_movable", (old,)),)
    new, counted = moved_end(old, clock.limit, to_minute(from_at), to_minute(to_at), calendar)
    if new == old:
        return clock, (*counted, Step("not_moved", (old,)))
    moved = replace(clock, due_at=from_minute(new), clock_no=clock.clock_no + 1)
    return moved, (*counted, Step("moved", (old, new)))


def moved_end(old: int, limit: Limit | None, start: int, end: int, calendar: Calendar) -> tuple[int, tuple[Step, ...]]:
    """Return the wall minute to which an end moves for a stop between two wall minutes, and the steps that count it."""
    unit = limit.unit if limit else Unit.working_day
    if old % DAY or unit is Unit.working_hour:
        minutes = calendar.minutes_until(end) - calendar.minutes_until(start)
        return calendar.add_minutes(old, minutes), (Step("stop_minutes", (minutes,)),)
    first, last, ends_on = start // DAY, end // DAY, old // DAY - 1
    if unit is Unit.working_day:
        days = calendar.worked_until(last) - calendar.worked_until(first)
        moved = calendar.nth_working(ends_on, days)
        counted = Step("stop_days", (first, last, days))
        if start < old and moved < last:
            # Stopped on its last day and resumed on a day off: the end falls on that day off and rolls.
            to = calendar.roll_forward(last)
            return (to + 1) * DAY, (counted, Step("roll_after_stop", (last, to)))
        return (moved + 1) * DAY, (counted,)
    days = last - first
    moved = ends_on + days
    if days and limit and limit.roll is Roll.next_working:
        moved = calendar.roll_forward(moved)
    return (moved + 1) * DAY, (Step("stop_calendar_days", (first, last, days)),)
