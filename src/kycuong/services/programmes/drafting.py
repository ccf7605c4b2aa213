"""Draft a programme of work: start it, type or correct a line, accept what was proposed, drop a line."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from kycuong.core import programmes as law
from kycuong.core.calendars import local_date
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible, TransitionNotAllowed
from kycuong.models import Programme, ProgrammeLine, Unit
from kycuong.queries import org, scope
from kycuong.queries.programmes import rights
from kycuong.services import audit
from kycuong.services.programmes.lines import Maker, Typed, hindrance

__all__ = ["Typed", "accept", "drop", "put", "start"]


def start(*, actor: scope.Actor, at: datetime, unit: UUID, year: int) -> UUID:
    """Start the programme of a unit for a year; one that exists already is returned. Raises: NotAllowed, Invalid."""
    row = Unit.objects.filter(org.valid_on(local_date(at)), public_id=unit).exclude(kind="division").first()
    if row is None:
        raise Invalid("programme_unit_unknown")
    if not rights.drafts(actor, row):
        raise NotAllowed("programme_not_allowed")
    if abs(year - local_date(at).year) > 1:
        raise Invalid("programme_year_unknown")
    with transaction.atomic():
        made, new = Programme.objects.get_or_create(
            unit=row, year=year, defaults={"made_by_id": actor.officer_id, "made_at": at}
        )
        if new:
            record(actor, at, "start_programme", made, unit=row.pk, year=year)
    return made.public_id


def record(actor: scope.Actor, at: datetime, act: str, programme: Programme, **data: object) -> None:
    """Write what was done to a programme into the audit."""
    audit.record(
        actor_id=actor.officer_id, at=at, act=act, subject_kind="programme", subject_id=programme.public_id, **data
    )  # fmt: skip


def to_change(actor: scope.Actor, programme: UUID) -> Programme:
    """Return a programme whose lines may be changed. Raises: NotVisible, NotAllowed, TransitionNotAllowed."""
    row = rights.to_draft(actor, programme)
    if row.state == Programme.State.SUBMITTED:
        raise TransitionNotAllowed("programme_submitted")
    return row


def put(*, actor: scope.Actor, at: datetime, programme: UUID, typed: Typed, line: UUID | None = None) -> UUID:
    """Add a typed line, or correct one; a correct line is in the programme until somebody drops it.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Invalid.
    """
    with transaction.atomic():
        row = to_change(actor, programme)
        maker = Maker(row, actor, at)
        if line is None:
            made = maker.line(typed, "typed")
            if ProgrammeLine.objects.filter(programme=row).exclude(status="dropped").count() >= law.MOST_LINES:
                raise Invalid("programme_too_many", n=law.MOST_LINES)
        else:
            made = rights.line_of(row, line)
            if made.order_id:
                raise Invalid("programme_line_issued")
            maker.fill(made, typed)
        if wrong := hindrance(made):
            raise wrong
        made.status = ProgrammeLine.Status.KEPT
        _save(made)
        _draft_again(row)
        record(actor, at, "put_line", row, line=str(made.public_id))
    return made.public_id


def _save(line: ProgrammeLine) -> None:
    try:
        with transaction.atomic():
            line.save()
    except IntegrityError as error:
        raise Invalid("programme_line_known") from error


def _draft_again(row: Programme) -> None:
    """A line added to an approved programme waits for an approval of its own."""
    Programme.objects.filter(pk=row.pk, state=Programme.State.APPROVED).update(state=Programme.State.DRAFT)


def accept(*, actor: scope.Actor, at: datetime, programme: UUID, lines: Collection[UUID] = ()) -> int:
    """Take proposed lines into the programme, all that nothing hinders when none is named; return how many.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Invalid for a named line that cannot be taken.
    """
    with transaction.atomic():
        row = to_change(actor, programme)
        rows = ProgrammeLine.objects.filter(programme=row, status=ProgrammeLine.Status.PROPOSED)
        chosen = list(rows.filter(public_id__in=lines) if lines else rows)
        if lines and len(chosen) != len(set(lines)):
            raise Conflict("programme_line_known")
        if lines and (wrong := next(filter(None, map(hindrance, chosen)), None)):
            raise wrong
        keys = [one.pk for one in chosen if hindrance(one) is None]
        rows.filter(pk__in=keys).update(status=ProgrammeLine.Status.KEPT)
        if keys:
            _draft_again(row)
            record(actor, at, "accept_lines", row, lines=len(keys))
    return len(keys)


def drop(*, actor: scope.Actor, at: datetime, programme: UUID, lines: Collection[UUID] = ()) -> int:
    """Drop lines that are not duties yet; with none named every proposed one. Raises: as `put`."""
    with transaction.atomic():
        row = to_change(actor, programme)
        rows = ProgrammeLine.objects.filter(programme=row).exclude(status=ProgrammeLine.Status.DROPPED)
        chosen = rows.filter(public_id__in=lines) if lines else rows.filter(status=ProgrammeLine.Status.PROPOSED)
        if lines and not chosen.exists():
            raise NotVisible("programme_line_not_visible")
        if chosen.filter(order__isnull=False).exists():
            raise Invalid("programme_line_issued")
        dropped = chosen.update(status=ProgrammeLine.Status.DROPPED)
        waiting = ProgrammeLine.objects.filter(programme=row, order__isnull=True).exclude(status="dropped")
        if row.approved_at and not waiting.exists():  # nothing waits any more: what was approved stands
            Programme.objects.filter(pk=row.pk).update(state=Programme.State.APPROVED)
        if dropped:
            record(actor, at, "drop_lines", row, lines=dropped)
    return dropped
