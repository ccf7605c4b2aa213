"""A document and its family, demand by demand; what issuing lays on the units; where the reader errs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Router, Status

from kycuong.api.acts import REPEAT
from kycuong.api.doors import Request, may, once
from kycuong.api.shapes import comparing as shapes
from kycuong.api.shapes.plain import Line, Made
from kycuong.core.tokens import Right
from kycuong.queries import burden, corrections
from kycuong.queries import comparisons as queries
from kycuong.services import comparisons as services

router = Router(tags=["comparisons"])
READ, ACT = may(Right.STEER_READ), may(Right.STEER_ACT)


@router.get(
    "/documents/{public_id}/genealogy",
    operation_id="compare_documents",
    auth=READ,
    response=shapes.GenealogyShown,
    summary="Đối chiếu văn bản với văn bản triển khai | A document and its family",
)
def genealogy(request: Request, public_id: UUID, beside: UUID | None = None) -> queries.GenealogyPage:
    """Compare a document with one of its family demand by demand; say which units have not yet issued their own."""
    return queries.genealogy(request.actor, public_id, request.at, beside)


@router.post(
    "/matches",
    operation_id="correct_match",
    auth=ACT,
    response={201: Made},
    summary="Sửa kết quả đối chiếu | Correct a match",
)
def correct(request: Request, body: shapes.MatchGiven, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Say what became of a demand, and which demands of the lower document carry it; the newest word holds."""

    def call() -> dict[str, Any]:
        made = services.correct_match(
            actor=request.actor, at=request.at, parent=body.parent, child=body.child,
            demand=(body.demand.start, body.demand.end), status=body.status,
            spans=[(span.start, span.end) for span in body.spans], reason=body.reason,
        )  # fmt: skip
        return {"id": str(made)}

    return Status(201, once(request, key, call, body.dict()))


@router.api_operation(
    ["DELETE"],
    "/matches/{correction}",
    operation_id="undo_match",
    auth=ACT,
    response={204: None},
    summary="Bỏ sửa kết quả đối chiếu | Take a correction back",
)
def undo(request: Request, correction: UUID) -> Status[None]:
    """Take a word on a demand back; what stood before it holds again."""
    services.undo_match(actor=request.actor, at=request.at, correction=correction)
    return Status(204, None)


@router.get(
    "/documents/{public_id}/burden",
    operation_id="read_burden",
    auth=may(Right.DOC_WRITE),
    response=shapes.BurdenShown,
    summary="Khối lượng giao cho các đơn vị | What issuing lays on the units",
)
def weigh(request: Request, public_id: UUID, report_rrule: Line = "") -> burden.Burden:
    """Read what a document would lay on the units: load, reports on one day, what is asked already, what could be one."""
    return burden.burden(request.actor, public_id, request.at, report_rrule=report_rrule)


@router.get(
    "/reader/errors",
    operation_id="list_reader_errors",
    auth=may(Right.DOC_READ),
    response=shapes.ErrorsShown,
    summary="Bộ đọc sai ở đâu | Where the reader errs",
)
def errors(
    request: Request, field: Line = "", doc_type: Line = "", rule: Line = "", version: Line = ""
) -> corrections.Report:
    """Count what reviewers corrected, by field, document type, rule and version of the reader, with examples."""
    return corrections.report(request.actor, corrections.Filter(field, doc_type, rule, version))
