"""Whom a question concerns: the bodies that the registry names, what to look at before sending, why each was asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Query, Router

from kycuong.api.doors import Request, may
from kycuong.api.shapes import concerns as shapes
from kycuong.core.tokens import Right
from kycuong.queries import consultations as queries

router = Router(tags=["consultations"])
READ = may(Right.DUTY_READ)


@router.get(
    "/consultations/concerned", operation_id="list_concerned", auth=READ, response=shapes.BeforeShown,
    summary="Cơ quan có liên quan theo sổ thẩm quyền | Whom a matter concerns",
)  # fmt: skip
def concerned(request: Request, asked: Query[shapes.ConcernAsked]) -> dict[str, Any]:
    """List the competent bodies of some matters, and of the bodies chosen who needs a reason and who is asked the same already."""
    found = queries.before(
        request.actor, request.at, units=asked.unit, typed=asked.matter, place=asked.place, about=asked.about
    )
    return {
        "competent": found.found.rows, "own": found.found.own, "central": found.found.central, "left_out": found.left_out,
        "twice": found.twice, "unconcerned": [{"unit": unit, "name": name} for unit, name in found.unconcerned],
    }  # fmt: skip


@router.get(
    "/consultations/{public_id}/grounds", operation_id="read_consultation_grounds", auth=READ, response=shapes.GroundsShown,
    summary="Vì sao hỏi từng cơ quan | Why each body was asked",
)  # fmt: skip
def grounds(request: Request, public_id: UUID) -> queries.GroundsPage:
    """Read why each body was asked, which competent one was left out, and who else asks the same now."""
    return queries.grounds(request.actor, public_id)
