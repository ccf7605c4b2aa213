"""Targets with plan and actual; periods that are checked, contested and closed; signals about givers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Form, Router, Status
from ninja.files import UploadedFile

from kycuong.api.acts import PAPER_OR_NONE, REPEAT, read_file
from kycuong.api.doors import Request, may, once
from kycuong.api.files import XLSX, book_out, bytes_out
from kycuong.api.shapes import closing as shapes
from kycuong.api.shapes.plain import Day, Key, Line, Made
from kycuong.core.duties import State
from kycuong.core.tokens import Right
from kycuong.queries import periods as period_queries
from kycuong.queries import signals as signal_queries
from kycuong.queries import targets as queries
from kycuong.services import periods, signals, workbooks
from kycuong.services import targets as services

router = Router(tags=["periods"])
READ, ACT = may(Right.REPORT_READ), may(Right.REPORT_ACT)
TARGET, PERIOD = "/targets/{public_id}", "/periods/{public_id}"


@router.get(
    "/targets",
    operation_id="list_targets",
    auth=READ,
    response=shapes.TargetsShown,
    summary="Các chỉ tiêu | Targets",
)
def targets(
    request: Request, state: Line = "", unit: UUID | None = None, theme: UUID | None = None, after: Key | None = None
) -> dict[str, Any]:
    """List the targets that the caller sees, plan beside the latest value, by result, unit and theme."""
    page = queries.targets(request.actor, state=state, unit=unit, theme=theme, after=after)
    return {"items": page.rows, "next": page.next_key, "counts": page.counts}


@router.get(
    "/targets/table.xlsx",
    operation_id="download_targets",
    auth=READ,
    openapi_extra=bytes_out(XLSX),
    summary="Tải bảng chỉ tiêu | The targets as a workbook",
)
def targets_table(
    request: Request, state: Line = "", unit: UUID | None = None, theme: UUID | None = None
) -> HttpResponse:
    """Download the targets of a filter with plan, value and what is missing."""
    book = workbooks.targets_book(actor=request.actor, at=request.at, state=state, unit=unit, theme=theme)
    return book_out(book)


@router.get(
    TARGET, operation_id="read_target", auth=READ, response=shapes.TargetShown, summary="Một chỉ tiêu | One target"
)
def target(request: Request, public_id: UUID) -> queries.TargetPage:
    """Read a target with its values over time and what was said about it."""
    return queries.target(request.actor, public_id)


@router.post(
    "/duties/{public_id}/targets",
    operation_id="add_target",
    auth=ACT,
    response={201: Made},
    summary="Thêm chỉ tiêu cho nhiệm vụ | Add a target to a task",
)
def add(request: Request, public_id: UUID, body: shapes.TargetGiven, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Add a target to an open task, by the giver's side, with reason."""

    def call() -> dict[str, Any]:
        return {"id": str(services.add(actor=request.actor, at=request.at, duty=public_id, **body.dict()))}

    return Status(201, once(request, key, call, body.dict()))


@router.post(
    f"{TARGET}/actuals",
    operation_id="record_actual",
    auth=ACT,
    response={201: Made},
    summary="Ghi số thực hiện | Say the actual value",
)
def record(
    request: Request,
    public_id: UUID,
    body: Form[shapes.ActualGiven],
    file: UploadedFile | None = PAPER_OR_NONE,
    key: str = REPEAT,
) -> Status[dict[str, Any]]:
    """Say the actual value of a target as of a day, with its source; the one entry feeds board, report and evaluation."""
    given = body.dict() | {"file": read_file(request, file) if file else None}

    def call() -> dict[str, Any]:
        return {"id": str(services.record(actor=request.actor, at=request.at, target=public_id, **given))}

    return Status(201, once(request, key, call, given))


@router.post(
    f"{TARGET}/correct",
    operation_id="correct_target",
    auth=ACT,
    response={204: None},
    summary="Sửa chỉ tiêu | Correct a target",
)
def correct(request: Request, public_id: UUID, body: shapes.TargetGiven) -> Status[None]:
    """Correct what was read of a target, by the giver's side, with reason."""
    services.correct(actor=request.actor, at=request.at, target=public_id, **body.dict())
    return Status(204, None)


@router.post(
    f"{TARGET}/drop", operation_id="drop_target", auth=ACT, response={204: None}, summary="Bỏ chỉ tiêu | Drop a target"
)
def drop(request: Request, public_id: UUID, body: shapes.NoteGiven) -> Status[None]:
    """Say that a figure is no target of the task, with reason."""
    services.drop(actor=request.actor, at=request.at, target=public_id, note=body.note)
    return Status(204, None)


@router.post(
    f"{TARGET}/contest",
    operation_id="contest_target",
    auth=ACT,
    response={201: Made},
    summary="Nêu ý kiến về chỉ tiêu | Contest a target",
)
def contest_target(
    request: Request, public_id: UUID, body: shapes.NoteGiven, key: str = REPEAT
) -> Status[dict[str, Any]]:
    """Contest a target or its value, with reason; the other side answers."""

    def call() -> dict[str, Any]:
        return {"id": str(services.contest(actor=request.actor, at=request.at, target=public_id, note=body.note))}

    return Status(201, once(request, key, call, body.dict()))


@router.post(
    "/target-contests/{contest}/answer",
    operation_id="answer_target",
    auth=ACT,
    response={204: None},
    summary="Trả lời ý kiến về chỉ tiêu | Answer a contest of a target",
)
def answer_target(request: Request, contest: UUID, body: shapes.NoteGiven) -> Status[None]:
    """Answer what the other side contested."""
    services.answer(actor=request.actor, at=request.at, change=contest, note=body.note)
    return Status(204, None)


@router.get(
    "/periods",
    operation_id="list_periods",
    auth=READ,
    response=list[shapes.PeriodLine],
    summary="Các kỳ báo cáo | Periods",
)
def listed(request: Request) -> list[Any]:
    """List the periods, the newest first."""
    return period_queries.periods(request.actor)


@router.post(
    "/periods", operation_id="open_period", auth=ACT, response={201: Made}, summary="Mở kỳ đối soát | Open a period"
)
def open_period(request: Request, body: shapes.PeriodGiven, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Open a period for the units to check their figures."""

    def call() -> dict[str, Any]:
        return {"id": str(periods.open_period(actor=request.actor, at=request.at, **body.dict()))}

    return Status(201, once(request, key, call, body.dict()))


@router.get(
    PERIOD, operation_id="read_period", auth=READ, response=shapes.PeriodShown, summary="Một kỳ báo cáo | One period"
)
def period(request: Request, public_id: UUID) -> period_queries.PeriodPage:
    """Read a period: each unit for who sees everything, else the own ones; contests, and what was adjusted since."""
    return period_queries.period(request.actor, public_id, request.at)


@router.get(
    f"{PERIOD}/table.xlsx",
    operation_id="download_period",
    auth=READ,
    openapi_extra=bytes_out(XLSX),
    summary="Tải số liệu của kỳ | The figures of a period as a workbook",
)
def period_table(request: Request, public_id: UUID) -> HttpResponse:
    """Download the figures of a period."""
    return book_out(workbooks.period_book(actor=request.actor, at=request.at, period=public_id))


@router.get(
    f"{PERIOD}/comparison",
    operation_id="compare_period",
    auth=READ,
    response=list[shapes.PeersShown],
    summary="So sánh đơn vị cùng quy mô | Units beside their like",
)
def comparison(request: Request, public_id: UUID) -> list[period_queries.Group]:
    """Compare the units of a closed period with others of their kind and size."""
    return period_queries.compare(request.actor, public_id)


@router.get(
    f"{PERIOD}/units/{{unit}}",
    operation_id="list_period_rows",
    auth=READ,
    response=shapes.PeriodRows,
    summary="Các dòng của một đơn vị trong kỳ | The rows of a unit",
)
def rows(request: Request, public_id: UUID, unit: UUID, state: State | None = None) -> period_queries.UnitRows:
    """Read the tasks behind the figures of a unit."""
    return period_queries.unit_rows(request.actor, public_id, unit, request.at, state=state)


@router.post(
    f"{PERIOD}/units/{{unit}}/agree",
    operation_id="agree_period",
    auth=ACT,
    response={204: None},
    summary="Thống nhất số liệu của đơn vị | Agree to the figures",
)
def agree(request: Request, public_id: UUID, unit: UUID) -> Status[None]:
    """Agree to the figures of one's unit."""
    periods.agree(actor=request.actor, at=request.at, period=public_id, unit=unit)
    return Status(204, None)


@router.post(
    f"{PERIOD}/contests",
    operation_id="contest_row",
    auth=ACT,
    response={201: Made},
    summary="Nêu ý kiến đối soát | Contest a row",
)
def contest(request: Request, public_id: UUID, body: shapes.ContestGiven, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Contest one row of one's unit, with reason."""

    def call() -> dict[str, Any]:
        return {"id": str(periods.contest(actor=request.actor, at=request.at, period=public_id, **body.dict()))}

    return Status(201, once(request, key, call, body.dict()))


@router.post(
    "/period-contests/{contest}/decide",
    operation_id="decide_contest",
    auth=ACT,
    response={204: None},
    summary="Quyết định ý kiến đối soát | Decide a contest",
)
def decide(request: Request, contest: UUID, body: shapes.ContestDecided) -> Status[None]:
    """Decide what a unit contested; a corrected row gets the due day that was meant from the beginning."""
    periods.decide(actor=request.actor, at=request.at, contest=contest, **body.dict())
    return Status(204, None)


@router.post(
    f"{PERIOD}/close",
    operation_id="close_period",
    auth=ACT,
    response=shapes.Fingerprint,
    summary="Chốt kỳ | Close a period",
)
def close(request: Request, public_id: UUID) -> dict[str, str]:
    """Close a period: its figures never change again; return their hash."""
    return {"fingerprint": periods.close(actor=request.actor, at=request.at, period=public_id)}


@router.get(
    "/signals",
    operation_id="list_signals",
    auth=READ,
    response=shapes.SignalsShown,
    summary="Dấu hiệu bên giao việc | Signals about givers",
)
def giver_signals(
    request: Request, since: Day | None = None, until: Day | None = None, unit: UUID | None = None, code: Line = ""
) -> signal_queries.SignalPage:
    """Read the signals of givers over some days; `unit` and `code` list the rows behind one number."""
    return signal_queries.signals(request.actor, request.at, since=since, until=until, unit=unit, code=code)


@router.post(
    "/signals/contests",
    operation_id="contest_signal",
    auth=ACT,
    response={201: Made},
    summary="Nêu ý kiến về dấu hiệu | Contest a signal",
)
def contest_signal(request: Request, body: shapes.SignalGiven, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Say why a signal about one's unit needs no look, or how it came about."""

    def call() -> dict[str, Any]:
        return {"id": str(signals.contest(actor=request.actor, at=request.at, **body.dict()))}

    return Status(201, once(request, key, call, body.dict()))


@router.post(
    "/signals/contests/{contest}/answer",
    operation_id="answer_signal",
    auth=ACT,
    response={204: None},
    summary="Trả lời ý kiến về dấu hiệu | Answer what was said of a signal",
)
def answer_signal(request: Request, contest: UUID, body: shapes.NoteGiven) -> Status[None]:
    """Answer what a unit said of a signal."""
    signals.answer(actor=request.actor, at=request.at, contest=contest, note=body.note)
    return Status(204, None)
