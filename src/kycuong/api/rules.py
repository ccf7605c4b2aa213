"""What an authority decides about time: working days, office hours, limits, ladders of reminding; each previewed, by a paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status

from kycuong.api import sight
from kycuong.api.acts import REPEAT, VERSION
from kycuong.api.doors import Request, may, seen
from kycuong.api.shapes import rules as shapes
from kycuong.api.shapes.plain import Day, Key, Made
from kycuong.core.calendar_changes import DayChange, Decision, day_changes, read_spans
from kycuong.core.calendars import local_date
from kycuong.core.consultation_rules import Ruling
from kycuong.core.consultations import Silence
from kycuong.core.errors import Invalid, NotAllowed
from kycuong.core.tokens import Right
from kycuong.queries import calendar_changes as queries
from kycuong.queries import calendars, consultations, ladders, limits, org
from kycuong.queries.calendar_changes import Wanted
from kycuong.services import calendar_changes as services
from kycuong.services import ladders as ladder_services
from kycuong.services import limits as limit_services

router = Router(tags=["calendar"])
READ, WRITE = may(None), may(Right.RULE_WRITE)
ONE = "/calendar/changes/{public_id}"
#: How many batches of duties a call carries out before it answers; the jobs do the rest.
BATCHES = 5


def _decision(body: shapes.DecisionGiven) -> Decision:
    return Decision(body.number, body.decided_on, body.issuer)


def _days(body: shapes.DaysGiven) -> tuple[DayChange, ...]:
    return day_changes(body.off, body.working, _decision(body), name=body.name)


def _hours(body: shapes.HoursGiven) -> Wanted:
    unit = org.unit_id(body.unit)
    if unit is None:
        raise Invalid("unit_unknown", text=str(body.unit))
    return Wanted(unit_id=unit, spans=read_spans(body.hours))


def _previewed(
    request: Request, response: HttpResponse, wanted: Wanted, unit: UUID | None, after: str | None
) -> queries.Preview:
    if not request.actor.may("calendar"):
        raise NotAllowed("calendar_not_allowed")
    found = sight.moved(request, queries.preview(request.actor, request.at, wanted, unit=unit, after=after))
    response.headers["ETag"] = f'"{found.version}"'
    return found


def _under(request: Request, if_match: str | None, key: str | None) -> dict[str, Any]:
    """Return under which version of the calendar a change is made, and what makes repeating it harmless."""
    known = seen(request, if_match, key)
    version = calendars.version() if known.seen is None else known.seen
    return {"actor": request.actor, "at": request.at, "seen": version, "request_id": known.request_id}


@router.post(
    "/calendar/changes/preview",
    operation_id="preview_days",
    auth=WRITE,
    response=shapes.CalendarPreview,
    summary="Xem trước thay đổi ngày nghỉ, làm bù | Preview other working days",
)
def preview_days(
    request: Request, response: HttpResponse, body: shapes.DaysGiven, unit: UUID | None = None, after: Key | None = None
) -> queries.Preview:
    """Say which due dates would move and which stay; nothing is kept. `unit` lists those of one unit."""
    wanted = Wanted(days=_days(body), correction=body.correction)
    return _previewed(request, response, wanted, unit, after)


@router.post(
    "/calendar/changes",
    operation_id="change_days",
    auth=WRITE,
    response={201: Made},
    summary="Thay đổi ngày nghỉ, làm bù | Change working days",
)
def change_days(
    request: Request, body: shapes.DaysChanging, if_match: str = VERSION, key: str = REPEAT
) -> Status[dict[str, Any]]:
    """Make days off or worked by a decision; every due date that counts them moves. If-Match is the version that was previewed."""
    given = _under(request, if_match, key) | {"correction": body.correction, "batches": BATCHES}
    made = services.change_days(decision=_decision(body), days=_days(body), reason=body.reason, **given)
    return Status(201, {"id": made.public_id})


@router.get(
    "/calendar/changes",
    operation_id="list_calendar_changes",
    auth=READ,
    response=list[shapes.CalendarChangeLine],
    summary="Các lần thay đổi lịch | Changes of the calendar",
)
def history(request: Request) -> list[queries.ChangeRow]:
    """List the latest changes of the calendar, the last one first."""
    return queries.history()


@router.get(
    ONE,
    operation_id="read_calendar_change",
    auth=READ,
    response=shapes.CalendarChangeShown,
    summary="Một lần thay đổi lịch | One change of the calendar",
)
def change(request: Request, public_id: UUID, after: Key | None = None) -> queries.ChangePage:
    """Read a change with the due dates that it moved; titles only of duties that the caller sees."""
    return sight.moved(request, queries.change(request.actor, public_id, after=after))


@router.get(
    f"{ONE}/reversal",
    operation_id="preview_reversal",
    auth=WRITE,
    response=shapes.CalendarPreview,
    summary="Xem trước việc hoàn tác | Preview taking a change back",
)
def preview_reversal(
    request: Request, response: HttpResponse, public_id: UUID, unit: UUID | None = None, after: Key | None = None
) -> queries.Preview:
    """Say which due dates would move if a change were taken back."""
    queries.change(request.actor, public_id)
    wanted = services.reversal(public_id, local_date(request.at))[1]
    return _previewed(request, response, wanted, unit, after)


@router.post(
    f"{ONE}/reverse",
    operation_id="reverse_calendar_change",
    auth=WRITE,
    response={201: Made},
    summary="Hoàn tác một lần thay đổi lịch | Take a change back",
)
def reverse(
    request: Request, public_id: UUID, body: shapes.Reversing, if_match: str = VERSION, key: str = REPEAT
) -> Status[dict[str, Any]]:
    """Take a change back by another one, with a decision and a reason of its own."""
    queries.change(request.actor, public_id)
    given = _under(request, if_match, key) | {"batches": BATCHES}
    made = services.reverse(change=public_id, decision=_decision(body), reason=body.reason, **given)
    return Status(201, {"id": made.public_id})


@router.get(
    "/calendar/hours",
    operation_id="list_office_hours",
    auth=READ,
    response=list[shapes.HoursShown],
    summary="Giờ làm việc riêng của đơn vị | Office hours",
)
def hours(request: Request) -> list[Any]:
    """List the units that have office hours of their own."""
    return queries.own_hours()


@router.post(
    "/calendar/hours/preview",
    operation_id="preview_hours",
    auth=WRITE,
    response=shapes.CalendarPreview,
    summary="Xem trước thay đổi giờ làm việc | Preview other office hours",
)
def preview_hours(
    request: Request, response: HttpResponse, body: shapes.HoursGiven, after: Key | None = None
) -> queries.Preview:
    """Say which due dates and reminders would move; nothing is kept."""
    return _previewed(request, response, _hours(body), None, after)


@router.post(
    "/calendar/hours",
    operation_id="change_hours",
    auth=WRITE,
    response={201: Made},
    summary="Thay đổi giờ làm việc của đơn vị | Change office hours",
)
def change_hours(
    request: Request, body: shapes.HoursChanging, if_match: str = VERSION, key: str = REPEAT
) -> Status[dict[str, Any]]:
    """Give a unit, and those below that have none of their own, office hours; limits in working hours follow."""
    given = _under(request, if_match, key) | {"unit": body.unit, "spans": read_spans(body.hours), "batches": BATCHES}
    made = services.change_hours(decision=_decision(body), reason=body.reason, **given)
    return Status(201, {"id": made.public_id})


@router.get(
    "/calendar/limits",
    operation_id="list_limits",
    auth=READ,
    response=list[shapes.LimitShown],
    summary="Quy định thời hạn | Limits that the authority decides",
)
def limit_rules(request: Request) -> list[limits.RuleCard]:
    """List the limits that the authority decides, each with its documents."""
    return limits.rules(request.at)


@router.post(
    "/calendar/limits",
    operation_id="change_limit",
    auth=WRITE,
    response={204: None},
    summary="Thay đổi quy định thời hạn | Change a limit",
)
def change_limit(request: Request, body: shapes.LimitChanging, key: str = REPEAT) -> Status[None]:
    """Give a limit another quantity from a day on; duties opened before keep theirs."""
    limit_services.change_limit(
        actor=request.actor, at=request.at, code=body.code, quantity=body.quantity, decision=_decision(body),
        reason=body.reason, in_force_from=body.in_force_from, article=body.article, request_id=seen(request, "*", key).request_id,
    )  # fmt: skip
    return Status(204, None)


def _ruled(request: Request, body: shapes.ConsultingRuling) -> dict[str, Any]:
    ruling = Ruling(
        body.code, Silence(body.silence), body.least_days, body.usual_days, body.most_days, body.return_days,
        frozenset(body.kinds), body.in_force_from, body.casting,
    )  # fmt: skip
    said = {"decision": _decision(body), "reason": body.reason, "article": body.article}
    return {"actor": request.actor, "at": request.at, "ruling": ruling, **said}


@router.get(
    "/calendar/consultation-rules", operation_id="list_consultation_rules", auth=READ, response=list[shapes.ConsultingRule],
    summary="Quy định về lấy ý kiến | Rules of consulting",
)  # fmt: skip
def consultation_rules(request: Request) -> list[consultations.RuleOf]:
    """List the rules of consulting, each with its documents: terms, what silence means, whom it binds."""
    return consultations.rule_cards(request.at)


@router.post(
    "/calendar/consultation-rules/preview", operation_id="preview_consultation_rule", auth=WRITE,
    response=shapes.ConsultingPreview, summary="Xem trước quy định lấy ý kiến | Preview a rule of consulting",
)  # fmt: skip
def preview_consultation_rule(request: Request, body: shapes.ConsultingRuling) -> consultations.RulePreview:
    """Say what another rule would change; nothing is kept."""
    given = _ruled(request, body)
    limit_services.check_consultation_rule(**given)
    return consultations.preview_rule(given["ruling"], request.at)


@router.post(
    "/calendar/consultation-rules", operation_id="change_consultation_rule", auth=WRITE, response={204: None},
    summary="Ban hành quy định lấy ý kiến | Decide a rule of consulting",
)  # fmt: skip
def change_consultation_rule(request: Request, body: shapes.ConsultingRuling, key: str = REPEAT) -> Status[None]:
    """Decide a rule from a day on; what was asked before stays under the rule of its day."""
    request_id = seen(request, "*", key).request_id
    limit_services.change_consultation_rule(request_id=request_id, **_ruled(request, body))
    return Status(204, None)


@router.get(
    "/ladders",
    operation_id="list_ladders",
    auth=READ,
    response=list[shapes.LadderShown],
    summary="Thang nhắc việc | Ladders of reminding",
)
def ladder(request: Request) -> list[ladders.ConditionRows]:
    """List who is reminded of what, after how many working days."""
    return ladders.ladders()


@router.get(
    "/ladders/history",
    operation_id="list_ladder_changes",
    auth=READ,
    response=list[shapes.RungShown],
    summary="Các lần điều chỉnh thang nhắc việc | Changes of the ladders",
)
def ladder_history(request: Request) -> list[ladders.RungRow]:
    """List the latest changes of rungs, the last one first."""
    return ladders.history()


@router.get(
    "/ladders/preview",
    operation_id="preview_reminders",
    auth=may(Right.DUTY_READ),
    response=shapes.RemindersShown,
    summary="Ngày mai nhắc ai | Who would be reminded",
)
def reminders(request: Request, on: Day | None = None) -> ladders.Preview:
    """Say who would be reminded of what on a day, the next working one by default; only what the caller sees."""
    return ladders.preview(on or ladders.next_day(request.at), who=request.actor)


@router.post(
    "/ladders/{condition}/{step}",
    operation_id="change_ladder",
    auth=WRITE,
    response={204: None},
    summary="Điều chỉnh một bậc nhắc việc | Change a rung",
)
def change_rung(
    request: Request, condition: shapes.Condition, step: shapes.Step, body: shapes.RungChanging
) -> Status[None]:
    """Change one rung, or add the next one of a condition; it holds from this moment on."""
    ladder_services.change(actor=request.actor, at=request.at, condition=condition, step=step, **body.dict())
    return Status(204, None)
