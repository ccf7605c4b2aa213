"""Open a task in place of one that was taken off its unit: the same order, a new holder or new words, a clock of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from django.db import IntegrityError, transaction

from kycuong.core.calendars import local_date
from kycuong.core.changes import SERIES_ENDS, Terms, check_given
from kycuong.core.errors import Conflict, Invalid
from kycuong.core.limits import due_fixed
from kycuong.core.proposals import check_day
from kycuong.core.recurrences import next_slot
from kycuong.core.tasks import LIFECYCLE
from kycuong.core.transfers import NamedBy
from kycuong.models import Duty, DutyEvent, Task, TaskParticipant
from kycuong.queries import calendars, org
from kycuong.queries.addressees import directory
from kycuong.services import duties, search, targets, transfers
from kycuong.services.closing import end_task
from kycuong.services.transitions import Act, move, open_many

#: What a new duty takes over from the one in whose place it stands: giver, follower and confirmer are kept.
KEPT = ("kind", "document_id", "giver_unit_id", "giver_post_id", "follower_unit_id", "confirmer_unit_id")


def draft(old: Duty, terms: Terms, at: datetime) -> list[Duty]:
    """Return the unsaved duties of a new task in place of an old one: one, or the first two occurrences of a series.

    Raises: Invalid.
    """
    unit_id = _unit(terms.unit, at)
    if old.series is not None:
        return _occurrences(old, unit_id, terms, at)
    made = _duty(old, unit_id, terms, at)
    if terms.due_on is None:
        if old.term in {"dated", "periodic"}:
            raise Invalid("replacement_date_missing")
        return [made]
    check_day(terms.due_on, at)
    calendar = calendars.current(unit_id)
    end = due_fixed(terms.due_on, "by", calendar, source=str(old.document))
    above = bool(old.document and old.document.higher_level)
    check_given(new=end.due_at, old=old.due_at, higher_level=above, at=at)
    made.term, made.bound = "dated", "by"
    duties.wind(made, end, calendar, at)
    return [made]


def _unit(value: str, at: datetime) -> int:
    """Return the unit that a form's value names; only one that can be charged today. Raises: Invalid."""
    key = value.removeprefix("unit:")
    if not key.isdecimal() or int(key) not in directory(local_date(at)).names:
        raise Invalid("replacement_unit_missing")
    return int(key)


def _duty(old: Duty, unit_id: int, terms: Terms, at: datetime) -> Duty:
    """Return an unsaved duty on the desk of the unit's head, without a clock."""
    seat = org.head_of(unit_id, local_date(at))
    made = Duty(**{name: getattr(old, name) for name in KEPT})
    made.title = terms.title.strip()[:500] or old.title
    made.holder_unit_id, made.term, made.anchor_at = unit_id, old.term, at
    made.holder_post_id = seat.post_id if seat else None
    made.holder_officer_id = seat.officer_id if seat else None
    return made


def _occurrences(old: Duty, unit_id: int, terms: Terms, at: datetime) -> list[Duty]:
    rrule, series, made = rule_of(old), uuid4(), []
    calendar = calendars.current(unit_id)
    slot = next_slot(rrule, local_date(at))
    for _ in range(2):
        one = _duty(old, unit_id, terms, at)
        one.bound, one.series, one.slot = old.bound, series, slot
        end = due_fixed(slot, "before" if old.bound == "before" else "by", calendar, source=str(old.document))
        duties.wind(one, end, calendar, at)
        made.append(one)
        slot = next_slot(rrule, slot)
    return made


def rule_of(duty: Duty) -> str:
    """Return the recurrence rule of a periodic task: its order's, or of the report on a whole document the document's."""
    if duty.task.order:
        return duty.task.order.rrule
    return duty.document.report_rrule if duty.document else ""


def open_in_place_of(old: Duty, drafts: list[Duty], terms: Terms, act: Act) -> Duty:
    """Save the duties drafted, each with its task; the first points back at the task it replaces.

    Raises: Conflict when somebody else replaced that task meanwhile.
    """
    was = Task.objects.select_related("order").prefetch_related("participants").get(duty=old)
    first = _first_of_series(was)
    opening = Act(
        LIFECYCLE.row("open"), act.at, act.actor, data={"replaces": str(old.public_id)}, cover_for=act.cover_for
    )
    try:
        with transaction.atomic():
            saved = open_many(drafts, opening)
            made = [_task(was, duty, terms, first if number == 0 else None) for number, duty in enumerate(saved)]
            tasks = Task.objects.bulk_create(made)
    except IntegrityError as error:
        raise Conflict("task_replaced_already") from error
    TaskParticipant.objects.bulk_create(
        TaskParticipant(task=task, unit_id=one.unit_id)
        for task in tasks
        for one in was.participants.all()
        if one.unit_id != task.duty.holder_unit_id
    )
    targets.open_for(tasks, act.at)
    search.write_tasks([duty.pk for duty in saved])
    return saved[0]


def _first_of_series(task: Task) -> Task:
    """Return the task that stands for a whole series, so that the table itself refuses to replace one series twice."""
    if task.duty.series is None:
        return task
    ended = Task.objects.filter(duty__series=task.duty.series, duty__outcome__in=SERIES_ENDS)
    return ended.order_by("duty__slot").first() or task


def _task(was: Task, duty: Duty, terms: Terms, replaces: Task | None) -> Task:
    return Task(
        duty=duty, order=was.order, document_id=was.document_id, is_key=was.is_key, replaces=replaces,
        product=(terms.product.strip() or was.product)[:300], channel=(terms.channel.strip() or was.channel)[:200],
    )  # fmt: skip


def take_off(task: Duty, act: Act, outcome: str, *, deciding: int | None = None) -> list[DutyEvent]:
    """Close a task that is taken off its unit, and of a series every occurrence still open; what hangs on them lapses.

    Returns the events, the task's own first. `deciding` as in `end_task`.
    """
    events = [end_task(task, act, outcome, deciding=deciding)]
    if task.series is not None:
        alike = replace(act, seen=None, request_id=None)
        others = Duty.objects.filter(series=task.series, phase="open").order_by("slot", "id")
        events += [end_task(other, alike, outcome) for other in others]
    return events


def reassign(
    old: Duty, terms: Terms, act: Act, *, named_by: NamedBy = NamedBy.GIVER, competence: int | None = None
) -> Duty:
    """Give the order of a returned task to another unit: a new duty on its own clock; the two point at each other.

    Raises: TransitionNotAllowed, Conflict, Invalid.
    """
    if old.outcome != "returned":
        raise Invalid("reassign_not_returned")
    drafts = draft(old, terms, act.at)
    if drafts[0].holder_unit_id == old.holder_unit_id:
        raise Invalid("reassign_same_unit")
    if Task.objects.filter(replaces=_first_of_series(old.task)).exists():
        raise Conflict("task_replaced_already")
    new = str(drafts[0].public_id)
    with transaction.atomic():
        move(old, replace(act, data={**act.data, "replaced_by": new}))
        made = open_in_place_of(old, drafts, terms, act)
        transfers.record(old, made, act.at, named_by=named_by, competence=competence)
        return made
