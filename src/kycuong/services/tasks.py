"""Tasks: assign within the unit, submit up the line, send with the result document, confirm or send back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from kycuong.core import clocks
from kycuong.core.calendars import local_date
from kycuong.core.confirmations import CONFIRM_WORKING_DAYS
from kycuong.core.confirmations import LIFECYCLE as CONFIRMATION
from kycuong.core.errors import Conflict, Invalid
from kycuong.core.lateness import days_late
from kycuong.core.limits import Limit, Unit, due
from kycuong.models import Document, DocumentFile, Duty, DutyEvent, Task, TaskResult
from kycuong.queries import calendars, org, scope
from kycuong.queries.files import path_of
from kycuong.reader import Reading, Secret, Unreadable, read_bytes
from kycuong.services import duties, files
from kycuong.services.closing import close, lapse
from kycuong.services.requests import Request, for_acting
from kycuong.services.transitions import Act, Desk, already_done, move, open_many


def assign(
    *, actor: scope.Actor, at: datetime, duty: UUID, desk: str, request: Request = Request(), note: str = ""
) -> None:
    """Move the desk of a task down within the charged unit, to a division's head or an officer.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id):
        return
    row, step = for_acting(actor, duty, "assign", request)
    wanted = desk.removeprefix("post:")
    known = wanted.isascii() and wanted.isdigit() and len(wanted) < 18
    chosen = org.seat_below(actor, row.holder_unit_id, int(wanted), at) if known else None
    if chosen is None or chosen.post_id == row.holder_post_id:
        raise Invalid("desk_unknown")
    target = Desk(chosen.post_id, chosen.unit_id, chosen.officer_id)
    with transaction.atomic():  # a draft that goes down again is in preparation again
        TaskResult.objects.filter(task__duty=row, sent_at__isnull=True).update(prepared_at=None)
        move(row, Act(step, at, actor, request.seen, request.request_id, note), desk=target)


def _desk(post_id: int, on: date) -> Desk:
    seat = org.seat(post_id, on)
    if seat is None:
        raise Invalid("desk_unknown")
    if seat.officer_id is None:
        raise Invalid("desk_vacant", title=seat.title)
    return Desk(seat.post_id, seat.unit_id, seat.officer_id)


def submit(
    *, actor: scope.Actor, at: datetime, duty: UUID, request: Request = Request(), note: str = "",
    file: tuple[str, bytes] | None = None,
) -> None:  # fmt: skip
    """Submit a draft result one step up: officer to the division's head, division's head to the unit's head.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id):
        return
    row, step = for_acting(actor, duty, "submit", request)
    kept = _read_file(file) if file else None
    with transaction.atomic():
        result = _attempt(row)
        if result.prepared_at is None:  # who passes a draft on up the line is not its author
            result.prepared_by_id, result.prepared_at, result.summary = actor.officer_id, at, note
        if kept:
            result.file = _keep(actor, at, kept)
        _save(result)
        target = _up(row, local_date(at))
        act = Act(step, at, actor, request.seen, request.request_id, note, data={"attempt": result.attempt})
        move(row, act, desk=target)


def _up(duty: Duty, on: date) -> Desk:
    """Return the desk one step up the line within the charged unit."""
    post = duty.holder_post
    if post and post.unit_id != duty.holder_unit_id and post.kind not in scope.DIVISION_HEADS:
        for seat in org.seats_of(post.unit_id, on, *sorted(scope.DIVISION_HEADS)):
            if seat.officer_id:
                return Desk(seat.post_id, seat.unit_id, seat.officer_id)
    head = org.head_of(duty.holder_unit_id, on)
    if head is None or head.officer_id is None:
        raise Invalid("desk_vacant", title=head.title if head else duty.holder_unit.name)
    return Desk(head.post_id, head.unit_id, head.officer_id)


def _attempt(duty: Duty) -> TaskResult:
    """Return the attempt in preparation, or the next one, unsaved."""
    task = Task.objects.get(duty=duty)
    last = task.results.order_by("-attempt").first()
    if last and last.sent_at is None:
        return last
    return TaskResult(task=task, attempt=(last.attempt if last else 0) + 1)


def _save(result: TaskResult) -> None:
    """Save an attempt; somebody who opened the same one at this moment was first. Raises: Conflict."""
    try:
        with transaction.atomic():
            result.save()
    except IntegrityError as error:
        raise Conflict("moved_meanwhile") from error


def return_draft(*, actor: scope.Actor, at: datetime, duty: UUID, note: str, request: Request = Request()) -> None:
    """Return a draft to the officer who prepared it, saying what to complete.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id):
        return
    row, step = for_acting(actor, duty, "return_draft", request)
    if not note.strip():
        raise Invalid("note_missing")
    with transaction.atomic():
        result = _attempt(row)
        holding = row.holdings.filter(officer=result.prepared_by).order_by("-from_at").first()
        if holding is None or holding.post_id is None:
            raise Invalid("desk_unknown")
        result.prepared_at = None
        result.save()
        target = _desk(holding.post_id, local_date(at))
        move(row, Act(step, at, actor, request.seen, request.request_id, note), desk=target)


def send(
    *, actor: scope.Actor, at: datetime, duty: UUID, file: tuple[str, bytes] | None, request: Request = Request(),
    note: str = "",
) -> Reading | None:  # fmt: skip
    """Send the result out with its document: the clock stops, the confirmer's own clock starts.

    The number, date and signer are read from the file. Returns the reading (None when the file's text cannot be read).
    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid, Secret.
    """
    if already_done(request.request_id):
        return None
    row, step = for_acting(actor, duty, "send", request)
    draft = _attempt(row)
    if file is None and draft.file is None:
        raise Invalid("file_missing")
    kept = _read_file(file) if file else None
    with transaction.atomic():
        result = _attempt(row)
        if kept:
            result.file = _keep(actor, at, kept)
        reading = kept.reading if kept else _read_kept(result)
        _fill(result, reading, at)
        result.sent_at = at
        _save(result)
        _stop_and_await(row, Act(step, at, actor, request.seen, request.request_id, note, data=_sent(result)))
    return reading


@dataclass(frozen=True, slots=True)
class _Paper:
    name: str
    data: bytes
    reading: Reading | None


def _read_file(file: tuple[str, bytes]) -> _Paper:
    name, data = file
    files.check_size(data, name)
    try:
        return _Paper(name, data, read_bytes(data, name))
    except Secret:
        raise
    except Unreadable as wrong:
        if wrong.code == "empty":
            raise
        return _Paper(name, data, None)  # a scan or an image: kept as it is, its number is typed in


def _keep(actor: scope.Actor, at: datetime, paper: _Paper) -> DocumentFile:
    media = paper.reading.media_type if paper.reading else "application/octet-stream"
    return files.keep(officer_id=actor.officer_id, at=at, data=paper.data, name=paper.name, media_type=media)


def _read_kept(result: TaskResult) -> Reading | None:
    if result.file is None:
        return None
    try:
        return read_bytes(path_of(result.file.sha256).read_bytes(), result.file.name)
    except (Unreadable, OSError):
        return None


def _fill(result: TaskResult, reading: Reading | None, at: datetime) -> None:
    if reading is None:
        return
    result.number, result.symbol = (reading.number or "")[:30], (reading.symbol or "")[:60]
    result.signer = (reading.signer or "")[:120]
    signed = reading.issued_on
    result.signed_on = signed if signed and signed <= local_date(at) else None


def _sent(result: TaskResult) -> dict[str, object]:
    return {
        "attempt": result.attempt,
        "file": result.file.sha256 if result.file else "",
        "signed_on": result.signed_on.isoformat() if result.signed_on else "",
    }


def _stop_and_await(duty: Duty, act: Act) -> None:
    calendar = calendars.current(duty.holder_unit_id)
    since = duty.running_since
    minutes = calendar.working_minutes_between(since, act.at) if since else 0
    late = days_late(act.at, duty.due_at, calendar) if duty.due_at else None
    move(
        duty,
        act,
        answered_at=act.at,
        running_since=None,
        next_check_at=None,
        consumed_minutes=duty.consumed_minutes + max(minutes, 0),
        late_working_days=late,
    )
    _open_confirmation(duty, act)


def _open_confirmation(duty: Duty, act: Act) -> None:
    """Open the confirmer's own duty on the following specialist's desk, with its own limit."""
    unit_id = duty.confirmer_unit_id or duty.giver_unit_id
    if unit_id is None:
        return
    on = local_date(act.at)
    seat = _confirmer(duty.document, unit_id, on)
    calendar = calendars.current(unit_id)
    child = Duty(
        kind="confirmation",
        title=duty.title,
        document_id=duty.document_id,
        parent=duty,
        root=duty,
        giver_unit_id=duty.holder_unit_id,
        confirmer_unit_id=unit_id,
        holder_unit_id=unit_id,
        holder_post_id=seat.post_id if seat else None,
        holder_officer_id=seat.officer_id if seat else None,
        term="dated",
        anchor_at=act.at,
        limit_qty=CONFIRM_WORKING_DAYS,
        limit_unit=Unit.working_day,
        bound="by",
    )
    limit = Limit(CONFIRM_WORKING_DAYS, Unit.working_day)
    duties.wind(child, due(act.at, limit, calendar), calendar, act.at)
    open_many([child], Act(CONFIRMATION.row("open"), act.at, act.actor))


def _confirmer(document: Document | None, unit_id: int, on: date) -> org.Seat | None:
    if document and document.follower_post_id:
        seat = org.seat(document.follower_post_id, on)
        if seat and seat.officer_id:
            return seat
    return org.head_of(unit_id, on)


def correct_result(
    *, actor: scope.Actor, at: datetime, duty: UUID, number: str, symbol: str, signed_on: date | None, signer: str,
    request: Request = Request(),
) -> None:  # fmt: skip
    """Correct what was read from the result document while it waits for confirmation.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id):
        return
    row, step = for_acting(actor, duty, "correct_result", request)
    if signed_on and signed_on > local_date(at):
        raise Invalid("result_date_future", date=f"{signed_on:%d/%m/%Y}")
    with transaction.atomic():
        result = _waiting(row)
        result.number, result.symbol, result.signer = number[:30], symbol[:60], signer[:120]
        result.signed_on = signed_on
        result.save()
        move(row, Act(step, at, actor, request.seen, request.request_id, data=_sent(result)))


def _waiting(duty: Duty) -> TaskResult:
    found = TaskResult.objects.filter(task__duty=duty, sent_at__isnull=False, verdict="").order_by("-attempt").first()
    if found is None:
        raise Invalid("result_missing")
    return found


def _judge(duty: Duty, verdict: TaskResult.Verdict, at: datetime) -> TaskResult:
    result = _waiting(duty)
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

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id):
        return
    row, step = for_acting(actor, duty, "confirm", request)
    act = Act(step, at, actor, request.seen, request.request_id, note)
    with transaction.atomic():
        _judge(row, TaskResult.Verdict.CONFIRMED, at)
        move(row, act, closed_at=at, outcome="done_late" if row.late_working_days else "done")
        _close_confirmation(row, act, "confirmed")
        lapse(row, act)


def send_back(*, actor: scope.Actor, at: datetime, duty: UUID, note: str, request: Request = Request()) -> None:
    """Send a result back as not yet good enough: the clock resumes, moved by the time it lay on the giver's side.

    A date set by a higher level does not move. Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id):
        return
    row, step = for_acting(actor, duty, "send_back", request)
    if not note.strip():
        raise Invalid("note_missing")
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
