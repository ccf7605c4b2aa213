"""Read XLSX: values of formulas, merged cells filled, nothing outside the file opened, bounded before it is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from lxml import etree
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from kycuong.core.sentences import Sentence
from kycuong.reader.shapes import Unreadable
from kycuong.reader.sheets import encodings
from kycuong.reader.sheets.delimited import too_long
from kycuong.reader.sheets.shapes import MAX_COLUMNS, MAX_LINES, Book, Line, Sheet, plain

MAX_UNPACKED = 96 * 1024 * 1024
MAX_MEMBERS = 2000
MAX_SHEETS = 12
#: Blank lines in a row after which a sheet is over; a stray cell at the end of the sheet adds nothing.
MAX_GAP = 2000
MAX_MERGED = 20_000
_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BROKEN = (
    zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, OSError, etree.XMLSyntaxError, ParseError,
    AttributeError, IndexError, EOFError, NotImplementedError, OverflowError,
)  # fmt: skip


def read_workbook(data: bytes, name: str) -> Book:
    """Read every visible sheet of an XLSX file. Raises: Unreadable."""
    try:
        _check_archive(data, name)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            sheets = tuple(_sheet(one, name) for one in book.worksheets[:MAX_SHEETS] if one.sheet_state == "visible")
        finally:
            book.close()
    except _BROKEN as wrong:
        raise Unreadable(
            "broken_workbook",
            Sentence("Không mở được tệp “{name}”. Mở bằng Excel, lưu lại thành XLSX rồi nhập lại.", name=name),
        ) from wrong
    return _repaired(sheets)


def _check_archive(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        names = {member.filename for member in members}
        unpacked = sum(member.file_size for member in members)
        if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED:
            raise Unreadable(
                "too_large",
                Sentence("Tệp “{name}” phình quá lớn khi mở ra nên không đọc. Chỉ giữ bảng cần nhập.", name=name),
            )
        if "[Content_Types].xml" not in names or not any(one.startswith("xl/") for one in names):
            raise Unreadable(
                "not_a_workbook", Sentence("Tệp “{name}” không phải XLSX. Chọn tệp XLSX hoặc CSV.", name=name)
            )
        for member in members:
            if member.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.open(member).read(2048):
                raise Unreadable(
                    "broken_workbook",
                    Sentence("Tệp “{name}” chứa khai báo lạ nên không đọc. Lưu lại từ Excel.", name=name),
                )


def _sheet(sheet: Any, name: str) -> Sheet:
    merged, unsaved = _marks(sheet)
    sheet.reset_dimensions()
    lines = tuple(_lines(sheet, merged, name))
    return Sheet(str(sheet.title or ""), lines, unsaved)


def _lines(sheet: Any, merged: dict[tuple[int, int], tuple[int, int]], name: str) -> Iterator[Line]:
    held: dict[tuple[int, int], str] = {}
    kept = gap = 0
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1):
        cells = [plain(value) for value in row]
        if not any(cells):
            gap += 1
            if gap > MAX_GAP:
                return
            continue
        gap, kept = 0, kept + 1
        if kept > MAX_LINES:
            raise too_long(name)
        if merged:
            _fill_down(cells, number, merged, held)
        while not cells[-1]:
            cells.pop()
        yield Line(number, tuple(cells))


def _fill_down(
    cells: list[str], number: int, merged: dict[tuple[int, int], tuple[int, int]], held: dict[tuple[int, int], str]
) -> None:
    """Give the cells below the first one of a merged block its value."""
    for column, text in enumerate(cells, 1):
        place = (number, column)
        if place in merged:
            cells[column - 1] = held.get(merged[place], "")
        elif text:
            held[place] = text


def _marks(sheet: Any) -> tuple[dict[tuple[int, int], tuple[int, int]], frozenset[tuple[int, int]]]:
    """Return where each merged cell takes its value from (down a column only), and formulas without a saved value."""
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    unsaved: set[tuple[int, int]] = set()
    with sheet._get_source() as source:
        found = etree.iterparse(source, events=("end",), tag=(f"{_NS}row", f"{_NS}mergeCell"), resolve_entities=False)
        for _, element in found:
            if element.tag == f"{_NS}mergeCell":
                _merge(merged, element.get("ref", ""))
            else:
                _formulas(unsaved, element)
            element.clear()
    return merged, frozenset(unsaved)


def _merge(merged: dict[tuple[int, int], tuple[int, int]], ref: str) -> None:
    left, top, right, bottom = (bound or 1 for bound in range_boundaries(ref))
    if left > MAX_COLUMNS or (bottom - top) > MAX_MERGED or len(merged) > MAX_MERGED * 5:
        return
    for row in range(top + 1, bottom + 1):
        merged[row, left] = (top, left)
    del right


def _formulas(unsaved: set[tuple[int, int]], row: Any) -> None:
    for cell in row.iterfind(f"{_NS}c"):
        value = cell.find(f"{_NS}v")
        if cell.find(f"{_NS}f") is not None and (value is None or not value.text) and len(unsaved) < MAX_MERGED:
            left, top, _, _ = range_boundaries(cell.get("r", "A1"))
            unsaved.add((top or 1, left or 1))


def _repaired(sheets: tuple[Sheet, ...]) -> Book:
    """Put right texts of .VnTime fonts or double encoding, which a workbook holds as wrong letters."""
    sample = "\n".join(cell for sheet in sheets for line in sheet.lines[:400] for cell in line.cells if cell)
    _, how = encodings.repair(sample)
    if not how:
        return Book(sheets, "xlsx")
    mended = tuple(
        Sheet(sheet.title, tuple(Line(one.number, tuple(map(_mend, one.cells))) for one in sheet.lines), sheet.unsaved)
        for sheet in sheets
    )
    return Book(mended, how, repaired=True)


def _mend(cell: str) -> str:
    return plain(encodings.repair(cell)[0])
