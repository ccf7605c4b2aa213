"""Send a result out: the unit's clock stops, the confirmer's own clock starts."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kycuong.core.calendars import local_date
from kycuong.core.confirmations import LIFECYCLE as CONFIRMATION
from kycuong.core.errors import Invalid
from kycuong.core.lateness import days_late
from kycuong.core.limits import due
from kycuong.models import Document, Duty, TaskResult
from kycuong.queries import calendars, limits, org, scope
from kycuong.reader import Reading
from kycuong.services import duties
from kycuong.services.requests import Request, for_acting
from kycuong.services.tasks.attempts import attempt_of, keep, waiting
from kycuong.services.tasks.papers import keep_file, read_again, read_file
from kycuong.services.transitions import Act, already_done, move, not_before, open_many


def send(
    *, actor: scope.Actor, at: datetime, duty: UUID, file: tuple[str, bytes] | None, request: Request = Request(),
    note: str = "",
) -> Reading | None:  # fmt: skip
    """Send the result out with its document: the clock stops, the confirmer's own clock starts.

    The number, date and signer are read from the file. Returns the reading (None when the file's text cannot be read).
    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid, Secret.
    """
    if already_done(request.request_id, actor):
        return None
    row, step = for_acting(actor, duty, "send", request)
    at = not_before(row, Act(step, at)).at
    draft = attempt_of(row)
    if file is None and draft.file is None:
        raise Invalid("file_missing")
    kept = read_file(file) if file else None
    with transaction.atomic():
        result = attempt_of(row)
        if kept:
            result.file = keep_file(actor, at, kept)
        reading = kept.reading if kept else read_again(result)
        _fill(result, reading, at)
        result.sent_at = at
        keep(result)
        _stop_and_await(row, Act(step, at, actor, request.seen, request.request_id, note, data=_sent(result)))
    return reading


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
    limit = limits.current("confirm", on)
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
        limit_qty=limit.qty,
        limit_unit=limit.unit,
        bound="by",
    )
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
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "correct_result", request)
    if signed_on and signed_on > local_date(at):
        raise Invalid("result_date_future", date=f"{signed_on:%d/%m/%Y}")
    with transaction.atomic():
        result = waiting(row)
        result.number, result.symbol, result.signer = number[:30], symbol[:60], signer[:120]
        result.signed_on = signed_on
        result.save()
        move(row, Act(step, at, actor, request.seen, request.request_id, data=_sent(result)))
