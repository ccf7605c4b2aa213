"""Give a task directly: what was said in a meeting or by telephone, written down at once."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kycuong.queries import duties, org
from kycuong.queries.scope import to_give
from kycuong.services import directives as services
from kycuong.web import errors, forms
from kycuong.web.doors import Request, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def give(request: Request) -> HttpResponse:
    """Give one unit one task; at a meeting the next one follows on the same page."""
    to_give(request.actor)
    if request.method == "GET":
        return give_page(request)
    try:
        made = services.give(actor=request.actor, at=request.at, **forms.give_values(request.POST))
    except errors.TYPED as refusal:
        beside = getattr(refusal, "code", "") == "give_beside_registry"
        return give_page(request, said=errors.sentence(refusal), status=errors.status_of(refusal), beside=beside)
    messages.success(request, _("Đã giao việc. Đơn vị nhận được ngay."))
    return redirect("give") if request.POST.get("next") else redirect("duty", made)


def give_page(request: Request, *, said: str = "", status: int = 200, beside: bool = False) -> HttpResponse:
    """Render the form, with what was typed and the sentence of a refusal."""
    typed = request.POST
    context = {
        "units": duties.units(request.at),
        "leaders": [] if request.actor.has("chairman", "vice_chairman") else org.leaders(request.at),
        "typed": typed,
        "aside": typed.getlist("participants"),
        "said": said,
        "beside": beside or bool(typed.get("why")),
        "request_id": uuid.uuid4(),
    }
    return render(request, "duties/give.html", context, status=status)
