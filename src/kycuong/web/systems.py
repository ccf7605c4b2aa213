"""Other systems: their tokens, made and shown once, revoked at once."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kycuong.core.tokens import DAYS, RIGHT_LABELS
from kycuong.queries import tokens as queries
from kycuong.services import tokens as services
from kycuong.web import errors, forms, words
from kycuong.web.doors import Request, signed_in


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def systems(request: Request) -> HttpResponse:
    """Show the tokens of other systems, or make one and show it this once."""
    if request.method == "GET":
        return systems_page(request)
    post = request.POST
    login, _space, place = post.get("holder", "").partition(" ")
    try:
        made = services.make(
            actor=request.actor, at=request.at, system=post.get("system", ""), login=login, post=place,
            rights=post.getlist("right"), days=forms.read_number(post.get("days", "")),
        )  # fmt: skip
    except errors.TYPED as refusal:
        return systems_page(request, refusal=refusal)
    return systems_page(request, made=made)


def systems_page(
    request: Request, *, made: services.Made | None = None, refusal: errors.Refusal | None = None
) -> HttpResponse:
    """Render the list with the form; `made` is shown in this answer and nowhere again."""
    typed = request.POST if refusal else {}
    context = {
        "rows": [(row, words.TOKEN_STATES[row.state]) for row in queries.listed(request.actor, request.at)],
        "holders": queries.holders(request.actor, request.at),
        "rights": [(right.value, label) for right, label in RIGHT_LABELS.items()],
        "chosen": request.POST.getlist("right") if refusal else [],
        "days": DAYS,
        "made": made,
        "typed": typed,
        "said": errors.sentence(refusal) if refusal else "",
    }
    return render(request, "systems/list.html", context, status=errors.status_of(refusal) if refusal else 200)


@require_POST
@signed_in
def revoke(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Revoke a token."""
    services.revoke(actor=request.actor, at=request.at, token=public_id)
    messages.success(request, _("Đã thu hồi mã truy cập. Hệ thống dùng mã này không vào được nữa."))
    return redirect("systems")
