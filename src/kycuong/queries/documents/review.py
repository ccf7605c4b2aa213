"""The review of a document: the text cut into pieces with spans lit, the orders beside it, what is doubtful."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import Q

from kycuong.core.addressees import GROUP_BY_CODE
from kycuong.core.calendars import local_date
from kycuong.core.folding import words
from kycuong.models import Document, DocumentFile, DocumentLink, Order, OrderChange, OrderParty
from kycuong.models.directives import OrderStatus
from kycuong.queries import org, scope
from kycuong.queries.addressees import Directory, directory
from kycuong.queries.documents.register import DocumentRow, row_of, with_counts
from kycuong.queries.duties.rows import CLOSING
from kycuong.queries.themes import DocumentThemes, of_document
from kycuong.reader.coverage import Stretch, cover

#: What a doubt asks of the reviewer, by code.
DOUBTS = {
    "no_lead": "Chưa rõ ai chủ trì. Chọn đơn vị chủ trì, hoặc ghi lý do không giao việc.",
    "unknown_name": "Có tên đơn vị không khớp danh mục. Chọn đơn vị tương ứng hoặc bỏ qua tên đó.",
    "ended_unit": "Văn bản nêu tên đơn vị đã sáp nhập, chia tách hoặc giải thể; đã đề xuất đơn vị kế thừa. Xem lại nơi nhận.",
    "uncertain_lead": "Tên đơn vị theo cấp cũ hoặc gần giống danh mục. Xem lại đơn vị chủ trì.",
    "no_such_date": "Ngày ghi trong văn bản không có trong lịch. Nhập ngày đúng, hoặc hỏi lại nơi ban hành.",
    "relative_deadline": "Hạn tính theo một sự kiện. Nhập ngày khi đã biết, hoặc để theo dõi thường xuyên.",
    "uncertain_order": "Câu này có thể không phải nội dung giao việc. Xem lại.",
    "uncertain_deadline": "Thời hạn đọc chưa chắc chắn. Xem lại ngày.",
}

HEADER_LABELS = {
    "number": "Số", "symbol": "Ký hiệu", "doc_type": "Loại văn bản", "issuer": "Cơ quan ban hành",
    "issued_on": "Ngày ban hành", "signer": "Người ký", "subject": "Trích yếu", "theme": "Chủ đề, giai đoạn",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeaderField:
    """One field of the document's head, with the span it was read from when there is one."""

    name: str
    label: str
    value: str
    start: int | None
    end: int | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text printed in one way: its class, and the order or header field it belongs to."""

    start: int
    end: int
    text: str
    klass: str
    order_no: int | None
    field: str | None


@dataclass(frozen=True, slots=True)
class PartyRow:
    """Who an order charges: value is what correct_order takes back; count how many units that is."""

    value: str
    printed: str
    unit_id: int | None
    unit_name: str | None
    group: str | None
    count: int
    confidence: float


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order beside the text."""

    no: int
    public_id: UUID
    path: str
    text: str
    start: int
    end: int
    kind: str
    leads: list[PartyRow]
    participants: list[PartyRow]
    deadline_text: str
    deadline_kind: str
    deadline_date: date | None
    rrule: str
    bound: str
    product: str
    channel: str
    targets: list[str]
    confidence: float
    doubts: list[tuple[str, str]]
    status: str
    drop_reason: str
    is_key: bool


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link to another document of the register."""

    kind: str
    label: str
    other: DocumentRow
    outward: bool


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file kept with a document."""

    public_id: UUID
    name: str
    size: int
    sha256: str
    signed: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """All that the review screen shows."""

    document: DocumentRow
    header: list[HeaderField]
    addressees: list[str]
    cites: list[str]
    text: str
    pieces: list[Piece]
    orders: list[OrderRow]
    doubtful: int
    coverage: tuple[int, int]
    tasks_to_open: int
    units_charged: int
    giver: int | None
    giver_choices: list[tuple[int, str]]
    follower: int | None
    follower_choices: list[tuple[int, str]]
    links: list[LinkRow]
    files: list[FileRow]
    undoable: int
    report_needed: bool
    themes: DocumentThemes


def review(who: scope.Actor, public_id: UUID, at: datetime) -> ReviewPage:
    """Return the review of a document. Raises: NotVisible, NotAllowed."""
    scope.document_to_review(who, public_id)
    document = with_counts(who, Document.objects.filter(public_id=public_id), at).select_related("text_row").get()
    names = directory(local_date(at))
    orders = order_rows(document, names)
    kept = [order for order in orders if order.status != OrderStatus.DROPPED]
    reading = document.text_row.reading
    tasks, units = _charged(kept, names)
    return ReviewPage(
        document=row_of(document),
        header=_header(document, reading),
        addressees=list(document.addressees),
        cites=list(document.cites),
        text=document.text_row.text,
        pieces=pieces(document.text_row.text, reading, orders),
        orders=orders,
        doubtful=sum(1 for order in kept if order.doubts),
        coverage=coverage(document.text_row.text, reading, orders),
        tasks_to_open=tasks,
        units_charged=units,
        giver=document.giver_post_id,
        giver_choices=_givers(document, at),
        follower=document.follower_post_id,
        follower_choices=_followers(document, at),
        links=links(who, document, at),
        files=files(document),
        undoable=OrderChange.objects.filter(document=document, undone=False).count(),
        report_needed=any(order.kind in {"standing", "prohibition"} for order in kept),
        themes=of_document(document, at),
    )


def order_rows(document: Document, names: Directory) -> list[OrderRow]:
    """Return the orders of a document in the order of the text, numbered from 1 (two queries)."""
    found = Order.objects.filter(document=document).order_by("start", "id").prefetch_related("parties")
    return [_order_row(no, order, names) for no, order in enumerate(found, 1)]


def _order_row(no: int, order: Order, names: Directory) -> OrderRow:
    parties = sorted(order.parties.all(), key=lambda party: party.position)
    return OrderRow(
        no=no,
        public_id=order.public_id,
        path="Kết" if order.path == CLOSING else order.path,
        text=order.text,
        start=order.start,
        end=order.end,
        kind=order.kind,
        leads=[_party_row(party, names) for party in parties if party.role == OrderParty.Role.LEAD],
        participants=[_party_row(party, names) for party in parties if party.role == OrderParty.Role.PARTICIPANT],
        deadline_text=order.deadline_text,
        deadline_kind=order.deadline_kind,
        deadline_date=order.deadline_on,
        rrule=order.rrule,
        bound=order.bound,
        product=order.product,
        channel=order.channel,
        targets=list(order.targets),
        confidence=order.confidence,
        doubts=[(code, DOUBTS[code]) for code in order.doubts if code in DOUBTS],
        status=order.status,
        drop_reason=order.drop_reason,
        is_key=order.is_key,
    )


def _party_row(party: OrderParty, names: Directory) -> PartyRow:
    if party.unit_id:
        name = names.names.get(party.unit_id, party.printed)
        return PartyRow(f"unit:{party.unit_id}", party.printed, party.unit_id, name, None, 1, party.confidence)
    if party.group:
        label = GROUP_BY_CODE[party.group].label
        count = len(names.members(party.group))
        return PartyRow(f"group:{party.group}", party.printed, None, label, party.group, count, party.confidence)
    return PartyRow(f"printed:{party.printed}", party.printed, None, None, None, 0, 0.0)


def _charged(orders: list[OrderRow], names: Directory) -> tuple[int, int]:
    """Return how many tasks issuing would open (reports not counted) and how many units would be charged."""
    tasks, everybody = 0, set()
    for order in orders:
        units: set[int] = set()
        for party in order.leads:
            units |= {party.unit_id} if party.unit_id else set(names.members(party.group)) if party.group else set()
        tasks += len(units) * (2 if order.kind == "periodic" else 1)
        everybody |= units
    return tasks, len(everybody)


def _header(document: Document, reading: dict[str, Any]) -> list[HeaderField]:
    found = {row["field"]: row for row in reading.get("findings", [])}
    rows = []
    for name, label in HEADER_LABELS.items():
        value = getattr(document, name)
        text = f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")
        span = found.get(name, {})
        rows.append(HeaderField(name, label, text, span.get("start"), span.get("end"), span.get("confidence", 0.0)))
    return rows


def pieces(text: str, reading: dict[str, Any], orders: list[OrderRow]) -> list[Piece]:
    """Cut the text into runs: each with its class, its order if it has one, its header field if it is one.

    The pieces are a partition: joined they give the text again.
    """
    edges = {0, len(text)}
    spans: list[tuple[int, int, str, int | None, str | None]] = []
    for sentence in reading.get("sentences", []):
        spans.append((sentence["start"], sentence["end"], sentence["class"], None, None))
    for field in reading.get("findings", []):
        if field.get("start") is not None and field["field"] in HEADER_LABELS:
            spans.append((field["start"], field["end"], "", None, field["field"]))
    for order in orders:
        spans.append((order.start, order.end, "dropped" if order.status == "dropped" else "", order.no, None))
    for start, end, *_ in spans:
        edges |= {min(max(start, 0), len(text)), min(max(end, 0), len(text))}
    return _paint(text, sorted(edges), sorted(spans, key=lambda span: span[:2]))


def _paint(text: str, edges: list[int], spans: list[tuple[int, int, str, int | None, str | None]]) -> list[Piece]:
    """Sweep the edges once with the spans that are open, so that the cost is that of the spans, not their product."""
    found, waiting, open_now = [], list(reversed(spans)), []
    for start, end in pairwise(edges):
        while waiting and waiting[-1][0] <= start:
            open_now.append(waiting.pop())
        open_now = [span for span in open_now if span[1] > start]
        klass = next((span[2] for span in open_now if span[2]), "context")
        order = next((span[3] for span in open_now if span[3]), None)
        field = next((span[4] for span in open_now if span[4]), None)
        found.append(Piece(start, end, text[start:end], klass, order, field))
    return found


def coverage(text: str, reading: dict[str, Any], orders: list[OrderRow]) -> tuple[int, int]:
    """Return how many of the sentences that demand something have an owner, and how many demand something."""
    found = cover(text, reading, [stretch(order) for order in orders])
    return found.owned, found.demands


def stretch(order: OrderRow) -> Stretch:
    """Return an order as coverage sees it: whoever is named leads it, known to the organisation or not."""
    dropped = order.drop_reason if order.status == OrderStatus.DROPPED else ""
    names = tuple(lead.unit_name or lead.printed for lead in order.leads)
    return Stretch(order.start, order.end, order.path, names, dropped, str(order.public_id))


def _givers(document: Document, at: datetime) -> list[tuple[int, str]]:
    if document.giver_unit_id is None:
        return []
    seats = org.seats_of(document.giver_unit_id, local_date(at), "chairman", "vice_chairman")
    return [(seat.post_id, f"{seat.title}: {seat.officer_name}") for seat in seats if seat.officer_id]


def _followers(document: Document, at: datetime) -> list[tuple[int, str]]:
    seats = org.followers(local_date(at))
    return [
        (seat.post_id, f"{seat.officer_name} · {seat.title}, {seat.unit_name}") for seat in seats if seat.officer_id
    ]


def links(who: scope.Actor, document: Document, at: datetime) -> list[LinkRow]:
    """Return the links to and from a document, only to documents that the person sees."""
    rows: list[LinkRow] = []
    if not DocumentLink.objects.filter(Q(document=document) | Q(other=document)).exists():
        return rows
    out = DocumentLink.objects.filter(scope.seen_document(who, "other"), document=document).select_related("other")
    back = DocumentLink.objects.filter(scope.seen_document(who, "document"), other=document).select_related("document")
    rows += [LinkRow(row.kind, row.get_kind_display(), row_of(row.other), True) for row in out]
    rows += [LinkRow(row.kind, row.get_kind_display(), row_of(row.document), False) for row in back]
    return rows


def files(document: Document) -> list[FileRow]:
    """Return the files kept with a document."""
    rows = DocumentFile.objects.filter(document=document).order_by("id")
    return [FileRow(row.public_id, row.name, row.size, row.sha256, row.signed) for row in rows]


def unit_choices(text: str, at: datetime) -> list[tuple[int, str]]:
    """Return the chargeable units whose names have all the words, folded; all of them for an empty text."""
    names = directory(local_date(at))
    wanted = words(text).split()
    return [(pk, name) for pk, name in names.names.items() if all(word in words(name) for word in wanted)]


def groups(at: datetime) -> list[tuple[str, str, int]]:
    """Return the groups that directives name: code, label, number of units today."""
    return directory(local_date(at)).group_rows()
