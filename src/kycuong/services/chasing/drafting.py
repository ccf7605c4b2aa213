"""Draft the letters of chasing: one a unit and step; a reminder needs no paper and is sent at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from kycuong.core.calendars import local_date
from kycuong.core.chasing import (
    MOST_AT_ONCE,
    MOST_IN_LETTER,
    Signing,
    Step,
    check_reply,
    check_step,
    signing_of,
)
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from kycuong.core.tasks import LIFECYCLE as TASK
from kycuong.models import ChaseItem, ChaseLetter, Duty, Note, Unit
from kycuong.queries import calendars, chasing, limits, scope
from kycuong.queries.chasing.letters import issuing_unit
from kycuong.queries.chasing.seeing import visible_letters
from kycuong.services import audit
from kycuong.services import transitions as moving
from kycuong.services.leaves import keep_note

#: A unit and the step proposed for it: what one letter would be unless the person chooses otherwise.
Key = tuple[UUID, Step]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person chose for one letter instead of what was proposed."""

    step: Step
    reason: str = ""
    signing: Signing | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """What one act did: the letters, how many duties were reminded at once, how many were left out and why."""

    batch: UUID
    letters: list[UUID]
    reminded: int = 0
    gone: int = 0
    in_draft: int = 0
    reminder_letters: int = 0


@dataclass(slots=True)
class _Plan:
    """One letter about to be made."""

    group: chasing.Group
    choice: Choice
    duties: list[UUID] = field(default_factory=list)


def draft(
    *, actor: scope.Actor, at: datetime, duties: Collection[UUID], choices: Mapping[Key, Choice] | None = None,
    reply_on: date | None = None, request_id: UUID | None = None,
) -> Drafted:  # fmt: skip
    """Draft one letter a unit and step about some duties; those to be reminded only are reminded at once.

    Duties that are no longer the unit's to do, or lie in another draft, are left out and counted. Basis: practice of
    steering, core.chasing. Raises: NotAllowed, Invalid, Conflict.
    """
    batch = request_id or uuid4()
    if done := _drafted_before(batch, actor):
        return Drafted(batch, done)
    if not duties:
        raise Invalid("chase_empty")
    if len(duties) > MOST_AT_ONCE:
        raise Invalid("chase_too_many", most=MOST_AT_ONCE)
    check_reply(reply_on, local_date(at))
    groups, gone, in_draft = chasing.grouped(actor, at, duties)
    if not groups:
        raise Invalid("chase_none_left")
    plans = _plans(groups, choices or {})
    try:
        with transaction.atomic():
            letters = [_make(plan, actor, at, batch, reply_on) for plan in plans]
    except IntegrityError as error:
        raise Conflict("chase_meanwhile") from error
    reminders = [plan for plan in plans if plan.choice.step is Step.REMINDER]
    reminded = sum(len(plan.duties) for plan in reminders)
    return Drafted(batch, letters, reminded, gone, in_draft, len(reminders))


def _drafted_before(batch: UUID, actor: scope.Actor) -> list[UUID]:
    """Return the letters that the person drafted by the same request. Raises: Conflict, when somebody else did."""
    done = list(ChaseLetter.objects.filter(batch=batch).order_by("id").values_list("public_id", "drafted_by"))
    if any(officer != actor.officer_id for _, officer in done):
        raise Conflict("request_used")
    return [letter for letter, _ in done]


def _plans(groups: list[chasing.Group], choices: Mapping[Key, Choice]) -> list[_Plan]:
    """Return the letters to be made: groups of a unit that the person put on one step become one. Raises: Invalid."""
    plans: dict[tuple[int, Step], _Plan] = {}
    for group in groups:
        chosen = choices.get((group.unit_public_id, group.step), Choice(group.step))
        check_step(chosen.step, group.step, is_request=group.is_request, reason=chosen.reason, unit=group.unit_name)
        plan = plans.setdefault((group.unit_id, chosen.step), _Plan(group, chosen))
        if chosen.reason and not plan.choice.reason:
            plan.choice = chosen
        plan.duties += [line.row.public_id for line in group.lines]
        if len(plan.duties) > MOST_IN_LETTER:
            raise Invalid("chase_too_many", most=MOST_IN_LETTER)
    return list(plans.values())


def _make(plan: _Plan, actor: scope.Actor, at: datetime, batch: UUID, reply_on: date | None) -> UUID:
    step, now = plan.choice.step, plan.choice.step is Step.REMINDER
    issuer = _issuer()
    reason, _ = keep_note(plan.choice.reason)
    letter = ChaseLetter.objects.create(
        batch=batch, unit_id=plan.group.unit_id, issuing_unit=issuer, step=step.value, is_request=plan.group.is_request,
        signing=(plan.choice.signing or signing_of(step)).value, reason=reason, drafted_by_id=actor.officer_id, drafted_at=at,
        reply_on=None if now else reply_on or _reply_on(step, issuer, at), state="taken" if now else "draft",
        ended_by_id=actor.officer_id if now else None, ended_at=at if now else None,
    )  # fmt: skip
    rows = list(Duty.objects.filter(public_id__in=plan.duties, phase="open").order_by("id"))
    ChaseItem.objects.bulk_create([ChaseItem(letter=letter, duty=row, outcome="taken" if now else "") for row in rows])
    if now:
        tell(letter, [row.pk for row in rows], actor, at)
    audit.record(
        actor_id=actor.officer_id, at=at, act="remind_unit" if now else "draft_chase", subject_kind="chase",
        subject_id=letter.public_id, step=step.value, duties=len(rows),
    )  # fmt: skip
    return letter.public_id


def _issuer() -> Unit:
    unit = issuing_unit()
    if unit is None:
        raise Invalid("giver_missing")
    return unit


def _reply_on(step: Step, issuer: Unit, at: datetime) -> date:
    today = local_date(at)
    code = "explain" if step in {Step.EXPLANATION, Step.ACCOUNTABILITY} else "answer_chase"
    return calendars.current(issuer.pk).add_working_days(today, limits.current(code, today).qty)


def tell(letter: ChaseLetter, duty_ids: list[int], actor: scope.Actor, at: datetime) -> list[int]:
    """Write the step into the history of the duties and tell the unit; return those it came to count for."""
    before = chasing.taken_of(duty_ids)
    code = f"{letter.number}/{letter.symbol}" if letter.symbol else letter.number
    data: dict[str, object] = {"letter": str(letter.public_id), "step": letter.step, "number": code}
    if letter.is_request:
        data["request"] = True
    pending = letter.step == Step.REMINDER  # its own item is written already, so that it is among those taken
    steps = [
        moving.Step(pk, data={"times": _times(before.get(pk, []), letter.step) + (0 if pending else 1)})
        for pk in duty_ids
    ]
    return moving.move_many(steps, moving.Act(TASK.row("chase"), at, actor, data=data))


def _times(taken: list[chasing.Taken], step: str) -> int:
    return sum(one.step == step for one in taken)


def drafted(actor: scope.Actor, public_id: UUID) -> ChaseLetter:
    """Return a letter in draft, locked, for acting. Raises: NotVisible, NotAllowed, Conflict."""
    rows = visible_letters(actor).filter(public_id=public_id)
    found = ChaseLetter.objects.filter(pk__in=rows.values("pk")).select_for_update(of=("self",)).first()
    if found is None:
        raise NotVisible("chase_letter_not_visible")
    if not (actor.chases or actor.intake):
        raise NotAllowed("chase_not_allowed")
    if found.state != ChaseLetter.State.DRAFT:
        raise Conflict("chase_letter_ended", state=_ENDED[found.state])
    return found


_ENDED = {"taken": "đã được ban hành", "cancelled": "đã được hủy"}


def cancel(*, actor: scope.Actor, at: datetime, letter: UUID) -> None:
    """Cancel a draft; its duties may be chased anew. Raises: NotVisible, NotAllowed, Conflict."""
    with transaction.atomic():
        chasing.may_chase(actor)
        _end(drafted(actor, letter), actor, at)


def _end(row: ChaseLetter, actor: scope.Actor, at: datetime) -> None:
    row.state, row.ended_by_id, row.ended_at = ChaseLetter.State.CANCELLED, actor.officer_id, at
    row.save()
    ChaseItem.objects.filter(letter=row, outcome="").update(outcome="cancelled")
    audit.record(actor_id=actor.officer_id, at=at, act="cancel_chase", subject_kind="chase", subject_id=row.public_id)


def renew(
    *, actor: scope.Actor, at: datetime, letter: UUID, step: Step | None = None, reason: str = "",
    signing: Signing | None = None, reply_on: date | None = None,
) -> UUID:  # fmt: skip
    """Draft a letter anew in place of one in draft, about those of its duties that are still to be done; return it.

    Raises: NotVisible, NotAllowed, Invalid, Conflict.
    """
    with transaction.atomic():
        chasing.may_chase(actor)
        old = drafted(actor, letter)
        chosen = Choice(step or Step(old.step), reason or _text(old), signing or Signing(old.signing))
        duties = list(old.items.values_list("duty__public_id", flat=True))
        _end(old, actor, at)
        groups, _, _ = chasing.grouped(actor, at, duties)
        keys = {(group.unit_public_id, group.step): chosen for group in groups}
        made = draft(actor=actor, at=at, duties=duties, choices=keys, reply_on=reply_on or old.reply_on)
        ChaseLetter.objects.filter(public_id__in=made.letters[:1]).update(replaces=old)
    return made.letters[0]


def _text(row: ChaseLetter) -> str:
    note = Note.objects.filter(pk=row.reason_id or 0).first()  # it may have been erased
    return note.text if note else ""
