"""Who inherited from units that have ended, through however many changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from kycuong.models import OrgChange, Succession, SuccessionLine, Unit
from kycuong.queries.org import valid_on


class _Event(Protocol):
    """What is asked of an event of a duty, however it was read."""

    @property
    def seq(self) -> int: ...
    @property
    def act(self) -> str: ...
    @property
    def data(self) -> Any: ...


def successors_of(unit_ids: Collection[int], on: date) -> dict[int, list[int]]:
    """Return the units in force on a day that inherit from each of some units, the first one named first (two queries)."""
    in_force = Unit.objects.filter(valid_on(on))
    rows = Succession.objects.filter(old__in=unit_ids, successor__in=in_force, in_force_on__lte=on)
    found: dict[int, list[int]] = defaultdict(list)
    for old, successor in rows.order_by("position", "id").values_list("old", "successor"):
        found[old].append(successor)
    return dict(found)


def replaced(unit_ids: Collection[int | None], on: date) -> dict[int, int]:
    """Return for those of some units that have ended on a day the first unit that inherits from it."""
    wanted = [pk for pk in unit_ids if pk is not None]
    ended = Unit.objects.filter(pk__in=wanted).exclude(valid_on(on)).values_list("pk", flat=True)
    gone = list(ended)
    return {old: units[0] for old, units in successors_of(gone, on).items()} if gone else {}


def answering(did: Collection[tuple[int, int]], on: date) -> dict[tuple[int, int], set[int]]:
    """Return the units that on a day answer for what units did on duties, by unit and duty (three queries).

    A unit in force itself; of one that has ended whoever took the duty over, and of a duty that had ended before it, so that
    nobody took it over, every heir.
    """
    found = {pair: {pair[0]} for pair in did}
    ended = set(
        Unit.objects.filter(pk__in={unit for unit, _ in did}).exclude(valid_on(on)).values_list("pk", flat=True)
    )
    if not ended:
        return found
    heirs = successors_of(ended, on)
    taken: dict[int, set[int]] = defaultdict(set)
    lines = SuccessionLine.objects.filter(
        duty__in={duty for unit, duty in did if unit in ended}, moved_at__isnull=False
    )
    for duty, unit in lines.exclude(new_unit=None).values_list("duty", "new_unit"):
        taken[duty].add(unit or 0)
    for unit, duty in did:
        if unit in ended:
            its = set(heirs.get(unit, ()))
            found[unit, duty] = its & taken[duty] or its
    return found


def takers(series: Collection[UUID]) -> dict[UUID, int]:
    """Return the unit that last took over an occurrence of each of some series, where one did."""
    rows = SuccessionLine.objects.filter(duty__series__in=series, moved_at__isnull=False, new_unit__isnull=False)
    return {key: unit for key, unit in rows.order_by("id").values_list("duty__series", "new_unit") if key and unit}


def ended_names(on: date, kinds: Collection[str]) -> list[tuple[int, tuple[str, ...], date, date]]:
    """Return the units of some kinds that have ended by a day: their id, names, and the days between which they stood."""
    rows = Unit.objects.filter(kind__in=kinds, valid_until__lte=on).order_by("-valid_until", "id")
    return [
        (row.pk, (row.name, row.short_name, *row.aliases), row.valid_from, row.valid_until)
        for row in rows
        if row.valid_until
    ]


def told(events: Collection[_Event]) -> dict[int, tuple[str, list[tuple[str, str, str]]]]:
    """Return what a history says of each handover among some events: the decision, and the unit before and after."""
    moved = [event for event in events if event.act == "succeed"]
    if not moved:
        return {}
    changes = OrgChange.objects.filter(public_id__in={event.data["change"] for event in moved})
    decisions = {str(key): decision for key, decision in changes.values_list("public_id", "decision")}
    units = {event.data.get(side) for event in moved for side in ("from", "to")} - {None}
    names = dict(Unit.objects.filter(pk__in=units).values_list("pk", "name"))
    return {event.seq: (decisions.get(event.data["change"], ""), _unit_told(event.data, names)) for event in moved}


def _unit_told(data: dict[str, int], names: dict[int, str]) -> list[tuple[str, str, str]]:
    old, new = data.get("from"), data.get("to")
    return [("Đơn vị giữ việc", names.get(old or 0, ""), names.get(new or 0, ""))] if old != new else []
