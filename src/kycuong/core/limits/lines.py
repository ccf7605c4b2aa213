"""The days of a calendar as ready-made steps, so that an explanation is a slice of them and not a loop over days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from kycuong.core.calendars import DAY, WEEKLY_REST_BASIS, Calendar, from_minute
from kycuong.core.limits.steps import Step

WEEKLY_REST = "nghỉ hằng tuần"


Opening = tuple[Step, Step]
Closing = tuple[datetime, date, Step, Step]


@dataclass(frozen=True, eq=False, slots=True)
class Lines:
    """Hold one step per run of plain working days, per day off and per make-up day, in order.

    `line_of` gives, for a day counted from `first`, the index of its line; `starts` the ordinal where a line starts,
    and after the last line the day after the calendar. What depends on the first or last day alone is kept once built.
    """

    first: int
    steps: tuple[Step, ...]
    starts: tuple[int, ...]
    is_run: tuple[bool, ...]
    line_of: tuple[int, ...]
    openings: dict[int, Opening] = field(default_factory=dict)
    closings: dict[int, Closing] = field(default_factory=dict)

    def opening(self, start: int) -> Opening:
        """Return the steps of the day not counted and of the line that begins on the day after it, to its end."""
        found = self.openings.get(start)
        if found is None:
            i = self.line_of[start + 1 - self.first]
            head = run(start + 1, self.starts[i + 1] - 1) if self.is_run[i] else self.steps[i]
            found = self.openings[start] = (Step("first_day_not_counted", (start,)), head)
        return found

    def closing(self, last: int) -> Closing:
        """Return the exclusive end, the last day, the step of its line up to it, and the step of the end."""
        found = self.closings.get(last)
        if found is None:
            j = self.line_of[last - self.first]
            tail = run(self.starts[j], last) if self.is_run[j] else self.steps[j]
            end = from_minute((last + 1) * DAY), date.fromordinal(last)
            found = self.closings[last] = (*end, tail, Step("ends_at_24", (last,)))
        return found

    def between(self, start: int, end: int) -> tuple[Step, ...]:
        """Return the steps from one ordinal to another, both included, cutting a run at either edge."""
        i, j = self.line_of[start - self.first], self.line_of[end - self.first]
        if i == j:
            return (run(start, end),) if self.is_run[i] else (self.steps[i],)
        return (self.opening(start - 1)[1], *self.steps[i + 1 : j], self.closing(end)[2])


def run(start: int, end: int) -> Step:
    """Return the step that counts the working days from one ordinal to another."""
    return Step("run_one", (start,)) if start == end else Step("run", (start, end, end - start + 1))


def day_step(calendar: Calendar, on: date) -> Step:
    """Return the step that names a day off or a make-up day, with the document that decided it."""
    row = calendar.row(on)
    if row is None:
        return Step("skip", (on.toordinal(), WEEKLY_REST, WEEKLY_REST_BASIS))
    code = ("made_up" if row.working else "skip") + ("" if row.verified else "_unverified")
    return Step(code, (on.toordinal(), row.name, row.basis))


@lru_cache(maxsize=128)
def lines(calendar: Calendar) -> Lines:
    """Return the lines of a calendar, built once for each."""
    steps: list[Step] = []
    starts: list[int] = []
    is_run: list[bool] = []
    line_of: list[int] = []
    for ordinal in range(calendar.first, calendar.last + 1):
        on = date.fromordinal(ordinal)
        plain_day = calendar.is_working(on) and calendar.row(on) is None
        if plain_day and is_run and is_run[-1]:
            steps[-1] = run(starts[-1], ordinal)
        else:
            steps.append(run(ordinal, ordinal) if plain_day else day_step(calendar, on))
            starts.append(ordinal)
            is_run.append(plain_day)
        line_of.append(len(steps) - 1)
    starts.append(calendar.last + 1)
    return Lines(calendar.first, tuple(steps), tuple(starts), tuple(is_run), tuple(line_of))
