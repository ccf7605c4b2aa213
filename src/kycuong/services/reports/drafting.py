"""Write a report section by section, and freeze an edition of it: its numbers, its question, its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from kycuong.core.errors import Conflict, Invalid
from kycuong.core.figures import VERSION, Mark, digest
from kycuong.core.letters import clean
from kycuong.core.reports import SECTIONS, TEXT_MAX
from kycuong.models import Duty, Report, ReportEdition, ReportFigure, ReportPart
from kycuong.queries import reports as queries
from kycuong.queries import scope
from kycuong.services import watermark
from kycuong.services.reports.place import Found, Place, to_write

_ORDER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def write(*, actor: scope.Actor, at: datetime, place: Place, texts: Mapping[str, str], seen: int | None = None) -> None:
    """Keep what people write in the sections of a report; `seen` is the seq of the report that the person saw.

    Raises: NotVisible, NotAllowed, Invalid when the report was sent, Conflict when somebody else wrote meanwhile.
    """
    if any(len(text) > TEXT_MAX for text in texts.values()):
        raise Invalid("report_text_too_long", limit=f"{TEXT_MAX:,}".replace(",", "."))
    with transaction.atomic():
        watermark.hold()  # series that join meanwhile have joined before the duty is looked for, or wait for this text
        found = to_write(actor, place, at)
        report = begin(found, actor, at)
        kept = {**report.sections, **{key: clean(text).strip() for key, text in texts.items() if _is_section(key)}}
        rows = Report.objects.filter(pk=report.pk)
        rows = rows if seen is None or found.report is None else rows.filter(seq=seen)
        changed = rows.update(sections=kept, seq=F("seq") + 1, changed_at=at, changed_by=actor.officer_id)
        if not changed:
            raise Conflict("report_changed_meanwhile")


def _is_section(key: str) -> bool:
    """Return whether a report has such a section: one that every report has, or one of an order."""
    return key in SECTIONS or bool(_ORDER.fullmatch(key))


def begin(found: Found, actor: scope.Actor, at: datetime) -> Report:
    """Return the report of a place as it stands now, locked, begun when it was not, with what inherited units had begun to write.

    Raises: Conflict, also when the duty that it answers was joined to another meanwhile.
    """
    if found.report:
        return Report.objects.select_for_update().get(pk=found.report.pk)
    watermark.hold()
    if found.duty and Duty.objects.filter(pk=found.duty.pk, outcome="replaced").exists():
        raise Conflict("report_changed_meanwhile")
    made = Report(
        document=found.asked.document, order=found.asked.order, key=found.place.key, slot=found.place.slot, unit=found.unit,
        duty=found.duty, begun_at=at, changed_at=at, changed_by_id=actor.officer_id,
        sections=queries.texts_of(None, found.line),
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Conflict("report_changed_meanwhile") from error
    return made


def freeze(report: Report, gathered: queries.Gathered, actor: scope.Actor, at: datetime, mark: Mark) -> ReportEdition:
    """Keep an edition with every number frozen; when nothing moved since the last one that was not sent, it is that one."""
    lines = [line.to_json() for line in gathered.lines]
    content = {
        "head": queries.head_of(gathered).to_json(),
        "blocks": queries.outline(gathered, report.sections),
    }
    last = report.editions.order_by("-no").first()
    if last and last.sent_at is None and digest([last.content, last.lines]) == digest([content, lines]):
        return last
    try:
        with transaction.atomic():
            edition = _next(report, gathered, content, lines, actor, at, mark)
    except IntegrityError as error:  # the same button pressed twice at one moment
        raise Conflict("report_changed_meanwhile") from error
    ReportFigure.objects.bulk_create(
        ReportFigure(edition=edition, code=one.code, version=VERSION, n=one.n, of=one.of, fingerprint=one.fingerprint)
        for one in gathered.answers
    )
    ReportPart.objects.bulk_create(ReportPart(edition=edition, part=part) for part in gathered.parts)
    return edition


def _next(
    report: Report, gathered: queries.Gathered, content: Mapping[str, object], lines: list[dict[str, Any]], actor: scope.Actor,
    at: datetime, mark: Mark,
) -> ReportEdition:  # fmt: skip
    return ReportEdition.objects.create(
        report=report, no=(report.editions.aggregate(last=Max("no"))["last"] or 0) + 1, made_at=at, made_by_id=actor.officer_id,
        watermark=mark.event, filters=gathered.filters, lines=lines, content=content, fingerprint=gathered.fingerprint,
    )  # fmt: skip
