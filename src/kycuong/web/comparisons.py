"""A document and its family: compared demand by demand, who has not yet followed, the graph; a person corrects a match."""

from __future__ import annotations

import re
import uuid

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kycuong.core.errors import Invalid
from kycuong.queries import comparisons as queries
from kycuong.services import comparisons as services
from kycuong.web import errors, forms, genealogy
from kycuong.web.doors import Request, signed_in

TABS = ("yeu-cau", "don-vi", "so-do")
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")


@require_GET
@signed_in
def comparison(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show a document beside one of its family, or which units have not yet followed, or the family drawn."""
    return comparison_page(request, public_id)


def comparison_page(request: Request, public_id: uuid.UUID, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render the page; `said` is the sentence of a refusal."""
    asked = request.GET
    beside = forms.read_uuid(asked.get("voi", ""))
    if asked.get("so"):
        try:
            beside = queries.of_registered(request.actor, asked["so"])
        except Invalid as refusal:
            said, status = errors.sentence(refusal), 422
    page = queries.genealogy(request.actor, public_id, request.at, beside)
    tab = asked.get("xem") if asked.get("xem") in TABS else TABS[0]
    only = asked.get("loc", "")
    context = {
        "page": page,
        "pair": page.pair,
        "tab": tab,
        "said": said,
        "only": only,
        "typed": asked.get("so", ""),
        "rows": genealogy.rows(page.pair, only) if page.pair and tab == TABS[0] else [],
        "tallies": genealogy.tallies(page.pair) if page.pair else [],
        "drawing": genealogy.draw(page.family, public_id) if tab == "so-do" else None,
        "branches": genealogy.nested(page.family, public_id) if tab == "so-do" else [],
        "statuses": genealogy.STATUSES.items(),
    }
    return render(request, "comparisons/page.html", context, status=status)


@require_POST
@signed_in
def correct(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Say what became of a demand."""
    post = request.POST
    parent, child = forms.read_uuid(post.get("parent", "")), forms.read_uuid(post.get("child", ""))
    try:
        demand = spans_of(post, "demand")
        if not (parent and child and demand):
            raise Invalid("demand_unknown")
        services.correct_match(
            actor=request.actor, at=request.at, parent=parent, child=child, demand=demand[0],
            status=post.get("status", ""), spans=spans_of(post, "span"), reason=post.get("reason", ""),
        )  # fmt: skip
    except errors.TYPED as refusal:
        return comparison_page(request, public_id, said=errors.sentence(refusal), status=422)
    messages.success(request, _("Đã lưu ý kiến của đồng chí về yêu cầu này."))
    return redirect(f"{_address(public_id, post)}#y-{demand[0][0]}")


@require_POST
@signed_in
def undo(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Take a word on a demand back."""
    correction = forms.read_uuid(request.POST.get("correction", ""))
    try:
        if correction is None:
            raise Invalid("demand_unknown")
        services.undo_match(actor=request.actor, at=request.at, correction=correction)
    except errors.TYPED as refusal:
        return comparison_page(request, public_id, said=errors.sentence(refusal), status=422)
    messages.success(request, _("Đã bỏ chỗ sửa, trở lại kết quả trước đó."))
    return redirect(_address(public_id, request.POST))


def spans_of(post: QueryDict, name: str) -> list[tuple[int, int]]:
    """Return the spans that a form sent, as start-end; anything else is left out."""
    found = (_SPAN.fullmatch(value) for value in post.getlist(name))
    return [(int(match[1]), int(match[2])) for match in found if match]


def _address(public_id: uuid.UUID, post: QueryDict) -> str:
    """Return the address of the pair that a form stood beside."""
    beside = forms.read_uuid(post.get("voi", ""))
    return reverse("comparison", args=[public_id]) + (f"?voi={beside}" if beside else "")
