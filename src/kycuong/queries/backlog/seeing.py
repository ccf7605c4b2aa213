"""Who sees which review of the backlog, from the same facts as the scope: lists, pages, minutes and files ask here."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from kycuong.core.errors import NotAllowed, NotVisible
from kycuong.models import BacklogReview, Unit, UnitClosure
from kycuong.queries import scope


def visible_reviews(who: scope.Actor) -> QuerySet[BacklogReview]:
    """Return the reviews that a person sees: who follows everything all, a unit's heads and clerks those at or below it."""
    reviews = BacklogReview.objects.all()
    if scope.sees_documents(who):
        return reviews
    below = UnitClosure.objects.filter(ancestor__in=who.body_ids, valid_until__isnull=True).values("descendant")
    theirs = Q(unit__in=who.body_ids) | Q(unit__in=below)
    return reviews.filter(theirs) if who.body_ids else reviews.none()


def seen_review(who: scope.Actor, public_id: UUID) -> BacklogReview:
    """Return a review that the person sees. Raises: NotVisible."""
    beside = ("unit", "document", "opened_by", "closed_by", "attendants", "conclusion", "file")
    found = visible_reviews(who).select_related(*beside).filter(public_id=public_id).first()
    if found is None:
        raise NotVisible("backlog_not_visible")
    return found


def unit_to_review(who: scope.Actor, unit: UUID) -> Unit:
    """Return a unit of which the person may go through the backlog. Raises: NotVisible, NotAllowed."""
    found = Unit.objects.filter(public_id=unit, valid_until__isnull=True).first()
    if found is None:
        raise NotVisible("unit_not_visible")
    if not scope.reviews(who, found.pk):
        raise NotAllowed("backlog_not_allowed")
    return found


def units_to_review(who: scope.Actor) -> list[tuple[UUID, str]]:
    """Return the units of which the person may go through the backlog, the widest first."""
    units = Unit.objects.filter(valid_until__isnull=True).exclude(kind="division")
    if not who.chases:
        led = [hat.body_id for hat in who.hats if scope.reviews(who, hat.body_id)]
        below = UnitClosure.objects.filter(ancestor__in=led, valid_until__isnull=True).values("descendant")
        units = units.filter(Q(pk__in=led) | Q(pk__in=below))
    rows = list(units.values_list("public_id", "name", "kind"))
    return [(key, name) for key, name, kind in sorted(rows, key=lambda row: (row[2] != "province", row[1]))]
