"""Files out: papers as they were kept, and the annex of assignments."""

from __future__ import annotations

import uuid

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from kycuong.queries import files
from kycuong.services import directives, papers
from kycuong.web.doors import Request, signed_in


@require_GET
@signed_in
def file(request: Request, public_id: uuid.UUID) -> HttpResponseBase:
    """Hand out a kept file, always as an attachment and powerless in a browser."""
    kept = files.open_file(request.actor, public_id)
    response = FileResponse(kept.stream, as_attachment=True, filename=kept.name, content_type=kept.media_type)
    response.headers["Content-Length"] = str(kept.size)
    make_powerless(response)
    return response


@require_GET
@signed_in
def annex(request: Request, public_id: uuid.UUID, form: str = "docx") -> HttpResponse:
    """Hand out the annex of assignments of a document as DOCX or PDF."""
    return hand_out(papers.annex(actor=request.actor, at=request.at, document=public_id, form=form))


def hand_out(paper: papers.Paper) -> HttpResponse:
    """Hand out a paper that was just written, as an attachment."""
    response = HttpResponse(paper.data, content_type=paper.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, paper.name) or "attachment"
    make_powerless(response)
    return response


@require_GET
@signed_in
def edxml(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Hand out a document with its files as edXML."""
    name, data = directives.export_edxml(actor=request.actor, at=request.at, document=public_id)
    response = HttpResponse(data, content_type="application/xml")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    make_powerless(response)
    return response


def make_powerless(response: HttpResponseBase) -> None:
    """Forbid the browser to guess a type or to run anything of a file."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
