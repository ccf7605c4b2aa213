"""Reports: collected, written, submitted, sent, received, merged; every number opens to its rows and can be run again."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Form, Router, Status
from ninja.files import UploadedFile

from kycuong.api.acts import PAPER_OR_NONE, REPEAT, VERSION, read_file
from kycuong.api.doors import Request, may, seen, version
from kycuong.api.files import bytes_out, paper_out
from kycuong.api.shapes import reports as shapes
from kycuong.api.shapes.plain import Day, Done, Line, Made, Year
from kycuong.core.tokens import Right
from kycuong.queries import reports as queries
from kycuong.services import reports as services

router = Router(tags=["reports"])
READ, ACT = may(Right.REPORT_READ), may(Right.REPORT_ACT)
COLLECTION = "/reports/{key}/{slot}"
ONE = f"{COLLECTION}/units/{{unit}}"
EDITION = "/report-editions/{public_id}"
Ending = Literal["docx", "pdf"]


@router.get(
    "/reports",
    operation_id="list_collections",
    auth=READ,
    response=list[shapes.CollectionInList],
    summary="Các đợt báo cáo | Collections of reports",
)
def listed(request: Request, year: Year | None = None) -> list[Any]:
    """List the collections around today, or of a year: what is asked, by when, who is missing."""
    return queries.listed(request.actor, request.at, year)


@router.get(
    COLLECTION,
    operation_id="read_collection",
    auth=READ,
    response=shapes.CollectionShown,
    summary="Một đợt báo cáo | One collection",
)
def collection(request: Request, key: UUID, slot: Day) -> queries.CollectionPage:
    """Read who has sent the report of a slot and who has not; missing ones are said."""
    return queries.collection(request.actor, key, slot, request.at)


@router.post(
    f"{COLLECTION}/chase",
    operation_id="chase_reports",
    auth=ACT,
    response=Done,
    summary="Nhắc gửi báo cáo | Ask for missing reports",
)
def chase(request: Request, key: UUID, slot: Day, body: shapes.UnitsChosen) -> dict[str, int]:
    """Ask units for the reports that they have not sent, each once a day; return how many were asked."""
    return {"count": services.chase(actor=request.actor, at=request.at, key=key, slot=slot, **body.dict())}


@router.get(
    ONE,
    operation_id="read_report",
    auth=READ,
    response=shapes.ReportShown,
    summary="Báo cáo của một đơn vị | One report",
)
def report(request: Request, response: HttpResponse, key: UUID, slot: Day, unit: UUID) -> queries.ReportPage:
    """Read a report with the numbers of now, or as it was frozen. The ETag is the version of its text (`seq`)."""
    page = queries.report(request.actor, key, slot, unit, request.at)
    response.headers["ETag"] = f'"{page.report.seq if page.report else 0}"'
    return page


@router.get(
    f"{ONE}/paper",
    operation_id="download_report",
    auth=READ,
    openapi_extra=bytes_out(),
    summary="Tải báo cáo | The report as DOCX or PDF",
)
def paper(request: Request, key: UUID, slot: Day, unit: UUID, form: Ending = "docx") -> HttpResponse:
    """Download a report: its last edition, or a draft."""
    place = services.Place(key, slot, unit)
    return paper_out(services.print_out(actor=request.actor, at=request.at, place=place, form=form))


@router.post(
    f"{ONE}/texts",
    operation_id="write_report",
    auth=ACT,
    response={204: None},
    summary="Ghi nội dung báo cáo | Write the text",
)
def write(
    request: Request, key: UUID, slot: Day, unit: UUID, body: shapes.TextsGiven, if_match: str = VERSION
) -> Status[None]:
    """Keep text in the sections of a report. If-Match is the version of its text that was read."""
    place, read = services.Place(key, slot, unit), version(if_match)
    services.write(actor=request.actor, at=request.at, place=place, texts=body.texts, seen=read)
    return Status(204, None)


@router.post(
    f"{ONE}/submit",
    operation_id="submit_report",
    auth=ACT,
    response={204: None},
    summary="Trình báo cáo | Submit a report",
)
def submit(
    request: Request,
    key: UUID,
    slot: Day,
    unit: UUID,
    body: shapes.NoteAlong,
    if_match: str = VERSION,
    again: str = REPEAT,
) -> Status[None]:
    """Submit a report one step up, its numbers frozen, its paper attached. If-Match is the version of its duty (`act_seq`)."""
    known = seen(request, if_match, again)
    place = services.Place(key, slot, unit)
    services.submit(actor=request.actor, at=request.at, place=place, note=body.note, request=known)
    return Status(204, None)


@router.post(
    f"{ONE}/send", operation_id="send_report", auth=ACT, response={204: None}, summary="Gửi báo cáo | Send a report"
)
def send(
    request: Request,
    key: UUID,
    slot: Day,
    unit: UUID,
    body: Form[shapes.NoteAlong],
    file: UploadedFile | None = PAPER_OR_NONE,
    if_match: str = VERSION,
) -> Status[None]:
    """Send a report out: every number is frozen with its question, watermark and hash. If-Match is `act_seq`.

    `file` is the signed paper of the last edition; without it the paper is made now, with the numbers of now.
    """
    given: dict[str, Any] = {"file": read_file(request, file) if file else None, "note": body.note}
    known, place = seen(request, if_match, None), services.Place(key, slot, unit)
    services.send(actor=request.actor, at=request.at, place=place, request=known, **given)
    return Status(204, None)


@router.post(
    f"{ONE}/receive",
    operation_id="receive_report",
    auth=ACT,
    response={204: None},
    summary="Tiếp nhận báo cáo | Receive a report",
)
def receive(request: Request, key: UUID, slot: Day, unit: UUID) -> Status[None]:
    """Receive a report that was sent; whoever may also confirm its duty confirms it by the same act."""
    services.receive(actor=request.actor, at=request.at, place=services.Place(key, slot, unit))
    return Status(204, None)


@router.post(
    f"{ONE}/merge",
    operation_id="merge_reports",
    auth=ACT,
    response={201: Made},
    summary="Tổng hợp báo cáo, chốt số liệu | Merge what was sent",
)
def merge(request: Request, key: UUID, slot: Day, unit: UUID) -> Status[dict[str, UUID]]:
    """Merge what was sent into the report of who collects, or freeze the own numbers; return the edition."""
    made = services.merge(actor=request.actor, at=request.at, place=services.Place(key, slot, unit))
    return Status(201, {"id": made})


@router.get(
    EDITION,
    operation_id="verify_report",
    auth=READ,
    response=shapes.CheckShown,
    summary="Kiểm chứng số liệu báo cáo | Run the numbers again",
)
def proof(request: Request, public_id: UUID) -> queries.Check:
    """Run every number of an edition again at its own watermark: is it kept, does the ledger still say it."""
    return queries.check(queries.edition_to_read(request.actor, public_id, request.at))


@router.get(
    f"{EDITION}/paper",
    operation_id="download_edition",
    auth=READ,
    openapi_extra=bytes_out(),
    summary="Tải bản báo cáo đã chốt | An edition as DOCX or PDF",
)
def edition_paper(request: Request, public_id: UUID, form: Ending = "docx") -> HttpResponse:
    """Download an edition as it was frozen."""
    return paper_out(services.print_edition(actor=request.actor, at=request.at, edition=public_id, form=form))


@router.get(
    f"{EDITION}/figures/{{code}}",
    operation_id="list_figure_rows",
    auth=READ,
    response=shapes.RowsShown,
    summary="Các nhiệm vụ đằng sau một số | The rows behind a number",
)
def rows(request: Request, public_id: UUID, code: Line, after: Line = "") -> Any:
    """Read the duties that one number of an edition counts, as they stood; `after` is the key of the following page."""
    edition = queries.edition_to_read(request.actor, public_id, request.at)
    return queries.behind(request.actor, edition, code, after=after)


@router.get(
    f"{EDITION}/today",
    operation_id="compare_report",
    auth=READ,
    response=shapes.TodayShown,
    summary="Số liệu báo cáo so với hôm nay | An edition beside today",
)
def today(request: Request, public_id: UUID) -> queries.Today:
    """Read how the numbers of an edition would read today, and which duties moved them by which acts."""
    edition = queries.edition_to_read(request.actor, public_id, request.at)
    return queries.today(request.actor, edition, request.at)
