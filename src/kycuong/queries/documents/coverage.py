"""The coverage of a document: every sentence with its class and who owns what it demands, before issuing and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kycuong.core.duties import State
from kycuong.models import DocumentText
from kycuong.models.directives import OrderStatus
from kycuong.models.documents import DocumentState
from kycuong.queries import scope
from kycuong.queries.documents.page import PointRow
from kycuong.queries.documents.page import document as document_page
from kycuong.queries.documents.register import DocumentRow
from kycuong.queries.documents.review import OrderRow, stretch
from kycuong.reader.coverage import Coverage, Line, cover

SIZE = 400


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One sentence as the page prints it: its class, the order that owns it, or why nobody does."""

    no: int
    start: int
    end: int
    text: str
    klass: str
    orphaned: str
    order: OrderRow | None
    owners: list[str]
    more_owners: int
    tasks: int
    counts: dict[State, int]


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """The coverage of one document; `may_mend` while its orphans can still become orders."""

    document: DocumentRow
    lines: list[CoverageLine]
    sentences: int
    orders: int
    demands: int
    owned: int
    owned_pct: int
    orphans: int
    unmatched: int
    classes: dict[str, int]
    may_mend: bool
    only_orphans: bool
    next_key: str | None


def coverage(
    who: scope.Actor, public_id: UUID, at: datetime, *, only_orphans: bool = False, after: str | None = None
) -> CoveragePage:
    """Return the sentences of a document that the person sees, all of them or those that nobody owns.

    The numbers are those of `kycuong coverage` while nobody has changed what the reader found. Raises: NotVisible.
    """
    page = document_page(who, public_id, at)
    row = DocumentText.objects.get(document__public_id=public_id)
    points = {str(point.order.public_id): point for point in page.points if point.order}
    found = cover(row.text, row.reading, [stretch(point.order) for point in points.values() if point.order])
    wanted = [(no, line) for no, line in enumerate(found.lines, 1) if line.orphaned or not only_orphans]
    begin = int(after) if after and after.isdecimal() else 0
    shown = [(no, line) for no, line in wanted if no > begin][: SIZE + 1]
    classes: dict[str, int] = {}
    for line in found.lines:
        classes[line.klass] = classes.get(line.klass, 0) + 1
    return CoveragePage(
        document=page.document,
        lines=[_line(no, line, row.text, found, points) for no, line in shown[:SIZE]],
        sentences=found.sentences,
        orders=found.orders,
        demands=found.demands,
        owned=found.owned,
        owned_pct=found.owned_pct,
        orphans=len(found.orphans),
        unmatched=sum(1 for point in points.values() if point.order and _unmatched(point.order)),
        classes=classes,
        may_mend=who.may("intake") and page.document.state in {DocumentState.TRIAGE, DocumentState.REVIEW},
        only_orphans=only_orphans,
        next_key=str(shown[SIZE - 1][0]) if len(shown) > SIZE else None,
    )


def _unmatched(order: OrderRow) -> bool:
    return order.status != OrderStatus.DROPPED and bool(order.leads) and not any(lead.count for lead in order.leads)


def _line(no: int, line: Line, text: str, found: Coverage, points: dict[str, PointRow]) -> CoverageLine:
    one = found.stretches[line.order] if line.order is not None else None
    point = points[one.key] if one else None
    charged = list(dict.fromkeys(row.unit_name for row in point.tasks)) if point and point.total else []
    owners = charged or (list(one.owners) if one and not one.dropped else [])
    return CoverageLine(
        no=no,
        start=line.start,
        end=line.end,
        text=" ".join(text[line.start : line.end].split()),
        klass=line.klass,
        orphaned=line.orphaned,
        order=point.order if point else None,
        owners=owners[:3],
        more_owners=max(0, (point.total if point and charged else len(owners)) - 3),
        tasks=point.total if point else 0,
        counts=point.counts if point else {},
    )
