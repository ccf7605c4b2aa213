"""Cut text into lines and join wrapped lines into passages, keeping every offset."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kycuong.reader.fold import bare, lower
from kycuong.reader.marks import Mark, mark_of

_LINE = re.compile(r"[^\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029]+")
_TOKEN = re.compile(r"\S+")
_PAGE_NUMBER = re.compile(r"(?:[-~]\s?)?(?:trang|page)?\s?\d{1,3}(?:\s?/\s?\d{1,3})?(?:\s?[-~])?")
_RULE = re.compile(r"[-_=*.~+|:oO\s]{3,}")
_ENDS = (".", ";", ":", "!", "?", "/.", "…", ".”", '."', ")")


@dataclass(frozen=True)
class Passage:
    """A stretch of text with white space collapsed; `raw`, `low` and `bare` share one index."""

    start: int
    end: int
    raw: str
    low: str
    offsets: tuple[int, ...] | None = None
    gap: bool = False
    first_line_end: int = 0

    @cached_property
    def bare(self) -> str:
        """Return the text without diacritics."""
        return bare(self.low)

    @cached_property
    def mark(self) -> Mark | None:
        """Return the list marker at the beginning, if there is one."""
        return mark_of(self.raw, self.low)

    @cached_property
    def body(self) -> int:
        """Return the index of the first character after the marker."""
        return self.mark.length if self.mark else 0

    def at(self, index: int) -> int:
        """Return the offset in the document of a character of the passage."""
        if self.offsets is None:
            return self.start + index
        return self.offsets[index] if index < len(self.offsets) else self.end

    def span(self, begin: int, stop: int) -> tuple[int, int]:
        """Return the offsets in the document of a part of the passage."""
        return (self.at(begin), self.at(stop - 1) + 1) if stop > begin else (self.at(begin), self.at(begin))

    def index(self, offset: int) -> int:
        """Return the index in the passage of an offset in the document."""
        if self.offsets is None:
            return min(max(offset - self.start, 0), len(self.raw))
        return bisect_left(self.offsets, offset)


@dataclass(frozen=True, slots=True)
class Page:
    """A document cut up: all passages in order, and the spans that are page furniture."""

    text: str
    low: str
    passages: tuple[Passage, ...]
    furniture: tuple[tuple[int, int], ...] = ()


def squeeze(text: str, low: str, start: int, end: int, gap: bool = False, first: int = 0) -> Passage:
    """Build a passage from a span, collapsing runs of white space."""
    part = text[start:end]
    folded = low[start:end]
    if "  " not in folded and part.find("\n") < 0:
        return Passage(start, end, _spaced(part, folded), folded, None, gap, first or end)
    offsets: list[int] = []
    pieces: list[str] = []
    lows: list[str] = []
    for token in _TOKEN.finditer(folded):
        a, b = token.span()
        if pieces:
            offsets.append(start + a - 1)
        offsets.extend(range(start + a, start + b))
        pieces.append(part[a:b])
        lows.append(folded[a:b])
    return Passage(start, end, " ".join(pieces), " ".join(lows), tuple(offsets), gap, first or end)


def _spaced(part: str, folded: str) -> str:
    """Print tabs and hard spaces as spaces."""
    if part.isascii() and "\t" not in part:
        return part
    return "".join(" " if low == " " else raw for raw, low in zip(part, folded, strict=True))


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    gap: bool


def _lines(text: str) -> Iterable[_Line]:
    last = 0
    for match in _LINE.finditer(text):
        raw = match.group()
        stripped = raw.strip()
        if not stripped:
            continue
        start = match.start() + raw.index(stripped[0])
        gap = "\n\n" in text[last:start].replace(" ", "").replace("\t", "").replace("\xa0", "")
        last = start + len(stripped)
        yield _Line(start, last, gap)


def _width(lines: list[_Line]) -> int:
    """Return the width at which the text is wrapped, or 0 when each line is a paragraph."""
    lengths = sorted(line.end - line.start for line in lines)
    if len(lengths) < 8:
        return 0
    width = lengths[int(len(lengths) * 0.95)]
    full = sum(1 for n in lengths if n >= 0.75 * width)
    return width if 50 <= width <= 130 and full >= 0.35 * len(lengths) else 0


def cut(text: str) -> Page:
    """Cut the text into passages: one paragraph, list item or line of a letterhead each."""
    low = lower(text)
    lines = list(_lines(text))
    width = _width(lines)
    groups: list[list[_Line]] = []
    furniture: list[tuple[int, int]] = []
    pending_gap = False
    for line in lines:
        folded = low[line.start : line.end]
        if _RULE.fullmatch(folded):
            furniture.append((line.start, line.end))
            pending_gap = True
            continue
        if groups and _continues(text, low, groups[-1][-1], line, width, pending_gap):
            groups[-1].append(line)
        else:
            groups.append([line])
        pending_gap = False
    passages = [
        squeeze(text, low, group[0].start, group[-1].end, group[0].gap, group[0].end) for group in groups
    ]
    return Page(text, low, tuple(passages), tuple(furniture))


def is_page_number(passage: Passage) -> bool:
    """Tell whether a passage is only a page number."""
    return len(passage.low) <= 14 and bool(_PAGE_NUMBER.fullmatch(passage.low))


def _continues(text: str, low: str, last: _Line, line: _Line, width: int, gap: bool) -> bool:
    """Tell whether a line goes on with the sentence of the line before."""
    if gap or "\t" in text[line.start : line.end]:
        return False
    before = text[last.start : last.end]
    now = text[line.start : line.end]
    if before.endswith(_ENDS) and (not width or line.gap or not now[0].islower()):
        return False
    small = now[0].islower()
    if mark_of(now, low[line.start : line.end]) and not _mid_sentence(before, now, width):
        return False
    if line.gap:
        return small and len(before) > 40
    if width and len(before) >= 0.7 * width:
        return small or not before.isupper() == now.isupper() or not now.isupper()
    return small


def _mid_sentence(before: str, now: str, width: int) -> bool:
    """Tell whether what looks like a marker is only the wrapped middle of a sentence."""
    dash = now[0] in "-–+" and now[1:].lstrip()[:1].islower()
    number = now[0].isdigit() and before.lower().endswith(("tháng", "ngày", "năm", "số", "điều", "khoản", "mục", "quý"))
    return bool(width) and len(before) >= 0.7 * width and (dash or number)
