"""Gather what a report tells: whose numbers, from which period, frozen parts and what the ledger says of those without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from kycuong.core import figures as core
from kycuong.core.calendars import local_date
from kycuong.core.figures import Answer, Filters, Line, Mark
from kycuong.models import Duty, ReportEdition, Unit, UnitClosure
from kycuong.queries import figures, successions
from kycuong.queries.reports.collections import Asked, PartLine, part_lines


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one report rests on: its question, the lines that answer it, the figures, the parts taken in."""

    asked: Asked
    unit: Unit
    at: datetime
    members: tuple[PartLine, ...]
    filters: dict[str, Any]
    lines: tuple[Line, ...]
    answers: tuple[Answer, ...]
    parts: tuple[ReportEdition, ...]
    fingerprint: str

    @property
    def collects(self) -> bool:
        """Return whether the report is made from those of others, be it one that is left after a merger."""
        return any(line.unit.pk != self.unit.pk for line in self.members)


def members_of(asked: Asked, unit: Unit, at: datetime) -> list[PartLine]:
    """Return the units of which a unit tells: of who collects all, else itself and those below it that owe the same report."""
    found = part_lines(asked, asked.duties, at)
    if asked.collector and unit.pk == asked.collector.pk:
        return found
    below = UnitClosure.objects.filter(ancestor=unit, valid_until__isnull=True).values_list("descendant", flat=True)
    within = {unit.pk, *below}
    return [line for line in found if line.unit.pk in within]


def since_of(asked: Asked) -> date:
    """Return the first day of the period: of the slot before this one, else the day on which the document was issued."""
    document = asked.document
    begun = document.issued_on or min(local_date(duty.opened_at) for duty in asked.duties)
    before = Duty.objects.filter(document=document, task__order=asked.order, series__isnull=False, slot__lt=asked.slot)
    last = before.order_by("-slot").values_list("slot", flat=True).first()
    return max(last, begun) if last else begun


def gather(asked: Asked, unit: Unit, at: datetime, mark: Mark) -> Gathered:
    """Return what a report of a unit tells up to a mark."""
    members = members_of(asked, unit, at)
    alone = len(members) < 2 and not (asked.collector and asked.collector.pk == unit.pk)
    parts = [] if alone else _parts(members, unit)
    covered = {part.report_id for part in parts}
    live = [
        line.unit for line in members
        if line.unit.pk == unit.pk or line.own.edition is None or line.own.edition.report_id not in covered
    ]  # fmt: skip
    if unit.pk not in {line.unit.pk for line in members}:
        live.append(unit)
    filters = figures.question(
        asked.document.public_id, [one.public_id for one in live], without=asked.order.public_id if asked.order else None,
        since=since_of(asked), until=asked.slot, at=at, mark=mark,
    )  # fmt: skip
    question = filters.to_json() | _told(parts)
    lines = tuple(united(filters, parts, at))
    answers = tuple(core.answers(lines, question))
    fingerprint = core.fingerprint(lines, question)
    return Gathered(asked, unit, at, tuple(members), question, lines, answers, tuple(parts), fingerprint)


def _parts(members: Sequence[PartLine], unit: Unit) -> list[ReportEdition]:
    """Return the sent editions of the other units, and of the units from which any of them inherited."""
    keys: dict[int, None] = {}
    for line in members:
        if line.unit.pk != unit.pk and line.own.edition:
            keys[line.own.edition.pk] = None
        for _, sent in line.before:
            if sent.edition:
                keys[sent.edition.pk] = None
    found = ReportEdition.objects.select_related("report__unit").in_bulk(list(keys))
    return [found[key] for key in sorted(found)]


def _told(parts: Sequence[ReportEdition]) -> dict[str, Any]:
    if not parts:
        return {}
    rows = sorted((str(part.public_id), part.watermark, part.fingerprint) for part in parts)
    return {"parts": [{"edition": key, "watermark": mark, "fingerprint": digest} for key, mark, digest in rows]}


def united(filters: Filters, parts: Sequence[ReportEdition], at: datetime) -> list[Line]:
    """Return the lines of frozen parts and of the ledger for the other units, each duty once, under the unit of the day."""
    taken = [(part.watermark, [Line.from_json(row) for row in part.lines]) for part in parts]
    taken.append((filters.watermark, figures.lines(filters)))
    found = core.merged(taken)
    heirs = _heirs({line.unit for line in found}, local_date(at))
    return [replace(line, unit=heirs.get(line.unit, line.unit)) for line in found]


def _heirs(units: set[str], on: date) -> dict[str, str]:
    """Return for the units that have ended who inherits from them, by public ids."""
    keys = dict(Unit.objects.filter(public_id__in=units).values_list("pk", "public_id"))
    heirs = successions.replaced(list(keys), on)
    names = dict(Unit.objects.filter(pk__in=set(heirs.values())).values_list("pk", "public_id"))
    return {str(keys[old]): str(names[new]) for old, new in heirs.items()}
