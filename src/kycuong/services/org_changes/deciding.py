"""Decide a change: everything that stands against it is refused here, before a row of the organisation is written."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from kycuong.core.calendars import local_date
from kycuong.core.errors import Conflict, Fact
from kycuong.core.org_changes import OF_UNITS, Plan, check
from kycuong.models import OrgChange, OrgChangeSubject, SuccessionLine
from kycuong.queries import org_changes as changes
from kycuong.queries import scope
from kycuong.queries.org_changes import Line, refusals
from kycuong.services.org_changes.carrying import carry_out
from kycuong.services.org_changes.drafting import for_drafting, record

#: How many batches a person waits for; the jobs do the rest.
BATCHES = 4


def decide(*, actor: scope.Actor, at: datetime, change: UUID, seen: int | None = None) -> None:
    """Decide a draft and, when its day has come, carry it out; else the worker does on the morning of that day.

    Raises: NotVisible, NotAllowed, Conflict, Invalid.
    """
    row = for_drafting(actor, change, seen)
    today = local_date(at)
    preview = changes.preview_of(row, today)
    check(preview.plan, today)
    standing: list[Fact] = preview.refusals
    if standing:
        raise standing[0]
    with transaction.atomic():
        same = OrgChange.objects.filter(pk=row.pk, edition=row.edition, state=OrgChange.State.DRAFT)
        decided = same.update(
            state=OrgChange.State.DECIDED, decided_by=actor.officer_id, decided_at=at, edition=F("edition") + 1,
            open_before=len(preview.lines) if preview.plan.kind in OF_UNITS else None,
        )  # fmt: skip
        if not decided:
            raise Conflict("org_change_moved_meanwhile", state=OrgChange.State(row.state).label.lower())
        _touch(row, preview.plan)
        _freeze(row, preview.lines)
        record(actor.officer_id, at, row, "decide_change", on=row.in_force_on.isoformat(), duties=len(preview.lines))
    if row.in_force_on <= today:
        carry_out(row.pk, at, batches=BATCHES)


def _touch(row: OrgChange, plan: Plan) -> None:
    """Claim the units and posts for the day; the table itself refuses a second claim. Raises: Conflict."""
    units, posts = changes.subjects_of(plan)
    rows = [OrgChangeSubject(change=row, unit_id=pk, in_force_on=row.in_force_on) for pk in units]
    rows += [OrgChangeSubject(change=row, post_id=pk, in_force_on=row.in_force_on) for pk in posts]
    try:
        with transaction.atomic():
            OrgChangeSubject.objects.bulk_create(rows)
    except IntegrityError as error:
        standing = refusals.same_day(row.in_force_on, units=units, posts=posts)
        raise standing[0] if standing else Conflict("org_change_moved_meanwhile", state="") from error


def _freeze(row: OrgChange, lines: list[Line]) -> None:
    """Keep every line of the succession list as it was decided, with where each duty came from."""
    SuccessionLine.objects.bulk_create(
        [
            SuccessionLine(
                change=row, duty_id=line.duty_id, successor_code=line.to, how=line.how, old_unit_id=line.unit_id
            )
            for line in lines
        ],
        batch_size=500, update_conflicts=True, unique_fields=["change", "duty"],
        update_fields=["successor_code", "how", "old_unit"],
    )  # fmt: skip
