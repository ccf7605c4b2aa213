"""A change of the working calendar: what may be changed, how an end is counted anew, and what nobody loses by it.

A limit in working days, in working hours or with an end that rolls is counted anew from the first changed moment; a day
printed in a document, or given by the giver, stays. Basis: Civil Code 2015 art. 147-148 for the counting; swaps and
holidays are decided by the competent authority (Labour Code 2019 art. 112).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from kycuong.core.calendars import DAY, Calendar, DayRow, OfficeHours
from kycuong.core.duties import Rungs
from kycuong.core.errors import Invalid
from kycuong.core.lateness import days_left
from kycuong.core.limits import Limit, Roll, Unit
from kycuong.core.limits.kernel import last_counted

#: No end or rung lies further than so many days after a day off that moves it: longer than any holiday with its week-ends.
REACH_DAYS: Final = 15
MAX_DAYS: Final = 60
#: No paper that is in force was decided before this day: an earlier one is a slip of the pen.
EARLIEST: Final = date(1945, 9, 2)
DEFAULT_NAME: Final = "nghỉ hoán đổi"
MADE_UP: Final = "làm bù"


@dataclass(frozen=True, slots=True)
class Decision:
    """The paper that decides a change."""

    number: str
    decided_on: date
    issuer: str

    @property
    def basis(self) -> str:
        """Return the paper as a basis is printed."""
        return f"{self.number} ngày {self.decided_on:%d/%m/%Y} của {self.issuer}"[:200]


_DAY: Final = r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{4})"
_RANGE: Final = re.compile(rf"{_DAY}(?:\s*(?:-|–|đến)\s*{_DAY})?")
_SPAN: Final = re.compile(r"(\d{1,2})[:hg](\d{2})\s*(?:-|–|đến)\s*(\d{1,2})[:hg](\d{2})")


def read_days(text: str) -> list[date]:
    """Return the days of a list such as "05/02/2027-11/02/2027, 13/02/2027". Raises: Invalid."""
    found: list[date] = []
    for part in (part.strip() for part in re.split(r"[,;\n]", text)):
        if not part:
            continue
        match = _RANGE.fullmatch(part)
        if match is None:
            raise Invalid("date_unknown", text=part)
        first = _read_day(match[1])
        last = _read_day(match[2]) if match[2] else first
        if not timedelta(0) <= last - first <= timedelta(days=MAX_DAYS):
            raise Invalid("range_wrong", text=part)
        found += [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return found


def _read_day(text: str) -> date:
    parts = [int(part) for part in re.split(r"[-/.]", text)]
    try:
        return date(*parts) if "-" in text else date(parts[2], parts[1], parts[0])
    except ValueError as wrong:
        raise Invalid("date_unknown", text=text) from wrong


def read_spans(text: str) -> tuple[tuple[int, int], ...] | None:
    """Return the spans of "07:30-11:30, 13:30-17:00" in minutes of the day; None for an empty text. Raises: Invalid."""
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    matches = [_SPAN.fullmatch(part) for part in parts]
    if any(match is None or int(match[2]) > 59 or int(match[4]) > 59 for match in matches):
        raise Invalid("hours_wrong")
    spans = tuple(
        (int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])) for match in matches if match
    )
    return check_hours(spans).spans if spans else None


@dataclass(frozen=True, slots=True)
class DayChange:
    """What a day becomes: worked, off, or (`row` nothing) again what it is by the weekly rhythm and the shipped calendar."""

    on: date
    row: DayRow | None


def day_changes(
    off: Iterable[date], working: Iterable[date], decision: Decision, *, name: str = ""
) -> tuple[DayChange, ...]:
    """Return the changes of a decision that gives some days off and makes others working days."""
    given = [(on, False, name.strip() or DEFAULT_NAME) for on in off] + [(on, True, MADE_UP) for on in working]
    return tuple(DayChange(on, DayRow(on, is_worked, said[:120], decision.basis)) for on, is_worked, said in given)


def check_decision(decision: Decision, reason: str, today: date) -> None:
    """Refuse a change without its paper or its reason. Raises: Invalid."""
    if not decision.number.strip() or not decision.issuer.strip():
        raise Invalid("decision_missing")
    if decision.decided_on < EARLIEST:
        raise Invalid("date_unknown", text=f"{decision.decided_on:%d/%m/%Y}")
    if decision.decided_on > today:
        raise Invalid("decision_future", date=f"{decision.decided_on:%d/%m/%Y}")
    if not reason.strip():
        raise Invalid("calendar_reason_missing")


def check_days(days: Sequence[DayChange], calendar: Calendar, today: date, *, correction: bool) -> None:
    """Refuse days that cannot be changed: none, twice, outside the calendar, or in the past except as a correction.

    A correction of record touches past days only and moves no due date. Raises: Invalid.
    """
    if not days:
        raise Invalid("days_missing")
    if len(days) > MAX_DAYS:
        raise Invalid("days_too_many", limit=MAX_DAYS)
    seen: set[date] = set()
    for day in days:
        if day.on in seen:
            raise Invalid("day_twice", date=f"{day.on:%d/%m/%Y}")
        seen.add(day.on)
        if not calendar.covers(day.on):
            raise Invalid("day_outside", date=f"{day.on:%d/%m/%Y}", first=calendar.first_year, last=calendar.last_year)
        if day.on < today and not correction:
            raise Invalid("day_past", date=f"{day.on:%d/%m/%Y}")
        if day.on >= today and correction:
            raise Invalid("day_not_past", date=f"{day.on:%d/%m/%Y}")


def check_hours(spans: Sequence[tuple[int, int]]) -> OfficeHours:
    """Return the office hours of some spans of minutes. Raises: Invalid."""
    try:
        return OfficeHours(tuple((start, end) for start, end in spans))
    except ValueError as wrong:
        raise Invalid("hours_wrong") from wrong


@dataclass(frozen=True, slots=True)
class End:
    """Where a clock ends, in wall minutes, and what its end is counted by; no limit for a day that was named."""

    due: int
    anchor: int
    limit: Limit | None


def counted_anew(end: End, since: int, old: Calendar, new: Calendar) -> int:
    """Return the wall minute at which a clock ends when, from `since` on, another calendar counts.

    What was counted before `since` stays counted: the same working days or minutes as were left then are left still.
    A limit in days of every kind keeps its day and rolls by the new calendar. Raises: OutOfCalendar.
    """
    limit = end.limit
    if limit is None:
        return end.due
    since = max(since, end.anchor)
    if limit.unit is Unit.working_hour or end.due % DAY:
        left = old.minutes_until(end.due) - old.minutes_until(since) if end.due > since else 0
        return new.add_minutes(since, left) if left > 0 else end.due
    last = end.due // DAY - 1
    if limit.unit is Unit.working_day:
        before = max(since // DAY - 1, end.anchor // DAY)
        left = old.worked_until(last) - old.worked_until(before) if last > before else 0
        return (new.nth_working(before, left) + 1) * DAY if left > 0 else end.due
    named = last_counted(old, end.anchor // DAY, limit.qty, limit.unit)
    if limit.roll is not Roll.next_working or last < since // DAY:
        return end.due
    return (new.roll_forward(named if old.roll_forward(named) == last else last) + 1) * DAY


class Fate(StrEnum):
    """What a change does to a due date: nothing, moves it, or would and may not."""

    SAME = "same"
    MOVED = "moved"
    KEPT = "kept"


def fate(due_at: datetime, counted: datetime, told: datetime, at: datetime, calendar: Calendar) -> Fate:
    """Return what becomes of a due date that the changed calendar counts to `counted`.

    A later end always applies. An earlier one only if it is not before `told`, the end that a person's act last gave the
    holder, and at least one whole working day is left after today: nobody becomes late after the fact.
    Basis: Civil Code 2015 art. 147-148 for the counting; that a burden does not reach back and that what was told is not
    shortened are defaults of the product (unverified).
    """
    if counted == due_at:
        return Fate.SAME
    if counted > due_at:
        return Fate.MOVED
    return Fate.MOVED if counted >= told and days_left(at, counted, calendar) >= 1 else Fate.KEPT


ORDER: Final = ("near", "due", "overdue")


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of a clock after a change, when it is looked at next, and whether they fire anew under a new clock number."""

    rungs: Rungs
    next_check_at: datetime | None
    anew: bool


def ladder(rungs: Rungs, due_at: datetime, fired: frozenset[str], at: datetime) -> Ladder:
    """Return how a duty goes on after its rungs moved: what fired stays fired; rungs of the day are no part of the row.

    Only where "due today" or "late" was said and is no longer true does the duty go back to its ladder, with a new clock
    number; that it is near due is not said twice.
    """
    ahead = {"due": rungs.last_day_at, "overdue": rungs.late_at}
    anew = due_at > at and any((moment := ahead[rung]) is not None and moment > at for rung in fired & ahead.keys())
    moments = {"near": rungs.near_at, **ahead}
    highest = -1 if anew else max((ORDER.index(rung) for rung in fired & set(ORDER)), default=-1)
    first = 1 if anew and "near" in fired else 0
    left = [moments[rung] for rung in ORDER[max(highest + 1, first) :]]
    following = min((moment for moment in left if moment is not None), default=None)
    if anew and following is not None:
        following = min((moment for moment in left if moment is not None and moment > at), default=following)
    return Ladder(rungs, following, anew)


def label(name: str, version: int) -> str:
    """Return the name under which duties remember the calendar that counted them."""
    return name if version == 1 else f"{name}.{version}"[:60]
