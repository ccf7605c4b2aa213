"""Where a report has its place: the collection and the unit; with the duty that it answers and what there is of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kycuong.core.calendars import local_date
from kycuong.core.errors import Invalid, NotAllowed, NotVisible
from kycuong.core.figures import Mark
from kycuong.models import Duty, Report, Unit
from kycuong.queries import figures, scope
from kycuong.queries import reports as queries
from kycuong.services import watermark


@dataclass(frozen=True, slots=True)
class Place:
    """Which report is meant: the public id of the order (or document) that asks, the slot, the unit that reports."""

    key: UUID
    slot: date
    unit: UUID


@dataclass(frozen=True, slots=True)
class Found:
    """A report for acting: its collection, its unit, the unit's line (None for who only collects), the report if begun."""

    place: Place
    asked: queries.Asked
    unit: Unit
    line: queries.PartLine | None
    report: Report | None

    @property
    def duty(self) -> Duty | None:
        """Return the report duty that the report answers."""
        return self.line.own.duty if self.line else None

    @property
    def collects(self) -> bool:
        """Return whether the unit collects the reports of the others."""
        return bool(self.asked.collector and self.asked.collector.pk == self.unit.pk)


def find(place: Place, at: datetime) -> Found:
    """Return what a place names. Raises: NotVisible."""
    asked = queries.asked(place.key, place.slot, local_date(at))
    unit = Unit.objects.filter(public_id=place.unit).first()
    if unit is None:
        raise NotVisible("report_not_visible")
    lines = queries.part_lines(asked, asked.duties, at)
    line = next((one for one in lines if one.unit.pk == unit.pk), None)
    if line is None and not (asked.collector and asked.collector.pk == unit.pk):
        raise NotVisible("report_not_visible")
    report = line.own.report if line else None
    if line is None:
        report = Report.objects.filter(key=place.key, slot=place.slot, unit=unit, duty__isnull=True).first()
    return Found(place, asked, unit, line, report)


def to_write(actor: scope.Actor, place: Place, at: datetime) -> Found:
    """Return a report that the person may write now. Raises: NotVisible, NotAllowed, Invalid when it was sent."""
    found = find(place, at)
    duty = found.duty
    if duty is None:
        if not scope.collects(actor, found.unit.pk):
            raise NotAllowed("report_not_allowed", unit=found.unit.name)
    elif not scope.writes_report(actor, duty):
        scope.duty_to_read(actor, duty.public_id)
        raise NotAllowed("report_not_allowed", unit=found.unit.name)
    if _is_sent(found):
        raise Invalid("report_sent")
    return found


def _is_sent(found: Found) -> bool:
    """Return whether the report went out and was not sent back."""
    if found.line:
        return found.line.is_sent
    return bool(found.report and found.report.editions.filter(sent_at__isnull=False).exists())


def to_collect(actor: scope.Actor, key: UUID, slot: date, at: datetime) -> queries.Asked:
    """Return a collection for its collector, or the Office. Raises: NotVisible, NotAllowed."""
    asked = queries.asked(key, slot, local_date(at))
    unit = asked.collector
    if not scope.chases(actor, unit.pk if unit else None):
        if not scope.visible_duties(actor).filter(pk__in=[duty.pk for duty in asked.duties]).exists():
            raise NotVisible("collection_not_visible")
        raise NotAllowed("collect_not_allowed", unit=unit.name if unit else "")
    return asked


def mark() -> Mark:
    """Return the mark below which no event and no value of a target can appear any more; waits for who is writing."""
    with transaction.atomic():
        watermark.hold_all()
        return figures.newest()
