"""Judge a result: confirm it, or send it back with the clock resumed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kycuong.core import clocks
from kycuong.core.calendars import local_date
from kycuong.core.confirmations import LIFECYCLE as CONFIRMATION
from kycuong.core.errors import Invalid
from kycuong.core.limits import Limit, Unit
from kycuong.core.targets import written
from kycuong.models import Duty, DutyEvent, TaskResult
from kycuong.queries import calendars, org, scope, targets
from kycuong.services import duties
from kycuong.services.closing import close, lapse
from kycuong.services.requests import Request, for_acting
from kycuong.services.tasks.attempts import waiting
from kycuong.services.transitions import Act, Desk, already_done, move, not_before


def _judge(duty: Duty, verdict: TaskResult.Verdict, at: datetime) -> TaskResult:
    result = waiting(duty)
    result.verdict, result.judged_at = verdict, at
    result.save()
    return result


def _close_confirmation(duty: Duty, act: Act, outcome: str) -> None:
    child = Duty.objects.filter(parent=duty, kind="confirmation").exclude(phase="closed").first()
    if child is None:
        return
    close(child, Act(CONFIRMATION.row("close"), act.at, act.actor), outcome)


def confirm(*, actor: scope.Actor, at: datetime, duty: UUID, request: Request = Request(), note: str = "") -> None:
    """Confirm that the task is done; on time or late stays as it was when the confirmed result was sent.

    Below a target it is confirmed only with a reason, the note. Raises: NotVisible, NotAllowed, TransitionNotAllowed,
    Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "confirm", request)
    at = not_before(row, Act(step, at)).at
    short = _below_target(row, note)
    act = Act(step, at, actor, request.seen, request.request_id, note, "below_target" if short else "", short)
    with transaction.atomic():
        _judge(row, TaskResult.Verdict.CONFIRMED, at)
        move(row, act, closed_at=at, outcome="done_late" if row.late_working_days else "done")
        _close_confirmation(row, act, "confirmed")
        lapse(row, act)


def _below_target(row: Duty, note: str) -> dict[str, object]:
    """Return what the event says of targets that were not reached; below the number nothing closes without a reason.

    Basis: clause 3.0: closed by the number, not by a report. Raises: Invalid.
    """
    short = targets.short(row)
    if short and not note.strip():
        first, value = short[0]
        said = written(value) if value is not None else "—"
        raise Invalid("target_short", name=first.name, plan=written(first.plan), actual=said, measure=first.measure)
    values = {str(one.public_id): str(value) if value is not None else None for one, value in short}
    return {"below_target": values} if values else {}


def send_back(*, actor: scope.Actor, at: datetime, duty: UUID, note: str, request: Request = Request()) -> None:
    """Send a result back as not yet good enough: the clock resumes, moved by the time it lay on the giver's side.

    A date set by a higher level does not move. Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "send_back", request)
    if not note.strip():
        raise Invalid("note_missing")
    at = not_before(row, Act(step, at)).at
    with transaction.atomic():
        result = _judge(row, TaskResult.Verdict.SENT_BACK, at)
        changes, steps = _resume(row, at)
        data: dict[str, object] = {"attempt": result.attempt, "steps": steps}
        act = Act(step, at, actor, request.seen, request.request_id, note, data=data)
        head = org.head_of(row.holder_unit_id, local_date(at))
        desk = Desk(head.post_id, head.unit_id, head.officer_id) if head and head.officer_id else None
        move(row, act, desk=desk, answered_at=None, late_working_days=None, **changes)
        _close_confirmation(row, act, "sent_back")


def _resume(duty: Duty, at: datetime) -> tuple[dict[str, object], list[dict[str, object]]]:
    """Return the columns of the clock running again, and the steps that explain how its end moved."""
    if duty.due_at is None or duty.original_due_at is None or duty.answered_at is None:
        return {"running_since": at}, []
    calendar = calendars.current(duty.holder_unit_id)
    limit = Limit(duty.limit_qty, Unit(duty.limit_unit)) if duty.limit_qty else None
    stopped = clocks.Clock(
        duty.anchor_at, limit, duty.due_at, duty.original_due_at, duty.consumed_minutes, None, duty.clock_no
    )
    movable = not (duty.document and duty.document.higher_level)
    clock, steps = clocks.shift_for_giver_time(stopped, duty.answered_at, at, calendar, movable=movable)
    columns: dict[str, object] = dict(duties.rung_columns(clock.due_at, at, calendar))
    if clock.clock_no == duty.clock_no:  # a rung fires once a clock: those fired before the sending stay fired
        columns["next_check_at"] = _unfired(duty, columns, at)
    columns |= {"due_at": clock.due_at, "clock_no": clock.clock_no, "running_since": at}
    return columns, [step.to_json() for step in steps]


def _unfired(duty: Duty, columns: dict[str, object], at: datetime) -> object:
    """Return when the next rung fires that this clock has not fired yet; one that was missed while waiting fires at once."""
    fired = set(DutyEvent.objects.filter(duty=duty, clock_no=duty.clock_no).values_list("rung", flat=True))
    if "overdue" in fired:  # the highest has fired; those below it, skipped in a long stop, never fire after it
        return None
    ladder = {"near": columns["near_at"], "due": columns["last_day_at"], "overdue": columns["late_at"]}
    left = [moment for rung, moment in ladder.items() if rung not in fired and isinstance(moment, datetime)]
    return next((moment for moment in left if moment > at), at if left else None)
