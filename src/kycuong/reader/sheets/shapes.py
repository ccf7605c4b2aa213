"""What a table file is made of: sheets of lines, every cell as text; dates as dd/mm/yyyy."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

#: More lines than any province has tasks or posts; a file beyond is refused before it fills the memory.
MAX_LINES: Final = 50_000
MAX_COLUMNS: Final = 100
MAX_CELL: Final = 10_000

#: The encodings that a person may choose when a CSV file does not say its own.
ENCODINGS: Final = {
    "utf-8": "UTF-8 (Unicode)", "utf-16": "UTF-16 (Unicode của Excel)", "tcvn3": "TCVN3 (ABC, phông .VnTime)",
    "vni": "VNI (phông VNI-Times)", "cp1258": "Windows-1258 (tiếng Việt)", "mojibake": "UTF-8 bị đọc nhầm thành Windows-1252",
}  # fmt: skip

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_BLANKS: Final = re.compile(r"[ \t\xa0\u2000-\u200a\u3000]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet that holds something; number as the person sees it in the file, from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `unsaved` are (line, column) of formulas whose value the file does not hold."""

    title: str
    lines: tuple[Line, ...]
    unsaved: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Book:
    """A table file as read: its sheets, in which encoding, and whether a wrong encoding was put right."""

    sheets: tuple[Sheet, ...]
    encoding: str = ""
    repaired: bool = False


def plain(value: object) -> str:
    """Return a cell's value as text: one Unicode form, single blanks, no control characters, dates as dd/mm/yyyy."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        whole = value.time() == time()
        return f"{value:%d/%m/%Y}" if whole else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    text = unicodedata.normalize("NFC", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    text = _BLANKS.sub(" ", _CONTROL.sub("", text))
    return "\n".join(part.strip() for part in text.strip().split("\n"))[:MAX_CELL]
