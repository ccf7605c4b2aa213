"""Whom the registry names for the words of an order, so that who gives it elsewhere sees the legal basis first."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from kycuong.core import competence as law
from kycuong.queries.competences import matters
from kycuong.queries.competences.asking import ask
from kycuong.queries.competences.matters import Mentioned

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
    found = matters.mentioned(texts)
    known = {matter: _named(matter, on) for matter in set(found.values())}
    return {key: body for key, matter in found.items() if (body := known[matter])}


def _named(matter: Mentioned, on: date) -> NamedBody | None:
    holders = ask(law.Question(matter.code, on, None, None)).holders
    bodies = {one.entry.body for one in holders}
    unit, name = bodies.pop() if len(bodies) == 1 else (None, "")
    if unit is None:
        return None
    entry = holders[0].entry
    return NamedBody(unit, name, matter.name, entry.basis, entry.public_id)


def is_beside(named: NamedBody | None, units: Collection[int]) -> bool:
    """Return whether an order for one unit is given to another than the registry names; one for many is everybody's own part."""
    return named is not None and len(units) == 1 and named.unit_id not in units
