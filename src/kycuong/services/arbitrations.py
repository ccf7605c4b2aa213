"""Rule whose a matter is that nobody takes: it goes there, and the ruling becomes a dated row of the registry of competence."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from kycuong.core import transfers as law
from kycuong.core.calendars import local_date
from kycuong.core.changes import Terms
from kycuong.core.duties import last_date
from kycuong.core.errors import Conflict, Invalid, NotAllowed
from kycuong.core.limits import due
from kycuong.core.tasks import LIFECYCLE as TASK
from kycuong.models import Arbitration, Competence, Consultation, Duty, Opinion, Unit
from kycuong.queries import calendars, limits, org, scope
from kycuong.queries import transfers as queries
from kycuong.services import competences, consultations, duties
from kycuong.services.closing import close
from kycuong.services.replacing import reassign, take_off
from kycuong.services.requests import Request, for_acting
from kycuong.services.transitions import Act, Desk, already_done, move


def rule(
    *, actor: scope.Actor, at: datetime, duty: UUID, unit: UUID | None, matter: str, basis: str, note: str = "",
    due_on: date | None = None, request: Request = Request(),
) -> None:  # fmt: skip
    """Rule that a matter is a body's: it goes there, or stays, and from today on the registry says so.

    `matter` is a matter of the registry by code or name, or the words of a new one. `due_on` is the last day of a task that
    goes to another body, its old one when nothing is said. A party to the matter does not rule.
    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "rule", request)
    found = _of(row)
    chosen = queries.unit_named(unit, local_date(at))
    if chosen is None:
        raise Invalid("ruling_unit_missing")
    if not basis.strip():
        raise Invalid("ruling_basis_missing")
    _check_no_party(actor, found, chosen, at)
    with transaction.atomic():
        about = _locked(found.about_id)
        if not Arbitration.objects.filter(pk=found.pk, ended_at__isnull=True).exists():  # another was faster
            raise Conflict("moved_meanwhile")
        said = f"Kết luận phân xử ngày {local_date(at):%d/%m/%Y}: {basis.strip()}"
        kept = competences.keep_ruling(
            actor=actor, at=at, matter=matter or (found.matter.code if found.matter else ""), holder=chosen, basis=said,
            number=found.pk,
        )  # fmt: skip
        data: dict[str, object] = {"unit": str(chosen.public_id), "competence": str(kept.public_id)}
        act = Act(step, at, actor, request.seen, request.request_id, note.strip() or basis.strip(), data=data)
        _end(row, found, act, chosen, kept)
        if about.kind == "opinion":
            _ask(about, chosen, act, kept)
        else:
            _give(about, found, chosen, act, kept, due_on)


def _of(row: Duty) -> Arbitration:
    return Arbitration.objects.select_related("about", "matter").get(duty=row)


def _locked(key: int) -> Duty:
    """Return the duty about which is ruled, before its arbiter's own: whoever ends it takes the two in the same order."""
    rows = Duty.objects.select_related("document").filter(pk=key)
    return rows.select_for_update(of=("self",)).get() if connection.vendor == "postgresql" else rows.get()


def _check_no_party(actor: scope.Actor, found: Arbitration, chosen: Unit | None, at: datetime) -> None:
    """Refuse an arbiter who sits in one of the bodies between which he rules, unless nobody stands above. Raises: NotAllowed."""
    parties = queries.parties(found.about) | ({chosen.pk} if chosen else set())
    own = next((hat for hat in actor.hats if hat.body_id in parties), None)
    if own is None:
        return
    above = queries.arbiter_for(parties, local_date(at), after=found.duty.holder_post_id)
    if above is not None:
        raise NotAllowed("arbiter_is_party", unit=own.body_name)


def _end(row: Duty, found: Arbitration, act: Act, chosen: Unit, kept: Competence) -> None:
    assert act.actor is not None
    close(row, act, "done")
    found.outcome, found.ended_at = "ruled", act.at
    found.unit, found.competence, found.ruled_by_id = chosen, kept, act.actor.officer_id
    found.save()


def _ask(about: Duty, chosen: Unit, act: Act, kept: Competence) -> None:
    opinion = Opinion.objects.select_related("duty").get(duty=about)
    rows = Consultation.objects.filter(pk=opinion.consultation_id)
    if connection.vendor == "postgresql":
        rows = rows.select_for_update()
    opinion.consultation = rows.get()  # nobody changes the proposal meanwhile
    consultations.hand_on(opinion, chosen, act, named_by=law.NamedBy.ARBITER, competence=kept.pk)


def _give(about: Duty, found: Arbitration, chosen: Unit, act: Act, kept: Competence, due_on: date | None) -> None:
    """Let the task stay with its unit, or take it off and give it to the one that the arbiter names."""
    stays = chosen.pk == about.holder_unit_id
    data: dict[str, object] = {"kind": "return", "arbitration": str(found.duty.public_id)}
    data["outcome"] = "refused" if stays else "accepted"
    if stays:
        move(about, Act(TASK.row("settle"), act.at, act.actor, data=data))
        return
    take_off(about, Act(TASK.row("close_returned"), act.at, act.actor, data=data), "returned")
    day = due_on or (last_date(about.due_at) if about.due_at else None)
    giving = Act(TASK.row("reassign"), act.at, act.actor)
    reassign(
        about, Terms(f"unit:{chosen.pk}", due_on=day), giving, named_by=law.NamedBy.ARBITER, competence=kept.pk
    )  # fmt: skip


def step_aside(*, actor: scope.Actor, at: datetime, duty: UUID, note: str, request: Request = Request()) -> None:
    """Hand an arbitration to the next level above, because one is a party to it; the working day runs anew.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "step_aside", request)
    if not note.strip():
        raise Invalid("act_reason_missing")
    found, on = _of(row), local_date(at)
    seat = queries.arbiter_for(queries.parties(found.about), on, after=row.holder_post_id)
    if seat is None:
        raise Invalid("arbiter_highest")
    body = org.body_of(seat.unit_id)
    calendar = calendars.current(body)
    limit = limits.current("arbitrate", on)
    end = due(at, limit, calendar)
    act = Act(step, at, actor, request.seen, request.request_id, note, data={"to": seat.post_id})
    columns: dict[str, object] = dict(duties.rung_columns(end.due_at, at, calendar))
    columns |= {"due_at": end.due_at, "calendar": end.calendar, "rule_version": end.rule_version, "running_since": at}
    columns |= {"anchor_at": at, "limit_qty": limit.qty, "limit_unit": limit.unit.value}
    with transaction.atomic():
        desk = Desk(seat.post_id, seat.unit_id, seat.officer_id)
        move(row, act, desk=desk, holder_unit_id=body, clock_no=row.clock_no + 1, **columns)
