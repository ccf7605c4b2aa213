"""Which duties a rung of the day finds: asked by the round that fires it and by the preview alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from kycuong.core.ladders import Condition, Rung, Window
from kycuong.models import Duty, DutyEvent
from kycuong.queries.kept import Kept, kept


def found_by(rung: Rung, above: Iterable[Rung], within: Window) -> QuerySet[Duty, Any]:
    """Return the open duties in which the rung's condition began within the window and that it has not told yet.

    A rung that a higher one of its ladder has overtaken stays silent. By index of what began in the window, so that the
    cost is that of a day's rows and not of the ledger's. `place` names the desk where the rung is one of a desk.
    """
    duties = _of_condition(rung.condition, within)
    told = DutyEvent.objects.filter(duty=OuterRef("pk"), clock_no=OuterRef("clock_no"))
    codes: list[Any] = [rung.code, *(other.code for other in above)]
    if rung.condition is Condition.NOT_READ:  # once a desk: the next one is reminded anew
        codes = [Concat(Value(f"{code}."), Cast(OuterRef("place"), CharField())) for code in codes]
    return duties.filter(~Exists(told.filter(rung__in=codes))).order_by("pk")


def stirred(rungs: Iterable[tuple[Rung, Window]]) -> set[Condition]:
    """Return the conditions of which anything began within the windows of their rungs: on a quiet day none (a query each)."""
    spans: dict[Condition, Window] = {}
    for rung, within in rungs:
        known = spans.get(rung.condition, within)
        spans[rung.condition] = Window(min(known.since, within.since), max(known.until, within.until))
    return {condition for condition, span in spans.items() if _ANY[condition](span.since, span.until)}


def _of_condition(condition: Condition, within: Window) -> QuerySet[Duty, Any]:
    duties = Duty.objects.filter(phase="open")
    since, until = within.since, within.until
    if condition is Condition.NOT_READ:  # what returns by itself is not new work to be read
        lying = Q(holdings__until_at__isnull=True, holdings__read_at__isnull=True)
        lying &= Q(holdings__from_at__gte=since, holdings__from_at__lt=until)
        found = duties.filter(lying, kind="task").exclude(term="periodic")
        return found.annotate(place=F("holdings__pk"))
    if condition is Condition.NOT_STARTED:  # nobody has done anything since it was given
        found = duties.filter(kind="task", term="dated", act_seq=1, opened_at__gte=since, opened_at__lt=until)
    elif condition is Condition.OVERDUE:
        found = duties.exclude(phase="closed").filter(kind="task", due_at__gte=since, due_at__lt=until)
    else:
        kind = "confirmation" if condition is Condition.NOT_CONFIRMED else "proposal"
        found = duties.filter(kind=kind, opened_at__gte=since, opened_at__lt=until)
    return found.annotate(place=Value(None, CharField()))


def on_the_row(start: datetime, end: datetime) -> QuerySet[Duty]:
    """Return the duties of which a moment on the row falls within an interval and has not been told yet."""
    falls = Q()
    for column in ("near_at", "last_day_at", "late_at"):
        falls |= Q(**{f"{column}__gte": start, f"{column}__lt": end})
    return Duty.objects.filter(falls, next_check_at__isnull=False, next_check_at__lt=end).order_by("pk")


def _any(condition: Condition) -> Kept[int]:
    """Return the kept question whether anything of a condition began within a window."""

    def within(since: Any, until: Any) -> QuerySet[Duty, int]:
        return _of_condition(condition, Window(since, until)).values_list("pk", flat=True)[:1]

    return kept(DateTimeField(), DateTimeField())(within)


_ANY: Final = {condition: _any(condition) for condition in Condition}
