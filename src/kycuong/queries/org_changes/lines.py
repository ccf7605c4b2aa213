"""The succession list: every open duty of the units that change, with the successor proposed or chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from kycuong.core.org_changes import OF_UNITS, Way, propose
from kycuong.models import Duty, Unit
from kycuong.models.duties import Phase
from kycuong.queries.org_changes.layout import Layout


@dataclass(frozen=True, slots=True)
class Line:
    """One open duty of a unit that changes: where it lies, who is to inherit it, why; to "" when nobody has chosen."""

    duty_id: int
    public_id: UUID
    title: str
    kind: str
    due_at: datetime | None
    unit_id: int
    unit_code: str
    post_id: int | None
    post_unit_id: int | None
    desk_title: str
    desk_name: str
    series: UUID | None
    to: str
    how: str


_COLUMNS = (
    "pk", "public_id", "title", "kind", "due_at", "holder_unit_id", "holder_post_id", "holder_post__unit_id",
    "holder_post__title", "holder_officer__full_name", "series", "holder_post__unit__code",
)  # fmt: skip


def open_duties() -> QuerySet[Duty]:
    """Return the duties that are not closed, said as the index of open rows says it."""
    return Duty.objects.exclude(phase=Phase.CLOSED)


def held_by(units: list[Unit]) -> Q:
    """Return the condition that a duty is held by one of some units; by a division when it lies on a desk in there."""
    bodies = [unit.pk for unit in units if unit.kind != "division"]
    if bodies:
        return Q(holder_unit__in=bodies)
    return Q(holder_unit__in={unit.parent_id for unit in units}, holder_post__unit__in=units)


def lines(made: Layout, chosen: Mapping[int, str]) -> list[Line]:
    """Return the succession list of a plan; `chosen` are the choices of people by duty, of a series for all of it."""
    if made.plan.kind not in OF_UNITS or not made.olds:
        return []
    rows = open_duties().filter(held_by(made.olds)).order_by("id").values_list(*_COLUMNS)
    own_code = made.plan.units[0]
    desks = {one.unit.pk: own_code if one.stays else one.to for one in made.inner}
    codes = {unit.pk: unit.code for unit in made.olds}
    found = []
    for row in rows:
        pk, public_id, title, kind, due_at, unit_id, post_id, post_unit_id, post_title, name, series, code = row
        own = code if post_unit_id in codes else codes.get(unit_id, "")
        to, how = propose(made.plan, desk=desks.get(post_unit_id, ""), title=title, chosen=chosen.get(pk, ""))
        found.append(
            Line(
                pk, public_id, title, kind, due_at, unit_id, own, post_id, post_unit_id, post_title or "", name or "", series,
                to, how.value if how else "",
            )
        )  # fmt: skip
    return _by_series(found)


def _by_series(found: list[Line]) -> list[Line]:
    """Let all occurrences of a series go the same way: as somebody chose for one of them, else as the first one goes."""
    leading: dict[UUID, Line] = {}
    for line in found:
        if line.series and (line.series not in leading or (line.how == Way.CHOSEN)):
            leading[line.series] = line
    return [
        replace(line, to=first.to, how=first.how if first.how == Way.CHOSEN else Way.SERIES.value)
        if line.series and (first := leading[line.series]).to != line.to
        else line
        for line in found
    ]
