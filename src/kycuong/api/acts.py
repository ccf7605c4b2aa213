"""Every act of a person on a duty: one operation for each row of the lifecycles that a person can take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from ninja import Form, Router
from ninja.files import UploadedFile
from ninja.params import functions

from kycuong.api.doors import Request, may, once, seen
from kycuong.api.shapes import duties as shapes
from kycuong.api.shapes.plain import Given
from kycuong.core.errors import Invalid
from kycuong.core.lifecycle import Row, lifecycles
from kycuong.core.tokens import Right
from kycuong.services import chasing, proposals, tasks

router = Router(tags=["acts"])
VERSION: Any = functions.Header(
    None, alias="If-Match", pattern=r'^(\*|"[0-9]{1,9}")$', description="the ETag that was read, or *"
)
REPEAT: Any = functions.Header(
    None, alias="Idempotency-Key", min_length=8, max_length=80, pattern=r"^[0-9A-Za-z_.:-]+$"
)
#: Of a shape that is chosen here, not written down.
FORM: Any = Form
PAPER: Any = functions.File(...)
PAPER_OR_NONE: Any = functions.File(None)
#: Of the upload handler: a file of the request was left out for its length.
TOO_LARGE = "kycuong.too_large"


@dataclass(frozen=True, slots=True)
class ActOf:
    """How an act is taken: the shape of its form, the service that does it, and whether a file goes with it."""

    shape: type[Given]
    service: Callable[..., Any]
    file: bool = False


ACTS: dict[str, ActOf] = {
    "assign": ActOf(shapes.Assigning, tasks.assign),
    "submit": ActOf(shapes.Noted, tasks.submit, file=True),
    "return_draft": ActOf(shapes.Noted, tasks.return_draft),
    "send": ActOf(shapes.Noted, tasks.send, file=True),
    "correct_result": ActOf(shapes.ResultTold, tasks.correct_result),
    "confirm": ActOf(shapes.Noted, tasks.confirm),
    "send_back": ActOf(shapes.Noted, tasks.send_back),
    "propose": ActOf(shapes.Proposing, proposals.propose),
    "accept": ActOf(shapes.Accepting, proposals.accept),
    "refuse": ActOf(shapes.Noted, proposals.refuse),
    "withdraw": ActOf(shapes.Noted, proposals.withdraw),
    "correct": ActOf(shapes.Correcting, tasks.correct),
    "replace": ActOf(shapes.Replacing, tasks.replace),
    "reassign": ActOf(shapes.Reassigning, tasks.reassign),
    "revoke": ActOf(shapes.Revoking, tasks.revoke),
    "explain": ActOf(shapes.Noted, chasing.explain, file=True),
    "accept_explanation": ActOf(shapes.Noted, chasing.accept_explanation),
    "refuse_explanation": ActOf(shapes.Noted, chasing.refuse_explanation),
    "drop_explanation": ActOf(shapes.Noted, chasing.drop_explanation),
}


def read_file(request: Request, file: UploadedFile) -> tuple[str, bytes]:
    """Return name and bytes of the file sent, held in memory. Raises: Invalid."""
    if request.META.get(TOO_LARGE):
        raise Invalid("file_too_large", name=file.name, limit=settings.UPLOAD_LIMIT_MB)
    return file.name or "tep", file.read()


def perform(
    request: Request, duty: UUID, row: Row, given: dict[str, Any], version: str | None, key: str | None
) -> dict[str, Any]:
    """Call the one service of an act."""
    known = seen(request, version, key)

    def call() -> dict[str, Any]:
        done = ACTS[row.action].service(actor=request.actor, at=request.at, duty=duty, request=known, **given)
        return {"duty": str(duty), "act": row.action, "made": str(done) if isinstance(done, UUID) else None}

    return once(request, key, call, given)


def _with_body(row: Row, shape: type[Given]) -> Callable[..., Any]:
    def act(request: Request, public_id: UUID, body: Any, if_match: str = VERSION, key: str = REPEAT) -> dict[str, Any]:
        return perform(request, public_id, row, body.dict(), if_match, key)

    act.__annotations__["body"] = shape
    return act


def _with_file(row: Row, shape: type[Given]) -> Callable[..., Any]:
    def act(
        request: Request,
        public_id: UUID,
        body: Any,
        file: Any = PAPER_OR_NONE,
        if_match: str = VERSION,
        key: str = REPEAT,
    ) -> dict[str, Any]:
        given = body.dict() | {"file": read_file(request, file) if file else None}
        return perform(request, public_id, row, given, if_match, key)

    act.__annotations__["body"] = FORM[shape]
    act.__annotations__["file"] = UploadedFile
    return act


def _offer(row: Row, act: ActOf) -> None:
    view = _with_file(row, act.shape) if act.file else _with_body(row, act.shape)
    view.__doc__ = f"{act.shape.__doc__}\n\nBasis: {row.basis}."
    router.post(
        f"/duties/{{public_id}}/{row.action}", operation_id=f"{row.action}_duty", summary=row.label,
        auth=may(Right.DUTY_ACT), response=shapes.Acted,
    )(view)  # fmt: skip


for _table in lifecycles().values():
    for _row in _table.rows:
        if _row.by_person and _row.action in ACTS:
            _offer(_row, ACTS[_row.action])
