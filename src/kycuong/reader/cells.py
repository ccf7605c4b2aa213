"""Find the cells of a table that a text prints with its HTML tags."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TAG_LINE = re.compile(r"(?:</?(?:table|colgroup|col|thead|tbody|tfoot|tr|th|td|div|p|span|br)\b[^<>]{0,200}>\s*)+")
_ROW = re.compile(r"<tr\b")
_CELL = re.compile(r"<t[dh]\b[^<>]{0,200}>([^\n]*?)</t[dh]>")
_TRIM = re.compile(r"(?:\s|\*\*|<br ?/?>)*")
_TRIM_END = re.compile(r"(?:\s|\*\*|<br ?/?>)+$")


def tagged(line: str) -> bool:
    """Tell whether a line is part of a table printed with its tags."""
    return line[:2] in {"<t", "</", "<c"} and (_CELL.match(line) is not None or _TAG_LINE.match(line) is not None)


def cells(line: str) -> Iterator[tuple[int, int, bool]]:
    """Yield begin and end of each cell of a line, and whether a row begins before it."""
    last = 0
    for match in _CELL.finditer(line):
        fresh = _ROW.search(line, last, match.start()) is not None
        last = match.end()
        begin = _TRIM.match(line, match.start(1), match.end(1))
        start = begin.end() if begin else match.start(1)
        tail = _TRIM_END.search(line[start : match.end(1)])
        yield start, start + tail.start() if tail else match.end(1), fresh


def opens_row(line: str) -> bool:
    """Tell whether a row begins on a line after its last cell."""
    return _ROW.search(line, line.rfind("</t") + 1) is not None
