"""Decide about one duty of a review: an act of the ledger at once, or a proposal to its giver; take a decision back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from kycuong.core import backlog as core
from kycuong.core.backlog import Chosen, Decision
from kycuong.core.calendars import local_date
from kycuong.core.errors import Conflict, Invalid
from kycuong.core.proposals import Kind
from kycuong.core.tasks import LIFECYCLE as TASK
from kycuong.models import BacklogLine, Duty, DutyEvent, Unit
from kycuong.queries import scope
from kycuong.services import audit, proposals, tasks
from kycuong.services.backlog.acting import line_to_act
from kycuong.services.requests import Request
from kycuong.services.transitions import already_done

#: What a permission of the giver's side asks of a duty beside its row.
_NOTHING = scope.Facts(None, False, False, None)


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of a decision: the duty that it opened, and whether that is the giver's to decide."""

    made: Duty | None = None
    is_proposed: bool = False


def decide(
    *, actor: scope.Actor, at: datetime, review: UUID, duty: UUID, chosen: Chosen, request: Request = Request()
) -> bool:
    """Carry out what the meeting decided about one duty; return whether it was only put before the giver.

    Every decision is an act in the ledger. Who is on the giver's side orders it, anybody else proposes it.
    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return BacklogLine.objects.filter(review__public_id=review, duty__public_id=duty, is_proposed=True).exists()
    core.check_chosen(chosen, local_date(at))
    with transaction.atomic():
        line = line_to_act(actor, review, duty)
        if line.decision and already_done(request.request_id, actor):  # the same button, pressed twice at once
            return line.is_proposed
        if line.decision:
            named = line.decided_by.full_name if line.decided_by else ""
            label = core.label_of(line.decision, proposed=line.is_proposed)
            raise Conflict("backlog_line_decided", name=named, decision=label)
        unit = _unit(chosen)
        done = _carry_out(actor, at, line, chosen, unit, request)
        line.decision, line.is_proposed, line.made = chosen.decision.value, done.is_proposed, done.made
        line.decided_by_id, line.decided_at = actor.officer_id, at
        line.given_on, line.given_unit = _given_on(chosen), unit
        line.event_seq = Duty.objects.values_list("seq", flat=True).get(pk=line.duty_id)
        line.save()
        _note(line, "decide_backlog", actor, at, decision=line.decision, proposed=line.is_proposed)
    return done.is_proposed


def _given_on(chosen: Chosen) -> date | None:
    dated = chosen.decision is Decision.NEW_DATE or (
        chosen.decision is Decision.HAND_OVER and chosen.to.startswith("unit:")
    )
    return chosen.due_on if dated else None


def _unit(chosen: Chosen) -> Unit | None:
    """Return the unit to which a duty is handed over, None when it goes to a person or to nobody. Raises: Invalid."""
    key = chosen.to.removeprefix("unit:")
    if chosen.decision is not Decision.HAND_OVER or key == chosen.to:
        return None
    found = Unit.objects.filter(pk=int(key), valid_until__isnull=True).first() if key.isdecimal() else None
    if found is None:
        raise Invalid("replacement_unit_missing")
    return found


def _carry_out(
    actor: scope.Actor, at: datetime, line: BacklogLine, chosen: Chosen, unit: Unit | None, request: Request
) -> _Done:
    duty, decision = line.duty.public_id, chosen.decision
    if decision is Decision.HAND_OVER and unit is None:
        tasks.assign(actor=actor, at=at, duty=duty, desk=chosen.to, note=chosen.note, request=request)
        return _Done()
    gives = scope.permits(actor, line.duty, TASK.row("replan"), _NOTHING)
    if decision is Decision.RAISE or not gives:
        return _ask(actor, at, line, chosen, unit, request)
    basis = core.grounds(local_date(line.review.opened_at))
    if decision is Decision.CLOSE:
        tasks.revoke(actor=actor, at=at, duty=duty, note=chosen.note, basis=basis, request=request)
        return _Done()
    if decision is Decision.NEW_DATE:
        assert chosen.due_on is not None
        tasks.replan(
            actor=actor, at=at, duty=duty, due_on=chosen.due_on, note=chosen.note, data=_data(line), request=request
        )
        return _Done()
    new = tasks.replace(
        actor=actor, at=at, duty=duty, unit=chosen.to, note=chosen.note, basis=basis, due_on=chosen.due_on, request=request
    )  # fmt: skip
    return _Done(Duty.objects.get(public_id=new) if new else None)


def _data(line: BacklogLine) -> dict[str, object]:
    return {"review": str(line.review.public_id)}


def _ask(
    actor: scope.Actor, at: datetime, line: BacklogLine, chosen: Chosen, unit: Unit | None, request: Request
) -> _Done:
    """Put the decision before the giver: more time as what it is where that can be given, anything else in words."""
    timed = chosen.decision is Decision.NEW_DATE and _may_be_given_time(actor, line.duty, at)
    reason = chosen.note.strip() if timed else core.asked(
        chosen.decision, chosen.note, due_on=chosen.due_on, unit_name=unit.name if unit else ""
    )  # fmt: skip
    made = proposals.ask_giver(
        actor=actor, at=at, duty=line.duty.public_id, kind=Kind.EXTENSION if timed else Kind.SUGGESTION, reason=reason,
        wanted_on=chosen.due_on if timed else None, data=_data(line), request=request,
    )  # fmt: skip
    return _Done(made, is_proposed=made is not None)


def _may_be_given_time(actor: scope.Actor, duty: Duty, at: datetime) -> bool:
    """Return whether more time can be asked for as such: of a date that is the giver's, by the unit itself before its end.

    Basis: a unit asks for time before the end; who follows for the giver asks in the review of what is late.
    """
    if duty.due_at is None or (duty.document and duty.document.higher_level):
        return False
    return actor.chases or at < duty.due_at


def undo(*, actor: scope.Actor, at: datetime, review: UUID, duty: UUID) -> None:
    """Take a decision back where the ledger allows: a new date, or a proposal on which nobody has decided yet.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    try:
        with transaction.atomic():
            line = line_to_act(actor, review, duty)
            if not line.decision:
                raise Conflict("backlog_line_undecided")
            _take_back(line, actor, at)
            was = line.decision
            line.decision, line.is_proposed, line.made, line.event_seq = "", False, None, None
            line.decided_by = line.decided_at = line.given_on = line.given_unit = None
            line.save()
            _note(line, "undo_backlog", actor, at, decision=was)
    except IntegrityError as error:  # another review has taken the duty in meanwhile
        raise Conflict("backlog_meanwhile") from error


def _take_back(line: BacklogLine, actor: scope.Actor, at: datetime) -> None:
    if line.is_proposed and line.made is not None:
        proposals.withdraw(actor=actor, at=at, duty=line.made.public_id)
        return
    if line.decision != Decision.NEW_DATE or line.event_seq is None:
        raise Invalid("backlog_not_undone")
    events = dict(
        DutyEvent.objects.filter(duty=line.duty_id, seq__gte=line.event_seq - 1).order_by("seq").values_list("seq", "due_to")
    )  # fmt: skip
    before = events[line.event_seq - 1]
    if before is None or line.duty.due_at != events[line.event_seq]:  # moved again since
        raise Invalid("backlog_not_undone")
    tasks.undo_replan(actor=actor, at=at, duty=line.duty.public_id, due_at=before, data=_data(line))


def _note(line: BacklogLine, act: str, actor: scope.Actor, at: datetime, **data: object) -> None:
    audit.record(
        actor_id=actor.officer_id, at=at, act=act, subject_kind="backlog", subject_id=line.review.public_id,
        duty=str(line.duty.public_id), **data,
    )  # fmt: skip
