"""Read a picture of a page: its words become lines, columns and paragraphs."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kycuong.reader import grids, leaves, ocr, paragraphs, pictures, secrecy
from kycuong.reader.fold import bare, canonical, lower
from kycuong.reader.mend import mend
from kycuong.reader.paragraphs import Row

if TYPE_CHECKING:
    from PIL.Image import Image

    from kycuong.reader.grids import Grid
    from kycuong.reader.ocr import Word

_GAP = " " * 6
_NATION = re.compile(r"\bcong hoa xa hoi\b|\bdang cong san viet nam\b")
_DATED = re.compile(r"\bngay\b.{0,12}\bthang\b.{0,12}\bnam\b")
_COPIES = re.compile(r"noi nhan\b")


@dataclass(slots=True)
class Line:
    """Words that stand on one line, from left to right."""

    words: list[Word]

    @property
    def left(self) -> int:
        """Return where the line begins, in pixels."""
        return self.words[0].left

    @property
    def right(self) -> int:
        """Return where the line ends, in pixels."""
        return max(w.right for w in self.words)

    @property
    def top(self) -> int:
        """Return the upper edge."""
        return min(w.top for w in self.words)

    @property
    def bottom(self) -> int:
        """Return the lower edge."""
        return max(w.bottom for w in self.words)

    @property
    def text(self) -> str:
        """Return the words with single spaces."""
        return " ".join(w.text for w in self.words)


def recognise(image: Image, name: str) -> str:
    """Return the text of a picture of a page, one paragraph a line."""
    page = pictures.fit(image)
    dusted = pictures.clean(page)
    if pictures.is_blank(dusted):
        return ""
    tables, words, ready = _seen(page, dusted, name)
    if not tables and _doubtful(words) and (turn := ocr.quarter_turn(ready)):
        other = _seen(page.rotate(turn, expand=True), dusted.rotate(turn, expand=True), name)
        if _sure(other[1]) > _sure(words):
            tables, words, ready = other
    rows = [(table.box[1], _rows(ready, table, name)) for table in tables]
    text = mend(canonical(text_of_words(words, ready.width, ready.height, rows)))
    stamp = _stamp(ready, name) if _NATION.search(bare(lower(text[:400]))) else None
    return f"{stamp}\n{text}" if stamp else text


def _seen(page: Image, dusted: Image, name: str) -> tuple[list[Grid], list[Word], Image]:
    """Return the ruled tables of a page, the words around them, and the page made straight.

    Tables are sought on the page as it is: dusting wipes thin rules away. Dust is sought before turning, which blurs it.
    """
    angle = pictures.tilt(dusted)
    tables = grids.find(pictures.turned(page, angle))
    ready = pictures.turned(dusted, angle)
    clear = grids.without(ready, [table.box for table in tables]) if tables else ready
    return tables, ocr.words(clear, name), ready


def _rows(page: Image, table: Grid, name: str) -> list[str]:
    """Return the rows of a table; each column is recognised by itself, without the rules around it."""
    left, top, right, bottom = table.box
    rules = [(left, y - 4, right, y + 4) for y in table.edges]
    plain = grids.without(page, [(a, b + 6, c, d - 6) for a, b, c, d in rules])
    words: list[Word] = []
    for a, b in pairwise(table.columns):
        column = plain.crop((a + 5, top, b - 5, bottom))
        words += [word.moved(a + 5, top) for word in ocr.words(column, name, seconds=ocr.PART_SECONDS)]

    def text_of(box: grids.Box) -> str:
        inside = [
            w for w in words if box[0] <= (w.left + w.right) / 2 < box[2] and box[1] <= (w.top + w.bottom) / 2 < box[3]
        ]
        return " ".join(line.text for line in _lines(inside, page.width))

    return table.rows(text_of)


def _stamp(page: Image, name: str) -> str | None:
    """Look once more for a stamp of secrecy at the head of a paper: in its frame the lines of the page pass it by."""
    head = page.crop((0, 0, page.width, round(0.42 * page.height)))
    found = _lines(ocr.words(head, name, ocr.SCATTERED, ocr.PART_SECONDS), page.width)
    return next((stamp for line in found if (stamp := secrecy.stamp_in(line.text))), None)


def _sure(words: list[Word]) -> float:
    """Weigh by length how sure the recognition is; 0 to 100."""
    letters = sum(len(w.text) for w in words)
    return sum(w.sure * len(w.text) for w in words) / letters if letters else 0.0


def _doubtful(words: list[Word]) -> bool:
    return len(words) < 5 or _sure(words) < 60


def text_of_words(words: list[Word], width: int, height: int, tables: Sequence[tuple[int, list[str]]] = ()) -> str:
    """Return the text of recognised words: letterhead and signature column by column, paragraphs whole.

    `tables` are the rows of ruled tables and the height in points at which each begins.
    """
    lines = _lines(words, width)
    if not lines:
        return "\n".join(row for _, rows in tables for row in rows)
    start, stop = leaves.without_numbers([(line.text, line.top, line.bottom) for line in lines], height)
    lines = lines[start:stop]
    pitch = statistics.median(line.bottom - line.top for line in lines) if lines else 1
    out: list[str] = []
    head, body, tail = _regions(lines, width)
    out += _side_by_side(head, width, pitch)
    rows = [Row(_spaced(b, pitch), b.left, b.right, b.top, b.bottom) for b in body]
    out += paragraphs.around(rows, tables, pitch)
    out += _side_by_side(tail, width, pitch)
    return "\n".join(out)


def _lines(words: list[Word], width: int) -> list[Line]:
    groups: dict[tuple[int, int, int], list[Word]] = {}
    height = statistics.median(word.bottom - word.top for word in words) if words else 0
    for word in words:
        if _speck(word, width) or (word.bottom - word.top < 0.4 * height and any(c.isalnum() for c in word.text)):
            continue  # a flat word is the diacritics of the line below, cut off from their letters
        groups.setdefault(word.line, []).append(word)
    lines = [Line(sorted(group, key=lambda w: w.left)) for group in groups.values()]
    return [line for line in lines if any(c.isalnum() for c in line.text)]


def _speck(word: Word, width: int) -> bool:
    """Tell a rule, a frame or dirt from a word."""
    if any(c.isalnum() for c in word.text):
        return word.sure < 30 and len(word.text) < 4
    return word.sure < 50 or (word.text.strip("-–—_=.~|") == "" and word.right - word.left > 0.04 * width)


def _regions(lines: list[Line], width: int) -> tuple[list[Line], list[Line], list[Line]]:
    """Part the letterhead, the body, and the block of recipients and signature."""
    plain = [bare(lower(line.text)) for line in lines]
    start = 0
    if any(_NATION.search(text) for text in plain[:4]):
        dated = [i for i, text in enumerate(plain[:10]) if _DATED.search(text) and lines[i].right > 0.6 * width]
        start = (dated[0] if dated else next(i for i, text in enumerate(plain[:4]) if _NATION.search(text)) + 1) + 1
        start += sum(1 for line in lines[start : start + 2] if line.right < 0.45 * width)
    stop = next((i for i in range(start, len(lines)) if _COPIES.match(plain[i])), len(lines))
    return lines[:start], lines[start:stop], lines[stop:]


def _side_by_side(lines: list[Line], width: int, pitch: float) -> list[str]:
    """Return the left column, then the right one."""
    left: list[str] = []
    right: list[str] = []
    for line in lines:
        if _dirt(line.text):
            continue
        at = _gutter(line, width, pitch)
        if at:
            left.append(" ".join(w.text for w in line.words[:at]))
        if at < len(line.words):
            right.append(" ".join(w.text for w in line.words[at:]))
    return left + right


def _dirt(text: str) -> bool:
    """Tell a line that only a rule, a stamp or a hole left behind: a few small letters."""
    return len(text) < 6 and not any(c.isupper() or c.isdigit() for c in text)


def _gutter(line: Line, width: int, pitch: float) -> int:
    """Return the index of the word that begins the right column; the number of words when there is none."""
    nation = _NATION.search(bare(lower(line.text)))
    if nation:
        return line.text[: nation.start()].count(" ")
    gaps = [
        (b.left - a.right, i)
        for i, (a, b) in enumerate(pairwise(line.words), 1)
        if a.right < 0.62 * width and b.left > 0.36 * width
    ]
    wide, at = max(gaps, default=(0, 0))
    if wide >= 1.2 * pitch:
        return at
    return 0 if line.left > 0.4 * width else len(line.words)


def _spaced(line: Line, pitch: float) -> str:
    """Return the text with a wide gap where the words stand far apart."""
    pieces = [line.words[0].text]
    for a, b in pairwise(line.words):
        pieces.append(_GAP if b.left - a.right > 3 * pitch else " ")
        pieces.append(b.text)
    return "".join(pieces)
