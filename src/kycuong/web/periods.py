"""Periods: the list, one with its units, the rows of a unit, the comparison of a closed one."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kycuong.core.errors import TransitionNotAllowed
from kycuong.queries import periods as queries
from kycuong.queries.duties import State
from kycuong.services import periods as services
from kycuong.services import workbooks
from kycuong.web import errors, forms, period_words
from kycuong.web.doors import Request, signed_in
from kycuong.web.imports import download

REFUSED = (*errors.REFUSED, TransitionNotAllowed)
NOBODY = uuid.UUID(int=0)


@require_http_methods(["GET", "POST"])
@signed_in
def periods(request: Request) -> HttpResponse:
    """Show the periods with the form that opens one, or take the form."""
    if request.method == "GET":
        return periods_page(request)
    typed = request.POST
    kind, _sign, number = typed.get("part", "").partition("-")
    try:
        opened = services.open_period(
            actor=request.actor, at=request.at, kind=kind, year=forms.read_year(typed.get("year", "")) or 0,
            number=forms.read_number(number) or 0,
        )  # fmt: skip
    except REFUSED as refusal:
        return periods_page(request, said=errors.sentence(refusal), status=errors.status_of(refusal))
    return redirect("period", opened)


def periods_page(request: Request, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render the list; `said` stands at the form."""
    context = {
        "rows": queries.periods(request.actor),
        "parts": period_words.parts(),
        "this_year": forms.today(request.at).year,
        "typed": request.POST,
        "said": said,
    }
    return render(request, "periods/list.html", context, status=status)


@require_GET
@signed_in
def period(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show a period as the person may see it."""
    return period_page(request, public_id)


def period_page(request: Request, public_id: uuid.UUID, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render a period; `said` is the refusal of what was asked."""
    page = queries.period(request.actor, public_id, request.at)
    return render(request, "periods/period.html", {"page": page, "said": said, "typed": request.POST}, status=status)


@require_GET
@signed_in
def table(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Hand out the figures of a period as a table file."""
    return download(workbooks.period_book(actor=request.actor, at=request.at, period=public_id))


@require_GET
@signed_in
def unit(request: Request, public_id: uuid.UUID, unit: uuid.UUID) -> HttpResponse:
    """Show the rows behind a unit's figures."""
    return unit_page(request, public_id, unit)


def unit_page(
    request: Request, public_id: uuid.UUID, unit: uuid.UUID, *, said: str = "", part: str = "", status: int = 200
) -> HttpResponse:
    """Render the rows of a unit; `said` stands at the row that `part` names."""
    asked = request.GET.get("loc", "")
    state = State(asked) if asked in set(State) else None
    page = queries.unit_rows(request.actor, public_id, unit, request.at, state=state)
    context = {"page": page, "chosen": asked, "said": said, "part": part, "typed": request.POST}
    return render(request, "periods/unit.html", context, status=status)


@require_GET
@signed_in
def comparison(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show the units of a closed period beside others of their kind and size."""
    groups = queries.compare(request.actor, public_id)
    page = queries.period(request.actor, public_id, request.at)
    return render(request, "periods/comparison.html", {"groups": groups, "page": page})


@require_POST
@signed_in
def unit_act(request: Request, public_id: uuid.UUID, unit: uuid.UUID, address: str) -> HttpResponse:
    """Agree to the figures of one's unit, or contest one row."""
    given: dict[str, Any] = {"actor": request.actor, "at": request.at, "period": public_id}
    duty = forms.read_uuid(request.POST.get("duty", "")) or NOBODY
    try:
        if address == "thong-nhat":
            services.agree(**given, unit=unit)
            messages.success(request, _("Đã thống nhất số liệu của đơn vị."))
        elif address == "y-kien":
            services.contest(**given, duty=duty, reason=request.POST.get("reason", ""))
            messages.success(request, _("Đã gửi ý kiến; bên giao việc sẽ quyết định trước khi chốt kỳ."))
        else:
            raise Http404
    except REFUSED as refusal:
        said, code = errors.sentence(refusal), errors.status_of(refusal)
        return unit_page(request, public_id, unit, said=said, part=str(duty), status=code)
    return redirect("period_unit", public_id, unit)


@require_POST
@signed_in
def period_act(request: Request, public_id: uuid.UUID, address: str) -> HttpResponse:
    """Close a period, or decide what a unit contested."""
    typed = request.POST
    try:
        if address == "chot":
            services.close(actor=request.actor, at=request.at, period=public_id)
            messages.success(request, _("Đã chốt kỳ. Số liệu của kỳ không đổi nữa."))
        elif address == "quyet-dinh":
            services.decide(
                actor=request.actor, at=request.at, contest=forms.read_uuid(typed.get("contest", "")) or NOBODY,
                outcome=typed.get("outcome", ""), note=typed.get("note", ""), due_on=forms.read_date(typed.get("due_on", "")),
            )  # fmt: skip
            messages.success(request, _("Đã quyết định ý kiến đối soát."))
        else:
            raise Http404
    except REFUSED as refusal:
        return period_page(request, public_id, said=errors.sentence(refusal), status=errors.status_of(refusal))
    return redirect(reverse("period", args=[public_id]))
