"""Tables in and out for the administrator: templates, a look before anything changes, apply, the list of what was taken in."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kycuong.core.errors import Invalid
from kycuong.queries import imports as queries
from kycuong.reader.sheets import ENCODINGS
from kycuong.services import imports as services
from kycuong.services import workbooks
from kycuong.web import errors, files, forms, words
from kycuong.web.doors import Request, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def imports(request: Request) -> HttpResponse:
    """Show what was taken in and the forms for more; a file sent is looked at, nothing is applied yet."""
    if request.method == "GET":
        return list_page(request)
    try:
        run = services.check(actor=request.actor, at=request.at, file=_file(request))
    except errors.TYPED as refusal:
        return list_page(request, refusal)
    return redirect("import_run", run)


def _file(request: Request) -> services.Check:
    sent = forms.read_file(request, required=False)
    if sent is None:
        raise Invalid("import_file_missing")
    typed = request.POST
    kind = "tasks" if typed.get("kind") == "tasks" else "organisation"
    return services.Check(sent[0], sent[1], kind, typed.get("ma", ""), typed.get("source", "").strip())


def list_page(request: Request, refusal: errors.Refusal | None = None) -> HttpResponse:
    """Render the list of runs with the forms, the sentence of a refusal at the form it came from."""
    context = {
        "runs": queries.runs(request.actor),
        "said": errors.sentence(refusal) if refusal else "",
        "typed": request.POST,
        "encodings": ENCODINGS.items(),
    }
    return render(request, "imports/list.html", context, status=errors.status_of(refusal) if refusal else 200)


@require_GET
@signed_in
def run(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show what a file would do row by row, or what it has done."""
    return run_page(request, public_id)


def run_page(request: Request, public_id: uuid.UUID, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render a run; `said` is the sentence at the form that applies it."""
    asked = request.GET
    place = forms.read_number(asked.get("tu", "")) or 0
    page = queries.run(request.actor, public_id, request.at, state=asked.get("loc", ""), place=place)
    context = {"page": page, "said": said, "typed": request.POST, "encodings": ENCODINGS.items()}
    return render(request, "imports/run.html", context, status=status)


@require_POST
@signed_in
def apply(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Apply a run as one act with its reason."""
    typed = request.POST
    good_only = typed.get("good_only") == "1"
    try:
        done = services.apply(
            actor=request.actor, at=request.at, run=public_id, reason=typed.get("reason", ""), good_only=good_only
        )
    except errors.TYPED as refusal:
        return run_page(request, public_id, said=errors.sentence(refusal), status=422)
    messages.success(request, words.applied(done))
    return redirect("import_run", public_id)


@require_POST
@signed_in
def choose(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Say which units the doubtful names of a table stand for."""
    typed = request.POST
    chosen = dict(zip(typed.getlist("name"), typed.getlist("unit"), strict=False))
    try:
        services.choose(actor=request.actor, at=request.at, run=public_id, chosen=chosen)
    except errors.TYPED as refusal:
        return run_page(request, public_id, said=errors.sentence(refusal), status=422)
    return redirect("import_run", public_id)


@require_POST
@signed_in
def undo(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Take back the tasks of a run on which nobody has acted."""
    try:
        services.undo(actor=request.actor, at=request.at, run=public_id)
    except errors.TYPED as refusal:
        return run_page(request, public_id, said=errors.sentence(refusal), status=422)
    messages.success(request, _("Đã hoàn tác: các nhiệm vụ tiếp nhận đã thôi giao và không tính vào số liệu."))
    return redirect("import_run", public_id)


@require_GET
@signed_in
def template(request: Request) -> HttpResponse:
    """Hand out the workbook to be filled in."""
    kind = request.GET.get("loai", "")
    return download(workbooks.template(actor=request.actor, at=request.at, kind=kind))


@require_GET
@signed_in
def organisation(request: Request) -> HttpResponse:
    """Hand out the organisation as a workbook, or one of its tables as CSV."""
    table = request.GET.get("bang", "")
    return download(workbooks.organisation(actor=request.actor, at=request.at, table=table))


def download(book: workbooks.Workbook) -> HttpResponse:
    """Answer with a file to be saved, powerless in a browser."""
    response = HttpResponse(book.data, content_type=book.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, book.name) or "attachment"
    files.make_powerless(response)
    return response
