"""Targets: the list, one with its values over time, what each side may do with it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kycuong.core.errors import TransitionNotAllowed
from kycuong.queries import targets as queries
from kycuong.queries import themes
from kycuong.services import targets as services
from kycuong.services import workbooks
from kycuong.web import errors, forms, period_words
from kycuong.web.doors import Request, signed_in
from kycuong.web.imports import download

REFUSED = (*errors.REFUSED, *errors.TYPED, TransitionNotAllowed)
FIELDS = ("name", "plan", "measure", "direction", "note")


@require_GET
@signed_in
def targets(request: Request) -> HttpResponse:
    """Show the targets that the person sees, filtered by result, unit and theme."""
    chosen = _chosen(request)
    page = queries.targets(request.actor, after=request.GET.get("sau"), **chosen)
    counts = [(code, name, page.counts[code]) for code, name in period_words.TARGET_STATES.items()]
    context = {"page": page, "chosen": chosen, "counts": counts, "themes": themes.choices(ended=True)}
    return render(request, "targets/list.html", context)


def _chosen(request: Request) -> dict[str, Any]:
    asked = request.GET
    return {
        "state": asked.get("loc", ""),
        "theme": forms.read_uuid(asked.get("chu-de", "")),
        "unit": forms.read_uuid(asked.get("don-vi", "")),
    }


@require_GET
@signed_in
def table(request: Request) -> HttpResponse:
    """Hand out the targets of the filter on show as a table file."""
    return download(workbooks.targets_book(actor=request.actor, at=request.at, **_chosen(request)))


@require_GET
@signed_in
def target(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show a target with its values over time."""
    return target_page(request, public_id)


def target_page(
    request: Request, public_id: uuid.UUID, *, part: str = "", said: str = "", status: int = 200
) -> HttpResponse:
    """Render a target; `said` stands at the form that `part` names."""
    page = queries.target(request.actor, public_id)
    row, typed = page.row, request.POST
    kept = {"name": row.name, "plan": period_words.number(row.plan), "measure": row.measure, "direction": row.direction}
    context = {
        "page": page,
        "part": part,
        "said": said,
        "typed": typed if part == "ghi-so" else {},
        "values": {name: typed.get(name, "") for name in FIELDS} if part == "sua" else kept,
        "side": page.side,
    }
    return render(request, "targets/target.html", context, status=status)


@require_POST
@signed_in
def target_act(request: Request, public_id: uuid.UUID, address: str) -> HttpResponse:
    """Do one act on a target and show it again."""
    try:
        perform(request, public_id, address)
    except REFUSED as refusal:
        said, code = errors.sentence(refusal), errors.status_of(refusal)
        return target_page(request, public_id, part=address, said=said, status=code)
    messages.success(request, _("Đã ghi nhận."))
    return redirect("target", public_id)


def perform(request: Request, public_id: uuid.UUID, address: str) -> None:
    """Call the one service of an address with what its form carries."""
    typed = request.POST
    given: dict[str, Any] = {"actor": request.actor, "at": request.at}
    if address == "ghi-so":
        services.record(
            **given, target=public_id, value=typed.get("value", ""), as_of=forms.read_date(typed.get("as_of", "")),
            source=typed.get("source", ""), file=forms.read_file(request, required=False),
            occurrence=forms.read_uuid(typed.get("occurrence", "")), corrects=forms.read_uuid(typed.get("corrects", "")),
        )  # fmt: skip
    elif address == "sua":
        given |= {name: typed.get(name, "") for name in FIELDS}
        services.correct(**given, target=public_id)
    elif address == "tra-loi":
        change = forms.read_uuid(typed.get("change", "")) or uuid.UUID(int=0)
        services.answer(**given, change=change, note=typed.get("note", ""))
    elif address in {"bo", "y-kien"}:
        call = services.drop if address == "bo" else services.contest
        call(**given, target=public_id, note=typed.get("note", ""))
    else:
        raise Http404


@require_http_methods(["GET", "POST"])
@signed_in
def add(request: Request, duty: uuid.UUID) -> HttpResponse:
    """Show the form for a further target of a task, or take it."""
    values = {name: request.POST.get(name, "") for name in FIELDS}
    if request.method == "GET":
        return render(request, "targets/add.html", {"duty": duty, "values": values})
    try:
        added = services.add(actor=request.actor, at=request.at, duty=duty, **values)
    except REFUSED as refusal:
        context = {"duty": duty, "values": values, "said": errors.sentence(refusal)}
        return render(request, "targets/add.html", context, status=errors.status_of(refusal))
    return redirect("target", added)
