"""The orders of a document under review: taken as proposed, corrected, split, merged, dropped, restored."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Router, Status

from kycuong.api.acts import REPEAT
from kycuong.api.doors import Request, may, once
from kycuong.api.shapes import documents as shapes
from kycuong.api.shapes.plain import Made
from kycuong.core.tokens import Right
from kycuong.services import directives as services

router = Router(tags=["review"])
WRITE = may(Right.DOC_WRITE)
ORDER = "/orders/{order}"


@router.post(
    f"{ORDER}/check",
    operation_id="check_order",
    auth=WRITE,
    response={204: None},
    summary="Nhận nội dung như đề xuất | Take it as proposed",
)
def check(request: Request, order: UUID) -> Status[None]:
    """Take the order as proposed."""
    services.check_order(actor=request.actor, at=request.at, order=order)
    return Status(204, None)


@router.post(
    f"{ORDER}/correct",
    operation_id="correct_order",
    auth=WRITE,
    response={204: None},
    summary="Sửa nội dung giao việc | Correct it",
)
def correct(request: Request, order: UUID, body: shapes.OrderGiven) -> Status[None]:
    """Correct whom an order charges, its kind, deadline and product; it counts as checked."""
    services.correct_order(actor=request.actor, at=request.at, order=order, **body.dict())
    return Status(204, None)


@router.post(
    f"{ORDER}/split",
    operation_id="split_order",
    auth=WRITE,
    response={201: Made},
    summary="Tách làm hai | Cut it in two",
)
def split(request: Request, order: UUID, body: shapes.Splitting, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Cut the order in two; return the second."""

    def call() -> dict[str, Any]:
        return {"id": str(services.split_order(actor=request.actor, at=request.at, order=order, offset=body.offset))}

    return Status(201, once(request, key, call, body.dict()))


@router.post(
    f"{ORDER}/merge",
    operation_id="merge_orders",
    auth=WRITE,
    response={204: None},
    summary="Gộp với nội dung trước | Join two",
)
def merge(request: Request, order: UUID, body: shapes.Merging) -> Status[None]:
    """Join the order to the one before it."""
    services.merge_orders(actor=request.actor, at=request.at, first=body.first, second=order)
    return Status(204, None)


@router.post(
    f"{ORDER}/drop",
    operation_id="drop_order",
    auth=WRITE,
    response={204: None},
    summary="Bỏ, không giao việc | Drop it",
)
def drop(request: Request, order: UUID, body: shapes.Dropping) -> Status[None]:
    """Say that the passage assigns nothing, and why."""
    services.drop_order(actor=request.actor, at=request.at, order=order, reason=body.reason)
    return Status(204, None)


@router.post(
    f"{ORDER}/restore",
    operation_id="restore_order",
    auth=WRITE,
    response={204: None},
    summary="Lấy lại nội dung đã bỏ | Take it back",
)
def restore(request: Request, order: UUID) -> Status[None]:
    """Take a dropped order back."""
    services.restore_order(actor=request.actor, at=request.at, order=order)
    return Status(204, None)
