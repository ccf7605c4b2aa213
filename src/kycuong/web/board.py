"""The steering board: units by state, the desks, and the rows behind every figure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kycuong.queries import board as queries
from kycuong.queries import documents
from kycuong.queries import targets as target_queries
from kycuong.web import board_address as address
from kycuong.web import board_charts, board_page, errors, forms, period_words
from kycuong.web.doors import Request, signed_in


@require_GET
@signed_in
def board(request: Request) -> HttpResponse:
    """Show the units by state, what hurts first."""
    views = queries.views(request.actor)
    if not request.GET and (first := next((one for one in views if one.first), None)):
        return redirect(f"{request.path}?{first.query}")
    if typed := request.GET.get("so-ky-hieu", "").strip():
        return _to_document(request, typed)
    wanted, sort = address.read(request.GET, request.at), address.sort_of(request.GET)
    page = forms.read_page(request.GET.get("trang", ""))
    found = queries.board(request.actor, request.at, wanted, sort=sort, page=page)
    context = {
        "board": found,
        "total": board_page.row(found.total, wanted),
        "sides": [board_page.side(line, wanted) for line in found.sides],
        "ended": board_page.ended(found, wanted),
        "sort": sort,
        "typed_sort": sort != address.sort_of({}),
        "views": views,
        **_shared(request, wanted),
    }
    return render(request, "board/board.html", context)


def _to_document(request: Request, typed: str) -> HttpResponse:
    """Turn a typed number and symbol into the document it names; what names none filters nothing and says so."""
    query = request.GET.copy()
    query.pop("so-ky-hieu")
    try:
        query["van-ban"] = str(documents.find(request.actor, typed))
    except errors.TYPED as refusal:
        messages.error(request, errors.sentence(refusal))
    return redirect(f"{request.path}?{query.urlencode()}")


def _shared(request: Request, wanted: queries.Filter) -> dict[str, Any]:
    return {
        "wanted": wanted,
        "query": address.write(wanted),
        "narrowed": wanted != address.read({}, request.at),
        "undocumented": address.write(replace(wanted, document=None)),
        "choices": board_page.choices(request.actor, wanted, request.at),
        "heads": board_page.heads(),
    }


@require_GET
@signed_in
def desks(request: Request) -> HttpResponse:
    """Show on whose desk things lie, the giver's own desks included."""
    wanted = address.read(request.GET, request.at)
    lines = queries.desks(request.actor, request.at, wanted)
    context = {"desks": [board_page.desk(line, wanted) for line in lines], **_shared(request, wanted)}
    return render(request, "board/desks.html", context)


@require_GET
@signed_in
def rows(request: Request) -> HttpResponse:
    """Show the rows behind a figure."""
    wanted = address.read(request.GET, request.at)
    asked = request.GET
    numbers = [forms.read_number(asked.get(name, "")) for name in ("ban", "han", "tuoi")]
    figure = queries.Figure(asked.get("loc", ""), *numbers)
    page = queries.rows(request.actor, request.at, wanted, figure, after=request.GET.get("sau"))
    context = {"page": page, "name": board_page.figure_name(figure.name), "query": address.write(wanted)}
    return render(request, "board/rows.html", context)


@require_GET
@signed_in
def targets(request: Request) -> HttpResponse:
    """Show the targets of the duties on the board by unit, and the rows behind a figure that was chosen."""
    wanted = address.read(request.GET, request.at)
    lines = target_queries.of_board(request.actor, request.at, wanted)
    chosen = request.GET.get("loc", "")
    rows = [row for line in lines for row in line.rows if chosen == target_queries.state_of(row)]
    context = {
        "lines": board_page.target_lines(lines, wanted),
        "rows": rows,
        "chosen": period_words.TARGET_STATES.get(chosen, ""),
        **_shared(request, wanted),
    }
    return render(request, "board/targets.html", context)


@require_GET
@signed_in
def charts(request: Request) -> HttpResponse:
    """Draw late work by month, the age of what is open, and units of a group beside each other."""
    wanted = address.read(request.GET, request.at)
    found = queries.board(request.actor, request.at, wanted, size=None)
    context = {
        "months": board_charts.months(queries.trend(request.actor, request.at, wanted), wanted),
        "ages": board_charts.ages(queries.ages(request.actor, request.at, wanted), wanted),
        "groups": [board_charts.group(one, wanted) for one in queries.groups(found.lines)],
        "months_legend": [("late", _("Kết thúc quá hạn")), ("open", _("Nay vẫn quá hạn"))],
        "ages_legend": [("late", _("Quá hạn")), ("rest", _("Chưa quá hạn"))],
        **_shared(request, wanted),
    }
    return render(request, "board/charts.html", context)
