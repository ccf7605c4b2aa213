"""Signals of givers: per unit, each number opens to its rows; the unit may contest, overseers answer."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kycuong.queries import signals as queries
from kycuong.services import signals as services
from kycuong.web import errors, forms
from kycuong.web.doors import Request, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def signals(request: Request) -> HttpResponse:
    """Show the signals of some days, or take what is said about one."""
    if request.method == "GET":
        return signals_page(request)
    try:
        perform(request)
    except errors.REFUSED as refusal:
        return signals_page(request, said=errors.sentence(refusal), status=errors.status_of(refusal))
    messages.success(request, _("Đã ghi nhận ý kiến."))
    return redirect(request.get_full_path())


def perform(request: Request) -> None:
    """Contest a signal, or answer what a unit said of one."""
    typed = request.POST
    given: dict[str, Any] = {"actor": request.actor, "at": request.at, "note": request.POST.get("note", "")}
    contest = forms.read_uuid(typed.get("contest", ""))
    if contest:
        services.answer(**given, contest=contest)
        return
    asked = chosen(request)
    services.contest(**given, **asked | {"unit": asked["unit"] or uuid.UUID(int=0)})


def chosen(request: Request) -> dict[str, Any]:
    """Return the days, the unit and the signal that the address names. Raises: Invalid."""
    asked = request.GET
    return {
        "since": forms.read_date(asked.get("tu", "")),
        "until": forms.read_date(asked.get("den", "")),
        "unit": forms.read_uuid(asked.get("donvi", "")),
        "code": asked.get("dauhieu", ""),
    }


def signals_page(request: Request, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render the signals; days that cannot be read are said, and the usual ones shown."""
    try:
        page = queries.signals(request.actor, request.at, **chosen(request))
    except errors.TYPED as refusal:
        page, said, status = queries.signals(request.actor, request.at), errors.sentence(refusal), 422
    return render(request, "periods/signals.html", {"page": page, "said": said}, status=status)
