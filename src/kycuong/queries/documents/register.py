"""The register of incoming and outgoing steering documents: lists, search with and without diacritics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kycuong.core.calendars import local_date
from kycuong.core.errors import Invalid
from kycuong.core.folding import fold
from kycuong.models import Document, Duty, Order
from kycuong.models.documents import DocumentState
from kycuong.queries import scope
from kycuong.queries.themes import of_theme


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as a line of the register."""

    public_id: UUID
    code: str
    doc_type: str
    issuer: str
    issued_on: date | None
    subject: str
    register: str
    arrival_no: int | None
    arrived_on: date | None
    state: str
    orders: int
    tasks: int
    overdue: int
    is_line: bool
    higher_level: bool
    registered_at: datetime
    pages: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the register."""

    rows: list[DocumentRow]
    next_key: str | None
    total: int | None = None


def _count(rows: QuerySet[Order] | QuerySet[Duty]) -> Coalesce:
    counted = rows.order_by().values("document").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def with_counts(who: scope.Actor, documents: QuerySet[Document], at: datetime) -> QuerySet[Document]:
    """Return the queryset with the numbers of orders, and of the tasks that the person sees, in one statement."""
    mine = Q(document=OuterRef("pk"))
    seen = scope.visible_duties(who).filter(mine, kind="task")
    return with_pages(documents).annotate(
        n_orders=_count(Order.objects.filter(mine).exclude(status="dropped")),
        n_tasks=_count(seen),
        n_overdue=_count(seen.filter(phase="open", due_at__lte=at)),
    )


def with_pages(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Return the queryset with how many pages a scan has and how many of them are read."""
    return documents.annotate(n_pages=F("scan__pages"), n_pages_done=F("scan__pages_done"))


def counted(who: scope.Actor, documents: Sequence[Document], at: datetime) -> list[DocumentRow]:
    """Return documents as lines, with the same numbers, each counted for all of them at once (two queries)."""
    ids = [document.pk for document in documents]
    orders = Order.objects.filter(document__in=ids).exclude(status="dropped").order_by().values("document")
    n_orders = dict(orders.annotate(n=Count("pk")).values_list("document", "n"))
    seen = scope.visible_duties(who).filter(document__in=ids, kind="task").order_by().values("document")
    late = Count("pk", filter=Q(phase="open", due_at__lte=at))
    n_tasks = {row["document"]: (row["n"], row["late"]) for row in seen.annotate(n=Count("pk"), late=late)}
    lines = []
    for document in documents:
        tasks, overdue = n_tasks.get(document.pk, (0, 0))
        lines.append(replace(row_of(document), orders=n_orders.get(document.pk, 0), tasks=tasks, overdue=overdue))
    return lines


def row_of(document: Document) -> DocumentRow:
    """Return a document fetched by with_counts as a line."""
    return DocumentRow(
        public_id=document.public_id,
        code=str(document) if document.number else "",
        doc_type=document.doc_type,
        issuer=document.issuer,
        issued_on=document.issued_on,
        subject=document.subject,
        register=document.register,
        arrival_no=document.arrival_no,
        arrived_on=document.arrived_on,
        state=document.state,
        orders=getattr(document, "n_orders", 0),
        tasks=getattr(document, "n_tasks", 0),
        overdue=getattr(document, "n_overdue", 0),
        is_line=document.is_line,
        higher_level=document.higher_level,
        registered_at=document.registered_at,
        pages=_pages(document),
    )


def _pages(document: Document) -> tuple[int, int] | None:
    """Return how many pages of a scan are read, and how many it has, while it is being read."""
    if document.state != DocumentState.READING:
        return None
    return getattr(document, "n_pages_done", None) or 0, getattr(document, "n_pages", None) or 0


def register(
    who: scope.Actor, at: datetime, *, register: str | None = None, text: str = "", state: str | None = None,
    year: int | None = None, theme: UUID | None = None, after: str | None = None, size: int = 50,
) -> Page:  # fmt: skip
    """Return a page of the register, newest first, that the person sees; words match folded and in any order."""
    documents = scope.visible_documents(who)
    if register:
        documents = documents.filter(register=register)
    if state in DocumentState.values:
        documents = documents.filter(state=state)
    if year:
        documents = documents.filter(registered_at__year=year)
    if theme:
        documents = documents.filter(pk__in=of_theme(theme))
    for word in fold(text).split():
        documents = documents.filter(folded__contains=word)
    if after:
        documents = documents.filter(_before(after))
    found = list(with_pages(documents).order_by("-registered_at", "-id")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(counted(who, found[:size], at), f"{last.registered_at.isoformat()}~{last.pk}" if last else None)


def _before(key: str) -> Q:
    instant, _, pk = key.partition("~")
    try:
        at, number = datetime.fromisoformat(instant), int(pk)
    except ValueError as error:
        raise Invalid("kind_unknown", text=key) from error
    return Q(registered_at__lt=at) | Q(registered_at=at, id__lt=number)


def waiting(who: scope.Actor, at: datetime) -> list[DocumentRow]:
    """Return the documents that wait to be triaged or reviewed, oldest first; nothing for those who do not."""
    if not who.may("intake"):
        return []
    rows = Document.objects.filter(state__in=[DocumentState.READING, DocumentState.TRIAGE, DocumentState.REVIEW])
    return counted(who, list(with_pages(rows).order_by("registered_at", "id")[:50]), at)


def find(who: scope.Actor, code: str) -> UUID:
    """Return the newest visible document with this number and symbol, such as 12/CT-UBND.

    Raises: Invalid.
    """
    number, _, symbol = code.strip().partition("/")
    found = scope.visible_documents(who).filter(number=number, symbol__iexact=symbol.strip())
    newest = found.order_by("-issued_on", "-id").values_list("public_id", flat=True).first() if symbol else None
    if newest is None:
        raise Invalid("document_unknown", document=code.strip() or "…")
    return newest


def known_years(who: scope.Actor) -> list[int]:
    """Return the years from the first visible document to the last, newest first (two queries)."""
    moments = scope.visible_documents(who).values_list("registered_at", flat=True)
    first, last = moments.order_by("pk").first(), moments.order_by("-pk").first()
    return list(range(local_date(last).year, local_date(first).year - 1, -1)) if first and last else []
