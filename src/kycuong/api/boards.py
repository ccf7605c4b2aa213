"""The steering board: units by state, desks, charts, the rows behind every figure, saved views; trackers as workbooks."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import Field

from kycuong.api.acts import REPEAT
from kycuong.api.doors import Request, may, once
from kycuong.api.files import XLSX, book_out, bytes_out
from kycuong.api.shapes import boards as shapes
from kycuong.api.shapes.documents import DocumentStates, Side
from kycuong.api.shapes.duties import DutyLine
from kycuong.api.shapes.plain import Key, Line, Made, Paged, Size, Year
from kycuong.core.duties import State
from kycuong.core.tokens import Right
from kycuong.queries import board
from kycuong.services import views, workbooks

router = Router(tags=["steering"])
READ, ACT = may(Right.DUTY_READ), may(Right.DUTY_ACT)
PageNo = Annotated[int, Field(ge=1, le=10_000)]
Sort = Literal["late", "share", "longest", "most", "name"]
PostNo = Annotated[int, Field(ge=0, le=2**31 - 1)]
MonthNo = Annotated[int, Field(ge=1900 * 12, lt=3000 * 12)]
Days = Annotated[int, Field(ge=0, le=100_000)]
VIEW = "/board/views/{public_id}"


def _filter(asked: shapes.BoardAsked) -> board.Filter:
    return board.Filter(**asked.dict())


@router.get(
    "/board",
    operation_id="read_board",
    auth=READ,
    response=shapes.BoardShown,
    summary="Bảng theo dõi | The steering board",
)
def read_board(request: Request, asked: Query[shapes.BoardAsked], sort: Sort = "late", page: PageNo = 1) -> board.Board:
    """Read the units by state, what hurts first, open ones in the denominator, and their sum."""
    return board.board(request.actor, request.at, _filter(asked), sort=sort, page=page)


@router.get(
    "/board/rows",
    operation_id="list_board_rows",
    auth=READ,
    response=Paged[DutyLine],
    summary="Các dòng đằng sau một số | The rows behind a figure",
)
def board_rows(
    request: Request, asked: Query[shapes.BoardAsked], figure: Line = "", desk: PostNo | None = None,
    due: MonthNo | None = None, age: Days | None = None, after: Key | None = None, limit: Size = 50,
) -> dict[str, Any]:  # fmt: skip
    """List the duties behind one figure of the board.

    `desk` is a post (0: nobody's); `due` a month counted from year 0 (year × 12 + month − 1); `age` the first day of a band.
    """
    wanted = board.Figure(figure, desk, due, age)
    page = board.rows(request.actor, request.at, _filter(asked), wanted, after=after, size=limit)
    return {"items": page.rows, "next": page.next_key}


@router.get(
    "/board/desks",
    operation_id="list_board_desks",
    auth=READ,
    response=list[shapes.DeskShown],
    summary="Việc nằm ở bàn ai | On whose desk things lie",
)
def desks(request: Request, asked: Query[shapes.BoardAsked]) -> list[board.DeskLine]:
    """List the desks on which things lie, the giver's own included and counted equally."""
    return board.desks(request.actor, request.at, _filter(asked))


@router.get(
    "/board/charts",
    operation_id="read_charts",
    auth=READ,
    response=shapes.ChartsShown,
    summary="Số liệu biểu đồ | What the charts draw",
)
def charts(request: Request, asked: Query[shapes.BoardAsked]) -> dict[str, Any]:
    """Read late work by month, the age of what is open, and units of a group beside each other."""
    wanted = _filter(asked)
    found = board.board(request.actor, request.at, wanted, size=None)
    return {
        "months": board.trend(request.actor, request.at, wanted),
        "ages": board.ages(request.actor, request.at, wanted),
        "groups": board.groups(found.lines),
    }


@router.get(
    "/board/table",
    operation_id="download_board",
    auth=may(Right.EXPORT),
    openapi_extra=bytes_out(),
    summary="Tải bảng theo dõi | The board as XLSX or CSV",
)
def table(
    request: Request, asked: Query[shapes.BoardAsked], sort: Sort = "late", form: Literal["xlsx", "csv"] = "xlsx"
) -> HttpResponse:
    """Download the board, all of its units, the sum first."""
    wanted = _filter(asked)
    return book_out(
        workbooks.board_book(actor=request.actor, at=request.at, wanted=wanted, sort=sort, csv=form == "csv")
    )


@router.get(
    "/board/views",
    operation_id="list_views",
    auth=READ,
    response=list[shapes.ViewShown],
    summary="Bảng đã lưu | Saved views",
)
def saved(request: Request) -> list[board.View]:
    """List the saved views of the caller."""
    return board.views(request.actor)


@router.post(
    "/board/views",
    operation_id="save_view",
    auth=ACT,
    response={201: Made},
    summary="Lưu bảng đang xem | Save a view",
)
def keep(request: Request, body: shapes.ViewGiven, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Keep a view of the board under a name; the same name again changes it."""

    def call() -> dict[str, Any]:
        return {"id": str(views.keep(actor=request.actor, at=request.at, **body.dict()))}

    return Status(201, once(request, key, call, body.dict()))


@router.post(
    f"{VIEW}/first",
    operation_id="open_view_first",
    auth=ACT,
    response={204: None},
    summary="Đặt làm bảng mở sẵn | Open with a view",
)
def open_first(request: Request, public_id: UUID) -> Status[None]:
    """Open the board with a view from now on; asked again, with none."""
    views.open_first(actor=request.actor, at=request.at, view=public_id)
    return Status(204, None)


@router.api_operation(
    ["DELETE"],
    VIEW,
    operation_id="drop_view",
    auth=ACT,
    response={204: None},
    summary="Xóa bảng đã lưu | Forget a view",
)
def drop(request: Request, public_id: UUID) -> Status[None]:
    """Forget a saved view."""
    views.drop(actor=request.actor, at=request.at, view=public_id)
    return Status(204, None)


@router.get(
    "/units/{public_id}/tracker",
    operation_id="download_unit_tracker",
    auth=may(Right.EXPORT),
    openapi_extra=bytes_out(XLSX),
    summary="Tải sổ theo dõi của đơn vị | The tracker of a unit",
)
def unit_tracker(
    request: Request, public_id: UUID, state: State | None = None, desk: PostNo | None = None, text: Line = "",
    theme: UUID | None = None,
) -> HttpResponse:  # fmt: skip
    """Download the open duties of a unit as a workbook, filtered as on its page."""
    book = workbooks.unit_tracker(
        actor=request.actor, at=request.at, unit=public_id, state=state, desk=desk, text=text, theme=theme
    )
    return book_out(book)


@router.get(
    "/documents/{public_id}/tracker",
    operation_id="download_document_tracker",
    auth=may(Right.EXPORT),
    openapi_extra=bytes_out(XLSX),
    summary="Tải sổ theo dõi của văn bản | The tracker of a document",
)
def document_tracker(request: Request, public_id: UUID) -> HttpResponse:
    """Download the tasks of a document as a workbook."""
    return book_out(workbooks.document_tracker(actor=request.actor, at=request.at, document=public_id))


@router.get(
    "/exports/tracker",
    operation_id="download_register_tracker",
    auth=may(Right.EXPORT),
    openapi_extra=bytes_out(XLSX),
    summary="Tải sổ theo dõi theo sổ văn bản | The tracker of the register",
)
def register_tracker(
    request: Request, side: Side = "incoming", text: Line = "", state: DocumentStates | None = None,
    year: Year | None = None, theme: UUID | None = None,
) -> HttpResponse:  # fmt: skip
    """Download the tasks of the documents that the register shows as a workbook."""
    book = workbooks.register_tracker(
        actor=request.actor, at=request.at, register=side, text=text, state=state, year=year, theme=theme
    )
    return book_out(book)
