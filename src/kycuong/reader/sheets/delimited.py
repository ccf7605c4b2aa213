"""Read CSV: recognise encoding and separator, keep the numbers of lines, refuse what is no table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from kycuong.core.sentences import Sentence
from kycuong.reader.shapes import Unreadable
from kycuong.reader.sheets import encodings
from kycuong.reader.sheets.shapes import ENCODINGS, MAX_COLUMNS, MAX_LINES, Book, Line, Sheet, plain

SEPARATORS = ";,\t|"
MAX_WIDTH = 400_000  # characters of a physical line


def read_delimited(data: bytes, name: str, encoding: str = "") -> Book:
    """Read a CSV file. Raises: Unreadable."""
    text, found = _decode(data, name, encoding)
    lines = tuple(_lines(text, name))
    repaired = found in {"tcvn3", "vni", "cp1258", "mojibake"}
    return Book((Sheet("", lines),), found, repaired)


def _decode(data: bytes, name: str, encoding: str) -> tuple[str, str]:
    if encoding in ENCODINGS:
        try:
            text, found = encodings.decode_as(data, encoding), encoding
        except UnicodeError as wrong:
            raise _strange(name) from wrong
    else:
        text, found = encodings.decode(data)
    if encodings.lossy(text):
        raise Unreadable(
            "letters_lost",
            Sentence(
                "Tệp “{name}” đã mất chữ có dấu khi lưu (còn dấu ? hoặc �). Mở lại tệp gốc, lưu thành XLSX hoặc “CSV UTF-8”.",
                name=name,
            ),
        )
    if not found:
        raise _strange(name)
    return text, found


def _strange(name: str) -> Unreadable:
    return Unreadable(
        "encoding_unknown",
        Sentence(
            "Không nhận ra bảng mã tiếng Việt của tệp “{name}”. Mở bằng Excel, lưu thành XLSX hoặc “CSV UTF-8” rồi nhập lại.",
            name=name,
        ),
    )


def _separator(text: str) -> str:
    """Return the separator that stands most evenly in the first lines, outside quotes."""
    head = [line for line in text.splitlines()[:30] if line.strip()]
    if head and head[0].lower().startswith("sep=") and len(head[0]) >= 5:
        return head[0][4]
    return max(SEPARATORS, key=lambda mark: _evenness(head, mark))


def _evenness(head: list[str], mark: str) -> tuple[int, int]:
    counts = [_outside_quotes(line).count(mark) for line in head]
    common = max(set(counts), key=counts.count) if counts else 0
    return (counts.count(common) if common else 0, common)


def _outside_quotes(line: str) -> str:
    return "".join(line[:MAX_WIDTH].split('"')[::2])


def _physical(text: str, name: str) -> Iterator[str]:
    for line in io.StringIO(text, newline=""):
        if len(line) > MAX_WIDTH:
            raise Unreadable(
                "too_wide",
                Sentence("Tệp “{name}” có dòng quá dài, không phải bảng dữ liệu. Kiểm tra lại tệp.", name=name),
            )
        yield line


def _lines(text: str, name: str) -> Iterator[Line]:
    reader = csv.reader(_physical(text, name), delimiter=_separator(text))
    kept, number = 0, 0
    try:
        for row in reader:
            number, first = reader.line_num, number + 1
            cells = tuple(plain(_unarmed(cell)) for cell in row[:MAX_COLUMNS])
            if not any(cells) or (first == 1 and cells[0].lower().startswith("sep=")):
                continue
            kept += 1
            if kept > MAX_LINES:
                raise too_long(name)
            yield Line(first, cells)
    except csv.Error as wrong:
        raise Unreadable(
            "broken_table",
            Sentence(
                "Tệp “{name}” có ô không đóng dấu ngoặc kép ở dòng {line_num}. Sửa dòng đó rồi nhập lại.",
                name=name,
                line_num=reader.line_num,
            ),
        ) from wrong


def _unarmed(cell: str) -> str:
    """Take off the apostrophe that our own export puts before a text which a spreadsheet would take for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in set("=+-@\t\r") else cell


def too_long(name: str) -> Unreadable:
    """Return the refusal of a file with too many lines."""
    most = f"{MAX_LINES:,}".replace(",", ".")
    return Unreadable(
        "too_long",
        Sentence("Tệp “{name}” có hơn {most} dòng. Chia thành nhiều tệp rồi nhập lần lượt.", name=name, most=most),
    )
