"""What was given and handed inside: matters pushed up, tasks sent back, misgiven, passed around, left on the giver's own desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db.models import Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from kycuong.core import signs as law
from kycuong.core import submissions
from kycuong.models import Arbitration, Duty, DutyHolding, Proposal, Submission, Task, Unit
from kycuong.queries.signs.span import Found, Sought, Span, cases, count

HOLDER, GIVER = "about__holder_unit", "about__giver_unit"
#: The registry named one other body when a task was sent back.
_ANOTHERS = Q(submission__own=False, submission__next_unit__isnull=False)

# What went up to the giver


def raised(span: Span) -> QuerySet[Proposal]:
    """Return what units put before their givers for decision in the days; asking for time and returning apart."""
    rows = Proposal.objects.filter(span.within("duty__opened_at"), span.units(HOLDER))
    return rows.filter(kind__in=submissions.UPWARD)


def upward(span: Span) -> Iterator[Found]:
    """Find what the registry in force that day said was the unit's own to decide; it went up with a reason on record."""
    rows = Submission.objects.filter(span.within("at"), span.units(f"proposal__{HOLDER}"), own=True)
    rows = rows.filter(proposal__kind__in=submissions.UPWARD)
    return cases(rows, "proposal__duty", f"proposal__{HOLDER}", "at")


# Returned tasks, and who has them in the end


def decided(span: Span) -> QuerySet[Proposal]:
    """Return the proposals to take a task back that were decided in the days."""
    return Proposal.objects.filter(span.within("decided_at"), kind="return", outcome__in=("accepted", "refused"))


def ruled(span: Span) -> QuerySet[Arbitration]:
    """Return the rulings of the days on whose a task is."""
    return Arbitration.objects.filter(span.within("ended_at"), outcome="ruled", about__kind="task")


def _ruled_back() -> QuerySet[Arbitration]:
    """Return the rulings that a task which was handed on is after all for the unit that gave it up."""
    rows = Arbitration.objects.filter(outcome="ruled", unit=OuterRef(HOLDER))
    return rows.filter(about__handed_from__first=OuterRef("about__handed_on__first"))


def wrong_returns(span: Span) -> Iterator[Found]:
    """Find tasks that a unit sent back though they were its own: refused, ruled so, or accepted against the registry."""
    refused = decided(span).filter(span.units(HOLDER), outcome="refused").exclude(_ANOTHERS)
    yield from cases(refused, "duty", HOLDER, "decided_at")
    accepted = decided(span).filter(span.units(HOLDER), outcome="accepted")
    yielded = accepted.filter(Q(submission__own=True) | Exists(_ruled_back()))
    since = Coalesce(Subquery(_ruled_back().values("ended_at")[:1]), F("decided_at"), output_field=DateTimeField())
    yield from cases(yielded.annotate(since=since), "duty", HOLDER, "since")
    yield from cases(ruled(span).filter(span.units(HOLDER), unit=F(HOLDER)), "about", HOLDER, "ended_at")


def misgiven(span: Span) -> Iterator[Found]:
    """Find tasks that were another body's: given to it after the return, ruled so, or kept back against the registry."""
    rows = decided(span).filter(span.units(GIVER), about__giver_unit__isnull=False)
    back = rows.filter(outcome="accepted").exclude(Q(submission__own=True) | Exists(_ruled_back()))
    on = back.filter(about__task__replaced_by__isnull=False)
    on = on.exclude(about__task__replaced_by__duty__holder_unit=F(HOLDER))
    since = Greatest("decided_at", "about__task__replaced_by__duty__opened_at")
    yield from cases(on.annotate(since=since), "duty", GIVER, "since")
    whole = Task.objects.filter(replaces__duty__series=OuterRef("about__series"), replaces__duty__series__isnull=False)
    series = back.filter(Exists(whole), about__task__replaced_by__isnull=True)
    yield from cases(series, "duty", GIVER, "decided_at")
    yield from cases(rows.filter(_ANOTHERS, outcome="refused"), "duty", GIVER, "decided_at")
    others = ruled(span).filter(span.units(GIVER), about__giver_unit__isnull=False).exclude(unit=F(HOLDER))
    yield from cases(others, "about", GIVER, "ended_at")


def sought(span: Span) -> list[Sought]:
    """Return how long each task that was given anew in the days had looked for the unit that is competent."""
    # Those given anew are few and have an index of their own: left the choice, SQLite reads every duty that ever was.
    again = Task.objects.filter(replaces__isnull=False).values("pk")
    rows = Task.objects.filter(span.within("duty__opened_at"), span.units("duty__giver_unit"), pk__in=again)
    rows = rows.filter(replaces__duty__outcome="returned", duty__giver_unit__isnull=False)
    rows = rows.exclude(replaced_by__isnull=False, duty__outcome="returned")
    begun = _begun(list(rows.values_list("pk", "replaces")))
    day = span.calendar.hours.minutes_per_day
    return [
        Sought(duty, giver, opened, span.calendar.working_minutes_between(begun[task], opened) / day)
        for task, duty, giver, opened in rows.values_list("pk", "duty", "duty__giver_unit", "duty__opened_at")
    ]


def _begun(pairs: list[tuple[int, int | None]]) -> dict[int, Any]:
    """Return when the first task of each chain was given; a step of the chain is one query for all."""
    first = {task: before for task, before in pairs if before is not None}
    while True:
        above = dict(
            Task.objects.filter(pk__in=set(first.values()), replaces__isnull=False).values_list("pk", "replaces")
        )
        if not above:
            break
        first = {task: above.get(before) or before for task, before in first.items()}
    opened = dict(Task.objects.filter(pk__in=set(first.values())).values_list("pk", "duty__opened_at"))
    return {task: opened[before] for task, before in first.items()}


# Within one unit, and on the giver's own desk


def _moved(span: Span) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Return the tasks that came to a desk in the days: those that lie on it still, and those that ended since.

    Whatever came to a desk in the days either lies where it came to last, or has ended; each is found by its own index.
    """
    lies = DutyHolding.objects.filter(until_at__isnull=True, from_at__gte=span.first, duty__kind="task")
    units = Unit.objects.filter(span.units("pk")).exclude(kind="division")
    over = Duty.objects.filter(holder_unit__in=units, phase="closed", closed_at__gte=span.first, kind="task")
    return lies.filter(span.units("duty__holder_unit")).values("duty"), over.values("pk")


def passes(span: Span) -> Iterator[Found]:
    """Find tasks that went from division to division more often than they may, or back to one that had them."""
    for moved in _moved(span):
        held = DutyHolding.objects.filter(duty__in=moved).order_by().values("duty")
        many = held.annotate(n=Count("unit", distinct=True, filter=Q(unit__kind="division"))).filter(n__gt=1)
        rows = DutyHolding.objects.filter(duty__in=list(many.values_list("duty", flat=True)))
        stays = rows.order_by("duty", "from_at", "id").values_list(
            "duty", "duty__holder_unit", "unit", "unit__kind", "from_at"
        )
        for (duty, unit), its in groupby(stays, key=lambda row: (row[0], row[1])):
            found = law.passed(law.Stay(row[2] if row[3] == "division" else None, row[4]) for row in its).found_at
            if found is not None and span.first <= found < span.after:
                yield Found(duty, unit, found)


def desks(span: Span) -> QuerySet[Duty]:
    """Return what was to be confirmed, decided or ruled by a day that has come: ended, or overdue still."""
    rows = Duty.objects.filter(
        span.units("holder_unit"), span.within("due_at"), kind__in=("confirmation", "proposal", "arbitration")
    )
    over = Q(phase="closed", closed_at__gte=span.first) & ~Q(outcome__in=("lapsed", "withdrawn"))
    return rows.filter(over | Q(~Q(phase="closed"), due_at__lte=span.at))


def desk_late(span: Span) -> Iterator[Found]:
    """Find what lay on the giver's own desk past its term."""
    late = desks(span).filter(Q(phase="closed", late_working_days__gt=0) | ~Q(phase="closed"))
    return cases(late, "pk", "holder_unit", "due_at")


# Out of how many


def of_returned(span: Span) -> Counter[int]:
    """Count the tasks sent back of which somebody has said whose they are, by who sent them back."""
    return count(decided(span).filter(span.units(HOLDER)), HOLDER) + count(
        ruled(span).filter(span.units(HOLDER)), HOLDER
    )


def of_lying(span: Span) -> Counter[int]:
    """Count the tasks that each unit had in the days: those open, and those that ended in them, each by its own index."""
    open_now = Duty.objects.filter(span.units("holder_unit"), ~Q(phase="closed"), kind="task", opened_at__lt=span.after)
    _, over = _moved(span)
    ended = Duty.objects.filter(pk__in=over, opened_at__lt=span.after)
    return count(open_now, "holder_unit") + count(ended, "holder_unit")


def of_given(span: Span) -> Counter[int]:
    """Count the tasks given in the days, by who gave them."""
    rows = Duty.objects.filter(span.units("giver_unit"), span.within("opened_at"), kind="task")
    return count(rows, "giver_unit")
