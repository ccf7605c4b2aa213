"""Prepare an opinion inside the body asked: given down the line, drafted there, put before the head, who alone sends it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from kycuong.core.calendars import local_date
from kycuong.core.consultations import Said, check_points
from kycuong.core.errors import Conflict, Invalid
from kycuong.models import Opinion, OpinionDraft
from kycuong.queries import scope
from kycuong.services.requests import Request, for_acting
from kycuong.services.tasks.working import assigned_desk, draft_desk, superior_desk
from kycuong.services.transitions import Act, already_done, move


def assign_opinion(
    *, actor: scope.Actor, at: datetime, duty: UUID, desk: str, note: str = "", request: Request = Request()
) -> None:
    """Give an opinion that the body has received to a division's head or an officer, who prepares it; the term runs on.

    The head or a deputy does it, the division's head within the division, or the clerk as the head has noted on the paper.
    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "assign_opinion", request)
    if row.due_at is None:
        raise Invalid("opinion_assign_received")
    target = assigned_desk(actor, row, desk, at, routing=True)
    with transaction.atomic():
        move(row, Act(step, at, actor, request.seen, request.request_id, note), desk=target)
        OpinionDraft.objects.filter(opinion__duty=row).update(prepared_at=None)  # in preparation again


def submit_opinion(
    *, actor: scope.Actor, at: datetime, duty: UUID, said: Mapping[int, Said], note: str = "",
    request: Request = Request(),
) -> None:  # fmt: skip
    """Put a draft with a position on each point before who stands one step up: the division's head, then the body's.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "submit_opinion", request)
    opinion = Opinion.objects.get(duty=row)
    check_points(said, set(opinion.proposed.points.values_list("number", flat=True)))
    target = superior_desk(row, local_date(at))
    with transaction.atomic():
        move(row, Act(step, at, actor, request.seen, request.request_id, note), desk=target)
        _keep(opinion, actor, at, said)


def _keep(opinion: Opinion, actor: scope.Actor, at: datetime, said: Mapping[int, Said]) -> None:
    """Keep the draft; who passes another's on up the line is not its author. Raises: Conflict."""
    draft = OpinionDraft.objects.filter(opinion=opinion).first() or OpinionDraft(opinion=opinion)
    draft.positions = _positions(said)
    if draft.prepared_at is None:
        draft.prepared_by_id, draft.prepared_at = actor.officer_id, at
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError as error:  # two at once
        raise Conflict("moved_meanwhile") from error


def keep_answered(opinion: Opinion, said: Mapping[int, Said]) -> None:
    """Let the draft say what was sent: whoever writes it anew goes on from there."""
    OpinionDraft.objects.filter(opinion=opinion).update(positions=_positions(said), prepared_at=None)


def _positions(said: Mapping[int, Said]) -> dict[str, list[str]]:
    return {str(n): [one.position.value, one.words.strip()] for n, one in sorted(said.items())}


def return_opinion_draft(
    *, actor: scope.Actor, at: datetime, duty: UUID, note: str, request: Request = Request()
) -> None:
    """Return a draft to who prepared it, saying what to complete.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "return_opinion_draft", request)
    if not note.strip():
        raise Invalid("note_missing")
    draft = OpinionDraft.objects.get(opinion__duty=row)
    with transaction.atomic():
        target = draft_desk(row, draft.prepared_by_id, draft.prepared_at, local_date(at))
        move(row, Act(step, at, actor, request.seen, request.request_id, note), desk=target)
        OpinionDraft.objects.filter(pk=draft.pk).update(prepared_at=None)
