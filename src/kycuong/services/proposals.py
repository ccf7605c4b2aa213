"""Proposals: a unit asks the giver of its task for time, to take it back, for help or an opinion; the giver decides.

Holder and due date of the task stay until the decision; the giver's time runs on a clock of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace as with_
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from kycuong.core import clocks
from kycuong.core.calendars import local_date
from kycuong.core.changes import Terms
from kycuong.core.duties import last_date
from kycuong.core.errors import Conflict, Invalid
from kycuong.core.lateness import days_late
from kycuong.core.limits import due, due_fixed
from kycuong.core.proposals import (
    ANSWERED_IN_WORDS,
    LIFECYCLE,
    WORDINGS,
    Asked,
    Kind,
    check,
    check_day,
    check_movable,
    kind_of,
)
from kycuong.core.tasks import LIFECYCLE as TASK
from kycuong.core.transfers import Cause
from kycuong.models import Duty, DutyEvent, Proposal, Unit
from kycuong.queries import calendars, limits, org, scope
from kycuong.services import duties, submissions, transfers
from kycuong.services.closing import close
from kycuong.services.leaves import keep_note
from kycuong.services.replacing import reassign, take_off
from kycuong.services.requests import Request, for_acting
from kycuong.services.transitions import Act, already_done, move, open_many


def propose(
    *, actor: scope.Actor, at: datetime, duty: UUID, kind: str, reason: str, basis: str = "", wanted_on: date | None = None,
    so_far: str = "", matter: str = "", amount: str = "", why: str = "", request: Request = Request(),
) -> None:  # fmt: skip
    """Ask the giver of a task to decide something: opens the giver's own duty; holder and clock of the task stay.

    `matter` (of the registry of competence) and `amount` say what it is about; what the registry says is the unit's own
    goes up only with `why`, which the giver reads. A return that names its matter takes its basis from the registry.
    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "propose", request)
    returns = kind == Kind.RETURN
    late = returns and transfers.check_task_return(row, at)
    text = f"{row.title} {reason}" if returns else reason
    weighed = submissions.reckon(row, kind=kind, text=text, matter=matter, amount=amount, why=why, at=at)
    basis = basis.strip() or (weighed.basis if weighed and weighed.named else "")
    asked = Asked(kind_of(kind), reason, basis[:200], so_far, wanted_on)
    last = last_date(row.due_at) if row.due_at else None
    check(asked, due_at=row.due_at, last=last, higher_level=_set_above(row), at=at)
    act = Act(step, at, actor, request.seen, request.request_id, reason, reason_code="late_return" if late else "")
    if returns and (cause := transfers.next_cause(row, at)):
        _ask_arbiter(row, act, cause, asked, weighed)
        return
    child = _to_decide(row, at)
    data: dict[str, object] = {"kind": asked.kind.value, "proposal": str(child.public_id)}
    with transaction.atomic():
        event = move(row, with_(act, data=data))
        (opened,) = open_many([child], Act(LIFECYCLE.row("open"), at, actor))
        made = _keep(actor, opened, asked, event)
        if weighed is not None:
            submissions.keep(weighed, made, why, at)


def _ask_arbiter(row: Duty, act: Act, cause: Cause, asked: Asked, weighed: submissions.Weighed | None) -> None:
    """Put a task that was handed on too often before the arbiter; holder and clock stay until the ruling."""
    named = Unit.objects.filter(pk=weighed.next_unit).first() if weighed and weighed.next_unit else None
    with transaction.atomic():
        move(row, with_(act, data={"kind": Kind.RETURN.value, "cause": cause.value}))
        transfers.ask_arbiter(
            row, cause, act, reason=asked.reason, basis=asked.basis, matter=weighed.matter.pk if weighed else None, named=named
        )  # fmt: skip


def ask_giver(
    *, actor: scope.Actor, at: datetime, duty: UUID, kind: Kind, reason: str, wanted_on: date | None = None,
    data: Mapping[str, object], request: Request = Request(),
) -> Duty | None:  # fmt: skip
    """Put what a review of the backlog found before the giver of a task: opens the giver's own duty to decide.

    Unlike the unit itself, a review may ask for time when the task is late. Returns None when the giver himself raises the
    matter: it is noted in the history, and goes up on paper. `data` is what the event says beside: the review.
    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    row, step = for_acting(actor, duty, "raise", request)
    asked = Asked(kind, reason, wanted_on=wanted_on)
    _check_asked(asked, row, at)
    act = Act(step, at, actor, request.seen, request.request_id, reason, data=dict(data))
    if _gives(actor, row, at):
        move(row, act)
        return None
    child = _to_decide(row, at)
    child.giver_unit_id = _unit_of(actor, row)
    with transaction.atomic():
        event = move(row, with_(act, data={**act.data, "kind": kind.value, "proposal": str(child.public_id)}))
        (opened,) = open_many([child], Act(LIFECYCLE.row("open"), at, actor))
        _keep(actor, opened, asked, event)
    return opened


def _check_asked(asked: Asked, task: Duty, at: datetime) -> None:
    if not asked.reason.strip():
        raise Invalid("proposal_reason_missing")
    if asked.kind is not Kind.EXTENSION:
        return
    check_movable(due_at=task.due_at, higher_level=_set_above(task))
    if asked.wanted_on is None:
        raise Invalid("extension_date_missing")
    check_day(asked.wanted_on, at)
    if task.due_at is not None and asked.wanted_on <= last_date(task.due_at):
        raise Invalid("extension_date_not_later", last=f"{last_date(task.due_at):%d/%m/%Y}")


def _gives(actor: scope.Actor, task: Duty, at: datetime) -> bool:
    seat = _giver(task, local_date(at)) if task.giver_unit_id else None
    return seat is not None and seat.officer_id == actor.officer_id


def _unit_of(actor: scope.Actor, task: Duty) -> int:
    """Return the unit for which a review is held: the holder's own, or the one in which the person follows."""
    if actor.leads(task.holder_unit_id):
        return task.holder_unit_id
    offices = [hat.body_id for hat in actor.hats if hat.body_kind == "office"]
    return [*offices, *(hat.body_id for hat in actor.hats)][0]


def _set_above(duty: Duty) -> bool:
    return bool(duty.document and duty.document.higher_level)


def _to_decide(task: Duty, at: datetime) -> Duty:
    """Return the giver's unsaved duty to decide, on the desk of who holds the giver's post, with its own limit."""
    if task.giver_unit_id is None:
        raise Invalid("giver_missing")
    seat = _giver(task, local_date(at))
    calendar = calendars.current(task.giver_unit_id)
    limit = limits.current("decide", local_date(at))
    child = Duty(
        kind="proposal",
        title=task.title,
        document_id=task.document_id,
        parent=task,
        root=task,
        giver_unit_id=task.holder_unit_id,
        follower_unit_id=task.follower_unit_id,
        holder_unit_id=task.giver_unit_id,
        holder_post_id=seat.post_id if seat else None,
        holder_officer_id=seat.officer_id if seat else None,
        term="dated",
        anchor_at=at,
        limit_qty=limit.qty,
        limit_unit=limit.unit,
        bound="by",
    )
    duties.wind(child, due(at, limit, calendar), calendar, at)
    return child


def _giver(task: Duty, on: date) -> org.Seat | None:
    seat = org.seat(task.giver_post_id, on) if task.giver_post_id else None
    if seat and seat.officer_id:
        return seat
    return org.head_of(task.giver_unit_id, on) if task.giver_unit_id else None


def _keep(actor: scope.Actor, child: Duty, asked: Asked, event: DutyEvent) -> Proposal:
    """Keep what was asked and return it; the table itself refuses a second open one of a kind. Raises: Conflict."""
    so_far, _ = keep_note(asked.so_far)
    made = Proposal(
        duty=child, about_id=event.duty_id, kind=asked.kind.value, proposer_id=actor.officer_id, reason_id=event.note_id,
        so_far=so_far, basis=asked.basis, wanted_on=asked.wanted_on if asked.kind is Kind.EXTENSION else None,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Conflict("proposal_open", noun=WORDINGS[asked.kind].noun) from error
    return made


def accept(
    *, actor: scope.Actor, at: datetime, duty: UUID, note: str = "", given_on: date | None = None, unit: str = "",
    due_on: date | None = None, request: Request = Request(),
) -> None:  # fmt: skip
    """Agree to a proposal and do at once what follows: the due date moves, or the task is taken back.

    `given_on` is the last day given to an extension, the day asked for when nothing is said. `unit` ("unit:ID") is to
    whom a returned task is given at once, until the end of `due_on` when it is dated; the permission to decide covers it.
    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "accept", request)
    proposal = _of(row)
    if proposal.kind in ANSWERED_IN_WORDS and not note.strip():
        raise Invalid("answer_missing")
    act = Act(step, at, actor, request.seen, request.request_id, note)
    with transaction.atomic():  # the task moves first: whoever ends it takes the same rows in the same order
        proposal.outcome, proposal.decided_at = Proposal.Outcome.ACCEPTED, at
        _carry_out(proposal, act, given_on)
        decided = _decide(proposal, row, act)
        if unit and proposal.kind == Kind.RETURN:
            giving = Act(TASK.row("reassign"), at, actor, cover_for=decided.cover_for_id)
            reassign(proposal.about, Terms(unit, due_on=due_on), giving, **submissions.named_by(proposal, unit))


def _of(duty: Duty) -> Proposal:
    return Proposal.objects.select_related("about__document").get(duty=duty)


def _decide(proposal: Proposal, row: Duty, act: Act) -> DutyEvent:
    """Close the giver's duty, keep what was decided, return the event; `row` is as the permission was asked of it."""
    event = close(row, act, proposal.outcome)
    proposal.answer_id = event.note_id
    proposal.save()
    return event


def _data(proposal: Proposal) -> dict[str, object]:
    return {"kind": proposal.kind, "proposal": str(proposal.duty.public_id), "outcome": proposal.outcome}


def _carry_out(proposal: Proposal, act: Act, given_on: date | None) -> None:
    if proposal.kind == Kind.EXTENSION:
        _extend(proposal, act, given_on)
    elif proposal.kind == Kind.RETURN:
        _take_back(proposal, act)
    else:
        _settle(proposal, act)


def _settle(proposal: Proposal, act: Act) -> None:
    """Write the answer into the history of the task, where holder and clock stay."""
    move(proposal.about, Act(TASK.row("settle"), act.at, act.actor, data=_data(proposal)))


def _extend(proposal: Proposal, act: Act, given_on: date | None) -> None:
    """Move the end of the task's clock to the day given; the original end stays, the rungs fire anew.

    A result that was sent while the giver had not yet decided is measured against the new end.
    """
    task = proposal.about
    check_movable(due_at=task.due_at, higher_level=_set_above(task))
    day = given_on or proposal.wanted_on
    assert task.due_at is not None
    assert task.original_due_at is not None
    assert day is not None
    check_day(day, act.at)
    calendar = calendars.current(task.holder_unit_id)
    old = clocks.Clock(
        task.anchor_at,
        None,
        task.due_at,
        task.original_due_at,
        task.consumed_minutes,
        task.running_since,
        task.clock_no,
    )
    clock, steps = clocks.extend(old, due_fixed(day, "by", calendar).due_at)
    proposal.given_on, proposal.extended_days = day, (day - last_date(task.due_at)).days
    columns: dict[str, object] = dict(duties.rung_columns(clock.due_at, act.at, calendar))
    if task.answered_at is not None:
        columns["next_check_at"] = None
        columns["late_working_days"] = days_late(task.answered_at, clock.due_at, calendar)
    data = _data(proposal) | {"steps": [step.to_json() for step in steps]}
    extending = Act(TASK.row("extend"), act.at, act.actor, data=data)
    move(task, extending, desk=None, due_at=clock.due_at, clock_no=clock.clock_no, **columns)


def _take_back(proposal: Proposal, act: Act) -> None:
    """Close the task as returned; of a periodic one every occurrence that is open, and no further one opens."""
    returning = Act(TASK.row("close_returned"), act.at, act.actor, data=_data(proposal))
    take_off(proposal.about, returning, "returned", deciding=proposal.pk)


def refuse(*, actor: scope.Actor, at: datetime, duty: UUID, note: str, request: Request = Request()) -> None:
    """Refuse a proposal with a reason; the task stays as it is.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "refuse", request)
    if not note.strip():
        raise Invalid("answer_missing")
    _end(row, Act(step, at, actor, request.seen, request.request_id, note), Proposal.Outcome.REFUSED)


def withdraw(*, actor: scope.Actor, at: datetime, duty: UUID, note: str = "", request: Request = Request()) -> None:
    """Withdraw a proposal that has not been decided yet.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "withdraw", request)
    _end(row, Act(step, at, actor, request.seen, request.request_id, note), Proposal.Outcome.WITHDRAWN)


def _end(row: Duty, act: Act, outcome: Proposal.Outcome) -> None:
    proposal = _of(row)
    with transaction.atomic():
        proposal.outcome, proposal.decided_at = outcome, act.at
        _settle(proposal, act)
        _decide(proposal, row, act)
