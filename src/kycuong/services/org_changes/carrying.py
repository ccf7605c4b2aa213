"""Carry out a decided change: the organisation in one transaction, then its duties batch by batch, then the totals.

Killed anywhere, whoever comes next goes on where it stopped: a duty that was handed over is no longer among those left.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F

from kycuong.core.calendars import local_date
from kycuong.core.errors import Fact, Invalid
from kycuong.core.lifecycle import succeed
from kycuong.core.org_changes import OF_POSTS, OF_UNITS
from kycuong.models import OrgChange, SuccessionLine
from kycuong.queries import org, scope
from kycuong.queries import org_changes as changes
from kycuong.services import watermark
from kycuong.services.org_changes import roles
from kycuong.services.org_changes.building import build
from kycuong.services.org_changes.drafting import record
from kycuong.services.org_changes.handing import Handing
from kycuong.services.transitions import Act, move_many

BATCH = 500
#: Batches of one change in a round of the jobs, which has more to do.
A_ROUND = 20
ROW = succeed("open", "paused", "answered")
log = logging.getLogger("kycuong.changes")


def carry_due(at: datetime) -> int:
    """Carry out the decided changes whose day has come, and what a stopped worker left; return how many went well.

    One that fails stops no other. Of a large one some batches are done: the next round goes on.
    """
    due = OrgChange.objects.filter(state=OrgChange.State.DECIDED, in_force_on__lte=local_date(at))
    done = 0
    for change_id in list(due.order_by("in_force_on", "id").values_list("pk", flat=True)):
        try:
            carry_out(change_id, at, batches=A_ROUND)
            done += 1
        except Fact as fact:  # what stands against it now stands on its page; the others are carried out
            log.warning("the change %s could not be carried out: %s", change_id, fact.code)
        except Exception:
            log.exception("the change %s failed; the next round tries again", change_id)
    return done


def carry_out(change_id: int, at: datetime, *, batches: int | None = None) -> None:
    """Carry out one decided change, or what is left of it; with `batches` stop after so many, for the jobs to go on.

    Raises: Invalid when it no longer can be carried out, or when totals differ.
    """
    row = OrgChange.objects.select_related("reason").get(pk=change_id)
    if row.state != OrgChange.State.DECIDED:
        return
    if row.built_at is None:
        _build(row, at)
    while _hand_over(row, at):
        batches = batches - 1 if batches is not None else None
        if batches == 0:
            return
    _finish(row, at)


def _build(row: OrgChange, at: datetime) -> None:
    with transaction.atomic():
        watermark.hold()  # before the rows of units: who changes office hours takes them in this order too
        if not OrgChange.objects.filter(pk=row.pk, built_at__isnull=True).update(built_at=at):
            row.refresh_from_db()
            return
        preview = changes.preview_of(row, local_date(at))
        standing = [one for one in preview.refusals if one.code != "org_change_duties_unassigned"]
        if standing:
            raise standing[0]
        row.mapping = build(row, preview, at)
        OrgChange.objects.filter(pk=row.pk).update(mapping=row.mapping)
        row.built_at = at


def _hand_over(row: OrgChange, at: datetime) -> int:
    """Hand over one batch and return how many duties are known to be left at its beginning, 0 when none is."""
    if row.kind not in OF_UNITS | OF_POSTS:
        return 0
    with transaction.atomic():
        handing = Handing(row, at)
        steps = handing.steps(BATCH)
        if not steps:
            return 0
        who = scope.actor(row.decided_by_id, at) if row.decided_by_id else None
        moved = set(move_many(steps, Act(ROW, at, who, reason_code=row.kind, data={"change": str(row.public_id)})))
        handing.keep([step for step in steps if step.duty_id in moved])
        handing.tell_search(moved)
    return len(steps)


def _finish(row: OrgChange, at: datetime) -> None:
    """End the change when every open duty has arrived. Raises: Invalid when the totals before and after differ."""
    with transaction.atomic():
        roles.drop_own_parts(row.pk)
        before, after = _totals(row)
        if before != after:
            raise Invalid("org_change_totals_differ", before=before, after=after)
        ended = OrgChange.objects.filter(pk=row.pk, state=OrgChange.State.DECIDED).update(
            state=OrgChange.State.APPLIED, applied_at=at, open_before=before, open_after=after, edition=F("edition") + 1
        )
        if ended:
            record(row.decided_by_id, at, row, "apply_change", on=row.in_force_on.isoformat(), duties=after)


def _totals(row: OrgChange) -> tuple[int, int]:
    """Return the open duties of the succession list, and those of them that lie where the list says.

    Duties that their holder closed meanwhile count on neither side; one that an ended unit still holds counts before only.
    """
    listed = SuccessionLine.objects.filter(change=row).exclude(duty__phase="closed")
    before = listed.count()
    if row.kind not in OF_UNITS:
        return before, before
    codes = row.mapping.get("codes", {})
    after = sum(
        listed.filter(successor_code=code, duty__holder_unit__in=_bodies(pk)).count() for code, pk in codes.items()
    )
    return before + _left(row), after


def _bodies(unit_id: int) -> list[int]:
    return [org.body_of(unit_id)]


def _left(row: OrgChange) -> int:
    plan = changes.plan_of(row)
    if plan.stays:
        return 0
    olds = changes.units_of(plan)
    return changes.open_duties().filter(changes.held_by(olds)).count()
