"""The wall of the Monday meeting, and the Chairman's phone: who is late, with what, on whose desk."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kycuong.queries import board as queries
from kycuong.queries.board import DeskLine, UnitLine
from kycuong.queries.duties import DutyRow
from kycuong.web import board_address as address
from kycuong.web import board_page
from kycuong.web.doors import Request, signed_in

#: What can be read from five metres on one slide, and how many slides of duties a meeting takes.
LINES, DUTY_LINES, DUTY_SLIDES = 7, 4, 4
WORST = 5


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: what it asks, and its lines of one kind."""

    kind: str
    title: str
    units: list[UnitLine]
    duties: list[DutyRow]
    desks: list[DeskLine]


@require_GET
@signed_in
def wall(request: Request) -> HttpResponse:
    """Show the slides of the meeting, one under the other: read from afar, paged by key, printed one a sheet."""
    wanted = address.read(request.GET, request.at)
    found = queries.board(request.actor, request.at, wanted, size=LINES)
    size = DUTY_LINES * DUTY_SLIDES
    late = queries.rows(request.actor, request.at, wanted, queries.Figure("overdue"), size=size).rows
    desks = [line for line in queries.desks(request.actor, request.at, wanted) if line.overdue][:LINES]
    slides = [Slide("sum", _("Tình hình chung"), [], [], [])]
    if units := [line for line in found.lines if line.figures.get("overdue")]:
        slides.append(Slide("units", _("Ai chậm"), units, [], []))
    for first in range(0, len(late), DUTY_LINES):
        slides.append(Slide("duties", _("Việc gì chậm"), [], late[first : first + DUTY_LINES], []))
    if desks:
        slides.append(Slide("desks", _("Đang nằm ở bàn ai"), [], [], desks))
    context = {
        "slides": slides,
        "total": board_page.row(found.total, wanted),
        "sides": [board_page.side(line, wanted) for line in found.sides],
        "query": address.write(wanted),
        "board": found,
    }
    return render(request, "board/wall.html", context)


@require_GET
@signed_in
def today(request: Request) -> HttpResponse:
    """Show the five worst duties of the day on a phone: who holds each, since when, and one act."""
    wanted = address.read(request.GET, request.at)
    found = queries.board(request.actor, request.at, wanted, size=1)
    worst = queries.rows(request.actor, request.at, wanted, queries.Figure("overdue"), size=WORST)
    context = {
        "total": board_page.row(found.total, wanted),
        "worst": worst.rows,
        "more": max((worst.total or 0) - WORST, 0),
        "all": address.figure(wanted, "overdue"),
        "sides": [board_page.side(line, wanted) for line in found.sides if line.code != "unit" and line.open],
        "query": address.write(wanted),
    }
    return render(request, "board/today.html", context)
