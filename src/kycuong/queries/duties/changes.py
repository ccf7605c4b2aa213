"""What the giver's side can change in a task, what would follow, and which task stands in place of which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import BigAutoField, Q, QuerySet, UUIDField

from kycuong.core.calendars import Calendar, local_date
from kycuong.core.changes import SERIES_ENDS, told
from kycuong.core.lifecycle import lifecycles
from kycuong.models import Duty, Task, TaskChange
from kycuong.queries import calendars, scope
from kycuong.queries.addressees import directory
from kycuong.queries.duties.history import Happened
from kycuong.queries.duties.rows import DutyRow, rows_of, with_row_data
from kycuong.queries.kept import Kept, Slot, kept

#: The acts of the giver's side on a task, each on a page of its own.
CHANGES: Final = ("correct", "replace", "revoke", "reassign")
#: Changing and taking back ask nothing of a duty beside its row.
NOTHING: Final = scope.Facts(None, False, False, None)

Said = tuple[str, list[tuple[str, str, str]]]


@dataclass(frozen=True, slots=True)
class ChangePage:
    """The form of one change: the task as it stands, what can be given, and what would follow from the act."""

    row: DutyRow
    act: str
    act_seq: int
    document_id: UUID | None
    title: str
    product: str
    channel: str
    last_date: date | None
    has_date: bool
    date_fixed_above: bool
    periodic: bool
    unit: str
    units: list[tuple[str, str]]
    participants: list[str]
    open_occurrences: int
    waiting_proposals: int
    waiting_confirmation: str


def changes_open(who: scope.Actor, duty: Duty, *, replaced: bool) -> list[str]:
    """Return the changes that the person can make now; a returned task is given on once."""
    steps = [row for row in lifecycles()[duty.kind].from_phase(duty.phase) if row.action in CHANGES]
    found = [row.action for row in steps if scope.permits(who, duty, row, NOTHING)]
    given_on = duty.outcome == "returned" and not replaced
    return [action for action in CHANGES if action in found and (action != "reassign" or given_on)]


def change(who: scope.Actor, public_id: UUID, act: str, at: datetime) -> ChangePage:
    """Return the form of a change that the person can make on a task.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    duty, _ = scope.duty_for_acting(who, public_id, act)
    task = Task.objects.prefetch_related("participants__unit").get(duty=duty)
    row = rows_of(with_row_data(Duty.objects.filter(pk=duty.pk)), at, calendars.current(duty.holder_unit_id))[0]
    hanging = list(Duty.objects.filter(parent=duty).exclude(phase="closed").select_related("holder_officer"))
    judges = [one.holder_officer for one in hanging if one.kind == "confirmation"]
    others = Duty.objects.filter(series=duty.series, phase="open").count() if duty.series else 0
    return ChangePage(
        row=row,
        act=act,
        act_seq=duty.act_seq,
        document_id=duty.document.public_id if duty.document else None,
        title=duty.title,
        product=task.product,
        channel=task.channel,
        last_date=row.last_date,
        has_date=duty.due_at is not None,
        date_fixed_above=bool(duty.document and duty.document.higher_level),
        periodic=duty.series is not None,
        unit=f"unit:{duty.holder_unit_id}",
        units=units(at, apart_from=duty.holder_unit_id if act == "reassign" else None),
        participants=[one.unit.name for one in task.participants.all()],
        open_occurrences=others,
        waiting_proposals=sum(one.kind == "proposal" for one in hanging),
        waiting_confirmation=next((judge.full_name for judge in judges if judge), ""),
    )


def units(at: datetime, *, apart_from: int | None = None) -> list[tuple[str, str]]:
    """Return the units that can be charged today, as a form's values with their names."""
    names = directory(local_date(at)).names
    return [(f"unit:{pk}", name) for pk, name in names.items() if pk != apart_from]


def said_of(events: Iterable[Happened], duty: Duty) -> dict[int, Said]:
    """Return, by the seq of an event, the basis of a change and what it changed; erased words are not there any more."""
    if not any(event.act in CHANGES for event in events):
        return {}
    return {one.seq: (one.basis, told(one.before, one.after)) for one in TaskChange.objects.filter(duty=duty)}


def replaces(duty: Duty, at: datetime, calendar: Calendar) -> DutyRow | None:
    """Return the task in whose place this one stands."""
    return _line(_replaced_by_one, _replaced_by_a_series, duty, at, calendar)


def replaced_by(duty: Duty, at: datetime, calendar: Calendar) -> DutyRow | None:
    """Return the task that stands in place of this one; of a series any of its occurrences leads there."""
    if duty.outcome not in SERIES_ENDS:
        return None
    return _line(_in_place_of_one, _in_place_of_a_series, duty, at, calendar)


def _line(of_one: Kept[Duty], of_a_series: Kept[Duty], duty: Duty, at: datetime, calendar: Calendar) -> DutyRow | None:
    found = of_one(duty.pk) if duty.series is None else of_a_series(duty.pk, duty.series)
    return next(iter(rows_of(found, at, calendar)), None)


def _first(which: Q) -> QuerySet[Duty]:
    return with_row_data(Duty.objects.filter(which)).order_by("id")[:1]


@kept(BigAutoField())
def _replaced_by_one(duty: Slot) -> QuerySet[Duty]:
    return _first(Q(task__replaced_by__duty=duty))


@kept(BigAutoField(), UUIDField())
def _replaced_by_a_series(duty: Slot, series: Slot) -> QuerySet[Duty]:
    return _first(Q(task__replaced_by__duty=duty) | Q(task__replaced_by__duty__series=series))


@kept(BigAutoField())
def _in_place_of_one(duty: Slot) -> QuerySet[Duty]:
    return _first(Q(task__replaces__duty=duty))


@kept(BigAutoField(), UUIDField())
def _in_place_of_a_series(duty: Slot, series: Slot) -> QuerySet[Duty]:
    return _first(Q(task__replaces__duty=duty) | Q(task__replaces__duty__series=series))
