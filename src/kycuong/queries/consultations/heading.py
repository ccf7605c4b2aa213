"""What a paper of a consultation bears at its head and foot: place, symbol, the body above, who signs."""

from __future__ import annotations

from datetime import date

from kycuong.core.letters import Signature, signature_of, symbol_of
from kycuong.models import Unit
from kycuong.queries import org


def place() -> str:
    """Return the place that a paper of this province names before its day."""
    return _province().removeprefix("Ủy ban nhân dân ").removeprefix("tỉnh ").removeprefix("thành phố ")


def symbol(unit: Unit) -> str:
    """Return the letters of a unit in the symbol of its papers."""
    return symbol_of(unit.kind, unit.code, unit.short_name)


def signature(unit: int | None, on: date) -> Signature:
    """Return in what capacity a unit's head signs on a day. The name stays blank: a draft that comes back bears no signer."""
    seat = org.head_of(unit, on) if unit else None
    return signature_of(seat.unit_name, seat.title) if seat else signature_of("", "")


def above(issuer: str) -> str:
    """Return the body named above an issuer in its letterhead: the province's Committee, above none of the Committees.

    Basis: NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, mục I.2.
    """
    return "" if issuer.startswith("Ủy ban nhân dân") else _province()


def _province() -> str:
    return Unit.objects.filter(kind="province").order_by("id").values_list("name", flat=True).first() or ""
