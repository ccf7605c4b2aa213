"""Themes of steering: the list, one with its documents, and the themes of a document."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kycuong.queries import programmes
from kycuong.queries import themes as queries
from kycuong.services import themes as services
from kycuong.web import errors, forms
from kycuong.web.doors import Request, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def themes(request: Request) -> HttpResponse:
    """Show the themes with the form for a new one, or take the form."""
    if request.method == "GET":
        return themes_page(request)
    typed = request.POST
    try:
        added = services.add(
            actor=request.actor, at=request.at, name=typed.get("name", ""), kind=typed.get("kind", ""),
            year=forms.read_year(typed.get("year", "")),
        )  # fmt: skip
    except errors.REFUSED as refusal:
        return themes_page(request, said=errors.sentence(refusal), status=errors.status_of(refusal))
    messages.success(request, _("Đã thêm chủ đề. Mở văn bản để gắn vào chủ đề này."))
    return redirect("theme", added)


def themes_page(request: Request, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render the list of themes; `said` stands at the form."""
    context = {
        "rows": queries.themes(request.actor, request.at),
        "typed": request.POST,
        "said": said,
        "this_year": forms.today(request.at).year,
    }
    return render(request, "programmes/themes.html", context, status=status)


@require_GET
@signed_in
def theme(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show a theme with its documents and its tasks by state."""
    return theme_page(request, public_id)


def theme_page(request: Request, public_id: uuid.UUID, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render a theme; `said` stands at its forms."""
    page = programmes.theme(request.actor, public_id, request.at)
    context = {"page": page, "typed": request.POST, "said": said}
    return render(request, "programmes/theme.html", context, status=status)


@require_POST
@signed_in
def theme_act(request: Request, public_id: uuid.UUID, address: str) -> HttpResponse:
    """Rename a theme, end it, or use it again."""
    given: dict[str, Any] = {"actor": request.actor, "at": request.at, "theme": public_id}
    try:
        if address == "doi-ten":
            services.rename(**given, name=request.POST.get("name", ""))
        elif address == "ket-thuc":
            services.end(**given)
        elif address == "dung-lai":
            services.reopen(**given)
        else:
            raise Http404
    except errors.REFUSED as refusal:
        return theme_page(request, public_id, said=errors.sentence(refusal), status=errors.status_of(refusal))
    return redirect("theme", public_id)


@require_POST
@signed_in
def of_document(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Say to which themes a document belongs."""
    chosen = [key for key in map(forms.read_uuid, request.POST.getlist("theme")) if key]
    services.set_themes(actor=request.actor, at=request.at, document=public_id, themes=chosen)
    messages.success(request, _("Đã lưu chủ đề của văn bản."))
    return redirect("review" if request.POST.get("back") == "review" else "document", public_id)
