"""Exchange a document as edXML: take one in with its due date, hand one out with its own; not tested with the real axis."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from kycuong.models import Document, DocumentFile, Duty, Order
from kycuong.queries import scope
from kycuong.queries.files import path_of
from kycuong.reader import Deadline, Reading, Secret, Unreadable, read_text
from kycuong.reader import Order as ReadOrder
from kycuong.reader.edxml import Attached, Message, Office, read_edxml, write_edxml
from kycuong.services import audit
from kycuong.services.directives.looking import Looked, look
from kycuong.services.directives.registering import enter, must_intake

MEDIA_TYPE = "application/xml"


def register_edxml(
    *, actor: scope.Actor, at: datetime, data: bytes, name: str, register: str = "incoming",
    arrival_no: int | None = None, arrived_on: date | None = None,
) -> UUID:  # fmt: skip
    """Register a document that came as edXML; its head is what the message says, its orders what its first file says.

    An order without a date is proposed with the DueDate of the message, as doubtful. A paper marked secret, in any of its files,
    is refused before a byte is stored. Raises: NotAllowed, Conflict, Invalid, Unreadable, Secret.
    """
    must_intake(actor)
    message = read_edxml(data)
    reading = _dated(_headed(_read(message), message), message.due_on)
    document = Document(register=register, arrival_no=arrival_no, arrived_on=arrived_on)
    return enter(actor, at, replace(reading, media_type=MEDIA_TYPE), document, (name, data)).public_id


def _read(message: Message) -> Reading:
    """Return the reading of the first file whose text can be read, or of the message's own words; every file is looked at."""
    found: Looked | None = None
    for one in message.attachments:
        try:
            looked = look(one.data, one.name)
        except Secret:
            raise
        except Unreadable:
            continue
        found = found or looked
    if found and not found.pages:
        return found.reading
    words = "\n".join(part for part in (message.subject, message.content) if part)
    look(words.encode() or b" ", "noi-dung.txt")
    return read_text(words, issued=message.issued_on)


def _headed(reading: Reading, message: Message) -> Reading:
    """Return a reading with the head that the message gives, where it gives one."""
    head = {
        "number": message.number, "symbol": message.symbol, "issuer": message.issuer.name, "issued_on": message.issued_on,
        "doc_type": message.doc_type, "subject": message.subject, "signer": message.signer, "addressees": message.places,
    }  # fmt: skip
    given = {name: value for name, value in head.items() if value}
    return replace(reading, **given)  # type: ignore[arg-type]


def _dated(reading: Reading, due_on: date | None) -> Reading:
    if due_on is None:
        return reading
    return replace(reading, orders=tuple(_with_date(order, due_on) for order in reading.orders))


def _with_date(order: ReadOrder, due_on: date) -> ReadOrder:
    if order.deadline.kind != "none" or order.kind == "prohibition":
        return order
    due = Deadline(
        kind="absolute", text=f"DueDate {due_on:%d/%m/%Y}", date=due_on, bound="by", start=order.start, end=order.start,
        rule="edxml", confidence=0.5,
    )  # fmt: skip
    return replace(order, kind="dated", deadline=due)


def export_edxml(*, actor: scope.Actor, at: datetime, document: UUID) -> tuple[str, bytes]:
    """Return a document that the person sees as edXML with its files: SteeringType 1 when it assigns work, DueDate the first due day.

    Raises: NotVisible.
    """
    row = scope.document_to_read(actor, document, "giver_unit", "giver_post")
    orders = Order.objects.filter(document=row).exclude(status="dropped")
    dated = orders.filter(deadline_on__isnull=False).values_list("deadline_on", "bound")
    last = [on - timedelta(days=int(bound == "before")) for on, bound in dated if on]
    charged = Duty.objects.filter(document=row, kind="task").order_by("holder_unit__code")
    to = charged.values_list("holder_unit__code", "holder_unit__name").distinct()
    message = Message(
        number=row.number, symbol=row.symbol, issuer=Office(row.giver_unit.code if row.giver_unit else "", row.issuer),
        issued_on=row.issued_on, doc_type=row.doc_type, subject=row.subject, signer=row.signer, due_on=min(last, default=None),
        position=row.giver_post.title if row.giver_post else "", steering=orders.exists(),
        to=tuple(Office(code, name) for code, name in to), places=tuple(row.addressees),
        attachments=tuple(_files(row)),
    )  # fmt: skip
    audit.record(actor_id=actor.officer_id, at=at, act="export_edxml", subject_kind="document", subject_id=document)
    named = f"{row.number}-{row.symbol}".strip("-").replace("/", "-") or "van-ban"
    return f"{named}.edxml", write_edxml(message)


def _files(document: Document) -> list[Attached]:
    """Return the kept files of a document; one whose bytes are gone is left out."""
    found = []
    for row in DocumentFile.objects.filter(document=document).order_by("id"):
        path = path_of(row.sha256)
        if path.exists():
            found.append(Attached(row.name, row.media_type, path.read_bytes()))
    return found
