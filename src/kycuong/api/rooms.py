"""Batches and scans on their way in; covers, the audit table."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from ninja import Form, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from kycuong.api.acts import PAPER, REPEAT, read_file
from kycuong.api.doors import Request, may, once
from kycuong.api.shapes import documents as document_shapes
from kycuong.api.shapes import rooms as shapes
from kycuong.api.shapes.plain import Done, Key, Line, Made, Paged, Size
from kycuong.core.tokens import Right
from kycuong.queries import audit, covers, intake
from kycuong.services import covers as cover_services
from kycuong.services import directives
from kycuong.services import intake as intake_services

router = Router(tags=["steering"])
READ, ACT, WRITE = may(Right.DUTY_READ), may(Right.DUTY_ACT), may(Right.DOC_WRITE)


@router.get(
    "/batches",
    operation_id="list_batches",
    auth=WRITE,
    response=Paged[shapes.BatchLine],
    summary="Các lô tiếp nhận | Batches",
)
def batches(request: Request, after: Key | None = None) -> dict[str, Any]:
    """List the batches of papers on their way in, newest first."""
    rows, key = intake.batches(request.actor, after=after)
    return {"items": rows, "next": key}


@router.post(
    "/batches",
    operation_id="open_batch",
    auth=WRITE,
    response={201: Made},
    summary="Gửi nhiều văn bản một lần | Send several papers",
)
def open_batch(
    request: Request, body: Form[document_shapes.SideGiven], file: UploadedFile = PAPER, key: str = REPEAT
) -> Status[dict[str, Any]]:
    """Send an archive (.zip) or a message (.eml) that holds several papers; a job reads them one after another."""
    sent = read_file(request, file)

    def call() -> dict[str, Any]:
        made = intake_services.open_batch(actor=request.actor, at=request.at, files_sent=[sent], register=body.side)
        return {"id": str(made)}

    return Status(201, once(request, key, call, {"side": body.side, "file": sent}))


@router.get(
    "/batches/{public_id}",
    operation_id="read_batch",
    auth=WRITE,
    response=shapes.BatchShown,
    summary="Một lô tiếp nhận | One batch",
)
def batch(request: Request, public_id: UUID, after: Key | None = None) -> dict[str, Any]:
    """Read what became of each file of a batch."""
    page = intake.batch(request.actor, public_id, after=after)
    return {"batch": page.batch, "counts": page.counts, "items": page.items, "next": page.next_key}


@router.post(
    "/batches/{public_id}/cancel",
    operation_id="cancel_batch",
    auth=WRITE,
    response=Done,
    summary="Dừng một lô | Stop a batch",
)
def cancel(request: Request, public_id: UUID) -> dict[str, int]:
    """Stop a batch; what was read stays."""
    return {"count": intake_services.cancel(actor=request.actor, at=request.at, batch=public_id)}


@router.post(
    "/batches/{public_id}/retry",
    operation_id="retry_batch",
    auth=WRITE,
    response=Done,
    summary="Đọc lại một lô | Read again",
)
def retry(request: Request, public_id: UUID) -> dict[str, int]:
    """Read again what was refused."""
    return {"count": intake_services.retry(actor=request.actor, at=request.at, batch=public_id)}


@router.get(
    "/documents/{public_id}/scan",
    operation_id="read_scan",
    auth=may(Right.DOC_READ),
    response=shapes.ScanShown,
    summary="Bản quét đọc đến đâu | A scan",
)
def scan(request: Request, public_id: UUID) -> intake.ScanView:
    """Read how far the reading of a scan is."""
    return intake.scan(request.actor, public_id, request.at)


@router.post(
    "/documents/{public_id}/scan/cancel",
    operation_id="cancel_scan",
    auth=WRITE,
    response={204: None},
    summary="Dừng đọc bản quét | Stop a scan",
)
def cancel_scan(request: Request, public_id: UUID) -> Status[None]:
    """Stop reading a scan."""
    directives.cancel_scan(actor=request.actor, at=request.at, document=public_id)
    return Status(204, None)


@router.post(
    "/documents/{public_id}/scan/retry",
    operation_id="retry_scan",
    auth=WRITE,
    response={204: None},
    summary="Đọc tiếp bản quét | Read on",
)
def retry_scan(request: Request, public_id: UUID) -> Status[None]:
    """Go on reading a scan that failed or was stopped."""
    directives.retry_scan(actor=request.actor, at=request.at, document=public_id)
    return Status(204, None)


@router.post(
    "/documents/{public_id}/scan/text",
    operation_id="type_scan",
    auth=WRITE,
    response={204: None},
    summary="Nhập tay nội dung bản quét | Type it",
)
def type_text(request: Request, public_id: UUID, body: shapes.Typed) -> Status[None]:
    """Take the orders of a scan as somebody typed them."""
    directives.type_text(actor=request.actor, at=request.at, document=public_id, text=body.text)
    return Status(204, None)


@router.get(
    "/covers", operation_id="list_covers", auth=READ, response=shapes.CoversShown, summary="Xử lý thay | Absence covers"
)
def list_covers(request: Request, post: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None) -> covers.CoversPage:
    """List the covers that concern the caller; `post` is the desk for which a substitute is looked for."""
    return covers.page(request.actor, request.at, post=post)


@router.post(
    "/covers",
    operation_id="plan_cover",
    auth=ACT,
    response={201: Made},
    summary="Giao bàn cho người xử lý thay | Hand a desk to a substitute",
)
def plan_cover(request: Request, body: shapes.CoverGiven, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Hand a desk to a substitute for some days."""

    def call() -> dict[str, Any]:
        return {"id": str(cover_services.plan(actor=request.actor, at=request.at, **body.dict()))}

    return Status(201, once(request, key, call, body.dict()))


@router.post(
    "/covers/{public_id}/end",
    operation_id="end_cover",
    auth=ACT,
    response={204: None},
    summary="Kết thúc xử lý thay | End a cover",
)
def end_cover(request: Request, public_id: UUID) -> Status[None]:
    """End a cover now."""
    cover_services.end(actor=request.actor, at=request.at, cover=public_id)
    return Status(204, None)


@router.get(
    "/audit",
    operation_id="list_entries",
    auth=may(Right.EXPORT),
    response=Paged[shapes.EntryShown],
    summary="Nhật ký | The audit table",
)
def entries(request: Request, act: Line = "", after: Key | None = None, limit: Size = 50) -> dict[str, Any]:
    """List what happened outside duties, newest first, for those who may look."""
    page = audit.entries(request.actor, after=after, act=act, size=limit)
    return {"items": page.rows, "next": page.next_key}
