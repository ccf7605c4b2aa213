"""The certificates by which digital signatures are judged."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Router, Status
from ninja.files import UploadedFile

from kycuong.api.acts import PAPER, REPEAT, read_file
from kycuong.api.doors import Request, may, once
from kycuong.api.shapes import signatures as shapes
from kycuong.api.shapes.plain import Done
from kycuong.core.tokens import Right
from kycuong.queries import trust as trust_queries
from kycuong.services import trust as services

router = Router(tags=["signatures"])
TRUST = may(Right.TRUST_WRITE)


@router.get(
    "/trust",
    operation_id="list_trust",
    auth=TRUST,
    response=list[shapes.TrustShown],
    summary="Chứng thư tin cậy | Trusted certificates",
)
def trust(request: Request) -> list[trust_queries.TrustRow]:
    """List the certificates by which signatures are judged, those that are trusted no more too."""
    return trust_queries.listed(request.actor, request.at)


@router.post(
    "/trust", operation_id="add_trust", auth=TRUST, response={201: Done}, summary="Thêm chứng thư | Trust certificates"
)
def add(request: Request, file: UploadedFile = PAPER, key: str = REPEAT) -> Status[dict[str, Any]]:
    """Trust the certificates in a file (PEM or DER); signed files are looked at again. Return how many are new."""
    data = read_file(request, file)[1]

    def call() -> dict[str, Any]:
        return {"count": len(services.add(actor=request.actor, at=request.at, data=data))}

    return Status(201, once(request, key, call, {"data": data}))


@router.post(
    "/trust/{certificate}/retire",
    operation_id="retire_trust",
    auth=TRUST,
    response={204: None},
    summary="Thôi tin cậy chứng thư | Trust a certificate no more",
)
def retire(request: Request, certificate: UUID) -> Status[None]:
    """Trust a certificate no more; signed files are looked at again."""
    services.retire(actor=request.actor, at=request.at, certificate=certificate)
    return Status(204, None)
