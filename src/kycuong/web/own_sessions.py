"""One's own sessions: where one is signed in, and ending what one does not know."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kycuong.queries import sign_ins as queries
from kycuong.services import sessions as services
from kycuong.web import sessions
from kycuong.web.doors import Request, signed_in


@never_cache
@require_GET
@signed_in
def own(request: Request) -> HttpResponse:
    """Show the person's open sessions."""
    rows = queries.sessions(request.actor.officer_id, request.real, at=request.at, current=sessions.current(request))
    context = {"rows": rows, "idle": settings.SESSION_IDLE_MINUTES, "hours": settings.SESSION_COOKIE_AGE // 3600}
    return render(request, "accounts/sessions.html", context)


@require_POST
@signed_in
def end(request: Request, session: str) -> HttpResponse:
    """End one of the person's sessions."""
    services.end(actor=request.actor, at=request.at, session=session)
    messages.success(request, _("Đã kết thúc phiên đăng nhập đó."))
    return redirect("own_sessions")


@require_POST
@signed_in
def end_others(request: Request) -> HttpResponse:
    """End all of the person's sessions but this one."""
    ended = services.end_others(actor=request.actor, at=request.at, keep=sessions.current(request))
    said = ngettext("Đã kết thúc %(n)d phiên đăng nhập khác.", "Đã kết thúc %(n)d phiên đăng nhập khác.", ended)
    messages.success(request, said % {"n": ended})
    return redirect("own_sessions")
