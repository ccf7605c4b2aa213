"""Write sheets: every cell is text or a date, never a formula or a link, whatever stands in it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import xlsxwriter

from kycuong.core.imports import armed

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"
#: Texts of cells are texts: nothing that somebody typed into a duty becomes a formula or a link on another's machine.
SAFE: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Workbook:
    """A table file ready to be downloaded."""

    name: str
    data: bytes
    media_type: str = XLSX


@dataclass(frozen=True, slots=True)
class Head:
    """One column of a sheet: heading, width in characters, note of its heading, choices offered, needed or not."""

    heading: str
    width: float = 18
    note: str = ""
    choices: Sequence[str] = ()
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: title, columns, rows; `above` are lines over the headings."""

    title: str
    heads: Sequence[Head]
    rows: Iterable[Sequence[Cell]]
    above: Sequence[str] = ()
    landscape: bool = True
    formats: Mapping[str, Any] = field(default_factory=dict)


def write(pages: Sequence[Page], *, created: datetime) -> bytes:
    """Return an XLSX of the pages; headings stay in sight, are filtered and repeat on every printed page."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {**SAFE, "default_date_format": "dd/mm/yyyy"})
    book.set_properties({"title": pages[0].title, "created": created.replace(tzinfo=None)})
    for page in pages:
        _page(book, page)
    book.close()
    return stream.getvalue()


def _page(book: Any, page: Page) -> None:
    sheet = book.add_worksheet(page.title[:31])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#E9EFF9"})
    for line, said in enumerate(page.above):
        sheet.write_string(line, 0, said, book.add_format({"bold": line == 0, "font_size": 13 if line == 0 else 11}))
    top = len(page.above) + (1 if page.above else 0)
    for place, head in enumerate(page.heads):
        sheet.set_column(place, place, head.width)
        sheet.write_string(top, place, f"{head.heading} *" if head.needed else head.heading, bold)
        _offer(sheet, top, place, head)
    last = _rows(book, sheet, page.rows, top)
    sheet.freeze_panes(top + 1, 0)
    if last > top:
        sheet.autofilter(top, 0, last, len(page.heads) - 1)
    sheet.repeat_rows(top)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if page.landscape:
        sheet.set_landscape()


def _rows(book: Any, sheet: Any, rows: Iterable[Sequence[Cell]], top: int) -> int:
    """Write the rows below the headings and return the number of the last line."""
    text = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
    day = book.add_format({"valign": "top", "border": 1, "num_format": "dd/mm/yyyy", "align": "center"})
    number = book.add_format({"valign": "top", "border": 1})
    share = book.add_format({"valign": "top", "border": 1, "num_format": "0.0"})
    line = top
    for line, row in enumerate(rows, top + 1):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(line, place, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001 -- a day
            elif isinstance(cell, int | float):
                sheet.write_number(line, place, cell, share if isinstance(cell, float) else number)
            else:
                sheet.write_string(line, place, cell or "", text)
    return line


def _offer(sheet: Any, top: int, place: int, head: Head) -> None:
    if head.note:
        sheet.write_comment(top, place, head.note)
    if head.choices and sum(len(one) + 1 for one in head.choices) < 255:
        rule = {"validate": "list", "source": list(head.choices), "ignore_blank": True, "error_type": "warning"}
        sheet.data_validation(top + 1, place, top + 2000, place, rule)


def write_lines(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV that a Vietnamese Excel opens rightly: UTF-8 with its mark, semicolons, no formula."""
    lines = [";".join(_quoted(armed(cell)) for cell in row) for row in [heads, *rows]]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set(';"\r\n,') else cell
