"""The working calendar: which days are worked, why not, and arithmetic on them in constant time.

Every question outside the years a calendar covers is refused: a guess about an undecided year is worse than none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from kycuong.core.refusals import Refused

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = 1440
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
#: A duty is near due with at most this many working days left, unless an authority decided another number.
#: Basis: a default of the product (unverified).
NEAR_WORKING_DAYS = 3
WEEKLY_REST_BASIS = "Quyết định 188/1999/QĐ-TTg"


class OutOfCalendar(Refused):
    """A day lies outside the years that the calendar covers."""

    def __init__(self, on: date | None, calendar: str, first_year: int, last_year: int) -> None:
        day = f"{on:%d/%m/%Y}" if on else "tính được"
        super().__init__("out_of_calendar", on=day, calendar=calendar, first=str(first_year), last=str(last_year))


@dataclass(frozen=True, slots=True)
class DayRow:
    """Hold one decided day: off (`working=False`) or worked although it is a weekly rest day."""

    on: date
    working: bool
    name: str
    basis: str
    verified: bool = True


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Hold the spans of an office day, in minutes from midnight, in order and apart.

    Basis: hours are set by each province; the default is the usual one.
    """

    spans: tuple[tuple[int, int], ...] = ((450, 690), (810, 1020))

    def __post_init__(self) -> None:
        bounds = [bound for span in self.spans for bound in span]
        if not bounds or bounds != sorted(set(bounds)) or bounds[0] < 0 or bounds[-1] > DAY:
            raise ValueError("office hours must be in order, apart and inside one day")

    @property
    def minutes_per_day(self) -> int:
        """Return the working minutes of one working day."""
        return sum(end - start for start, end in self.spans)

    def worked_by(self, minute: int) -> int:
        """Return the working minutes of a working day that have passed at a minute of that day."""
        return sum(min(max(minute - start, 0), end - start) for start, end in self.spans)

    def minute_of(self, worked: int) -> int:
        """Return the first minute of the day at which so many working minutes (1 to a full day) have passed."""
        for start, end in self.spans:
            if worked <= end - start:
                return start + worked
            worked -= end - start
        raise ValueError("more minutes than one working day has")

    def minute_before(self, worked: int) -> int:
        """Return the last minute of the day at which only so many working minutes (0 to a full day less 1) passed."""
        for start, end in self.spans:
            if worked < end - start:
                return start + worked
            worked -= end - start
        raise ValueError("a full working day or more")


def to_minute(at: datetime) -> int:
    """Return local wall minutes since day 0 of the proleptic calendar; seconds are dropped as on paper."""
    if at.tzinfo is not TZ:
        if at.tzinfo is None:
            raise ValueError("a moment must carry its zone")
        at = at.astimezone(TZ)
    return at.toordinal() * DAY + at.hour * 60 + at.minute


def from_minute(minute: int) -> datetime:
    """Return the aware local moment of a wall minute."""
    ordinal, rest = divmod(minute, DAY)
    day = date.fromordinal(ordinal)
    hour, minute = divmod(rest, 60)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=TZ)


def midnight(day: date) -> datetime:
    """Return the instant at which a day begins: the exclusive end of the day before."""
    return datetime.combine(day, time(), TZ)


def local_date(at: datetime) -> date:
    """Return the day in Viet Nam on which an aware moment falls."""
    return date.fromordinal(to_minute(at) // DAY)


#: Working minutes before each day; the first day; whether each day is worked; minutes passed at each minute of
#: an office day; those of a whole day; the wall minute at which each working day starts; the minute of an office day at
#: which each of its working minutes has passed.
MinuteTables = tuple[list[int], int, list[bool], list[int], int, list[int], list[int]]


@dataclass(frozen=True, eq=False)
class Calendar:
    """Answer which days are worked, from rows and the weekly rest, between two years inclusive.

    `near` says, in order, from which day how many working days left are near due, where an authority decided it.
    Days are ordinals inside; `worked` holds, for each day, the working days from the first day up to and including it,
    `open_days` the ordinals of the working days, so that adding and counting cost one index each. Compared by
    identity: build one per authority and keep it.
    """

    name: str
    rows: tuple[DayRow, ...] = ()
    first_year: int = 2010
    last_year: int = 2030
    weekly_rest: frozenset[int] = frozenset({5, 6})
    hours: OfficeHours = OfficeHours()
    near: tuple[tuple[date, int], ...] = ()
    by_day: dict[date, DayRow] = field(init=False, repr=False)
    first: int = field(init=False, repr=False)
    last: int = field(init=False, repr=False)
    worked: list[int] = field(init=False, repr=False)
    open_days: list[int] = field(init=False, repr=False)
    day_minutes: int = field(init=False, repr=False)
    minute_tables: MinuteTables = field(init=False, repr=False)

    def __post_init__(self) -> None:
        first, last = date(self.first_year, 1, 1).toordinal(), date(self.last_year, 12, 31).toordinal()
        by_day = {row.on: row for row in self.rows}
        marks = {on.toordinal(): row.working for on, row in by_day.items()}
        worked, open_days = [], []
        for ordinal in range(first, last + 1):
            if marks.get(ordinal, (ordinal - 1) % 7 not in self.weekly_rest):
                open_days.append(ordinal)
            worked.append(len(open_days))
        built: dict[str, object] = {
            "by_day": by_day,
            "first": first,
            "last": last,
            "worked": worked,
            "open_days": open_days,
        }
        built |= {"day_minutes": self.hours.minutes_per_day, "minute_tables": self.count_minutes(worked)}
        for key, value in built.items():
            object.__setattr__(self, key, value)

    def count_minutes(self, worked: list[int]) -> MinuteTables:
        """Return the tables that count in working minutes."""
        before = [0, *worked[:-1]]
        per_day = self.hours.minutes_per_day
        is_open = [day > was for was, day in zip(before, worked, strict=True)]
        first = date(self.first_year, 1, 1).toordinal()
        return (
            [done * per_day for done in before],
            first,
            is_open,
            [self.hours.worked_by(minute) for minute in range(DAY)],
            per_day,
            [(first + offset) * DAY for offset, open_day in enumerate(is_open) if open_day],
            [self.hours.minute_of(done) for done in range(1, per_day + 1)],
        )

    def covers(self, on: date) -> bool:
        """Return whether the calendar has decided rows or rules for that day's year."""
        return self.first <= on.toordinal() <= self.last

    def refuse(self, ordinal: int | None = None) -> OutOfCalendar:
        """Return the exception that names the day outside the calendar."""
        on = date.fromordinal(ordinal) if ordinal is not None and 0 < ordinal <= date.max.toordinal() else None
        return OutOfCalendar(on, self.name, self.first_year, self.last_year)

    def worked_until(self, ordinal: int) -> int:
        """Return how many working days lie between the first day of the calendar and this one, both included."""
        if not self.first <= ordinal <= self.last:
            raise self.refuse(ordinal)
        return self.worked[ordinal - self.first]

    def is_working(self, on: date) -> bool:
        """Return whether the day is worked."""
        ordinal = on.toordinal()
        done = self.worked_until(ordinal)
        return done > 0 and self.open_days[done - 1] == ordinal

    def row(self, on: date) -> DayRow | None:
        """Return the decided row of that day, if any."""
        return self.by_day.get(on)

    def off_name(self, on: date) -> str | None:
        """Return why the day is off ("thứ Bảy", "Quốc khánh"), or nothing when it is worked."""
        if self.is_working(on):
            return None
        row = self.by_day.get(on)
        return row.name if row else WEEKDAYS[on.weekday()]

    def off_basis(self, on: date) -> str:
        """Return the document that decided a day: its row's, or that of the weekly rest."""
        row = self.by_day.get(on)
        return row.basis if row else WEEKLY_REST_BASIS

    def next_working(self, on: date) -> date:
        """Return the day itself when worked, else the next worked day."""
        return date.fromordinal(self.roll_forward(on.toordinal()))

    def roll_forward(self, ordinal: int) -> int:
        """Return the ordinal itself when worked, else that of the next worked day."""
        if not self.first <= ordinal <= self.last:
            raise self.refuse(ordinal)
        at = bisect_left(self.open_days, ordinal)
        if at == len(self.open_days):
            raise self.refuse(self.last + 1)
        return self.open_days[at]

    def add_working_days(self, on: date, n: int) -> date:
        """Return the n-th working day after `on` (before it when n < 0); `on` itself when n is 0."""
        return date.fromordinal(self.nth_working(on.toordinal(), n))

    def nth_working(self, ordinal: int, n: int) -> int:
        """Return the ordinal of the n-th working day after (n < 0: before) a day; the day itself when n is 0."""
        offset = ordinal - self.first
        if n <= 0 or offset < 0:
            return self.nth_working_back(ordinal, -n)
        try:
            return self.open_days[self.worked[offset] + n - 1]
        except IndexError as outside:
            raise self.refuse(self.last + 1) from outside

    def nth_working_back(self, ordinal: int, n: int) -> int:
        """Return the ordinal of the n-th working day before a day; the day itself when n is 0."""
        done = self.worked_until(ordinal)
        if n == 0:
            return ordinal
        if done and self.open_days[done - 1] == ordinal:
            done -= 1
        if n > done:
            raise self.refuse(self.first - 1)
        return self.open_days[done - n]

    def working_days_between(self, a: date, b: date) -> int:
        """Return how many working days d have a < d <= b; negative, by symmetry, when b < a."""
        return self.worked_until(b.toordinal()) - self.worked_until(a.toordinal())

    def minutes_until(self, minute: int) -> int:
        """Return the working minutes from the start of the calendar to a wall minute."""
        ordinal = minute // DAY
        offset = ordinal - self.first
        if not 0 <= offset < len(self.worked):
            raise self.refuse(ordinal)
        before, _, is_open, clock_worked, _, _, _ = self.minute_tables
        return before[offset] + clock_worked[minute % DAY] if is_open[offset] else before[offset]

    def add_minutes(self, minute: int, minutes: int) -> int:
        """Return the wall minute that lies so many working minutes after (or before) another."""
        if minutes <= 0:
            return self.subtract_minutes(minute, -minutes) if minutes else minute
        before, first, is_open, clock_worked, per_day, opens, clock_at = self.minute_tables
        offset = minute // DAY - first
        if offset < 0:
            raise self.refuse(offset + first)
        try:
            done = before[offset] + minutes - 1
            if is_open[offset]:
                done += clock_worked[minute % DAY]
            return opens[done // per_day] + clock_at[done % per_day]
        except IndexError as outside:
            raise self.refuse(self.last + 1) from outside

    def subtract_minutes(self, minute: int, minutes: int) -> int:
        """Return the last wall minute that lies so many working minutes before another."""
        index, rest = divmod(self.minutes_until(minute) - minutes, self.day_minutes)
        if index < 0:
            raise self.refuse(self.first - 1)
        return self.open_days[index] * DAY + self.hours.minute_before(rest)

    def add_working_minutes(self, at: datetime, minutes: int) -> datetime:
        """Return the moment when so many working minutes have passed since `at` (before it when negative)."""
        return from_minute(self.add_minutes(to_minute(at), minutes))

    def working_minutes_between(self, a: datetime, b: datetime) -> int:
        """Return the working minutes from `a` to `b`; negative, by symmetry, when b < a."""
        return self.minutes_until(to_minute(b)) - self.minutes_until(to_minute(a))

    def near_on(self, on: date) -> int:
        """Return how many working days left are near due by the rule in force on a day."""
        return next((days for since, days in reversed(self.near) if since <= on), NEAR_WORKING_DAYS)

    def with_rows(
        self, rows: Iterable[DayRow], name: str, near: tuple[tuple[date, int], ...] | None = None
    ) -> Calendar:
        """Return a calendar where these rows stand before the present ones on the same day; `near` as in the class."""
        merged = {row.on: row for row in (*self.rows, *rows)}
        ordered = tuple(merged[on] for on in sorted(merged))
        return replace(self, name=name, rows=ordered, near=self.near if near is None else near)

    def with_hours(self, hours: OfficeHours) -> Calendar:
        """Return the same days with another authority's office hours."""
        return replace(self, hours=hours)
