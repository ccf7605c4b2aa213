"""The registry of competence: ask, browse, one row with its history, and the acts of those who keep it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kycuong.core.errors import Invalid
from kycuong.queries import competences as queries
from kycuong.reader.sheets import ENCODINGS
from kycuong.services import competences as services
from kycuong.services import imports, workbooks
from kycuong.web import competence_forms, errors, forms
from kycuong.web.doors import Request, signed_in
from kycuong.web.imports import download


@require_GET
@signed_in
def registry(request: Request) -> HttpResponse:
    """Show the registry: the answer to what is asked, or the tree of matters."""
    asked, today = request.GET, forms.today(request.at)
    on, said = _day(asked.get("ngay", ""), today)
    typed = queries.Asked(asked.get("van-de", ""), asked.get("dia-ban", ""), asked.get("gia-tri", ""))
    place = forms.read_number(asked.get("tu", "")) or 0
    page = queries.asked_page(request.actor, typed, on, at_matter=asked.get("muc", ""), place=place)
    wrong = said or page.said
    context = {"page": page, "today": today, "said": errors.sentence(wrong) if wrong else ""}
    return render(request, "competences/registry.html", context, status=422 if wrong else 200)


def _day(typed: str, today: date) -> tuple[date, Invalid | None]:
    try:
        return forms.read_date(typed) or today, None
    except Invalid as wrong:
        return today, wrong


@require_GET
@signed_in
def row(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show one row: what it says, the chain above it, what was passed on, its history."""
    return row_page(request, public_id)


def row_page(request: Request, public_id: uuid.UUID, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render a row; `said` stands at the form that ends it."""
    page = queries.row_page(request.actor, public_id, forms.today(request.at))
    context = {"page": page, "said": said, "typed": request.POST, "today": forms.today(request.at)}
    return render(request, "competences/row.html", context, status=status)


@require_http_methods(["GET", "POST"])
@signed_in
def add(request: Request) -> HttpResponse:
    """Show the form for a new row, or take it."""
    return _form(request, "add", None)


@require_http_methods(["GET", "POST"])
@signed_in
def replace(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show the form for a new content of a row, or take it."""
    return _form(request, "replace", public_id)


@require_http_methods(["GET", "POST"])
@signed_in
def pass_on(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show the form that passes a competence on, or take it."""
    return _form(request, "pass_on", public_id)


def _form(request: Request, act: str, public_id: uuid.UUID | None) -> HttpResponse:
    """Show or take the form of an act; a refusal stands at the form with what was typed."""
    if request.method == "GET":
        return _form_page(request, act, public_id)
    try:
        line = competence_forms.line(request.POST, act, public_id)
        given: dict[str, Any] = {"actor": request.actor, "at": request.at, "line": line}
        made = (
            services.replace(competence=public_id, **given) if act == "replace" and public_id else services.add(**given)
        )
    except errors.REFUSED as refusal:
        return _form_page(request, act, public_id, said=errors.sentence(refusal), status=errors.status_of(refusal))
    messages.success(request, _("Đã ghi vào sổ thẩm quyền."))
    return redirect("competence", made)


def _form_page(
    request: Request, act: str, public_id: uuid.UUID | None, *, said: str = "", status: int = 200
) -> HttpResponse:
    page = queries.form_page(request.actor, public_id, forms.today(request.at))
    typed = request.POST.dict() if request.method == "POST" else competence_forms.begun(page, act, request.GET)
    context = {"page": page, "act": act, "typed": typed, "said": said, "today": forms.today(request.at)}
    return render(request, "competences/form.html", context, status=status)


@require_POST
@signed_in
def end(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """End a row, with what was passed on from it."""
    typed = request.POST
    try:
        ended = services.end(
            actor=request.actor, at=request.at, competence=public_id, on=forms.read_date(typed.get("on", "")),
            basis=typed.get("basis", ""),
        )  # fmt: skip
    except errors.REFUSED as refusal:
        return row_page(request, public_id, said=errors.sentence(refusal), status=errors.status_of(refusal))
    said = _("Đã kết thúc, cùng %(n)d dòng giao lại từ dòng này.") % {"n": ended} if ended else _("Đã kết thúc.")
    messages.success(request, said)
    return redirect("competence", public_id)


@require_POST
@signed_in
def matter(request: Request) -> HttpResponse:
    """Add a matter, or correct the name and words of one."""
    typed = request.POST
    given: dict[str, Any] = {"actor": request.actor, "at": request.at}
    given |= {"code": typed.get("code", ""), "name": typed.get("name", "")}
    also = typed.get("words", "").split(";")
    call = services.rename_matter if typed.get("known") else services.add_matter
    try:
        call(**given, also=also)
    except errors.REFUSED as refusal:
        page = queries.asked_page(
            request.actor, queries.Asked(), forms.today(request.at), at_matter=typed.get("muc", "")
        )
        context = {"page": page, "today": page.on, "matter_said": errors.sentence(refusal), "typed": typed}
        return render(request, "competences/registry.html", context, status=errors.status_of(refusal))
    messages.success(request, _("Đã ghi vấn đề vào sổ."))
    return redirect(f"{reverse('competences')}?muc={typed.get('code', '').strip().upper()}")


@require_http_methods(["GET", "POST"])
@signed_in
def take_in(request: Request) -> HttpResponse:
    """Show the form that takes in a table; a file sent is looked at, nothing is applied yet."""
    if request.method == "GET":
        return _take_in_page(request)
    try:
        sent = forms.read_file(request, required=False)
        if sent is None:
            raise Invalid("import_file_missing")
        file = imports.Check(sent[0], sent[1], "competence", request.POST.get("ma", ""))
        run = imports.check(actor=request.actor, at=request.at, file=file)
    except errors.TYPED as refusal:
        return _take_in_page(request, said=errors.sentence(refusal), status=errors.status_of(refusal))
    return redirect("import_run", run)


def _take_in_page(request: Request, *, said: str = "", status: int = 200) -> HttpResponse:
    queries.to_write(request.actor)
    context = {"said": said, "encodings": ENCODINGS.items(), "typed": request.POST}
    return render(request, "competences/take_in.html", context, status=status)


@require_GET
@signed_in
def template(request: Request) -> HttpResponse:
    """Hand out the workbook to be filled in."""
    return download(workbooks.registry_template(actor=request.actor, at=request.at))


@require_GET
@signed_in
def registry_file(request: Request) -> HttpResponse:
    """Hand out the registry, or what lies within a matter, as a workbook."""
    asked = request.GET
    everything = asked.get("tat-ca") == "1"
    return download(
        workbooks.registry(actor=request.actor, at=request.at, matter=asked.get("muc", ""), everything=everything)
    )
