"""Join the lines of a page into paragraphs by where they stand: a full line goes on, an indent begins anew."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_ITEM = re.compile(r"(?:[-–+•*]|\d{1,2}(?:\.\d{1,2}){0,3}[.)]|[a-zđ][.)]|[IVX]{1,5}\.|Điều \d)\s?\S")
_ENDS = (".", ";", ":", "!", "?", "/")


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line: its text and its box; the vertical axis points down, the unit is the page's own."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def joined(rows: Sequence[Row], pitch: float) -> list[str]:
    """Return the paragraphs of the rows; `pitch` is the height of a line of print."""
    if not rows:
        return []
    lefts, rights = sorted(row.left for row in rows), sorted(row.right for row in rows)
    edges = lefts[len(lefts) // 5], rights[-1 - len(rights) // 5]
    out = [rows[0].text]
    for before, row in pairwise(rows):
        if _goes_on(before, row, edges, pitch):
            out[-1] += ("" if _code_broken(before.text, row.text) else " ") + row.text
        else:
            out.append(row.text)
    return out


def around(rows: Sequence[Row], tables: Sequence[tuple[float, list[str]]], pitch: float) -> list[str]:
    """Return the paragraphs above, between and below tables, with the rows of each table in its place."""
    out: list[str] = []
    rest = list(rows)
    for top, lines in tables:
        above = [row for row in rest if row.top < top]
        rest = [row for row in rest if row.top >= top]
        out += joined(above, pitch) + lines
    return out + joined(rest, pitch)


def _code_broken(before: str, now: str) -> bool:
    """Tell whether a document's number was broken after its hyphen: 42/UBND- KSTTHC."""
    if not before.endswith("-") or not before[-2:-1].isalnum():
        return False
    return (now[:1].isupper() and (before[-2].isupper() or before[-2].isdigit())) or now[:1].isdigit()


def _goes_on(before: Row, row: Row, edges: tuple[float, float], pitch: float) -> bool:
    left, right = edges
    if before.right < right - 2.2 * pitch or row.left > left + 0.8 * pitch:
        return False
    if row.top - before.bottom > 1.6 * pitch or row.top < before.top:
        return False
    ended = before.text.endswith(_ENDS)
    if ended and (_ITEM.match(row.text) or before.right < right - 0.6 * pitch):
        return False
    return not (before.text.isupper() != row.text.isupper() and len(row.text) > 12)
