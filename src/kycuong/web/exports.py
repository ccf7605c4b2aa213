"""The complete export for the administrator: asked for here, written by the job, downloaded here."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kycuong.queries import exports as queries
from kycuong.services import exports as services
from kycuong.web import errors, files
from kycuong.web.doors import Request, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def exports(request: Request) -> HttpResponse:
    """Show the exports, or ask for one."""
    if request.method == "GET":
        return list_page(request)
    try:
        services.ask(actor=request.actor, at=request.at, form=request.POST.get("form", "jsonl"))
    except errors.TYPED as refusal:
        return list_page(request, refusal)
    messages.success(request, _("Đã nhận yêu cầu. Việc chạy nền; xong thì tải được ở bảng dưới."))
    return redirect("exports")


def list_page(request: Request, refusal: errors.Refusal | None = None) -> HttpResponse:
    """Render the list of exports, the sentence of a refusal at the form."""
    context = {"exports": queries.exports(request.actor), "said": errors.sentence(refusal) if refusal else ""}
    return render(request, "exports/list.html", context, status=errors.status_of(refusal) if refusal else 200)


@require_GET
@signed_in
def archive(request: Request, public_id: uuid.UUID) -> HttpResponseBase:
    """Hand out a finished export."""
    name, size, stream = services.open_archive(actor=request.actor, at=request.at, run=public_id)
    response = FileResponse(stream, as_attachment=True, filename=name, content_type="application/zip")
    response.headers["Content-Length"] = str(size)
    files.make_powerless(response)
    return response
