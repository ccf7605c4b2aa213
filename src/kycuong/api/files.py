"""Files and bulk data out: papers as kept, the annex, every duty in sight as lines of JSON, the complete export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, Literal, TypeVar
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from ninja import Router, Status

from kycuong.api.acts import REPEAT
from kycuong.api.doors import Request, may, once
from kycuong.api.shapes import places as shapes
from kycuong.api.shapes.documents import SignaturesShown
from kycuong.api.shapes.duties import DutyLine
from kycuong.api.shapes.plain import Made
from kycuong.core.errors import NotAllowed
from kycuong.core.tokens import Right
from kycuong.queries import clocks, files, signatures, tokens
from kycuong.queries import duties as duty_queries
from kycuong.queries import exports as queries
from kycuong.services import directives, papers, workbooks
from kycuong.services import exports as services

router = Router(tags=["files"])
Reply = TypeVar("Reply", HttpResponse, StreamingHttpResponse)
CHUNK = 256 * 1024
PAGE = 500
XLSX = workbooks.XLSX
JSON_LINES = "application/x-ndjson"


def bytes_out(told: str = "*/*") -> dict[str, Any]:
    """Return what the description says of an operation that answers with bytes."""
    content = {told: {"schema": {"type": "string", "format": "binary"}}}
    return {"responses": {200: {"description": "OK", "content": content}}}


class Stopped(Exception):
    """The caller may no longer read what is being sent: the connection breaks off, so that nobody takes it for whole."""


def still(request: Request) -> None:
    """Break off when the token that let the caller in was revoked or has expired since. Raises: Stopped."""
    token = request.caller.token
    if token is not None and not tokens.stands(token, clocks.now(timezone.now())):
        raise Stopped


def powerless(response: Reply, name: str) -> Reply:
    """Hand out as an attachment that a browser neither guesses at nor runs."""
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def book_out(book: workbooks.Workbook) -> HttpResponse:
    """Hand out a table file."""
    return powerless(HttpResponse(book.data, content_type=book.media_type), book.name)


def paper_out(paper: papers.Paper) -> HttpResponse:
    """Hand out a paper as DOCX or PDF."""
    return powerless(HttpResponse(paper.data, content_type=paper.media_type), paper.name)


def sent(request: Request, stream: BinaryIO, name: str, media_type: str, size: int) -> StreamingHttpResponse:
    """Send a stream chunk by chunk, asking before each whether the caller may still have it."""

    def chunks() -> Iterator[bytes]:
        with stream:
            while chunk := stream.read(CHUNK):
                still(request)
                yield chunk

    response = StreamingHttpResponse(chunks(), content_type=media_type)
    response.headers["Content-Length"] = str(size)
    return powerless(response, name)


@router.get(
    "/files/{public_id}",
    operation_id="download_file",
    auth=may(Right.DOC_READ),
    openapi_extra=bytes_out(),
    summary="Tải tệp | A file",
)
def file(request: Request, public_id: UUID) -> StreamingHttpResponse:
    """Download a file of a document or of a result."""
    kept = files.open_file(request.actor, public_id)
    return sent(request, kept.stream, kept.name, kept.media_type, kept.size)


@router.get(
    "/files/{public_id}/signatures", operation_id="show_file_signatures", auth=may(Right.DOC_READ), response=SignaturesShown,
    summary="Chữ ký số của tệp | The digital signatures of a file",
)  # fmt: skip
def file_signatures(request: Request, public_id: UUID) -> object:
    """Show what the last look found; looked at offline, judged by the certificates that the administrators trust."""
    return signatures.page(request.actor, public_id)


@router.get(
    "/documents/{public_id}/annex",
    operation_id="download_annex",
    auth=may(Right.DOC_READ),
    openapi_extra=bytes_out(),
    summary="Tải Phụ lục phân công | The annex of assignments",
)
def annex(request: Request, public_id: UUID, form: Literal["docx", "pdf"] = "docx") -> HttpResponse:
    """Download the annex of assignments of a document as DOCX or PDF."""
    return paper_out(papers.annex(actor=request.actor, at=request.at, document=public_id, form=form))


@router.get(
    "/documents/{public_id}/edxml",
    operation_id="download_edxml",
    auth=may(Right.DOC_READ),
    openapi_extra=bytes_out("application/xml"),
    summary="Tải văn bản dạng edXML | A document as edXML",
)
def edxml(request: Request, public_id: UUID) -> HttpResponse:
    """Download a document with its files as edXML; DueDate is its first due day, SteeringType 1 when it assigns work.

    Not tested with the real national axis. A document that comes as edXML is registered like any other paper.
    """
    name, data = directives.export_edxml(actor=request.actor, at=request.at, document=public_id)
    return powerless(HttpResponse(data, content_type="application/xml"), name)


@router.get(
    "/exports/duties", operation_id="export_duties", auth=may(Right.EXPORT), openapi_extra=bytes_out(JSON_LINES),
    summary="Tải mọi nhiệm vụ được xem | Every duty in sight",
)  # fmt: skip
def duties(request: Request) -> StreamingHttpResponse:
    """Stream every duty that the caller sees, one line of JSON each, in the order in which they were opened.

    A token that is revoked meanwhile breaks the stream off; the last line of a whole one says how many there were.
    """

    def lines() -> Iterator[str]:
        after, count = 0, 0
        while True:
            still(request)
            rows, last = duty_queries.all_duties(request.actor, request.at, after=after, size=PAGE)
            yield "".join(_line(row) for row in rows)
            count += len(rows)
            if last is None:
                break
            after = last
        yield json.dumps({"count": count}) + "\n"

    return powerless(StreamingHttpResponse(lines(), content_type=JSON_LINES), "nhiem-vu.jsonl")


def _line(row: Any) -> str:
    return json.dumps(DutyLine.from_orm(row).dict(), cls=DjangoJSONEncoder, ensure_ascii=False) + "\n"


@router.get(
    "/exports",
    operation_id="list_exports",
    auth=may(Right.EXPORT),
    response=list[shapes.ExportShown],
    summary="Các bản xuất toàn bộ | Complete exports",
)
def exports(request: Request) -> list[queries.ExportLine]:
    """List the complete exports that were asked for, newest first."""
    return queries.exports(request.actor)


@router.post(
    "/exports",
    operation_id="ask_export",
    auth=may(Right.EXPORT),
    response={202: Made},
    summary="Yêu cầu xuất toàn bộ dữ liệu | Ask for a complete export",
)
def ask(request: Request, body: shapes.ExportAsked, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Ask for a complete export; a job writes it."""

    def call() -> dict[str, Any]:
        return {"id": str(services.ask(actor=request.actor, at=request.at, form=body.form))}

    return Status(202, once(request, key, call, body.dict()))


@router.get(
    "/exports/{public_id}/archive", operation_id="download_export", auth=may(Right.EXPORT),
    openapi_extra=bytes_out("application/zip"), summary="Tải bản xuất toàn bộ | Download a complete export",
)  # fmt: skip
def archive(request: Request, public_id: UUID) -> StreamingHttpResponse:
    """Download a finished export; a token that is revoked meanwhile breaks it off."""
    if not request.actor.may("administer"):
        raise NotAllowed("administer_not_allowed")
    name, size, stream = services.open_archive(actor=request.actor, at=request.at, run=public_id)
    return sent(request, stream, name, "application/zip", size)
