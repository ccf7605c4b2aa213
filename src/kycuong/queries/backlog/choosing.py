"""Which duties a review of the backlog would take in: counted before it is opened, frozen when it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kycuong.core.backlog import USUAL_DAYS, Measure, check_scope, cut
from kycuong.core.errors import NotAllowed, NotVisible
from kycuong.models import BacklogLine, Document, Duty, UnitClosure
from kycuong.queries import calendars, scope
from kycuong.queries.backlog.seeing import unit_to_review, units_to_review
from kycuong.queries.duties.fetching import lines_of
from kycuong.queries.duties.rows import DutyRow

ROWS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a review is about: a unit with all below it, how old, of which document and kind."""

    unit: UUID
    measure: Measure = Measure.LATE
    days: int | None = USUAL_DAYS
    document: UUID | None = None
    term: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be taken in: how many, the oldest of them, and how many wait in another review already."""

    count: int
    elsewhere: int
    rows: list[DutyRow]


def backlog(who: scope.Actor, wanted: Wanted, at: datetime) -> QuerySet[Duty]:
    """Return the open tasks that are as old as asked, those included that wait in another review.

    Raises: NotVisible, NotAllowed, Invalid.
    """
    check_scope(wanted.days, wanted.term)
    unit = unit_to_review(who, wanted.unit)
    below = UnitClosure.objects.filter(ancestor=unit, valid_until__isnull=True).values("descendant")
    since = cut(at, wanted.days or 1, calendars.current())
    old = Q(due_at__lte=since) if wanted.measure is Measure.LATE else Q(opened_at__lte=since)
    duties = scope.visible_duties(who).exclude(phase="closed").filter(old, kind="task", phase="open")
    if unit.kind != "province":
        duties = duties.filter(Q(holder_unit=unit) | Q(holder_unit__in=below))
    if wanted.term:
        duties = duties.filter(term__in=["standing", "prohibition"] if wanted.term == "standing" else [wanted.term])
    if wanted.document:
        duties = duties.filter(document=document_of(who, wanted.document))
    return duties


def free(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    """Return those of some duties that wait in no other review."""
    return duties.exclude(Exists(BacklogLine.objects.filter(duty=OuterRef("pk"), decision="")))


def document_of(who: scope.Actor, key: UUID) -> Document:
    """Return the document to which a review is narrowed. Raises: NotVisible."""
    found = scope.visible_documents(who).filter(public_id=key).first()
    if found is None:
        raise NotVisible("document_not_visible")
    return found


def preview(who: scope.Actor, wanted: Wanted, at: datetime) -> Preview:
    """Return what a review would take in if it were opened now. Raises: NotVisible, NotAllowed, Invalid."""
    every = backlog(who, wanted, at)
    total, taken = every.count(), free(every)
    count = taken.count()
    keys: Any = oldest_first(taken)[:ROWS_SHOWN].values_list("pk", flat=True)
    return Preview(count, total - count, lines_of(list(keys), at))


def oldest_first(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    """Return the duties in the order in which a meeting goes through them: unit by unit, the oldest first."""
    return duties.order_by("holder_unit__name", "holder_unit", "due_at", "opened_at", "id")


def may_open(who: scope.Actor) -> list[tuple[UUID, str]]:
    """Return the units of which the person may open a review. Raises: NotAllowed."""
    units = units_to_review(who)
    if not units:
        raise NotAllowed("backlog_not_allowed")
    return units
