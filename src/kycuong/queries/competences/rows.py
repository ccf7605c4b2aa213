"""Rows of the registry as the rules take them, with the words people read; one question reads one matter and those above it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from django.db.models import BigAutoField, CharField, DateField, Q, QuerySet

from kycuong.core import amounts
from kycuong.core import competence as law
from kycuong.core.folding import words
from kycuong.models import Competence
from kycuong.queries.kept import Slot, kept

COLUMNS: Final = (
    "pk", "public_id", "code", "matter__code", "matter__name", "level", "kind", "unit", "unit__name", "unit__kind", "post",
    "post__title", "everywhere", "central", "territory", "territory__name", "above_vnd", "ceiling_vnd", "may_pass_on",
    "basis", "valid_from", "valid_until", "source", "unit__short_name", "unit__code", "post__code",
    "source__code", "unit__parent", "unit__parent__name",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One row of the registry with its words; keys are those of the tables."""

    pk: int
    public_id: UUID
    code: str
    matter: str
    matter_name: str
    level: str
    kind: str
    unit_id: int | None
    unit_name: str | None
    unit_kind: str | None
    post_id: int | None
    post_title: str | None
    everywhere: str
    central: str
    territory_id: int | None
    territory_name: str | None
    above_vnd: int | None
    ceiling_vnd: int | None
    may_pass_on: bool
    basis: str
    valid_from: date
    valid_until: date | None
    source_id: int | None
    unit_short: str | None
    unit_code: str | None
    post_code: str | None
    source_code: str | None
    parent_id: int | None
    parent_name: str | None

    @property
    def body(self) -> tuple[int | None, str]:
        """Return the charged unit that holds the row, with its name: the body above a division."""
        if self.unit_kind == "division":
            return self.parent_id, self.parent_name or ""
        return self.unit_id, self.unit_name or ""

    @cached_property
    def row(self) -> law.Row:
        """Return the row as the rules take it."""
        return law.Row(
            str(self.pk), self.matter, holder_key(self.post_id, self.unit_id, self.everywhere, self.central),
            law.Kind(self.kind), self.territory_id, self.above_vnd, self.ceiling_vnd, self.valid_from, self.valid_until,
            str(self.source_id) if self.source_id else None, self.may_pass_on, self.basis,
        )  # fmt: skip

    @property
    def holder(self) -> str:
        """Return who holds it, in words."""
        if self.post_title:
            named = any(name and name in self.post_title for name in (self.unit_name, self.unit_short))
            return self.post_title if named else f"{self.post_title}, {self.unit_name}"
        if self.everywhere:
            return str(Competence.Everywhere(self.everywhere).label)
        return self.unit_name or self.central

    @property
    def kind_label(self) -> str:
        """Return how the competence came to its holder."""
        return law.KIND_WORDS[law.Kind(self.kind)]

    @property
    def level_label(self) -> str:
        """Return the level of the holder."""
        return law.LEVEL_WORDS[law.Level(self.level)]

    @property
    def place(self) -> str:
        """Return the territory, "" for everywhere."""
        return self.territory_name or ""

    @property
    def band(self) -> str:
        """Return the amounts that it covers, "" for all."""
        return amounts.band(self.above_vnd, self.ceiling_vnd)

    @property
    def void(self) -> bool:
        """Return whether the row never came into force: it was written by mistake."""
        return self.valid_until is not None and self.valid_until <= self.valid_from

    def state(self, on: date) -> str:
        """Return where the row stands on a day: void, coming, in_force or ended."""
        if self.void:
            return "void"
        if on < self.valid_from:
            return "coming"
        return "ended" if self.valid_until is not None and on >= self.valid_until else "in_force"


def holder_key(post: int | None, unit: int | None, everywhere: str, central: str) -> str:
    """Return the key of a holder for the rules: the same words, the same holder."""
    if post or unit:
        return f"post:{post}" if post else f"unit:{unit}"
    return f"everywhere:{everywhere}" if everywhere else f"central:{words(central)}"


def entries(rows: QuerySet[Competence]) -> list[Entry]:
    """Return rows with their words (one query)."""
    return [Entry(*row) for row in rows.values_list(*COLUMNS)]


def in_force(on: date | Slot) -> Q:
    """Return the condition that a row is in force on a day."""
    return Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gt=on))


def standing(matter: str, territory: int | None, on: date) -> list[Entry]:
    """Return the rows in force of a matter and those above it, everywhere and at a place (one query, its words kept)."""
    line = law.ancestors(matter)[: law.DEEPEST]
    padded = (*line, *[""] * (law.DEEPEST - len(line)))
    return [Entry(*row) for row in _standing(*padded, territory or 0, on)]


def only_body(found: Iterable[Entry]) -> tuple[int | None, str]:
    """Return the one charged unit that holds some rows, with its name; None when it is not one."""
    bodies = {one.body for one in found}
    return bodies.pop() if len(bodies) == 1 else (None, "")


def standing_in(matters: Collection[str], on: date) -> list[Entry]:
    """Return the rows in force everywhere of some matters and those above them (one query, whatever their number)."""
    if len(matters) == 1:
        return standing(next(iter(matters)), None, on)
    lines = sorted({above for matter in matters for above in law.ancestors(matter)})
    found = Competence.objects.filter(in_force(on), matter__code__in=lines, territory__isnull=True)
    return entries(found.order_by("pk")) if lines else []


@kept(*[CharField()] * law.DEEPEST, BigAutoField(), DateField())
def _standing(*slots: Slot) -> QuerySet[Competence, tuple[Any, ...]]:
    *matters, territory, on = slots
    of_line = Q()
    for matter in matters:
        of_line |= Q(matter__code=matter)
    place = Q(territory__isnull=True) | Q(territory=territory)
    return Competence.objects.filter(of_line, place, in_force(on)).order_by("pk").values_list(*COLUMNS)


def of_line(matter: str) -> list[Entry]:
    """Return every row of a matter and of those above it, of any day and place (one query)."""
    return entries(Competence.objects.filter(matter__code__in=law.ancestors(matter)).order_by("pk"))


def below(keys: Iterable[int]) -> list[Entry]:
    """Return every row passed on from some rows, level by level (one query a level)."""
    found: list[Entry] = []
    level = list(keys)
    while level:
        rows = entries(Competence.objects.filter(source__in=level).order_by("pk"))
        found += rows
        level = [row.pk for row in rows]
    return found
