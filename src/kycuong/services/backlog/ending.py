"""End a review of the backlog: its people, what was left undecided, the signed minutes taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from kycuong.core.backlog import End
from kycuong.core.calendars import local_date
from kycuong.core.errors import Conflict, Invalid
from kycuong.models import BacklogReview
from kycuong.queries import scope
from kycuong.services import audit
from kycuong.services.backlog.acting import locked, review_to_act
from kycuong.services.leaves import keep_note
from kycuong.services.tasks.papers import Signed, keep_file, take_back


@dataclass(frozen=True, slots=True)
class Meeting:
    """Who met where, and what the chair concluded; `attendants` one a line."""

    chair: str
    secretary: str
    attendants: str
    place: str = ""
    conclusion: str = ""


def close_review(*, actor: scope.Actor, at: datetime, review: UUID, meeting: Meeting) -> tuple[int, int]:
    """End a review; return how many duties were left undecided, and how many had ended by themselves meanwhile.

    Raises: NotVisible, NotAllowed, Conflict, Invalid.
    """
    with transaction.atomic():
        row = review_to_act(actor, review)
        _describe(row, meeting)
        waiting = row.lines.filter(decision="")
        done = waiting.filter(~Q(duty__phase="open")).update(decision=End.DONE, decided_at=at)
        left = row.lines.filter(decision="").update(decision=End.LEFT, decided_at=at)
        row.state, row.closed_by_id, row.closed_at = (
            BacklogReview.State.CLOSED,
            actor.officer_id,
            max(at, row.opened_at),
        )
        row.save()
        _note(row, "close_backlog", actor, at, left=left, done=done)
    return left, done


def describe(*, actor: scope.Actor, at: datetime, review: UUID, meeting: Meeting) -> None:
    """Correct who met where, and the conclusion, as long as the signed minutes have not come back.

    Raises: NotVisible, NotAllowed, Conflict, Invalid.
    """
    with transaction.atomic():
        row = locked(actor, review)
        if row.file_id is not None:
            raise Conflict("backlog_signed")
        _describe(row, meeting)
        row.save()
        _note(row, "describe_backlog", actor, at)


def _describe(row: BacklogReview, meeting: Meeting) -> None:
    chair, secretary = meeting.chair.strip()[:120], meeting.secretary.strip()[:120]
    if not (chair and secretary and meeting.attendants.strip()):
        raise Invalid("backlog_people_missing")
    row.chair, row.secretary, row.place = chair, secretary, meeting.place.strip()[:200]
    row.attendants, _ = keep_note(meeting.attendants)
    row.conclusion, _ = keep_note(meeting.conclusion)


def record_minutes(
    *, actor: scope.Actor, at: datetime, review: UUID, file: tuple[str, bytes] | None, typed: Signed = Signed()
) -> None:
    """Attach the signed minutes; number and day are read from the file where they are not typed.

    Raises: NotVisible, NotAllowed, Conflict, Invalid, Secret.
    """
    with transaction.atomic():
        row = locked(actor, review)
        if row.state != BacklogReview.State.CLOSED:
            raise Conflict("backlog_not_closed")
        if row.file_id is not None:
            raise Conflict("backlog_signed")
        said = take_back(file, typed, at)
        if said.signed_on < local_date(row.opened_at):
            raise Invalid(
                "backlog_signed_early", date=f"{said.signed_on:%d/%m/%Y}", opened=f"{local_date(row.opened_at):%d/%m/%Y}"
            )  # fmt: skip
        row.number, row.symbol, row.signed_on = said.number, said.symbol, said.signed_on
        row.file = keep_file(actor, at, said.paper)
        row.save()
        _note(row, "record_backlog", actor, at, number=said.code, file=row.file.sha256)


def _note(row: BacklogReview, act: str, actor: scope.Actor, at: datetime, **data: object) -> None:
    audit.record(actor_id=actor.officer_id, at=at, act=act, subject_kind="backlog", subject_id=row.public_id, **data)
