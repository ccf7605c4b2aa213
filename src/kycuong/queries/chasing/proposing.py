"""Whom to urge: the open tasks that are late or about to be, by unit, each with the step that comes next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from kycuong.core.calendars import local_date
from kycuong.core.chasing import MOST_AT_ONCE, REQUESTED, Step, Taken, propose
from kycuong.core.duties import State, near_boundary
from kycuong.core.errors import NotAllowed
from kycuong.core.folding import fold
from kycuong.core.refusals import Refused
from kycuong.models import Duty, Unit
from kycuong.queries import calendars, limits, scope
from kycuong.queries.chasing.history import drafts_of, taken_of
from kycuong.queries.duties.fetching import lines_of
from kycuong.queries.duties.rows import DutyRow

UNITS_SHOWN, ROWS_SHOWN, ROWS_OF_ONE = 25, 5, 100


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty that may be urged: its line, what was done before, what comes next, the draft that already holds it."""

    row: DutyRow
    step: Step
    letters: int
    reminders: int
    last: Taken | None
    waits: bool
    draft_id: UUID | None


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with its duties that may be urged; `more` of them are not shown."""

    public_id: UUID
    name: str
    is_request: bool
    overdue: int
    near: int
    lines: list[DutyLine]
    more: int


@dataclass(frozen=True, slots=True)
class WhomPage:
    """The units to urge, most late first, and the totals over all of them."""

    units: list[UnitLine]
    overdue: int
    near: int
    next_page: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """What would become one letter: a unit at one step, with its duties."""

    unit_id: int
    unit_public_id: UUID
    unit_name: str
    is_request: bool
    step: Step
    lines: list[DutyLine]


def may_chase(who: scope.Actor) -> None:
    """Refuse whoever may not chase. Raises: NotAllowed."""
    if not who.chases:
        raise NotAllowed("chase_not_allowed")


def open_tasks(who: scope.Actor) -> QuerySet[Duty]:
    """Return the tasks that may be urged: seen by the person, open, with a date, the unit's to do now."""
    return scope.visible_duties(who).filter(phase="open", kind="task", due_at__isnull=False)


def whom(
    who: scope.Actor, at: datetime, *, unit: UUID | None = None, document: UUID | None = None, near: bool = False,
    text: str = "", page: int = 1,
) -> WhomPage:  # fmt: skip
    """Return the units whose tasks are late (and, with `near`, about to be), most late first.

    Raises: NotAllowed.
    """
    may_chase(who)
    boundary = near_boundary(at, calendars.current())
    duties: Any = open_tasks(who).exclude(phase="closed").filter(due_at__lte=boundary if near else at)
    if unit:
        duties = duties.filter(holder_unit__public_id=unit)
    if document:
        duties = duties.filter(document__public_id=document)
    if text.strip():
        duties = duties.filter(holder_unit__folded__contains=fold(text))
    counts = (
        duties.values("holder_unit")
        .annotate(
            overdue=Count("pk", filter=Q(due_at__lte=at)),
            near=Count("pk", filter=Q(due_at__gt=at)),
            first=Min("due_at"),
        )
        .order_by("-overdue", "first", "holder_unit")
    )
    every = list(counts)
    begin = (page - 1) * UNITS_SHOWN
    shown = every[begin : begin + UNITS_SHOWN]
    lines = _first_of_each(duties, [row["holder_unit"] for row in shown], at, ROWS_OF_ONE if unit else ROWS_SHOWN)
    units = Unit.objects.in_bulk([row["holder_unit"] for row in shown])
    return WhomPage(
        [_unit_line(units[row["holder_unit"]], row, lines.get(row["holder_unit"], [])) for row in shown],
        sum(row["overdue"] for row in every),
        sum(row["near"] for row in every),
        page + 1 if len(every) > begin + UNITS_SHOWN else None,
    )


def _unit_line(unit: Unit, row: dict[str, Any], lines: list[DutyLine]) -> UnitLine:
    total = row["overdue"] + row["near"]
    return UnitLine(
        unit.public_id, unit.name, unit.relation in REQUESTED, row["overdue"], row["near"], lines, total - len(lines)
    )


def _first_of_each(duties: Any, units: Sequence[int], at: datetime, size: int) -> dict[int, list[DutyLine]]:
    order = Window(RowNumber(), partition_by=[F("holder_unit")], order_by=["due_at", "id"])
    ranked = duties.filter(holder_unit__in=units).annotate(rank=order).filter(rank__lte=size)
    keys = dict(ranked.order_by("holder_unit", "rank").values_list("pk", "holder_unit"))
    found: dict[int, list[DutyLine]] = {}
    for key, line in zip(keys, _lines(keys, at), strict=True):
        found.setdefault(keys[key], []).append(line)
    return found


def _lines(duty_ids: Iterable[int], at: datetime) -> list[DutyLine]:
    """Return the lines of some duties, in their order (four queries)."""
    keys = list(duty_ids)
    relations = dict(Duty.objects.filter(pk__in=keys).values_list("pk", "holder_unit__relation"))
    taken, drafts = taken_of(keys), drafts_of(keys)
    return [
        _line(row, taken.get(key, []), drafts.get(key), at, is_request=relations[key] in REQUESTED)
        for key, row in zip(keys, lines_of(keys, at), strict=True)
    ]


def _line(row: DutyRow, taken: list[Taken], draft: UUID | None, at: datetime, *, is_request: bool) -> DutyLine:
    today = local_date(at)
    letters = [one for one in taken if one.step is not Step.REMINDER]
    last = taken[-1] if taken else None
    return DutyLine(
        row,
        propose(taken, overdue=row.state is State.OVERDUE, is_request=is_request, today=today),
        len(letters),
        len(taken) - len(letters),
        last,
        bool(last and last.reply_on and today <= last.reply_on),
        draft,
    )


def marked(who: scope.Actor, at: datetime, duties: Collection[UUID], units: Collection[UUID]) -> list[UUID]:
    """Return the duties marked one by one, and everything that is late of the units marked as a whole."""
    found = list(dict.fromkeys(duties))
    if units:
        late: Any = open_tasks(who).filter(holder_unit__public_id__in=list(units), due_at__lte=at)
        rows = late.order_by("due_at", "id").values_list("public_id", flat=True)[:MOST_AT_ONCE]
        found += [one for one in rows if one not in set(found)]
    return found


def reply_on(at: datetime) -> date | None:
    """Return the day until which an answer is asked unless the person says another; None in a year not yet decided."""
    today = local_date(at)
    try:
        return calendars.current().add_working_days(today, limits.current("answer_chase", today).qty)
    except Refused:
        return None


def grouped(who: scope.Actor, at: datetime, duties: Collection[UUID]) -> tuple[list[Group], int, int]:
    """Return the letters that would be drafted about some duties, one a unit and step, and what is left out.

    The two numbers: how many are no longer the unit's to do, or not seen, or without a date; how many lie in a draft.
    Raises: NotAllowed.
    """
    may_chase(who)
    rows = open_tasks(who).filter(public_id__in=list(duties)).order_by("holder_unit__name", "due_at", "id")
    found = list(rows.select_related("holder_unit"))
    groups: dict[tuple[int, Step], Group] = {}
    drafted = 0
    for duty, line in zip(found, _lines([duty.pk for duty in found], at), strict=True):
        if line.draft_id:
            drafted += 1
            continue
        unit = duty.holder_unit
        empty = Group(unit.pk, unit.public_id, unit.name, unit.relation in REQUESTED, line.step, [])
        groups.setdefault((unit.pk, line.step), empty).lines.append(line)
    return list(groups.values()), len(set(duties)) - len(found), drafted
