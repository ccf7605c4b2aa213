"""Whom the registry names for the words of an order, so that who gives it elsewhere sees the legal basis first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from kycuong.core import competence as law
from kycuong.models import Task
from kycuong.queries.competences import matters
from kycuong.queries.competences.matters import Mentioned
from kycuong.queries.competences.rows import only_body, standing_in

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
    """Return for each of some texts the one body that the registry names for what it is about, where it names one.

    Two queries at the most, whatever the number of texts and matters.
    """
    found = matters.mentioned(texts)
    known = _named(set(found.values()), on) if found else {}
    return {key: known[matter] for key, matter in found.items() if matter in known}


def _named(asked: Collection[Mentioned], on: date) -> dict[Mentioned, NamedBody]:
    """Return the one body of each matter that has one; what the giver itself decides is prepared by whom it charges."""
    rows = {str(one.pk): one for one in standing_in([matter.code for matter in asked], on)}
    laws = [one.row for one in rows.values()]
    known = {}
    for matter in asked:
        held = [rows[one.row.key] for one in law.who(laws, law.Question(matter.code, on)).found]
        unit, name = only_body(held)
        if unit is not None and held[0].unit_kind != law.GIVER:
            known[matter] = NamedBody(unit, name, matter.name, held[0].basis, held[0].public_id)
    return known


def is_beside(named: NamedBody | None, units: Collection[int]) -> bool:
    """Return whether an order is given to another unit than the registry names."""
    return named is not None and law.is_beside(named.unit_id, units)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An order that went to another body than the registry names: its place in the document, and whom it names."""

    place: str
    unit_name: str
    matter: str
    basis: str
    competence: UUID


def given_elsewhere(on: date, **whose: UUID) -> list[Elsewhere]:
    """Return what of a document or a duty (`document` or `duty`, by public id) went elsewhere than the registry names.

    For who gives without being asked for a reason: a machine is told what a person is warned of. Three queries at the most.
    """
    wanted = {f"{key}__public_id": value for key, value in whose.items()}
    rows = Task.objects.filter(order__isnull=False, **wanted).order_by("order__start", "order")
    texts: dict[int, tuple[str, str]] = {}
    units: dict[int, set[int]] = defaultdict(set)
    for order, path, text, unit in rows.values_list("order", "order__path", "order__text", "duty__holder_unit"):
        texts[order] = path, text
        units[order].add(unit)
    named = named_for({order: text for order, (_, text) in texts.items()}, on)
    return [
        Elsewhere(texts[order][0], body.unit_name, body.matter, body.basis, body.competence)
        for order, body in named.items() if is_beside(body, units[order])
    ]  # fmt: skip
