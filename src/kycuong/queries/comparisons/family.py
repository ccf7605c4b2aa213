"""The family of a document: what it implements, what implements it, generation by generation, with the numbers of each link."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kycuong.models import Document, DocumentLink
from kycuong.queries import scope

#: How many generations up and down are shown, and how many documents in all.
DEPTH = 4
MOST = 400


@dataclass(frozen=True, slots=True)
class Relative:
    """A document of the family: its generation (0 is the document asked about, below it positive)."""

    public_id: UUID
    code: str
    issuer: str
    issued_on: date | None
    subject: str
    state: str
    generation: int
    parents: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """One document implements another: what it carries, softens, lacks; None while nobody has counted."""

    parent: UUID
    child: UUID
    carried: int | None
    softened: int | None
    missing: int | None

    @property
    def counted(self) -> bool:
        """Return whether the demands were counted."""
        return self.carried is not None


@dataclass(frozen=True, slots=True)
class Family:
    """The documents of a family, the upper first, and the ties between them."""

    members: list[Relative]
    ties: list[Tie]
    more: bool

    def of(self, generation: int) -> list[Relative]:
        """Return the documents of one generation."""
        return [one for one in self.members if one.generation == generation]


def family(who: scope.Actor | None, document: Document) -> Family:
    """Return the family of a document as far as the person sees it (one query a generation)."""
    seen = {document.pk: (document, 0)}
    links: dict[int, DocumentLink] = {}
    for step in (-1, 1):
        edge, generation = [document.pk], 0
        while edge and abs(generation) < DEPTH and len(seen) < MOST:
            generation += step
            edge = _further(who, edge, step, generation, seen, links)
    parents: dict[int, list[UUID]] = defaultdict(list)
    kept = [one for one in links.values() if one.document_id in seen and one.other_id in seen]
    for link in kept:
        parents[link.document_id].append(seen[link.other_id][0].public_id)
    members = [_relative(row, generation, parents[row.pk]) for row, generation in seen.values()]
    members.sort(key=lambda one: (one.generation, one.issued_on or date.max, one.code))
    return Family(members, [_tie(one, seen) for one in kept], len(seen) >= MOST)


def _further(
    who: scope.Actor | None,
    edge: list[int],
    step: int,
    generation: int,
    seen: dict[int, tuple[Document, int]],
    links: dict[int, DocumentLink],
) -> list[int]:
    """Go one generation up or down from some documents; return those that are new."""
    near, far = ("document", "other") if step < 0 else ("other", "document")
    rows = DocumentLink.objects.filter(kind=DocumentLink.Kind.IMPLEMENTS, **{f"{near}__in": edge}).select_related(far)
    if who is not None:
        rows = rows.filter(scope.seen_document(who, far))
    fresh = []
    for link in rows.order_by(f"{far}__issued_on", "id")[:MOST]:
        links[link.pk] = link
        row: Document = getattr(link, far)
        if row.pk not in seen:
            seen[row.pk] = (row, generation)
            fresh.append(row.pk)
    return fresh


def _relative(row: Document, generation: int, parents: list[UUID]) -> Relative:
    return Relative(
        row.public_id, str(row), row.issuer, row.issued_on, row.subject, row.state, generation, tuple(parents)
    )


def _tie(link: DocumentLink, seen: dict[int, tuple[Document, int]]) -> Tie:
    return Tie(
        seen[link.other_id][0].public_id, seen[link.document_id][0].public_id, link.carried, link.softened, link.missing
    )
