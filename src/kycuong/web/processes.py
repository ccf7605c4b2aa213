"""The agency's own process: its steps with person and limit, where the time went, what a revision saved."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kycuong.queries import processes as queries
from kycuong.services import processes as services
from kycuong.services import workbooks
from kycuong.web import errors, forms, process_words, sign_words
from kycuong.web.doors import Request, signed_in
from kycuong.web.imports import download


@require_GET
@signed_in
def own(request: Request) -> HttpResponse:
    """Go to the process of one's own unit."""
    return redirect("process", queries.own_unit(request.actor))


@require_GET
@signed_in
def process(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show a unit's process; days that cannot be read are said."""
    return process_page(request, public_id)


def process_page(request: Request, public_id: uuid.UUID, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render a process; `said` stands at the form that was refused."""
    wrong = ""
    try:
        page = queries.process(request.actor, request.at, public_id, **sign_words.chosen(request.GET))
    except errors.TYPED as refusal:
        page, wrong, status = queries.process(request.actor, request.at, public_id), errors.sentence(refusal), 422
    context = {
        "page": page, "lines": process_words.form(page, request.POST), "said": said, "wrong": wrong, "typed": request.POST,
        "today": forms.today(request.at), "request_id": uuid.uuid4(),
    }  # fmt: skip
    return render(request, "processes/process.html", context, status=status)


@require_POST
@signed_in
def revise(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Revise the process of one's own unit; what was typed stays when it is refused."""
    try:
        services.revise(actor=request.actor, at=request.at, unit=public_id, **process_words.given(request.POST))
    except errors.REFUSED as refusal:
        return process_page(request, public_id, said=errors.sentence(refusal), status=errors.status_of(refusal))
    messages.success(request, _("Đã ghi quy trình. Nhiệm vụ giao từ ngày áp dụng được đo theo quy trình này."))
    return redirect("process", public_id)


@require_GET
@signed_in
def table(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Download a unit's process with what was measured."""
    asked = sign_words.chosen(request.GET)
    return download(workbooks.process_book(actor=request.actor, at=request.at, unit=public_id, **asked))
