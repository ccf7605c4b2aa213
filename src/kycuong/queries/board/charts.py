"""What the board draws: late work by month, the age of what is open; each bar opens to its rows."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Value

from kycuong.core.boards import Span, month_of, month_start
from kycuong.core.calendars import Calendar, local_date, midnight
from kycuong.core.duties import APART, State
from kycuong.core.tallies import instant
from kycuong.models import Duty
from kycuong.models.duties import Phase
from kycuong.queries import calendars, scope
from kycuong.queries.board import tallied
from kycuong.queries.board.counting import conditions
from kycuong.queries.board.filters import Chosen, Filter, choose, ended, open_then
from kycuong.queries.board.seats import Seen, seen
from kycuong.queries.board.since import Since
from kycuong.queries.board.standing import by_day, heaps, of_chosen

#: Ages of open duties in days since they were given: from, and below which day (None: no end).
AGES: Final[tuple[tuple[int, int | None], ...]] = (
    (0, 6), (6, 11), (11, 21), (21, 31), (31, 61), (61, 91), (91, 181), (181, 366), (366, None),
)  # fmt: skip
MONTHS: Final = 12
_FIRST: Final = tuple(first for first, _ in AGES)


@dataclass(frozen=True, slots=True)
class MonthBar:
    """One month: closed on time and late in it, and what fell due in it and is overdue still."""

    year: int
    month: int
    on_time: int
    late: int
    open_late: int


@dataclass(frozen=True, slots=True)
class AgeBar:
    """Open duties of an age, and how many of them are overdue."""

    first: int
    below: int | None
    n: int
    overdue: int


def trend(who: scope.Actor, at: datetime, wanted: Filter) -> list[MonthBar]:
    """Return twelve months: those of the year asked for, else the last ones. Raises: NotVisible."""
    last = (wanted.year * 12 + 11) if wanted.year else month_of(at)
    numbers = range(last - MONTHS + 1, last + 1)
    whole = Span(month_start(numbers[0]), month_start(numbers[-1] + 1))
    with tallied.one_moment():
        chosen = choose(who, wanted)
        known = tallied.since(chosen)
        done = _closed(chosen, whole, known)
        still = _open_late(chosen, at, whole, calendars.current(), known)
    return [
        MonthBar(number // 12, number % 12 + 1, done[number, False], done[number, True], still[number])
        for number in numbers
    ]


def _closed(chosen: Chosen, whole: Span, known: Since | None) -> Counter[tuple[int, bool]]:
    """Return how many were closed by (month, late): from the tallies and what came after, or asking each row."""
    found: Counter[tuple[int, bool]] = Counter()
    if known is None or known.closed is None:
        within = chosen.counted.filter(phase="closed", closed_at__gte=whole.from_at, closed_at__lt=whole.until_at)
        closed: Any = within.exclude(outcome__in=list(APART)).values_list("closed_at", "late_working_days")
        for closed_at, late in closed.iterator():
            found[month_of(closed_at), bool(late)] += 1
        return found
    within_months = replace(chosen, span=whole)
    found.update({(period, late): n for period, late, n in tallied.by_month(within_months)})
    for stood, sign in zip(tallied.tail(within_months, known), (-1, 1), strict=True):
        for row in stood:
            if row.outcome not in APART:
                found[row.period, row.late] += sign
    return found


def _open_late(
    chosen: Chosen, at: datetime, whole: Span, calendar: Calendar, known: Since | None
) -> Counter[int]:  # fmt: skip
    """Return what fell due by month and is overdue still, whenever it was given: from the tallies, or asking each row."""
    found: Counter[int] = Counter()
    there = heaps(replace(chosen, span=Span(None, None)), at, known)
    if there is not None:
        for tick, n in there.whole.late(at).items():
            found[due_month(instant(tick))] += n
        return found
    overdue = chosen.counted.filter(conditions(at, calendar)[State.OVERDUE]).exclude(phase="closed").order_by()
    rows: Any = overdue.filter(due_at__gt=whole.from_at, due_at__lte=whole.until_at).values_list("due_at")
    for due_at, n in rows.annotate(n=Count("*")):
        found[due_month(due_at)] += n
    return found


def due_month(due_at: datetime) -> int:
    """Return the month of the last day of a due date, which is stored as the instant after it."""
    return month_of(due_at - timedelta(microseconds=1))


def ages(who: scope.Actor, at: datetime, wanted: Filter) -> list[AgeBar]:
    """Return the open duties by age: from the tallies and what came after, or asking each row. Raises: NotVisible."""
    with tallied.one_moment():
        chosen = choose(who, wanted)
        known = tallied.since(chosen)
        given = by_day(chosen, known)
        mine = seen(chosen.single) if chosen.single and known else None
        if mine is not None:
            days = _days_of_seats(chosen, mine, at)
        elif given is not None:
            days = [
                (day, tally.undated + tally.dated, tally.until(at) if phase != Phase.ANSWERED else 0)
                for day, phase, tally in given
            ]
        else:
            return _ages_of_rows(chosen.counted, chosen.span, at)
    today, open_, late = local_date(at).toordinal(), Counter[int](), Counter[int]()
    end = chosen.span.until_at if ended(chosen.span, at) else None
    last = local_date(end).toordinal() if end else None  # what was given on this day or later does not belong
    for day, n, overdue in days:
        if last is None or day < last:
            band = bisect_right(_FIRST, max(today - day, 0)) - 1
            open_[band] += n
            late[band] += overdue
    return [AgeBar(*band, open_[place], late[place]) for place, band in enumerate(AGES)]


def _days_of_seats(chosen: Chosen, mine: Seen, at: datetime) -> list[tuple[int, int, int]]:
    """Return what a person sees from seats by the day on which it was given: how many are open, how many overdue."""
    overdue = Count(Value(1), filter=conditions(at, calendars.current())[State.OVERDUE])
    rows: Any = mine.counted(*of_chosen(chosen, None), "given", n=Count("*"), overdue=overdue)
    return list(rows)


def _ages_of_rows(duties: QuerySet[Duty], span: Span, at: datetime) -> list[AgeBar]:
    late = conditions(at, calendars.current())[State.OVERDUE]
    figures: Any = {}
    for place, band in enumerate(AGES):
        aged = aged_in(band, at)
        figures |= {f"n{place}": Count(Value(1), filter=aged), f"late{place}": Count(Value(1), filter=aged & late)}
    row = duties.filter(open_then(span, at)).aggregate(**figures)
    return [AgeBar(*band, row[f"n{place}"], row[f"late{place}"]) for place, band in enumerate(AGES)]


def aged_in(band: tuple[int, int | None], at: datetime) -> Q:
    """Return the condition of a duty given so many days ago: days of the calendar, those given today are 0 days old."""
    first, below = band
    today = local_date(at)
    found = Q(opened_at__lt=midnight(today - timedelta(days=first - 1))) if first else Q()
    return found & Q(opened_at__gte=midnight(today - timedelta(days=below - 1))) if below is not None else found
