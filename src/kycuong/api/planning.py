"""Programmes of work from the draft to the approval, and themes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status
from ninja.files import UploadedFile

from kycuong.api import sight
from kycuong.api.acts import PAPER, REPEAT, read_file
from kycuong.api.doors import Request, may, once
from kycuong.api.files import XLSX, book_out, bytes_out
from kycuong.api.shapes import planning as shapes
from kycuong.api.shapes.plain import Done, Made, Year
from kycuong.api.shapes.rooms import ThemesGiven, ThemeShown
from kycuong.core.tokens import Right
from kycuong.queries import programmes as queries
from kycuong.queries import themes as theme_queries
from kycuong.services import programmes as services
from kycuong.services import themes, workbooks

router = Router(tags=["programmes"])
READ, ACT = may(Right.REPORT_READ), may(Right.REPORT_ACT)
ONE, THEME = "/programmes/{public_id}", "/themes/{public_id}"


@router.get(
    "/programmes",
    operation_id="list_programmes",
    auth=READ,
    response=shapes.YearShown,
    summary="Chương trình công tác của năm | The programmes of a year",
)
def year(request: Request, year: Year | None = None) -> queries.YearPage:
    """List the programmes of a year with their progress, and the units that have none."""
    return queries.year(request.actor, request.at, year)


@router.post(
    "/programmes",
    operation_id="start_programme",
    auth=ACT,
    response={201: Made},
    summary="Lập chương trình công tác | Start a programme",
)
def start(request: Request, body: shapes.Starting, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Start the programme of a unit for a year."""

    def call() -> dict[str, Any]:
        return {"id": str(services.start(actor=request.actor, at=request.at, **body.dict()))}

    return Status(201, once(request, key, call, body.dict()))


@router.get(
    "/programmes/template.xlsx",
    operation_id="download_programme_template",
    auth=READ,
    openapi_extra=bytes_out(XLSX),
    summary="Mẫu bảng chương trình | The table to be filled in",
)
def template(request: Request) -> HttpResponse:
    """Download the table of a programme to be filled in."""
    return book_out(services.template(actor=request.actor, at=request.at))


@router.get(
    "/programmes/table.xlsx",
    operation_id="download_programmes",
    auth=READ,
    openapi_extra=bytes_out(XLSX),
    summary="Tải tiến độ chương trình của năm | The programmes of a year as a workbook",
)
def table(request: Request, year: Year | None = None) -> HttpResponse:
    """Download the programmes of a year with how their lines stand."""
    return book_out(workbooks.programmes_book(actor=request.actor, at=request.at, year=year))


@router.get(
    ONE,
    operation_id="read_programme",
    auth=READ,
    response=shapes.ProgrammeShown,
    summary="Một chương trình công tác | One programme",
)
def programme(request: Request, public_id: UUID) -> queries.ProgrammePage:
    """Read a programme: progress by quarter, what waits for approval, what is proposed."""
    return queries.programme(request.actor, public_id, request.at)


@router.post(
    f"{ONE}/lines",
    operation_id="put_line",
    auth=ACT,
    response={201: Made},
    summary="Ghi dòng chương trình | Write a line",
)
def put(
    request: Request, public_id: UUID, body: shapes.ProgrammeLineGiven, key: str = REPEAT
) -> Status[dict[str, Any]]:
    """Write a line of a programme, or change one with `line`."""
    typed = services.Typed(**body.dict(exclude={"line"}))

    def call() -> dict[str, Any]:
        made = services.put(actor=request.actor, at=request.at, programme=public_id, typed=typed, line=body.line)
        return {"id": str(made)}

    return Status(201, once(request, key, call, body.dict()))


@router.post(
    f"{ONE}/lines/accept",
    operation_id="accept_lines",
    auth=ACT,
    response=Done,
    summary="Nhận dòng đề xuất | Take proposed lines",
)
def accept(request: Request, public_id: UUID, body: shapes.LinesChosen) -> dict[str, int]:
    """Take proposed lines into the programme; return how many."""
    return {"count": services.accept(actor=request.actor, at=request.at, programme=public_id, lines=body.lines)}


@router.post(
    f"{ONE}/lines/drop", operation_id="drop_lines", auth=ACT, response=Done, summary="Bỏ dòng chương trình | Drop lines"
)
def drop(request: Request, public_id: UUID, body: shapes.LinesChosen) -> dict[str, int]:
    """Drop lines that are not approved; return how many."""
    return {"count": services.drop(actor=request.actor, at=request.at, programme=public_id, lines=body.lines)}


@router.post(
    f"{ONE}/file",
    operation_id="take_programme_file",
    auth=ACT,
    response=shapes.Taken,
    summary="Đưa dòng vào từ tệp | Take lines from a file",
)
def take_file(
    request: Request, public_id: UUID, file: UploadedFile = PAPER, key: str = REPEAT
) -> dict[str, Any]:  # fmt: skip
    """Read lines from a table or a paper; they are proposed, to be looked at and taken."""
    sent = read_file(request, file)

    def call() -> dict[str, Any]:
        new, known = services.take_file(actor=request.actor, at=request.at, programme=public_id, file=sent)
        return {"new": new, "known": known}

    return once(request, key, call, {"file": sent})


@router.post(
    f"{ONE}/text",
    operation_id="take_programme_text",
    auth=ACT,
    response=shapes.Taken,
    summary="Đưa dòng vào từ văn bản dán | Take lines from text",
)
def take_text(request: Request, public_id: UUID, body: shapes.TextGiven, key: str = REPEAT) -> dict[str, Any]:
    """Read lines from text; they are proposed, to be looked at and taken."""

    def call() -> dict[str, Any]:
        new, known = services.take_text(actor=request.actor, at=request.at, programme=public_id, text=body.text)
        return {"new": new, "known": known}

    return once(request, key, call, body.dict())


@router.post(
    f"{ONE}/submit",
    operation_id="submit_programme",
    auth=ACT,
    response={204: None},
    summary="Trình chương trình | Submit a programme",
)
def submit(request: Request, public_id: UUID) -> Status[None]:
    """Submit a programme for approval."""
    services.submit(actor=request.actor, at=request.at, programme=public_id)
    return Status(204, None)


@router.post(
    f"{ONE}/send-back",
    operation_id="return_programme",
    auth=ACT,
    response={204: None},
    summary="Trả lại chương trình | Send a programme back",
)
def send_back(request: Request, public_id: UUID, body: shapes.Returning) -> Status[None]:
    """Send a programme back to be completed, with reason."""
    services.send_back(actor=request.actor, at=request.at, programme=public_id, note=body.note)
    return Status(204, None)


@router.post(
    f"{ONE}/approve",
    operation_id="approve_programme",
    auth=ACT,
    response=Done,
    summary="Phê duyệt chương trình | Approve a programme",
)
def approve(request: Request, public_id: UUID, body: shapes.Approving, key: str = REPEAT) -> dict[str, Any]:
    """Approve a programme: its lines become tasks; return how many."""

    def call() -> dict[str, Any]:
        given = body.dict()
        return {"count": services.approve(actor=request.actor, at=request.at, programme=public_id, **given)}

    return once(request, key, call, body.dict())


@router.get(
    "/themes",
    operation_id="list_themes",
    auth=may(Right.DOC_READ),
    response=list[ThemeShown],
    summary="Các chủ đề | Themes",
)
def list_themes(request: Request) -> list[theme_queries.ThemeRow]:
    """List the themes of steering with the numbers that the caller sees."""
    return sight.themed(request, theme_queries.themes(request.actor, request.at))


@router.post(
    "/documents/{public_id}/themes",
    operation_id="set_themes",
    auth=may(Right.DOC_WRITE),
    response={204: None},
    summary="Gắn văn bản vào chủ đề | Set its themes",
)
def set_themes(request: Request, public_id: UUID, body: ThemesGiven) -> Status[None]:
    """Say to which themes a document belongs."""
    themes.set_themes(actor=request.actor, at=request.at, document=public_id, themes=body.themes)
    return Status(204, None)


@router.post("/themes", operation_id="add_theme", auth=ACT, response={201: Made}, summary="Thêm chủ đề | Add a theme")
def add_theme(request: Request, body: shapes.ThemeGiven, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Add a theme of a year or a topic."""

    def call() -> dict[str, Any]:
        return {"id": str(themes.add(actor=request.actor, at=request.at, **body.dict()))}

    return Status(201, once(request, key, call, body.dict()))


@router.get(THEME, operation_id="read_theme", auth=READ, response=shapes.ThemePage, summary="Một chủ đề | One theme")
def theme(request: Request, public_id: UUID) -> queries.ThemePage:
    """Read a theme with its newest documents and its tasks by state."""
    return queries.theme(request.actor, public_id, request.at)


@router.post(
    f"{THEME}/rename",
    operation_id="rename_theme",
    auth=ACT,
    response={204: None},
    summary="Sửa tên chủ đề | Rename a theme",
)
def rename(request: Request, public_id: UUID, body: shapes.Renaming) -> Status[None]:
    """Correct the name of a theme."""
    themes.rename(actor=request.actor, at=request.at, theme=public_id, name=body.name)
    return Status(204, None)


@router.post(
    f"{THEME}/end", operation_id="end_theme", auth=ACT, response={204: None}, summary="Kết thúc chủ đề | End a theme"
)
def end(request: Request, public_id: UUID) -> Status[None]:
    """End a theme: no further document is put under it, those that belong to it stay."""
    themes.end(actor=request.actor, at=request.at, theme=public_id)
    return Status(204, None)


@router.post(
    f"{THEME}/reopen",
    operation_id="reopen_theme",
    auth=ACT,
    response={204: None},
    summary="Dùng lại chủ đề | Use a theme again",
)
def reopen(request: Request, public_id: UUID) -> Status[None]:
    """Use an ended theme again."""
    themes.reopen(actor=request.actor, at=request.at, theme=public_id)
    return Status(204, None)
