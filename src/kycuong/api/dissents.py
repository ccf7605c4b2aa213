"""Dissent on main points: the docket, the meeting of two heads, its minutes."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Form, Router, Status
from ninja.files import UploadedFile
from pydantic import TypeAdapter, ValidationError

from kycuong.api.acts import PAPER, PAPER_OR_NONE, REPEAT, VERSION, read_file
from kycuong.api.doors import Request, may, once, seen
from kycuong.api.files import bytes_out, paper_out
from kycuong.api.shapes import dissents as shapes
from kycuong.api.shapes.steering import SignedGiven
from kycuong.core.dissents import Settled, Settlement
from kycuong.core.errors import Invalid
from kycuong.core.tokens import Right
from kycuong.queries import consultations as queries
from kycuong.services import consultations
from kycuong.services.tasks.papers import Signed

router = Router(tags=["consultations"])
READ, ACT = may(Right.DUTY_READ), may(Right.DUTY_ACT)
ONE = "/opinions/{public_id}/meeting"
_POINTS = TypeAdapter(list[shapes.SettledGiven])


@router.get(
    "/dissents", operation_id="list_dissents", auth=READ, response=shapes.DissentList,
    summary="Ý kiến khác nhau chưa thống nhất | Open dissents",
)  # fmt: skip
def docket(request: Request, page: int = 1) -> queries.DocketPage:
    """List what two bodies do not agree on in a main point, the oldest first."""
    return queries.docket(request.actor, request.at, page=min(max(page, 1), 100_000))


@router.get(
    ONE, operation_id="read_dissent", auth=READ, response=shapes.DissentShown,
    summary="Một ý kiến khác nhau và các lần làm việc | One dissent and its meetings",
)  # fmt: skip
def dissent(request: Request, response: HttpResponse, public_id: UUID) -> queries.MeetingPage:
    """Read the dissent of one body with every meeting of the two heads."""
    page = queries.meeting_page(request.actor, public_id, request.at)
    response.headers["ETag"] = f'"{page.act_seq}"'
    return page


def _meeting(
    request: Request, body: shapes.HeadsMeeting, lead: UploadedFile | None, other: UploadedFile | None
) -> consultations.Meeting:
    """Return the meeting that was sent. Raises: Invalid."""
    try:
        points = _POINTS.validate_json(body.points)
    except ValidationError as wrong:
        raise Invalid("meeting_points_missing", points="1") from wrong
    settled = {one.point: Settled(Settlement(one.settlement), one.text, one.lead_text, one.body_text) for one in points}
    return consultations.Meeting(
        body.held_on, body.place, _side(request, body, "lead", lead), _side(request, body, "body", other), settled
    )


def _side(request: Request, body: shapes.HeadsMeeting, side: str, file: UploadedFile | None) -> consultations.SideGiven:
    names = ("in_person", "name", "title", "number", "signed_on")
    values: dict[str, Any] = {name: getattr(body, f"{side}_{name}") for name in names}
    return consultations.SideGiven(**values, file=read_file(request, file) if file else None)


def _facts(body: shapes.HeadsMeeting, meeting: consultations.Meeting) -> dict[str, Any]:
    return body.dict() | {"lead_file": meeting.lead.file, "body_file": meeting.body.file}


@router.post(
    f"{ONE}/record", operation_id="record_meeting", auth=ACT, response={204: None},
    summary="Ghi kết quả làm việc trực tiếp | Record the meeting of two heads",
)  # fmt: skip
def record(
    request: Request, public_id: UUID, body: Form[shapes.HeadsMeeting], lead_file: UploadedFile | None = PAPER_OR_NONE,
    body_file: UploadedFile | None = PAPER_OR_NONE, if_match: str = VERSION, key: str = REPEAT,
) -> Status[None]:  # fmt: skip
    """Record the meeting of the two heads: present in person or by written authorisation, an outcome on each open point."""
    known, meeting = seen(request, if_match, key), _meeting(request, body, lead_file, body_file)

    def call() -> dict[str, Any]:
        consultations.record_meeting(actor=request.actor, at=request.at, duty=public_id, meeting=meeting, request=known)
        return {}

    once(request, key, call, _facts(body, meeting))
    return Status(204, None)


@router.post(
    f"{ONE}/correct", operation_id="correct_meeting", auth=ACT, response={204: None},
    summary="Đính chính kết quả làm việc | Correct the record of a meeting",
)  # fmt: skip
def correct(
    request: Request, public_id: UUID, body: Form[shapes.HeadsMeetingCorrected],
    lead_file: UploadedFile | None = PAPER_OR_NONE, body_file: UploadedFile | None = PAPER_OR_NONE, if_match: str = VERSION,
    key: str = REPEAT,
) -> Status[None]:  # fmt: skip
    """Correct what was recorded, with a reason; what stood before is kept and the minutes are signed anew."""
    known, meeting = seen(request, if_match, key), _meeting(request, body, lead_file, body_file)

    def call() -> dict[str, Any]:
        consultations.correct_meeting(
            actor=request.actor, at=request.at, duty=public_id, meeting=meeting, note=body.note, request=known
        )
        return {}

    once(request, key, call, _facts(body, meeting))
    return Status(204, None)


@router.post(
    f"{ONE}/minutes/sign", operation_id="sign_meeting", auth=ACT, response={204: None},
    summary="Gắn biên bản làm việc đã ký | Attach the signed minutes of a meeting",
)  # fmt: skip
def sign(
    request: Request, public_id: UUID, body: Form[SignedGiven], file: UploadedFile = PAPER, if_match: str = VERSION,
    key: str = REPEAT,
) -> Status[None]:  # fmt: skip
    """Attach the minutes that both heads signed: only then the dissent holds the matter up no longer."""
    known, sent, typed = seen(request, if_match, key), read_file(request, file), Signed(**body.dict())

    def call() -> dict[str, Any]:
        consultations.sign_meeting(
            actor=request.actor, at=request.at, duty=public_id, file=sent, typed=typed, request=known
        )
        return {}

    once(request, key, call, body.dict() | {"file": sent})
    return Status(204, None)


@router.get(
    f"{ONE}/minutes", operation_id="download_meeting_minutes", auth=READ, openapi_extra=bytes_out(),
    summary="Tải biên bản làm việc | The minutes of a meeting",
)  # fmt: skip
def minutes(request: Request, public_id: UUID, form: Literal["docx", "pdf"] = "docx") -> HttpResponse:
    """Download the minutes with both texts side by side, the number left blank."""
    return paper_out(consultations.write_minutes(actor=request.actor, at=request.at, duty=public_id, form=form))
