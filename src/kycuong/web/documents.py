"""The register of documents, taking a document in, and a document with its points."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kycuong.core.errors import Fact, NotAllowed
from kycuong.queries import comparisons, targets, themes
from kycuong.queries import documents as queries
from kycuong.reader import Secret, Unreadable
from kycuong.services import directives as services
from kycuong.services import intake
from kycuong.web import errors, forms, presenters, words
from kycuong.web.doors import Request, signed_in


@require_GET
@signed_in
def register(request: Request) -> HttpResponse:
    """Show the register of documents in or out, searched and filtered."""
    asked = request.GET
    register = "outgoing" if asked.get("so") == "di" else "incoming"
    text, state, year = asked.get("q", ""), asked.get("loc", ""), forms.read_year(asked.get("nam", ""))
    theme = forms.read_uuid(asked.get("chu-de", ""))
    page = queries.register(
        request.actor,
        request.at,
        register=register,
        text=text,
        state=state or None,
        year=year,
        theme=theme,
        after=asked.get("sau"),
    )
    context = {
        "page": page,
        "chosen": {"register": register, "text": text, "state": state, "year": year, "theme": theme},
        "years": queries.known_years(request.actor),
        "states": words.DOCUMENT_STATES,
        "themes": themes.choices(ended=True),
    }
    return render(request, "documents/register.html", context)


@require_GET
@signed_in
def document(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show a document with its points, their states, and the text they came from; of a scan still read, how far it is."""
    return document_page(request, public_id)


def document_page(request: Request, public_id: uuid.UUID, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render a document; `said` is the sentence at the form that links it to another."""
    page = queries.document(request.actor, public_id, request.at, point=forms.read_uuid(request.GET.get("diem", "")))
    orders = [point.order for point in page.points if point.order]
    if page.document.state in {"reading", "erased"}:
        return redirect("scan", public_id)
    context = {
        "page": page,
        "runs": presenters.lit(page.pieces, orders),
        "said": said,
        "link_kinds": words.LINKS.items(),
        "targets": targets.rows_of_document(request.actor, public_id),
        "suggestions": suggested(request, page),
    }
    return render(request, "documents/document.html", context, status=status)


def suggested(request: Request, page: queries.DocumentPage) -> list[comparisons.Suggestion]:
    """Return what the document seems to implement, while it is still being registered and reviewed."""
    if not page.may_review or page.document.state == "issued":
        return []
    return comparisons.suggestions(request.actor, page.document.public_id)


@require_POST
@signed_in
def link(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Link a document to another one of the register."""
    typed = request.POST
    try:
        other = queries.find(request.actor, typed.get("code", ""))
        services.link(actor=request.actor, at=request.at, document=public_id, other=other, kind=typed.get("kind", ""))
    except errors.TYPED as refusal:
        return document_page(request, public_id, said=errors.sentence(refusal), status=422)
    return redirect("document", public_id)


@require_http_methods(["GET", "POST"])
@signed_in
def upload(request: Request) -> HttpResponse:
    """Take a document in, or many; what cannot be read, or must not be kept, is refused with a sentence."""
    if not request.actor.may("intake"):
        raise NotAllowed("intake_not_allowed")
    if request.method == "GET":
        return upload_page(request)
    try:
        place, public_id = _take_in(request)
    except errors.TYPED as refusal:
        return upload_page(request, refusal, "file")
    return redirect(place, public_id)


def _take_in(request: Request) -> tuple[str, uuid.UUID]:
    """Take in what the form sent: one paper, one with its head typed by hand, or a batch; return where to go then."""
    sent, values = forms.read_files(request), forms.upload_values(request)
    if len(sent) > 1 or intake.parcel(sent[0][1], sent[0][0]):
        register = values["register"]
        return "batch", intake.open_batch(actor=request.actor, at=request.at, files_sent=sent, register=register)
    if request.POST.get("by_hand") == "1":
        values |= forms.by_hand_values(request.POST)
        return "review", services.register_by_hand(actor=request.actor, at=request.at, **values)
    return "review", services.register_upload(actor=request.actor, at=request.at, **values)


@require_POST
@signed_in
def line(request: Request) -> HttpResponse:
    """Take in one typed or pasted line of an instruction; its covering document may follow."""
    try:
        public_id = services.register_line(
            actor=request.actor, at=request.at, text=request.POST.get("text", ""), giver_post=None
        )
    except errors.TYPED as refusal:
        return upload_page(request, refusal, "line")
    return redirect("review", public_id)


def upload_page(request: Request, refusal: errors.Refusal | None = None, part: str = "") -> HttpResponse:
    """Render the page for taking a document in, with the sentence of a refusal at its field."""
    context = {
        "typed": request.POST,
        "upload_limit": settings.UPLOAD_LIMIT_MB,
        "batch_limit": settings.BATCH_LIMIT_MB,
        "part": part,
        "said": errors.sentence(refusal) if refusal else "",
        "by_hand": _may_type(refusal) or request.POST.get("by_hand") == "1",
        "known": refusal.values.get("public_id") if isinstance(refusal, Fact) else None,
    }
    return render(request, "documents/upload.html", context, status=errors.status_of(refusal) if refusal else 200)


def _may_type(refusal: errors.Refusal | None) -> bool:
    """Tell whether a paper that was refused may be registered with its head typed by hand."""
    return isinstance(refusal, Unreadable) and not isinstance(refusal, Secret)
