"""Handing on: what waits for a ruling, the ruling, who arbitrates, and the facts that can be counted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Router, Status

from kycuong.api.acts import REPEAT, VERSION
from kycuong.api.doors import Request, may, once, seen
from kycuong.api.shapes import transfers as shapes
from kycuong.api.shapes.plain import Day
from kycuong.core.tokens import Right
from kycuong.queries import transfers as queries
from kycuong.services import arbitrations, consultations, transfers

router = Router(tags=["transfers"])
READ, ACT, RULE = may(Right.DUTY_READ), may(Right.DUTY_ACT), may(Right.RULE_WRITE)
ONE = "/arbitrations/{public_id}"


@router.get(
    "/arbitrations", operation_id="list_arbitrations", auth=READ, response=list[shapes.ArbitrationListed],
    summary="Việc phân xử thẩm quyền | Arbitrations",
)  # fmt: skip
def rows(request: Request) -> list[queries.ArbitrationRow]:
    """List the arbitrations that the caller sees, what waits first; 50 at the most."""
    return queries.arbitrations(request.actor, request.at)


@router.get(
    "/arbitrations/rules", operation_id="list_arbiter_rules", auth=READ, response=list[shapes.ArbiterRuleShown],
    summary="Quy tắc phân xử | The rules of arbitration",
)  # fmt: skip
def rules(request: Request) -> list[queries.RuleRow]:
    """List the rules of arbitration, the latest first."""
    return queries.rules(request.at)


@router.post(
    "/arbitrations/rules", operation_id="change_arbiter_rule", auth=RULE, response={204: None},
    summary="Sửa quy tắc phân xử | Change the rule of arbitration",
)  # fmt: skip
def change(request: Request, body: shapes.ArbiterRuleGiven, key: str = REPEAT) -> Status[None]:
    """Decide how often a matter is handed on and who arbitrates, from a day on."""

    def call() -> dict[str, Any]:
        transfers.set_rule(actor=request.actor, at=request.at, **body.dict())
        return {}

    once(request, key, call, body.dict())
    return Status(204, None)


@router.get(
    ONE, operation_id="read_arbitration", auth=READ, response=shapes.ArbitrationShown,
    summary="Một việc phân xử | One arbitration",
)  # fmt: skip
def one(request: Request, public_id: UUID) -> queries.ArbitrationPage:
    """Read an arbitration with the way of its matter."""
    return queries.arbitration(request.actor, public_id, request.at)


@router.post(
    f"{ONE}/rule", operation_id="rule_arbitration", auth=ACT, response={204: None},
    summary="Kết luận thẩm quyền | Rule whose a matter is",
)  # fmt: skip
def rule(
    request: Request, public_id: UUID, body: shapes.RulingGiven, if_match: str = VERSION, key: str = REPEAT
) -> Status[None]:
    """Rule whose a matter is: it goes there, and the registry of competence says so from today on."""
    known = seen(request, if_match, key)
    arbitrations.rule(actor=request.actor, at=request.at, duty=public_id, request=known, **body.dict())
    return Status(204, None)


@router.post(
    f"{ONE}/step-aside", operation_id="step_aside_arbitration", auth=ACT, response={204: None},
    summary="Chuyển cấp trên phân xử | Hand an arbitration to the next level above",
)  # fmt: skip
def step_aside(
    request: Request, public_id: UUID, body: shapes.SteppedAside, if_match: str = VERSION, key: str = REPEAT
) -> Status[None]:
    """Hand an arbitration to the next level above, because one is a party to it."""
    known = seen(request, if_match, key)
    arbitrations.step_aside(actor=request.actor, at=request.at, duty=public_id, note=body.note, request=known)
    return Status(204, None)


@router.post(
    "/opinions/{public_id}/return-opinion", operation_id="return_opinion", auth=ACT, response={204: None},
    summary="Trả lại: không thuộc thẩm quyền | Return what is not one's own",
)  # fmt: skip
def return_opinion(
    request: Request, public_id: UUID, body: shapes.OpinionReturned, if_match: str = VERSION, key: str = REPEAT
) -> Status[None]:
    """Return a question with its basis: it goes straight to the competent body, stays with the asker, or is ruled on."""
    known = seen(request, if_match, key)
    consultations.return_opinion(actor=request.actor, at=request.at, duty=public_id, request=known, **body.dict())
    return Status(204, None)


@router.get(
    "/transfers/facts", operation_id="list_transfer_facts", auth=may(Right.STEER_READ), response=list[shapes.TransferFact],
    summary="Dữ kiện chuyển việc, trả lại, trình lên | Facts of passing on",
)  # fmt: skip
def facts(request: Request, since: Day, until: Day) -> list[queries.Fact]:
    """List wrong and late returns, hand-overs, upward submissions, wrong questions, the time to find an owner; `until` excluded."""
    return queries.facts(request.actor, since, until)


@router.get(
    "/duties/{public_id}/path", operation_id="read_duty_path", auth=READ, response=shapes.PathShown,
    summary="Đường đi của việc | The way of a matter",
)  # fmt: skip
def path(request: Request, public_id: UUID) -> queries.Path:
    """Read through which bodies a matter went, and where it came back to."""
    return queries.path_of(request.actor, public_id, request.at)
