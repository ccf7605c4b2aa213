"""The page of a document and its family: which pair is looked at, which others there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kycuong.core.errors import Invalid
from kycuong.models import Document
from kycuong.queries import scope
from kycuong.queries.comparisons.charging import charges_of, with_loose
from kycuong.queries.comparisons.family import Family, Relative, family
from kycuong.queries.comparisons.pairs import PairPage, pair
from kycuong.queries.comparisons.units import UnitsPage, units
from kycuong.queries.documents.register import DocumentRow, row_of
from kycuong.reader.comparing import Charge


@dataclass(frozen=True, slots=True)
class GenealogyPage:
    """A document with its family; the pair looked at, when there is one; the charged units."""

    document: DocumentRow
    family: Family
    others: list[Relative]
    pair: PairPage | None
    units: UnitsPage


def genealogy(who: scope.Actor, public_id: UUID, at: datetime, beside: UUID | None = None) -> GenealogyPage:
    """Return the family of a document and its comparison with one other: the one asked for, else its parent or first child.

    Raises: NotVisible, Invalid.
    """
    document = scope.document_to_read(who, public_id)
    relatives = family(who, document)
    others = [one for one in relatives.members if one.public_id in _tied(relatives, public_id)]
    chosen = beside or (others[0].public_id if others else None)
    return GenealogyPage(
        document=row_of(document),
        family=relatives,
        others=others,
        pair=_pair(who, document, relatives, chosen) if chosen else None,
        units=units(who, document, at),
    )


def _tied(relatives: Family, public_id: UUID) -> set[UUID]:
    return {
        end for tie in relatives.ties for end in (tie.parent, tie.child) if public_id in {tie.parent, tie.child}
    } - {public_id}


def _pair(who: scope.Actor, document: Document, relatives: Family, other: UUID) -> PairPage:
    """Compare the right way round: the implemented one above; of strangers the older one."""
    tie = next((tie for tie in relatives.ties if {tie.parent, tie.child} == {document.public_id, other}), None)
    if tie:
        return pair(who, tie.parent, tie.child)
    beside = scope.document_to_read(who, other)
    early, late = sorted((document, beside), key=lambda one: (one.issued_on or date.max, one.pk))
    return pair(who, early.public_id, late.public_id)


def of_registered(who: scope.Actor | None, text: str) -> UUID:
    """Return the document that a number with symbol or a public id names. Raises: Invalid."""
    documents = scope.visible_documents(who) if who else Document.objects.all()
    try:
        wanted = documents.filter(public_id=UUID(text.strip()))
    except ValueError:
        number, _, symbol = text.strip().partition("/")
        wanted = documents.filter(number=number, symbol__iexact=symbol.strip()) if symbol else documents.none()
    found = wanted.order_by("-issued_on", "-id").values_list("public_id", flat=True).first()
    if found is None:
        raise Invalid("document_unknown", document=text.strip() or "…")
    return found


def charges_registered(who: scope.Actor | None, text: str) -> tuple[tuple[Charge, ...], tuple[Charge, ...], str]:
    """Return the orders of a registered document, its loose sentences too, and its issuer. Raises: Invalid."""
    document = Document.objects.get(public_id=of_registered(who, text))
    orders = charges_of([document.pk])[document.pk]
    return orders, with_loose(document.pk, orders), document.issuer
