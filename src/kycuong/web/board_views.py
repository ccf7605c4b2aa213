"""Saved views of the board, and the board as a table file."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kycuong.services import views, workbooks
from kycuong.web import board_address as address
from kycuong.web import board_page, errors
from kycuong.web.doors import Request, signed_in
from kycuong.web.imports import download


@require_POST
@signed_in
def save(request: Request) -> HttpResponse:
    """Keep the board on show under a name."""
    asked = QueryDict(request.POST.get("query", "")[:600])
    query = address.write(address.read(asked, request.at), xep=address.sort_of(asked))
    first = bool(request.POST.get("mo-san"))
    try:
        views.keep(actor=request.actor, at=request.at, name=request.POST.get("ten", ""), query=query, first=first)
        messages.success(request, _("Đã lưu bảng đang xem."))
    except errors.TYPED as refusal:
        messages.error(request, errors.sentence(refusal))
    return redirect(f"{reverse('board')}?{query}")


@require_POST
@signed_in
def drop(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Forget a saved view."""
    views.drop(actor=request.actor, at=request.at, view=public_id)
    messages.success(request, _("Đã xóa bảng đã lưu."))
    return redirect(f"{reverse('board')}?nam=")


@require_POST
@signed_in
def open_first(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Open the board with a view from now on, or with none any more."""
    views.open_first(actor=request.actor, at=request.at, view=public_id)
    messages.success(request, _("Đã đổi bảng mở sẵn."))
    return redirect(f"{reverse('board')}?nam=")


@require_GET
@signed_in
def table(request: Request, ending: str) -> HttpResponse:
    """Hand out the board on show as a table file."""
    wanted, sort = address.read(request.GET, request.at), address.sort_of(request.GET)
    with translation.override("vi"):  # as the rest of the file
        said = board_page.narrowed(request.actor, wanted, request.at)
    book = workbooks.board_book(
        actor=request.actor, at=request.at, wanted=wanted, sort=sort, csv=ending == "csv", said=said
    )
    return download(book)
