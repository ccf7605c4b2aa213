"""Closed duties from the tallies and what happened after their mark: exact to the last committed act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField, CharField, IntegerField, Q, QuerySet, Sum

from kycuong.core.boards import Span, month_of
from kycuong.core.duties import APART, State, ended
from kycuong.models import Duty, Tally, TallyDay, TallyDuty
from kycuong.models.duties import Phase
from kycuong.queries.board import circles
from kycuong.queries.board.filters import Chosen
from kycuong.queries.board.since import Now, Since, read_once, touched
from kycuong.queries.kept import Several, Slot, among, kept


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


def since(chosen: Chosen) -> Since | None:
    """Return what happened after the marks of the tallies; None when each row must be asked (two queries).

    The tallies know neither documents nor substitutes; and when they are far behind, asking each row is no slower.
    """
    return touched() if (chosen.whole or chosen.single) and not chosen.narrowed else None


@kept(Several(BigIntegerField()))
def _stood_closed(keys: Slot) -> QuerySet[TallyDuty, tuple[Any, ...]]:
    places = ("kind", "unit", "period", "outcome", "late", "dated", "took_days", "late_days")
    return TallyDuty.objects.filter(among("pk", keys)).values_list(*places)


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


@dataclass(frozen=True, slots=True)
class Stood:
    """As what a closed duty is to be taken out of the figures of a board, or to be added to them."""

    unit: int
    period: int
    outcome: str
    late: bool
    dated: bool
    took_days: int
    late_days: int


Tail = tuple[list[Stood], list[Stood]]


def tail(chosen: Chosen, known: Since) -> Tail:
    """Return the closed duties of a board that changed since the mark: as what they stood, and as what they stand now."""
    if known.tail is None or known.tail[0] is not chosen:
        known.tail = (chosen, _tail(chosen, known))
    found: Tail = known.tail[1]
    return found


def _tail(chosen: Chosen, known: Since) -> Tail:
    book = known.closed
    if book is None or not book.keys:
        return [], []
    units, span = units_of(chosen), chosen.span
    if chosen.single:
        keys = known.seen(book)
        out = [Stood(*row) for row in circles.stood(chosen.single, _narrowed(chosen), span, keys)]
        now = circles.now(chosen.single, keys)
    else:
        now, first, last = known.now(book.keys), *(span.months or (0, 10**9))
        out = [
            Stood(unit, period, *rest)
            for kind, unit, period, *rest in book.stood(_stood_closed)
            if kind == chosen.kind and (units is None or unit in units) and first <= period < last
        ]
    return out, [
        Stood(
            row.unit, _month(row), row.outcome or "", bool(row.late), row.due_at is not None, _took(row), row.late or 0
        )
        for row in now
        if row.kind == chosen.kind and (units is None or row.unit in units) and _closed_in(span, row)
    ]


def _closed_in(span: Span, row: Now) -> bool:
    """Return whether a duty was closed within a period, as filters.closed_within asks it."""
    if row.phase != Phase.CLOSED or row.closed_at is None:
        return False
    after = span.from_at is None or row.closed_at >= span.from_at
    return after and (span.until_at is None or row.closed_at < span.until_at)


def _month(row: Now) -> int:
    return month_of(row.closed_at) if row.closed_at else 0


def _took(row: Now) -> int:
    ended_at = row.answered_at or row.closed_at or row.opened_at
    return max(int(ended_at.timestamp()) - int(row.opened_at.timestamp()), 0) // 86_400


def units_of(chosen: Chosen) -> frozenset[int] | None:
    """Return the units of a board, None for every unit (one query, or none)."""
    return None if chosen.units is None else frozenset(chosen.units.values_list("pk", flat=True))


def _narrowed(chosen: Chosen) -> Q:
    """Return the condition of the kind and the units of a board on a row of a tally."""
    kind = Q(kind=chosen.kind)
    return kind if chosen.units is None else kind & Q(unit__in=chosen.units.values("pk"))


ByUnit = Mapping[int, Mapping[str, int]]


def closed(chosen: Chosen, known: Since) -> ByUnit:
    """Return the figures of closed duties by unit (four queries at most)."""
    assert known.closed is not None
    if chosen.single:
        base = _by_unit(circles.closed(chosen.single, _narrowed(chosen), chosen.span))
    elif chosen.units is None:
        asked = (chosen.kind, *_bounds(chosen.span))
        base = read_once(known.closed.edition, ("closed", *asked), lambda: _by_unit(_closed_rows(*asked)))
    else:
        base = _by_unit(_summed(Tally.objects.filter(_narrowed(chosen), periods(chosen.span))))
    out, now = tail(chosen, known)
    if not out and not now:
        return base
    found: dict[int, Counter[str]] = {unit: Counter(by) for unit, by in base.items()}
    for rows_, sign in ((out, -1), (now, 1)):
        for row in rows_:
            by = found.setdefault(row.unit, Counter())
            for name in figures(row.outcome, late=row.late, dated=row.dated):
                by[name] += sign
    return found


def by_month(chosen: Chosen) -> list[tuple[int, bool, int]]:
    """Return (month, late, how many) of what was done in the months of a board, up to the mark (one query)."""
    if chosen.single:
        return list(circles.by_month(chosen.single, _narrowed(chosen), chosen.span))
    rows: Any = (
        Tally.objects.filter(_narrowed(chosen), circles.within(chosen.span)).exclude(outcome__in=list(APART)).order_by()
    )
    return list(rows.values_list("period", "late").annotate(sum=Sum("n")))


def _by_unit(rows: Iterable[tuple[int, str, bool, bool, int]]) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = {}
    for unit, outcome, late, dated, n in rows:
        by = found.setdefault(unit, Counter())
        for name in figures(outcome, late=late, dated=dated):
            by[name] += n
    return found


def _summed(tallies: QuerySet[Tally]) -> Any:
    rows = tallies.filter(n__gt=0).order_by().values_list("unit", "outcome", "late", "dated")
    return rows.annotate(sum=Sum("n"))


@kept(CharField(), IntegerField(), IntegerField())
def _closed_rows(kind: Slot, first: Slot, last: Slot) -> QuerySet[Tally, Any]:
    found: QuerySet[Tally, Any] = _summed(Tally.objects.filter(kind=kind, period__gte=first, period__lt=last))
    return found


def figures(outcome: str, *, late: bool, dated: bool) -> list[str]:
    """Return the figures in which a closed duty of this outcome, lateness and date counts."""
    state = ended(outcome, late=late)
    return [str(state), "done_undated"] if state is State.DONE_ON_TIME and not dated else [str(state)]


def days(chosen: Chosen, known: Since, measure: str) -> Counter[int] | None:
    """Return the histogram of the whole days of closed duties, `took` or `late`; None when the rows must be asked."""
    assert known.closed is not None
    whole_years = chosen.span.months is None or not any(month % 12 for month in chosen.span.months)
    found: Counter[int]
    if chosen.single:
        found = Counter(circles.days(chosen.single, _narrowed(chosen), chosen.span, measure))
    elif chosen.units is not None and not whole_years:
        return None
    elif chosen.units is None:
        asked = (chosen.kind, measure, *_bounds(chosen.span))
        found = Counter(read_once(known.closed.edition, ("days", *asked), lambda: dict(_day_rows(*asked))))
    else:
        rows = TallyDay.objects.filter(_narrowed(chosen), periods(chosen.span), measure=measure, n__gt=0)
        found = Counter(dict(rows.order_by().values_list("days").annotate(sum=Sum("n"))))
    for rows_, sign in zip(tail(chosen, known), (-1, 1), strict=True):
        for row in rows_:
            if row.outcome not in APART:
                found[row.took_days if measure == "took" else row.late_days] += sign
    if measure == "late":
        found.pop(0, None)  # what was not late is no lateness of no days
    return +found


@kept(CharField(), CharField(), IntegerField(), IntegerField())
def _day_rows(kind: Slot, measure: Slot, first: Slot, last: Slot) -> QuerySet[TallyDay, tuple[int, int]]:
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
