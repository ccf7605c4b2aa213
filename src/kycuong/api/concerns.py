"""Whom a question concerns and why each body was asked; links of bodies outside the system, as their askers see them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from kycuong.api.doors import Request, may
from kycuong.api.shapes import concerns as shapes
from kycuong.api.shapes.plain import Made
from kycuong.core.tokens import Right
from kycuong.queries import consultations as queries
from kycuong.queries.consultations import links
from kycuong.services import consultations

router = Router(tags=["consultations"])
READ, ACT = may(Right.DUTY_READ), may(Right.DUTY_ACT)


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


@router.post(
    "/outside-bodies", operation_id="add_outside_body", auth=ACT, response={201: Made},
    summary="Thêm cơ quan ngoài hệ thống | Add a body outside the system",
)  # fmt: skip
def add_outside(request: Request, body: shapes.OutsideGiven) -> Status[dict[str, UUID]]:
    """Put a body outside the system on the list of those that may be asked."""
    made = consultations.add_outside(actor=request.actor, at=request.at, name=body.name, short_name=body.short_name)
    return Status(201, {"id": made})


@router.get(
    "/opinions/{public_id}/links", operation_id="list_opinion_links", auth=READ, response=list[shapes.OutsideLinkShown],
    summary="Liên kết đã cấp cho cơ quan ngoài hệ thống | Links given for an opinion",
)  # fmt: skip
def listed(request: Request, public_id: UUID) -> list[links.LinkRow]:
    """List the links given for an opinion, the newest first; no secret is kept, so none is shown."""
    return links.of_opinion(request.actor, public_id, request.at)


@router.post(
    "/opinion-links/{public_id}/revoke", operation_id="revoke_opinion_link", auth=ACT, response={204: None},
    summary="Thu hồi liên kết | Revoke a link",
)  # fmt: skip
def revoke(request: Request, public_id: UUID) -> Status[None]:
    """Take a link back; one that is used or revoked stays as it is."""
    consultations.revoke_link(actor=request.actor, at=request.at, link=public_id)
    return Status(204, None)


@router.get(
    "/opinions/{public_id}/alike", operation_id="list_alike_answers", auth=READ, response=list[shapes.AlikeShown],
    summary="Câu trả lời giống các lần trước | Earlier answers in the same words",
)  # fmt: skip
def alike(request: Request, public_id: UUID) -> list[queries.AlikeRow]:
    """List the body's earlier answers in the same words, of the consultations that the caller sees."""
    return queries.alike(request.actor, public_id)
