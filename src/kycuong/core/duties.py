"""Rules of the ledger: the seven states shown, the rungs of the clock, lateness, the groups that directives name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from kycuong.core.calendars import TZ, Calendar, local_date, midnight
from kycuong.core.lateness import days_late, days_left


class State(StrEnum):
    """The seven states that people see, a partition of the duties that count; and apart from them those that do not."""

    NOT_DUE = "not_due"
    NEAR_DUE = "near_due"
    OVERDUE = "overdue"
    AWAITING = "awaiting"
    NO_TERM = "no_term"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    APART = "apart"


#: The states in which an open duty can stand.
OPEN_STATES: Final = (State.NOT_DUE, State.NEAR_DUE, State.OVERDUE, State.AWAITING, State.NO_TERM)
#: Outcomes of duties that were not done but taken off the holder: they leave the partition and are counted apart.
APART: Final = frozenset({"returned", "withdrawn", "replaced", "lapsed"})


STATE_LABELS: Final[dict[State, str]] = {
    State.NOT_DUE: "Chưa đến hạn",
    State.NEAR_DUE: "Sắp đến hạn",
    State.OVERDUE: "Quá hạn",
    State.AWAITING: "Chờ xác nhận",
    State.NO_TERM: "Không thời hạn",
    State.DONE_ON_TIME: "Đã hoàn thành đúng hạn",
    State.DONE_LATE: "Đã hoàn thành quá hạn",
    State.APART: "Đã thôi giao, không tính",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A duty's state at an instant; days are working days left (near due, not due) or late (overdue, done late)."""

    state: State
    days: int | None


def standing(
    *, phase: str, due_at: datetime | None, late_working_days: int | None, at: datetime, calendar: Calendar,
    outcome: str | None = None,
) -> Standing:  # fmt: skip
    """Return the state that people see at `at`; derived, never stored.

    Basis: QĐ 42/2014/QĐ-TTg status groups, refined to seven; a closed duty without a date counts as done on time.
    """
    if phase == "closed":
        late = late_working_days or 0
        state = ended(outcome, late=bool(late))
        return Standing(state, late or None if state is not State.APART else None)
    if phase == "answered":
        return Standing(State.AWAITING, None)
    if due_at is None:
        return Standing(State.NO_TERM, None)
    counted = calendar.covers(last_date(due_at)) and calendar.covers(local_date(at))
    if at >= due_at:
        return Standing(State.OVERDUE, days_late(at, due_at, calendar) if counted else None)
    if not counted:  # a date in a year whose holidays nobody has decided yet: far off, not counted in working days
        return Standing(State.NOT_DUE, None)
    left = days_left(at, due_at, calendar)
    return Standing(State.NEAR_DUE if left <= calendar.near_on(local_date(at)) else State.NOT_DUE, left)


def ended(outcome: str | None, *, late: bool) -> State:
    """Return the state of a closed duty by its outcome; what was taken off its holder is never on time and never late."""
    if outcome in APART:
        return State.APART
    return State.DONE_LATE if late else State.DONE_ON_TIME


def near_boundary(at: datetime, calendar: Calendar) -> datetime:
    """Return the instant B such that a duty due after `at` is near due at `at` exactly when its due_at <= B.

    Lets a database count states by due_at alone: overdue <= at < near <= B < not due.
    """
    today = at.astimezone(TZ).date()
    if not calendar.covers(today):
        return at
    left = calendar.worked_until(calendar.last) - calendar.worked_until(today.toordinal())
    near = calendar.near_on(today)
    if left <= near:  # the calendar ends before: all that it still counts is near
        return midnight(date.fromordinal(calendar.last + 1))
    return midnight(calendar.add_working_days(today, near + 1))


def last_date(due_at: datetime) -> date:
    """Return the last day of a due date stored as an exclusive instant."""
    return (due_at.astimezone(TZ) - timedelta(microseconds=1)).date()


@dataclass(frozen=True, slots=True)
class Rungs:
    """When the three rungs of a duty fire, all in office hours; near_at None when it would lie before the opening."""

    near_at: datetime | None
    last_day_at: datetime | None
    late_at: datetime | None

    def first_after(self, at: datetime) -> datetime | None:
        """Return the first rung later than `at`, or the late one when all have passed; None when there are none."""
        for rung in (self.near_at, self.last_day_at):
            if rung is not None and rung > at:
                return rung
        return self.late_at


NO_RUNGS: Final = Rungs(None, None, None)


def rungs(due_at: datetime, opened_at: datetime, calendar: Calendar, near_days: int | None = None) -> Rungs:
    """Return the rungs of a due date: the morning when it is near due, the last morning, the first morning late.

    How many working days are near follows the rule in force when the clock was wound, unless `near_days` says it.

    Each lies at the opening of office hours of a working day, so nothing is sent at night or on a day off.
    """
    last = last_date(due_at)
    if not (calendar.covers(last - timedelta(days=40)) and calendar.covers(last + timedelta(days=40))):
        return NO_RUNGS
    last_working = last
    while not calendar.is_working(last_working):
        last_working -= timedelta(days=1)
    days = calendar.near_on(local_date(opened_at)) if near_days is None else near_days
    near_day = calendar.add_working_days(last_working, -days)
    late_day = calendar.next_working(due_at.astimezone(TZ).date())
    late = morning(late_day, calendar)
    late = max(late, due_at)  # a limit in hours may end within this day
    near = morning(near_day, calendar)
    return Rungs(near if near > opened_at else None, morning(last_working, calendar), late)


def morning(day: date, calendar: Calendar) -> datetime:
    """Return the opening of office hours on a day."""
    minute = calendar.hours.spans[0][0]
    return datetime.combine(day, time(minute // 60, minute % 60), TZ)
