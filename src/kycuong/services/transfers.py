"""Handing on: write each hand-over, weigh a return against clock and ruling, put before an arbiter what nobody takes."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from kycuong.core import transfers as law
from kycuong.core.arbitrations import LIFECYCLE
from kycuong.core.calendars import local_date
from kycuong.core.duties import last_date
from kycuong.core.errors import Conflict, Invalid
from kycuong.core.limits import Limit, due
from kycuong.models import ArbiterRule, Arbitration, Duty, Post, Transfer, Unit
from kycuong.queries import calendars, limits, org, scope
from kycuong.queries import transfers as queries
from kycuong.queries.competences.submitting import Weighed
from kycuong.services import audit, duties
from kycuong.services.leaves import keep_note
from kycuong.services.transitions import Act, open_many


def record(old: Duty, new: Duty, at: datetime, *, named_by: law.NamedBy, competence: int | None = None) -> Transfer:
    """Write that a matter was handed on; the table refuses that two hand it on at once. Raises: Conflict."""
    try:
        with transaction.atomic():
            return Transfer.objects.create(
                first_id=queries.first_of(old), number=queries.handed(old) + 1, duty=old, to_duty=new,
                named_by=named_by.value, competence_id=competence, at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict("moved_meanwhile") from error


def check_return(
    duty: Duty, since: datetime | None, limit: Limit, at: datetime, found: Weighed | None, why: str
) -> bool:
    """Return whether a return comes late; ruled on it is refused, late or of one's own only with a reason. Raises: Invalid.

    `since` is when the body received the matter, None before it did; `limit` is its short clock for a return.
    """
    late, last = False, ""
    if since is not None:
        end = due(since, limit, calendars.current(duty.holder_unit_id)).due_at
        late, last = at >= end, f"{last_date(end):%d/%m/%Y}"
    own = found.own if found else None
    law.check_return(
        own=own is not None, late=late, ruled=queries.ruled_for(duty), why=why, days=limit.qty, last=last,
        matter=found.matter.name if found else "", holder=own.holder if own else "", basis=own.basis if own else "",
    )  # fmt: skip
    return late


def check_task_return(duty: Duty, at: datetime) -> bool:
    """Return whether a unit returns a task late; the giver decides all the same, but not what an arbiter ruled. Raises: Invalid."""
    if queries.ruled_for(duty):
        raise Invalid("return_ruled")
    if queries.waiting(duty):
        raise Conflict("arbitration_open")
    limit = limits.current("return_task", local_date(at))
    return at >= due(duty.opened_at, limit, calendars.current(duty.holder_unit_id)).due_at


def next_cause(duty: Duty, at: datetime, *, known: bool = True, unit: int | None = None) -> law.Cause | None:
    """Return why the next hand-over of a matter is an arbiter's to rule on; None while it may still be handed on."""
    circle = unit is not None and unit in queries.units_tried(duty)
    return law.cause(queries.handed(duty), most=queries.most_now(local_date(at)), known=known, circle=circle)


def ask_arbiter(
    duty: Duty, cause: law.Cause, act: Act, *, reason: str, basis: str = "", matter: int | None = None,
    named: Unit | None = None,
) -> Arbitration:  # fmt: skip
    """Put a matter that nobody takes before the arbiter, with one working day; the caller holds the transaction.

    Raises: Invalid when nobody arbitrates, Conflict when it lies there already.
    """
    assert act.actor is not None
    on = local_date(act.at)
    seat = queries.arbiter_for(queries.parties(duty), on)
    if seat is None:
        raise Invalid("arbiter_none")
    body, limit = org.body_of(seat.unit_id), limits.current("arbitrate", on)
    calendar = calendars.current(body)
    child = Duty(
        kind="arbitration", title=duty.title, document_id=duty.document_id, parent=duty, root_id=duty.root_id or duty.pk,
        giver_unit_id=duty.holder_unit_id, follower_unit_id=duty.follower_unit_id, holder_unit_id=body,
        holder_post_id=seat.post_id, holder_officer_id=seat.officer_id, term="dated", anchor_at=act.at,
        limit_qty=limit.qty, limit_unit=limit.unit, bound="by",
    )  # fmt: skip
    duties.wind(child, due(act.at, limit, calendar), calendar, act.at)
    (opened,) = open_many([child], Act(LIFECYCLE.row("open"), act.at, act.actor, data={"cause": cause.value}))
    note, _ = keep_note(reason)
    made = Arbitration(
        duty=opened, about=duty, cause=cause.value, asker_id=act.actor.officer_id, reason=note, basis=basis[:300],
        matter_id=matter, named_unit=named,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Conflict("arbitration_open") from error
    return made


def set_rule(
    *, actor: scope.Actor, at: datetime, most: int | None, document: str, in_force_from: date | None, arbiter: str = "",
    above: str = "",
) -> None:  # fmt: skip
    """Decide how often a matter is handed on and which posts arbitrate (codes; empty: the Office, then the Chairman).

    Raises: NotAllowed, Invalid.
    """
    queries.to_change_rule(actor)
    if most is None or not 1 <= most <= law.MOST_EVER:
        raise Invalid("arbiter_rule_most", most=law.MOST_EVER)
    if not document.strip():
        raise Invalid("arbiter_rule_document")
    if in_force_from is None or in_force_from < local_date(at):
        raise Invalid("arbiter_rule_from", first=f"{local_date(at):%d/%m/%Y}")
    with transaction.atomic():
        ArbiterRule.objects.create(
            most=most, arbiter=_post(arbiter, at), above=_post(above, at), document=" ".join(document.split())[:200],
            in_force_from=in_force_from, officer_id=actor.officer_id, at=at,
        )  # fmt: skip
        audit.record(
            actor_id=actor.officer_id, at=at, act="change_arbiter_rule", subject_kind="limit", subject_id="arbitrate",
            most=most, in_force_from=in_force_from.isoformat(),
        )  # fmt: skip


def _post(code: str, at: datetime) -> Post | None:
    """Return the post that a form names, None for none; only one that may arbitrate. Raises: Invalid."""
    bare = code.partition(" · ")[0].strip()
    if not bare:
        return None
    found = queries.arbiters(local_date(at)).filter(code__iexact=bare).first()
    if found is None:
        raise Invalid("arbiter_rule_post")
    return found


__all__ = ["ask_arbiter", "check_return", "check_task_return", "next_cause", "record", "set_rule"]
