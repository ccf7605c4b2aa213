"""The organisation: its tree on any day, one unit, and its changes from draft to succession list."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kycuong.core.calendars import local_date
from kycuong.core.errors import Invalid
from kycuong.queries import org_changes as queries
from kycuong.queries import organisation, scope
from kycuong.services import org_changes as services
from kycuong.services import workbooks
from kycuong.web import errors, forms, org_forms, words
from kycuong.web.doors import Request, signed_in
from kycuong.web.imports import download


def _day(request: Request) -> date:
    try:
        return forms.read_date(request.GET.get("ngay", "")) or local_date(request.at)
    except Invalid:
        return local_date(request.at)


@require_GET
@signed_in
def tree(request: Request) -> HttpResponse:
    """Show the units in force on a day, or those with some words."""
    on, text = _day(request), request.GET.get("q", "")
    context = {"groups": organisation.tree(on, text), "on": on, "today": local_date(request.at), "typed_text": text}
    return render(request, "org/tree.html", context | {"may_organise": request.actor.organises})


@require_GET
@signed_in
def unit(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show one unit on a day: its head, divisions, posts, and what has become of it."""
    on = _day(request)
    page = organisation.unit_page(request.actor, public_id, on, last=not request.GET.get("ngay"))
    return render(
        request,
        "org/unit.html",
        {"page": page, "on": page.on, "today": local_date(request.at), "kinds": words.ORG_CHANGES},
    )


@require_GET
@signed_in
def changes(request: Request) -> HttpResponse:
    """Show the changes of the organisation, newest first."""
    page = queries.changes(request.actor, after=request.GET.get("sau"))
    return render(
        request, "org/changes.html", {"page": page, "kinds": words.ORG_CHANGES, "addresses": org_forms.ADDRESSES}
    )


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: Request, address: str) -> HttpResponse:
    """Show the form of a change; sent, keep it as a draft and go to its preview."""
    scope.to_organise(request.actor)
    kind = org_forms.ADDRESSES.get(address)
    if kind is None:
        raise Http404
    said = ""
    if request.method == "POST":
        try:
            plan = org_forms.plan_values(kind, request.POST, request.at)
            return redirect("org_change", services.draft(actor=request.actor, at=request.at, plan=plan))
        except Invalid as refusal:
            said = errors.sentence(refusal)
    return render(request, "org/new.html", _form(request, kind, address) | {"said": said}, status=422 if said else 200)


def _form(request: Request, kind: str, address: str) -> dict[str, Any]:
    wanted = forms.read_uuid(request.GET.get("don-vi", ""))
    today = local_date(request.at)
    chosen = organisation.unit_page(request.actor, wanted, today) if wanted else None
    typed = request.POST
    return {
        "kind": kind, "address": address, "title": words.ORG_CHANGES[kind], "chosen": chosen, "today": today, "typed": typed,
        "olds": typed.getlist("don-vi-cu") or [chosen.name if chosen else "", *([""] if kind == "merge" else [])],
        "fresh": _fresh(request, kind), "units": queries.unit_names(today),
        "seats": queries.seats_to_change(wanted, today), "post_kinds": words.POST_KINDS.items(),
    }  # fmt: skip


def _fresh(request: Request, kind: str) -> list[tuple[str, str, str]]:
    """Return the rows of new units that a form shows, as typed."""
    names = ("ten-moi", "ten-tat-moi", "linh-vuc")
    typed = list(zip(*(request.POST.getlist(name) for name in names), strict=False))
    rows = 1 if kind == "merge" else org_forms.NEW_UNITS
    return [*typed, *[("", "", "")] * (rows - len(typed))]


@require_GET
@signed_in
def change(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show a change: a draft with its succession list, or what became of it."""
    return change_page(request, public_id)


def change_page(request: Request, public_id: uuid.UUID, said: str = "", status: int = 200) -> HttpResponse:
    """Render a change, with the sentence of a refusal above it."""
    to, after = request.GET.get("den", ""), request.GET.get("sau")
    page = queries.change(request.actor, public_id, request.at, to=to, after=after)
    refusals = [errors.sentence(fact) for fact in page.refusals]
    context = {
        "page": page, "refusals": refusals, "said": said, "to": to, "kinds": words.ORG_CHANGES, "ways": words.WAYS,
        "today": local_date(request.at), "states": words.CHANGE_STATES,
    }  # fmt: skip
    return render(
        request, "org/draft.html" if page.row.state == "draft" else "org/outcome.html", context, status=status
    )


@require_GET
@signed_in
def succession(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Hand out the succession list of a change."""
    return download(workbooks.succession(actor=request.actor, at=request.at, change=public_id))


@require_POST
@signed_in
def change_act(request: Request, public_id: uuid.UUID, address: str) -> HttpResponse:
    """Arrange, choose, decide or cancel."""
    act = ACTS.get(address)
    if act is None:
        raise Http404
    try:
        act(request, public_id)
    except Invalid as refusal:
        return change_page(request, public_id, errors.sentence(refusal), 422)
    return redirect("org_change", public_id)


def _seen(request: Request) -> int | None:
    return forms.read_number(request.POST.get("edition", ""))


def arrange(request: Request, public_id: uuid.UUID) -> None:
    """Say who heads what follows, and where divisions and people go."""
    page = queries.change(request.actor, public_id, request.at)
    plan = org_forms.arranged(page.plan, request.POST)
    services.edit(actor=request.actor, at=request.at, change=public_id, plan=plan, seen=_seen(request))
    messages.success(request, _("Đã lưu; danh sách kế thừa bên dưới đã tính lại."))


def choose(request: Request, public_id: uuid.UUID) -> None:
    """Choose the successor of the ticked duties, or of all that nobody has chosen."""
    ticked = [key for value in request.POST.getlist("viec") if (key := forms.read_uuid(value))]
    rest = request.POST.get("con-lai") == "1"
    n = services.choose(
        actor=request.actor, at=request.at, change=public_id, to=request.POST.get("den", ""), duties=ticked, rest=rest,
        seen=_seen(request),
    )  # fmt: skip
    messages.success(request, _("Đã chọn đơn vị kế thừa cho %(n)d nhiệm vụ.") % {"n": n})


def decide(request: Request, public_id: uuid.UUID) -> None:
    """Decide the change."""
    services.decide(actor=request.actor, at=request.at, change=public_id, seen=_seen(request))
    messages.success(request, _("Đã duyệt thay đổi tổ chức."))


def cancel(request: Request, public_id: uuid.UUID) -> None:
    """Cancel the change."""
    services.cancel(actor=request.actor, at=request.at, change=public_id, seen=_seen(request))
    messages.success(request, _("Đã hủy; tổ chức bộ máy không thay đổi."))


ACTS: dict[str, Callable[[Request, uuid.UUID], None]] = {
    "sap-xep": arrange, "chon": choose, "duyet": decide, "huy": cancel
}  # fmt: skip
