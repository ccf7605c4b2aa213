"""Open a review of the backlog: its lines are frozen by their ids at one watermark; cancel one in which nothing was decided."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max

from kycuong.core.backlog import MOST_LINES, Decision, End
from kycuong.core.errors import Conflict, Invalid
from kycuong.models import BacklogLine, BacklogReview, DutyEvent
from kycuong.queries import backlog as queries
from kycuong.queries import scope
from kycuong.queries.backlog.choosing import backlog, document_of, free, oldest_first
from kycuong.queries.backlog.seeing import unit_to_review
from kycuong.services import audit, watermark
from kycuong.services.backlog.acting import review_to_act


def open_review(
    *, actor: scope.Actor, at: datetime, wanted: queries.Wanted, request_id: UUID | None = None
) -> UUID:  # fmt: skip
    """Open a review of what is as old as asked; asking again with the same `request_id` returns the same review.

    Basis: clause 4.1.5 of the source directive. Raises: NotVisible, NotAllowed, Invalid, Conflict.
    """
    asked = request_id or uuid4()
    if done := _opened(actor, wanted, asked):
        return done
    try:
        with transaction.atomic():
            watermark.hold_all()  # what was given before is in, what is given later is not
            return _open(actor, at, wanted, asked)
    except IntegrityError as error:
        if done := _opened(actor, wanted, asked):  # the same button, pressed twice at once
            return done
        raise Conflict("backlog_meanwhile") from error


def _opened(actor: scope.Actor, wanted: queries.Wanted, request_id: UUID) -> UUID | None:
    """Return the review that the person opened by the same request. Raises: Conflict, when it was another one."""
    row = BacklogReview.objects.filter(request_id=request_id).first()
    if row is None:
        return None
    asked = (actor.officer_id, wanted.measure.value, wanted.days or 1, wanted.term)
    if (row.opened_by_id, row.measure, row.days, row.term) != asked:
        raise Conflict("request_used")
    return row.public_id


def _open(actor: scope.Actor, at: datetime, wanted: queries.Wanted, request_id: UUID) -> UUID:
    rows = list(
        oldest_first(free(backlog(actor, wanted, at))).values_list("pk", "holder_unit", "due_at")[: MOST_LINES + 1]
    )
    if not rows:
        raise Invalid("backlog_empty")
    if len(rows) > MOST_LINES:
        raise Invalid("backlog_too_many", n=free(backlog(actor, wanted, at)).count(), most=MOST_LINES)
    mark = DutyEvent.objects.aggregate(last=Max("pk"))["last"] or 0
    made = BacklogReview.objects.create(
        request_id=request_id, unit=unit_to_review(actor, wanted.unit), measure=wanted.measure.value, days=wanted.days or 1,
        document=document_of(actor, wanted.document) if wanted.document else None, term=wanted.term, watermark=mark,
        opened_by_id=actor.officer_id, opened_at=at,
    )  # fmt: skip
    BacklogLine.objects.bulk_create(
        BacklogLine(review=made, place=place, duty_id=duty, unit_id=unit, due_at=due_at)
        for place, (duty, unit, due_at) in enumerate(rows, 1)
    )
    _note(made, "open_backlog", actor, at, lines=len(rows), watermark=mark)
    return made.public_id


def cancel_review(*, actor: scope.Actor, at: datetime, review: UUID) -> None:
    """Cancel a review opened by mistake, in which nothing was decided; its duties may be taken in by another.

    Raises: NotVisible, NotAllowed, Conflict, Invalid.
    """
    with transaction.atomic():
        row = review_to_act(actor, review)
        decided = row.lines.filter(decision__in=list(Decision)).count()
        if decided:
            raise Invalid("backlog_has_decisions", n=decided)
        row.lines.filter(decision="").update(decision=End.LEFT)
        row.state, row.closed_by_id, row.closed_at = BacklogReview.State.CANCELLED, actor.officer_id, at
        row.save()
        _note(row, "cancel_backlog", actor, at)


def _note(row: BacklogReview, act: str, actor: scope.Actor, at: datetime, **data: object) -> None:
    audit.record(actor_id=actor.officer_id, at=at, act=act, subject_kind="backlog", subject_id=row.public_id, **data)
