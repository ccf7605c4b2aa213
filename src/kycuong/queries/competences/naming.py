"""Whom the registry names for the words of an order, so that who gives it elsewhere sees the legal basis first."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from kycuong.core import competence as law
from kycuong.core import submissions as rules
from kycuong.models import Matter, Unit
from kycuong.queries.competences.asking import ask
from kycuong.queries.competences.submitting import body_of

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class NamedBody:
    """The one body that decides a matter by the registry, with the row's basis."""

    unit_id: int
    unit_name: str
    matter: str
    basis: str
    competence: UUID

    @property
    def value(self) -> str:
        """Return the body as a form names it."""
        return f"unit:{self.unit_id}"


def named_for(texts: Mapping[K, str], on: date) -> dict[K, NamedBody]:
    """Return for each of some texts the one body that the registry names for what it is about, where it names one."""
    if not texts:
        return {}
    rows = [(code, (name, *also)) for code, name, also in Matter.objects.values_list("code", "name", "words")]
    codes = {key: code for key, text in texts.items() if (code := rules.mentioned(text, rows))}
    names = {code: phrases[0] for code, phrases in rows}
    known = {code: _named(code, names[code], on) for code in set(codes.values())}
    return {key: found for key, code in codes.items() if (found := known[code])}


def _named(code: str, name: str, on: date) -> NamedBody | None:
    holders = ask(law.Question(code, on, None, None)).holders
    bodies = {body_of(one.entry) for one in holders}
    body = bodies.pop() if len(bodies) == 1 else None
    if body is None:
        return None
    entry = holders[0].entry
    return NamedBody(body, Unit.objects.values_list("name", flat=True).get(pk=body), name, entry.basis, entry.public_id)


def is_beside(named: NamedBody | None, units: Collection[int]) -> bool:
    """Return whether an order for one unit is given to another than the registry names; one for many is everybody's own part."""
    return named is not None and len(units) == 1 and named.unit_id not in units
