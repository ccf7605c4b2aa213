"""What a document would lay on the units, before it is issued: tasks, reports on one day, what is asked again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count

from kycuong.core.calendars import local_date
from kycuong.models import Document, Duty, Order, OrderParty, Unit
from kycuong.models.directives import OrderStatus, Term
from kycuong.models.duties import Phase
from kycuong.queries import scope
from kycuong.queries.addressees import Directory, directory
from kycuong.queries.burden.repeats import CLOSE_DAYS, Merger, Repeat, mergers, repeats
from kycuong.queries.burden.reports import Clash, Report, clashes, days_of, in_ledger, is_report, last_day
from kycuong.queries.comparisons.charging import charge_of

REPORT_ON_ALL = "Báo cáo kết quả thực hiện các nhiệm vụ thường xuyên"
#: The days and the units that a page names; the numbers beside them are whole.
SHOWN_DAYS, SHOWN_UNITS = 12, 400


@dataclass(frozen=True, slots=True)
class UnitWeight:
    """What one unit would carry: what it has open now, what comes, together."""

    public_id: UUID
    name: str
    now: int
    added: int

    @property
    def after(self) -> int:
        """Return how many would be open after issuing."""
        return self.now + self.added


@dataclass(frozen=True, slots=True)
class Burden:
    """What issuing a document would lay on the units."""

    public_id: UUID
    code: str
    orders: int
    tasks: int
    units: list[UnitWeight]
    reports: list[Report]
    clashes: list[Clash]
    repeats: list[Repeat]
    mergers: list[Merger]

    @property
    def most(self) -> int:
        """Return the most tasks that one unit would get."""
        return max((unit.added for unit in self.units), default=0)

    def to_json(self) -> dict[str, Any]:
        """Return the plain form that the command prints."""
        return {
            "document": {"public_id": str(self.public_id), "code": self.code},
            "orders": self.orders, "tasks": self.tasks, "units_charged": len(self.units),
            "most_tasks_of_a_unit": self.most,
            "units": [{"name": one.name, "now": one.now, "added": one.added, "after": one.after} for one in self.units],
            "same_day": [
                {
                    "date": one.on.isoformat(), "units": one.units, "most_reports_of_a_unit": one.most,
                    "reports": [{"text": _line(report.text), "document": report.code or None} for report in one.reports],
                }
                for one in self.clashes
            ],
            "asked_again": [
                {
                    "order": one.no, "text": _line(one.text), "other": _line(one.other), "document": one.code,
                    "document_id": str(one.document), "units": one.units, "score": one.score,
                }
                for one in self.repeats
            ],
            "merge": [
                {
                    "reports": [_line(one.first.text), _line(one.second.text)],
                    "documents": [one.first.code or self.code, one.second.code or self.code],
                    "units": one.units, "by": one.on.isoformat(),
                }
                for one in self.mergers
            ],
        }  # fmt: skip


def _line(text: str) -> str:
    return " ".join(text.split())


def burden(who: scope.Actor | None, public_id: UUID, at: datetime, *, report_rrule: str = "") -> Burden:
    """Return what a document would lay on the units with the report cycle chosen (a fixed number of queries).

    Of a document issued already, what it laid on them. Raises: NotVisible, NotAllowed.
    """
    document = scope.document_to_review(who, public_id) if who else Document.objects.get(public_id=public_id)
    on = local_date(at)
    names = directory(on)
    orders = list(
        Order.objects.filter(document=document).exclude(status=OrderStatus.DROPPED).order_by("start", "id")
        .prefetch_related("parties")
    )  # fmt: skip
    charged = [_units(order, names) for order in orders]
    duties = scope.visible_duties(who) if who else Duty.objects.all()
    cycle = document.report_rrule or report_rrule
    whole = _owing_report(orders, charged) if cycle else frozenset()
    new = _reports(orders, charged, on, cycle, whole)
    days = {day for one in new for day in one.days}
    everybody = sorted(frozenset().union(*charged)) if charged else []
    known = in_ledger(duties, document, everybody, _around(new, days), on) if new else []
    added = _added(orders, charged, whole)
    return Burden(
        public_id=document.public_id,
        code=str(document),
        orders=len(orders),
        tasks=added.total(),
        units=_weights(duties, document, added),
        reports=new,
        clashes=clashes(new, known),
        repeats=repeats(duties, document, [charge_of(order) for order in orders], charged),
        mergers=mergers(new, known),
    )


def _units(order: Order, names: Directory) -> frozenset[int]:
    """Return the units that an order charges, as issuing would."""
    found: set[int] = set()
    for party in order.parties.all():
        if party.role != OrderParty.Role.LEAD:
            continue
        if party.unit_id and party.unit_id in names.names:
            found.add(party.unit_id)
        elif party.group:
            found |= set(names.members(party.group))
    return frozenset(found)


def _owing_report(orders: Sequence[Order], charged: Sequence[frozenset[int]]) -> frozenset[int]:
    """Return the units that would owe the one report on their standing orders, as issuing would open it."""
    clockless, periodic = set[int](), set[int]()
    for order, units in zip(orders, charged, strict=True):
        if order.kind == Term.PERIODIC:
            periodic |= units
        elif order.kind != Term.DATED:
            clockless |= units
    return frozenset(clockless - periodic)


def _reports(
    orders: Sequence[Order], charged: Sequence[frozenset[int]], on: date, cycle: str, whole: frozenset[int]
) -> list[Report]:
    found = []
    for order, units in zip(orders, charged, strict=True):
        days: tuple[date, ...] = ()
        if order.kind == Term.PERIODIC:
            days = days_of(order.rrule, order.bound, on)
        elif order.kind == Term.DATED and order.deadline_on and is_report(order.text, order.product):
            days = (last_day(order.deadline_on, order.bound),)
        if days and units:
            found.append(Report(order.text, days, units, order.rrule, order=order.public_id))
    if whole:
        found.append(Report(REPORT_ON_ALL, days_of(cycle, "by", on), whole, cycle, whole=True))
    return found


def _around(new: Sequence[Report], days: set[date]) -> set[date]:
    """Return the days on which a report of the ledger matters: those of the new ones, and near them for merging."""
    first = {min(one.days) for one in new if one.days} | {max(one.days) for one in new if one.days}
    return days | {day + timedelta(days=step) for day in first for step in range(-CLOSE_DAYS, CLOSE_DAYS + 1)}


def _added(orders: Sequence[Order], charged: Sequence[frozenset[int]], whole: frozenset[int]) -> Counter[int]:
    """Return how many duties issuing would open at each unit: of a periodic one the current and the next."""
    found: Counter[int] = Counter()
    for order, units in zip(orders, charged, strict=True):
        for unit in units:
            found[unit] += 2 if order.kind == Term.PERIODIC else 1
    for unit in whole:
        found[unit] += 2
    return found


def _weights(duties: Any, document: Document, added: Counter[int]) -> list[UnitWeight]:
    """Return the units with what they have open now and what comes, the heaviest first (two queries)."""
    rows = (
        duties.filter(kind="task", holder_unit__in=list(added)).exclude(phase=Phase.CLOSED).exclude(document=document)
    )
    now = dict(rows.order_by().values("holder_unit").annotate(n=Count("pk")).values_list("holder_unit", "n"))
    found = [
        UnitWeight(unit.public_id, unit.name, now.get(unit.pk, 0), added[unit.pk])
        for unit in Unit.objects.filter(pk__in=list(added))
    ]
    return sorted(found, key=lambda one: (-one.after, one.name))
