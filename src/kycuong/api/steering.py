"""Chasing: whom to urge, letters drafted, printed, signed; accountability of heads from the signal to the decision."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Form, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from kycuong.api.acts import PAPER, REPEAT, read_file
from kycuong.api.doors import Request, may, once, seen
from kycuong.api.files import bytes_out, paper_out
from kycuong.api.shapes import steering as shapes
from kycuong.api.shapes.plain import Key, Line, Made
from kycuong.core.chasing import Signing, Step
from kycuong.core.tokens import Right
from kycuong.queries import accountability as case_queries
from kycuong.queries import chasing as queries
from kycuong.services import accountability, chasing
from kycuong.services.tasks.papers import Signed

router = Router(tags=["chasing"])
cases = Router(tags=["accountability"])
READ, ACT = may(Right.STEER_READ), may(Right.STEER_ACT)
LETTER, CASE = "/chasing/letters/{public_id}", "/accountability/cases/{public_id}"
PageNo = Annotated[int, Field(ge=1, le=10_000)]
Ending = Literal["docx", "pdf"]
LetterState = Literal["", "draft", "taken", "cancelled"]


@router.get(
    "/chasing",
    operation_id="list_to_chase",
    auth=READ,
    response=shapes.WhomShown,
    summary="Cần đôn đốc ai | Whom to urge",
)
def whom(
    request: Request, unit: UUID | None = None, document: UUID | None = None, near: bool = False, text: Line = "",
    page: PageNo = 1,
) -> queries.WhomPage:  # fmt: skip
    """List the units with duties to urge, most late first, each with the step that comes next; `near` adds what is due soon."""
    return queries.whom(request.actor, request.at, unit=unit, document=document, near=near, text=text, page=page)


def _marked(request: Request, body: shapes.DutiesChosen) -> list[UUID]:
    return queries.marked(request.actor, request.at, body.duties, body.units)


@router.post(
    "/chasing/preview",
    operation_id="preview_letters",
    auth=READ,
    response=shapes.LettersToBe,
    summary="Xem trước các văn bản đôn đốc | Preview the letters",
)
def preview(request: Request, body: shapes.DutiesChosen) -> dict[str, Any]:
    """Show the letters that would be drafted about some duties; nothing is written."""
    groups, gone, in_draft = queries.grouped(request.actor, request.at, _marked(request, body))
    return {"letters": groups, "gone": gone, "in_draft": in_draft}


@router.post(
    "/chasing/letters",
    operation_id="draft_letters",
    auth=ACT,
    response={201: shapes.DraftedShown},
    summary="Soạn văn bản đôn đốc | Draft letters",
)
def draft(request: Request, body: shapes.Drafting, key: str = REPEAT) -> Status[chasing.Drafted]:
    """Draft one letter a unit and step; duties that are to be reminded only are reminded at once."""
    choices = {
        (one.unit, Step(one.proposed)): chasing.Choice(
            Step(one.step), one.reason, Signing(one.signing) if one.signing else None
        )
        for one in body.choices
    }
    made = chasing.draft(
        actor=request.actor, at=request.at, duties=_marked(request, body), choices=choices, reply_on=body.reply_on,
        request_id=seen(request, "*", key).request_id,
    )  # fmt: skip
    return Status(201, made)


@router.get(
    "/chasing/letters",
    operation_id="list_letters",
    auth=READ,
    response=shapes.LettersShown,
    summary="Các văn bản đôn đốc | Letters",
)
def letters(
    request: Request, state: LetterState = "", batch: UUID | None = None, after: Key | None = None
) -> dict[str, Any]:
    """List the letters, the newest first."""
    page = queries.letters(request.actor, state=state, batch=batch, after=after)
    return {"items": page.rows, "next": page.next_key, "counts": page.counts}


@router.get(
    LETTER,
    operation_id="read_letter",
    auth=READ,
    response=shapes.LetterShown,
    summary="Một văn bản đôn đốc | One letter",
)
def letter(request: Request, public_id: UUID) -> queries.LetterPage:
    """Read a letter with its duties as they stand now."""
    return queries.letter(request.actor, public_id, request.at)


@router.get(
    f"{LETTER}/paper",
    operation_id="download_letter",
    auth=READ,
    openapi_extra=bytes_out(),
    summary="Tải dự thảo văn bản đôn đốc | The letter as DOCX or PDF",
)
def paper(request: Request, public_id: UUID, form: Ending = "docx") -> HttpResponse:
    """Download a letter, its number left blank."""
    return paper_out(chasing.write(actor=request.actor, at=request.at, letter=public_id, form=form))


@router.post(
    f"{LETTER}/sign",
    operation_id="record_letter",
    auth=ACT,
    response=shapes.RecordedShown,
    summary="Gắn văn bản đã ký | Attach the signed paper",
)
def record(
    request: Request, public_id: UUID, body: Form[shapes.SignedGiven], file: UploadedFile = PAPER, key: str = REPEAT
) -> dict[str, Any]:
    """Take the signed paper back: from now on the step counts, and the units are told."""
    sent, typed = read_file(request, file), Signed(**body.dict())

    def call() -> dict[str, Any]:
        counted, left = chasing.record(actor=request.actor, at=request.at, letter=public_id, file=sent, typed=typed)
        return {"counted": counted, "left": left}

    return once(request, key, call, body.dict() | {"file": sent})


@router.post(
    f"{LETTER}/cancel",
    operation_id="cancel_letter",
    auth=ACT,
    response={204: None},
    summary="Hủy dự thảo đôn đốc | Cancel a draft",
)
def cancel(request: Request, public_id: UUID) -> Status[None]:
    """Cancel a draft; its duties may be chased anew."""
    chasing.cancel(actor=request.actor, at=request.at, letter=public_id)
    return Status(204, None)


@router.post(
    f"{LETTER}/renew",
    operation_id="renew_letter",
    auth=ACT,
    response={201: Made},
    summary="Soạn lại văn bản đôn đốc | Draft a letter anew",
)
def renew(request: Request, public_id: UUID, body: shapes.Renewing, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Draft a letter anew in place of a draft, about those of its duties that are still to be done."""

    def call() -> dict[str, Any]:
        made = chasing.renew(
            actor=request.actor, at=request.at, letter=public_id, step=Step(body.step) if body.step else None,
            reason=body.reason, signing=Signing(body.signing) if body.signing else None, reply_on=body.reply_on,
        )  # fmt: skip
        return {"id": str(made)}

    return Status(201, once(request, key, call, body.dict()))


@cases.get(
    "/accountability",
    operation_id="list_heads",
    auth=READ,
    response=shapes.HeadsShown,
    summary="Người đứng đầu cần xem xét | Heads to look at",
)
def heads(request: Request) -> dict[str, Any]:
    """List the heads whose units were late as often as the threshold says, and the newest cases."""
    signals = case_queries.signals(request.actor, request.at)
    return {"rule": case_queries.rule(), "signals": signals, "cases": case_queries.cases(request.actor)}


@cases.post(
    "/accountability/threshold",
    operation_id="change_threshold",
    auth=ACT,
    response={204: None},
    summary="Thay đổi ngưỡng rà soát | Change the threshold",
)
def change(request: Request, body: shapes.ThresholdGiven) -> Status[None]:
    """Decide when late time after time calls for a look, by a document."""
    accountability.change_rule(actor=request.actor, at=request.at, **body.dict())
    return Status(204, None)


@cases.get(
    "/accountability/units/{unit}",
    operation_id="read_head_signal",
    auth=READ,
    response=shapes.SignalRows,
    summary="Các việc chậm của một đơn vị | The rows behind a signal",
)
def signal(request: Request, unit: UUID) -> dict[str, Any]:
    """Read the late tasks behind one signal, before a case is opened."""
    one, rows = case_queries.signal_of(request.actor, unit, request.at)
    return {"signal": one, "rows": rows}


@cases.post(
    "/accountability/units/{unit}/case",
    operation_id="open_case",
    auth=ACT,
    response={201: Made},
    summary="Yêu cầu thủ trưởng giải trình | Open a case",
)
def open_case(request: Request, unit: UUID, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Open a case about the head of a unit and ask for an explanation on a clock of its own."""

    def call() -> dict[str, Any]:
        return {"id": str(accountability.open_case(actor=request.actor, at=request.at, unit=unit))}

    return Status(201, once(request, key, call))


@cases.get(
    CASE,
    operation_id="read_case",
    auth=READ,
    response=shapes.CaseShown,
    summary="Một hồ sơ xem xét trách nhiệm | One case",
)
def case(request: Request, public_id: UUID) -> case_queries.CasePage:
    """Read a case: for the Office and Home Affairs, and for the head it is about."""
    return case_queries.case(request.actor, public_id, request.at)


@cases.post(
    f"{CASE}/causes",
    operation_id="mark_cause",
    auth=ACT,
    response={204: None},
    summary="Ghi nguyên nhân | Note a cause",
)
def mark_cause(request: Request, public_id: UUID, body: shapes.CauseGiven) -> Status[None]:
    """Note what was found about the cause of one late task; agreements given before fall."""
    accountability.mark_cause(actor=request.actor, at=request.at, case=public_id, **body.dict())
    return Status(204, None)


@cases.post(
    f"{CASE}/agree", operation_id="agree_case", auth=ACT, response={204: None}, summary="Đồng ý trình | Agree to submit"
)
def agree(request: Request, public_id: UUID) -> Status[None]:
    """Agree to the joint submission for the Office or for Home Affairs."""
    accountability.agree(actor=request.actor, at=request.at, case=public_id)
    return Status(204, None)


@cases.post(
    f"{CASE}/decide",
    operation_id="decide_case",
    auth=ACT,
    response={201: Made},
    summary="Ghi kết luận | Record a decision",
)
def decide(
    request: Request, public_id: UUID, body: Form[shapes.DecidedGiven], file: UploadedFile = PAPER, key: str = REPEAT
) -> Status[dict[str, Any]]:
    """Record what the Chairman decided on the joint submission; it becomes a duty of the head, which is returned."""
    sent, typed = read_file(request, file), Signed(body.number, body.symbol, body.signed_on)

    def call() -> dict[str, Any]:
        made = accountability.decide(
            actor=request.actor, at=request.at, case=public_id, conclusion=body.conclusion, file=sent, typed=typed
        )
        return {"id": str(made)}

    return Status(201, once(request, key, call, body.dict() | {"file": sent}))


@cases.post(
    f"{CASE}/end",
    operation_id="end_case",
    auth=ACT,
    response={204: None},
    summary="Kết thúc, không xem xét | End a case",
)
def end(request: Request, public_id: UUID, body: shapes.ReasonGiven) -> Status[None]:
    """End a case without holding anybody to account, with reason."""
    accountability.end_case(actor=request.actor, at=request.at, case=public_id, reason=body.reason)
    return Status(204, None)


@cases.get(
    f"{CASE}/paper",
    operation_id="download_case",
    auth=READ,
    openapi_extra=bytes_out(),
    summary="Tải tờ trình liên ngành | The joint submission",
)
def submission(request: Request, public_id: UUID, form: Ending = "docx") -> HttpResponse:
    """Download the joint submission of the Office and Home Affairs."""
    return paper_out(accountability.write(actor=request.actor, at=request.at, case=public_id, form=form))
