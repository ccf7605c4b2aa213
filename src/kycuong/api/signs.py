"""Signs to be looked into: numbers by unit, the cases behind them, explained by the unit and decided."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Form, Router, Status
from ninja.files import UploadedFile

from kycuong.api.acts import PAPER_OR_NONE, REPEAT, read_file
from kycuong.api.doors import Request, may, once
from kycuong.api.files import XLSX, book_out, bytes_out
from kycuong.api.shapes import signs as shapes
from kycuong.api.shapes.plain import Day, Made
from kycuong.core.signs import Code
from kycuong.core.tokens import Right
from kycuong.queries import signs as queries
from kycuong.services import signs as services
from kycuong.services import workbooks

router = Router(tags=["signs"])
READ, ACT = may(Right.STEER_READ), may(Right.STEER_ACT)


@router.get(
    "/signs",
    operation_id="list_signs",
    auth=READ,
    response=shapes.SignsShown,
    summary="Dấu hiệu cần rà soát theo đơn vị | Signs to be looked into by unit",
)
def signs(request: Request, since: Day | None = None, until: Day | None = None) -> queries.SignPage:
    """Read the signs of every unit that the caller sees, in groups of like units, over some days."""
    return queries.signs(request.actor, request.at, since=since, until=until)


@router.get(
    "/signs/table.xlsx",
    operation_id="download_signs",
    auth=READ,
    openapi_extra=bytes_out(XLSX),
    summary="Tải bảng dấu hiệu | The signs as a workbook",
)
def table(request: Request, since: Day | None = None, until: Day | None = None) -> HttpResponse:
    """Download the signs in sight with every case behind them."""
    return book_out(workbooks.signs_book(actor=request.actor, at=request.at, since=since, until=until))


@router.get(
    "/signs/{unit}",
    operation_id="list_sign_cases",
    auth=READ,
    response=shapes.SignCasesShown,
    summary="Các việc sau dấu hiệu của một đơn vị | The cases behind a unit's signs",
)
def cases(
    request: Request, unit: UUID, code: Code | None = None, since: Day | None = None, until: Day | None = None
) -> queries.UnitSignPage:
    """Read one unit's signs with the newest cases behind them."""
    return queries.unit_signs(request.actor, request.at, unit, code=code, since=since, until=until)


@router.post(
    "/signs/{unit}/cases",
    operation_id="explain_sign",
    auth=ACT,
    response={201: Made},
    summary="Giải trình một việc là dấu hiệu | Explain a case of a sign",
)
def explain(
    request: Request,
    unit: UUID,
    body: Form[shapes.SignExplained],
    file: UploadedFile | None = PAPER_OR_NONE,
    key: str = REPEAT,
) -> Status[dict[str, Any]]:
    """Explain a case of one's own unit, with a file if there is one."""
    given = body.dict() | {"code": body.code.value, "unit": unit, "file": read_file(request, file) if file else None}

    def call() -> dict[str, Any]:
        return {"id": str(services.explain(actor=request.actor, at=request.at, **given))}

    return Status(201, once(request, key, call, given))


@router.post(
    "/signs/contests/{contest}/decision",
    operation_id="decide_sign",
    auth=ACT,
    response={204: None},
    summary="Xem xét giải trình | Decide what a unit explained",
)
def decide(request: Request, contest: UUID, body: shapes.SignDecided) -> Status[None]:
    """Decide whether an explained case still calls for a look."""
    services.decide(actor=request.actor, at=request.at, contest=contest, **body.dict())
    return Status(204, None)
