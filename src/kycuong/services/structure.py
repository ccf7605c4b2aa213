"""Build and end parts of the organisation on a day: units with their closure, posts, appointments, successions.

Nothing here asks who may, or hands over a duty: that is said in `services.org_changes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q

from kycuong.core.folding import fold
from kycuong.models import Appointment, Post, Succession, Unit, UnitClosure
from kycuong.queries import scope

BATCH = 500
HEAD_KINDS = {"province": "chairman", "office": "office_head", "division": "division_head"}


def open_unit(like: Unit, *, code: str, name: str, short_name: str, parent: Unit | None, on: date) -> Unit:
    """Open a unit of the kind of another one under a parent, with its place in the tree from a day on."""
    unit = Unit.objects.create(
        code=code, name=name, short_name=short_name or name[:80], kind=like.kind, relation=like.relation, parent=parent,
        oversees=like.oversees, valid_from=on, office_hours=like.office_hours, office_hours_basis=like.office_hours_basis,
        folded=fold(f"{name} {short_name}"),
    )  # fmt: skip
    _hang(unit, parent, on)
    return unit


def _hang(unit: Unit, parent: Unit | None, on: date) -> None:
    rows = [UnitClosure(ancestor=unit, descendant=unit, depth=0, valid_from=on)]
    if parent is not None:
        above = UnitClosure.objects.filter(descendant=parent, valid_until__isnull=True)
        rows += [
            UnitClosure(ancestor_id=row.ancestor_id, descendant=unit, depth=row.depth + 1, valid_from=on)
            for row in above
        ]
    UnitClosure.objects.bulk_create(rows)


def move_unit(unit: Unit, parent: Unit, on: date) -> None:
    """Hang a unit with everything below it under another parent from a day on."""
    below = list(UnitClosure.objects.filter(ancestor=unit, valid_until__isnull=True))
    inside = [row.descendant_id for row in below]
    crossing = UnitClosure.objects.filter(descendant__in=inside, valid_until__isnull=True).exclude(ancestor__in=inside)
    crossing.filter(valid_from__gte=on).delete()  # hung there today: as if it had never been
    crossing.update(valid_until=on)
    above = list(UnitClosure.objects.filter(descendant=parent, valid_until__isnull=True))
    UnitClosure.objects.bulk_create(
        [
            UnitClosure(
                ancestor_id=up.ancestor_id, descendant_id=down.descendant_id, depth=up.depth + down.depth + 1, valid_from=on
            )
            for up in above
            for down in below
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    unit.parent = parent
    unit.save()


def rebuild_closure(moved: Iterable[Unit], on: date) -> None:
    """Bring the closure of moved units and of all below them in line with their parents from a day on.

    What held before stays with its dates; a pair that began on that day or later is taken away.
    """
    ids = {unit.pk for unit in moved}
    if not ids:
        return
    units = {unit.pk: unit for unit in Unit.objects.all()}
    chains = {pk: _chain(pk, units) for pk in units}
    affected = {pk for pk, chain in chains.items() if ids & set(chain)}
    rows = list(UnitClosure.objects.filter(descendant__in=affected))
    standing = {(row.ancestor_id, row.descendant_id): row for row in rows if row.valid_until is None}
    ended = {(row.ancestor_id, row.descendant_id, row.valid_from) for row in rows if row.valid_until}
    wanted = {
        (above, pk): depth for pk in affected if units[pk].valid_until is None for depth, above in enumerate(chains[pk])
    }
    _end([row for pair, row in standing.items() if pair not in wanted], units, on)
    made = []
    for (above, pk), depth in wanted.items():
        begin = units[pk].valid_from if pk in ids and not _had(pk, rows) else max(on, units[pk].valid_from)
        if (above, pk) in standing:
            UnitClosure.objects.filter(pk=standing[above, pk].pk).exclude(depth=depth).update(depth=depth)
        elif (above, pk, begin) in ended:  # moved away and back on one day
            UnitClosure.objects.filter(ancestor=above, descendant=pk, valid_from=begin).update(
                valid_until=None, depth=depth
            )
        else:
            made.append(UnitClosure(ancestor_id=above, descendant_id=pk, depth=depth, valid_from=begin))
    UnitClosure.objects.bulk_create(made, batch_size=BATCH)


def _chain(pk: int, units: Mapping[int, Unit]) -> list[int]:
    chain: list[int] = []
    at: int | None = pk
    while at is not None:
        chain.append(at)
        at = units[at].parent_id
    return chain


def _had(pk: int, rows: Iterable[UnitClosure]) -> bool:
    return any(row.descendant_id == pk for row in rows)


def _end(rows: list[UnitClosure], units: Mapping[int, Unit], on: date) -> None:
    for row in rows:
        end = units[row.descendant_id].valid_until or on
        if row.valid_from >= end:
            row.delete()
        else:
            UnitClosure.objects.filter(pk=row.pk).update(valid_until=end)


def close_units(units: Iterable[int], on: date) -> None:
    """End units, their place in the tree and every appointment in them on a day."""
    ids = list(units)
    Unit.objects.filter(pk__in=ids, valid_until__isnull=True).update(valid_until=on)
    ends = Q(ancestor__in=ids) | Q(descendant__in=ids)
    UnitClosure.objects.filter(ends, valid_until__isnull=True).update(valid_until=on)
    running = Q(valid_until__isnull=True) | Q(valid_until__gt=on)
    Appointment.objects.filter(running, post__unit__in=ids).update(valid_until=on)


def rename_unit(unit: Unit, *, name: str, short_name: str) -> None:
    """Give a unit a new name; the old ones stay as other names, so that old texts still find it."""
    known = [unit.name, unit.short_name, *unit.aliases]
    unit.name, unit.short_name = name, short_name or name[:80]
    unit.aliases = [one for one in dict.fromkeys(known) if one not in {unit.name, unit.short_name}]
    unit.folded = fold(" ".join((unit.name, unit.short_name, *unit.aliases)))
    unit.save()


def add_post(unit: Unit, *, kind: str, title: str, field: str = "") -> Post:
    """Add a post to a unit, under a code that follows the unit's own."""
    taken = set(Post.objects.filter(unit=unit).values_list("code", flat=True))
    number = len(taken) + 1
    while f"{unit.code}.{number}" in taken or Post.objects.filter(code=f"{unit.code}.{number}").exists():
        number += 1
    return Post.objects.create(code=f"{unit.code}.{number}", unit=unit, kind=kind, title=title, field=field)


def head_post(unit: Unit, title: str) -> Post:
    """Return the head's post of a unit, made when there is none."""
    kinds = {HEAD_KINDS.get(unit.kind, "unit_head")}
    found = Post.objects.filter(unit=unit, kind__in=kinds).order_by("id").first()
    return found or add_post(unit, kind=next(iter(kinds)), title=title or "Thủ trưởng")


def appoint(*, officer_id: int, post: Post, on: date, decision: str) -> None:
    """Let an officer fill a post from a day on; who filled it until then leaves it."""
    end_posts([post.pk], on)
    Appointment.objects.create(officer_id=officer_id, post=post, valid_from=on, decision=decision)


def end_posts(posts: Sequence[int], on: date) -> None:
    """End who fills some posts on a day."""
    Appointment.objects.filter(scope.held_on(on), post__in=posts).update(valid_until=on)


def add_successions(rows: Sequence[tuple[int, int, int]], on: date, change_id: int | None) -> None:
    """Record who inherits: (old, successor, position); what follows through earlier changes is recorded with it."""
    made = [
        Succession(change_id=change_id, old_id=old, successor_id=new, position=position, in_force_on=on)
        for old, new, position in rows
    ]
    before = Succession.objects.filter(successor__in={old for old, _, _ in rows}).order_by("id")
    following: dict[int, list[tuple[int, int]]] = {}
    for old, new, position in rows:
        following.setdefault(old, []).append((new, position))
    for row in before:
        made += [
            Succession(
                change_id=change_id, old_id=row.old_id, successor_id=new, position=row.position + position,
                in_force_on=on, depth=row.depth + 1,
            )
            for new, position in following[row.successor_id]
            if new != row.old_id
        ]  # fmt: skip
    Succession.objects.bulk_create(made, ignore_conflicts=True, batch_size=BATCH)
