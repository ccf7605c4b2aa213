"""The second step: register an authenticator app, recovery codes, take it off; for administrators, of whom it is asked."""

from __future__ import annotations

import qrcode
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kycuong.core import second_factors as law
from kycuong.queries import sign_ins as queries
from kycuong.services import second_factors as services
from kycuong.web import errors, sessions
from kycuong.web.accounts import MUST_REGISTER
from kycuong.web.doors import Request, signed_in

#: Where a secret that no code has proved yet lies in the session, encrypted.
DRAFT = "factor_draft"


@never_cache
@require_GET
@signed_in
def second_factor(request: Request) -> HttpResponse:
    """Show where the person's own second step stands."""
    return page(request)


def locked(request: Request) -> dict[str, object]:
    """Return what a page shows of somebody who must register first: there is nowhere else to go, so no menu."""
    return {"locked": True, "actor": None} if request.session.get(MUST_REGISTER) else {"locked": False}


def page(request: Request, refusal: errors.Refusal | None = None, codes: list[str] | None = None) -> HttpResponse:
    """Render the page; `codes` are recovery codes, shown in this answer and nowhere again."""
    context = {
        "factor": queries.factor(request.actor),
        "codes": codes or [],
        "login": request.actor.login,
        "said": errors.sentence(refusal) if refusal else "",
    } | locked(request)
    return render(request, "accounts/factor.html", context, status=errors.status_of(refusal) if refusal else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def register(request: Request) -> HttpResponse:
    """Show the secret as a QR code and in letters, and register the app that answers with its code."""
    if queries.has_factor(request.actor.officer_id):
        return redirect("second_factor")
    if not (request.method == "POST" and request.session.get(DRAFT)):
        return register_page(request)
    secret = services.open_sealed(request.session[DRAFT], request.actor.officer_id)
    try:
        codes = services.register(
            actor=request.actor, at=request.at, real=request.real, secret=secret,
            code=request.POST.get("code", "")[:20], keep=sessions.current(request),
        )  # fmt: skip
    except errors.REFUSED as refusal:
        return register_page(request, refusal)
    del request.session[DRAFT]
    request.session.pop(MUST_REGISTER, None)
    return page(request, codes=codes)


def register_page(request: Request, refusal: errors.Refusal | None = None) -> HttpResponse:
    """Render the page of registering; the same secret stays until it is proved, so that a page loaded again still fits."""
    who = request.actor.officer_id
    if not request.session.get(DRAFT):
        request.session[DRAFT] = services.seal(services.draft(), who)
    secret = services.open_sealed(request.session[DRAFT], who)
    address = law.address(secret, login=request.actor.login, issuer=settings.PROVINCE_NAME)
    context = {
        "picture": picture(address),
        "address": address,
        "secret": law.spaced(secret),
        "said": errors.sentence(refusal) if refusal else "",
    } | locked(request)
    status = errors.status_of(refusal) if refusal else 200
    return render(request, "accounts/register_factor.html", context, status=status)


def picture(text: str) -> SafeString:
    """Return a text as a QR code: an inline picture of one path, nothing that the content security policy would refuse."""
    code = qrcode.QRCode(border=4, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}"><path class="qr-ground" d="M0 0h{0}v{0}h-{0}z"/>'
        '<path class="qr-ink" d="{2}"/></svg>',
        len(rows), _("Mã QR để quét bằng ứng dụng xác thực"), path,
    )  # fmt: skip


@never_cache
@require_POST
@signed_in
def renew_codes(request: Request) -> HttpResponse:
    """Replace the recovery codes and show the new ones this once."""
    try:
        codes = services.renew_codes(
            actor=request.actor, at=request.at, real=request.real, code=request.POST.get("code", "")[:40]
        )
    except errors.REFUSED as refusal:
        return page(request, refusal)
    return page(request, codes=codes)


@require_POST
@signed_in
def withdraw(request: Request) -> HttpResponse:
    """Take the app off, or go on at once to register another."""
    again = request.POST.get("again") == "1"
    try:
        services.withdraw(
            actor=request.actor, at=request.at, real=request.real, code=request.POST.get("code", "")[:40], again=again
        )
    except errors.REFUSED as refusal:
        return page(request, refusal)
    if again and queries.must_register(request.actor):
        request.session[MUST_REGISTER] = True
    messages.success(request, _("Đã tắt xác thực hai bước."))
    return redirect("register_factor" if again else "second_factor")


@require_http_methods(["GET", "POST"])
@signed_in
def rules(request: Request) -> HttpResponse:
    """Show of whom the second step is asked, and decide it for one group."""
    if request.method == "GET":
        return rules_page(request)
    try:
        services.require(
            actor=request.actor, at=request.at, subject=request.POST.get("subject", ""),
            required=request.POST.get("required") == "1", basis=request.POST.get("basis", ""),
        )  # fmt: skip
    except errors.REFUSED as refusal:
        return rules_page(request, refusal)
    messages.success(request, _("Đã ghi quy định; áp dụng từ lần đăng nhập sau của người thuộc nhóm này."))
    return redirect("factor_rules")


def rules_page(request: Request, refusal: errors.Refusal | None = None) -> HttpResponse:
    """Render the page of the rules."""
    context = {
        "page": queries.rule_page(request.actor, request.at),
        "setting": settings.SECOND_FACTOR,
        "typed": request.POST,
        "said": errors.sentence(refusal) if refusal else "",
    }
    return render(request, "accounts/factor_rules.html", context, status=errors.status_of(refusal) if refusal else 200)
