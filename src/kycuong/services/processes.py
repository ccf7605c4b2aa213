"""Revise the agency's own process: a new version from a day on, one person and one limit a step; the old one stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction

from kycuong.core import processes as law
from kycuong.core.calendars import local_date
from kycuong.core.errors import Conflict, NotAllowed
from kycuong.models import ProcessStep, Unit, WorkProcess
from kycuong.queries import processes as queries
from kycuong.queries import scope
from kycuong.services import audit
from kycuong.services.requests import asked_of, keep_once


def revise(
    *, actor: scope.Actor, at: datetime, unit: UUID, steps: Sequence[law.StepGiven], in_force_from: date | None, reason: str,
    basis: str = "", request_id: UUID | None = None,
) -> UUID:  # fmt: skip
    """Decide the process of one's own unit from a day on; tasks given before stay measured under the version of their day.

    Basis: 2230/UBND-NC item 1.3. Raises: NotVisible, NotAllowed, Conflict, Invalid.
    """
    body = queries.to_read(actor, unit)
    if not actor.leads(body.pk):
        raise NotAllowed("process_not_head")
    given = partial(_revise, actor, at, body, tuple(steps), in_force_from, reason, basis, request_id)
    asked = asked_of(f"revise_process {unit}", [steps, in_force_from, reason, basis])
    return keep_once(WorkProcess, request_id, given, actor=actor, at=at, asked=asked).public_id


def _revise(
    actor: scope.Actor, at: datetime, body: Unit, steps: Sequence[law.StepGiven], in_force_from: date | None, reason: str,
    basis: str, request_id: UUID | None,
) -> WorkProcess:  # fmt: skip
    today = local_date(at)
    before, holds = queries.latest(body.pk), queries.in_force(body.pk, today)
    law.check(
        steps, inside=[seat.post_id for seat in queries.posts(body.pk, today)], on=in_force_from, today=today,
        latest=holds.in_force_from if holds else None, reason=reason,
    )  # fmt: skip
    assert in_force_from is not None
    try:
        with transaction.atomic():
            made = WorkProcess.objects.create(
                unit=body, version=before.version + 1 if before else 1, in_force_from=in_force_from, reason=reason.strip()[:500],
                basis=basis.strip()[:200], made_by_id=actor.officer_id, made_at=at, request_id=request_id,
            )  # fmt: skip
            ProcessStep.objects.bulk_create(
                [
                    ProcessStep(process=made, code=one.stage.value, post_id=one.post, limit_hours=one.hours)
                    for one in steps
                ]
            )
            audit.record(
                actor_id=actor.officer_id, at=at, act="revise_process", subject_kind="process", subject_id=made.public_id,
                version=made.version, steps={one.stage.value: [one.post, one.hours] for one in steps},
            )  # fmt: skip
    except IntegrityError as error:  # somebody else of the unit was faster
        raise Conflict("process_revised") from error
    return made
