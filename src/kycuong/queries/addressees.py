"""From the name that a document prints to a unit of the organisation or a group of units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Count, DateField, QuerySet, Subquery, Value
from rapidfuzz import fuzz, process

from kycuong.core.addressees import GROUP_BY_CODE, GROUPS, groups_named, unit_words
from kycuong.models import OrgChange, Unit
from kycuong.queries import successions
from kycuong.queries.kept import Slot, kept
from kycuong.queries.org import valid_on

CHARGEABLE = frozenset(
    {"office", "department", "public_service", "vertical", "party", "mass", "council", "commune"}
)  # fmt: skip
ENDED = 0.6  # how sure the successors of a unit that is no more are: somebody looks at them
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
        self._read_ended(on)

    def _read_ended(self, on: date) -> None:
        """Read the names of units that have ended, with who inherits from them on the day."""
        self.ended: dict[str, list[tuple[int, date, date]]] = {}
        rows = successions.ended_names(on, CHARGEABLE | {"district"})
        for pk, names, since, until in rows:
            for name in names:
                self.ended.setdefault(unit_words(name, self.place), []).append((pk, since, until))
        found = successions.successors_of([pk for pk, *_ in rows], on)
        self.successors = {old: [pk for pk in units if pk in self.kinds] for old, units in found.items()}

    def inheriting(self, printed: str, dated: date | None = None) -> list[int]:
        """Return who inherits from the unit that a text meant by a name: one that stood on the day of the text but is
        no more; without a day one that nobody in force is called. Empty when the name means no ended unit.
        """
        text = unit_words(printed, self.place)
        for name in (text, text.removesuffix(" tinh"), f"{text} tinh"):
            for pk, since, until in self.ended.get(name, []):
                stood = dated is not None and since <= dated < until
                if stood or name not in self.by_words:
                    return self.successors.get(pk, [])
        return []

    def resolve(self, printed: str, dated: date | None = None) -> list[Resolved]:
        """Return what a printed name stood for on the day of its text; empty when nobody in force is meant.

        Of a unit that has ended its successors are proposed, for somebody to look at.
        """
        old = self.inheriting(printed, dated)
        if old:
            return [Resolved(pk, "", ENDED) for pk in old]
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
def _cached(on: date, newest: int, count: int, changed: int) -> Directory:
    return Directory(on)


def directory(on: date) -> Directory:
    """Return the directory of a day; rebuilt when units came, went or changed their names."""
    newest, count, changed = next(iter(_state(on)), (0, 0, 0))
    return _cached(on, newest, count or 0, changed or 0)


@kept(DateField())
def _state(on: Slot) -> QuerySet[Unit, tuple[int, int, int]]:
    """Return the newest unit, how many stand on the day, how many changes were built: what a directory depends on."""
    standing = Unit.objects.filter(valid_on(on))
    built = OrgChange.objects.filter(built_at__isnull=False)
    newest = Unit.objects.order_by("-id").annotate(standing=_count(standing), built=_count(built))
    return newest.values_list("id", "standing", "built")[:1]


def _count(rows: QuerySet[Any]) -> Subquery:
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")
    return Subquery(counted)
