"""Notices, the audit page, help, and the demo's clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kycuong.core.errors import NotVisible
from kycuong.queries import audit as audits
from kycuong.queries import calendars
from kycuong.queries import notices as bell
from kycuong.services import clocks
from kycuong.services import notices as notices_services
from kycuong.web import words
from kycuong.web.doors import Request, signed_in


@require_GET
@signed_in
def notices(request: Request) -> HttpResponse:
    """Show what has happened to the person's duties."""
    page = bell.notices(request.actor, request.at, after=request.GET.get("sau"))
    return render(request, "pages/notices.html", {"page": page})


@require_POST
@signed_in
def read_all(request: Request) -> HttpResponse:
    """Mark the person's notices as read."""
    notices_services.mark_read(actor=request.actor, at=request.at)
    return redirect("notices")


@require_GET
@signed_in
def audit(request: Request) -> HttpResponse:
    """Show the audit log to whoever may read it."""
    if not request.actor.may("audit"):
        raise NotVisible("page_not_visible")
    act = request.GET.get("viec", "")
    page = audits.entries(request.actor, after=request.GET.get("sau"), act=act)
    return render(request, "pages/audit.html", {"page": page, "act": act, "labels": audits.LABELS})


@require_GET
def guide(request: Request) -> HttpResponse:
    """Show the keys and the words."""
    return render(request, "pages/help.html", {"states": words.STATES})


@require_POST
@signed_in
def clock(request: Request) -> HttpResponse:
    """Move the demo's clock to the opening of the next working day."""
    if not settings.DEMO:
        raise Http404
    here = timezone.get_current_timezone()
    today = timezone.localtime(request.at, here).date()
    opening = datetime.combine(calendars.current().next_working(today + timedelta(days=1)), time(8, 1), here)
    clocks.advance(actor=request.actor, real=timezone.now(), to=opening)
    messages.success(request, _("Đồng hồ thử nghiệm đã sang %(day)s.") % {"day": words.weekday(opening.date())})
    return redirect("my_duties")
