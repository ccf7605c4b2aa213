"""What a token without the right to read duties is not shown: the tasks of documents, the duties that a decision moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from kycuong.api.doors import Request, holds
from kycuong.core.tokens import Right
from kycuong.queries.calendar_changes import ChangePage as MovePage
from kycuong.queries.calendar_changes import Preview
from kycuong.queries.documents import CoverageLine, DocumentPage, DocumentRow, PointRow
from kycuong.queries.org_changes import ChangePage as OrgPage
from kycuong.queries.themes import ThemeRow

Moves = TypeVar("Moves", MovePage, Preview)
Page = TypeVar("Page", bound=Any)
_NO_COUNTS: dict[str, Any] = {"tasks": None, "overdue": None}
_NO_TASKS: dict[str, Any] = {"tasks": [], "counts": {}, "total": None}


def registered(request: Request, rows: Sequence[DocumentRow]) -> list[DocumentRow]:
    """Return documents with the numbers of their tasks, or without."""
    return list(rows) if holds(request, Right.DUTY_READ) else [replace(row, **_NO_COUNTS) for row in rows]


def themed(request: Request, rows: Sequence[ThemeRow]) -> list[ThemeRow]:
    """Return themes with the numbers of their tasks, or without."""
    return list(rows) if holds(request, Right.DUTY_READ) else [replace(row, **_NO_COUNTS) for row in rows]


def reviewed(request: Request, page: Page) -> Page:
    """Return a page that names one document, with the numbers of its tasks or without."""
    return replace(page, document=registered(request, [page.document])[0])


def shown(request: Request, page: DocumentPage) -> DocumentPage:
    """Return a document with its tasks, or without."""
    if holds(request, Right.DUTY_READ):
        return page
    points: list[PointRow] = [replace(point, **_NO_TASKS) for point in page.points]
    links = [replace(link, other=registered(request, [link.other])[0]) for link in page.links]
    return replace(reviewed(request, page), points=points, links=links, counts={})


def covered(request: Request, lines: list[CoverageLine]) -> list[CoverageLine]:
    """Return the sentences of a document with how many tasks each opened, or without."""
    nothing: dict[str, Any] = {"tasks": None}
    return lines if holds(request, Right.DUTY_READ) else [replace(line, **nothing) for line in lines]


def moved(request: Request, page: Moves) -> Moves:
    """Return which due dates a calendar moves, with the names of the duties or without."""
    if holds(request, Right.DUTY_READ):
        return page
    unnamed: dict[str, Any] = {"public_id": None, "title": "", "document_code": ""}
    return replace(page, rows=[replace(row, **unnamed) for row in page.rows])


def inherited(request: Request, page: OrgPage) -> OrgPage:
    """Return a change of the organisation with the names of the duties that are handed over, or without."""
    if holds(request, Right.DUTY_READ):
        return page
    return replace(page, lines=[replace(line, title="", desk="") for line in page.lines])
