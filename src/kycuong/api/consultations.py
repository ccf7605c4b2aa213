"""Consultations: asked, received, answered point by point, and what silence comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Form, Router, Status
from ninja.files import UploadedFile
from pydantic import TypeAdapter, ValidationError

from kycuong.api.acts import PAPER, REPEAT, VERSION, read_file
from kycuong.api.doors import Request, may, once, seen
from kycuong.api.files import bytes_out, paper_out
from kycuong.api.shapes import consultations as shapes
from kycuong.api.shapes.duties import Assigning
from kycuong.api.shapes.plain import Made
from kycuong.api.shapes.steering import SignedGiven
from kycuong.core.consultations import Position, Said
from kycuong.core.errors import Invalid
from kycuong.core.opinions import LIFECYCLE
from kycuong.core.tokens import Right
from kycuong.queries import consultations as queries
from kycuong.services import consultations
from kycuong.services.tasks.papers import Signed

router = Router(tags=["consultations"])
READ, ACT = may(Right.DUTY_READ), may(Right.DUTY_ACT)
ONE = "/consultations/{public_id}"
OPINION = "/opinions/{public_id}"
_POSITIONS = TypeAdapter(list[shapes.PositionGiven])


def _points(given: Iterable[shapes.PointGiven]) -> tuple[tuple[str, bool], ...]:
    return tuple((one.words, one.is_main) for one in given)


def _said(given: Iterable[shapes.PositionGiven]) -> dict[int, Said]:
    return {one.point: Said(Position(one.position), one.words) for one in given}


def _read_positions(text: str) -> dict[int, Said]:
    """Return positions sent as JSON beside a file. Raises: Invalid."""
    try:
        return _said(_POSITIONS.validate_json(text))
    except ValidationError as wrong:
        raise Invalid("opinion_points_missing", points="1") from wrong


@router.get(
    "/consultations", operation_id="list_consultations", auth=READ, response=shapes.ConsultationList,
    summary="Các việc lấy ý kiến | Consultations",
)  # fmt: skip
def listed(request: Request, page: int = 1) -> queries.ListPage:
    """List what waits for one's own unit, and the consultations that one conducts, the newest first."""
    return queries.consultations(request.actor, request.at, page=min(max(page, 1), 100_000))


@router.post(
    "/consultations",
    operation_id="ask_opinions",
    auth=ACT,
    response={201: Made},
    summary="Lấy ý kiến | Ask for opinions",
)
def ask(request: Request, body: shapes.QuestionGiven, key: str = REPEAT) -> Status[dict[str, UUID]]:
    """Ask bodies on a frozen proposal; no clock runs before a body has received the paper."""
    concerns = consultations.Concerns(
        tuple(body.matters), body.place, {one.unit: one.reason for one in body.reasons}, body.confirmed
    )
    question = consultations.Question(
        body.title,
        _points(body.points),
        tuple(dict.fromkeys(body.units)),
        body.rule,
        body.days,
        body.about,
        concerns=concerns,
    )
    known = seen(request, "*", key).request_id
    made = consultations.ask(actor=request.actor, at=request.at, question=question, request_id=known)
    return Status(201, {"id": made})


@router.get(
    ONE, operation_id="read_consultation", auth=READ, response=shapes.ConsultationShown,
    summary="Một việc lấy ý kiến | One consultation",
)  # fmt: skip
def consultation(request: Request, public_id: UUID) -> queries.ConsultationPage:
    """Read a consultation: the proposal, every opinion, what is still owed."""
    return queries.consultation(request.actor, public_id, request.at)


@router.post(
    f"{ONE}/change", operation_id="change_proposal", auth=ACT, response={204: None},
    summary="Thay đổi phương án và hỏi lại | Change the proposal and ask anew",
)  # fmt: skip
def change(request: Request, public_id: UUID, body: shapes.ProposalChanged, key: str = REPEAT) -> Status[None]:
    """Freeze a new version and ask anew; every silence so far is void."""
    known = seen(request, "*", key).request_id
    consultations.change_proposal(
        actor=request.actor, at=request.at, consultation=public_id, points=_points(body.points), reason=body.reason,
        request_id=known,
    )  # fmt: skip
    return Status(204, None)


@router.post(
    f"{ONE}/end", operation_id="end_consultation", auth=ACT, response={204: None},
    summary="Kết thúc lấy ý kiến | End a consultation",
)  # fmt: skip
def end(request: Request, public_id: UUID) -> Status[None]:
    """End a consultation; refused while an opinion, a signed notice or a meeting is owed."""
    consultations.end(actor=request.actor, at=request.at, consultation=public_id)
    return Status(204, None)


@router.get(
    OPINION, operation_id="read_opinion", auth=READ, response=shapes.OpinionShown,
    summary="Một ý kiến được hỏi | One opinion asked for",
)  # fmt: skip
def opinion(request: Request, response: HttpResponse, public_id: UUID) -> dict[str, Any]:
    """Read one body's question; reading it here delivers nothing: that is take_opinion_delivery."""
    page = queries.opinion_page(request.actor, public_id, request.at)
    response.headers["ETag"] = f'"{page.act_seq}"'
    return {name: getattr(page, name) for name in shapes.OpinionShown.model_fields} | {"acts": sorted(page.acts)}


def _sign(
    request: Request, duty: UUID, body: shapes.OpinionGiven, file: UploadedFile, known: Any, key: str, act: Any
) -> None:
    said, sent = _read_positions(body.positions), read_file(request, file)
    typed = Signed(body.number, body.symbol, body.signed_on, body.signer)

    def call() -> dict[str, Any]:
        act(actor=request.actor, at=request.at, duty=duty, said=said, file=sent, typed=typed, request=known)
        return {}

    once(request, key, call, body.dict() | {"file": sent})


@router.post(
    f"{OPINION}/give",
    operation_id="give_opinion",
    auth=ACT,
    response={204: None},
    summary="Gửi ý kiến | Give an opinion",
)
def give(
    request: Request, public_id: UUID, body: Form[shapes.OpinionGiven], file: UploadedFile = PAPER,
    if_match: str = VERSION, key: str = REPEAT,
) -> Status[None]:  # fmt: skip
    """Send the signed opinion with a position on each point; what comes at the cut-off or later is filed as late."""
    _sign(request, public_id, body, file, seen(request, if_match, key), key, consultations.give_opinion)
    return Status(204, None)


@router.post(
    f"{OPINION}/file-late", operation_id="file_late_opinion", auth=ACT, response={204: None},
    summary="Gửi ý kiến muộn | File a late opinion",
)  # fmt: skip
def late(
    request: Request, public_id: UUID, body: Form[shapes.OpinionGiven], file: UploadedFile = PAPER,
    if_match: str = VERSION, key: str = REPEAT,
) -> Status[None]:  # fmt: skip
    """File an opinion that came after the cut-off; what the silence came to stands."""
    _sign(request, public_id, body, file, seen(request, if_match, key), key, consultations.file_late)
    return Status(204, None)


@router.post(
    f"{OPINION}/ask-time", operation_id="ask_opinion_time", auth=ACT, response={204: None},
    summary="Xin thêm thời gian | Ask for time",
)  # fmt: skip
def ask_time(
    request: Request, public_id: UUID, body: shapes.TimeAsked, if_match: str = VERSION, key: str = REPEAT
) -> Status[None]:
    """Ask once for a later cut-off; undecided at the old one, the later one holds."""
    known = seen(request, if_match, key)
    consultations.ask_time(
        actor=request.actor, at=request.at, duty=public_id, until=body.until, note=body.note, request=known
    )
    return Status(204, None)


@router.post(
    f"{OPINION}/assign", operation_id="assign_opinion", auth=ACT, response={204: None},
    summary="Giao chuẩn bị ý kiến | Give an opinion to somebody to prepare",
)  # fmt: skip
def assign(
    request: Request, public_id: UUID, body: Assigning, if_match: str = VERSION, key: str = REPEAT
) -> Status[None]:
    """Give an opinion to a division's head or an officer of the body (list_desks names the desks); the term runs on."""
    known = seen(request, if_match, key)
    consultations.assign_opinion(
        actor=request.actor, at=request.at, duty=public_id, desk=body.desk, note=body.note, request=known
    )
    return Status(204, None)


@router.post(
    f"{OPINION}/submit", operation_id="submit_opinion", auth=ACT, response={204: None},
    summary="Trình dự thảo ý kiến | Put the draft of an opinion before the head",
)  # fmt: skip
def submit(
    request: Request, public_id: UUID, body: shapes.OpinionSubmitted, if_match: str = VERSION, key: str = REPEAT
) -> Status[None]:
    """Put a draft with a position on each point one step up the line; only the body's head sends it."""
    known, said = seen(request, if_match, key), _said(body.positions)
    consultations.submit_opinion(
        actor=request.actor, at=request.at, duty=public_id, said=said, note=body.note, request=known
    )
    return Status(204, None)


@router.post(
    f"{OPINION}/notice/sign", operation_id="record_silence_notice", auth=ACT, response={204: None},
    summary="Gắn thông báo đã ký | Attach the signed notice",
)  # fmt: skip
def record(
    request: Request, public_id: UUID, body: Form[SignedGiven], file: UploadedFile = PAPER, key: str = REPEAT
) -> Status[None]:
    """Attach the signed notice to a body that was silent: only then the lead may go on."""
    sent, typed = read_file(request, file), Signed(**body.dict())

    def call() -> dict[str, Any]:
        consultations.record_notice(actor=request.actor, at=request.at, duty=public_id, file=sent, typed=typed)
        return {}

    once(request, key, call, body.dict() | {"file": sent})
    return Status(204, None)


@router.get(
    f"{OPINION}/notice", operation_id="download_silence_notice", auth=READ, openapi_extra=bytes_out(),
    summary="Tải thông báo cơ quan không trả lời | The notice to a silent body",
)  # fmt: skip
def notice(request: Request, public_id: UUID, form: Literal["docx", "pdf"] = "docx") -> HttpResponse:
    """Download the notice to a body that was silent, its number left blank."""
    return paper_out(consultations.write_notice(actor=request.actor, at=request.at, duty=public_id, form=form))


@router.post(
    f"{OPINION}/draft", operation_id="draft_opinion", auth=READ, openapi_extra=bytes_out(),
    summary="Tải dự thảo ý kiến | The draft of an opinion",
)  # fmt: skip
def draft(
    request: Request, public_id: UUID, body: shapes.PositionsGiven, form: Literal["docx", "pdf"] = "docx"
) -> HttpResponse:
    """Download the draft of an opinion with the positions chosen so far."""
    said = _said(body.positions)
    return paper_out(
        consultations.write_opinion(actor=request.actor, at=request.at, duty=public_id, said=said, form=form)
    )


#: Acts that carry nothing but words: path, operation, service, English.
_NOTED: tuple[tuple[str, str, Callable[..., Any], str], ...] = (
    (
        "return_opinion_draft",
        "return_opinion_draft",
        consultations.return_opinion_draft,
        "Return a draft to be completed",
    ),
    ("prove_delivery", "prove_opinion_delivery", consultations.prove_delivery, "Record the proof of receipt"),
    ("refuse_time", "refuse_opinion_time", consultations.refuse_time, "Refuse the time asked for"),
    ("refuse_vague", "refuse_vague_opinion", consultations.refuse_vague, "Send a vague opinion back"),
    ("drop_opinion", "drop_opinion", consultations.drop_opinion, "Ask a body no longer"),
)
#: Acts that carry nothing.
_BARE: tuple[tuple[str, str, Callable[..., Any], str], ...] = (
    ("take_delivery", "take_opinion_delivery", consultations.take_delivery, "Confirm receipt"),
    ("give_time", "give_opinion_time", consultations.give_time, "Give the time asked for"),
    ("accept_opinion", "accept_opinion", consultations.accept_opinion, "Take note of an opinion"),
)


def _with_note(service: Callable[..., Any]) -> Callable[..., Any]:
    def act(
        request: Request, public_id: UUID, body: shapes.NotedGiven, if_match: str = VERSION, key: str = REPEAT
    ) -> Status[None]:
        known = seen(request, if_match, key)
        service(actor=request.actor, at=request.at, duty=public_id, note=body.note, request=known)
        return Status(204, None)

    return act


def _bare(service: Callable[..., Any]) -> Callable[..., Any]:
    def act(request: Request, public_id: UUID, if_match: str = VERSION, key: str = REPEAT) -> Status[None]:
        service(actor=request.actor, at=request.at, duty=public_id, request=seen(request, if_match, key))
        return Status(204, None)

    return act


def _offer(rows: Iterable[tuple[str, str, Callable[..., Any], str]], shape: Callable[[Any], Any]) -> None:
    for action, operation, service, english in rows:
        row = LIFECYCLE.row(action)
        view = shape(service)
        view.__doc__ = f"{row.label}. Basis: {row.basis}."
        router.post(
            f"{OPINION}/{action.replace('_', '-')}", operation_id=operation, auth=ACT, response={204: None},
            summary=f"{row.label} | {english}",
        )(view)  # fmt: skip


_offer(_NOTED, _with_note)
_offer(_BARE, _bare)
