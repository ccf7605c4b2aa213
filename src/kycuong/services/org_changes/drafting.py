"""Draft a change: keep its plan, edit it, choose successors duty by duty or in bulk, cancel it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from kycuong.core.calendars import local_date
from kycuong.core.errors import Conflict, Invalid
from kycuong.core.org_changes import Plan, Way, check, plan_of
from kycuong.models import Duty, OrgChange, SuccessionLine
from kycuong.queries import org_changes as changes
from kycuong.queries import scope
from kycuong.services import audit
from kycuong.services.leaves import keep_note


def draft(*, actor: scope.Actor, at: datetime, plan: Mapping[str, Any]) -> UUID:
    """Keep a change as a draft and return it; nothing of the organisation moves. Raises: NotAllowed, Invalid."""
    scope.to_organise(actor)
    wanted = plan_of(plan)
    check(wanted, local_date(at))
    with transaction.atomic():
        note, _ = keep_note(wanted.reason)
        row = OrgChange.objects.create(
            kind=wanted.kind.value, decision=wanted.decision, in_force_on=wanted.in_force_on, reason=note,
            plan=wanted.to_json(), made_by_id=actor.officer_id, made_at=at,
        )  # fmt: skip
        _keep_choices(row, wanted)
        record(actor.officer_id, at, row, "draft_change")
    return row.public_id


def _keep_choices(row: OrgChange, plan: Plan) -> None:
    wanted = {key: code for key, code in plan.choices.items() if code}
    try:
        ids = {str(UUID(key)): key for key in wanted}
    except ValueError as wrong:
        raise Invalid("org_change_part_unreadable", part="choices") from wrong
    duties = Duty.objects.filter(public_id__in=list(ids)).values_list("pk", "public_id")
    _write(row, {pk: wanted[ids[str(public_id)]] for pk, public_id in duties})


def _write(row: OrgChange, choices: Mapping[int, str]) -> None:
    SuccessionLine.objects.bulk_create(
        [
            SuccessionLine(change=row, duty_id=pk, successor_code=code, how=Way.CHOSEN.value)
            for pk, code in choices.items()
        ],
        batch_size=500, update_conflicts=True, unique_fields=["change", "duty"], update_fields=["successor_code", "how"],
    )  # fmt: skip


def record(officer_id: int | None, at: datetime, row: OrgChange, act: str, **data: object) -> None:
    """Write an act on a change into the audit."""
    audit.record(
        actor_id=officer_id, at=at, act=act, subject_kind="change", subject_id=row.public_id, kind=row.kind,
        decision=row.decision, **data,
    )  # fmt: skip


def edit(*, actor: scope.Actor, at: datetime, change: UUID, plan: Mapping[str, Any], seen: int | None = None) -> None:
    """Replace the plan of a draft; choices already made stay where their successor is still named.

    Raises: NotVisible, NotAllowed, Conflict, Invalid.
    """
    row = for_drafting(actor, change, seen)
    wanted = plan_of(plan)
    check(wanted, local_date(at))
    with transaction.atomic():
        note, _ = keep_note(wanted.reason)
        _advance(
            row, kind=wanted.kind.value, decision=wanted.decision, in_force_on=wanted.in_force_on, reason=note,
            plan=wanted.to_json(),
        )  # fmt: skip
        SuccessionLine.objects.filter(change=row).exclude(successor_code__in=wanted.targets).delete()
        _keep_choices(row, wanted)
        record(actor.officer_id, at, row, "edit_change")


def for_drafting(actor: scope.Actor, change: UUID, seen: int | None) -> OrgChange:
    """Return a draft that the person may edit. Raises: NotVisible, NotAllowed, Conflict."""
    row = scope.change_to_organise(actor, change)
    label = OrgChange.State(row.state).label.lower()
    if seen is not None and seen != row.edition:
        raise Conflict("org_change_moved_meanwhile", state=label)
    if row.state != OrgChange.State.DRAFT:
        raise Conflict("org_change_not_draft", state=label)
    return row


def _advance(row: OrgChange, **values: object) -> None:
    """Write a draft only if nobody was faster. Raises: Conflict."""
    same = OrgChange.objects.filter(pk=row.pk, edition=row.edition, state=OrgChange.State.DRAFT)
    if not same.update(edition=F("edition") + 1, **values):
        raise Conflict("org_change_moved_meanwhile", state=OrgChange.State(row.state).label.lower())


def choose(
    *, actor: scope.Actor, at: datetime, change: UUID, to: str, duties: Iterable[UUID] = (), rest: bool = False,
    seen: int | None = None,
) -> int:  # fmt: skip
    """Choose the successor of some duties, or of all that nobody has chosen yet; return how many lines that is.

    All occurrences of a series go the same way. Raises: NotVisible, NotAllowed, Conflict, Invalid.
    """
    row = for_drafting(actor, change, seen)
    plan = changes.plan_of(row)
    if to not in plan.targets:
        raise Invalid("successor_unknown", text=to)
    found = changes.lines_of(row, local_date(at))
    wanted = set(duties)
    if not wanted <= {line.public_id for line in found}:
        raise Invalid("duty_not_in_change")
    series = {line.series for line in found if line.series and line.public_id in wanted}
    taken = {
        line.duty_id: to
        for line in found
        if line.public_id in wanted or (line.series and line.series in series) or (rest and not line.to)
    }
    with transaction.atomic():
        _advance(row, **({"plan": replace(plan, rest=to).to_json()} if rest else {}))
        _write(row, taken)
        record(actor.officer_id, at, row, "choose_successor", lines=len(taken), to=to)
    return len(taken)


def cancel(*, actor: scope.Actor, at: datetime, change: UUID, seen: int | None = None) -> None:
    """Cancel a draft, or a change decided whose day has not come. Raises: NotVisible, NotAllowed, Conflict."""
    row = scope.change_to_organise(actor, change)
    label = OrgChange.State(row.state).label.lower()
    if seen is not None and seen != row.edition:
        raise Conflict("org_change_moved_meanwhile", state=label)
    waiting = OrgChange.objects.filter(pk=row.pk, state__in=["draft", "decided"], built_at__isnull=True)
    with transaction.atomic():
        if not waiting.update(state=OrgChange.State.CANCELLED, edition=F("edition") + 1):
            raise Conflict("org_change_not_draft", state=label)
        row.subjects.all().delete()
        record(actor.officer_id, at, row, "cancel_change")
