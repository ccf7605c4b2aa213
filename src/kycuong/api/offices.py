"""Tables taken in, accounts, mails that went out: the work of administrators."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Form, Router, Status
from ninja.files import UploadedFile

from kycuong.api.acts import PAPER, REPEAT, read_file
from kycuong.api.doors import Request, may, once
from kycuong.api.files import XLSX, book_out, bytes_out
from kycuong.api.shapes import offices as shapes
from kycuong.api.shapes.plain import Done, Key, Line, Made, Officer, Place
from kycuong.core.tokens import Right
from kycuong.queries import accounts as account_queries
from kycuong.queries import imports as queries
from kycuong.queries import mails
from kycuong.services import accounts, outreach, workbooks
from kycuong.services import imports as services

router = Router(tags=["imports"])
people = Router(tags=["accounts"])
IMPORT, ACCOUNT = may(Right.IMPORT), may(Right.ACCOUNT)
RUN, ONE = "/imports/{public_id}", "/accounts/{officer}"


@router.get(
    "/imports",
    operation_id="list_imports",
    auth=IMPORT,
    response=list[shapes.ImportLine],
    summary="Các lần nhập dữ liệu | Tables taken in",
)
def runs(request: Request) -> list[queries.RunLine]:
    """List the newest tables that were looked at or taken in."""
    return queries.runs(request.actor)


@router.post(
    "/imports",
    operation_id="check_import",
    auth=IMPORT,
    response={201: Made},
    summary="Tải bảng lên, xem trước | Look at a table",
)
def check(
    request: Request, body: Form[shapes.ImportGiven], file: UploadedFile = PAPER, key: str = REPEAT
) -> Status[dict[str, Any]]:
    """Keep a table (XLSX, CSV) and reckon what it would do; nothing changes until it is applied."""
    name, data = read_file(request, file)
    sent = services.Check(name, data, body.kind, body.encoding, body.source)

    def call() -> dict[str, Any]:
        return {"id": str(services.check(actor=request.actor, at=request.at, file=sent))}

    return Status(201, once(request, key, call, body.dict() | {"name": name, "data": data}))


@router.get(
    "/imports/template.xlsx",
    operation_id="download_import_template",
    auth=IMPORT,
    openapi_extra=bytes_out(XLSX),
    summary="Mẫu bảng để nhập | The workbook to be filled in",
)
def template(request: Request, kind: Literal["organisation", "tasks"] = "organisation") -> HttpResponse:
    """Download the workbook to be filled in."""
    return book_out(workbooks.template(actor=request.actor, at=request.at, kind=kind))


@router.get(
    RUN,
    operation_id="read_import",
    auth=IMPORT,
    response=shapes.ImportShown,
    summary="Một lần nhập dữ liệu | One table",
)
def run(request: Request, public_id: UUID, state: Line = "", place: Place = 0) -> queries.RunPage:
    """Read what a table would do row by row, or what it has done; `state` shows the rows of one state, `place` pages."""
    return queries.run(request.actor, public_id, request.at, state=state, place=place)


@router.post(
    f"{RUN}/choose",
    operation_id="choose_import_units",
    auth=IMPORT,
    response={204: None},
    summary="Chọn đơn vị cho tên chưa rõ | Choose units for doubtful names",
)
def choose(request: Request, public_id: UUID, body: shapes.UnitsNamed) -> Status[None]:
    """Say which units the doubtful names of a table of tasks stand for."""
    services.choose(actor=request.actor, at=request.at, run=public_id, chosen=body.chosen)
    return Status(204, None)


@router.post(
    f"{RUN}/apply",
    operation_id="apply_import",
    auth=IMPORT,
    response=dict[str, int],
    summary="Áp dụng bảng đã xem | Apply a table",
)
def apply(request: Request, public_id: UUID, body: shapes.Applying) -> dict[str, int]:
    """Apply a table as one act; what would be written must be what was shown. Return how many rows of each kind there were."""
    return services.apply(actor=request.actor, at=request.at, run=public_id, **body.dict())


@router.post(
    f"{RUN}/undo",
    operation_id="undo_import",
    auth=IMPORT,
    response={204: None},
    summary="Hoàn tác tiếp nhận nhiệm vụ | Take imported tasks back",
)
def undo(request: Request, public_id: UUID) -> Status[None]:
    """Take back the tasks of a table while nobody has acted on them."""
    services.undo(actor=request.actor, at=request.at, run=public_id)
    return Status(204, None)


@people.get(
    "/accounts",
    operation_id="list_accounts",
    auth=ACCOUNT,
    response=shapes.AccountsShown,
    summary="Các tài khoản | Accounts",
)
def listed(request: Request, text: Line = "", state: Line = "", after: Line = "") -> dict[str, Any]:
    """List the accounts: posts of the day, whether the person can sign in."""
    page = account_queries.accounts(request.actor, request.at, text=text, state=state, after=after)
    return {"items": page.rows, "next": page.next_key, "counts": page.counts}


@people.get(
    ONE, operation_id="read_account", auth=ACCOUNT, response=shapes.OneAccount, summary="Một tài khoản | One account"
)
def account(request: Request, officer: Officer) -> dict[str, Any]:
    """Read an account, and how many sessions it has open."""
    found, sessions = account_queries.account(request.actor, request.at, officer)
    return {"account": found, "sessions": sessions}


def _login(request: Request, officer: int) -> str:
    return account_queries.account(request.actor, request.at, officer)[0].login


@people.post(
    f"{ONE}/stop",
    operation_id="stop_account",
    auth=ACCOUNT,
    response={204: None},
    summary="Ngừng tài khoản | Stop an account",
)
def stop(request: Request, officer: Officer, body: shapes.Stopping) -> Status[None]:
    """Let a person no longer sign in, from this moment; posts and duties stay as they are."""
    accounts.deactivate(actor=request.actor, at=request.at, login=_login(request, officer), reason=body.reason)
    return Status(204, None)


@people.post(
    f"{ONE}/resume",
    operation_id="resume_account",
    auth=ACCOUNT,
    response={204: None},
    summary="Cho dùng lại tài khoản | Resume an account",
)
def resume(request: Request, officer: Officer) -> Status[None]:
    """Let a person sign in again, with the password as it was."""
    accounts.activate(actor=request.actor, at=request.at, login=_login(request, officer))
    return Status(204, None)


@people.post(
    f"{ONE}/end-sessions",
    operation_id="end_sessions",
    auth=ACCOUNT,
    response=Done,
    summary="Kết thúc các phiên đăng nhập | End sessions",
)
def end_sessions(request: Request, officer: Officer) -> dict[str, int]:
    """End every session of a person and return how many there were."""
    return {"count": accounts.end_sessions(actor=request.actor, at=request.at, login=_login(request, officer))}


@people.get(
    "/mails", operation_id="list_mails", auth=ACCOUNT, response=shapes.MailsShown, summary="Hộp thư đi | Mails out"
)
def outbox(request: Request, state: Line = "", after: Key | None = None) -> dict[str, Any]:
    """List the mails: to whom, where each stands, what was last answered."""
    page = mails.mails(request.actor, state=state, after=after)
    return {"items": page.rows, "next": page.next_key, "counts": page.counts}


@people.post(
    "/mails/retry", operation_id="retry_mails", auth=ACCOUNT, response=Done, summary="Gửi lại thư lỗi | Send again"
)
def retry(request: Request, body: shapes.Retrying) -> dict[str, int]:
    """Put one failed mail, or all, back in the queue; return how many."""
    return {"count": outreach.retry(actor=request.actor, at=request.at, mail=body.mail)}
