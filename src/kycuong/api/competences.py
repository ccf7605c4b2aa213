"""The registry of competence: ask it, list it, write it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status

from kycuong.api.acts import REPEAT
from kycuong.api.doors import Request, may, once
from kycuong.api.files import XLSX, book_out, bytes_out
from kycuong.api.shapes import competences as shapes
from kycuong.api.shapes.plain import Day, Done, Line, Made
from kycuong.core import amounts
from kycuong.core import competence as law
from kycuong.core.calendars import local_date
from kycuong.core.tokens import Right
from kycuong.queries import competences as queries
from kycuong.queries.competences import matters
from kycuong.services import competences as services
from kycuong.services import workbooks

router = Router(tags=["competence"])
READ, WRITE = may(Right.ORG_READ), may(Right.ORG_WRITE)
ONE = "/competences/{public_id}"


@router.get(
    "/competences/answer",
    operation_id="ask_competence",
    auth=READ,
    response=shapes.AnswerShown,
    summary="Ai có thẩm quyền | Who is competent",
)
def ask(
    request: Request, matter: Line, place: Line = "", amount: Line = "", on: Day | None = None, post: Line = ""
) -> dict[str, Any]:
    """Say who decides a matter at a commune, of an amount, on a day; with `post` also whether that post may sign."""
    day = on or local_date(request.at)
    chosen, perhaps = matters.choose(matter)
    found: dict[str, Any] = {"matter": "", "on": day, "doubtful": False, "holders": [], "misses": [], "signing": None}
    found["perhaps"] = [one.label for one in perhaps]
    if chosen is None:
        return found
    commune = queries.territory_of(place, day)
    question = law.Question(chosen.code, day, commune.pk if commune else None, amounts.parse(amount))
    answer = queries.ask(question, named=True)
    misses = [{"entry": row, "why": why} for row, why in answer.misses]
    found |= {"matter": chosen.code, "doubtful": answer.doubtful, "holders": answer.holders, "misses": misses}
    if post:
        signing = queries.may_sign(queries.post_of(post), question)
        verdict = signing.verdict
        found["signing"] = {
            "allowed": verdict.allowed, "code": verdict.code, "said": verdict.said, "rests_on": signing.rests_on,
        }  # fmt: skip
    return found


@router.get(
    "/competences",
    operation_id="list_competences",
    auth=READ,
    response=list[shapes.CompetenceShown],
    summary="Các dòng của sổ thẩm quyền | The rows of the registry",
)
def rows(request: Request, matter: Line = "", on: Day | None = None, ended: bool = False) -> list[queries.Entry]:
    """List up to 500 rows within a matter that stand or are to come on a day; with `ended` those of every day."""
    day = None if ended else on or local_date(request.at)
    return queries.listed(on=day, matter=matter.upper(), size=500)


@router.get(
    "/competences/matters",
    operation_id="list_matters",
    auth=READ,
    response=list[shapes.MatterShown],
    summary="Các vấn đề của sổ thẩm quyền | The matters of the registry",
)
def all_matters(request: Request, within: Line = "", q: Line = "") -> list[matters.MatterRow]:
    """List the matters within one, or those that some words mean."""
    return matters.find(q) if q else matters.all_within(within.upper())


@router.post(
    "/competences/matters",
    operation_id="add_matter",
    auth=WRITE,
    response={201: shapes.MatterShown},
    summary="Thêm vấn đề | Add a matter",
)
def add_matter(request: Request, body: shapes.MatterGiven, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Add a matter below the one that its code names."""

    def call() -> dict[str, Any]:
        code = services.add_matter(actor=request.actor, at=request.at, code=body.code, name=body.name, also=body.words)
        return {"code": code, "name": body.name, "words": body.words}

    return Status(201, once(request, key, call, body.dict()))


@router.post(
    "/competences/matters/rename",
    operation_id="rename_matter",
    auth=WRITE,
    response=Done,
    summary="Sửa tên vấn đề | Correct a matter",
)
def rename_matter(request: Request, body: shapes.MatterGiven) -> dict[str, int]:
    """Correct the name of a matter and the words by which people look for it."""
    services.rename_matter(actor=request.actor, at=request.at, code=body.code, name=body.name, also=body.words)
    return {"count": 1}


@router.get(
    "/competences/registry.xlsx",
    operation_id="download_registry",
    auth=READ,
    openapi_extra=bytes_out(XLSX),
    summary="Tải sổ thẩm quyền | The registry as a workbook",
)
def registry(request: Request, matter: Line = "", ended: bool = False) -> HttpResponse:
    """Download the registry, of one matter or of all; taken in again it changes nothing."""
    return book_out(workbooks.registry(actor=request.actor, at=request.at, matter=matter.upper(), everything=ended))


@router.get(
    "/competences/template.xlsx",
    operation_id="download_registry_template",
    auth=WRITE,
    openapi_extra=bytes_out(XLSX),
    summary="Mẫu sổ thẩm quyền | The registry to be filled in",
)
def template(request: Request) -> HttpResponse:
    """Download the tables of the registry to be filled in."""
    return book_out(workbooks.registry_template(actor=request.actor, at=request.at))


@router.post(
    "/competences",
    operation_id="add_competence",
    auth=WRITE,
    response={201: Made},
    summary="Thêm dòng thẩm quyền, phân cấp, ủy quyền | Add or pass on a competence",
)
def add(request: Request, body: shapes.CompetenceGiven, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Add a row; of one that is passed on, `source` says from which row."""
    line = services.Line(**body.dict())

    def call() -> dict[str, Any]:
        return {"id": str(services.add(actor=request.actor, at=request.at, line=line))}

    return Status(201, once(request, key, call, body.dict()))


@router.get(
    ONE,
    operation_id="read_competence",
    auth=READ,
    response=shapes.CompetenceRowShown,
    summary="Một dòng thẩm quyền | One row of the registry",
)
def row(request: Request, public_id: UUID) -> queries.RowPage:
    """Read a row: the chain above it, what was passed on from it, its contents over time."""
    return queries.row_page(request.actor, public_id, local_date(request.at))


@router.post(
    f"{ONE}/replace",
    operation_id="replace_competence",
    auth=WRITE,
    response={201: Made},
    summary="Thay nội dung mới | Put new content in its place",
)
def replace(
    request: Request, public_id: UUID, body: shapes.CompetenceGiven, key: str = REPEAT
) -> Status[dict[str, Any]]:
    """End a row on the day on which a new content begins; what was passed on from it ends with it."""
    line = services.Line(**body.dict())

    def call() -> dict[str, Any]:
        made = services.replace(actor=request.actor, at=request.at, competence=public_id, line=line)
        return {"id": str(made)}

    return Status(201, once(request, key, call, body.dict()))


@router.post(
    f"{ONE}/end",
    operation_id="end_competence",
    auth=WRITE,
    response=Done,
    summary="Kết thúc dòng thẩm quyền | End a competence",
)
def end(request: Request, public_id: UUID, body: shapes.CompetenceEnded) -> dict[str, int]:
    """End a row with all that was passed on from it; return how many ended."""
    ended = services.end(actor=request.actor, at=request.at, competence=public_id, on=body.on, basis=body.basis)
    return {"count": ended + 1}
