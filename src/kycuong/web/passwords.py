"""Accounts and passwords: the administrator's list and page of one account, and everybody's own password."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kycuong.queries import accounts as queries
from kycuong.queries import sign_ins
from kycuong.services import accounts as services
from kycuong.web import errors, sessions
from kycuong.web.doors import Request, signed_in


@require_GET
@signed_in
def accounts(request: Request) -> HttpResponse:
    """Show the accounts, found by name or sign-in name and by where they stand."""
    text, state = request.GET.get("ten", ""), request.GET.get("loc", "")
    page = queries.accounts(request.actor, request.at, text=text, state=state, after=request.GET.get("sau", ""))
    return render(request, "accounts/list.html", {"page": page, "words": text, "state": state})


@require_GET
@signed_in
def account(request: Request, officer: int) -> HttpResponse:
    """Show one account with what can be done about it."""
    return account_page(request, officer)


def account_page(
    request: Request, officer: int, *, refusal: errors.Refusal | None = None, given: str = ""
) -> HttpResponse:
    """Render one account; `given` is the one-time password, shown in this answer and nowhere again."""
    row, held = queries.account(request.actor, request.at, officer)
    context = {
        "row": row,
        "held": held,
        "given": given,
        "mine": row.officer_id == request.actor.officer_id,
        "sessions": sign_ins.sessions(officer, request.real, at=request.at),
        "factor_since": sign_ins.factor_since(officer),
        "linked_at": sign_ins.linked_at(officer),
        "typed": request.POST,
        "said": errors.sentence(refusal) if refusal else "",
    }
    return render(request, "accounts/account.html", context, status=errors.status_of(refusal) if refusal else 200)


@never_cache
@require_POST
@signed_in
def give(request: Request, officer: int) -> HttpResponse:
    """Give a one-time password and show it this once."""
    row, _held = queries.account(request.actor, request.at, officer)
    try:
        given = services.give_password(actor=request.actor, at=request.at, login=row.login)
    except errors.REFUSED as refusal:
        return account_page(request, officer, refusal=refusal)
    return account_page(request, officer, given=given)


def _act(request: Request, officer: int, act: Callable[..., object], said: str, **given: str) -> HttpResponse:
    """Do one act on a person's account and say so; a refusal shows the account again with its sentence."""
    row, _held = queries.account(request.actor, request.at, officer)
    try:
        act(actor=request.actor, at=request.at, login=row.login, **given)
    except errors.REFUSED as refusal:
        return account_page(request, officer, refusal=refusal)
    messages.success(request, said)
    return redirect("account", officer)


@require_POST
@signed_in
def stop(request: Request, officer: int) -> HttpResponse:
    """Let a person no longer sign in."""
    return _act(
        request,
        officer,
        services.deactivate,
        _("Đã ngừng sử dụng tài khoản; các phiên đang mở đã kết thúc."),
        reason=request.POST.get("reason", ""),
    )


@require_POST
@signed_in
def resume(request: Request, officer: int) -> HttpResponse:
    """Let a person sign in again."""
    return _act(request, officer, services.activate, _("Tài khoản đã dùng lại được, với mật khẩu như trước."))


@require_POST
@signed_in
def end_sessions(request: Request, officer: int) -> HttpResponse:
    """End every session of a person."""
    return _act(request, officer, services.end_sessions, _("Đã kết thúc mọi phiên đăng nhập của người này."))


@require_POST
@signed_in
def reset_factor(request: Request, officer: int) -> HttpResponse:
    """Take a person's lost authenticator app off."""
    return _act(
        request,
        officer,
        services.reset_factor,
        _("Đã hủy xác thực hai bước của người này; các phiên đang mở đã kết thúc."),
    )


@require_POST
@signed_in
def withdraw_identity(request: Request, officer: int) -> HttpResponse:
    """Take a person's link to single sign-on away."""
    return _act(request, officer, services.withdraw_identity, _("Đã bỏ liên kết."))


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def own(request: Request) -> HttpResponse:
    """Show the form of one's own password, and change it."""
    if request.method == "GET":
        return own_page(request)
    old, new, again = (request.POST.get(name, "") for name in ("old", "new", "again"))
    try:
        person = services.change_password(
            actor=request.actor, at=request.at, real=request.real, old=old, new=new, again=again,
            keep=sessions.current(request),
        )  # fmt: skip
    except errors.REFUSED as refusal:
        return own_page(request, refusal)
    update_session_auth_hash(request, person)
    messages.success(request, _("Đã đổi mật khẩu. Các phiên đăng nhập ở máy khác đã kết thúc."))
    return redirect("my_duties")


def own_page(request: Request, refusal: errors.Refusal | None = None) -> HttpResponse:
    """Render the form; before a given password is changed there is nowhere else to go, so no menu is shown."""
    forced = bool(getattr(request.user, "must_change", False))
    context = {
        "forced": forced,
        "login": getattr(request.user, "login", ""),
        "said": errors.sentence(refusal) if refusal else "",
    }
    if forced:
        context["actor"] = None
    return render(request, "accounts/own.html", context, status=errors.status_of(refusal) if refusal else 200)
