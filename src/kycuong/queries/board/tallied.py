"""Closed duties from the tallies and what happened after their mark: exact to the last committed act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField, CharField, Count, IntegerField, Q, QuerySet, Sum

from kycuong.core.boards import Span
from kycuong.core.duties import APART, State, ended
from kycuong.models import Duty, DutyEvent, Tally, TallyDay, TallyDuty, TallyMark
from kycuong.queries.board.filters import Chosen, closed_within
from kycuong.queries.kept import Slot, kept

#: More events than so many since the mark and duties are counted row by row: the tallies are far behind.
FAR_BEHIND = 20_000


@contextmanager
def one_moment() -> Iterator[None]:
    """Let every question inside see the ledger as it stands at one moment, whatever is committed meanwhile.

    Marked raw SQL: Django words neither a reading transaction of SQLite nor the isolation of one transaction.
    """
    if connection.in_atomic_block or not connection.get_autocommit():
        yield
        return
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("COMMIT")


def since(chosen: Chosen) -> list[int] | None:
    """Return the duties to which something happened after the mark of the tallies; None when each row must be asked.

    The tallies know neither documents nor persons; and when they are far behind, asking each row is no slower.
    """
    return None if not chosen.whole or chosen.narrowed else touched(1)


def touched(mark: int) -> list[int] | None:
    """Return the duties to which something happened after a mark; None when its tallies are not built, or far behind."""
    upto = next(iter(_mark(mark)), None)
    if upto is None:
        return None
    found = _after(upto)
    return None if len(found) > FAR_BEHIND else sorted(set(found))


@kept(BigIntegerField())
def _mark(mark: Slot) -> QuerySet[TallyMark, int | None]:
    return TallyMark.objects.filter(pk=mark).values_list("event", flat=True)


@kept(BigIntegerField())
def _after(mark: Slot) -> QuerySet[DutyEvent, int]:
    events = DutyEvent.objects.filter(pk__gt=mark).order_by("pk").values_list("duty", flat=True)
    return events[: FAR_BEHIND + 1]


def periods(period: Span) -> Q:
    """Return the condition of the periods that make up a span: whole years as years, else months."""
    first, last = _bounds(period)
    return Q(period__gte=first, period__lt=last)


def _bounds(period: Span) -> tuple[int, int]:
    months = period.months
    if months is None:
        return 0, 10_000
    first, last = months
    return (first // 12, last // 12) if first % 12 == 0 and last % 12 == 0 else (first, last)


def months(period: Span) -> Q:
    """Return the condition of the months of a span."""
    found = period.months
    return Q() if found is None else Q(period__gte=found[0], period__lt=found[1])


Ended = Mapping[tuple[int, str, bool, bool], int]


def closed(chosen: Chosen, keys: list[int]) -> Ended:
    """Return how many duties were closed, by (unit, outcome, late, dated); `keys` are those touched since (three queries)."""
    found: Counter[Any] = Counter()
    by = ("unit", "outcome", "late", "dated")
    within = Q(kind=chosen.kind)
    if chosen.units is None:
        rows: Any = _closed_everywhere(chosen.kind, *_bounds(chosen.span))
    else:
        within &= Q(unit__in=chosen.units.values("pk"))
        rows = _summed(Tally.objects.filter(within, periods(chosen.span)))
    for *key, n in rows:
        found[tuple(key)] += n
    if keys:
        stood = TallyDuty.objects.filter(within, months(chosen.span), duty__in=keys).order_by().values_list(*by)
        for *key, n in stood.annotate(n=Count("*")):
            found[tuple(key)] -= n
        for unit, outcome, late, due in _now(chosen, keys).values_list(*_COLUMNS):
            found[unit, outcome, bool(late), due is not None] += 1
    return found


def _summed(tallies: QuerySet[Tally]) -> Any:
    rows = tallies.filter(n__gt=0).order_by().values_list("unit", "outcome", "late", "dated")
    return rows.annotate(sum=Sum("n"))


@kept(CharField(), IntegerField(), IntegerField())
def _closed_everywhere(kind: Slot, first: Slot, last: Slot) -> QuerySet[Tally, Any]:
    found: QuerySet[Tally, Any] = _summed(Tally.objects.filter(kind=kind, period__gte=first, period__lt=last))
    return found


_COLUMNS = ("holder_unit", "outcome", "late_working_days", "due_at")


def _now(chosen: Chosen, keys: list[int]) -> QuerySet[Duty]:
    return chosen.counted.filter(closed_within(chosen.span), pk__in=keys)


def figures(outcome: str, *, late: bool, dated: bool) -> list[str]:
    """Return the figures in which a closed duty of this outcome, lateness and date counts."""
    state = ended(outcome, late=late)
    return [str(state), "done_undated"] if state is State.DONE_ON_TIME and not dated else [str(state)]


def days(chosen: Chosen, keys: list[int], measure: str) -> Counter[int] | None:
    """Return the histogram of the whole days of closed duties, `took` or `late`; None when the rows must be asked."""
    whole_years = chosen.span.months is None or not any(month % 12 for month in chosen.span.months)
    if chosen.units is not None and not whole_years:
        return None
    units = Q(unit=0) if chosen.units is None else Q(unit__in=chosen.units.values("pk"))
    found: Counter[int] = Counter()
    if chosen.units is None:
        found.update(dict(_days_everywhere(chosen.kind, measure, *_bounds(chosen.span))))
    else:
        rows = TallyDay.objects.filter(units, periods(chosen.span), kind=chosen.kind, measure=measure, n__gt=0)
        found.update(dict(rows.order_by().values_list("days").annotate(sum=Sum("n"))))
    if not keys:
        return +found
    within = Q() if chosen.units is None else units
    stood = TallyDuty.objects.filter(within, months(chosen.span), kind=chosen.kind, duty__in=keys)
    stood = stood.exclude(outcome__in=list(APART))
    if measure == "late":
        stood = stood.filter(late_days__gt=0)
    found.subtract(dict(stood.order_by().values_list(f"{measure}_days").annotate(n=Count("*"))))
    found.update(days_of(_now(chosen, keys), measure))
    return +found


@kept(CharField(), CharField(), IntegerField(), IntegerField())
def _days_everywhere(kind: Slot, measure: Slot, first: Slot, last: Slot) -> QuerySet[TallyDay, tuple[int, int]]:
    rows: Any = TallyDay.objects.filter(unit=0, kind=kind, measure=measure, period__gte=first, period__lt=last, n__gt=0)
    found: QuerySet[TallyDay, tuple[int, int]] = rows.order_by().values_list("days").annotate(sum=Sum("n"))
    return found


def days_of(duties: QuerySet[Duty], measure: str) -> Counter[int]:
    """Return the histogram of closed duties, asking each row."""
    found: Counter[int] = Counter()
    done = duties.exclude(outcome__in=list(APART))
    rows: Any = done.values_list("opened_at", "answered_at", "closed_at", "late_working_days")
    for opened, answered, closed_at, late in rows:
        if measure == "late":
            found[late or 0] += int(bool(late))
        else:
            seconds = int((answered or closed_at).timestamp()) - int(opened.timestamp())
            found[max(seconds, 0) // 86_400] += 1
    return +found
