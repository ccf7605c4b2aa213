"""Signing in and out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kycuong.queries import org
from kycuong.services import accounts as services
from kycuong.web.doors import Request


class SignInForm(AuthenticationForm):
    """The two fields of the sign-in page, with errors that say what to do."""

    error_messages = {
        "invalid_login": _(
            "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra lại; nếu quên mật khẩu, liên hệ Quản trị hệ thống của đơn vị."
        ),
        "inactive": _("Tài khoản này đã ngừng sử dụng. Liên hệ Quản trị hệ thống của đơn vị."),
    }


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Show the sign-in form, and sign the officer in."""
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        officer = form.get_user()
        login(request, officer)
        services.signed_in(officer_id=officer.pk, at=request.at, address=request.META.get("REMOTE_ADDR", ""))
        return redirect(next_url(request))
    if request.method == "POST" and request.POST.get("username"):
        services.sign_in_failed(
            login=request.POST["username"], at=request.at, address=request.META.get("REMOTE_ADDR", "")
        )
    context = {
        "form": form,
        "next": request.POST.get("next", "") or request.GET.get("next", ""),
        "demo_names": org.demo_sign_ins(getattr(settings, "DEMO_SIGN_INS", ())) if settings.DEMO else [],
        "demo_password": settings.DEMO_PASSWORD if settings.DEMO else "",
    }
    return render(request, "pages/sign_in.html", context, status=422 if form.errors else 200)


@require_POST
def sign_out(request: Request) -> HttpResponse:
    """Sign the officer out."""
    if request.actor is not None:
        services.signed_out(officer_id=request.actor.officer_id, at=request.at)
    logout(request)
    return redirect("sign_in")


def next_url(request: HttpRequest) -> str:
    """Return where the person was going, if it is a page of ours."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)
