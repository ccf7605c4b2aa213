"""Arbitration: what waits for a ruling, one matter with its way, the ruling, and who arbitrates."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kycuong.core.calendars import local_date
from kycuong.core.errors import NotAllowed
from kycuong.queries import transfers as queries
from kycuong.services import arbitrations, receipts, transfers
from kycuong.web import errors, forms
from kycuong.web.doors import Request, signed_in

#: The last part of an act's address, and the act.
ADDRESSES = {"ket-luan": "rule", "chuyen-cap-tren": "step_aside"}


@require_GET
@signed_in
def arbitration_list(request: Request) -> HttpResponse:
    """List what waits for a ruling and what was ruled, with the rule by which it goes."""
    return _list(request)


def _list(request: Request, *, said: str = "", status: int = 200) -> HttpResponse:
    context = {
        "rows": queries.arbitrations(request.actor, request.at), "rules": queries.rules(request.at), "said": said,
        "may_write": request.actor.may("calendar"), "typed": request.POST, "seats": queries.choices(local_date(request.at)),
        "most": queries.most_now(local_date(request.at)), "ladder": queries.ladder(local_date(request.at)),
    }  # fmt: skip
    return render(request, "arbitrations/list.html", context, status=status)


@require_POST
@signed_in
def set_rule(request: Request) -> HttpResponse:
    """Decide how often a matter is handed on, and who arbitrates."""
    post = request.POST
    try:
        transfers.set_rule(
            actor=request.actor, at=request.at, most=forms.read_number(post.get("most", "")),
            document=post.get("document", ""), in_force_from=forms.read_date(post.get("in_force_from", "")),
            arbiter=post.get("arbiter", ""), above=post.get("above", ""),
        )  # fmt: skip
    except errors.TYPED as refusal:
        return _list(request, said=errors.sentence(refusal), status=422)
    messages.success(request, _("Đã ghi quy tắc phân xử."))
    return redirect("arbitrations")


@require_GET
@signed_in
def arbitration(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show one arbitration; the desk's own officer has now opened it."""
    receipts.receive(actor=request.actor, at=request.at, duty=public_id)
    return _page(request, public_id)


def _page(
    request: Request, public_id: uuid.UUID, *, refused: str = "", said: str = "", status: int = 200
) -> HttpResponse:
    page = queries.arbitration(request.actor, public_id, request.at)
    context: dict[str, Any] = {
        "page": page, "path": page.path, "refused": refused, "said": said, "typed": request.POST, "request_id": uuid.uuid4(),
        "chosen": request.POST.get("unit", str(page.named or "")),
    }  # fmt: skip
    return render(request, "arbitrations/arbitration.html", context, status=status)


@require_POST
@signed_in
def act(request: Request, public_id: uuid.UUID, address: str) -> HttpResponse:
    """Rule, or hand the arbitration to the next level above."""
    name = ADDRESSES.get(address)
    if name is None:
        raise Http404
    try:
        getattr(arbitrations, name)(actor=request.actor, at=request.at, duty=public_id, **_given(request, name))
    except (*errors.TYPED, NotAllowed) as refusal:
        return _page(request, public_id, refused=name, said=errors.sentence(refusal), status=errors.status_of(refusal))
    if name == "rule":
        messages.success(request, _("Đã kết luận; việc đã đến cơ quan có thẩm quyền và sổ thẩm quyền ghi từ hôm nay."))
        return redirect("arbitration", public_id)
    messages.success(request, _("Đã chuyển cấp trên phân xử."))
    return redirect("arbitrations")


def _given(request: Request, name: str) -> dict[str, Any]:
    """Return what the form of an act carries. Raises: Invalid."""
    post = request.POST
    seen = forms.read_seen(request)
    given: dict[str, Any] = {"note": post.get("note", ""), "request": seen}
    if name == "rule":
        given |= {
            "unit": forms.read_uuid(post.get("unit", "")), "matter": post.get("matter", ""), "basis": post.get("basis", ""),
            "due_on": forms.read_date(post.get("due_on", "")),
        }  # fmt: skip
    return given
