"""One programme of work: its lines by quarter with the tasks they became, what waits, what is proposed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kycuong.core.errors import Fact, Invalid
from kycuong.core.programmes import QUARTERS, WHOLE_YEAR
from kycuong.models import DocumentTheme, Programme, ProgrammeLine, Unit
from kycuong.queries import calendars, scope
from kycuong.queries.duties import DutyRow
from kycuong.queries.duties.fetching import lines_by_order
from kycuong.queries.programmes import rights
from kycuong.queries.programmes.progress import Progress, by_quarter


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line; tasks are empty until it is approved."""

    public_id: UUID
    text: str
    lead: str
    lead_printed: str
    participants: str
    participants_printed: str
    term_text: str
    kind: str
    due_on: date | None
    bound: str
    quarter: int
    product: str
    problems: list[Fact]
    source: str
    tasks: list[DutyRow]


@dataclass(frozen=True, slots=True)
class QuarterPart:
    """The approved lines of one quarter (0: the whole year) with their progress."""

    quarter: int
    lines: list[LineRow]
    progress: Progress


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """All that the page of a programme shows."""

    public_id: UUID
    unit_id: UUID
    unit_name: str
    year: int
    state: str
    submitted_at: datetime | None
    approved_at: datetime | None
    returned: str
    themes: list[str]
    quarters: list[QuarterPart]
    total: Progress
    waiting: list[LineRow]
    proposed: list[LineRow]
    documents: list[tuple[UUID, str]]
    may_draft: bool
    may_approve: bool
    partial: bool


def programme(who: scope.Actor, public_id: UUID, at: datetime) -> ProgrammePage:
    """Return a programme that the person sees (a fixed number of queries). Raises: NotVisible."""
    row = rights.to_read(who, public_id)
    lines = list(
        ProgrammeLine.objects.filter(programme=row).exclude(status="dropped")
        .select_related("lead", "division", "order__document").order_by("quarter", "due_on", "id")
    )  # fmt: skip
    made = _lines(who, row, lines, at)
    seen = scope.visible_duties(who).filter(kind="task", task__order__programme_line__programme=row)
    counted = {quarter: progress for (_, quarter), progress in by_quarter(seen, at).items()}
    issued = [(line, made[line.pk]) for line in lines if line.order_id]
    parts = [
        QuarterPart(
            quarter, [shown for line, shown in issued if line.quarter == quarter], counted.get(quarter, Progress())
        )
        for quarter in (*QUARTERS, WHOLE_YEAR)
    ]
    documents = {line.order.document_id: line.order.document for line, _ in issued if line.order}
    belongs = DocumentTheme.objects.filter(document__in=list(documents), ended_at__isnull=True)
    changing = row.state != Programme.State.SUBMITTED
    return ProgrammePage(
        public_id=row.public_id, unit_id=row.unit.public_id, unit_name=row.unit.name, year=row.year, state=row.state,
        submitted_at=row.submitted_at, approved_at=row.approved_at, returned=row.returned.text if row.returned else "",
        themes=sorted(set(belongs.values_list("theme__name", flat=True))),
        quarters=[part for part in parts if part.lines],
        total=sum(counted.values(), Progress()),
        waiting=[made[line.pk] for line in lines if line.status == "kept" and not line.order_id],
        proposed=[made[line.pk] for line in lines if line.status == "proposed"],
        documents=[(one.public_id, one.subject) for one in documents.values()],
        may_draft=changing and rights.drafts(who, row.unit),
        may_approve=not changing and rights.approves(who, row.unit_id),
        partial=not (who.sees_all or row.unit_id in who.body_ids),
    )  # fmt: skip


def _lines(who: scope.Actor, row: Programme, lines: list[ProgrammeLine], at: datetime) -> dict[int, LineRow]:
    orders = [line.order_id for line in lines if line.order_id]
    seen = scope.visible_duties(who).filter(kind="task", task__order__in=orders)
    keys = list(seen.order_by("due_at", "id").values_list("pk", flat=True))
    tasks: dict[UUID | None, list[DutyRow]] = defaultdict(list)
    for order, duty in lines_by_order(keys, at, calendars.current()):
        tasks[order].append(duty)
    named = {unit for line in lines for unit in line.participants}
    names = dict(Unit.objects.filter(pk__in=named).values_list("pk", "name"))
    return {line.pk: _line(line, row, names, tasks[line.order.public_id] if line.order else []) for line in lines}


def _line(line: ProgrammeLine, row: Programme, names: dict[int, str], tasks: list[DutyRow]) -> LineRow:
    holder = line.division or line.lead
    return LineRow(
        public_id=line.public_id, text=line.text, lead=holder.name if holder else "", lead_printed=line.lead_printed,
        participants="; ".join(names.get(unit, "") for unit in line.participants),
        participants_printed=line.participants_printed, term_text=line.term_text, kind=line.kind, due_on=line.due_on,
        bound=line.bound, quarter=line.quarter, product=line.product,
        problems=[Invalid(code, text=text) for code, text in line.problems], source=line.source, tasks=tasks,
    )  # fmt: skip
