"""Matters: find one by its code, its name or words people use; the tree of them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import NamedTuple, TypeVar

from django.db.models import Count, Q, QuerySet, TextField

from kycuong.core import competence as law
from kycuong.core import submissions as rules
from kycuong.core.errors import Invalid
from kycuong.core.folding import words
from kycuong.models import Competence, Matter, MatterPhrase
from kycuong.queries.kept import Several, Slot, among, kept

FOUND = 30
K = TypeVar("K", bound=Hashable)


class Mentioned(NamedTuple):
    """A matter that a text is about."""

    pk: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A matter in a list: how many lie directly within it, how many rows of the registry it has in all."""

    code: str
    name: str
    words: tuple[str, ...] = ()
    within: int = 0
    rows: int = 0

    @property
    def label(self) -> str:
        """Return the matter as a form offers it."""
        return f"{self.code} · {self.name}"


def find(text: str, size: int = FOUND) -> list[MatterRow]:
    """Return the matters in which every word of a text stands, those whose name begins with it first."""
    wanted = words(text).split()
    if not wanted:
        return []
    every = reduce(and_, (Q(folded__contains=word) for word in wanted))
    rows = Matter.objects.filter(every).order_by("code")[: size * 4]
    start = words(text)
    ranked = sorted(rows, key=lambda row: (start not in words(row.name), row.code.count(law.DOT), row.code))
    return [MatterRow(row.code, row.name, tuple(row.words)) for row in ranked[:size]]


def choose(text: str) -> tuple[Matter | None, list[MatterRow]]:
    """Return the one matter that a text means, or those that it may mean. Raises: Invalid."""
    bare = text.strip()
    if not bare:
        raise Invalid("matter_missing")
    code = bare.partition(" · ")[0].strip()
    exact = Matter.objects.filter(code__iexact=code).first()
    if exact is not None:
        return exact, []
    found = find(bare)
    named = [row for row in found if words(row.name) == words(bare)] or found
    if not named:
        raise Invalid("matter_unknown", text=bare[:80])
    return (Matter.objects.get(code=named[0].code), []) if len(named) == 1 else (None, found)


def exactly(text: str) -> Matter | None:
    """Return the matter whose code or whole name a text is; None for any other text."""
    bare = text.strip()
    if not bare:
        return None
    found = Matter.objects.filter(code__iexact=bare.partition(" · ")[0].strip()).first()
    if found is not None:
        return found
    rows = find(bare)
    return next((Matter.objects.get(code=row.code) for row in rows if words(row.name) == words(bare)), None)


def mentioned(texts: Mapping[K, str]) -> dict[K, Mentioned]:
    """Return for each of some texts the matter that it mentions, where it mentions one (one query, its words kept)."""
    begun = {two for text in texts.values() for two in rules.beginnings(text)}
    rows = _phrases(sorted(begun)) if begun else []
    known = [(Mentioned(pk, code, name), phrase) for pk, code, name, phrase in rows]
    found = {key: rules.mentioned(text, known) for key, text in texts.items()}
    return {key: matter for key, matter in found.items() if matter is not None}


@kept(Several(TextField()))
def _phrases(begun: Slot) -> QuerySet[MatterPhrase, tuple[int, str, str, str]]:
    rows = MatterPhrase.objects.filter(among("beginning", begun)).order_by("matter__code", "pk")
    return rows.values_list("matter", "matter__code", "matter__name", "phrase")


def get(code: str) -> Matter:
    """Return a matter by its code. Raises: Invalid."""
    found = Matter.objects.filter(code__iexact=code.strip()).first()
    if found is None:
        raise Invalid("matter_unknown", text=code[:80])
    return found


def line(matter: Matter) -> list[MatterRow]:
    """Return the matters above one, the widest first, and itself."""
    names = dict(Matter.objects.filter(code__in=law.ancestors(matter.code)).values_list("code", "name"))
    return [MatterRow(code, names[code]) for code in law.ancestors(matter.code) if code in names]


def children(matter: Matter | None) -> list[MatterRow]:
    """Return the matters directly within one (the widest ones without), with the rows of all that lies within (two queries)."""
    rows = Matter.objects.filter(parent=matter).annotate(within=Count("children")).order_by("code")
    lying = Competence.objects.values_list("matter__code").annotate(n=Count("pk")).order_by()
    if matter is not None:
        lying = lying.filter(matter__code__startswith=matter.code + law.DOT)
    depth = matter.code.count(law.DOT) + 2 if matter else 1
    totals: dict[str, int] = {}
    for code, n in lying:
        top = law.DOT.join(code.split(law.DOT)[:depth])
        totals[top] = totals.get(top, 0) + n
    return [MatterRow(row.code, row.name, tuple(row.words), row.within, totals.get(row.code, 0)) for row in rows]


def offered(size: int = 300) -> list[MatterRow]:
    """Return matters for a form's suggestions, by code."""
    return [MatterRow(code, name) for code, name in Matter.objects.order_by("code").values_list("code", "name")[:size]]


def all_within(code: str = "") -> list[MatterRow]:
    """Return a matter with those above it and all within it, or every matter; by code."""
    rows = Matter.objects.order_by("code")
    if code:
        line = law.ancestors(code)
        rows = rows.filter(Q(code__in=line) | Q(code__startswith=code + law.DOT))
    return [MatterRow(row.code, row.name, tuple(row.words)) for row in rows]
