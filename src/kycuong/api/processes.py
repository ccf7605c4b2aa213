"""The agency's own process: read it measured, revise it, download it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status

from kycuong.api.acts import REPEAT
from kycuong.api.doors import Request, may, once
from kycuong.api.files import XLSX, book_out, bytes_out
from kycuong.api.shapes import processes as shapes
from kycuong.api.shapes.plain import Day, Made
from kycuong.core.processes import StepGiven
from kycuong.core.tokens import Right
from kycuong.queries import processes as queries
from kycuong.services import processes as services
from kycuong.services import workbooks

router = Router(tags=["signs"])
READ, ACT = may(Right.STEER_READ), may(Right.STEER_ACT)
PROCESS = "/units/{unit}/process"


@router.get(
    PROCESS,
    operation_id="read_process",
    auth=READ,
    response=shapes.ProcessShown,
    summary="Quy trình của một cơ quan | A unit's own process",
)
def process(request: Request, unit: UUID, since: Day | None = None, until: Day | None = None) -> queries.ProcessPage:
    """Read a unit's process with the time that tasks lay at each step and what a revision saved."""
    return queries.process(request.actor, request.at, unit, since=since, until=until)


@router.post(
    PROCESS,
    operation_id="revise_process",
    auth=ACT,
    response={201: Made},
    summary="Sửa đổi quy trình của cơ quan | Revise a unit's own process",
)
def revise(request: Request, unit: UUID, body: shapes.ProcessGiven, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Decide a new version of the process of one's own unit."""

    def call() -> dict[str, Any]:
        steps = [StepGiven(one.stage, one.post, one.hours) for one in body.steps]
        made = services.revise(
            actor=request.actor, at=request.at, unit=unit, steps=steps, in_force_from=body.in_force_from, reason=body.reason,
            basis=body.basis,
        )  # fmt: skip
        return {"id": str(made)}

    return Status(201, once(request, key, call, body.dict() | {"unit": unit}))


@router.get(
    PROCESS + "/table.xlsx",
    operation_id="download_process",
    auth=READ,
    openapi_extra=bytes_out(XLSX),
    summary="Tải quy trình của cơ quan | A unit's process as a workbook",
)
def table(request: Request, unit: UUID, since: Day | None = None, until: Day | None = None) -> HttpResponse:
    """Download a unit's process with what was measured."""
    return book_out(workbooks.process_book(actor=request.actor, at=request.at, unit=unit, since=since, until=until))
