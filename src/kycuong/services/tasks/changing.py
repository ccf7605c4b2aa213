"""The giver changes a task that was given: takes it back, replaces it, corrects it, gives a returned one to another unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as with_
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kycuong.core import clocks
from kycuong.core.changes import Terms, changed, check_corrected, check_grounds
from kycuong.core.duties import last_date
from kycuong.core.errors import Invalid
from kycuong.core.lateness import days_late
from kycuong.core.limits import Step, due_fixed
from kycuong.core.proposals import check_day, check_movable
from kycuong.core.seals import canonical
from kycuong.models import Duty, DutyEvent, Task, TaskChange
from kycuong.queries import calendars, scope
from kycuong.services import duties, replacing, search
from kycuong.services.closing import end_task
from kycuong.services.leaves import salted
from kycuong.services.requests import Request, for_acting
from kycuong.services.transitions import Act, already_done, move


@dataclass(frozen=True, slots=True)
class _Record:
    """What stands in the erasable table, and the hash of it that the event keeps."""

    basis: str
    before: dict[str, str]
    after: dict[str, str]
    salt: str
    digest: str


def _record(basis: str, before: dict[str, str] | None = None, after: dict[str, str] | None = None) -> _Record:
    content = {"basis": basis.strip()[:200], "before": before or {}, "after": after or {}}
    salt, digest = salted(canonical(content))
    return _Record(basis.strip()[:200], before or {}, after or {}, salt, digest)


def _keep(record: _Record, events: list[DutyEvent]) -> None:
    TaskChange.objects.bulk_create(
        TaskChange(
            duty_id=event.duty_id, seq=event.seq, basis=record.basis, before=record.before, after=record.after,
            salt=record.salt,
        )
        for event in events
    )  # fmt: skip


def revoke(
    *, actor: scope.Actor, at: datetime, duty: UUID, note: str, basis: str, only_this: bool = False,
    request: Request = Request(),
) -> None:  # fmt: skip
    """Take a task back from its unit, with reason and basis; of a series every occurrence that is open, or `only_this`.

    It leaves the partition of states: neither on time nor late. What hangs on it lapses. A series of which one
    occurrence was let off goes on.
    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "revoke", request)
    check_grounds(note, basis)
    record = _record(basis)
    act = Act(step, at, actor, request.seen, request.request_id, note, data={"change": record.digest})
    with transaction.atomic():
        if only_this and row.series is not None:
            _keep(record, [end_task(row, act, "lapsed")])
        else:
            _keep(record, replacing.take_off(row, act, "withdrawn"))


def replace(
    *, actor: scope.Actor, at: datetime, duty: UUID, unit: str, note: str, basis: str, title: str = "", product: str = "",
    channel: str = "", due_on: date | None = None, request: Request = Request(),
) -> UUID | None:  # fmt: skip
    """Close a task as replaced and open a new one on its own clock, of the same or another unit; return the new duty.

    `unit` is "unit:ID"; words left empty stay as they were. None when the request was carried out before.
    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return None
    row, step = for_acting(actor, duty, "replace", request)
    check_grounds(note, basis)
    terms = Terms(unit, title, product, channel, due_on)
    drafts = replacing.draft(row, terms, at)
    record = _record(basis)
    data: dict[str, object] = {"change": record.digest, "replaced_by": str(drafts[0].public_id)}
    act = Act(step, at, actor, request.seen, request.request_id, note, data=data)
    with transaction.atomic():
        _keep(record, replacing.take_off(row, act, "replaced"))
        made = replacing.open_in_place_of(row, drafts, terms, act)
    return made.public_id


def reassign(
    *, actor: scope.Actor, at: datetime, duty: UUID, unit: str, due_on: date | None = None, title: str = "",
    product: str = "", channel: str = "", note: str = "", request: Request = Request(),
) -> UUID | None:  # fmt: skip
    """Give the order of a task that was returned to another unit; giver, follower and confirmer stay; return the new duty.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return None
    row, step = for_acting(actor, duty, "reassign", request)
    act = Act(step, at, actor, request.seen, request.request_id, note)
    return replacing.reassign(row, Terms(unit, title, product, channel, due_on), act).public_id


def replan(
    *, actor: scope.Actor, at: datetime, duty: UUID, due_on: date, note: str, data: Mapping[str, object],
    request: Request = Request(),
) -> None:  # fmt: skip
    """Give a task a later end in a review of the backlog, late or not, with reason; the original end stays to be shown.

    `data` is what the event says beside the steps of the clock: the review. Raises: NotVisible, NotAllowed,
    TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "replan", request)
    check_grounds(note, None)
    check_movable(due_at=row.due_at, higher_level=bool(row.document and row.document.higher_level))
    check_day(due_on, at)
    assert row.due_at is not None
    new = due_fixed(due_on, "by", calendars.current(row.holder_unit_id)).due_at
    if new <= at:
        raise Invalid("replacement_date_passed")
    if new <= row.due_at:
        raise Invalid("extension_date_not_later", last=f"{last_date(row.due_at):%d/%m/%Y}")
    clock, steps = clocks.extend(_clock_of(row), new)
    _wind_on(row, clock, Act(step, at, actor, request.seen, request.request_id, note, data=dict(data)), steps)


def undo_replan(*, actor: scope.Actor, at: datetime, duty: UUID, due_at: datetime, data: Mapping[str, object]) -> None:
    """Put the end of a task back to where it stood before a review of the backlog moved it; both stay in the history.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict.
    """
    row, step = for_acting(actor, duty, "undo_replan", Request())
    clock, steps = clocks.correct(_clock_of(row), due_at)
    _wind_on(row, clock, Act(step, at, actor, data=dict(data)), steps)


def _clock_of(row: Duty) -> clocks.Clock:
    assert row.due_at is not None
    assert row.original_due_at is not None
    return clocks.Clock(
        row.anchor_at, None, row.due_at, row.original_due_at, row.consumed_minutes, row.running_since, row.clock_no
    )


def _wind_on(row: Duty, clock: clocks.Clock, act: Act, steps: Sequence[Step]) -> None:
    columns: dict[str, object] = dict(duties.rung_columns(clock.due_at, act.at, calendars.current(row.holder_unit_id)))
    told = with_(act, data={**act.data, "steps": [step.to_json() for step in steps]})
    move(row, told, desk=None, due_at=clock.due_at, clock_no=clock.clock_no, **columns)


def correct(
    *, actor: scope.Actor, at: datetime, duty: UUID, note: str, title: str | None = None, product: str | None = None,
    channel: str | None = None, due_on: date | None = None, basis: str = "", request: Request = Request(),
) -> None:  # fmt: skip
    """Correct the words or the due date of a task, with reason; nobody becomes late by it (None: stays as it is).

    Words of a series are corrected in every occurrence that is open, a date in this one only.
    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "correct", request)
    check_grounds(note, None)
    task = Task.objects.get(duty=row)
    before, after = _differences(row, task, title, product, channel, due_on)
    columns, steps = _moved(row, due_on, at) if "due" in after else ({}, [])
    record = _record(basis, before, after)
    data: dict[str, object] = {"change": record.digest, "fields": sorted(after), "steps": steps}
    act = Act(step, at, actor, request.seen, request.request_id, note, data=data)
    with transaction.atomic():
        _keep(record, [_rewrite(row, task, act, after, columns), *_alike(row, act, after)])


def _differences(
    row: Duty, task: Task, title: str | None, product: str | None, channel: str | None, due_on: date | None
) -> tuple[dict[str, str], dict[str, str]]:
    last = last_date(row.due_at).isoformat() if row.due_at else ""
    before = {"title": row.title, "product": task.product, "channel": task.channel, "due": last}
    given = {"title": title, "product": product, "channel": channel}
    limits = {"title": 500, "product": 300, "channel": 200}
    after = {name: " ".join(text.split())[: limits[name]] for name, text in given.items() if text is not None}
    if due_on is not None:
        after["due"] = due_on.isoformat()
    was, now = changed(before, after)
    if not now:
        raise Invalid("correction_empty")
    if not now.get("title", row.title):
        raise Invalid("correction_title_missing")
    return was, now


def _moved(row: Duty, due_on: date | None, at: datetime) -> tuple[dict[str, object], list[dict[str, object]]]:
    """Return the columns of the clock with its end corrected, and the steps that say so. Raises: Invalid."""
    if row.due_at is None or row.original_due_at is None or due_on is None:
        raise Invalid("correction_without_date")
    check_day(due_on, at)
    calendar = calendars.current(row.holder_unit_id)
    new = due_fixed(due_on, "by", calendar).due_at
    measured_at = row.answered_at or at
    above = bool(row.document and row.document.higher_level)
    check_corrected(old=row.due_at, new=new, measured_at=measured_at, higher_level=above)
    clock, steps = clocks.correct(_clock_of(row), new)
    columns: dict[str, object] = dict(duties.rung_columns(new, at, calendar))
    columns |= {"due_at": clock.due_at, "clock_no": clock.clock_no}
    if row.answered_at is not None:
        columns |= {"next_check_at": None, "late_working_days": days_late(row.answered_at, new, calendar)}
    return columns, [step.to_json() for step in steps]


def _rewrite(row: Duty, task: Task, act: Act, after: Mapping[str, str], columns: Mapping[str, object]) -> DutyEvent:
    """Move the duty with its corrected words; its own task and the duties that hang on it follow."""
    title = {"title": after["title"]} if "title" in after else {}
    event = move(row, act, desk=None, **columns, **title)
    facts = {name: after[name] for name in ("product", "channel") if name in after}
    if facts:
        Task.objects.filter(pk=task.pk).update(**facts)
    if title:  # what waits to be confirmed or decided bears the name of its task
        Duty.objects.filter(parent=row).exclude(phase="closed").update(**title)
    if title or facts:
        search.write_tasks([row.pk])
    return event


def _alike(row: Duty, act: Act, after: Mapping[str, str]) -> list[DutyEvent]:
    """Correct the words of the other open occurrences of a series; the later ones are opened after them."""
    words = {name: text for name, text in after.items() if name != "due"}
    if row.series is None or not words:
        return []
    others = Task.objects.filter(duty__series=row.series, duty__phase="open").exclude(duty=row).select_related("duty")
    alike = with_(act, seen=None, request_id=None, data={**act.data, "fields": sorted(words), "steps": []})
    return [_rewrite(task.duty, task, alike, words, {}) for task in others.order_by("duty__slot")]
