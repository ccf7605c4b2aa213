"""Units, posts and officers of a day, and whom an order can charge."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Router

from kycuong.api.doors import Request, may
from kycuong.api.shapes import places as shapes
from kycuong.api.shapes.plain import Day, Line
from kycuong.core.calendars import local_date
from kycuong.core.tokens import Right
from kycuong.queries import documents, duties, organisation

router = Router(tags=["organisation"])
READ = may(Right.ORG_READ)


@router.get(
    "/me",
    operation_id="read_myself",
    auth=may(None),
    response=shapes.Myself,
    summary="Tôi là ai, được làm gì | Who I am",
)
def myself(request: Request) -> dict[str, Any]:
    """Read as whom this call acts and what it may do."""
    actor, caller = request.actor, request.caller
    return {
        "login": actor.login, "full_name": actor.full_name, "by_token": caller.token is not None,
        "posts": [f"{hat.title}, {hat.unit_name}" for hat in actor.hats], "rights": sorted(caller.rights),
    }  # fmt: skip


@router.get(
    "/units", operation_id="list_units", auth=READ, response=list[shapes.UnitGroup], summary="Các đơn vị | The units"
)
def units(request: Request, text: Line = "", on: Day | None = None) -> list[organisation.Group]:
    """List the units in force on a day by kind, with their heads; with words only those that have them."""
    return organisation.tree(on or local_date(request.at), text)


@router.get(
    "/units/chargeable", operation_id="list_chargeable", auth=READ, response=list[shapes.Chargeable],
    summary="Đơn vị, nhóm có thể giao việc | Whom an order can charge",
)  # fmt: skip
def chargeable(request: Request) -> list[dict[str, str]]:
    """List the units and the groups of units that an order or a task can charge today."""
    groups = [{"value": f"group:{code}", "label": label} for code, label, _ in documents.groups(request.at)]
    return groups + [{"value": value, "label": label} for value, label in duties.units(request.at)]


@router.get(
    "/units/{public_id}",
    operation_id="read_unit",
    auth=READ,
    response=shapes.UnitShown,
    summary="Một đơn vị | One unit",
)
def unit(request: Request, public_id: UUID, on: Day | None = None) -> organisation.UnitPage:
    """Read a unit with its posts and who holds them, its divisions and the units below it, as of a day."""
    return organisation.unit_page(request.actor, public_id, on or local_date(request.at))
