"""What a result shows: its name and a passage with the words marked, in the original spelling."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import BigAutoField, QuerySet

from kycuong.core.search import Query, Runs, marked
from kycuong.models import Document, DocumentText, Order, SearchRow
from kycuong.models.search import SearchKind
from kycuong.queries.duties.fetching import lines_of
from kycuong.queries.duties.rows import CLOSING, DutyRow
from kycuong.queries.kept import Several, Slot, among, kept
from kycuong.queries.search.wanted import Tier

TITLE_WIDTH = 240
PASSAGE_WIDTH = 260


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: a document, an order in its document, or a task; runs are pieces of text, marked or not."""

    kind: str
    public_id: UUID
    title: Runs
    passage: Runs
    code: str
    code_runs: Runs
    doc_type: str
    issuer: str
    issued_on: date | None
    state: str
    path: str
    order_id: UUID | None
    row: DutyRow | None


def hits_of(found: list[tuple[Tier, int]], query: Query, at: datetime) -> list[Hit]:
    """Return the results for rows of search, in their order (five queries at most, whatever their number)."""
    keys = {row.pk: row for row in _records([key for _, key in found])}
    ids: dict[str, list[int]] = defaultdict(list)
    for row in keys.values():
        ids[row.kind].append(row.document_id or row.order_id or row.duty_id or 0)
    in_text = [keys[key].document_id for tier, key in found if tier == Tier.TEXT and key in keys]
    texts = dict(DocumentText.objects.filter(pk__in=in_text).values_list("pk", "text")) if in_text else {}
    made: dict[tuple[str, int], Hit] = {}
    for document in _documents(ids[SearchKind.DOCUMENT]) if ids[SearchKind.DOCUMENT] else ():
        made[SearchKind.DOCUMENT, document.pk] = _document(document, texts.get(document.pk, ""), query)
    for order in _orders(ids[SearchKind.ORDER]) if ids[SearchKind.ORDER] else ():
        made[SearchKind.ORDER, order.pk] = _order(order, query)
    tasks = ids[SearchKind.TASK]
    for key, line in zip(tasks, lines_of(tasks, at), strict=True):  # a row of search goes with its duty
        made[SearchKind.TASK, key] = _task(line, query)
    records = [(row.kind, row.document_id or row.order_id or row.duty_id or 0) for row in _in_order(found, keys)]
    return [made[record] for record in records if record in made]


#: What a result reads of a document.
_SHOWN = ("public_id", "number", "symbol", "subject", "doc_type", "issuer", "issued_on", "state", "is_line")


@kept(Several(BigAutoField()))
def _records(keys: Slot) -> QuerySet[SearchRow]:
    return SearchRow.objects.filter(among("pk", keys)).only("kind", "document", "order", "duty")


@kept(Several(BigAutoField()))
def _documents(keys: Slot) -> QuerySet[Document]:
    return Document.objects.filter(among("pk", keys)).only(*_SHOWN)


@kept(Several(BigAutoField()))
def _orders(keys: Slot) -> QuerySet[Order]:
    of_document = (f"document__{name}" for name in _SHOWN)
    rows = Order.objects.filter(among("pk", keys)).select_related("document")
    return rows.only("public_id", "text", "product", "path", *of_document)


def _in_order(found: list[tuple[Tier, int]], keys: dict[int, SearchRow]) -> list[SearchRow]:
    return [keys[key] for _, key in found if key in keys]


def _document(document: Document, text: str, query: Query) -> Hit:
    code = str(document) if document.number else ""
    return Hit(
        kind=SearchKind.DOCUMENT.value,
        public_id=document.public_id,
        title=marked(document.subject or str(document), query, TITLE_WIDTH),
        passage=marked(" ".join(text.split()), query, PASSAGE_WIDTH) if text else [],
        code=code,
        code_runs=marked(code, query),
        doc_type=document.doc_type,
        issuer=document.issuer,
        issued_on=document.issued_on,
        state=document.state,
        path="",
        order_id=None,
        row=None,
    )


def _order(order: Order, query: Query) -> Hit:
    document = order.document
    return Hit(
        kind=SearchKind.ORDER.value,
        public_id=document.public_id,
        title=marked(" ".join(order.text.split()), query, PASSAGE_WIDTH),
        passage=marked(order.product, query) if order.product else [],
        code=str(document),
        code_runs=[(str(document), False)],
        doc_type=document.doc_type,
        issuer=document.issuer,
        issued_on=document.issued_on,
        state=document.state,
        path="" if order.path == CLOSING else order.path,
        order_id=order.public_id,
        row=None,
    )


def _task(line: DutyRow, query: Query) -> Hit:
    return Hit(
        kind=SearchKind.TASK.value,
        public_id=line.public_id,
        title=marked(line.title, query, TITLE_WIDTH),
        passage=[],
        code=line.document_code,
        code_runs=[(line.document_code, False)],
        doc_type="",
        issuer="",
        issued_on=None,
        state="",
        path=line.path,
        order_id=None,
        row=line,
    )
