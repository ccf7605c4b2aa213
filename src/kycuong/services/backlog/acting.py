"""What every act in a review of the backlog begins with: the review, or one of its lines, locked."""

from __future__ import annotations

from uuid import UUID

from kycuong.core.errors import Conflict, NotAllowed, NotVisible
from kycuong.models import BacklogLine, BacklogReview
from kycuong.queries import scope
from kycuong.queries.backlog.seeing import visible_reviews


def review_to_act(actor: scope.Actor, public_id: UUID) -> BacklogReview:
    """Return a review that is open, locked. Raises: NotVisible, NotAllowed, Conflict."""
    row = locked(actor, public_id)
    if row.state != BacklogReview.State.OPEN:
        raise Conflict("backlog_closed")
    return row


def locked(actor: scope.Actor, public_id: UUID) -> BacklogReview:
    """Return a review for acting, locked. Raises: NotVisible, NotAllowed."""
    seen = visible_reviews(actor).filter(public_id=public_id).values("pk")
    row = BacklogReview.objects.filter(pk__in=seen).select_for_update(of=("self",)).first()
    if row is None:
        raise NotVisible("backlog_not_visible")
    if not scope.reviews(actor, row.unit_id):
        raise NotAllowed("backlog_not_allowed")
    return row


def line_to_act(actor: scope.Actor, public_id: UUID, duty: UUID) -> BacklogLine:
    """Return a line of a review that is open; who decides the next one of the same meeting waits until this one is done.

    Raises: NotVisible, NotAllowed, Conflict.
    """
    review = review_to_act(actor, public_id)
    rows = BacklogLine.objects.filter(review=review, duty__public_id=duty)
    found = rows.select_related("duty__document", "decided_by", "made").first()
    if found is None:
        raise NotVisible("backlog_line_not_visible")
    found.review = review
    return found
