"""Signals of givers contested by the unit, and answered; a signal is never a verdict."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kycuong.core import signals as law
from kycuong.core.calendars import local_date
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from kycuong.models import SignalContest, Unit
from kycuong.queries import scope
from kycuong.queries import signals as queries
from kycuong.services import audit
from kycuong.services.leaves import keep_note


def contest(
    *, actor: scope.Actor, at: datetime, unit: UUID, code: str, note: str, since: date | None = None,
    until: date | None = None,
) -> UUID:  # fmt: skip
    """Say why a signal about one's unit needs no look, or how it came about. Raises: NotVisible, NotAllowed, Invalid."""
    row = Unit.objects.filter(public_id=unit).first()
    if row is None or not queries.may_see(actor, row.pk):
        raise NotVisible("unit_not_visible")
    if not actor.leads(row.pk):
        raise NotAllowed("signal_not_unit")
    if code not in {*law.COUNTS, *law.DESKS}:
        raise Invalid("kind_unknown", text=code)
    if not note.strip():
        raise Invalid("signal_note_missing")
    first, last = law.range_of(since, until, local_date(at))
    with transaction.atomic():
        kept, _ = keep_note(note)
        made = SignalContest.objects.create(
            unit=row, code=code, since_on=first, until_on=last, note=kept, made_by_id=actor.officer_id, made_at=at
        )
        _audit(actor, at, "contest_signal", made)
    return made.public_id


def _audit(actor: scope.Actor, at: datetime, act: str, row: SignalContest) -> None:
    audit.record(
        actor_id=actor.officer_id, at=at, act=act, subject_kind="signal", subject_id=row.public_id, code=row.code
    )  # fmt: skip


def answer(*, actor: scope.Actor, at: datetime, contest: UUID, note: str) -> None:
    """Answer what a unit said of a signal. Raises: NotVisible, NotAllowed, Conflict, Invalid."""
    row = SignalContest.objects.filter(public_id=contest).first()
    if row is None or not queries.may_see(actor, row.unit_id):
        raise NotVisible("page_not_visible")
    if not queries.may_answer(actor, row.unit_id):
        raise NotAllowed("signal_not_answerer")
    if not note.strip():
        raise Invalid("signal_note_missing")
    with transaction.atomic():
        kept, _ = keep_note(note)
        waiting = SignalContest.objects.filter(pk=row.pk, answered_at__isnull=True)
        if not waiting.update(answer=kept, answered_by=actor.officer_id, answered_at=at):
            raise Conflict("signal_answered")
        _audit(actor, at, "answer_signal", row)
