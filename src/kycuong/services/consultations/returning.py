"""Return what is not one's own to answer: forwarded to whose it is, kept by the asker, or put before an arbiter; never bounced."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kycuong.core.calendars import local_date
from kycuong.core.consultations import Answer
from kycuong.core.errors import Invalid
from kycuong.core.limits import Limit
from kycuong.core.limits import Unit as Counted
from kycuong.core.transfers import Ground, NamedBy, ground_of
from kycuong.models import Opinion, Unit
from kycuong.queries import competences, org, scope
from kycuong.queries import transfers as queries
from kycuong.queries.competences.submitting import Weighed
from kycuong.queries.consultations import returned_text
from kycuong.services import transfers
from kycuong.services.closing import close
from kycuong.services.consultations.asking import open_opinions
from kycuong.services.consultations.expiring import expire_one
from kycuong.services.requests import Request, for_acting
from kycuong.services.transitions import Act, already_done


def return_opinion(
    *, actor: scope.Actor, at: datetime, duty: UUID, note: str, ground: str = "", unit: UUID | None = None, matter: str = "",
    why: str = "", request: Request = Request(),
) -> None:  # fmt: skip
    """Return a question that is not the body's to answer, with its basis; what names a competent body goes straight there.

    `ground` says why (a Ground), `unit` whose it is, else as the registry says of `matter` or of the words asked; a basis
    left empty is drafted from the registry. Late, or of what is the body's own, it needs `why`. What was handed on too
    often, goes in a circle or has no known owner goes to an arbiter.
    Basis: 2230/UBND-NC item 2.1. Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if already_done(request.request_id, actor):
        return
    row, step = for_acting(actor, duty, "return_opinion", request)
    opinion = Opinion.objects.select_related("consultation__rule", "proposed").get(duty=row)
    found = competences.weigh_return(row, returned_text(opinion), matter, at)
    note = note.strip() or (found.basis if found else "")
    if not note:
        raise Invalid("opinion_return_basis")
    lead = opinion.consultation.lead_unit_id
    named = _named(opinion, unit, found, ground, at)
    why_returned = ground_of(ground, names=named is not None, askers=_is(found, lead) or (named and named.pk) == lead)
    limit = Limit(opinion.consultation.rule.return_days, Counted.working_day)
    late = transfers.check_return(row, opinion.delivered_at, limit, at, found, why)
    if expire_one(row, at):
        row, step = for_acting(actor, duty, "return_opinion", request)  # refused: it has ended
    told = f"{note}\n{why.strip()}" if why.strip() else note
    data: dict[str, object] = {"ground": why_returned.value, "late": late, "own": bool(found and found.own)}
    act = Act(step, at, actor, request.seen, request.request_id, told, reason_code=why_returned.value, data=data)
    with transaction.atomic():
        close(row, act, "returned")
        Opinion.objects.filter(duty=row).update(
            answer=Answer.RETURNED.value, outcome="returned", said_at=at, answered_by=actor.officer_id
        )
        if why_returned in {Ground.OTHER_BODY, Ground.UNKNOWN}:
            _pass_on(opinion, named, found, act)


def _is(found: Weighed | None, unit: int) -> bool:
    return found is not None and found.next_unit == unit


def _named(opinion: Opinion, unit: UUID | None, found: Weighed | None, ground: str, at: datetime) -> Unit | None:
    """Return whose the matter is: as the body says, else as the registry does. Raises: Invalid."""
    if ground in {Ground.UNKNOWN, Ground.UNCONCERNED, Ground.ASKERS_OWN}:
        return None
    named = queries.unit_named(unit, local_date(at))
    if named is None and found is not None and found.next_unit is not None:
        named = Unit.objects.filter(org.valid_on(local_date(at)), pk=found.next_unit).first()
    if named is None and ground == Ground.OTHER_BODY:
        raise Invalid("return_unit_missing")
    if named is not None and named.pk == opinion.duty.holder_unit_id:
        raise Invalid("return_unit_own")
    return named


def _pass_on(opinion: Opinion, named: Unit | None, found: Weighed | None, act: Act) -> None:
    """Hand the question on to the body named, or put it before the arbiter."""
    duty = opinion.duty
    unit = named.pk if named else None
    cause = transfers.next_cause(duty, act.at, known=named is not None, unit=unit)
    if cause is not None:
        matter = found.matter.pk if found else None
        transfers.ask_arbiter(duty, cause, act, reason=act.note, matter=matter, named=named)
        return
    assert named is not None
    by_registry = found is not None and found.next_unit == named.pk
    entry = found.entry if by_registry and found else None
    named_by = NamedBy.REGISTRY if by_registry else NamedBy.BODY
    hand_on(opinion, named, act, named_by=named_by, competence=entry.pk if entry else None)


def hand_on(opinion: Opinion, unit: Unit, act: Act, *, named_by: NamedBy, competence: int | None = None) -> UUID | None:
    """Ask another body in place of the one that returned the question, on the proposal as it stands now.

    Return its duty; None when nothing is to be asked: it is asked already, it asked itself, or the consultation has ended.
    Its term runs from receipt.
    """
    row = opinion.consultation
    if row.ended_at is not None:
        return None
    proposed = row.versions.get(number=row.version)
    asked = Opinion.objects.filter(proposed=proposed, unit=unit).exclude(outcome__in=("returned", "dropped"))
    if unit.pk == row.lead_unit_id or asked.exists():
        return None
    assert act.actor is not None
    (opened,) = open_opinions(
        row, proposed, [unit], act.actor, opinion.duty.giver_post_id, act.at, handed_from=str(opinion.duty.public_id)
    )
    transfers.record(opinion.duty, opened, act.at, named_by=named_by, competence=competence)
    return opened.public_id
