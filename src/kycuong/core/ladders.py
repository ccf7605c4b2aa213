"""Ladders of reminding as data: of which condition, after how many working days, who hears; and which day maps to which instants.

Basis: who is reminded when is what each authority decides in its working regulation; the seeded rows are defaults of
the product, not verified against any document (FOLLOWING says only that tasks are followed and urged).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from kycuong.core.calendars import Calendar, local_date, midnight
from kycuong.core.duties import morning
from kycuong.core.errors import Invalid

SEED_BASIS: Final = "Mặc định của sản phẩm"
MOST_STEPS, MOST_DAYS = 4, 60


class Condition(StrEnum):
    """What a duty is reminded of."""

    NOT_READ = "not_read"
    NOT_STARTED = "not_started"
    NEAR = "near"
    DUE = "due"
    OVERDUE = "overdue"
    NOT_CONFIRMED = "not_confirmed"
    NOT_DECIDED = "not_decided"


class Hearer(StrEnum):
    """Who hears, from the desk up the line."""

    DESK = "desk"
    DIVISION_HEAD = "division_head"
    UNIT_HEAD = "unit_head"
    FOLLOWER = "follower"
    OFFICE_HEAD = "office_head"
    GIVER = "giver"


CONDITION_LABELS: Final[dict[Condition, str]] = {
    Condition.NOT_READ: "Chưa mở xem",
    Condition.NOT_STARTED: "Chưa phân công, chưa xử lý",
    Condition.NEAR: "Sắp đến hạn",
    Condition.DUE: "Đến hạn hôm nay",
    Condition.OVERDUE: "Quá hạn",
    Condition.NOT_CONFIRMED: "Kết quả chờ xác nhận",
    Condition.NOT_DECIDED: "Đề xuất chờ quyết định",
}
HEARER_LABELS: Final[dict[Hearer, str]] = {
    Hearer.DESK: "Người đang giữ việc",
    Hearer.DIVISION_HEAD: "Trưởng phòng của người giữ việc",
    Hearer.UNIT_HEAD: "Thủ trưởng đơn vị",
    Hearer.FOLLOWER: "Chuyên viên theo dõi",
    Hearer.OFFICE_HEAD: "Chánh Văn phòng",
    Hearer.GIVER: "Người giao việc",
}
#: The first rungs of these stand as moments on the duty's row (docs/adr/0002-rungs-on-the-row.md): their day is not set here.
ON_THE_ROW: Final = frozenset({(Condition.NEAR, 1), (Condition.DUE, 1), (Condition.OVERDUE, 1)})
ONE_STEP: Final = frozenset({Condition.NEAR, Condition.DUE})


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: the step of a condition, so many working days after it began, and who hears."""

    condition: Condition
    step: int
    working_days: int
    hearers: tuple[Hearer, ...]

    @property
    def code(self) -> str:
        """Return the code under which an event keeps this rung."""
        return self.condition.value if (self.condition, self.step) in ON_THE_ROW else f"{self.condition}.{self.step}"

    @property
    def on_the_row(self) -> bool:
        """Return whether the clock of the duty fires this rung, and not the round of the day."""
        return (self.condition, self.step) in ON_THE_ROW


def _rows(condition: Condition, *steps: tuple[int, tuple[Hearer, ...]]) -> tuple[Rung, ...]:
    return tuple(Rung(condition, number, days, heard) for number, (days, heard) in enumerate(steps, start=1))


_H = Hearer
#: The ladders that the product ships; an authority changes a row by a decision with its number.
SEED: Final[tuple[Rung, ...]] = (
    *_rows(Condition.NOT_READ, (1, (_H.DESK,)), (3, (_H.DESK, _H.DIVISION_HEAD, _H.UNIT_HEAD)), (5, (_H.FOLLOWER,))),
    *_rows(Condition.NOT_STARTED, (3, (_H.DESK, _H.UNIT_HEAD)), (6, (_H.UNIT_HEAD, _H.FOLLOWER))),
    *_rows(Condition.NEAR, (0, (_H.DESK,))),
    *_rows(Condition.DUE, (0, (_H.DESK,))),
    *_rows(
        Condition.OVERDUE,
        (1, (_H.DESK, _H.UNIT_HEAD)),
        (3, (_H.DIVISION_HEAD, _H.UNIT_HEAD, _H.FOLLOWER)),
        (5, (_H.UNIT_HEAD, _H.OFFICE_HEAD)),
        (10, (_H.GIVER,)),
    ),
    *_rows(Condition.NOT_CONFIRMED, (1, (_H.DESK,)), (3, (_H.DESK, _H.OFFICE_HEAD)), (5, (_H.OFFICE_HEAD, _H.GIVER))),
    *_rows(Condition.NOT_DECIDED, (2, (_H.DESK,)), (4, (_H.DESK, _H.OFFICE_HEAD))),
)  # fmt: skip


def act_of(condition: Condition) -> str:
    """Return the act under which an event of this condition stands in the lifecycle."""
    return f"rung_{condition}"


def parse(code: str) -> tuple[Condition, int] | None:
    """Return condition and step of an event's rung, None for a code that no ladder has; the desk's key is left out."""
    name, _, rest = code.partition(".")
    step = rest.partition(".")[0] or "1"
    if name not in set(Condition) or not step.isdigit():
        return None
    return Condition(name), int(step)


@dataclass(frozen=True, slots=True)
class Window:
    """Half-open interval of instants in which what a rung counts from must have begun."""

    since: datetime
    until: datetime


def window(rung: Rung, first: date, last: date, calendar: Calendar) -> Window:
    """Return the instants that the calendar maps to the working days from `first` to `last` for this rung's offset.

    What began on day d is reminded on the n-th working day after d. A due date counts from its last day, so its exclusive
    end lies a moment later: the interval is open at its beginning and closed at its end. Raises: OutOfCalendar.
    """
    since = midnight(calendar.add_working_days(first, -rung.working_days))
    until = midnight(calendar.add_working_days(last, 1 - rung.working_days))
    if rung.condition is Condition.OVERDUE:
        moment = timedelta(microseconds=1)
        return Window(since + moment, until + moment)
    return Window(since, until)


def last_morning(at: datetime, calendar: Calendar) -> date:
    """Return the newest working day whose office hours have opened by `at`. Raises: OutOfCalendar."""
    day = local_date(at)
    if calendar.is_working(day) and morning(day, calendar) <= at:
        return day
    return calendar.add_working_days(day, -1)


def opening(at: datetime, calendar: Calendar) -> datetime:
    """Return `at` when the office is open then (the midday break counts as open), else when it opens next.

    In a year whose holidays nobody has decided nothing waits.
    """
    day = local_date(at)
    if not calendar.covers(day):
        return at
    if calendar.is_working(day):
        opens = morning(day, calendar)
        if at <= opens:
            return opens
        closes = midnight(day) + timedelta(minutes=calendar.hours.spans[-1][1])
        if at <= closes:
            return at
    if not calendar.covers(day + timedelta(days=30)):
        return at
    return morning(calendar.add_working_days(day, 1), calendar)


def check(rung: Rung, others: Iterable[Rung]) -> None:
    """Refuse a rung that makes no ladder: no hearer, a day out of reach, not later than the step below it.

    Raises: Invalid.
    """
    if not rung.hearers:
        raise Invalid("rung_without_hearer")
    if rung.on_the_row:
        return
    if not 1 <= rung.working_days <= MOST_DAYS:
        raise Invalid("rung_days_out", most=MOST_DAYS)
    for other in others:
        if other.condition is not rung.condition or other.step == rung.step:
            continue
        below = other.step < rung.step
        if (below and other.working_days >= rung.working_days) or (
            not below and other.working_days <= rung.working_days
        ):
            raise Invalid("rung_not_ascending")
