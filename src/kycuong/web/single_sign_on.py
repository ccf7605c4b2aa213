"""Single sign-on: go to the provider, come back as somebody of ours, link and unlink, hear that a session there has ended."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from allauth.socialaccount.internal import statekit
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from kycuong.core.devices import network_of
from kycuong.queries import sign_ins as queries
from kycuong.services import identities as services
from kycuong.web import accounts, errors, providers, sessions
from kycuong.web.doors import Request, signed_in

log = logging.getLogger("kycuong.single_sign_on")
P = ParamSpec("P")
#: Why a person comes back without being let in, for the page and the record.
PROVIDER_DOWN, STALE, DECLINED, NOT_PROVED = "provider_down", "stale", "declined", "not_proved"


def configured(view: Callable[Concatenate[Any, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer 404 where no provider is configured."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not settings.OIDC_ISSUER:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@configured
@never_cache
@require_POST
def start(request: Request) -> HttpResponse:
    """Send the person to the provider."""
    return _go(request, process="login", to=accounts.next_url(request))


@configured
@never_cache
@require_POST
@signed_in
def start_link(request: Request) -> HttpResponse:
    """Send a signed-in person to the provider, to link the two accounts."""
    return _go(request, process="link", to=str(request.actor.officer_id))


def _go(request: Request, *, process: str, to: str) -> HttpResponse:
    nonce = secrets.token_urlsafe(24)
    try:
        answer: HttpResponse = providers.provider(request).redirect(
            request, process=process, next_url=to, data={"nonce": nonce}, auth_params={"nonce": nonce}
        )
    except providers.FAILURES:
        log.warning("the provider of single sign-on does not answer", exc_info=True)
        return _refused(request, PROVIDER_DOWN, 503)
    return answer


@configured
@never_cache
@require_GET
def back(request: Request) -> HttpResponse:
    """Take in whom the provider sends back."""
    state = statekit.unstash_state(request, provider_id="kycuong", state_id=request.GET.get("state", ""))
    if state is None:
        return _refused(request, STALE, 422)
    if "code" not in request.GET:
        return _refused(request, DECLINED, 422)
    try:
        claims = providers.Adapter(request).claims(
            request.GET["code"], state["pkce_code_verifier"], state["data"]["nonce"]
        )
    except providers.FAILURES:
        log.warning("single sign-on failed", exc_info=True)
        return _refused(request, NOT_PROVED, 422)
    return _link(request, state, claims) if state["process"] == "link" else _enter(request, state, claims)


def _enter(request: Request, state: dict[str, Any], claims: services.Claims) -> HttpResponse:
    try:
        officer = services.find(at=request.at, claims=claims)
    except errors.REFUSED as refusal:
        services.refuse(at=request.at, code=refusal.code, address=network_of(sessions.address(request)))
        return _refused(request, refusal.code, errors.status_of(refusal), errors.sentence(refusal))
    there = str(claims.values.get("sid") or "")
    return accounts.let_in(request, officer, way="provider", to=state["next"], provider_session=there)


def _link(request: Request, state: dict[str, Any], claims: services.Claims) -> HttpResponse:
    if request.actor is None or str(request.actor.officer_id) != state["next"]:
        return _refused(request, STALE, 422)
    try:
        services.link(actor=request.actor, at=request.at, claims=claims)
    except errors.REFUSED as refusal:
        return own_page(request, refusal)
    messages.success(request, _("Đã liên kết. Từ nay đồng chí đăng nhập được bằng %(name)s.") % {"name": _name()})
    return redirect("own_identity")


def _refused(request: Request, code: str, status: int, said: str = "") -> HttpResponse:
    context = {"code": code, "said": said, "provider_name": _name()}
    return render(request, "accounts/not_let_in.html", context, status=status)


def _name() -> str:
    return str(settings.OIDC_NAME)


@configured
@require_GET
@signed_in
def own(request: Request) -> HttpResponse:
    """Show whether the person's account is linked."""
    return own_page(request)


def own_page(request: Request, refusal: errors.Refusal | None = None) -> HttpResponse:
    """Render the page of the link."""
    context = {
        "linked_at": queries.linked_at(request.actor.officer_id),
        "provider_name": _name(),
        "said": errors.sentence(refusal) if refusal else "",
    }
    return render(request, "accounts/identity.html", context, status=errors.status_of(refusal) if refusal else 200)


@configured
@require_POST
@signed_in
def withdraw(request: Request) -> HttpResponse:
    """Take the person's own link away."""
    who = request.actor.officer_id
    try:
        services.withdraw(actor_id=who, at=request.at, officer_id=who)
    except errors.REFUSED as refusal:
        return own_page(request, refusal)
    messages.success(request, _("Đã bỏ liên kết."))
    return redirect("own_identity")


@csrf_exempt
@configured
@never_cache
@require_POST
def ended_there(request: Request) -> HttpResponse:
    """Hear from the provider, not from a browser, that a session there has ended (back-channel logout)."""
    try:
        person, session = providers.ended(request, request.POST.get("logout_token", ""))
    except providers.FAILURES:
        log.warning("a logout token was refused", exc_info=True)
        return JsonResponse({"error": "invalid_request"}, status=400)
    services.end_sessions(at=request.at, issuer=settings.OIDC_ISSUER, subject=person, provider_session=session)
    return HttpResponse(status=200)
