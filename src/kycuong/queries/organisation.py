"""The organisation as people read it, on any day: the tree, one unit with its posts, and what has become of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from kycuong.core.errors import NotVisible
from kycuong.core.folding import fold
from kycuong.models import OrgChange, OrgChangeSubject, Succession, SuccessionLine, Unit, UnitClosure
from kycuong.models.org import UnitKind, UnitRelation
from kycuong.queries import org, scope
from kycuong.queries.org_changes import open_duties

FOUND_SHOWN = 100


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as the tree shows it on a day."""

    public_id: UUID
    name: str
    short_name: str
    above: str
    head_name: str
    head_title: str
    divisions: int


@dataclass(frozen=True, slots=True)
class Group:
    """The units of one kind."""

    kind: str
    label: str
    rows: list[UnitRow]


@dataclass(frozen=True, slots=True)
class Past:
    """One line of a unit's history: `what` is opened, ended, received, handed, renamed or post."""

    on: date
    what: str
    decision: str = ""
    change_id: UUID | None = None
    other: str = ""
    other_id: UUID | None = None
    duties: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A division of a unit with its seats."""

    public_id: UUID
    name: str
    seats: list[org.Seat]


@dataclass(slots=True)
class UnitPage:
    """One unit on a day."""

    public_id: UUID
    code: str
    name: str
    kind: str
    kind_label: str
    relation_label: str
    above: str
    above_id: UUID | None
    valid_from: date
    last_day: date | None
    seats: list[org.Seat]
    divisions: list[Place]
    below: list[UnitRow]
    other_names: list[str]
    open_count: int | None
    history: list[Past] = field(default_factory=list)
    successors: list[tuple[UUID, str]] = field(default_factory=list)
    may_change: bool = False
    on: date = date.min


def tree(on: date, text: str = "") -> list[Group]:
    """Return the units in force on a day by kind, the kinds in the order of the enum; with words only those that have them."""
    units = Unit.objects.filter(org.valid_on(on)).order_by("name", "id")
    if not text.strip():
        units = units.exclude(kind="division")
    found = list(units)
    names = names_on(found, on)
    if text.strip():
        wanted = fold(text).split()
        found = [unit for unit in found if all(word in f"{unit.folded} {fold(names[unit.pk])}" for word in wanted)]
    rows = _rows(found[:FOUND_SHOWN] if text.strip() else found, names, on)
    groups: dict[str, list[UnitRow]] = defaultdict(list)
    for unit, row in zip(found, rows, strict=False):
        groups[unit.kind].append(row)
    return [Group(kind.value, str(kind.label), groups[kind.value]) for kind in UnitKind if groups[kind.value]]


def names_on(units: Iterable[Unit], on: date) -> dict[int, str]:
    """Return what units were called on a day: their name until the first renaming after it (one query)."""
    names = {unit.pk: unit.name for unit in units}
    later = OrgChangeSubject.objects.filter(
        unit__in=names, change__kind="rename", change__built_at__isnull=False, in_force_on__gt=on
    ).select_related("change")
    for row in later.order_by("-in_force_on", "-id"):
        if row.unit_id:
            names[row.unit_id] = row.change.mapping.get("was", names[row.unit_id])
    return names


def _rows(units: list[Unit], names: dict[int, str], on: date) -> list[UnitRow]:
    heads = org.heads([unit.pk for unit in units], on)
    inside: dict[int, int] = defaultdict(int)
    on_day = UnitClosure.objects.filter(org.valid_on(on), depth=1)
    below = on_day.filter(ancestor__in=units, descendant__kind="division").values_list("ancestor", flat=True)
    for pk in below:
        inside[pk] += 1
    above = dict(on_day.filter(descendant__in=units).values_list("descendant", "ancestor__name"))
    return [
        UnitRow(
            unit.public_id, names[unit.pk], unit.short_name, above.get(unit.pk, ""),
            heads[unit.pk].officer_name if unit.pk in heads else "", heads[unit.pk].title if unit.pk in heads else "",
            inside[unit.pk],
        )
        for unit in units
    ]  # fmt: skip


def unit_page(who: scope.Actor, public_id: UUID, on: date, *, last: bool = False) -> UnitPage:
    """Return one unit as it was on a day, with its whole history; with `last` one that has ended as on its last day.

    Raises: NotVisible.
    """
    unit = Unit.objects.filter(public_id=public_id).first()
    if unit is None:
        raise NotVisible("unit_not_visible")
    if last and unit.valid_until and unit.valid_until <= on:
        on = unit.valid_until - timedelta(days=1)
    links = UnitClosure.objects.filter(org.valid_on(on), depth=1)
    up = links.filter(descendant=unit).select_related("ancestor").first()
    inside = [
        row.descendant for row in links.filter(ancestor=unit).select_related("descendant").order_by("descendant_id")
    ]
    names = names_on([unit, *inside], on)
    divisions = [one for one in inside if one.kind == "division"]
    seats = _seats([unit, *divisions], on)
    # Whoever opens the page of the unit's duties; a count of what one may not see betrays it.
    sees = who.sees_all or unit.pk in {*who.body_ids, *scope.inherited(who.body_ids)}
    page = UnitPage(
        unit.public_id, unit.code, names[unit.pk], unit.kind, str(UnitKind(unit.kind).label),
        str(UnitRelation(unit.relation).label), up.ancestor.name if up else "", up.ancestor.public_id if up else None,
        unit.valid_from, unit.valid_until - timedelta(days=1) if unit.valid_until else None, seats[unit.pk],
        [Place(one.public_id, names[one.pk], seats[one.pk]) for one in divisions],
        _rows([one for one in inside if one.kind != "division"], names, on),
        [one for one in dict.fromkeys([unit.name, *unit.aliases]) if one != names[unit.pk]],
        open_duties().filter(holder_unit=unit).count() if sees else None,
    )  # fmt: skip
    page.history = _history(unit, [unit.pk, *(one.pk for one in divisions)], counted=sees)
    page.successors = _successors(unit)
    page.may_change, page.on = who.organises, on
    return page


def _seats(units: list[Unit], on: date) -> dict[int, list[org.Seat]]:
    found: dict[int, list[org.Seat]] = defaultdict(list)
    for seat in org.seats_in([unit.pk for unit in units], on):
        found[seat.unit_id].append(seat)
    return found


def _successors(unit: Unit) -> list[tuple[UUID, str]]:
    rows = Succession.objects.filter(old=unit, depth=1).order_by("position", "id")
    return list(rows.values_list("successor__public_id", "successor__name"))


def _history(unit: Unit, inside: list[int], *, counted: bool) -> list[Past]:
    """Return what has become of a unit, newest first (a fixed number of queries); how many duties it was if `counted`."""
    lines = [Past(unit.valid_until, "ended")] if unit.valid_until else []
    moves = list(
        Succession.objects.filter(depth=1, old=unit).select_related("successor", "old", "change")
        | Succession.objects.filter(depth=1, successor=unit).select_related("successor", "old", "change")
    )
    counts = _handed([row.change_id for row in moves if row.change_id and counted])
    for row in moves:
        gave = row.old_id == unit.pk
        other = row.successor if gave else row.old
        change = row.change
        lines.append(
            Past(
                row.in_force_on, "handed" if gave else "received", change.decision if change else "",
                change.public_id if change else None, other.name, other.public_id,
                counts[row.change_id or 0, row.old_id, row.successor_id],
            )
        )  # fmt: skip
    subjects = OrgChangeSubject.objects.filter(unit=unit, change__kind="rename", change__applied_at__isnull=False)
    for subject in subjects.select_related("change"):
        lines.append(_past(subject, "renamed", subject.change.mapping.get("was", "")))
    posts = OrgChangeSubject.objects.filter(post__unit__in=inside, change__applied_at__isnull=False)
    for subject in posts.select_related("change", "post"):
        lines.append(_past(subject, "post", subject.post.title if subject.post else ""))
    lines.append(Past(unit.valid_from, "opened"))
    return sorted(lines, key=lambda line: line.on, reverse=True)


def _past(subject: OrgChangeSubject, what: str, other: str) -> Past:
    change: OrgChange = subject.change
    return Past(subject.in_force_on, what, change.decision, change.public_id, other, label=change.kind)


def _handed(change_ids: list[int]) -> dict[tuple[int, int, int], int]:
    """Return how many duties went from which unit to which in some changes."""
    found: dict[tuple[int, int, int], int] = defaultdict(int)
    rows = SuccessionLine.objects.filter(change__in=change_ids, moved_at__isnull=False)
    for change, old, new in rows.values_list("change", "old_unit", "new_unit"):
        found[change, old or 0, new or 0] += 1
    return found
