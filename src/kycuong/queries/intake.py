"""Papers on their way in: batches with what became of each file, scans with their pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from kycuong.core.errors import Invalid, NotAllowed, NotVisible
from kycuong.core.sentences import told
from kycuong.models import Batch, BatchItem, Document, DocumentText, Scan
from kycuong.models.intake import BatchState, ItemState, ScanState
from kycuong.queries import scope
from kycuong.queries.documents.register import DocumentRow, row_of, with_counts


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch as a line: how many files, how many are through."""

    public_id: UUID
    name: str
    at: datetime
    officer_name: str
    state: str
    total: int
    waiting: int

    @property
    def through(self) -> int:
        """Return how many files need nothing more."""
        return self.total - self.waiting


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One file of a batch; `said` is the sentence of why it was not taken, or why it waits."""

    name: str
    sha256: str
    size: int
    state: str
    code: str
    said: str
    document_id: UUID | None
    document_name: str
    scan: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A batch with its files, those that went wrong first."""

    batch: BatchRow
    counts: dict[str, int]
    items: list[ItemRow]
    next_key: str | None
    may_retry: bool
    busy: bool


@dataclass(frozen=True, slots=True)
class ScanView:
    """How far the reading of a scan is."""

    document: DocumentRow
    state: str
    pages: int
    pages_done: int
    pages_failed: int
    code: str
    said: str
    may_act: bool
    typed: bool


_RANK = {ItemState.REFUSED: 0, ItemState.WAITING: 1, ItemState.DUPLICATE: 2, ItemState.DONE: 3, ItemState.CANCELLED: 4}


def _must_intake(who: scope.Actor) -> None:
    if not who.may("intake"):
        raise NotAllowed("intake_not_allowed")


def _rows() -> Any:
    waiting = Count("items", filter=Q(items__state=ItemState.WAITING))
    return Batch.objects.select_related("officer").annotate(total=Count("items"), waiting=waiting)


def _row(batch: Any) -> BatchRow:
    return BatchRow(
        batch.public_id, batch.name, batch.at, batch.officer.full_name, batch.state, batch.total, batch.waiting
    )  # fmt: skip


def batches(who: scope.Actor, *, after: str | None = None, size: int = 30) -> tuple[list[BatchRow], str | None]:
    """Return the batches, newest first. Raises: NotAllowed, Invalid."""
    _must_intake(who)
    rows = _rows()
    if after:
        if not after.isdecimal():
            raise Invalid("kind_unknown", text=after)
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-id")[: size + 1])
    return [_row(row) for row in found[:size]], str(found[size - 1].pk) if len(found) > size else None


def batch(
    who: scope.Actor, public_id: UUID, *, state: str = "", after: str | None = None, size: int = 100
) -> BatchPage:
    """Return a batch with a page of its files. Raises: NotAllowed, NotVisible."""
    _must_intake(who)
    row = _rows().filter(public_id=public_id).first()
    if row is None:
        raise NotVisible("batch_not_visible")
    items = BatchItem.objects.filter(batch=row)
    counts = Counter(items.values_list("state", flat=True))
    if state in ItemState.values:
        items = items.filter(state=state)
    if after and after.isdecimal():
        items = items.filter(pk__gt=int(after))
    found = list(items.select_related("document__scan").order_by("id")[: size + 1])
    return BatchPage(
        batch=_row(row),
        counts={code: counts[code] for code in sorted(counts, key=lambda code: _RANK[ItemState(code)])},
        items=[_item(item) for item in found[:size]],
        next_key=str(found[size - 1].pk) if len(found) > size else None,
        may_retry=BatchItem.objects.filter(batch=row, state=ItemState.REFUSED, held=True).exists(),
        busy=row.state == BatchState.OPEN and counts[ItemState.WAITING] > 0,
    )


def _item(item: BatchItem) -> ItemRow:
    document = item.document
    scan = getattr(document, "scan", None) if document else None
    reading = (scan.pages_done, scan.pages) if scan and scan.state == ScanState.OPEN else None
    return ItemRow(
        item.name, item.sha256, item.size, item.state, item.code, told(item.said),
        document.public_id if document else None, str(document) if document else "", reading,
    )  # fmt: skip


def open_count(who: scope.Actor) -> int:
    """Return how many batches are being read; nothing for those who do not register."""
    return Batch.objects.filter(state=BatchState.OPEN).count() if who.may("intake") else 0


def scan(who: scope.Actor, public_id: UUID, at: datetime) -> ScanView:
    """Return how far the reading of a scan is, for who sees its document. Raises: NotVisible."""
    scope.document_to_read(who, public_id)
    row = Scan.objects.filter(document__public_id=public_id).first()
    if row is None:
        raise NotVisible("document_not_visible")
    document = with_counts(who, Document.objects.filter(public_id=public_id), at).get()
    return ScanView(
        row_of(document), row.state, row.pages, row.pages_done, row.pages_failed, row.code, told(row.said), who.may("intake"),
        DocumentText.objects.filter(document=row.document_id).exclude(text="").exists(),
    )  # fmt: skip
