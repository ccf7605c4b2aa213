"""TABLES IN FILES: an XLSX or CSV file becomes sheets of lines of text; wrong encodings are recognised or refused."""

from __future__ import annotations

from kycuong.core.sentences import Sentence
from kycuong.reader.shapes import Unreadable
from kycuong.reader.sheets.delimited import read_delimited
from kycuong.reader.sheets.shapes import ENCODINGS, MAX_COLUMNS, MAX_LINES, Book, Line, Sheet, plain
from kycuong.reader.sheets.workbooks import read_workbook

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_book(data: bytes, name: str, encoding: str = "") -> Book:
    """Read a table file; `encoding` is a name of ENCODINGS that a person chose, empty to recognise it.

    Raises: Unreadable with one sentence that says what to do.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("empty", Sentence("Tệp “{name}” rỗng. Chọn lại tệp có dữ liệu.", name=name))
    if data.startswith(ZIP):
        return read_workbook(data, name)
    if data.startswith(OLE):
        raise Unreadable(
            "old_workbook",
            Sentence(
                "Tệp “{name}” là Excel đời cũ (XLS) hoặc đặt mật khẩu. Mở bằng Excel, bỏ mật khẩu, lưu lại thành XLSX.",
                name=name,
            ),
        )
    return read_delimited(data, name, encoding)


__all__ = ["ENCODINGS", "MAX_COLUMNS", "MAX_LINES", "Book", "Line", "Sheet", "plain", "read_book"]
