"""Reminding: the ladders, who would hear what, mail as each person wants it, the outbox."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kycuong.core.ladders import Hearer
from kycuong.core.mails import Choice
from kycuong.queries import ladders as queries
from kycuong.queries import mails
from kycuong.services import accounts, ladders, outreach
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


@require_GET
@signed_in
def wish(request: Request) -> HttpResponse:
    """Show how the person wants to hear by e-mail."""
    return wish_page(request)


def wish_page(request: Request, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render the choice; `said` is why what was typed is refused."""
    kept = mails.wish(request.actor)
    context = {
        "choices": list(Choice),
        "choice": request.POST.get("choice", kept.choice),
        "email": request.POST.get("email", kept.email),
        "domains": settings.MAIL_DOMAINS,
        "sends": settings.SENDS_MAIL,
        "said": said,
    }
    return render(request, "reminders/wish.html", context, status=status)


@require_POST
@signed_in
def choose(request: Request) -> HttpResponse:
    """Note how the person wants to hear by e-mail."""
    email, choice = request.POST.get("email", ""), request.POST.get("choice", "")
    try:
        accounts.choose_mail(actor=request.actor, at=request.at, email=email, choice=choice)
    except errors.TYPED as refusal:
        return wish_page(request, said=errors.sentence(refusal), status=422)
    messages.success(request, _("Đã lưu cách nhận nhắc việc."))
    return redirect("mail_wish")


@require_GET
@signed_in
def outbox(request: Request) -> HttpResponse:
    """Show the outbox of e-mail to the administrator."""
    state = request.GET.get("loc", "")
    page = mails.mails(request.actor, state=state, after=request.GET.get("sau"))
    return render(request, "reminders/outbox.html", {"page": page, "state": state, "sends": settings.SENDS_MAIL})


@require_POST
@signed_in
def retry(request: Request) -> HttpResponse:
    """Put one failed mail, or all, back in the queue."""
    count = outreach.retry(actor=request.actor, at=request.at, mail=forms.read_number(request.POST.get("mail", "")))
    messages.success(request, _("Đã đưa %(n)d thư vào hàng chờ gửi lại.") % {"n": count})
    return redirect("mail_outbox")
