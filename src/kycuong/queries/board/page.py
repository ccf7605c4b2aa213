"""The board: units by the seven states, on whose side things lie, and what stands behind every average."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import BigAutoField, QuerySet

from kycuong.core.boards import Spread, counted, late_share, loads, on_time_share, spread
from kycuong.core.calendars import Calendar
from kycuong.core.duties import State
from kycuong.models import Unit
from kycuong.queries import calendars, scope
from kycuong.queries.board import tallied
from kycuong.queries.board.counting import (
    Counts,
    closed_counts,
    closed_days,
    flag_counts,
    open_counts,
    total,
)
from kycuong.queries.board.desks import DeskLine, SideLine, desk_lines, sides
from kycuong.queries.board.filters import Chosen, Filter, choose
from kycuong.queries.board.late import late_days
from kycuong.queries.board.since import Since
from kycuong.queries.board.tallied import one_moment
from kycuong.queries.kept import Several, Slot, among, kept

PAGE: Final = 50
SORTS: Final = ("late", "share", "longest", "most", "name")


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the board, or the sum of all (`unit_id` None): figures by name, shares from 0 to 1, days late."""

    unit_id: UUID | None
    name: str
    kind: str
    ended: bool
    figures: dict[str, int]
    counted: int
    late_share: float | None
    on_time_share: float | None
    late: Spread | None
    longest: datetime | None


@dataclass(frozen=True, slots=True)
class Group:
    """Units of like kind and load, compared among each other: `middle` is the median of their late shares."""

    kind: str
    load: str
    middle: float | None
    lines: list[UnitLine]


@dataclass(frozen=True, slots=True)
class Board:
    """What a person sees of a filter at an instant."""

    at: datetime
    whole: bool
    lines: list[UnitLine]
    units: int
    next_page: int | None
    total: UnitLine
    sides: list[SideLine]
    took: Spread | None
    done_late: Spread | None


def board(
    who: scope.Actor, at: datetime, wanted: Filter, *, sort: str = "late", page: int = 1, size: int | None = PAGE
) -> Board:
    """Return the board: a page of its units with what hurts first, and the sum of all. Raises: NotVisible."""
    with one_moment():
        return _board(who, at, wanted, sort, page, size)


def _board(who: scope.Actor, at: datetime, wanted: Filter, sort: str, page: int, size: int | None) -> Board:
    calendar = calendars.current()
    chosen = choose(who, wanted)
    known = tallied.since(chosen)
    found = count(chosen, at, known, calendar)
    lines = _lines(found, sort)
    first = (max(page, 1) - 1) * size if size else 0
    shown = lines[first : first + size] if size else lines
    everyone, by_unit = late_days(found.heaps, chosen, at, calendar, [key for key, _ in shown])
    units = {unit.key: unit for unit in map(_Named._make, _units([key for key, _ in shown]))}
    summed = total(found.by_unit)
    return Board(
        at=at,
        whole=chosen.whole,
        lines=[_line(units[key], by, found, by_unit[key]) for key, by in shown],
        units=len(lines),
        next_page=page + 1 if size and len(lines) > first + size else None,
        total=_sum(summed, found, everyone),
        sides=sides(who, chosen, at, calendar, summed),
        took=spread(closed_days(chosen, "took", known)),
        done_late=spread(closed_days(chosen, "late", known)),
    )


class _Named(NamedTuple):
    """What the board says of a unit beside its figures."""

    key: int
    public_id: UUID
    name: str
    kind: str
    valid_until: date | None


@kept(Several(BigAutoField()))
def _units(keys: Slot) -> QuerySet[Unit, tuple[Any, ...]]:
    return Unit.objects.filter(among("pk", keys)).values_list("pk", "public_id", "name", "kind", "valid_until")


def count(chosen: Chosen, at: datetime, known: Since | None, calendar: Calendar | None = None) -> Counts:
    """Return every figure of the board by unit; `known` is what the tallies do not know yet."""
    found = Counts()
    open_counts(found, chosen, at, calendar or calendars.current(), known)
    closed_counts(found, chosen, known)
    flag_counts(found, chosen, at)
    return found


def _lines(found: Counts, sort: str) -> list[tuple[int, Counter[str]]]:
    """Return the units with anything to show, in order; names are asked of all only when they make the order."""
    lines = [(key, by) for key, by in found.by_unit.items() if any(by.values())]
    if sort == "name":
        names = dict(Unit.objects.filter(pk__in=found.by_unit).values_list("pk", "name"))
        return sorted(lines, key=lambda line: (names[line[0]], line[0]))
    return sorted(lines, key=lambda line: (*_first(line[1], line[0], found, sort), line[0]))


def _first(by: Counter[str], unit: int, found: Counts, sort: str) -> tuple[float, ...]:
    if sort == "share":
        return (-(late_share(by) or 0), -by[State.OVERDUE])
    if sort == "longest":
        longest = found.longest.get(unit)
        return (longest.timestamp() if longest else float("inf"),)
    if sort == "most":
        return (-counted(by),)
    return (-by[State.OVERDUE], -(late_share(by) or 0), -by[State.NEAR_DUE])


def _line(unit: _Named, by: Counter[str], found: Counts, days: Counter[int]) -> UnitLine:
    return UnitLine(
        unit.public_id, unit.name, unit.kind, unit.valid_until is not None, dict(by), counted(by), late_share(by),
        on_time_share(by), spread(days), found.longest.get(unit.key),
    )  # fmt: skip


def _sum(by: Counter[str], found: Counts, days: Counter[int]) -> UnitLine:
    longest = min(found.longest.values(), default=None)
    return UnitLine(
        None, "", "", False, dict(by), counted(by), late_share(by), on_time_share(by), spread(days), longest
    )


def groups(lines: Sequence[UnitLine]) -> list[Group]:
    """Return the units in groups of like kind, and of like load where a kind has many."""
    kinds: dict[str, list[UnitLine]] = defaultdict(list)
    for line in lines:
        kinds[line.kind].append(line)
    found: dict[tuple[str, str], list[UnitLine]] = defaultdict(list)
    for kind, alike in kinds.items():
        for line, load in zip(alike, loads([one.counted for one in alike]), strict=True):
            found[kind, load].append(line)
    return [Group(kind, load, _middle(alike), alike) for (kind, load), alike in found.items()]


def _middle(lines: Sequence[UnitLine]) -> float | None:
    shares = [line.late_share for line in lines if line.late_share is not None]
    return median(shares) if shares else None


def desks(who: scope.Actor, at: datetime, wanted: Filter) -> list[DeskLine]:
    """Return the desks of a board, what hurts first. Raises: NotVisible."""
    with one_moment():
        return desk_lines(who, choose(who, wanted), at, calendars.current())
