"""From what was gathered to the blocks of a report: orders, tasks with their results, what hinders, what people wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from kycuong.core import reports as core
from kycuong.core.calendars import local_date
from kycuong.core.duties import State, last_date
from kycuong.core.figures import Line
from kycuong.core.report_clauses import recipient_of, subject_of
from kycuong.core.report_targets import TargetFact
from kycuong.core.reports import Block, Head, Hindrance, OrderFact, TaskFact, UnitFact
from kycuong.models import Duty, Order, Proposal, Report, TargetActual, TaskResult, Unit
from kycuong.queries.reports.collections import PartLine, Sent
from kycuong.queries.reports.gathering import Gathered


def head_of(found: Gathered) -> Head:
    """Return what stands above the report."""
    asked = found.asked
    document = asked.document
    kind = document.doc_type or "Văn bản"
    name = f"{kind} số {document}" if document.number else str(document)
    if document.number and document.issued_on:
        name += f" ngày {document.issued_on:%d/%m/%Y}"
    giver = document.giver_unit.name if document.giver_unit else document.issuer
    collecting = bool(asked.collector and asked.collector.pk == found.unit.pk)
    return Head(
        document=name,
        subject=subject_of(asked.clause, name),
        clause=asked.clause,
        to=recipient_of(asked.clause, giver),
        via="" if collecting or asked.collector is None else asked.collector.name,
        unit=found.unit.name,
        since=date.fromisoformat(found.filters["since"]),
        as_of=local_date(found.at),
    )


def outline(found: Gathered, texts: Mapping[str, str]) -> list[Block]:
    """Return the blocks of a report."""
    head, orders = head_of(found), _orders(found)
    hindrances = _hindrances(
        {line.duty for line in found.lines if line.obstacles or line.suggestions or line.unanswered},
        of_several=found.collects,
    )
    if found.collects:
        return core.of_collector(head, found.answers, orders, _units(found), hindrances, texts, _targets(found.lines))
    return core.of_unit(head, found.answers, orders, _tasks(found.lines), hindrances, texts, _targets(found.lines))


def _targets(lines: Iterable[Line]) -> list[TargetFact]:
    """Return the targets that the lines carry, each with its unit and the source of its number, in the order of the orders."""
    aimed = [line for line in lines if line.targets and line.state is not State.APART]
    if not aimed:
        return []
    units = Unit.objects.filter(public_id__in={line.unit for line in aimed})
    names = {str(key): name for key, name in units.values_list("public_id", "name")}
    said = {UUID(one.said) for line in aimed for one in line.targets if one.said}
    values = TargetActual.objects.filter(public_id__in=said).select_related("source", "file")
    sources = {str(one.public_id): _source(one) for one in values}
    found = [
        TargetFact(line.order, names.get(line.unit, ""), one, sources.get(one.said, ""))
        for line in aimed
        for one in line.targets
    ]
    places = dict(
        Order.objects.filter(public_id__in={line.order for line in aimed if line.order}).values_list(
            "public_id", "start"
        )
    )
    by_order = {str(key): place for key, place in places.items()}
    return sorted(found, key=lambda one: (by_order.get(one.order, 0), one.aim.name, one.unit))


def _source(value: TargetActual) -> str:
    """Return where a value is from: what was said of it, else the name of the file."""
    words = core.title_of(value.source.text, 90) if value.source else ""
    return words or (value.file.name if value.file else "")


def _orders(found: Gathered) -> list[OrderFact]:
    """Return the orders of the document that charge somebody of whom the report tells, in the order printed."""
    keys = {line.order for line in found.lines if line.order}
    rows = Order.objects.filter(public_id__in=keys).order_by("start", "id")
    return [
        OrderFact(str(row.public_id), "" if row.path == "end" else row.path, core.title_of(row.text)) for row in rows
    ]


def _tasks(lines: Iterable[Line]) -> list[TaskFact]:
    by_duty = {UUID(line.duty): line for line in lines}
    results = _results(by_duty)
    rows = (
        Duty.objects.filter(public_id__in=by_duty).order_by("due_at", "id").values_list("public_id", "title", "due_at")
    )
    return [
        TaskFact(
            str(key), by_duty[key].order, core.title_of(title), by_duty[key].state, last_date(due_at) if due_at else None,
            tuple(results[key]), by_duty[key].late,
        )
        for key, title, due_at in rows
    ]  # fmt: skip


def _results(duties: Collection[UUID]) -> dict[UUID, list[str]]:
    """Return the result documents that were sent for each duty, as officials cite them."""
    rows = TaskResult.objects.filter(task__duty__public_id__in=duties, sent_at__isnull=False).exclude(
        verdict="sent_back"
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    names = ("task__duty__public_id", "number", "symbol", "signed_on", "sent_at")
    for key, number, symbol, signed_on, sent_at in rows.order_by("attempt").values_list(*names):
        code = f"số {number}/{symbol}" if number else "gửi"
        found[key].append(f"văn bản {code} ngày {signed_on or local_date(sent_at):%d/%m/%Y}")
    return found


def _hindrances(duties: Collection[str], *, of_several: bool) -> list[Hindrance]:
    """Return the obstacles and suggestions put to the giver about these duties, those without an answer first."""
    rows = Proposal.objects.filter(about__public_id__in=duties, kind__in=["obstacle", "suggestion"]).exclude(
        outcome="withdrawn"
    )
    found = [
        Hindrance(
            row.kind,
            f"{row.about.holder_unit.name}: {row.about.title}" if of_several else row.about.title,
            row.reason.text if row.reason else "",
            row.answer.text if row.answer else "",
        )
        for row in rows.select_related("about__holder_unit", "reason", "answer").order_by("kind", "id")
    ]
    return sorted(found, key=lambda one: bool(one.answer))


def _units(found: Gathered) -> list[UnitFact]:
    by_unit: dict[str, list[Line]] = defaultdict(list)
    for line in found.lines:
        by_unit[line.unit].append(line)
    return [_unit(found, one, by_unit.get(str(one.unit.public_id), [])) for one in found.members]


def _unit(found: Gathered, one: PartLine, lines: list[Line]) -> UnitFact:
    own = one.unit.pk == found.unit.pk
    sent_at = found.at if own else one.own.sent_at
    return UnitFact(
        key=str(one.unit.public_id),
        name=one.unit.name,
        group=one.group,
        lines=tuple(lines),
        sent_on=local_date(sent_at) if sent_at else None,
        late=(one.own.duty.late_working_days or 0) if one.is_sent else 0,
        edition=str(one.own.edition.public_id) if one.own.edition and not own else "",
        collects=own,
        before=tuple(dict.fromkeys(name for name, sent in one.before if sent.sent_at)),
        texts=_texts(one, own=own),
    )


def _texts(one: PartLine, *, own: bool) -> Mapping[str, str]:
    """Return what a unit wrote in the report that it sent, and what the units from which it inherited wrote in theirs."""
    found = {} if own else _sections(one.own)
    for name, sent in one.before:
        if sent.duty.pk != one.own.duty.pk:
            _add(found, name, _sections(sent))
    return found


def _sections(sent: Sent) -> dict[str, str]:
    return dict(sent.report.sections) if sent.report and sent.edition else {}


def _add(found: dict[str, str], name: str, texts: Mapping[str, str]) -> None:
    """Put what another unit wrote below what stands there, under its name, unless it stands there already."""
    for key, text in texts.items():
        if text.strip() and text.strip() not in found.get(key, ""):
            found[key] = "\n\n".join(part for part in (found.get(key, ""), f"{name}: {text.strip()}") if part)


def texts_of(report: Report | None, line: PartLine | None) -> dict[str, str]:
    """Return what people wrote; where the unit wrote nothing, what the units from which it inherited had begun to write."""
    found = dict(report.sections) if report else {}
    for name, sent in line.before if line else []:
        if sent.report is None or (report and sent.report.pk == report.pk) or sent.edition:
            continue
        _add(found, name, sent.report.sections)
    return found
