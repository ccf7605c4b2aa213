"""Other systems: their tokens, made and shown once, revoked at once; where events are sent to them."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kycuong.core.hooks import kinds
from kycuong.core.tokens import DAYS, RIGHT_LABELS
from kycuong.queries import hooks as hook_queries
from kycuong.queries import tokens as queries
from kycuong.services import hooks as hook_services
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


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def hooks(request: Request) -> HttpResponse:
    """Show the subscriptions to events, or make one and show its secret this once."""
    if request.method == "GET":
        return hooks_page(request)
    post = request.POST
    login, _space, place = post.get("holder", "").partition(" ")
    try:
        made = hook_services.subscribe(
            actor=request.actor, at=request.at, name=post.get("name", ""), url=post.get("url", ""),
            kinds=post.getlist("kind"), login=login, post=place,
        )  # fmt: skip
    except errors.TYPED as refusal:
        return hooks_page(request, refusal=refusal)
    return hooks_page(request, secret=made.secret)


def hooks_page(request: Request, *, secret: str = "", refusal: errors.Refusal | None = None) -> HttpResponse:
    """Render the subscriptions with the form; `secret` is shown in this answer and nowhere again."""
    queries.must_administer(request.actor)
    context = {
        "rows": hook_queries.subscriptions(request.actor),
        "holders": queries.holders(request.actor, request.at),
        "kinds": kinds().items(),
        "chosen": request.POST.getlist("kind") if refusal else [],
        "secret": secret,
        "typed": request.POST if refusal else {},
        "said": errors.sentence(refusal) if refusal else "",
    }
    return render(request, "systems/hooks.html", context, status=errors.status_of(refusal) if refusal else 200)


@never_cache
@require_GET
@signed_in
def hook(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show a subscription with what was delivered and what waits."""
    return hook_page(request, public_id)


def hook_page(
    request: Request, public_id: uuid.UUID, *, secret: str = "", said: str = "", status: int = 200
) -> HttpResponse:
    """Render a subscription; `secret` is a new one, shown in this answer and nowhere again."""
    state = request.GET.get("loc", "")
    page = hook_queries.deliveries(request.actor, public_id, state=state, after=request.GET.get("sau"))
    context = {"page": page, "state": state, "secret": secret, "said": said, "typed": request.POST}
    return render(request, "systems/hook.html", context, status=status)


#: The last part of an address, and the service.
HOOK_ACTS = {"tam-dung": "pause", "gui-tiep": "resume", "ket-thuc": "end", "gui-lai": "replay", "doi-khoa": "renew"}


@require_POST
@signed_in
def hook_act(request: Request, public_id: uuid.UUID, address: str) -> HttpResponse:
    """Pause, resume or end a subscription, renew its secret, or send again what was sent."""
    if address not in HOOK_ACTS:
        raise Http404
    call: Any = getattr(hook_services, HOOK_ACTS[address])
    try:
        done = call(actor=request.actor, at=request.at, subscription=public_id, **_given(address, request.POST))
    except errors.TYPED as refusal:
        return hook_page(request, public_id, said=errors.sentence(refusal), status=422)
    if isinstance(done, str):
        return hook_page(request, public_id, secret=done)
    messages.success(request, _("Đã thực hiện."))
    return redirect("hooks" if address == "ket-thuc" else reverse("hook", args=[public_id]))


def _given(address: str, post: QueryDict) -> dict[str, Any]:
    """Return what is to be sent again: one message, or those of some days. Raises: Invalid."""
    if address != "gui-lai":
        return {}
    first, last = forms.read_date(post.get("first", "")), forms.read_date(post.get("last", ""))
    here = timezone.get_current_timezone()
    return {
        "delivery": forms.read_uuid(post.get("delivery", "")),
        "since": datetime.combine(first, time(), here) if first else None,
        "until": datetime.combine(last + timedelta(days=1), time(), here) if last else None,
    }


@require_POST
@signed_in
def revoke(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Revoke a token."""
    services.revoke(actor=request.actor, at=request.at, token=public_id)
    messages.success(request, _("Đã thu hồi mã truy cập. Hệ thống dùng mã này không vào được nữa."))
    return redirect("systems")
