"""Voting slips of Committee members: put a matter, vote by oneself, count, the tally."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Form, Router, Status
from ninja.files import UploadedFile

from kycuong.api.acts import PAPER, REPEAT, VERSION, read_file
from kycuong.api.doors import Request, may, once, seen
from kycuong.api.files import bytes_out, paper_out
from kycuong.api.shapes import voting as shapes
from kycuong.api.shapes.consultations import NotedGiven
from kycuong.api.shapes.plain import Made
from kycuong.api.shapes.steering import SignedGiven
from kycuong.core.tokens import Right
from kycuong.core.voting import Choice
from kycuong.queries import voting as queries
from kycuong.services import voting as services
from kycuong.services.tasks.papers import Signed

router = Router(tags=["consultations"])
READ, ACT = may(Right.DUTY_READ), may(Right.DUTY_ACT)
ONE, SLIP = "/votings/{public_id}", "/slips/{public_id}"


@router.get(
    "/votings", operation_id="list_votings", auth=READ, response=shapes.VotingListShown,
    summary="Các lần lấy phiếu | Rounds of voting slips",
)  # fmt: skip
def listed(request: Request, page: int = 1) -> queries.VotingList:
    """List one's own open slips, and the rounds that one conducts, the newest first."""
    return queries.votings(request.actor, page=min(max(page, 1), 100_000))


@router.get(
    "/voting-members", operation_id="list_voting_members", auth=READ, response=list[shapes.VotingMemberShown],
    summary="Thành viên có thể lấy phiếu | Whom a round may be put to",
)  # fmt: skip
def members(request: Request) -> list[queries.Member]:
    """List the members of the Committee that one's unit belongs to, by the codes of their posts."""
    return queries.candidates(request.actor, request.at)


@router.post(
    "/votings", operation_id="open_voting", auth=ACT, response={201: Made}, summary="Lấy phiếu | Put a matter to the members"
)  # fmt: skip
def put(request: Request, body: shapes.VotingGiven, key: str = REPEAT) -> Status[dict[str, UUID]]:
    """Send one slip to each member; a slip not sent is no agreement unless the rule in force says so."""
    matter = services.Matter(body.title, body.words, tuple(dict.fromkeys(body.members)), body.rule, body.days)
    known = seen(request, "*", key).request_id
    made = services.open_voting(actor=request.actor, at=request.at, matter=matter, request_id=known)
    return Status(201, {"id": made})


@router.get(
    ONE, operation_id="read_voting", auth=READ, response=shapes.VotingShown, summary="Một lần lấy phiếu | One round of slips"
)  # fmt: skip
def voting(request: Request, public_id: UUID) -> queries.VotingPage:
    """Read a round with every slip and the count."""
    return queries.voting(request.actor, public_id, request.at)


@router.post(
    f"{ONE}/close", operation_id="close_voting", auth=ACT, response={204: None}, summary="Kiểm phiếu | Close and count"
)  # fmt: skip
def close(request: Request, public_id: UUID) -> Status[None]:
    """Close a round before its cut-off, once every member has voted, and count."""
    services.close_voting(actor=request.actor, at=request.at, voting=public_id)
    return Status(204, None)


@router.post(
    f"{ONE}/cancel", operation_id="cancel_voting", auth=ACT, response={204: None}, summary="Thôi lấy phiếu | Call a round off"
)  # fmt: skip
def cancel(request: Request, public_id: UUID, body: NotedGiven) -> Status[None]:
    """End a round without a count, with a reason."""
    services.cancel_voting(actor=request.actor, at=request.at, voting=public_id, note=body.note)
    return Status(204, None)


@router.get(
    f"{ONE}/tally", operation_id="download_tally", auth=READ, openapi_extra=bytes_out(),
    summary="Tải biên bản kiểm phiếu | The tally of a round",
)  # fmt: skip
def tally(request: Request, public_id: UUID, form: Literal["docx", "pdf"] = "docx") -> HttpResponse:
    """Download the tally with the count and every slip, the number left blank."""
    return paper_out(services.write_tally(actor=request.actor, at=request.at, voting=public_id, form=form))


@router.get(
    f"{ONE}/slips/paper", operation_id="download_slips", auth=READ, openapi_extra=bytes_out(),
    summary="In các phiếu của một đợt | Every slip of a round on paper",
)  # fmt: skip
def ballots(request: Request, public_id: UUID, form: Literal["docx", "pdf"] = "docx") -> HttpResponse:
    """Download every slip of a round, a page each: blank, or as it was sent."""
    return paper_out(services.write_slips(actor=request.actor, at=request.at, voting=public_id, form=form))


@router.post(
    f"{ONE}/tally/sign", operation_id="sign_tally", auth=ACT, response={204: None},
    summary="Gắn biên bản kiểm phiếu đã ký | Attach the signed tally",
)  # fmt: skip
def sign(
    request: Request, public_id: UUID, body: Form[SignedGiven], file: UploadedFile = PAPER, key: str = REPEAT
) -> Status[None]:
    """Attach the signed tally with its number and day."""
    sent, typed = read_file(request, file), Signed(**body.dict())

    def call() -> dict[str, Any]:
        services.sign_tally(actor=request.actor, at=request.at, voting=public_id, file=sent, typed=typed)
        return {}

    once(request, key, call, body.dict() | {"file": sent})
    return Status(204, None)


@router.get(SLIP, operation_id="read_slip", auth=READ, response=shapes.SlipShown, summary="Một phiếu | One slip")
def slip(request: Request, response: HttpResponse, public_id: UUID) -> queries.SlipPage:
    """Read one's own slip with its votes."""
    page = queries.slip_page(request.actor, public_id, request.at)
    response.headers["ETag"] = f'"{page.act_seq}"'
    return page


@router.post(f"{SLIP}/vote", operation_id="cast_vote", auth=ACT, response={204: None}, summary="Gửi phiếu | Vote")
def vote(
    request: Request, public_id: UUID, body: shapes.VoteGiven, if_match: str = VERSION, key: str = REPEAT
) -> Status[None]:
    """Send one's own slip, or change it while the round is open; what was said before is kept."""
    services.vote(
        actor=request.actor, at=request.at, duty=public_id, choice=Choice(body.choice), words=body.words,
        request=seen(request, if_match, key),
    )  # fmt: skip
    return Status(204, None)


@router.get(
    f"{SLIP}/paper", operation_id="download_slip", auth=READ, openapi_extra=bytes_out(), summary="In một phiếu | One slip on paper"
)  # fmt: skip
def ballot(request: Request, public_id: UUID, form: Literal["docx", "pdf"] = "docx") -> HttpResponse:
    """Download one slip, blank to be filled in by hand or as it was sent."""
    return paper_out(services.write_slip(actor=request.actor, at=request.at, duty=public_id, form=form))
