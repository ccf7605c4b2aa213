"""Delivery: proved before any clock starts, by the body that receives the paper or by what the asker holds in hand."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kycuong.core.errors import Invalid
from kycuong.core.limits import Limit, Unit, due
from kycuong.models import Duty, Opinion
from kycuong.queries import calendars, scope
from kycuong.queries import consultations as queries
from kycuong.services import duties, watermark
from kycuong.services.requests import Request, for_acting, for_request
from kycuong.services.transitions import Act, already_done, move, not_before


def take_delivery(*, actor: scope.Actor, at: datetime, duty: UUID, request: Request = Request()) -> None:
    """Confirm that the body has received the paper: its term runs from now.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    _deliver(actor, at, duty, "take_delivery", "", request)


def prove_delivery(*, actor: scope.Actor, at: datetime, duty: UUID, note: str, request: Request = Request()) -> None:
    """Record the asker's proof that the body has received the paper: its term runs from now.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    if not note.strip():
        raise Invalid("opinion_proof_missing")
    _deliver(actor, at, duty, "prove_delivery", note, request)


def _deliver(actor: scope.Actor, at: datetime, duty: UUID, action: str, note: str, request: Request) -> None:
    if already_done(request.request_id, actor):
        return
    if action == "prove_delivery":
        row, step = for_request(*queries.duty_to_conduct(actor, duty, action), request)
    else:
        row, step = for_acting(actor, duty, action, request)
    if row.due_at is not None:
        raise Invalid("opinion_delivered")
    by = "read" if action == "take_delivery" else "receipt"
    with transaction.atomic():
        start(row, Act(step, at, actor, request.seen, request.request_id, note), by)


def start(row: Duty, act: Act, by: str) -> None:
    """Start the clock of an opinion that was delivered; `by` is read, receipt or answer.

    Basis: NĐ 191/2026/NĐ-CP, Article 11(4)a: the term runs from receipt of the request. Raises: TransitionNotAllowed, Conflict.
    """
    watermark.hold()  # before the calendar is read: no change of it comes between counting and writing
    act = not_before(row, act)
    opinion = Opinion.objects.select_related("consultation").get(duty=row)
    calendar = calendars.current(row.holder_unit_id)
    limit = Limit(opinion.consultation.days, Unit.working_day)
    ends = due(act.at, limit, calendar)
    columns: dict[str, object] = dict(duties.rung_columns(ends.due_at, act.at, calendar))
    move(
        row, act, term="dated", anchor_at=act.at, limit_qty=limit.qty, limit_unit=limit.unit.value, bound="by",
        due_at=ends.due_at, original_due_at=ends.due_at, calendar=ends.calendar, rule_version=ends.rule_version,
        running_since=act.at, desk=None, **columns,
    )  # fmt: skip
    Opinion.objects.filter(pk=opinion.pk).update(delivered_at=act.at, delivered_by=by)
