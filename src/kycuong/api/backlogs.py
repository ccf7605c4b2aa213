"""Reviews of the backlog: opened over what is old, decided duty by duty, ended with minutes."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Form, Router, Status
from ninja.files import UploadedFile

from kycuong.api.acts import PAPER, REPEAT, VERSION, read_file
from kycuong.api.doors import Request, may, must_hold, once, seen
from kycuong.api.files import XLSX, book_out, bytes_out, paper_out
from kycuong.api.shapes import backlogs as shapes
from kycuong.api.shapes.plain import Key, Made, Paged
from kycuong.api.shapes.steering import SignedGiven
from kycuong.core.backlog import Measure, decision_of
from kycuong.core.tokens import Right
from kycuong.queries import backlog as queries
from kycuong.services import backlog

router = Router(tags=["backlog"])
READ, ACT = may(Right.STEER_READ), may(Right.STEER_ACT)
ONE = "/backlog-reviews/{public_id}"
LINE = f"{ONE}/duties/{{duty}}"


def _wanted(body: shapes.ReviewOpening) -> queries.Wanted:
    return queries.Wanted(body.unit, Measure(body.measure), body.days, body.document, body.term)


def _meeting(body: shapes.MeetingGiven) -> backlog.Meeting:
    return backlog.Meeting(**body.dict())


@router.get(
    "/backlog-reviews",
    operation_id="list_backlog_reviews",
    auth=READ,
    response=Paged[shapes.ReviewLine],
    summary="Các cuộc rà soát tồn đọng | Reviews of the backlog",
)
def reviews(request: Request, after: Key | None = None) -> dict[str, Any]:
    """List the reviews, the newest first."""
    rows, key = queries.reviews(request.actor, after=after)
    return {"items": rows, "next": key}


@router.post(
    "/backlog-reviews/preview",
    operation_id="preview_backlog_review",
    auth=READ,
    response=shapes.BacklogPreview,
    summary="Xem trước phạm vi rà soát | What a review would take in",
)
def preview(request: Request, body: shapes.ReviewOpening) -> queries.Preview:
    """Count the duties that a review would take in; nothing is written."""
    return queries.preview(request.actor, _wanted(body), request.at)


@router.post(
    "/backlog-reviews",
    operation_id="open_backlog_review",
    auth=ACT,
    response={201: Made},
    summary="Mở cuộc rà soát tồn đọng | Open a review",
)
def start(request: Request, body: shapes.ReviewOpening, key: str = REPEAT) -> Status[dict[str, UUID]]:
    """Open a review over what is old; a duty stands in one open review at a time."""
    known = seen(request, "*", key).request_id
    made = backlog.open_review(actor=request.actor, at=request.at, wanted=_wanted(body), request_id=known)
    return Status(201, {"id": made})


@router.get(
    ONE,
    operation_id="read_backlog_review",
    auth=READ,
    response=shapes.BacklogReview,
    summary="Một cuộc rà soát | One review",
)
def review(request: Request, public_id: UUID) -> queries.ReviewPage:
    """Read a review: how far it is, its lines with their decisions, its end."""
    return queries.review(request.actor, public_id, request.at)


@router.get(
    LINE,
    operation_id="read_backlog_line",
    auth=READ,
    response=shapes.BacklogLineShown,
    summary="Một nhiệm vụ trong cuộc rà soát | One duty of a review",
)
def line(request: Request, response: HttpResponse, public_id: UUID, duty: UUID) -> queries.LinePage:
    """Read one duty of a review with what can be decided; the ETag is the version of the duty."""
    page = queries.line(request.actor, public_id, duty, request.at)
    response.headers["ETag"] = f'"{page.duty.act_seq}"'
    return page


@router.post(
    f"{LINE}/decide",
    operation_id="decide_backlog_line",
    auth=ACT,
    response=shapes.LineCarried,
    summary="Ghi quyết định về một nhiệm vụ | Decide about a duty",
)
def decide(
    request: Request, public_id: UUID, duty: UUID, body: shapes.LineDecided, if_match: str = VERSION, key: str = REPEAT
) -> dict[str, bool]:
    """Carry out what was decided about one duty, or put it before the giver when who decides is not the giver.

    It ends, moves or hands over the duty, so a token needs the right to act on duties too.
    """
    must_hold(request, Right.DUTY_ACT)
    chosen = backlog.Chosen(decision_of(body.decision), body.note, body.due_on, body.to)
    known = seen(request, if_match, key)
    given: dict[str, Any] = {"review": public_id, "duty": duty, "chosen": chosen, "request": known}
    return {"is_proposed": backlog.decide(actor=request.actor, at=request.at, **given)}


@router.post(
    f"{LINE}/undo",
    operation_id="undo_backlog_line",
    auth=ACT,
    response={204: None},
    summary="Hoàn tác quyết định | Take a decision back",
)
def undo(request: Request, public_id: UUID, duty: UUID) -> Status[None]:
    """Take a decision back; both steps stay in the history of the duty. A token needs the right to act on duties too."""
    must_hold(request, Right.DUTY_ACT)
    backlog.undo(actor=request.actor, at=request.at, review=public_id, duty=duty)
    return Status(204, None)


@router.post(
    f"{ONE}/close",
    operation_id="close_backlog_review",
    auth=ACT,
    response=shapes.ReviewEnded,
    summary="Kết thúc cuộc rà soát | End a review",
)
def close(request: Request, public_id: UUID, body: shapes.MeetingGiven) -> dict[str, int]:
    """End a review with who met and what they concluded."""
    left, done = backlog.close_review(
        actor=request.actor, at=request.at, review=public_id, meeting=_meeting(body)
    )  # fmt: skip
    return {"left": left, "done": done}


@router.post(
    f"{ONE}/meeting",
    operation_id="describe_backlog_review",
    auth=ACT,
    response={204: None},
    summary="Sửa thành phần, kết luận | Correct who met",
)
def describe(request: Request, public_id: UUID, body: shapes.MeetingGiven) -> Status[None]:
    """Set right who met and what they concluded."""
    backlog.describe(actor=request.actor, at=request.at, review=public_id, meeting=_meeting(body))
    return Status(204, None)


@router.post(
    f"{ONE}/cancel",
    operation_id="cancel_backlog_review",
    auth=ACT,
    response={204: None},
    summary="Hủy cuộc rà soát | Cancel a review",
)
def cancel(request: Request, public_id: UUID) -> Status[None]:
    """Cancel a review; its duties may be taken into another one."""
    backlog.cancel_review(actor=request.actor, at=request.at, review=public_id)
    return Status(204, None)


@router.post(
    f"{ONE}/sign",
    operation_id="record_minutes",
    auth=ACT,
    response={204: None},
    summary="Gắn biên bản đã ký | Attach the signed minutes",
)
def record(
    request: Request, public_id: UUID, body: Form[SignedGiven], file: UploadedFile = PAPER, key: str = REPEAT
) -> Status[None]:
    """Attach the signed minutes of a review that has ended."""
    sent, typed = read_file(request, file), backlog.Signed(**body.dict())

    def call() -> dict[str, Any]:
        backlog.record_minutes(actor=request.actor, at=request.at, review=public_id, file=sent, typed=typed)
        return {}

    once(request, key, call, body.dict() | {"file": sent})
    return Status(204, None)


@router.get(
    f"{ONE}/minutes",
    operation_id="download_minutes",
    auth=READ,
    openapi_extra=bytes_out(),
    summary="Tải biên bản | The minutes as DOCX or PDF",
)
def minutes(request: Request, public_id: UUID, form: Literal["docx", "pdf"] = "docx") -> HttpResponse:
    """Download the minutes of a review, their number left blank."""
    return paper_out(backlog.write(actor=request.actor, at=request.at, review=public_id, form=form))


@router.get(
    f"{ONE}/lines.xlsx",
    operation_id="download_backlog_lines",
    auth=READ,
    openapi_extra=bytes_out(XLSX),
    summary="Tải danh mục rà soát | The lines as a workbook",
)
def table(request: Request, public_id: UUID) -> HttpResponse:
    """Download the lines of a review as XLSX."""
    return book_out(backlog.table(actor=request.actor, at=request.at, review=public_id))
