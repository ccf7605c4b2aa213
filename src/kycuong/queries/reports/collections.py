"""One collection: a slot of a report that a document asks for, of all units that owe it; who has sent, who has not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet

from kycuong.core.calendars import local_date
from kycuong.core.duties import APART
from kycuong.core.errors import NotVisible
from kycuong.models import Document, Duty, DutyEvent, Order, Report, ReportEdition, TaskResult, Unit
from kycuong.queries import scope, successions
from kycuong.queries.addressees import directory
from kycuong.queries.org import valid_on

#: An order asks for a report when it says so; beside it the report on a whole document, which has no order.
_SAYS_REPORT = (
    Q(task__order__text__contains="báo cáo") | Q(task__order__text__contains="Báo cáo")
    | Q(task__order__product__icontains="báo cáo")
)  # fmt: skip
#: The group of units under which a synthesis lists one, by its kind.
_GROUPS = {
    "office": "Sở, ban, ngành", "department": "Sở, ban, ngành", "public_service": "Đơn vị sự nghiệp công lập",
    "vertical": "Cơ quan ngành dọc", "party": "Cơ quan Đảng, đoàn thể", "mass": "Cơ quan Đảng, đoàn thể",
    "council": "Hội đồng nhân dân", "commune": "UBND cấp xã",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What one collection asks: by which document and order, for which slot, who collects."""

    key: UUID
    slot: date
    document: Document
    order: Order | None
    collector: Unit | None
    duties: tuple[Duty, ...]

    @property
    def clause(self) -> str:
        """Return the words that ask for the report."""
        return " ".join(self.order.text.split()) if self.order else ""

    @property
    def due_at(self) -> datetime | None:
        """Return by when the reports are due: the latest of the units', which differ only after an extension."""
        return max((duty.due_at for duty in self.duties if duty.due_at), default=None)


@dataclass(frozen=True, slots=True)
class Sent:
    """What one report duty has come to: its state, the report, the edition that was sent, the file."""

    duty: Duty
    state: str
    report: Report | None
    edition: ReportEdition | None
    result: TaskResult | None

    @property
    def sent_at(self) -> datetime | None:
        """Return when the report went out, None while it has not."""
        return self.duty.answered_at or self.duty.closed_at if self.state in SENT else None


SENT = frozenset({"sent", "received"})


@dataclass(slots=True)
class PartLine:
    """One unit of a collection: the report that it owes, and what the units from which it inherited have sent or owe."""

    unit: Unit
    own: Sent
    before: list[tuple[str, Sent]] = field(default_factory=list)
    chased_at: datetime | None = None
    chased: int = 0

    @property
    def state(self) -> str:
        """Return where the unit's report stands."""
        return self.own.state

    @property
    def is_sent(self) -> bool:
        """Return whether the report went out."""
        return self.own.state in SENT

    @property
    def group(self) -> str:
        """Return the heading under which the unit stands."""
        return _GROUPS.get(self.unit.kind, "Đơn vị khác")


def reports() -> QuerySet[Duty]:
    """Return the periodic report duties of the ledger."""
    return Duty.objects.filter(_SAYS_REPORT | Q(task__order__isnull=True), kind="task", series__isnull=False)


def of_key(key: UUID, slot: date) -> QuerySet[Duty]:
    """Return the report duties of one collection; taken-off ones owe nothing."""
    order = Order.objects.filter(public_id=key, kind="periodic").values_list("pk", "document").first()
    if order:
        found = Duty.objects.filter(document=order[1], task__order=order[0])
    else:
        found = Duty.objects.filter(document__public_id=key, task__order__isnull=True)
    return found.filter(slot=slot, kind="task", series__isnull=False).exclude(outcome__in=APART)


def asked(key: UUID, slot: date, on: date) -> Asked:
    """Return one collection. Raises: NotVisible when there is none."""
    beside = ("holder_unit", "holder_officer", "holder_post", "document", "task__order")
    duties = tuple(of_key(key, slot).select_related(*beside).order_by("holder_unit__name", "id"))
    if not duties or duties[0].document is None:
        raise NotVisible("collection_not_visible")
    document, order = duties[0].document, duties[0].task.order
    return Asked(key, slot, document, order, collector(document, order, on), duties)


def of_duty(duty: Duty, on: date) -> Asked:
    """Return the collection to which a report duty belongs. Raises: NotVisible when it is no report."""
    order = duty.task.order if hasattr(duty, "task") else None
    key = order.public_id if order else duty.document.public_id if duty.document else None
    if key is None or duty.slot is None or not reports().filter(pk=duty.pk).exists():
        raise NotVisible("collection_not_visible")
    return asked(key, duty.slot, on)


def collector(document: Document, order: Order | None, on: date) -> Unit | None:
    """Return the unit through which the reports go: as the order prints it, else who follows the document; or its successor."""
    printed = [order.channel] if order else []
    if not order:  # the report on a whole document goes where its own orders say
        printed = list(Order.objects.filter(document=document).exclude(channel="").values_list("channel", flat=True))
    names = directory(on)
    found = [one.unit_id for text in printed if text for one in names.resolve(text, document.issued_on)]
    unit = next((pk for pk in found if pk), None) or document.follower_unit_id or document.giver_unit_id
    if unit is None:
        return None
    return Unit.objects.get(pk=successions.replaced([unit], on).get(unit, unit))


def states(duties: Collection[Duty]) -> dict[int, Sent]:
    """Return what each report duty has come to (three queries)."""
    keys = [duty.pk for duty in duties]
    results: dict[int, TaskResult] = {}
    for result in TaskResult.objects.filter(task__duty__in=keys).select_related("task", "file").order_by("attempt"):
        results[result.task.duty_id] = result
    found = {report.duty_id: report for report in Report.objects.filter(duty__in=keys)}
    editions: dict[int, ReportEdition] = {}
    rows = ReportEdition.objects.filter(report__duty__in=keys, sent_at__isnull=False).defer("lines", "content")
    for edition in rows.order_by("no"):
        editions[edition.report_id] = edition
    return {duty.pk: _sent(duty, found.get(duty.pk), editions, results.get(duty.pk)) for duty in duties}


def _sent(duty: Duty, report: Report | None, editions: Mapping[int, ReportEdition], result: TaskResult | None) -> Sent:
    edition = editions.get(report.pk) if report else None
    state = _state(duty, report, result)
    return Sent(duty, state, report, edition if state in SENT else None, result)


def _state(duty: Duty, report: Report | None, result: TaskResult | None) -> str:
    """Return where a report stands: derived from its duty and the last attempt, never stored."""
    if duty.phase == "closed":
        return "received"
    if duty.phase == "answered":
        return "received" if report and report.received_at else "sent"
    if result and result.sent_at is None and result.prepared_at:
        return "submitted"
    if result and result.verdict == "sent_back":
        return "sent_back"
    return "draft" if report else "none"


def part_lines(one: Asked, duties: Collection[Duty], at: datetime) -> list[PartLine]:
    """Return the units of a collection by group and name; a unit that has ended stands under its successor."""
    on = local_date(at)
    heirs = successions.replaced({duty.holder_unit_id for duty in duties}, on)
    units = Unit.objects.in_bulk(set(heirs.values()))
    firsts = _first_holders(duties)
    old_names = dict(Unit.objects.filter(pk__in=set(firsts.values())).values_list("pk", "name"))
    sent = states(duties)
    chased = _chased(duties)
    by_unit: dict[int, list[Duty]] = defaultdict(list)
    for duty in duties:
        by_unit[heirs.get(duty.holder_unit_id, duty.holder_unit_id)].append(duty)
    found = []
    for unit_id, owed in by_unit.items():
        owed.sort(key=lambda duty: (firsts.get(duty.pk, unit_id) != unit_id, duty.phase != "open", duty.pk))
        own, *others = owed
        unit = units.get(unit_id) or own.holder_unit
        line = PartLine(
            unit, sent[own.pk], [(old_names.get(firsts.get(duty.pk, 0), ""), sent[duty.pk]) for duty in others]
        )
        if firsts.get(own.pk, unit_id) != unit_id:
            line.before.insert(0, (old_names[firsts[own.pk]], sent[own.pk]))
        line.chased_at, line.chased = chased.get(own.pk, (None, 0))
        found.append(line)
    order = list(dict.fromkeys(_GROUPS.values()))
    return sorted(found, key=lambda line: (order.index(line.group) if line.group in order else 99, line.unit.name))


def _first_holders(duties: Iterable[Duty]) -> dict[int, int]:
    """Return the unit that was charged with each duty, where another inherited it since."""
    rows = DutyEvent.objects.filter(duty__in=[duty.pk for duty in duties], act="succeed").order_by("-id")
    found = {
        duty: data["from"] for duty, data in rows.values_list("duty", "data") if data.get("from") != data.get("to")
    }
    return found | {duty.pk: duty.holder_unit_id for duty in duties if duty.pk not in found}


def _chased(duties: Iterable[Duty]) -> dict[int, tuple[datetime, int]]:
    rows = DutyEvent.objects.filter(duty__in=[duty.pk for duty in duties], act="chase_report").values("duty")
    return {row["duty"]: (row["last"], row["n"]) for row in rows.annotate(last=Max("at"), n=Count("id"))}


def ended_units(duties: Iterable[Duty], on: date) -> set[int]:
    """Return the units that hold one of these duties and are no longer in force."""
    held = {duty.holder_unit_id for duty in duties}
    return held - set(Unit.objects.filter(valid_on(on), pk__in=held).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class CollectionLine:
    """One collection in the list: what is asked, by when, how many owe it and how many have sent."""

    key: UUID
    slot: date
    document_code: str
    document_type: str
    document_id: UUID
    subject: str
    clause: str
    due_at: datetime
    units: int
    sent: int


def collections(who: scope.Actor, first: date, last: date) -> list[CollectionLine]:
    """Return the collections with slots between two days of which the person sees a report, the earliest first."""
    rows = (
        scope.visible_duties(who).filter(pk__in=reports().filter(slot__gte=first, slot__lte=last).values("pk"))
        .exclude(outcome__in=APART).order_by()
        .values(
            "slot", "document__public_id", "document__number", "document__symbol", "document__doc_type", "document__subject",
            "task__order__public_id", "task__order__text",
        )
        .annotate(n=Count("pk"), done=Count("pk", filter=~Q(phase="open")), due=Min("due_at"))
    )  # fmt: skip
    found = [
        CollectionLine(
            row["task__order__public_id"] or row["document__public_id"], row["slot"],
            f"{row['document__number']}/{row['document__symbol']}" if row["document__number"] else "", row["document__doc_type"],
            row["document__public_id"], row["document__subject"], " ".join((row["task__order__text"] or "").split()), row["due"],
            row["n"], row["done"],
        )
        for row in rows
        if row["slot"]
    ]  # fmt: skip
    return sorted(found, key=lambda line: (line.slot, line.document_code, str(line.key)))
