"""Duties: mine, a unit's, one with its history; and every act of a person, taken from the lifecycles."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status

from kycuong.api.doors import Request, may
from kycuong.api.shapes import duties as shapes
from kycuong.api.shapes.plain import Key, Line, Size
from kycuong.core.tokens import Right
from kycuong.queries import duties as queries
from kycuong.queries import org, unit_duties
from kycuong.services import receipts

router = Router(tags=["duties"])
READ = may(Right.DUTY_READ)


def counted(counts: dict[queries.State, int]) -> list[dict[str, Any]]:
    """Return counts by state as a list, which says its own names."""
    return [{"state": state, "count": count} for state, count in counts.items()]


@router.get(
    "/duties/mine",
    operation_id="list_my_duties",
    auth=READ,
    response=shapes.MyDuties,
    summary="Việc đang ở bàn tôi | My duties",
)
def mine(request: Request, after: Key | None = None, limit: Size = 50) -> dict[str, Any]:
    """List the open duties on the caller's desk, what hurts first."""
    page = queries.my_duties(request.actor, request.at, after=after, size=limit)
    counts = queries.my_counts(request.actor, request.at)
    return {"items": page.rows, "next": page.next_key, "counts": counted(counts)}


@router.get(
    "/units/{public_id}/duties",
    operation_id="list_unit_duties",
    auth=READ,
    response=shapes.UnitDuties,
    summary="Nhiệm vụ của đơn vị | A unit's duties",
)
def unit(
    request: Request, public_id: UUID, state: queries.State | None = None, text: Line = "", after: Key | None = None,
    limit: Size = 50,
) -> dict[str, Any]:  # fmt: skip
    """List the open duties of a unit that the caller follows, filtered by state and words."""
    page = unit_duties.of_unit(
        request.actor, request.at, unit=public_id, state=state, text=text, after=after, size=limit
    )
    return {
        "unit_id": page.unit_id, "unit_name": page.unit_name, "items": page.rows, "next": page.next_key,
        "counts": counted(page.counts), "desks": page.desks,
    }  # fmt: skip


@router.get(
    "/duties/{public_id}",
    operation_id="read_duty",
    auth=READ,
    response=shapes.DutyShown,
    summary="Một nhiệm vụ | One duty",
)
def one(request: Request, response: HttpResponse, public_id: UUID) -> queries.DutyPage:
    """Read a duty with its history, its desks, its clock and what can be done next; the ETag is its version.

    A duty to decide or to confirm shows the task that it is about.
    """
    page = queries.duty(request.actor, public_id, request.at)
    decided = [one.act_seq for one in page.proposals if one.public_id == public_id]
    response.headers["ETag"] = f'"{(decided or [page.act_seq])[0]}"'
    return page


@router.get(
    "/duties/{public_id}/desks", operation_id="list_desks", auth=READ, response=list[shapes.DeskChoice],
    summary="Các bàn có thể phân công | Desks to choose from",
)  # fmt: skip
def desks(request: Request, public_id: UUID) -> list[org.DeskChoice]:
    """List the desks to which the caller can give a duty now."""
    return org.desks(request.actor, public_id, request.at)


@router.post(
    "/duties/{public_id}/receipt", operation_id="receive_duty", auth=may(Right.DUTY_ACT), response={204: None},
    summary="Ghi nhận đã mở xem | Note that it was opened",
)  # fmt: skip
def receive(request: Request, public_id: UUID) -> Status[None]:
    """Note that the desk's own officer has opened the duty, as its page does; repeating it changes nothing."""
    queries.duty(request.actor, public_id, request.at)
    receipts.receive(actor=request.actor, at=request.at, duty=public_id)
    return Status(204, None)
