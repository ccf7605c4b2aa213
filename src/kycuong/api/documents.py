"""Documents: the register, one with its points, its review from the paper to the issued assignment."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from ninja import Form, Router, Status
from ninja.files import UploadedFile

from kycuong.api import sight
from kycuong.api.acts import PAPER, REPEAT, read_file
from kycuong.api.doors import Request, may, once
from kycuong.api.shapes import documents as shapes
from kycuong.api.shapes import giving
from kycuong.api.shapes.plain import Key, Line, Made, Paged, Size, Year
from kycuong.core.calendars import local_date
from kycuong.core.tokens import Right
from kycuong.queries import competences
from kycuong.queries import documents as queries
from kycuong.services import directives as services

router = Router(tags=["documents"])
READ, WRITE = may(Right.DOC_READ), may(Right.DOC_WRITE)
DOCUMENT = "/documents/{public_id}"


@router.get(
    "/documents",
    operation_id="list_documents",
    auth=READ,
    response=Paged[shapes.DocumentLine],
    summary="Sổ văn bản | The register",
)
def register(
    request: Request, side: shapes.Side | None = None, text: Line = "", state: shapes.DocumentStates | None = None,
    year: Year | None = None, after: Key | None = None, limit: Size = 50,
) -> dict[str, Any]:  # fmt: skip
    """List the documents that the caller sees, newest first; words match with and without diacritics."""
    page = queries.register(
        request.actor, request.at, register=side, text=text, state=state, year=year, after=after, size=limit
    )
    return {"items": sight.registered(request, page.rows), "next": page.next_key}


@router.post(
    "/documents",
    operation_id="register_document",
    auth=WRITE,
    response={201: Made},
    summary="Đăng ký văn bản từ tệp | Register a paper",
)
def upload(
    request: Request, body: Form[shapes.Registering], file: UploadedFile = PAPER, key: str = REPEAT
) -> Status[dict[str, Any]]:
    """Register a paper: it is read at once, its orders are proposed for review. A state secret is refused and not kept."""
    sent = read_file(request, file)
    given: dict[str, Any] = {"data": sent[1], "name": sent[0], "register": body.side, "arrival_no": body.arrival_no}

    def call() -> dict[str, Any]:
        made = services.register_upload(actor=request.actor, at=request.at, arrived_on=body.arrived_on, **given)
        return {"id": str(made)}

    return Status(201, once(request, key, call, given | {"arrived_on": body.arrived_on}))


@router.post(
    "/documents/by-hand", operation_id="register_document_by_hand", auth=WRITE, response={201: Made},
    summary="Đăng ký văn bản, phần đầu nhập tay | Register a paper with its head typed",
)  # fmt: skip
def by_hand(
    request: Request, body: Form[shapes.ByHand], file: UploadedFile = PAPER, key: str = REPEAT
) -> Status[dict[str, Any]]:
    """Register a paper that cannot be read, with its head as typed and the declaration that it holds no state secret."""
    sent = read_file(request, file)
    given = body.dict() | {"data": sent[1], "name": sent[0]}
    given["register"] = given.pop("side")

    def call() -> dict[str, Any]:
        return {"id": str(services.register_by_hand(actor=request.actor, at=request.at, **given))}

    return Status(201, once(request, key, call, given))


@router.post(
    "/documents/line",
    operation_id="register_line",
    auth=WRITE,
    response={201: Made},
    summary="Đăng ký một câu chỉ đạo | Register one instruction",
)
def line(request: Request, body: shapes.LineGiven, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Register one typed instruction; its covering document may follow."""

    def call() -> dict[str, Any]:
        return {"id": str(services.register_line(actor=request.actor, at=request.at, text=body.text))}

    return Status(201, once(request, key, call, body.dict()))


@router.post(
    "/tasks", operation_id="give_task", auth=WRITE, response={201: giving.TaskMade}, tags=["acts"],
    summary="Giao việc trực tiếp | Give one task directly",
)  # fmt: skip
def give(request: Request, body: giving.TaskGiven, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Give one unit one task by word of mouth: binding at once, its document may follow; return the duty.

    Given elsewhere than the registry of competence names without saying why, the answer tells whom it names.
    """

    def call() -> dict[str, Any]:
        made = services.give(actor=request.actor, at=request.at, **body.dict())
        return {"id": str(made), "elsewhere": _elsewhere(request, body.why, duty=made)}

    return Status(201, once(request, key, call, body.dict()))


@router.get(
    DOCUMENT,
    operation_id="read_document",
    auth=READ,
    response=shapes.DocumentShown,
    summary="Một văn bản | One document",
)
def one(request: Request, public_id: UUID, point: UUID | None = None) -> queries.DocumentPage:
    """Read a document with its points and how each task stands; `point` lists the tasks of one order in full."""
    return sight.shown(request, queries.document(request.actor, public_id, request.at, point=point))


@router.get(
    f"{DOCUMENT}/coverage",
    operation_id="read_coverage",
    auth=READ,
    response=shapes.CoverageShown,
    summary="Độ bao phủ của văn bản | Coverage",
)
def coverage(
    request: Request, public_id: UUID, only_orphans: bool = False, after: Key | None = None
) -> dict[str, Any]:  # fmt: skip
    """Read what each sentence of a document is and who owns it."""
    page = queries.coverage(request.actor, public_id, request.at, only_orphans=only_orphans, after=after)
    counts = {name: getattr(page, name) for name in ("sentences", "orders", "demands", "owned", "owned_pct", "orphans")}
    return counts | {"items": sight.covered(request, page.lines), "next": page.next_key}


@router.get(
    f"{DOCUMENT}/review",
    operation_id="read_review",
    auth=WRITE,
    response=shapes.ReviewShown,
    summary="Màn hình rà soát | The review",
)
def review(request: Request, public_id: UUID) -> queries.ReviewPage:
    """Read what the reader found in a document: its head, its orders with their spans, what is doubtful."""
    return sight.reviewed(request, queries.review(request.actor, public_id, request.at))


@router.post(
    f"{DOCUMENT}/triage",
    operation_id="triage_document",
    auth=WRITE,
    response={204: None},
    summary="Phân loại văn bản | Triage",
)
def triage(request: Request, public_id: UUID, body: shapes.Triage) -> Status[None]:
    """Say whether the document assigns work or is for information."""
    services.triage(actor=request.actor, at=request.at, document=public_id, has_orders=body.has_orders)
    return Status(204, None)


@router.post(
    f"{DOCUMENT}/roles",
    operation_id="set_roles",
    auth=WRITE,
    response={204: None},
    summary="Chọn người giao, người theo dõi | Giver and follower",
)
def roles(request: Request, public_id: UUID, body: shapes.Roles) -> Status[None]:
    """Say who gives the order and who follows it."""
    services.set_roles(actor=request.actor, at=request.at, document=public_id, **body.dict())
    return Status(204, None)


@router.post(
    f"{DOCUMENT}/header",
    operation_id="correct_header",
    auth=WRITE,
    response={204: None},
    summary="Sửa phần đầu văn bản | Correct the head",
)
def header(request: Request, public_id: UUID, body: shapes.HeaderGiven) -> Status[None]:
    """Correct what was read of the document's head."""
    given = body.dict(exclude_none=True)
    services.correct_header(actor=request.actor, at=request.at, document=public_id, **given)
    return Status(204, None)


@router.post(
    f"{DOCUMENT}/links",
    operation_id="link_documents",
    auth=WRITE,
    response={204: None},
    summary="Liên kết với văn bản khác | Link to another",
)
def link(request: Request, public_id: UUID, body: shapes.Linking) -> Status[None]:
    """Link a document to another one of the register; a link that is there already stays one."""
    services.link(actor=request.actor, at=request.at, document=public_id, **body.dict())
    return Status(204, None)


@router.post(
    f"{DOCUMENT}/undo",
    operation_id="undo_review",
    auth=WRITE,
    response={204: None},
    summary="Hoàn tác lần sửa cuối | Undo",
)
def undo(request: Request, public_id: UUID) -> Status[None]:
    """Take back the last change of the review."""
    services.undo(actor=request.actor, at=request.at, document=public_id)
    return Status(204, None)


@router.post(
    f"{DOCUMENT}/issue",
    operation_id="issue_document",
    auth=WRITE,
    response=giving.Issued,
    summary="Ban hành phân công | Issue the assignment",
)
def issue(request: Request, public_id: UUID, body: giving.Issuing, key: str = REPEAT) -> dict[str, Any]:
    """Issue the assignment: the tasks open, the units are told; return how many, and which went elsewhere than registered."""

    def call() -> dict[str, Any]:
        opened = services.issue(actor=request.actor, at=request.at, document=public_id, **body.dict())
        return {"count": opened, "elsewhere": _elsewhere(request, body.why, document=public_id)}

    return once(request, key, call, body.dict())


def _elsewhere(request: Request, why: str | None, **whose: UUID) -> list[dict[str, Any]]:
    """Return what went elsewhere than the registry names, for who was not asked why."""
    if why is not None:
        return []
    found = competences.given_elsewhere(local_date(request.at), **whose)
    return [asdict(one) | {"competence": str(one.competence)} for one in found]


@router.post(
    f"{DOCUMENT}/orders",
    operation_id="add_order",
    auth=WRITE,
    response={201: Made},
    summary="Thêm nội dung giao việc | Add an order",
)
def add(request: Request, public_id: UUID, body: shapes.SpanGiven, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Make an order of a passage that the reader left out."""

    def call() -> dict[str, Any]:
        made = services.add_order(actor=request.actor, at=request.at, document=public_id, **body.dict())
        return {"id": str(made)}

    return Status(201, once(request, key, call, body.dict()))
