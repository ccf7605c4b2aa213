"""Collect reports: ask those that are missing, receive what came, merge it into the collector's own report."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kycuong.core.calendars import local_date
from kycuong.core.errors import Invalid, NotAllowed
from kycuong.core.tasks import LIFECYCLE
from kycuong.models import Report
from kycuong.queries import reports as queries
from kycuong.queries import scope
from kycuong.services import audit, tasks
from kycuong.services.reports.drafting import begin, freeze
from kycuong.services.reports.place import Place, find, mark, to_collect, to_write
from kycuong.services.transitions import Act, Step, move_many


def chase(
    *, actor: scope.Actor, at: datetime, key: UUID, slot: date, units: Collection[UUID] = (), note: str = ""
) -> int:  # fmt: skip
    """Ask units for the reports that they have not sent (all of them when none is named); each once a day.

    Returns how many were asked. Raises: NotVisible, NotAllowed, Invalid when there is nobody to ask.
    """
    asked = to_collect(actor, key, slot, at)
    today = local_date(at)
    steps = [
        Step(
            line.own.duty.pk, data={"collector": asked.collector.pk if asked.collector else None}, seq=line.own.duty.seq
        )
        for line in queries.part_lines(asked, asked.duties, at)
        if not line.is_sent and (not units or line.unit.public_id in units) and _not_today(line, today)
    ]
    moved = (
        move_many(steps, Act(LIFECYCLE.row("chase_report"), at, actor, reason_code="report_missing")) if steps else []
    )
    if not moved:
        raise Invalid("chase_nobody")
    return len(moved)


def _not_today(line: queries.PartLine, today: date) -> bool:
    return line.chased_at is None or local_date(line.chased_at) < today


def receive(*, actor: scope.Actor, at: datetime, place: Place) -> None:
    """Receive a report that was sent; whoever may also confirm its duty confirms it by the same act.

    Raises: NotVisible, NotAllowed, Invalid when it has not been sent.
    """
    asked = to_collect(actor, place.key, place.slot, at)
    found = find(place, at)
    if not scope.collects(actor, asked.collector.pk if asked.collector else None):
        raise NotAllowed("collect_not_allowed", unit=asked.collector.name if asked.collector else "")
    if found.line is None or not found.line.is_sent:
        raise Invalid("report_not_sent", unit=found.unit.name)
    with transaction.atomic():
        _take(begin(found, actor, at), actor, at)
        duty = found.line.own.duty
        row = LIFECYCLE.row("confirm")
        if duty.phase == "answered" and scope.permits(actor, duty, row, scope.facts(duty, row)):
            tasks.confirm(actor=actor, at=at, duty=duty.public_id)


def _take(report: Report, actor: scope.Actor, at: datetime) -> None:
    """Note that a report was received, once."""
    if Report.objects.filter(pk=report.pk, received_at__isnull=True).update(
        received_at=at, received_by=actor.officer_id
    ):
        audit.record(
            actor_id=actor.officer_id, at=at, act="receive_report", subject_kind="report", subject_id=report.public_id
        )  # fmt: skip


def merge(*, actor: scope.Actor, at: datetime, place: Place) -> UUID:
    """Merge what was sent, and what the ledger says of those who sent nothing, into the report of who collects.

    Of a unit that collects nothing its own numbers are frozen, for a paper to be signed.
    Merged again without anything new it is the same edition. What is merged counts as received. Returns the edition.
    Raises: NotVisible, NotAllowed, Conflict, Invalid when the synthesis was sent already.
    """
    found = to_write(actor, place, at)
    upto = mark()
    gathered = queries.gather(found.asked, found.unit, at, upto)
    with transaction.atomic():
        report = begin(found, actor, at)
        before = report.editions.count()
        edition = freeze(report, gathered, actor, at, upto)
        for part in gathered.parts:
            _take(part.report, actor, at)
        if edition.no > before:
            act = "merge_reports" if gathered.collects else "freeze_report"
            audit.record(
                actor_id=actor.officer_id, at=at, act=act, subject_kind="report", subject_id=report.public_id,
                edition=edition.no, fingerprint=edition.fingerprint, watermark=upto.event, parts=len(gathered.parts),
            )  # fmt: skip
    return edition.public_id
