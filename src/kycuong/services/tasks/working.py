"""Work on a task inside the unit: assign it down the line, submit a draft up the line, return a draft."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import BigAutoField, QuerySet

from kycuong.core.calendars import local_date
from kycuong.core.errors import Invalid
from kycuong.models import Duty, TaskResult
from kycuong.queries import org, scope
from kycuong.queries.kept import Slot, kept
from kycuong.services import rows
from kycuong.services.requests import Request, for_acting
from kycuong.services.tasks.attempts import attempt_of, keep
from kycuong.services.tasks.papers import keep_file, read_file
from kycuong.services.transitions import Act, Desk, already_done, move, move_within


def assign(
    *, actor: scope.Actor, at: datetime, duty: UUID, desk: str, request: Request = Request(), note: str = ""
) -> None:
    """Move the desk of a task down within the charged unit, to a division's head or an officer.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "assign", request)
    target = assigned_desk(actor, row, desk, at)
    with transaction.atomic():  # a draft that goes down again is in preparation again
        for draft in _unsent_of(row.pk):
            rows.update(TaskResult, {"prepared_at": None}, where={"id": draft})
        move_within(row, Act(step, at, actor, request.seen, request.request_id, note), desk=target)


def assigned_desk(actor: scope.Actor, row: Duty, desk: str, at: datetime, *, routing: bool = False) -> Desk:
    """Return the desk that a form names, below the actor in the unit of a duty and not where it lies; `routing`: a clerk too.

    Raises: Invalid.
    """
    wanted = desk.removeprefix("post:")
    known = wanted.isascii() and wanted.isdigit() and len(wanted) < 18
    who = scope.standing_for(actor, row)
    chosen = org.seat_below(who, row.holder_unit_id, int(wanted), at, routing=routing) if known else None
    if chosen is None or chosen.post_id == row.holder_post_id:
        raise Invalid("desk_unknown")
    return Desk(chosen.post_id, chosen.unit_id, chosen.officer_id)


@kept(BigAutoField())
def _unsent_of(duty: Slot) -> QuerySet[TaskResult, int]:
    return TaskResult.objects.filter(task__duty=duty, sent_at__isnull=True).values_list("pk", flat=True)


def desk_of(post_id: int, on: date) -> Desk:
    """Return the desk of a post with who holds it on a day. Raises: Invalid."""
    seat = org.seat(post_id, on)
    if seat is None:
        raise Invalid("desk_unknown")
    if seat.officer_id is None:
        raise Invalid("desk_vacant", title=seat.title)
    return Desk(seat.post_id, seat.unit_id, seat.officer_id)


def submit(
    *, actor: scope.Actor, at: datetime, duty: UUID, request: Request = Request(), note: str = "",
    file: tuple[str, bytes] | None = None,
) -> None:  # fmt: skip
    """Submit a draft result one step up: officer to the division's head, division's head to the unit's head.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "submit", request)
    kept = read_file(file) if file else None
    with transaction.atomic():
        result = attempt_of(row)
        if result.prepared_at is None:  # who passes a draft on up the line is not its author
            result.prepared_by_id, result.prepared_at, result.summary = actor.officer_id, at, note
        if kept:
            result.file = keep_file(actor, at, kept)
        keep(result)
        target = superior_desk(row, local_date(at))
        act = Act(step, at, actor, request.seen, request.request_id, note, data={"attempt": result.attempt})
        move(row, act, desk=target)


def superior_desk(duty: Duty, on: date) -> Desk:
    """Return the desk one step up the line within the charged unit."""
    post = duty.holder_post
    if post and post.unit_id != duty.holder_unit_id and post.kind not in scope.DIVISION_HEADS:
        for seat in org.seats_of(post.unit_id, on, *sorted(scope.DIVISION_HEADS)):
            if seat.officer_id:
                return Desk(seat.post_id, seat.unit_id, seat.officer_id)
    head = org.head_of(duty.holder_unit_id, on)
    if head is None or head.officer_id is None:
        raise Invalid("desk_vacant", title=head.title if head else duty.holder_unit.name)
    return Desk(head.post_id, head.unit_id, head.officer_id)


def draft_desk(duty: Duty, officer_id: int | None, prepared_at: datetime | None, on: date) -> Desk:
    """Return the desk from which a draft was first submitted, with who holds it on a day.

    It is the desk that counts, not the person: a substitute drafts on the desk of somebody absent. Raises: Invalid.
    """
    left = list(duty.holdings.filter(until_at=prepared_at).order_by("-id")) if prepared_at else []
    own = duty.holdings.filter(officer=officer_id).order_by("-from_at")
    holding = next((one for one in left if one.officer_id == officer_id), None) or next(iter(left), None) or own.first()
    if holding is None or holding.post_id is None:
        raise Invalid("desk_unknown")
    return desk_of(holding.post_id, on)


def return_draft(*, actor: scope.Actor, at: datetime, duty: UUID, note: str, request: Request = Request()) -> None:
    """Return a draft to the officer who prepared it, saying what to complete.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "return_draft", request)
    if not note.strip():
        raise Invalid("note_missing")
    with transaction.atomic():
        result = attempt_of(row)
        target = draft_desk(row, result.prepared_by_id, result.prepared_at, local_date(at))
        result.prepared_at = None
        result.save()
        move(row, Act(step, at, actor, request.seen, request.request_id, note), desk=target)
