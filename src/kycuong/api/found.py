"""Search, and the caller's notices."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from ninja import Router, Status

from kycuong.api.doors import Request, may
from kycuong.api.shapes import places as shapes
from kycuong.api.shapes.plain import Key, Line, Paged, Size, Year
from kycuong.core.errors import NotAllowed
from kycuong.core.tokens import RIGHT_LABELS, Right
from kycuong.queries import notices as notice_queries
from kycuong.queries import search as queries
from kycuong.services import notices as services

router = Router(tags=["search"])
Kind = Literal["document", "order", "task"]


@router.get(
    "/search", operation_id="search", auth=may(Right.DOC_READ), response=shapes.Found, summary="Tìm kiếm | Search"
)
def search(
    request: Request, text: Line, kind: Kind | None = None, year: Year | None = None, unit: UUID | None = None,
    document: UUID | None = None, after: Key | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Find documents, orders and tasks that have the words, nearest first; diacritics may be left out.

    A token without the right to read duties names one of the other kinds.
    """
    reads_duties = Right.DUTY_READ in request.caller.rights
    if not reads_duties and kind in {None, "task"}:
        raise NotAllowed("right_not_given", right=RIGHT_LABELS[Right.DUTY_READ])
    filters = queries.Filters(kind=kind or "", year=year, unit=unit, document=document)
    page = queries.search(request.actor, request.at, text=text, filters=filters, after=after)
    counts = {name: n for name, n in page.counts.items() if reads_duties or name != "task"}
    return {"items": page.rows, "next": page.next_key, "counts": counts, "meant": page.meant}


@router.get(
    "/notices",
    operation_id="list_notices",
    auth=may(Right.DUTY_READ),
    response=Paged[shapes.NoticeShown],
    summary="Thông báo của tôi | My notices",
)
def notices(request: Request, after: Key | None = None, limit: Size = 50) -> dict[str, Any]:
    """List what the caller was told, newest first."""
    page = notice_queries.notices(request.actor, request.at, after=after, size=limit)
    return {"items": page.rows, "next": page.next_key}


@router.post(
    "/notices/read",
    operation_id="read_notices",
    auth=may(Right.DUTY_ACT),
    response={204: None},
    summary="Đánh dấu đã đọc thông báo | Mark as read",
)
def read_all(request: Request) -> Status[None]:
    """Mark every notice that the caller has been told as read."""
    services.mark_read(actor=request.actor, at=request.at)
    return Status(204, None)
