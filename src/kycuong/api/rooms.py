"""The steering board with the rows behind its figures; batches and scans on their way in; covers, themes, the audit table."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Form, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from kycuong.api.acts import PAPER, REPEAT, read_file
from kycuong.api.doors import Request, may, once
from kycuong.api.shapes import documents as document_shapes
from kycuong.api.shapes import rooms as shapes
from kycuong.api.shapes.duties import DutyLine
from kycuong.api.shapes.plain import Done, Key, Line, Made, Paged, Size, Year
from kycuong.core.tokens import Right
from kycuong.queries import audit, board, covers, intake, themes
from kycuong.services import covers as cover_services
from kycuong.services import directives
from kycuong.services import intake as intake_services
from kycuong.services import themes as theme_services

router = Router(tags=["steering"])
READ, ACT, WRITE = may(Right.DUTY_READ), may(Right.DUTY_ACT), may(Right.DOC_WRITE)
PageNo = Annotated[int, Field(ge=1, le=10_000)]
Kind = Literal["task", "confirmation", "proposal"]


@router.get("/board", operation_id="read_board", auth=READ, response=shapes.BoardShown, summary="The steering board")
def read_board(
    request: Request, kind: Kind = "task", unit: UUID | None = None, document: UUID | None = None, year: Year | None = None,
    page: PageNo = 1,
) -> board.Board:  # fmt: skip
    """Read the units by state, what hurts first; `unit` is a subtree, `document` and `year` narrow it."""
    wanted = board.Filter(kind=kind, unit=unit, document=document, year=year)
    return board.board(request.actor, request.at, wanted, page=page)


@router.get(
    "/board/rows", operation_id="list_board_rows", auth=READ, response=Paged[DutyLine], summary="The rows behind a figure",
)  # fmt: skip
def board_rows(
    request: Request, figure: Line = "", kind: Kind = "task", unit: UUID | None = None, document: UUID | None = None,
    year: Year | None = None, after: Key | None = None, limit: Size = 50,
) -> dict[str, Any]:  # fmt: skip
    """List the duties behind one figure of the board."""
    wanted = board.Filter(kind=kind, unit=unit, document=document, year=year)
    page = board.rows(request.actor, request.at, wanted, board.Figure(figure), after=after, size=limit)
    return {"items": page.rows, "next": page.next_key}


@router.get("/batches", operation_id="list_batches", auth=WRITE, response=Paged[shapes.BatchLine], summary="Batches")
def batches(request: Request, after: Key | None = None) -> dict[str, Any]:
    """List the batches of papers on their way in, newest first."""
    rows, key = intake.batches(request.actor, after=after)
    return {"items": rows, "next": key}


@router.post("/batches", operation_id="open_batch", auth=WRITE, response={201: Made}, summary="Send several papers")
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
    "/batches/{public_id}", operation_id="read_batch", auth=WRITE, response=shapes.BatchShown, summary="One batch"
)
def batch(request: Request, public_id: UUID, after: Key | None = None) -> dict[str, Any]:
    """Read what became of each file of a batch."""
    page = intake.batch(request.actor, public_id, after=after)
    return {"batch": page.batch, "counts": page.counts, "items": page.items, "next": page.next_key}


@router.post(
    "/batches/{public_id}/cancel", operation_id="cancel_batch", auth=WRITE, response=Done, summary="Stop a batch"
)
def cancel(request: Request, public_id: UUID) -> dict[str, int]:
    """Stop a batch; what was read stays."""
    return {"count": intake_services.cancel(actor=request.actor, at=request.at, batch=public_id)}


@router.post("/batches/{public_id}/retry", operation_id="retry_batch", auth=WRITE, response=Done, summary="Read again")
def retry(request: Request, public_id: UUID) -> dict[str, int]:
    """Read again what was refused."""
    return {"count": intake_services.retry(actor=request.actor, at=request.at, batch=public_id)}


@router.get(
    "/documents/{public_id}/scan", operation_id="read_scan", auth=may(Right.DOC_READ), response=shapes.ScanShown, summary="A scan",
)  # fmt: skip
def scan(request: Request, public_id: UUID) -> intake.ScanView:
    """Read how far the reading of a scan is."""
    return intake.scan(request.actor, public_id, request.at)


@router.post(
    "/documents/{public_id}/scan/cancel",
    operation_id="cancel_scan",
    auth=WRITE,
    response={204: None},
    summary="Stop a scan",
)
def cancel_scan(request: Request, public_id: UUID) -> Status[None]:
    """Stop reading a scan."""
    directives.cancel_scan(actor=request.actor, at=request.at, document=public_id)
    return Status(204, None)


@router.post(
    "/documents/{public_id}/scan/retry", operation_id="retry_scan", auth=WRITE, response={204: None}, summary="Read on"
)
def retry_scan(request: Request, public_id: UUID) -> Status[None]:
    """Go on reading a scan that failed or was stopped."""
    directives.retry_scan(actor=request.actor, at=request.at, document=public_id)
    return Status(204, None)


@router.post(
    "/documents/{public_id}/scan/text", operation_id="type_scan", auth=WRITE, response={204: None}, summary="Type it"
)
def type_text(request: Request, public_id: UUID, body: shapes.Typed) -> Status[None]:
    """Take the orders of a scan as somebody typed them."""
    directives.type_text(actor=request.actor, at=request.at, document=public_id, text=body.text)
    return Status(204, None)


@router.get("/covers", operation_id="list_covers", auth=READ, response=shapes.CoversShown, summary="Absence covers")
def list_covers(request: Request, post: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None) -> covers.CoversPage:
    """List the covers that concern the caller; `post` is the desk for which a substitute is looked for."""
    return covers.page(request.actor, request.at, post=post)


@router.post(
    "/covers", operation_id="plan_cover", auth=ACT, response={201: Made}, summary="Hand a desk to a substitute"
)
def plan_cover(request: Request, body: shapes.CoverGiven, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Hand a desk to a substitute for some days."""

    def call() -> dict[str, Any]:
        return {"id": str(cover_services.plan(actor=request.actor, at=request.at, **body.dict()))}

    return Status(201, once(request, key, call, body.dict()))


@router.post("/covers/{public_id}/end", operation_id="end_cover", auth=ACT, response={204: None}, summary="End a cover")
def end_cover(request: Request, public_id: UUID) -> Status[None]:
    """End a cover now."""
    cover_services.end(actor=request.actor, at=request.at, cover=public_id)
    return Status(204, None)


@router.get(
    "/themes", operation_id="list_themes", auth=may(Right.DOC_READ), response=list[shapes.ThemeShown], summary="Themes"
)
def list_themes(request: Request) -> list[themes.ThemeRow]:
    """List the themes of steering with the numbers that the caller sees."""
    return themes.themes(request.actor, request.at)


@router.post(
    "/documents/{public_id}/themes",
    operation_id="set_themes",
    auth=WRITE,
    response={204: None},
    summary="Set its themes",
)
def set_themes(request: Request, public_id: UUID, body: shapes.ThemesGiven) -> Status[None]:
    """Say to which themes a document belongs."""
    theme_services.set_themes(actor=request.actor, at=request.at, document=public_id, themes=body.themes)
    return Status(204, None)


@router.get(
    "/audit",
    operation_id="list_entries",
    auth=may(Right.EXPORT),
    response=Paged[shapes.EntryShown],
    summary="The audit table",
)
def entries(request: Request, act: Line = "", after: Key | None = None, limit: Size = 50) -> dict[str, Any]:
    """List what happened outside duties, newest first, for those who may look."""
    page = audit.entries(request.actor, after=after, act=act, size=limit)
    return {"items": page.rows, "next": page.next_key}
