"""The pages of reports: one collection with who has sent, one report with its text and figures, the list of collections."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from kycuong.core.calendars import local_date
from kycuong.core.duties import last_date
from kycuong.core.errors import NotVisible
from kycuong.core.lateness import days_late, days_left
from kycuong.core.reports import Block
from kycuong.core.tasks import LIFECYCLE
from kycuong.models import Report, ReportEdition, Unit
from kycuong.queries import calendars, figures, scope
from kycuong.queries.reports.collections import Asked, CollectionLine, PartLine, asked, collections, part_lines, reports
from kycuong.queries.reports.gathering import gather
from kycuong.queries.reports.outlining import head_of, outline, texts_of
from kycuong.queries.reports.seeing import must_see, readable, sees_all_of

BACK, AHEAD = timedelta(days=45), timedelta(days=70)


@dataclass(frozen=True, slots=True)
class Due:
    """By when a collection is due: working days left, or late; the last day."""

    due_at: datetime
    last_on: date
    left: int | None
    late: int


def due_of(due_at: datetime, at: datetime) -> Due:
    """Return how long is left until a due date."""
    calendar = calendars.current()
    last = last_date(due_at)
    if not (calendar.covers(last) and calendar.covers(local_date(at))):
        return Due(due_at, last, None, 0)
    if at >= due_at:
        return Due(due_at, last, None, days_late(at, due_at, calendar))
    return Due(due_at, last, days_left(at, due_at, calendar), 0)


@dataclass(frozen=True, slots=True)
class ListLine:
    """One collection in the list with how long is left."""

    line: CollectionLine
    due: Due
    missing: int


def listed(who: scope.Actor, at: datetime, year: int | None = None) -> list[ListLine]:
    """Return the collections of a year, or those around today, the earliest first."""
    today = local_date(at)
    first, last = (date(year, 1, 1), date(year, 12, 31)) if year else (today - BACK, today + AHEAD)
    return [ListLine(one, due_of(one.due_at, at), one.units - one.sent) for one in collections(who, first, last)]


@dataclass(frozen=True, slots=True)
class CollectionPage:
    """One collection: what is asked, of whom, what came, what this person may do."""

    asked: Asked
    name: str
    due: Due | None
    lines: list[PartLine]
    counts: dict[str, int]
    sent: int
    missing: list[PartLine]
    late: int
    collector_report: Report | None
    issued: ReportEdition | None
    merged: ReportEdition | None
    may_chase: bool
    may_merge: bool
    sees_all: bool


def collection(who: scope.Actor, key: UUID, slot: date, at: datetime) -> CollectionPage:
    """Return the page of a collection; who does not oversee it sees the reports of the own units. Raises: NotVisible."""
    one = asked(key, slot, local_date(at))
    everything = sees_all_of(who, one)
    duties = list(one.duties)
    if not everything:
        seen = set(scope.visible_duties(who).filter(pk__in=[duty.pk for duty in duties]).values_list("pk", flat=True))
        duties = [duty for duty in duties if duty.pk in seen]
    if not duties:
        raise NotVisible("collection_not_visible")
    lines = part_lines(one, duties, at)
    unit = one.collector
    report = _collector_report(one, lines)
    editions = list(report.editions.defer("lines", "content").order_by("no")) if report else []
    return CollectionPage(
        asked=one,
        name=_name(one),
        due=due_of(one.due_at, at) if one.due_at else None,
        lines=lines,
        counts=dict(Counter(line.state for line in lines)),
        sent=sum(line.is_sent for line in lines),
        missing=[line for line in lines if not line.is_sent],
        late=sum(bool(line.is_sent and line.own.duty.late_working_days) for line in lines),
        collector_report=report,
        issued=next((edition for edition in reversed(editions) if edition.sent_at), None),
        merged=editions[-1] if editions else None,
        may_chase=scope.chases(who, unit.pk if unit else None),
        may_merge=bool(unit and scope.collects(who, unit.pk)) and _may_write(who, one, lines, unit),
        sees_all=everything,
    )


def _name(one: Asked) -> str:
    kind = one.document.doc_type or "Văn bản"
    return f"{kind} {one.document}"


def _collector_report(one: Asked, lines: list[PartLine]) -> Report | None:
    unit = one.collector
    if unit is None:
        return None
    line = next((line for line in lines if line.unit.pk == unit.pk), None)
    if line:
        return line.own.report
    return Report.objects.filter(key=one.key, slot=one.slot, unit=unit, duty__isnull=True).first()


def _may_write(who: scope.Actor, one: Asked, lines: list[PartLine], unit: Unit | None) -> bool:
    line = next((line for line in lines if unit and line.unit.pk == unit.pk), None)
    if line is None:
        return scope.collects(who, unit.pk if unit else None)
    return not line.is_sent and scope.writes_report(who, line.own.duty)


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One report: its head and blocks, live or as frozen, what of it was frozen before, what this person may do."""

    asked: Asked
    name: str
    unit: Unit
    line: PartLine | None
    report: Report | None
    due: Due | None
    head: dict[str, str]
    blocks: list[Block]
    edition: ReportEdition | None
    frozen: bool
    editions: list[ReportEdition]
    taken_into: list[ReportEdition]
    collects: bool
    may_write: bool
    may_submit: bool
    may_send: bool
    may_receive: bool
    act_seq: int | None


def report(who: scope.Actor, key: UUID, slot: date, unit: UUID, at: datetime) -> ReportPage:
    """Return the page of a unit's report: what was sent as it was frozen, else with the numbers of now. Raises: NotVisible."""
    one = asked(key, slot, local_date(at))
    row = Unit.objects.filter(public_id=unit).first()
    lines = part_lines(one, one.duties, at)
    line = next((found for found in lines if row and found.unit.pk == row.pk), None)
    collecting = bool(one.collector and row and one.collector.pk == row.pk)
    if row is None or (line is None and not collecting):
        raise NotVisible("report_not_visible")
    must_see(who, one, line, row)
    kept = line.own.report if line else _collector_report(one, lines)
    made = kept.editions.select_related("made_by", "file").defer("lines").order_by("-no") if kept else ()
    own, editions = readable(who, row.pk, line, made)
    edition = shown(line, editions)
    if edition:
        head, blocks = edition.content["head"], edition.content["blocks"]
    else:
        head, blocks = _live(one, row, texts_of(kept, line) if own else {}, at)
    sent = bool(edition and edition.sent_at) or bool(line and line.is_sent)
    acts = _acts(who, line, row, sent=sent)
    return ReportPage(
        asked=one, name=_name(one), unit=row, line=line, report=kept, due=due_of(one.due_at, at) if one.due_at else None,
        head=head, blocks=blocks, edition=edition, frozen=edition is not None, editions=editions,
        taken_into=_taken_into(edition), collects=collecting, act_seq=line.own.duty.act_seq if line else None,
        may_receive=bool(line and line.state == "sent" and not collecting and one.collector
                         and scope.collects(who, one.collector.pk)), **acts,
    )  # fmt: skip


def shown(line: PartLine | None, editions: list[ReportEdition]) -> ReportEdition | None:
    """Return the edition that a page shows: the one that was sent, or that lies submitted; a draft shows the numbers of now."""
    if line and line.state not in {"sent", "received", "submitted"}:
        return None
    if line is None:
        return next((edition for edition in editions if edition.sent_at), None)
    return editions[0] if editions else None


def address_of(duty: UUID) -> tuple[UUID, date, UUID] | None:
    """Return where the report of a duty has its place: key, slot, unit of the day; None when the duty is no report."""
    names = ("task__order__public_id", "document__public_id", "slot", "holder_unit__public_id")
    row = reports().filter(public_id=duty).values_list(*names).first()
    return (row[0] or row[1], row[2], row[3]) if row and row[2] and (row[0] or row[1]) else None


def _live(one: Asked, unit: Unit, texts: dict[str, str], at: datetime) -> tuple[dict[str, str], list[Block]]:
    gathered = gather(one, unit, at, figures.newest())
    return head_of(gathered).to_json(), outline(gathered, texts)


def _acts(who: scope.Actor, line: PartLine | None, unit: Unit, *, sent: bool) -> dict[str, Any]:
    if sent:
        return {"may_write": False, "may_submit": False, "may_send": False}
    if line is None:
        return {"may_write": scope.collects(who, unit.pk), "may_submit": False, "may_send": who.leads(unit.pk)}
    duty = line.own.duty
    writes = scope.writes_report(who, duty)
    known = scope.facts(duty)
    may = {f"may_{act}": scope.permits(who, duty, LIFECYCLE.row(act), known) for act in ("submit", "send")}
    return {"may_write": writes, **may}


def _taken_into(edition: ReportEdition | None) -> list[ReportEdition]:
    if edition is None:
        return []
    rows = edition.taken_into.select_related("edition__report__unit").defer("edition__lines", "edition__content")
    return [row.edition for row in rows.order_by("edition")]
