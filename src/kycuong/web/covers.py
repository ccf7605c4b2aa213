"""Absence cover: hand one's desk to a substitute for some days, see who handles whose desk, end it earlier."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kycuong.queries import covers as queries
from kycuong.queries import duties
from kycuong.services import covers as services
from kycuong.web import errors, forms
from kycuong.web.doors import Request, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def covers(request: Request) -> HttpResponse:
    """Show the covers that concern the person with the form for a new one, or take the form."""
    if request.method == "GET":
        return covers_page(request, forms.read_number(request.GET.get("ban", "")))
    try:
        services.plan(actor=request.actor, at=request.at, **forms.cover_values(request.POST))
    except errors.REFUSED as refusal:
        post = forms.read_number(request.POST.get("post", ""))
        return covers_page(request, post, said=errors.sentence(refusal), status=errors.status_of(refusal))
    messages.success(request, _("Đã đăng ký xử lý thay. Việc xử lý thay tự kết thúc khi hết ngày cuối."))
    return redirect("covers")


def covers_page(request: Request, post: int | None, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render the page of covers; `said` stands at the form."""
    page = queries.page(request.actor, request.at, post=post)
    context = {"page": page, "typed": request.POST, "said": said}
    return render(request, "covers/covers.html", context, status=status)


@require_POST
@signed_in
def end(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """End a cover now."""
    services.end(actor=request.actor, at=request.at, cover=public_id)
    messages.success(request, _("Đã kết thúc xử lý thay. Những việc đã xử lý giữ nguyên trong lịch sử."))
    return redirect("covers")


@require_GET
@signed_in
def desk(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show what lies on a desk that the person handles."""
    found = duties.covered_desk(request.actor, public_id, request.at, after=request.GET.get("sau"))
    return render(request, "covers/desk.html", {"desk": found, "page": found.page})
