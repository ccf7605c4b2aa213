"""Signing in, in one or two steps, and out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kycuong.core.devices import network_of
from kycuong.core.errors import Invalid
from kycuong.queries import org, scope
from kycuong.queries import sign_ins as queries
from kycuong.services import accounts as services
from kycuong.services import second_factors
from kycuong.web import errors, providers, sessions
from kycuong.web.doors import Request

#: Where a sign-in that waits for its second step lies in the session, and for how many seconds.
WAITING, WAITS_SECONDS = "sign_in_waiting", 300
#: Marks a session that must register an authenticator app before anything else.
MUST_REGISTER = "must_register"


class SignInForm(AuthenticationForm):
    """The two fields of the sign-in page, with errors that say what to do."""

    error_messages = {
        "invalid_login": _(
            "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra lại; nếu quên mật khẩu, liên hệ Quản trị hệ thống của đơn vị."
        ),
        "inactive": _("Tài khoản này đã ngừng sử dụng. Liên hệ Quản trị hệ thống của đơn vị."),
    }


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Show the sign-in form; sign the officer in, or ask for the second step."""
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        officer = form.get_user()
        if settings.PASSWORDS == "all" or scope.actor(officer.pk, request.at).may("administer"):
            return let_in(request, officer, way="password", to=next_url(request))
        form.add_error(None, _("Tài khoản này đăng nhập bằng đăng nhập một lần, không dùng mật khẩu ở đây."))
    if request.method == "POST" and request.POST.get("username"):
        services.sign_in_failed(
            login=request.POST["username"], at=request.at, address=network_of(sessions.address(request))
        )
    context = {
        "form": form,
        "next": request.POST.get("next", "") or request.GET.get("next", ""),
        "provider_name": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
        "passwords": settings.PASSWORDS,
        "demo_names": org.demo_sign_ins(getattr(settings, "DEMO_SIGN_INS", ())) if settings.DEMO else [],
        "demo_password": settings.DEMO_PASSWORD if settings.DEMO else "",
    }
    return render(request, "pages/sign_in.html", context, status=422 if form.errors else 200)


def let_in(request: Request, officer: Any, *, way: str, to: str, provider_session: str = "") -> HttpResponse:
    """Let a person in who has proved to be one, or ask for the second step where it is ours to ask."""
    ours = way == "password" or settings.OIDC_SECOND_FACTOR == "here"
    if not (ours and queries.has_factor(officer.pk)):
        return enter(request, officer, way=way, to=to, provider_session=provider_session)
    request.session.cycle_key()
    request.session[WAITING] = {
        "officer": officer.pk,
        "proof": officer.get_session_auth_hash(),
        "until": request.real.timestamp() + WAITS_SECONDS,
        "to": to,
        "way": way,
        "there": provider_session,
    }
    return redirect("sign_in_code")


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_code(request: Request) -> HttpResponse:
    """Ask for the code of the authenticator app, or a recovery code, and sign the officer in."""
    waiting = request.session.get(WAITING)
    if not waiting:
        return redirect("sign_in")
    try:
        officer = person_of(waiting, request)
    except Invalid as late:
        request.session.flush()
        return errors.page(request, 422, errors.sentence(late))
    said, status = "", 200
    if request.method == "POST":
        try:
            way = second_factors.answer(
                officer_id=officer.pk, at=request.at, real=request.real, typed=request.POST.get("code", "")[:40]
            )
            del request.session[WAITING]
            way = way if waiting["way"] == "password" else waiting["way"]
            return enter(request, officer, way=way, to=waiting["to"], provider_session=waiting["there"])
        except errors.REFUSED as refusal:
            said, status = errors.sentence(refusal), errors.status_of(refusal)
    return render(request, "accounts/code.html", {"said": said}, status=status)


def person_of(waiting: dict[str, Any], request: Request) -> Any:
    """Return who waits for the second step, if the password is still the one that was right. Raises: Invalid."""
    officer = services.find_account(waiting["officer"])
    fresh = request.real.timestamp() <= waiting["until"]
    if officer is None or not fresh or not constant_time_compare(officer.get_session_auth_hash(), waiting["proof"]):
        raise Invalid("sign_in_expired")
    return officer


def enter(request: Request, officer: Any, *, way: str, to: str, provider_session: str = "") -> HttpResponse:
    """Open the session, record it, and lead on; a session whose person must register an app is marked."""
    ours = way == "password" or (way == "provider" and settings.OIDC_SECOND_FACTOR == "here")
    must = ours and queries.must_register(scope.actor(officer.pk, request.at))
    sessions.open_for(request, officer, request.real, way=way, provider_session=provider_session)
    if must:
        request.session[MUST_REGISTER] = True
    services.signed_in(officer_id=officer.pk, at=request.at, address=network_of(sessions.address(request)), way=way)
    return redirect(to)


@require_POST
def sign_out(request: Request) -> HttpResponse:
    """Sign the officer out."""
    if request.actor is not None:
        services.signed_out(officer_id=request.actor.officer_id, at=request.at)
    there = settings.OIDC_ISSUER and settings.OIDC_SIGN_OUT and sessions.way(request) == "provider"
    logout(request)
    return redirect((there and providers.goodbye(request)) or "sign_in")


def next_url(request: HttpRequest) -> str:
    """Return where the person was going, if it is a page of ours."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)
