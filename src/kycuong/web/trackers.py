"""The tracker of tasks as a workbook: the same filters in the address as on the page it was asked from."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from kycuong.queries.duties import State
from kycuong.services import workbooks
from kycuong.web import forms
from kycuong.web.doors import Request, signed_in
from kycuong.web.imports import download


@require_GET
@signed_in
def unit(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Hand out the open duties of a unit."""
    asked = request.GET
    state = State(asked["loc"]) if asked.get("loc") in set(State) else None
    book = workbooks.unit_tracker(
        actor=request.actor,
        at=request.at,
        unit=public_id,
        state=state,
        desk=forms.read_number(asked.get("ban", "")),
        text=asked.get("q", ""),
        theme=forms.read_uuid(asked.get("chu-de", "")),
    )
    return download(book)


@require_GET
@signed_in
def document(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Hand out the tasks of a document."""
    return download(workbooks.document_tracker(actor=request.actor, at=request.at, document=public_id))


@require_GET
@signed_in
def register(request: Request) -> HttpResponse:
    """Hand out the tasks of the documents that the register shows."""
    asked = request.GET
    book = workbooks.register_tracker(
        actor=request.actor,
        at=request.at,
        register="outgoing" if asked.get("so") == "di" else "incoming",
        text=asked.get("q", ""),
        state=asked.get("loc") or None,
        year=forms.read_year(asked.get("nam", "")),
        theme=forms.read_uuid(asked.get("chu-de", "")),
    )
    return download(book)
