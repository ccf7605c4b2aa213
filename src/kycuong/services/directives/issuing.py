"""Issue a reviewed document: one task a charged unit, dated and periodic ones on a clock, each with exactly one lead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from kycuong.core.calendars import local_date
from kycuong.core.errors import Conflict, Invalid
from kycuong.core.limits import due_fixed
from kycuong.core.recurrences import BadRecurrence, next_slot, parse_rule
from kycuong.core.tasks import LIFECYCLE
from kycuong.models import Document, Duty, Order, OrderParty, Task, TaskParticipant
from kycuong.models.directives import OrderStatus, Term
from kycuong.models.documents import DocumentState
from kycuong.queries import calendars, org, scope
from kycuong.queries.addressees import Directory, directory
from kycuong.services import audit, duties, rows, search, targets
from kycuong.services.directives.weighing import Charged, note_reason, weigh
from kycuong.services.transitions import Act, open_many

REPORT_TITLE = "Báo cáo kết quả thực hiện các nhiệm vụ thường xuyên"


@dataclass(slots=True)
class _Draft:
    """A task about to be opened: its duty, the order it comes from, who takes part."""

    duty: Duty
    order: Order | None
    participants: tuple[int, ...] = ()


def duty_of(document: Document, unit_id: int, seat: org.Seat | None, title: str, term: str, at: datetime) -> Duty:
    """Return an unsaved duty of a document for a unit, on its head's desk, without a clock."""
    made = rows.new(
        Duty,
        kind="task",
        title=title,
        giver_unit_id=document.giver_unit_id,
        giver_post_id=document.giver_post_id,
        follower_unit_id=document.follower_unit_id,
        confirmer_unit_id=document.confirmer_unit_id,
        holder_unit_id=unit_id,
        holder_post_id=seat.post_id if seat else None,
        holder_officer_id=seat.officer_id if seat else None,
        term=term,
        anchor_at=at,
    )
    made.document = document
    return made


class _Writer:
    """Build the duties of one document for the heads in office on the day."""

    def __init__(self, document: Document, at: datetime) -> None:
        self.document, self.at = document, at
        self.on = local_date(at)
        self.names: Directory = directory(self.on)
        self.calendars = calendars.everywhere()
        self.heads: dict[int, org.Seat] = {}

    def units(self, parties: Iterable[OrderParty]) -> list[int]:
        """Return the units that parties stand for, each once, in the order printed."""
        found: dict[int, None] = {}
        for party in parties:
            if party.unit_id and party.unit_id in self.names.names:  # one that has ended meanwhile charges nobody
                found[party.unit_id] = None
            elif party.group:
                found |= dict.fromkeys(self.names.members(party.group))
        return list(found)

    def duty(self, unit_id: int, title: str, term: str) -> Duty:
        """Return an unsaved duty of a unit, on its head's desk, without a clock."""
        return duty_of(self.document, unit_id, self.heads.get(unit_id), title, term, self.at)

    def dated(self, unit_id: int, order: Order) -> Duty:
        """Return a duty of a dated order on its clock."""
        made = self.duty(unit_id, title_of(order), Term.DATED)
        assert order.deadline_on is not None
        self.wind(made, order.deadline_on, order.bound)
        return made

    def wind(self, made: Duty, on: date, bound: str) -> None:
        """Set the clock of a duty to a fixed date."""
        made.bound = bound or "by"
        calendar = self.calendars.of(made.holder_unit_id)  # reminders come in the hours of who is reminded
        end = due_fixed(on, "before" if made.bound == "before" else "by", calendar, source=str(self.document))
        duties.wind(made, end, calendar, self.at)

    def occurrences(self, unit_id: int, title: str, rrule: str, bound: str) -> list[Duty]:
        """Return the current and the next occurrence of a periodic duty."""
        series, made = uuid4(), []
        slot = next_slot(rrule, self.on)
        for _ in range(2):
            one = self.duty(unit_id, title, Term.PERIODIC)
            one.series, one.slot = series, slot
            self.wind(one, slot, bound)
            made.append(one)
            slot = next_slot(rrule, slot)
        return made


def title_of(order: Order) -> str:
    """Return an order's words as a title of one line."""
    words = " ".join(order.text.split())
    return words if len(words) <= 300 else words[:297].rsplit(" ", 1)[0] + "…"


def issue(*, actor: scope.Actor, at: datetime, document: UUID, report_rrule: str = "", why: str | None = None) -> int:
    """Issue the orders of a document and return how many tasks were opened; binding at once.

    `report_rrule` is the cycle of the one report that answers a unit's standing orders ("" for none); `why` the reason for
    charging another unit than the registry names, None where nobody asks for one.
    Raises: NotVisible, NotAllowed, Conflict when somebody issued it meanwhile, Invalid.
    """
    row = scope.document_to_review(actor, document)
    _check_rule(report_rrule)
    return issue_orders(actor, at, row, report_rrule, why)


def issue_orders(
    actor: scope.Actor, at: datetime, row: Document, report_rrule: str = "", why: str | None = None
) -> int:
    """Issue the orders of a document for whoever may, as a storey above has asked; return how many tasks were opened.

    Raises: Conflict, Invalid.
    """
    with transaction.atomic():
        changed = (
            Document.objects.filter(pk=row.pk)
            .exclude(state=DocumentState.ISSUED)
            .update(state=DocumentState.ISSUED, issued_at=at, report_rrule=report_rrule)
        )
        if not changed:
            raise Conflict("document_moved_meanwhile", state=DocumentState.ISSUED.label)
        row.refresh_from_db()
        if row.giver_post_id is None:
            raise Invalid("giver_missing")
        drafts = _drafts(row, at, report_rrule)
        _open_all(drafts, row, Act(LIFECYCLE.row("open"), at, actor), why)
        audit.record(
            actor_id=actor.officer_id,
            at=at,
            act="issue",
            subject_kind="document",
            subject_id=row.public_id,
            tasks=len(drafts),
        )
    return len(drafts)


def _check_rule(rrule: str) -> None:
    if not rrule:
        return
    try:
        parse_rule(rrule)
    except BadRecurrence as error:
        raise Invalid("rule_unknown", rule=rrule) from error


def _drafts(document: Document, at: datetime, report_rrule: str) -> list[_Draft]:
    orders = list(
        Order.objects.filter(document=document)
        .exclude(status=OrderStatus.DROPPED)
        .order_by("start", "id")
        .prefetch_related("parties")
    )
    if not orders:
        raise Invalid("document_without_order")
    writer = _Writer(document, at)
    charged = {order.pk: writer.units(_of(order, OrderParty.Role.LEAD)) for order in orders}
    empty = [order.path or "?" for order in orders if not charged[order.pk]]
    if empty:
        raise Invalid("orders_without_lead", n=len(empty), paths=", ".join(empty))
    writer.heads = org.heads({unit for units in charged.values() for unit in units}, writer.on)
    drafts = [draft for order in orders for draft in _of_order(writer, order, charged[order.pk])]
    return drafts + _reports(writer, drafts, report_rrule)


def _of(order: Order, role: OrderParty.Role) -> list[OrderParty]:
    return sorted((party for party in order.parties.all() if party.role == role), key=lambda party: party.position)


def _of_order(writer: _Writer, order: Order, units: list[int]) -> Iterable[_Draft]:
    taking_part = writer.units(_of(order, OrderParty.Role.PARTICIPANT))
    for unit_id in units:
        others = tuple(other for other in taking_part if other not in units)
        for duty in _duties(writer, order, unit_id):
            yield _Draft(duty, order, others)


def _duties(writer: _Writer, order: Order, unit_id: int) -> list[Duty]:
    if order.kind == Term.DATED:
        return [writer.dated(unit_id, order)]
    if order.kind == Term.PERIODIC:
        return writer.occurrences(unit_id, title_of(order), order.rrule, order.bound)
    return [writer.duty(unit_id, title_of(order), order.kind)]


def _reports(writer: _Writer, drafts: list[_Draft], rrule: str) -> list[_Draft]:
    """Return one periodic report a unit that answers its clockless orders, unless a periodic order does already."""
    if not rrule:
        return []
    clockless = {draft.duty.holder_unit_id for draft in drafts if draft.duty.due_at is None}
    periodic = {draft.duty.holder_unit_id for draft in drafts if draft.duty.series}
    title = f"{REPORT_TITLE} theo {writer.document}"[:300]
    units = sorted(clockless - periodic)
    return [_Draft(duty, None) for unit in units for duty in writer.occurrences(unit, title, rrule, "by")]


def _open_all(drafts: list[_Draft], document: Document, act: Act, why: str | None) -> None:
    """Open the tasks; those that go to another unit than the registry names with the reason for it."""
    units: dict[int, set[int]] = defaultdict(set)
    orders = {draft.order.pk: draft.order for draft in drafts if draft.order}
    for draft in drafts:
        if draft.order:
            units[draft.order.pk].add(draft.duty.holder_unit_id)
    charged = {key: Charged(f"{one.path}: " if one.path else "", one.text, units[key]) for key, one in orders.items()}
    beside = weigh(charged, local_date(act.at), why)
    for key, body in beside.items():
        of_it = [draft for draft in drafts if draft.order and draft.order.pk == key]
        _open(of_it, document, note_reason(act, body, why or ""))
    others = [draft for draft in drafts if draft.order is None or draft.order.pk not in beside]
    if others:
        _open(others, document, act)


def _open(drafts: list[_Draft], document: Document, act: Act) -> None:
    saved = open_many([draft.duty for draft in drafts], act)
    tasks = Task.objects.bulk_create(
        [
            Task(
                duty=duty,
                order=draft.order,
                document=document,
                product=draft.order.product if draft.order else "Báo cáo",
                channel=draft.order.channel if draft.order else "",
                is_key=draft.order.is_key if draft.order else False,
            )
            for duty, draft in zip(saved, drafts, strict=True)
        ],
        batch_size=500,
    )
    TaskParticipant.objects.bulk_create(
        [
            TaskParticipant(task=task, unit_id=unit)
            for task, draft in zip(tasks, drafts, strict=True)
            for unit in draft.participants
        ],
        batch_size=500,
    )
    targets.open_for(tasks, act.at)
    search.write_tasks([duty.pk for duty in saved])
    search.write_documents([document.pk])
