"""Links for bodies outside the system, on the side of the asker: given, shown once, revoked; the list of such bodies."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kycuong.queries import consultations as queries
from kycuong.queries.consultations import links as link_queries
from kycuong.services import consultations
from kycuong.web import errors, forms
from kycuong.web.doors import Request, signed_in


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def links(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show the links given for an opinion; give one and show its address this once."""
    said, address = "", ""
    if request.method == "POST":
        try:
            given = consultations.make_link(
                actor=request.actor, at=request.at, duty=public_id, given_to=request.POST.get("given_to", ""),
                days=forms.read_number(request.POST.get("days", "")),
            )  # fmt: skip
            address = f"{settings.SITE_URL}{reverse('outside_link', args=[given.public_id])}#{given.secret}"
        except errors.REFUSED as refusal:
            said = errors.sentence(refusal)
    page = queries.opinion_page(request.actor, public_id, request.at)
    rows = link_queries.of_opinion(request.actor, public_id, request.at)
    context = {"page": page, "rows": rows, "address": address, "said": said, "typed": request.POST}
    return render(request, "consultations/links.html", context, status=422 if said else 200)


@require_POST
@signed_in
def revoke(request: Request, public_id: uuid.UUID, link: uuid.UUID) -> HttpResponse:
    """Take a link back."""
    consultations.revoke_link(actor=request.actor, at=request.at, link=link)
    messages.success(request, _("Đã thu hồi liên kết; liên kết đó không mở được nữa."))
    return redirect("opinion_links", public_id)


@require_http_methods(["GET", "POST"])
@signed_in
def outsiders(request: Request) -> HttpResponse:
    """Show the bodies outside the system, or put one on the list."""
    queries.asking_side(request.actor, None, request.at)
    said, post = "", request.POST
    if request.method == "POST":
        try:
            consultations.add_outside(
                actor=request.actor, at=request.at, name=post.get("name", ""), short_name=post.get("short_name", "")
            )
            messages.success(request, _("Đã thêm; chọn cơ quan này trong danh sách khi lấy ý kiến."))
            return redirect("outside_bodies")
        except errors.TYPED as refusal:
            said = errors.sentence(refusal)
    rows = [name for _key, name, kind in queries.bodies(request.actor, request.at) if kind == "outside"]
    context = {"rows": rows, "said": said, "typed": post}
    return render(request, "consultations/outside.html", context, status=422 if said else 200)
