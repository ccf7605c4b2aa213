"""Signs to be looked into: per unit, each number opens to its cases, each case is explained by the unit and decided."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kycuong.core.errors import Invalid
from kycuong.queries import signs as queries
from kycuong.services import signs as services
from kycuong.services import workbooks
from kycuong.web import errors, sign_words
from kycuong.web.doors import Request, signed_in
from kycuong.web.imports import download


@require_GET
@signed_in
def signs(request: Request) -> HttpResponse:
    """Show the signs of every unit in sight over some days, among like units; days that cannot be read are said."""
    try:
        page, said, status = queries.signs(request.actor, request.at, **sign_words.chosen(request.GET)), "", 200
    except errors.TYPED as refusal:
        page, said, status = queries.signs(request.actor, request.at), errors.sentence(refusal), 422
    context = {"page": page, "groups": sign_words.shown(page), "rules": sign_words.rules(), "said": said}
    return render(request, "signs/signs.html", context, status=status)


@require_GET
@signed_in
def table(request: Request) -> HttpResponse:
    """Download the signs in sight with every case behind them."""
    return download(workbooks.signs_book(actor=request.actor, at=request.at, **sign_words.chosen(request.GET)))


@require_GET
@signed_in
def unit(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show one unit's signs and the cases behind them."""
    return unit_page(request, public_id)


def unit_page(request: Request, public_id: uuid.UUID, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render one unit; `said` stands at the case whose form was refused."""
    asked = request.POST if request.method == "POST" else request.GET
    try:
        chosen: dict[str, Any] = sign_words.chosen(asked) | {"code": sign_words.code(asked)}
        page = queries.unit_signs(request.actor, request.at, public_id, **chosen)
    except errors.TYPED as refusal:
        page = queries.unit_signs(request.actor, request.at, public_id)
        said, status = said or errors.sentence(refusal), 422
    context = {"page": page, "said": said, "typed": request.POST, "asked": sign_words.days(page)}
    return render(request, "signs/unit.html", context, status=status)


@require_POST
@signed_in
def act(request: Request, public_id: uuid.UUID, address: str) -> HttpResponse:
    """Explain a case of one's own unit, or decide what a unit explained."""
    name = sign_words.ACTS.get(address)
    if name is None:
        raise Http404
    try:
        perform(request, public_id, name)
    except (*errors.REFUSED, *errors.TYPED) as refusal:
        return unit_page(request, public_id, said=errors.sentence(refusal), status=errors.status_of(refusal))
    messages.success(request, _("Đã ghi nhận giải trình.") if name == "explain" else _("Đã ghi kết quả xem xét."))
    return redirect(f"{reverse('unit_signs', args=[public_id])}?{request.GET.urlencode()}")


def perform(request: Request, unit_id: uuid.UUID, name: str) -> None:
    """Do the act that a form names."""
    who: dict[str, Any] = {"actor": request.actor, "at": request.at}
    given = sign_words.given(request, name)
    if name == "decide":
        if given["contest"] is None:
            raise Invalid("kind_unknown", text="")
        services.decide(**who, **given)
        return
    if given["duty"] is None:
        raise Invalid("kind_unknown", text="")
    services.explain(**who, unit=unit_id, **given)
