"""Triage and review of a document: its orders beside its text, until the assignment is issued."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kycuong.core.calendars import local_date
from kycuong.core.errors import Invalid
from kycuong.queries import comparisons, competences
from kycuong.queries import documents as queries
from kycuong.services import directives as services
from kycuong.web import errors, forms, presenters, words
from kycuong.web.doors import Request, signed_in


@require_GET
@signed_in
def review(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show the triage question, or the orders beside the text."""
    return review_page(request, public_id)


def review_page(
    request: Request, public_id: uuid.UUID, *, said: str = "", part: str = "", only: str = "", status: int = 200
) -> HttpResponse:
    """Render the review, whole or (for htmx) its changing parts; `part` is where the sentence `said` belongs.

    With `only` the parts hold that one card: what was typed into the others stays as it is.
    """
    page = queries.review(request.actor, public_id, request.at)
    if page.document.state in {"reading", "erased"}:
        return redirect("scan", public_id)
    named = competences.named_for({one.public_id: one.text for one in page.orders}, local_date(request.at))
    cards = presenters.cards(page, part, said, named)
    context: dict[str, Any] = {
        "page": page,
        "cards": cards,
        "beside": any(one.beside for one in cards),
        "runs": presenters.lit(page.pieces, page.orders),
        "unread_fields": presenters.unread_fields(page),
        "roles": presenters.roles(page),
        "parties": presenters.party_names(request.at),
        "cycles": words.CYCLES,
        "yearly": "FREQ=YEARLY",
        "said": said,
        "part": part,
        "typed": request.POST,
        "kinds": words.KINDS.items(),
        "bounds": words.BOUNDS.items(),
        "drop_reasons": presenters.DROP_REASONS,
        "coverage_text": words.coverage(*page.coverage),
        "only": only,
        "suggestions": [] if request.htmx else comparisons.suggestions(request.actor, public_id),
    }
    if page.document.state in {"issued", "for_info"} and request.method == "GET":
        return redirect("document", public_id)
    template = "documents/review_parts.html" if request.htmx else "documents/review.html"
    return render(request, template, context, status=status)


def acted(
    request: Request, public_id: uuid.UUID, part: str, act: Callable[[], object], *, only: str = ""
) -> HttpResponse:
    """Do an act of the review, then show it again: as parts for htmx, else by a redirect to the place acted on."""
    try:
        act()
    except errors.TYPED as refusal:
        return review_page(request, public_id, said=errors.sentence(refusal), part=part, only=only, status=422)
    if request.htmx:
        return review_page(request, public_id, only=only)
    return redirect(f"{reverse('review', args=[public_id])}#{part}")


@require_POST
@signed_in
def triage(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Say whether the document assigns work or is for information."""
    has_orders = request.POST.get("has_orders") == "1"
    services.triage(actor=request.actor, at=request.at, document=public_id, has_orders=has_orders)
    if has_orders:
        return redirect("review", public_id)
    messages.success(request, _("Đã xếp văn bản vào loại để biết."))
    return redirect("document", public_id)


@require_POST
@signed_in
def roles(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Say who gives the order and who follows it."""

    def act() -> None:
        giver = forms.read_number(request.POST.get("giver_post", ""))
        follower = forms.read_number(request.POST.get("follower_post", ""))
        if giver is None:
            raise Invalid("giver_missing")
        services.set_roles(
            actor=request.actor, at=request.at, document=public_id, giver_post=giver, follower_post=follower
        )

    return acted(request, public_id, "roles", act)


@require_POST
@signed_in
def header(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Correct what the reader took from the head of the document."""
    given = {name: str(value).strip() for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    return acted(
        request,
        public_id,
        "header",
        lambda: services.correct_header(actor=request.actor, at=request.at, document=public_id, **given),
    )


@require_POST
@signed_in
def add(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Make an order of a passage that the reader left out."""

    def act() -> None:
        text = queries.review(request.actor, public_id, request.at).text
        start, end = forms.span_of(request.POST, text)
        services.add_order(actor=request.actor, at=request.at, document=public_id, start=start, end=end)

    return acted(request, public_id, "add", act)


@require_POST
@signed_in
def undo(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Take back the last change of the review."""
    return acted(
        request,
        public_id,
        "orders",
        lambda: services.undo(actor=request.actor, at=request.at, document=public_id),
    )


@require_POST
@signed_in
def issue(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Issue the assignment: the tasks open, the units are told."""
    rrule, why = request.POST.get("report_rrule", ""), request.POST.get("why", "")
    try:
        opened = services.issue(actor=request.actor, at=request.at, document=public_id, report_rrule=rrule, why=why)
    except errors.TYPED as refusal:
        return review_page(request, public_id, said=errors.sentence(refusal), part="issue", status=422)
    done = ngettext(
        "Đã ban hành phân công: %(n)d nhiệm vụ đã đến các đơn vị.",
        "Đã ban hành phân công: %(n)d nhiệm vụ đã đến các đơn vị.",
        opened,
    )
    messages.success(request, done % {"n": opened})
    return redirect("document", public_id)


def check(order: uuid.UUID, post: QueryDict, at: datetime) -> dict[str, Any]:
    """Take the order as proposed."""
    return {"order": order}


def correct(order: uuid.UUID, post: QueryDict, at: datetime) -> dict[str, Any]:
    """Take the order as corrected in its form."""
    return {"order": order, **forms.order_values(post, at)}


def split(order: uuid.UUID, post: QueryDict, at: datetime) -> dict[str, Any]:
    """Cut the order in two at a place in the text."""
    return {"order": order, "offset": forms.read_number(post.get("offset", "")) or 0}


def merge(order: uuid.UUID, post: QueryDict, at: datetime) -> dict[str, Any]:
    """Join the order to the one before it."""
    return {"first": forms.read_uuid(post.get("first", "")), "second": order}


def drop(order: uuid.UUID, post: QueryDict, at: datetime) -> dict[str, Any]:
    """Say that the passage assigns nothing, and why."""
    return {"order": order, "reason": post.get("reason_other", "").strip() or post.get("reason", "")}


#: The last part of an address, the service, and how its values are read from the form.
ORDER_ACTS: dict[str, tuple[str, Callable[[uuid.UUID, QueryDict, datetime], dict[str, Any]]]] = {
    "dung": ("check_order", check),
    "sua": ("correct_order", correct),
    "tach": ("split_order", split),
    "gop": ("merge_orders", merge),
    "khong-giao": ("drop_order", drop),
    "khoi-phuc": ("restore_order", check),
}

#: The acts that change which orders there are: the whole list is shown anew.
RESHAPING = frozenset({"tach", "gop"})


@require_POST
@signed_in
def order_act(request: Request, public_id: uuid.UUID, order: uuid.UUID, address: str) -> HttpResponse:
    """Do one act of the review on one order."""
    if address not in ORDER_ACTS:
        raise Http404
    name, values = ORDER_ACTS[address]
    service: Callable[..., object] = getattr(services, name)

    def act() -> None:
        service(actor=request.actor, at=request.at, **values(order, request.POST, request.at))

    place = f"o-{order}"
    return acted(request, public_id, place, act, only="" if address in RESHAPING else place)
