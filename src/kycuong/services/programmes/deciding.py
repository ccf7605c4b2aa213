"""Submit a programme of work, send it back, approve it: its lines become orders of a document and are issued as tasks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kycuong.core.calendars import local_date
from kycuong.core.errors import Invalid, TransitionNotAllowed
from kycuong.models import Document, DocumentText, Duty, Order, OrderParty, Programme, ProgrammeLine
from kycuong.models.directives import OrderStatus
from kycuong.models.documents import DocumentState, Register
from kycuong.queries import org, scope
from kycuong.queries.programmes import rights
from kycuong.reader import read_text
from kycuong.services import directives, tasks, themes
from kycuong.services.leaves import keep_note
from kycuong.services.programmes.drafting import record, to_change

DOC_TYPE = "Chương trình công tác"


def submit(*, actor: scope.Actor, at: datetime, programme: UUID) -> None:
    """Submit a programme to the head of the unit. Raises: NotVisible, NotAllowed, TransitionNotAllowed, Invalid."""
    with transaction.atomic():
        row = to_change(actor, programme)
        _check(row)
        row.state, row.submitted_by_id, row.submitted_at = Programme.State.SUBMITTED, actor.officer_id, at
        row.returned = None
        row.save()
        record(actor, at, "submit_programme", row)


def _pending(row: Programme) -> list[ProgrammeLine]:
    kept = ProgrammeLine.objects.filter(programme=row, status=ProgrammeLine.Status.KEPT, order__isnull=True)
    return list(kept.select_related("lead").order_by("quarter", "id"))


def _check(row: Programme) -> list[ProgrammeLine]:
    lines = _pending(row)
    if not lines:
        raise Invalid("programme_empty")
    proposed = ProgrammeLine.objects.filter(programme=row, status=ProgrammeLine.Status.PROPOSED).count()
    if proposed:
        raise Invalid("programme_proposed", n=proposed)
    return lines


def send_back(*, actor: scope.Actor, at: datetime, programme: UUID, note: str) -> None:
    """Send a submitted programme back with the reason. Raises: NotVisible, NotAllowed, TransitionNotAllowed, Invalid."""
    with transaction.atomic():
        row = rights.to_decide(actor, programme)
        if row.state != Programme.State.SUBMITTED:
            raise TransitionNotAllowed("programme_not_submitted")
        if not note.strip():
            raise Invalid("programme_return_reason")
        row.state = Programme.State.DRAFT
        row.returned, _ = keep_note(note)
        row.save()
        record(actor, at, "return_programme", row)


def approve(*, actor: scope.Actor, at: datetime, programme: UUID, number: str = "", symbol: str = "") -> int:
    """Approve a submitted programme: its new lines become duties at once; return how many tasks were opened.

    `number` and `symbol` are those of the programme as a document, when the clerk has given them already.
    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    with transaction.atomic():
        row = rights.to_decide(actor, programme)
        if row.state != Programme.State.SUBMITTED:
            raise TransitionNotAllowed("programme_not_submitted")
        lines = _check(row)
        document = _document(actor, at, row, number, symbol)
        _orders(document, row, lines)
        themes.join_year(actor=actor, at=at, document=document, year=row.year)
        opened = directives.issue_orders(actor, at, document)
        row.state, row.approved_by_id, row.approved_at = Programme.State.APPROVED, actor.officer_id, at
        row.save()
        _to_divisions(actor, at, lines)
        record(actor, at, "approve_programme", row, document=str(document.public_id), lines=len(lines))
    return opened


def _document(actor: scope.Actor, at: datetime, row: Programme, number: str, symbol: str) -> Document:
    """Return the document that the lines become orders of: a programme, or its supplement."""
    on, unit = local_date(at), row.unit
    more = ProgrammeLine.objects.filter(programme=row, order__isnull=False).exists()
    subject = f"{DOC_TYPE} năm {row.year} của {unit.name}" + (" (bổ sung)" if more else "")
    inside = unit.kind == "province"
    document = Document(
        register=Register.OUTGOING if inside else Register.INCOMING, state=DocumentState.REVIEW, doc_type=DOC_TYPE,
        number=number.strip()[:30], symbol=symbol.strip()[:60], issuer=unit.name[:200], issued_on=on, subject=subject,
        arrived_on=None if inside else on, registered_by_id=actor.officer_id, registered_at=at,
    )  # fmt: skip
    directives.propose_roles(document, at)  # who follows and confirms stays the Office's; who gives is the unit's head
    head = org.head_of(unit.pk, on)
    document.giver_unit, document.giver_post_id = unit, head.post_id if head else None
    directives.derive(document)
    directives.refuse_known(document)
    document.save(force_insert=True)
    return document


def _orders(document: Document, row: Programme, lines: list[ProgrammeLine]) -> None:
    """Write the text of the document and one order a line, each with its span."""
    text, orders, parties = f"{document.subject.upper()}\n", [], []
    for number, line in enumerate(lines, 1):
        start = len(text) + len(f"{number}. ")
        text += f"{number}. {line.text}"
        orders.append(_order(document, line, str(number), start, len(text)))
        text += "\n"
    reading = read_text(text, issued=document.issued_on)
    DocumentText.objects.create(
        document=document, text=text, reading=reading.to_json(), reader_version=directives.READER_VERSION
    )
    goals = _goals(text, reading.to_json())
    for order in orders:
        order.targets = [said for place, said in goals if order.start <= place < order.end]
    for order, line in zip(Order.objects.bulk_create(orders), lines, strict=True):
        line.order = order
        parties.append(_party(order, OrderParty.Role.LEAD, line.lead_id, line.lead_printed or row.unit.name))
        parties += [_party(order, OrderParty.Role.PARTICIPANT, unit, "") for unit in line.participants]
    OrderParty.objects.bulk_create(parties)
    ProgrammeLine.objects.bulk_update(lines, ["order"])


def _goals(text: str, reading: dict[str, object]) -> list[tuple[int, str]]:
    """Return the goals with figures that the reader found, each with its place."""
    found: list[tuple[int, str]] = []
    for order in reading["orders"]:  # type: ignore[attr-defined]
        spans = order["spans"]["targets"]
        found += [(span["start"], said) for span, said in zip(spans, order["targets"], strict=True)]
    return found


def _order(document: Document, line: ProgrammeLine, path: str, start: int, end: int) -> Order:
    kinds = {"dated": "absolute", "periodic": "recurring"}
    return Order(
        document=document, path=path, text=line.text, start=start, end=end, kind=line.kind, status=OrderStatus.CHECKED,
        deadline_kind=kinds.get(line.kind, "none"), deadline_text=line.term_text, deadline_on=line.due_on,
        bound=line.bound, rrule=line.rrule, product=line.product, rule="programme", added=True,
    )  # fmt: skip


def _party(order: Order, role: OrderParty.Role, unit: int | None, printed: str) -> OrderParty:
    return OrderParty(order=order, role=role, unit_id=unit, printed=printed[:400])


def _to_divisions(actor: scope.Actor, at: datetime, lines: list[ProgrammeLine]) -> None:
    """Give each task whose line names a division to the head of that division, as the head of the unit would."""
    wanted = {line.order_id: line.division_id for line in lines if line.division_id}
    heads = org.heads({unit for unit in wanted.values() if unit}, local_date(at))
    for duty in Duty.objects.filter(task__order__in=list(wanted)).select_related("task"):
        seat = heads.get(wanted[duty.task.order_id] or 0)
        if seat and seat.officer_id and seat.post_id != duty.holder_post_id:
            tasks.assign(actor=actor, at=at, duty=duty.public_id, desk=f"post:{seat.post_id}")
