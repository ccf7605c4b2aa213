"""Ask bodies for their opinion: whom the registry names as concerned, what to look at before the question is sent."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kycuong.core.calendars import local_date
from kycuong.queries import consultations as queries
from kycuong.queries.competences import matters
from kycuong.queries.competences.pages import communes_on
from kycuong.services import consultations
from kycuong.web import consultation_words, errors, forms
from kycuong.web.doors import Request, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def ask(request: Request) -> HttpResponse:
    """Ask bodies; what was typed stays when it is refused, or when one only looks whom the matter concerns."""
    if request.method == "GET" or request.POST.get("look"):
        return _page(request)
    try:
        made = consultations.ask(
            actor=request.actor, at=request.at, question=consultation_words.question(request),
            request_id=forms.read_uuid(request.POST.get("request_id", "")),
        )  # fmt: skip
    except errors.TYPED as refusal:
        return _page(request, said=errors.sentence(refusal), status=422)
    messages.success(request, _("Đã gửi lấy ý kiến. Thời hạn của mỗi cơ quan chạy từ khi cơ quan đó nhận văn bản."))
    return redirect("consultation", made)


def _page(request: Request, *, said: str = "", status: int = 200) -> HttpResponse:
    post, before = request.POST, None
    about = forms.read_uuid(post.get("about", "") or request.GET.get("nhiem-vu", ""))
    queries.asking_side(request.actor, about, request.at)
    typed = [text for text in post.getlist("matter") or request.GET.getlist("van-de") if text.strip()]
    place = post.get("place", "") or request.GET.get("dia-ban", "")
    units = [found for text in post.getlist("unit") if (found := forms.read_uuid(text))]
    try:
        before = queries.before(request.actor, request.at, units=units, typed=typed, place=place, about=about)
        if before.found.rows and (post.get("look") or not post):  # who only looks finds the competent bodies chosen
            units = list(dict.fromkeys([*units, *(one.unit for one in before.found.rows)]))
            before = queries.before(request.actor, request.at, units=units, typed=typed, place=place, about=about)
    except errors.TYPED as refusal:
        said, status = said or errors.sentence(refusal), 422
    today = local_date(request.at)
    context = {
        "groups": consultation_words.by_kind(_others(request, before), units), "typed": post,
        "rules": queries.rules_now(today), "chosen": [str(unit) for unit in units], "about": about,
        "request_id": uuid.uuid4(), "said": said, "before": before, "place": place,
        "matters": [*typed, "", "", ""][: max(3, len(typed))], "offered": matters.offered(), "communes": communes_on(today),
        "bare": consultation_words.with_reasons(before, post), "checked": bool(post or units),
    }  # fmt: skip
    return render(request, "consultations/ask.html", context, status=status)


def _others(request: Request, before: queries.Before | None) -> list[tuple[uuid.UUID, str, str]]:
    """Return the bodies that may be asked beside those which the registry names above them."""
    named = {one.unit for one in before.found.rows} if before else set()
    return [one for one in queries.bodies(request.actor, request.at) if one[0] not in named]
