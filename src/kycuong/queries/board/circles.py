"""Closed duties that a person who sees single duties sees: from the tallies of the circles in which the person's seats stand.

A duty stands in one circle, so that what several seats see is counted once whatever they share.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from kycuong.core.boards import Span
from kycuong.core.duties import APART
from kycuong.models import TallyCircleSeat, TallyDuty, TallyView, TallyViewDay
from kycuong.queries import scope
from kycuong.queries.board import seats
from kycuong.queries.board.since import Now, now_of


def _of(who: scope.Actor) -> QuerySet[TallyCircleSeat, int]:
    return TallyCircleSeat.objects.filter(seats.of(who)).order_by().values_list("circle", flat=True)


def _years(span: Span) -> Q | None:
    """Return the condition of the years that make up a span; None for one that cuts through a year."""
    if span.months is None:
        return Q()
    first, last = span.months
    return None if first % 12 or last % 12 else Q(period__gte=first // 12, period__lt=last // 12)


def within(span: Span) -> Q:
    """Return the condition of the months of a span."""
    return Q() if span.months is None else Q(period__gte=span.months[0], period__lt=span.months[1])


def _duties(who: scope.Actor, narrowed: Q, span: Span) -> QuerySet[TallyDuty]:
    """Return the closed duties of a span one by one, by an index of circles and months."""
    return TallyDuty.objects.filter(narrowed, within(span), circle__in=_of(who)).order_by()


def closed(who: scope.Actor, narrowed: Q, span: Span) -> QuerySet[Any, Any]:
    """Return (unit, outcome, late, dated, how many) of closed duties; `narrowed` is a condition on kind and unit (one query)."""
    columns, years = ("unit", "outcome", "late", "dated"), _years(span)
    if years is None:
        return _duties(who, narrowed, span).values_list(*columns).annotate(sum=Count("*"))
    seen = TallyView.objects.filter(narrowed, years, circle__in=_of(who), n__gt=0).order_by()
    return seen.values_list(*columns).annotate(sum=Sum("n"))


def days(who: scope.Actor, narrowed: Q, span: Span, measure: str) -> dict[int, int]:
    """Return the histogram of the days that closed duties took, or were late (one query)."""
    rows: Any
    years = _years(span)
    if years is None:
        done = _duties(who, narrowed, span).exclude(outcome__in=list(APART))
        rows = done.values_list(f"{measure}_days").annotate(sum=Count("*"))
    else:
        seen = TallyViewDay.objects.filter(narrowed, years, circle__in=_of(who), measure=measure, n__gt=0).order_by()
        rows = seen.values_list("days").annotate(sum=Sum("n"))
    return dict(rows)


def by_month(who: scope.Actor, narrowed: Q, span: Span) -> QuerySet[Any, Any]:
    """Return (month, late, how many) of what was done in a span (one query)."""
    done = _duties(who, narrowed, span).exclude(outcome__in=list(APART))
    return done.values_list("period", "late").annotate(sum=Count("*"))


def stood(who: scope.Actor, narrowed: Q, span: Span, keys: Collection[int]) -> list[tuple[Any, ...]]:
    """Return as what some duties stand in these tallies (one query)."""
    rows = _duties(who, narrowed, span).filter(pk__in=keys)
    return list(rows.values_list("unit", "period", "outcome", "late", "dated", "took_days", "late_days"))


def now(who: scope.Actor, keys: Collection[int]) -> list[Now]:
    """Return what some duties are now, if the person sees them: asked of the scope itself (two queries)."""
    seen = scope.visible_duties(who).filter(pk__in=keys, phase="closed")
    return now_of(set(seen.values_list("pk", flat=True)))
