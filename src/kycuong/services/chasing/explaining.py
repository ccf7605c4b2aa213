"""The duty of a head to explain: opened by the signed letter, answered by text or file, judged by the Office."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kycuong.core.calendars import local_date
from kycuong.core.chasing import STEP_LABELS, Step
from kycuong.core.confirmations import LIFECYCLE as CONFIRMATION
from kycuong.core.errors import Invalid
from kycuong.core.explanations import LIFECYCLE
from kycuong.core.lateness import days_late
from kycuong.core.limits import Limit, due, due_fixed
from kycuong.models import ChaseLetter, Duty, Explanation, Unit
from kycuong.queries import calendars, limits, org, scope
from kycuong.services import duties
from kycuong.services.closing import close
from kycuong.services.leaves import keep_note
from kycuong.services.requests import Request, for_acting
from kycuong.services.tasks.papers import keep_file, read_file
from kycuong.services.transitions import Act, already_done, move, not_before, open_many


def open_explanation(letter: ChaseLetter, actor: scope.Actor, at: datetime) -> Duty:
    """Open the duty of the unit's head to explain what a signed letter asks about, until the day that the letter names."""
    step = Step(letter.step)
    title = f"{STEP_LABELS[step]} theo Văn bản số {letter.number}/{letter.symbol} về các nhiệm vụ chậm thực hiện"
    calendar = calendars.current(letter.unit_id)
    duty = _duty(letter.unit, letter.issuing_unit_id, title, actor, at)
    ends = due_fixed(letter.reply_on, "by", calendar) if letter.reply_on else None
    if ends is None or ends.due_at <= at:  # the day went by while the paper was being signed
        limit = limits.current("explain", local_date(at))
        duty.limit_qty, duty.limit_unit = limit.qty, limit.unit
        ends = due(at, Limit(limit.qty, limit.unit), calendar)
    duties.wind(duty, ends, calendar, at)
    data: dict[str, object] = {"letter": str(letter.public_id), "step": letter.step}
    (opened,) = open_many([duty], Act(LIFECYCLE.row("open"), at, actor, data=data))
    Explanation.objects.create(duty=opened, letter=letter, step=letter.step)
    return opened


def ask(unit: Unit, giver_unit_id: int, title: str, step: str, actor: scope.Actor, at: datetime) -> Duty:
    """Ask the head of a unit to explain, or to carry out a decision and report, within the limit of explaining; no letter."""
    calendar, limit = calendars.current(unit.pk), limits.current("explain", local_date(at))
    duty = _duty(unit, giver_unit_id, title, actor, at)
    duty.limit_qty, duty.limit_unit = limit.qty, limit.unit
    duties.wind(duty, due(at, limit, calendar), calendar, at)
    (opened,) = open_many([duty], Act(LIFECYCLE.row("open"), at, actor, data={"step": step}))
    Explanation.objects.create(duty=opened, step=step)
    return opened


def _duty(unit: Unit, giver_unit_id: int, title: str, actor: scope.Actor, at: datetime) -> Duty:
    """Return the unsaved duty on the desk of the unit's head; the Office's follower confirms."""
    seat = org.head_of(unit.pk, local_date(at))
    here = (
        Unit.objects.filter(kind="office", valid_until__isnull=True).order_by("id").values_list("pk", flat=True).first()
    )
    office = here or giver_unit_id
    return Duty(
        kind="explanation", title=title[:500], giver_unit_id=giver_unit_id, follower_unit_id=office, confirmer_unit_id=office,
        holder_unit_id=unit.pk, holder_post_id=seat.post_id if seat else None,
        holder_officer_id=seat.officer_id if seat else None, term="dated", anchor_at=at, bound="by",
    )  # fmt: skip


def explain(
    *, actor: scope.Actor, at: datetime, duty: UUID, note: str = "", file: tuple[str, bytes] | None = None,
    request: Request = Request(),
) -> None:  # fmt: skip
    """Answer: the head explains in words or by a paper; the clock stops, the Office's own clock to judge it starts.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid, Secret.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "explain", request)
    if not note.strip() and file is None:
        raise Invalid("explanation_empty")
    at = not_before(row, Act(step, at)).at
    kept = read_file(file) if file else None
    calendar = calendars.current(row.holder_unit_id)
    with transaction.atomic():
        given = _of(row)
        given.answer, _ = keep_note(note)
        given.file = keep_file(actor, at, kept) if kept else None
        given.answered_by_id, given.verdict = actor.officer_id, ""
        given.save()
        late = days_late(at, row.due_at, calendar) if row.due_at else None
        act = Act(step, at, actor, request.seen, request.request_id, note)
        move(row, act, answered_at=at, running_since=None, next_check_at=None, late_working_days=late)
        _to_judge(row, act)


def _of(duty: Duty) -> Explanation:
    return Explanation.objects.select_related("letter__drafted_by").get(duty=duty)


def _to_judge(duty: Duty, act: Act) -> None:
    """Open the Office's own duty to judge the answer, on the desk of who drafted the letter if still in office there."""
    unit_id = duty.confirmer_unit_id or duty.giver_unit_id
    assert unit_id is not None
    on = local_date(act.at)
    letter = _of(duty).letter
    seats = org.seats_in([unit_id], on)
    mine = next((one for one in seats if letter and one.officer_id == letter.drafted_by_id), None)
    seat = mine or org.head_of(unit_id, on)
    calendar, limit = calendars.current(unit_id), limits.current("confirm", on)
    child = Duty(
        kind="confirmation", title=duty.title, parent=duty, root=duty, giver_unit_id=duty.holder_unit_id,
        confirmer_unit_id=unit_id, holder_unit_id=unit_id, holder_post_id=seat.post_id if seat else None,
        holder_officer_id=seat.officer_id if seat else None, term="dated", anchor_at=act.at, limit_qty=limit.qty,
        limit_unit=limit.unit, bound="by",
    )  # fmt: skip
    duties.wind(child, due(act.at, limit, calendar), calendar, act.at)
    open_many([child], Act(CONFIRMATION.row("open"), act.at, act.actor))


def accept_explanation(
    *, actor: scope.Actor, at: datetime, duty: UUID, note: str = "", request: Request = Request()
) -> None:
    """Accept an explanation; the duty ends, on time or late as it was answered.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "accept_explanation", request)
    at = not_before(row, Act(step, at)).at
    act = Act(step, at, actor, request.seen, request.request_id, note)
    with transaction.atomic():
        Explanation.objects.filter(duty=row).update(verdict="accepted")
        move(row, act, closed_at=at, outcome="done_late" if row.late_working_days else "done")
        _judged(row, act, "confirmed")


def refuse_explanation(
    *, actor: scope.Actor, at: datetime, duty: UUID, note: str, request: Request = Request()
) -> None:
    """Refuse an explanation with a reason: the head has the full time to explain again.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "refuse_explanation", request)
    _say_why(note)
    at = not_before(row, Act(step, at)).at
    calendar, limit = calendars.current(row.holder_unit_id), limits.current("explain", local_date(at))
    ends = due(at, limit, calendar)
    act = Act(step, at, actor, request.seen, request.request_id, note)
    with transaction.atomic():
        Explanation.objects.filter(duty=row).update(verdict="refused")
        columns: dict[str, object] = {**duties.rung_columns(ends.due_at, at, calendar), "running_since": at}
        move(
            row, act, desk=None, answered_at=None, late_working_days=None, due_at=ends.due_at, clock_no=row.clock_no + 1,
            **columns,
        )  # fmt: skip
        _judged(row, act, "sent_back")


def drop_explanation(*, actor: scope.Actor, at: datetime, duty: UUID, note: str, request: Request = Request()) -> None:
    """Ask no longer for an explanation, with a reason; the duty is neither on time nor late.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "drop_explanation", request)
    _say_why(note)
    act = Act(step, at, actor, request.seen, request.request_id, note)
    with transaction.atomic():
        Explanation.objects.filter(duty=row).update(verdict="dropped")
        move(
            row, act, closed_at=at, outcome="withdrawn", running_since=None, next_check_at=None, late_working_days=None
        )


def _say_why(note: str) -> None:
    if not note.strip():
        raise Invalid("explanation_verdict_missing")


def _judged(duty: Duty, act: Act, outcome: str) -> None:
    child = Duty.objects.filter(parent=duty, kind="confirmation").exclude(phase="closed").first()
    if child is not None:
        close(child, Act(CONFIRMATION.row("close"), act.at, act.actor), outcome)
