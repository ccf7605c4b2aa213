"""Changes of the organisation: drafted, arranged, decided, cancelled; the succession list; the organisation as a workbook."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status

from kycuong.api import sight
from kycuong.api.acts import REPEAT, VERSION
from kycuong.api.doors import Request, may, must_hold, once, version
from kycuong.api.files import XLSX, book_out, bytes_out
from kycuong.api.shapes import organising as shapes
from kycuong.api.shapes.plain import Done, Key, Line, Made, Paged
from kycuong.core.tokens import Right
from kycuong.queries import org_changes as queries
from kycuong.services import org_changes as services
from kycuong.services import workbooks

router = Router(tags=["organisation"])
READ, WRITE = may(Right.ORG_READ), may(Right.ORG_WRITE)
ONE = "/org-changes/{public_id}"


@router.get(
    "/org-changes",
    operation_id="list_org_changes",
    auth=READ,
    response=Paged[shapes.OrgChangeLine],
    summary="Các thay đổi tổ chức | Changes of the organisation",
)
def changes(request: Request, after: Key | None = None) -> dict[str, Any]:
    """List the changes of the organisation, the newest first."""
    page = queries.changes(request.actor, after=after)
    return {"items": page.rows, "next": page.next_key}


@router.post(
    "/org-changes",
    operation_id="draft_org_change",
    auth=WRITE,
    response={201: Made},
    summary="Soạn thay đổi tổ chức | Draft a change",
)
def draft(request: Request, body: shapes.Plan, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Keep a change as a draft; nothing of the organisation moves until it is decided."""

    def call() -> dict[str, Any]:
        return {"id": str(services.draft(actor=request.actor, at=request.at, plan=body.dict()))}

    return Status(201, once(request, key, call, body.dict()))


@router.get(
    ONE,
    operation_id="read_org_change",
    auth=READ,
    response=shapes.OrgChangeShown,
    summary="Một thay đổi tổ chức, danh sách kế thừa | One change with its succession list",
)
def change(
    request: Request, response: HttpResponse, public_id: UUID, to: Line = "", after: Key | None = None
) -> queries.ChangePage:
    """Read a change: a draft with the succession list that it would carry out, or what became of it; the ETag is its version.

    `to` shows the lines of one successor, `-` those that nobody has chosen.
    """
    page = sight.inherited(request, queries.change(request.actor, public_id, request.at, to=to, after=after))
    response.headers["ETag"] = f'"{page.edition}"'
    return page


@router.post(
    f"{ONE}/plan",
    operation_id="edit_org_change",
    auth=WRITE,
    response={204: None},
    summary="Sửa nội dung thay đổi | Edit a draft",
)
def edit(request: Request, public_id: UUID, body: shapes.Plan, if_match: str = VERSION) -> Status[None]:
    """Replace the plan of a draft; choices made before stay where their successor is still named."""
    seen = version(if_match)
    services.edit(actor=request.actor, at=request.at, change=public_id, plan=body.dict(), seen=seen)
    return Status(204, None)


@router.post(
    f"{ONE}/successors",
    operation_id="choose_successors",
    auth=WRITE,
    response=Done,
    summary="Chọn đơn vị kế thừa | Choose successors",
)
def choose(request: Request, public_id: UUID, body: shapes.SuccessorsChosen, if_match: str = VERSION) -> dict[str, int]:
    """Choose the successor of some duties, or of all that nobody has chosen yet; return how many lines that is."""
    given = body.dict() | {"seen": version(if_match)}
    return {"count": services.choose(actor=request.actor, at=request.at, change=public_id, **given)}


@router.post(
    f"{ONE}/decide",
    operation_id="decide_org_change",
    auth=WRITE,
    response={204: None},
    summary="Duyệt thay đổi tổ chức | Decide a change",
)
def decide(request: Request, public_id: UUID, if_match: str = VERSION) -> Status[None]:
    """Decide a change: it is carried out on the day on which it is in force."""
    services.decide(actor=request.actor, at=request.at, change=public_id, seen=version(if_match))
    return Status(204, None)


@router.post(
    f"{ONE}/cancel",
    operation_id="cancel_org_change",
    auth=WRITE,
    response={204: None},
    summary="Hủy thay đổi tổ chức | Cancel a change",
)
def cancel(request: Request, public_id: UUID, if_match: str = VERSION) -> Status[None]:
    """Cancel a draft, or a change decided whose day has not come."""
    services.cancel(actor=request.actor, at=request.at, change=public_id, seen=version(if_match))
    return Status(204, None)


@router.get(
    f"{ONE}/succession.xlsx",
    operation_id="download_succession",
    auth=READ,
    openapi_extra=bytes_out(XLSX),
    summary="Tải danh sách kế thừa | The succession list as a workbook",
)
def succession(request: Request, public_id: UUID) -> HttpResponse:
    """Download the succession list of a change as XLSX; it names duties, so a token needs the right to read them."""
    must_hold(request, Right.DUTY_READ)
    return book_out(workbooks.succession(actor=request.actor, at=request.at, change=public_id))


@router.get(
    "/organisation.xlsx",
    operation_id="download_organisation",
    auth=READ,
    openapi_extra=bytes_out(),
    summary="Tải tổ chức bộ máy | The organisation as a workbook",
)
def organisation(request: Request, table: Line = "") -> HttpResponse:
    """Download the organisation as XLSX, or one of its tables (units, posts, officers) as CSV; taken in again it changes nothing."""
    return book_out(workbooks.organisation(actor=request.actor, at=request.at, table=table))
