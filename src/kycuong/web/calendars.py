"""The working calendar: the year as people read it, its changes, previewed before they are made, and taken back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kycuong.core.errors import Conflict, Fact, Invalid, NotAllowed
from kycuong.queries import calendar_changes as queries
from kycuong.queries import calendars, limits, org
from kycuong.queries.calendar_changes import Wanted
from kycuong.services import calendar_changes as services
from kycuong.services import limits as limits_services
from kycuong.web import calendar_forms as read
from kycuong.web import errors, forms
from kycuong.web.doors import Request, signed_in

#: How many batches of duties a page carries out before it answers; the jobs do the rest.
BATCHES = 5


@require_GET
@signed_in
def calendar(request: Request) -> HttpResponse:
    """Show the months of a year, and each day off or made up with the document that decided it."""
    year = forms.read_year(request.GET.get("nam", "")) or request.at.year
    context = {
        "year": year, "days": calendars.days(year), "years": calendars.years(), "months": calendars.sheet(year),
        "may_change": request.actor.may("calendar"),
    }  # fmt: skip
    return render(request, "calendar/year.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def change(request: Request) -> HttpResponse:
    """Preview a change of days, and make it."""
    return governed(request, "calendar/change.html", read.days, services.change_days)


@require_http_methods(["GET", "POST"])
@signed_in
def hours(request: Request) -> HttpResponse:
    """Preview other office hours of a unit, and give it them."""
    context = {"units": org.unit_choices(request.at), "own": queries.own_hours()}
    return governed(request, "calendar/hours.html", read.hours, services.change_hours, context)


@require_http_methods(["GET", "POST"])
@signed_in
def reverse(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Preview taking a change back, and do it."""
    found = queries.change(request.actor, public_id)

    def given(sent: QueryDict, today: Any) -> tuple[dict[str, Any], Wanted]:
        wanted = services.reversal(public_id, today)[1]
        return {"change": public_id, "decision": read.decision(sent)}, wanted

    return governed(request, "calendar/reverse.html", given, services.reverse, {"change": found.row})


def governed(
    request: Request, template: str, reads: Callable[..., tuple[dict[str, Any], Wanted]], call: Callable[..., Any],
    more: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """Show the form of a change, its preview when it is filled, and make the change when it is sent."""
    if not request.actor.may("calendar"):
        raise NotAllowed("calendar_not_allowed")
    sent = request.POST if request.method == "POST" else request.GET
    context: dict[str, Any] = {"request_id": uuid.uuid4(), **read.typed(sent), **(more or {})}
    status = 200
    try:
        if request.method == "POST":
            given, _wanted = reads(sent, forms.today(request.at))
            done = call(actor=request.actor, at=request.at, batches=BATCHES, **given, **read.assent(sent))
            messages.success(request, _("Đã thay đổi lịch làm việc."))
            return redirect("calendar_change", done.public_id)
        if "xem" in sent:
            context |= previewed(request, sent, reads)
    except (Invalid, Conflict) as refusal:
        context["said"], status = errors.sentence(refusal), errors.status_of(refusal)
        if request.method == "POST":
            with suppress(Fact):
                context |= previewed(request, sent, reads)
    return render(request, template, context, status=status)


def previewed(request: Request, sent: QueryDict, reads: Callable[..., tuple[dict[str, Any], Wanted]]) -> dict[str, Any]:
    """Return what the page shows of a change before it is made."""
    _given, wanted = reads(sent, forms.today(request.at))
    unit = forms.read_uuid(sent.get("xem_don_vi", ""))
    shown = queries.preview(request.actor, request.at, wanted, unit=unit, after=sent.get("sau"))
    return {"shown": shown, "page": shown, "wanted": wanted, "kept_values": read.kept(sent), "unit_shown": unit}


@require_GET
@signed_in
def changes(request: Request) -> HttpResponse:
    """Show every change of the calendar, the latest first."""
    return render(
        request, "calendar/changes.html", {"rows": queries.history(), "may_change": request.actor.may("calendar")}
    )


@require_GET
@signed_in
def one_change(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show one change and the due dates that it moved."""
    page = queries.change(request.actor, public_id, after=request.GET.get("sau"))
    may_reverse = request.actor.may("calendar") and not page.row.reversed_by and not page.row.correction
    return render(request, "calendar/one_change.html", {"page": page, "change": page.row, "may_reverse": may_reverse})


@require_http_methods(["GET", "POST"])
@signed_in
def rules(request: Request) -> HttpResponse:
    """Show the limits that the authority decides, each with its document, and change one."""
    context: dict[str, Any] = {"may_change": request.actor.may("calendar"), "request_id": uuid.uuid4()}
    status = 200
    if request.method == "POST":
        try:
            limits_services.change_limit(actor=request.actor, at=request.at, **read.limit(request.POST))
            messages.success(request, _("Đã thay đổi quy định; áp dụng cho nhiệm vụ giao từ ngày có hiệu lực."))
            return redirect("limit_rules")
        except Invalid as refusal:
            context |= read.typed(request.POST) | {"said": errors.sentence(refusal), "refused": request.POST.get("ma")}
            status = 422
    return render(request, "calendar/rules.html", {**context, "cards": limits.rules(request.at)}, status=status)
