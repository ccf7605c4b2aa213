"""Who reads a collection and its reports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from kycuong.core.calendars import local_date
from kycuong.core.errors import NotVisible
from kycuong.models import Duty, Report, ReportEdition, Unit
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


def readable(
    who: scope.Actor, unit: int, line: PartLine | None, editions: Iterable[ReportEdition]
) -> tuple[bool, list[ReportEdition]]:
    """Return whether the person reads what a unit has not sent yet, and those of the editions of its report that the person reads."""
    own = _reads_draft(who, unit, line.own.duty if line else None)
    return own, [one for one in editions if own or one.sent_at]


def _reads_draft(who: scope.Actor, unit: int, duty: Duty | None) -> bool:
    """Return whether the person reads what a unit has not sent yet: its own people, and who stands in for one of them.

    Whoever looks on sees the numbers, which everybody counts alike, and the words once the head has sent them.
    """
    return unit in who.member_ids or (duty is not None and scope.writes_report(who, duty))


def unit_of(report: Report, at: datetime) -> UUID:
    """Return the unit under which a report stands today: its own, or who inherited from it."""
    return Unit.objects.values_list("public_id", flat=True).get(pk=_unit_of(report, at))


def _unit_of(report: Report, at: datetime) -> int:
    return successions.replaced([report.unit_id], local_date(at)).get(report.unit_id, report.unit_id)


def must_see_edition(who: scope.Actor, edition: ReportEdition, at: datetime) -> None:
    """Refuse whoever does not see the report of an edition, or this one while it is not sent. Raises: NotVisible."""
    must_see_report(who, edition.report, at)
    if edition.sent_at is None and not _reads_draft(who, _unit_of(edition.report, at), edition.report.duty):
        raise NotVisible("report_not_visible")


def must_see_report(who: scope.Actor, report: Report, at: datetime) -> None:
    """Refuse whoever does not see a report. Raises: NotVisible."""
    one = asked(report.key, report.slot, local_date(at))
    if sees_all_of(who, one):
        return
    if report.duty is None or not scope.visible_duties(who).filter(pk=report.duty.pk).exists():
        raise NotVisible("report_not_visible")
