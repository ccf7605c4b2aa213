"""Who reads a collection and its reports."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kycuong.core.calendars import local_date
from kycuong.core.errors import NotVisible
from kycuong.models import Report, Unit
from kycuong.queries import scope, successions
from kycuong.queries.reports.collections import Asked, PartLine, asked


def sees_all_of(who: scope.Actor, one: Asked) -> bool:
    """Return whether the person sees every report of a collection."""
    return scope.sees_collection(who, one.collector.pk if one.collector else None)


def must_see(who: scope.Actor, one: Asked, line: PartLine | None, unit: Unit) -> None:
    """Refuse whoever does not see a unit's report: its own people, overseers, who collects. Raises: NotVisible."""
    if sees_all_of(who, one):
        return
    if line is None or not scope.visible_duties(who).filter(pk=line.own.duty.pk).exists():
        raise NotVisible("report_not_visible")


def unit_of(report: Report, at: datetime) -> UUID:
    """Return the unit under which a report stands today: its own, or who inherited from it."""
    heir = successions.replaced([report.unit_id], local_date(at)).get(report.unit_id, report.unit_id)
    return Unit.objects.values_list("public_id", flat=True).get(pk=heir)


def must_see_report(who: scope.Actor, report: Report, at: datetime) -> None:
    """Refuse whoever does not see a report. Raises: NotVisible."""
    one = asked(report.key, report.slot, local_date(at))
    if sees_all_of(who, one):
        return
    if report.duty is None or not scope.visible_duties(who).filter(pk=report.duty.pk).exists():
        raise NotVisible("report_not_visible")
