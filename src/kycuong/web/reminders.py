"""Reminding: the ladders."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kycuong.core.ladders import Hearer
from kycuong.queries import ladders as queries
from kycuong.services import ladders
from kycuong.web import errors, forms
from kycuong.web import reminder_forms as presenters
from kycuong.web.doors import Request, signed_in


@require_GET
@signed_in
def ladder(request: Request) -> HttpResponse:
    """Show who is reminded of what, and when; whoever may changes a rung here."""
    return ladder_page(request)


def ladder_page(request: Request, *, place: str = "", said: str = "", status: int = 200) -> HttpResponse:
    """Render the ladders; `place` is the rung whose form shows the sentence `said`."""
    context = {
        "ladders": presenters.ladders(queries.ladders(), request.POST, place, may=queries.may_change(request.actor)),
        "history": queries.history(),
        "hearers": list(Hearer),
        "place": place,
        "said": said,
    }
    return render(request, "reminders/ladder.html", context, status=status)


@require_POST
@signed_in
def change(request: Request, condition: str, step: int) -> HttpResponse:
    """Change one rung, or add the next one."""
    post = request.POST
    try:
        ladders.change(
            actor=request.actor, at=request.at, condition=condition, step=step,
            working_days=forms.read_number(post.get("working_days", "")) or 0, hearers=post.getlist("hearer"),
            is_active=post.get("silent") != "1", decision=post.get("decision", ""), reason=post.get("reason", ""),
        )  # fmt: skip
    except errors.TYPED as refusal:
        return ladder_page(request, place=f"{condition}.{step}", said=errors.sentence(refusal), status=422)
    messages.success(request, _("Đã điều chỉnh thang nhắc việc, có hiệu lực từ lúc này."))
    return redirect("ladder")


@require_GET
@signed_in
def tomorrow(request: Request) -> HttpResponse:
    """Show who would be reminded of what on the next working day, or on the day asked for."""
    on = forms.read_date(request.GET.get("ngay", "")) or queries.next_day(request.at)
    page = queries.preview(on, who=request.actor)
    everyone = request.actor.sees_all
    return render(request, "reminders/tomorrow.html", {"page": page, "everyone": everyone})
