"""Weigh whom an order charges against the registry of competence: another body is gone past on record, with a reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kycuong.core.errors import Invalid
from kycuong.queries.competences import NamedBody, is_beside, named_for
from kycuong.services.transitions import Act

#: A reason takes so many characters at the most.
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Charged:
    """An order by its place in the document, its words, and the units that it charges."""

    place: str
    text: str
    units: Collection[int]


def weigh(orders: Mapping[int, Charged], on: date, why: str | None) -> dict[int, NamedBody]:
    """Return the orders that charge another unit than the registry names, with whom it names.

    With `why` None nobody asks: a machine gives what was decided elsewhere. Left empty, the giver is shown the legal basis.
    Basis: clause 4.1.2 of the source documents, whose matter is whose; the rows of the registry. Raises: Invalid.
    """
    if why is None:
        return {}
    named = named_for({key: one.text for key, one in orders.items()}, on)
    beside = {key: body for key, body in named.items() if is_beside(body, orders[key].units)}
    if beside and not why.strip():
        told = (f"{orders[key].place}{body.unit_name} ({body.matter}; {body.basis})" for key, body in beside.items())
        raise Invalid("give_beside_registry", named="; ".join(dict.fromkeys(told)))
    return beside


def note_reason(act: Act, body: NamedBody, why: str) -> Act:
    """Return the act that opens a task beside the registry, with the reason in its note and the row in its data."""
    note = f"Giao khác sổ thẩm quyền ({body.unit_name}; {body.basis}): {' '.join(why.split())[:LONGEST]}"
    return replace(act, note=note, data={**act.data, "beside": str(body.competence)})
