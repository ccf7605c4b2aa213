"""Targets: opened with the tasks of an order that sets a figure; values said over time, corrected, contested, answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from kycuong.core import targets as law
from kycuong.core.calendars import local_date
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible, TransitionNotAllowed
from kycuong.models import DocumentFile, Duty, Target, TargetActual, TargetChange, Task
from kycuong.queries import scope
from kycuong.queries import targets as queries
from kycuong.reader import Secret, Unreadable, read_bytes
from kycuong.services import audit, files, watermark
from kycuong.services.leaves import keep_note


def open_for(tasks: Iterable[Task], at: datetime) -> int:
    """Open the targets of tasks whose order sets figures, one for a whole series; return how many."""
    made: list[Target] = []
    series: set[UUID] = set()
    for task in tasks:
        duty = task.duty
        if task.order is None or not task.order.targets or duty.series in series:
            continue
        if duty.series:
            series.add(duty.series)
        text, lead = task.order.text, duty.holder_unit.name
        goals = filter(None, (law.read(str(phrase), text, lead) for phrase in task.order.targets))
        made += [_target(duty, place, goal, at) for place, goal in enumerate(goals, 1)]
    Target.objects.bulk_create(made, batch_size=500)
    return len(made)


def _target(duty: Duty, place: int, goal: law.Goal, at: datetime) -> Target:
    return Target(
        duty=duty, series=duty.series, position=place, name=goal.name, measure=goal.measure, plan=goal.plan,
        direction=goal.direction, made_at=at,
    )  # fmt: skip


def record(
    *, actor: scope.Actor, at: datetime, target: UUID, value: str, as_of: date | None = None, source: str = "",
    file: tuple[str, bytes] | None = None, occurrence: UUID | None = None, corrects: UUID | None = None,
) -> UUID:  # fmt: skip
    """Say the actual value of a target as of a day; `corrects` is the value that it takes the place of.

    `occurrence` is the task of a series for which it counts. The one entry feeds board, report and evaluation.
    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid, Secret.
    """
    row = _on_side(actor, target, "unit")
    duty = _occurrence(row, occurrence)
    number, day = law.number(value), law.check_day(as_of, local_date(at))
    if not source.strip() and file is None:
        raise Invalid("target_source_missing")
    wrong = _corrected(row, corrects) if corrects else None
    with transaction.atomic():
        watermark.hold()  # a report that is frozen now reads all values below its mark
        kept = _keep(actor, at, file) if file else None
        note, digest = keep_note(source)
        said = TargetActual(
            target=row, duty=duty, value=number, as_of=day, file=kept, source=note, source_hash=digest, corrects=wrong,
            officer_id=actor.officer_id, at=at,
        )  # fmt: skip
        try:
            with transaction.atomic():
                said.save(force_insert=True)
        except IntegrityError as error:
            raise Conflict("target_corrected_already") from error
        _audit(actor, at, "record_actual", row, value=str(number), as_of=day.isoformat())
    return said.public_id


def _on_side(actor: scope.Actor, target: UUID, wanted: str) -> Target:
    row = queries.target_to_read(actor, target)
    if queries.side(actor, row.duty) != wanted:
        raise NotAllowed("target_not_unit" if wanted == "unit" else "target_not_giver")
    if row.dropped_at is not None:
        raise TransitionNotAllowed("target_dropped")
    return row


def _occurrence(row: Target, wanted: UUID | None) -> Duty:
    """Return the task for which a value counts: of a series the one named, else the earliest that is open."""
    if row.series is None:
        if row.duty.phase == "closed":
            raise TransitionNotAllowed("target_closed")
        return row.duty
    open_ones = Duty.objects.filter(series=row.series).exclude(phase="closed").order_by("slot")
    found = open_ones.filter(public_id=wanted).first() if wanted else open_ones.first()
    if found is None:
        raise TransitionNotAllowed("target_closed")
    return found


def _corrected(row: Target, public_id: UUID) -> TargetActual:
    found = TargetActual.objects.filter(target=row, public_id=public_id).first()
    if found is None:
        raise NotVisible("target_not_visible")
    return found


def _keep(actor: scope.Actor, at: datetime, file: tuple[str, bytes]) -> DocumentFile:
    """Keep the evidence, read before so that a secret paper leaves no byte behind."""
    name, data = file
    files.check_size(data, name)
    media = "application/octet-stream"
    try:
        media = read_bytes(data, name).media_type
    except Secret:
        raise
    except Unreadable as wrong:
        if wrong.code == "empty":
            raise
    return files.keep(officer_id=actor.officer_id, at=at, data=data, name=name, media_type=media)


def _audit(actor: scope.Actor, at: datetime, act: str, row: Target, **data: object) -> None:
    audit.record(
        actor_id=actor.officer_id, at=at, act=act, subject_kind="target", subject_id=row.public_id, **data
    )  # fmt: skip


def _note(text: str) -> str:
    if not text.strip():
        raise Invalid("target_note_missing")
    return text


def correct(
    *, actor: scope.Actor, at: datetime, target: UUID, note: str, name: str, plan: str, measure: str, direction: str
) -> None:  # fmt: skip
    """Correct what was read of a target, by the giver's side, with reason. Raises: NotVisible, NotAllowed, Conflict, Invalid."""
    row = _on_side(actor, target, "giver")
    note = _note(note)
    before = _plain(row)
    stands = Target.objects.filter(
        pk=row.pk, dropped_at__isnull=True, name=row.name, plan=row.plan, measure=row.measure, direction=row.direction
    )  # as the person found it: nobody corrected it meanwhile
    _fill(row, name, plan, measure, direction)
    if _plain(row) == before:
        raise Invalid("target_unchanged")
    with transaction.atomic():
        watermark.hold()
        if not stands.update(name=row.name, plan=row.plan, measure=row.measure, direction=row.direction):
            raise Conflict("moved_meanwhile")
        _change(actor, at, row, "correct", "giver", note, before, _plain(row))


def _fill(row: Target, name: str, plan: str, measure: str, direction: str) -> None:
    row.name, row.measure = " ".join(name.split())[:500], " ".join(measure.split())[:60]
    row.plan = law.number(plan)
    if not row.name:
        raise Invalid("target_name_missing")
    if direction not in Target.Direction.values:
        raise Invalid("kind_unknown", text=direction)
    row.direction = direction


def _plain(row: Target) -> dict[str, str]:
    return {
        "name": row.name, "plan": law.written(row.plan), "measure": row.measure, "direction": row.direction,
    }  # fmt: skip


def _change(
    actor: scope.Actor, at: datetime, row: Target, act: str, side: str, note: str, before: dict[str, str] | None = None,
    after: dict[str, str] | None = None, answers: TargetChange | None = None,
) -> TargetChange:  # fmt: skip
    kept, _ = keep_note(note)
    made = TargetChange.objects.create(
        target=row, act=act, side=side, note=kept, before=before or {}, after=after or {}, answers=answers,
        officer_id=actor.officer_id, at=at,
    )  # fmt: skip
    _audit(actor, at, f"{act}_target", row, plan=str(row.plan))
    return made


def drop(*, actor: scope.Actor, at: datetime, target: UUID, note: str) -> None:
    """Say that a figure is no target of the task, with reason. Raises: NotVisible, NotAllowed, Invalid."""
    row = _on_side(actor, target, "giver")
    note = _note(note)
    with transaction.atomic():
        watermark.hold()
        if not Target.objects.filter(pk=row.pk, dropped_at__isnull=True).update(dropped_at=at):
            raise TransitionNotAllowed("target_dropped")
        _change(actor, at, row, "drop", "giver", note)


def add(
    *, actor: scope.Actor, at: datetime, duty: UUID, note: str, name: str, plan: str, measure: str = "",
    direction: str = law.AT_LEAST,
) -> UUID:  # fmt: skip
    """Add a target to an open task, by the giver's side, with reason. Raises: NotVisible, NotAllowed, Invalid."""
    task = scope.duty_to_read(actor, duty)
    if task.kind != "task" or queries.side(actor, task) != "giver":
        raise NotAllowed("target_not_giver")
    if task.phase == "closed":
        raise TransitionNotAllowed("target_closed")
    note = _note(note)
    row = Target(duty=task, series=task.series, made_at=at)
    _fill(row, name, plan, measure, direction)
    with transaction.atomic():
        watermark.hold()
        Duty.objects.select_for_update().get(pk=task.pk)
        row.position = (Target.objects.filter(duty=task).aggregate(last=Max("position"))["last"] or 0) + 1
        row.save()
        _change(actor, at, row, "add", "giver", note, {}, _plain(row))
    return row.public_id


def contest(*, actor: scope.Actor, at: datetime, target: UUID, note: str) -> UUID:
    """Contest a target or its value, with reason; the other side answers. Raises: NotVisible, NotAllowed, Invalid."""
    row = queries.target_to_read(actor, target)
    mine = queries.side(actor, row.duty)
    if not mine:
        raise NotAllowed("target_not_side")
    note = _note(note)
    with transaction.atomic():
        return _change(actor, at, row, "contest", mine, note).public_id


def answer(*, actor: scope.Actor, at: datetime, change: UUID, note: str) -> None:
    """Answer what the other side contested. Raises: NotVisible, NotAllowed, Conflict, Invalid."""
    found = TargetChange.objects.select_related("target").filter(public_id=change, act="contest").first()
    if found is None:
        raise NotVisible("target_not_visible")
    row = queries.target_to_read(actor, found.target.public_id)
    mine = queries.side(actor, row.duty)
    if mine in {"", found.side}:
        raise NotAllowed("target_not_side")
    note = _note(note)
    try:
        with transaction.atomic():
            _change(actor, at, row, "answer", mine, note, answers=found)
    except IntegrityError as error:
        raise Conflict("target_answered") from error
