"""From the name that a document prints to a unit of the organisation or a group of units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz, process

from kycuong.core.addressees import GROUP_BY_CODE, GROUPS, groups_named, unit_words
from kycuong.models import Unit
from kycuong.queries.org import valid_on

CHARGEABLE = frozenset(
    {"office", "department", "public_service", "vertical", "party", "mass", "council", "commune"}
)  # fmt: skip
LIKE = 93  # similarity, of 100, at which two names are taken for one with a slip of the pen


@dataclass(frozen=True, slots=True)
class Resolved:
    """One unit or one group that a printed name stands for, with confidence between 0 and 1."""

    unit_id: int | None
    group: str
    confidence: float


class Directory:
    """The names of every chargeable unit on a day, built once and asked often."""

    def __init__(self, on: date) -> None:
        self.by_words: dict[str, int] = {}
        self.kinds: dict[int, str] = {}
        self.names: dict[int, str] = {}
        province = Unit.objects.filter(valid_on(on), kind="province").values_list("name", flat=True).first() or ""
        self.place = province.split("tỉnh ")[-1] if "tỉnh " in province else ""
        rows = Unit.objects.filter(valid_on(on), kind__in=CHARGEABLE).order_by("id")
        for unit in rows:
            self.kinds[unit.pk], self.names[unit.pk] = unit.kind, unit.name
            for name in (unit.name, unit.short_name, *unit.aliases):
                self.by_words.setdefault(unit_words(name, self.place), unit.pk)

    def resolve(self, printed: str) -> list[Resolved]:
        """Return what a printed name stands for; empty when nobody by that name is in force."""
        text = unit_words(printed, self.place)
        for name in (text, text.removesuffix(" tinh"), f"{text} tinh"):
            if name in self.by_words:
                return [Resolved(self.by_words[name], "", 1.0)]
        groups = groups_named(printed)
        if groups:
            return [Resolved(None, code, confidence) for code, confidence in groups.items()]
        best = process.extractOne(text, self.by_words.keys(), scorer=fuzz.ratio, score_cutoff=LIKE)
        return [Resolved(self.by_words[best[0]], "", best[1] / 100 - 0.1)] if best else []

    def members(self, group: str) -> list[int]:
        """Return the units of a group, in the order of the register of units."""
        kinds = GROUP_BY_CODE[group].kinds
        return [pk for pk, kind in self.kinds.items() if kind in kinds]

    def group_rows(self) -> list[tuple[str, str, int]]:
        """Return every group as (code, label, number of units)."""
        return [(group.code, group.label, len(self.members(group.code))) for group in GROUPS]


@lru_cache(maxsize=4)
def _cached(on: date, newest: int, count: int) -> Directory:
    return Directory(on)


def directory(on: date) -> Directory:
    """Return the directory of a day; rebuilt when units came or went."""
    newest = Unit.objects.order_by("-id").values_list("id", flat=True).first() or 0
    return _cached(on, newest, Unit.objects.filter(valid_on(on)).count())
