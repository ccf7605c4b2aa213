"""Change a limit that the authority decides for itself; what was opened under the old one stays under it."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction

from kycuong.core.calendar_changes import Decision, check_decision
from kycuong.core.calendars import local_date
from kycuong.core.consultation_rules import Ruling, check_ruling
from kycuong.core.consultations import RULES as CONSULTATION_RULES
from kycuong.core.errors import Invalid, NotAllowed
from kycuong.core.limit_rules import RULED, SINCE, check_limit
from kycuong.models import ConsultationRule, LimitRule, WorkCalendar
from kycuong.queries import scope
from kycuong.services import audit, watermark
from kycuong.services.leaves import keep_note
from kycuong.services.requests import asked_of, keep_once


def load_limits(*, at: datetime) -> int:
    """Load the limits that the product starts with and return how many were new; loading again changes nothing."""
    known = set(LimitRule.objects.values_list("code", flat=True))
    rows = [
        LimitRule(
            code=one.code, quantity=one.default.qty, unit=one.default.unit, document=one.default.source,
            in_force_from=SINCE, verified=False, at=at,
        )
        for one in RULED.values()
        if one.code not in known
    ]  # fmt: skip
    LimitRule.objects.bulk_create(rows)
    return len(rows)


def load_consultation_rules(*, at: datetime) -> int:
    """Load the rules of consulting that the product starts with and return how many were new; loading again changes nothing."""
    known = set(ConsultationRule.objects.values_list("code", flat=True))
    rows = [
        ConsultationRule(
            code=one.code, name=one.name, silence=one.silence.value, least_days=one.least_days, usual_days=one.usual_days,
            most_days=one.most_days, return_days=one.return_days, document=one.document, in_force_from=SINCE, at=at,
        )
        for one in CONSULTATION_RULES
        if one.code not in known
    ]  # fmt: skip
    ConsultationRule.objects.bulk_create(rows)
    return len(rows)


def change_limit(
    *, actor: scope.Actor, at: datetime, code: str, quantity: int | None, decision: Decision, reason: str,
    in_force_from: date | None, article: str = "", request_id: UUID | None = None,
) -> LimitRule:  # fmt: skip
    """Decide how many working days a limit has from a day on; due dates given before then stay as they are.

    Raises: NotAllowed, Invalid.
    """
    if not actor.may("calendar"):
        raise NotAllowed("calendar_not_allowed")
    given = partial(_change_limit, actor, at, code, quantity, decision, reason, in_force_from, article, request_id)
    asked = asked_of(f"change_limit {code}", [quantity, decision, reason, in_force_from, article])
    return keep_once(LimitRule, request_id, given, actor=actor, at=at, asked=asked)


def _change_limit(
    actor: scope.Actor, at: datetime, code: str, quantity: int | None, decision: Decision, reason: str,
    in_force_from: date | None, article: str, request_id: UUID | None,
) -> LimitRule:  # fmt: skip
    last = (
        LimitRule.objects.filter(code=code).order_by("-in_force_from").values_list("in_force_from", flat=True).first()
    )
    check_limit(code, quantity, in_force_from, today=local_date(at), latest=last or SINCE)
    check_decision(decision, reason, local_date(at))
    assert quantity is not None
    assert in_force_from is not None
    with transaction.atomic():
        watermark.hold()  # before the calendar's row, as whoever changes the calendar takes them
        note, _ = keep_note(reason)
        row = LimitRule.objects.create(
            code=code, quantity=quantity, unit=RULED[code].default.unit, document=decision.basis,
            article=article.strip()[:80], in_force_from=in_force_from, verified=True, number=decision.number.strip()[:60],
            decided_on=decision.decided_on, reason=note, officer_id=actor.officer_id, request_id=request_id, at=at,
        )  # fmt: skip
        WorkCalendar.objects.update(edition=uuid4())  # the calendars that processes keep carry the near-due rule
        audit.record(
            actor_id=actor.officer_id, at=at, act="change_limit", subject_kind="limit", subject_id=code,
            quantity=quantity, in_force_from=in_force_from.isoformat(), number=row.number,
        )  # fmt: skip
    return row


def check_consultation_rule(
    *, actor: scope.Actor, at: datetime, ruling: Ruling, decision: Decision, reason: str, article: str = ""
) -> ConsultationRule:
    """Refuse what no rule of consulting can be; return the latest row of its code. Raises: NotAllowed, Invalid."""
    if not actor.may("calendar"):
        raise NotAllowed("calendar_not_allowed")
    latest = ConsultationRule.objects.filter(code=ruling.code).order_by("-in_force_from", "-id").first()
    if latest is None:
        raise Invalid("kind_unknown", text=ruling.code)
    check_ruling(ruling, today=local_date(at), latest=latest.in_force_from)
    check_decision(decision, reason, local_date(at))
    return latest


def change_consultation_rule(
    *, actor: scope.Actor, at: datetime, ruling: Ruling, decision: Decision, reason: str, article: str = "",
    request_id: UUID | None = None,
) -> ConsultationRule:  # fmt: skip
    """Decide what silence means, whom it binds and which terms hold from a day on; what was asked before stays as it was.

    Basis: 2230/UBND-NC items 2.1 to 2.3; the working regulation of the authority. Raises: NotAllowed, Invalid.
    """
    given = partial(_change_consultation_rule, actor, at, ruling, decision, reason, article, request_id)
    asked = asked_of("change_consultation_rule", [ruling, decision, reason, article])
    return keep_once(ConsultationRule, request_id, given, actor=actor, at=at, asked=asked)


def _change_consultation_rule(
    actor: scope.Actor, at: datetime, ruling: Ruling, decision: Decision, reason: str, article: str, request_id: UUID | None
) -> ConsultationRule:  # fmt: skip
    latest = check_consultation_rule(actor=actor, at=at, ruling=ruling, decision=decision, reason=reason)
    assert ruling.in_force_from is not None
    with transaction.atomic():
        watermark.hold()
        note, _ = keep_note(reason)
        row = ConsultationRule.objects.create(
            code=ruling.code, name=latest.name, silence=ruling.silence.value, least_days=ruling.least_days,
            usual_days=ruling.usual_days, most_days=ruling.most_days, return_days=ruling.return_days,
            bound_kinds=",".join(sorted(ruling.kinds)), casting_vote=ruling.casting, document=decision.basis, article=article.strip()[:80],
            in_force_from=ruling.in_force_from, verified=True, number=decision.number.strip()[:60],
            decided_on=decision.decided_on, reason=note, officer_id=actor.officer_id, request_id=request_id, at=at,
        )  # fmt: skip
        audit.record(
            actor_id=actor.officer_id, at=at, act="change_consultation_rule", subject_kind="limit", subject_id=ruling.code,
            silence=row.silence, bound=row.bound_kinds, casting=row.casting_vote,
            in_force_from=f"{ruling.in_force_from}", number=row.number,
        )  # fmt: skip
    return row
