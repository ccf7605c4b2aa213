"""Two registered documents demand by demand: what the words say, and what a person said of it since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from kycuong.core.errors import Invalid
from kycuong.models import Document, DocumentLink, MatchCorrection
from kycuong.queries import scope
from kycuong.queries.comparisons.charging import charges_of, with_loose
from kycuong.queries.documents.register import DocumentRow, row_of
from kycuong.reader.comparing import (
    STATUSES,
    Charge,
    Comparison,
    Demand,
    Line,
    compare,
    demands,
    judged,
)


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One word of a person on a demand."""

    public_id: UUID
    start: int
    text: str
    before: str
    status: str
    reason: str
    officer: str
    at: datetime
    undone: bool


@dataclass(frozen=True, slots=True)
class DemandRow:
    """A demand of the parent, what became of it, and who said so when it was a person."""

    no: int
    line: Line
    found: str
    correction: CorrectionRow | None


@dataclass(frozen=True, slots=True)
class PairPage:
    """A document beside one below it."""

    parent: DocumentRow
    child: DocumentRow
    rows: list[DemandRow]
    added: list[Demand]
    counts: dict[str, int]
    choices: list[Demand]
    history: list[CorrectionRow]
    may_correct: bool
    linked: bool
    comparison: Comparison = field(repr=False)

    def to_json(self) -> dict[str, Any]:
        """Return the plain form that the command prints."""
        return self.comparison.to_json()


def pair(who: scope.Actor | None, one: UUID, other: UUID) -> PairPage:
    """Return two documents compared, the upper one first. Raises: NotVisible, Invalid when they are the same."""
    above, below = _seen(who, one), _seen(who, other)
    if above.pk == below.pk:
        raise Invalid("compare_itself")
    links = DocumentLink.objects.filter(document=below, other=above, kind=DocumentLink.Kind.IMPLEMENTS)
    corrections = corrections_of(above, below)
    charges = charges_of([above.pk, below.pk])
    orders = with_loose(below.pk, charges[below.pk])
    found = compare(charges[above.pk], orders, issuer=below.issuer)
    shown, rows = corrected(found, orders, below.issuer, corrections)
    told = {line.demand.start: " ".join(line.demand.text.split()) for line in found.lines}
    return PairPage(
        parent=row_of(above),
        child=row_of(below),
        rows=rows,
        added=list(shown.added),
        counts={status: shown.count(status) for status in STATUSES},
        choices=list(demands(orders)),
        history=[_row(row, told.get(row.start, "")) for row in corrections],
        may_correct=who is not None and who.may("intake"),
        linked=links.exists(),
        comparison=shown,
    )


def _seen(who: scope.Actor | None, public_id: UUID) -> Document:
    return scope.document_to_read(who, public_id) if who else Document.objects.get(public_id=public_id)


def corrections_of(above: Document, below: Document) -> list[MatchCorrection]:
    """Return what people said of the demands of a pair, the newest first, taken back or not."""
    rows = MatchCorrection.objects.filter(parent=above, child=below)
    return list(rows.select_related("officer").order_by("-id"))


def corrected(
    found: Comparison, orders: tuple[Charge, ...], issuer: str, corrections: Iterable[MatchCorrection]
) -> tuple[Comparison, list[DemandRow]]:
    """Put the word of people over what the words say; the newest that stands holds."""
    standing: dict[tuple[int, int], MatchCorrection] = {}
    for row in corrections:
        if not row.undone:
            standing.setdefault((row.start, row.end), row)
    below = demands(orders)
    lines, rows = [], []
    for no, line in enumerate(found.lines, 1):
        correction = standing.get((line.demand.start, line.demand.end))
        said = _corrected(line, correction, below, orders, issuer) if correction else line
        lines.append(said)
        told = _row(correction, "") if correction else None
        rows.append(DemandRow(no, said, line.status, told))
    used = {demand.start for line in lines for demand in line.match}
    added = tuple(one for one in below if one.start not in used and not orders[one.charge].loose)
    return Comparison(tuple(lines), added), rows


def _corrected(
    line: Line, correction: MatchCorrection, below: tuple[Demand, ...], orders: tuple[Charge, ...], issuer: str
) -> Line:
    if correction.status == MatchCorrection.Status.MISSING:
        return Line(line.demand, correction.status, line.score)
    chosen = {tuple(span) for span in correction.spans}
    match = tuple(one for one in below if (one.start, one.end) in chosen) or line.match
    return replace(judged(line.demand, match, orders, issuer, line.score), status=correction.status)


def _row(row: MatchCorrection, text: str) -> CorrectionRow:
    return CorrectionRow(
        row.public_id, row.start, text, row.before, row.status, row.reason, row.officer.full_name, row.at, row.undone
    )


def counted(links: Iterable[DocumentLink]) -> list[DocumentLink]:
    """Return links with their numbers counted anew, not yet written; the documents are to be fetched before."""
    rows = list(links)
    charges = charges_of({pk for link in rows for pk in (link.document_id, link.other_id)})
    for link in rows:
        orders = with_loose(link.document_id, charges[link.document_id])
        found = compare(charges[link.other_id], orders, issuer=link.document.issuer)
        shown, _ = corrected(found, orders, link.document.issuer, corrections_of(link.other, link.document))
        link.carried, link.softened, link.missing = (shown.count(status) for status in STATUSES)
    return rows


def stale(limit: int) -> list[DocumentLink]:
    """Return links whose numbers were never counted, or whose documents were changed since."""
    links = DocumentLink.objects.filter(kind=DocumentLink.Kind.IMPLEMENTS)
    changed = Q(compared_at__isnull=True)
    for side in ("document", "other"):
        changed |= Q(**{f"{side}__issued_at__gt": F("compared_at")}) | Q(
            **{f"{side}__changes__at__gt": F("compared_at")}
        )
    return list(links.filter(changed).select_related("document", "other").order_by("id").distinct()[:limit])
