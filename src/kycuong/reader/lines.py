"""Cut text into lines and join wrapped lines into passages, keeping every offset."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kycuong.reader.cells import cells, opens_row, tagged
from kycuong.reader.fold import bare, lower
from kycuong.reader.lexicon import VERBS2
from kycuong.reader.marks import Mark, mark_of
from kycuong.reader.wraps import broken, figure_goes_on

_LINE = re.compile(r"[^\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029]+")
_TOKEN = re.compile(r"\S+")
_BREAK = re.compile(r"<br ?/?>")
_PAGE_NUMBER = re.compile(r"(?:[-~]\s?)?(?:trang|page)?\s?\d{1,3}(?:\s?/\s?\d{1,3})?(?:\s?[-~])?")
_PAGE_MARK = re.compile(r"[-=*\[( ]{1,8}(?:page|trang)\b[^\n]{0,24}[-=*\]) ]{1,8}")
_RULE = re.compile(r"[-_=*.~+|:o\s]{3,}|[^\w]{1,2}")
_COLUMNS = re.compile(r"\t+|(?<=\S) {5,}(?=\S)")
_CONNECTORS = frozenset("và với của về tại các cho từ trong để là hoặc bởi những gồm như khi nhằm".split())
_NOUNS = frozenset(
    "sở bộ ngày tháng năm tỉnh huyện xã phường thành công ủy ban quyết nghị chỉ kế thông cục việc phòng tổ quý điều khoản phố".split()
)
_PLACES = frozenset("tỉnh huyện xã phường phố".split())
_WHOLE = ("truyền thông", "giao thông", "phổ thông", "viễn thông", "công việc", "làm việc", "thành công", "khu phố")
_BODIES = ("Thủ trưởng", "Chủ tịch", "Giám đốc", "Ủy ban", "UBND", "các ", "Các ")
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
    row: int = -1
    column: int = 0
    heading: int = 0

    @cached_property
    def bare(self) -> str:
        """Return the text without diacritics."""
        return bare(self.low)

    @cached_property
    def memory(self) -> dict[tuple[int, bool], object]:
        """Return a place where what was read at an index is kept, so that it is read once."""
        return {}

    @cached_property
    def upper(self) -> bool:
        """Tell whether the passage is printed in capitals."""
        sample = self.raw[:160]
        if sample[2:14].islower():
            return False
        capitals, small = sum(map(str.isupper, sample)), sum(map(str.islower, sample))
        return capitals > 1 and capitals >= 4 * small

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


def squeeze(text: str, low: str, start: int, end: int) -> Passage:
    """Build a passage from one span, collapsing runs of white space."""
    return _passage(text, low, [_Line(start, end, False)])


def _passage(text: str, low: str, lines: list[_Line]) -> Passage:
    first, start, end = lines[0], lines[0].start, lines[-1].end
    folded = low[start:end]
    if len(lines) == 1 and "  " not in folded and "\n" not in text[start:end]:
        return Passage(
            start,
            end,
            _spaced(text[start:end]),
            folded,
            None,
            first.gap,
            first.end,
            first.row,
            first.column,
            first.heading,
        )
    offsets: list[int] = []
    pieces: list[str] = []
    lows: list[str] = []
    for line in lines:
        for token in _TOKEN.finditer(low, line.start, line.end):
            a, b = token.span()
            if pieces:
                offsets.append(a - 1)
            offsets.extend(range(a, b))
            pieces.append(text[a:b])
            lows.append(token.group())
    return Passage(
        start,
        end,
        " ".join(pieces),
        " ".join(lows),
        tuple(offsets),
        first.gap,
        first.end,
        first.row,
        first.column,
        first.heading,
    )


def _spaced(part: str) -> str:
    """Print tabs and hard spaces as spaces."""
    return part.replace("\t", " ").replace("\xa0", " ")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    gap: bool
    row: int = -1
    column: int = 0
    heading: int = 0


@dataclass(slots=True)
class _Table:
    """The row and the column at which a table printed with tags stands."""

    row: int = -1
    column: int = 0
    pending: bool = False

    def take(self, line: str, start: int, number: int) -> Iterable[_Line]:
        """Yield the cells of a line of tags."""
        for begin, stop, fresh in cells(line):
            if fresh or self.pending or self.row < 0:
                self.row, self.column, self.pending = number, 0, False
            if stop > begin:
                yield _Line(start + begin, start + stop, True, self.row, self.column)
            self.column += 1
        self.pending = self.pending or opens_row(line)


#: A heading of Markdown, with or without stars and underscores around its text.
_MARKDOWN = re.compile(r"(#{1,6}) {1,3}[*_ ]{0,4}([^*_\s][^*_\n]*[^*_\s])")


def _lines(text: str) -> Iterable[_Line]:
    last = 0
    table = _Table()
    for row, match in enumerate(_LINE.finditer(text)):
        raw = match.group()
        stripped = raw.strip()
        if not stripped:
            continue
        start = match.start() + raw.index(stripped[0])
        gap = "\n\n" in text[last:start].replace(" ", "").replace("\t", "").replace("\xa0", "")
        last = start + len(stripped)
        if stripped[0] == "<" and tagged(stripped):
            yield from table.take(stripped, start, row)
            continue
        if stripped[0] == "#" and (title := _MARKDOWN.match(stripped)):
            yield _Line(start + title.start(2), start + title.end(2), True, heading=len(title.group(1)))
            continue
        yield from _columns(stripped, start, gap, row)


def _columns(line: str, start: int, gap: bool, row: int) -> Iterable[_Line]:
    """Cut a line at bars, at tabs and at wide gaps: cells of a table, columns of a letterhead."""
    cells = _cells(line)
    if len(cells) < 2:
        yield _Line(start, start + len(line), gap)
        return
    for column, (a, b) in enumerate(cells):
        inner = line[a:b]
        if inner.strip():
            lead = len(inner) - len(inner.lstrip())
            yield _Line(start + a + lead, start + a + len(inner.rstrip()), gap or column > 0, row, column)


def _cells(line: str) -> list[tuple[int, int]]:
    if "|" in line:
        edges = [m.span() for m in re.finditer(r"\|", line)]
        if line[0] == "|":
            edges = edges[1:] if len(edges) > 1 else edges
    elif "\t" in line or ("     " in line and len(line) < 200):
        edges = [m.span() for m in _COLUMNS.finditer(line)]
        tabs = line.count("\t")
        if (
            edges
            and mark_of(line[: edges[0][1]] + "x", (line[: edges[0][1]] + "x").lower())
            and (tabs < 3 or len(edges) < 3)
            and line[: edges[0][0]].strip(" -+.)").isalnum() is False
        ):
            edges = edges[1:]
        if edges and tabs >= 2 and len(edges) >= 2:
            edges = [m.span() for m in re.finditer(r"\t", line)]
    else:
        return []
    starts = [1 if line[0] == "|" else 0, *(b for _, b in edges)]
    stops = [*(a for a, _ in edges), len(line)]
    return list(zip(starts, stops, strict=True))


def _width(lines: list[_Line]) -> int:
    """Return the width at which the text is wrapped, or 0 when each line is a paragraph."""
    lengths = sorted(n for line in lines if (n := line.end - line.start) >= 40)
    if len(lengths) < 4:
        return 0
    width = lengths[int(len(lengths) * 0.95)]
    full = sum(1 for n in lengths if n >= 0.8 * width)
    return width if 50 <= width <= 130 and full >= 0.55 * len(lengths) else 0


def cut(text: str) -> Page:
    """Cut the text into passages: one paragraph, list item or line of a letterhead each."""
    low = lower(text)
    if "<br" in low:
        low = _BREAK.sub(lambda m: " " * len(m.group()), low)
    lines = list(_lines(text))
    width = _width(lines)
    if width and sum(line.gap for line in lines) > 0.9 * len(lines):
        lines = [_joined(line, True) for line in lines]
    groups: list[list[_Line]] = []
    furniture: list[tuple[int, int]] = []
    pending_gap = resumed = False
    for line in lines:
        folded = low[line.start : line.end]
        if _RULE.fullmatch(folded):
            furniture.append((line.start, line.end))
            pending_gap = True
            continue
        if groups and _page_break(folded, groups[-1][-1], line, text, width):
            furniture.append((line.start, line.end))
            resumed = True
            continue
        if groups and _continues(text, low, groups[-1][-1], _joined(line, resumed), width, pending_gap):
            groups[-1].append(line)
        else:
            groups.append([line])
        pending_gap = resumed = False
    passages = [_passage(text, low, group) for group in groups]
    return Page(text, low, tuple(passages), tuple(furniture))


def is_page_number(passage: Passage) -> bool:
    """Tell whether a passage is only a page number."""
    return len(passage.low) <= 14 and bool(_PAGE_NUMBER.fullmatch(passage.low))


def _joined(line: _Line, resumed: bool) -> _Line:
    """Forget the blank line that a page number left behind."""
    return _Line(line.start, line.end, False, line.row, line.column, line.heading) if resumed else line


def _page_break(folded: str, last: _Line, line: _Line, text: str, width: int) -> bool:
    """Tell whether a line is a page number in the middle of a sentence."""
    if len(folded) < 48 and _PAGE_MARK.fullmatch(folded):
        return True
    if len(folded) > 14 or not _PAGE_NUMBER.fullmatch(folded) or line.row >= 0:
        return False
    unfinished = not text[last.start : last.end].endswith(_ENDS)
    return line.gap or (width > 0 and unfinished and last.end - last.start >= 0.6 * width)


def _continues(text: str, low: str, last: _Line, line: _Line, width: int, gap: bool) -> bool:
    """Tell whether a line goes on with the sentence of the line before."""
    if gap or line.row >= 0 or last.row >= 0 or line.heading or last.heading:
        return False
    before, now = text[last.start : last.end], text[line.start : line.end]
    small = now[0].islower()
    if before.endswith("Lao động") and now.startswith(("- Thương binh", "– Thương binh", "-Thương binh")):
        return True
    if width and before[-1] == ";" and len(before) >= 0.85 * width and not line.gap and now.startswith(_BODIES):
        return True
    if before.endswith(_ENDS) and not (width and small and not line.gap):
        return before[-1] == ":" and not line.gap and _value_follows(before, now, low, last, line)
    mark = mark_of(now, low[line.start : line.end])
    if mark and not _mid_sentence(before, now, width) and (line.gap or not figure_goes_on(before, mark)):
        return False
    if mark is None and not line.gap and broken(before, now, mark_of(before, low[last.start : last.end])):
        return True
    if line.gap:
        return small and len(before) > 40
    return small or before[-1] == "," or _unfinished(before, now, low[last.start : last.end], width)


def _value_follows(before: str, now: str, low: str, last: _Line, line: _Line) -> bool:
    """Tell whether what a label or a list announces stands on the next line, without a marker of its own."""
    if mark_of(now, low[line.start : line.end]):
        return False
    return broken(before, now, mark_of(before, low[last.start : last.end]))


def _unfinished(before: str, now: str, folded: str, width: int) -> bool:
    """Tell by its last word, or by its length, that a line was broken off."""
    word = folded.rpartition(" ")[2]
    if now[0].isdigit() and word in {"tháng", "ngày", "năm", "số", "quý"}:
        return True
    if before.isupper():
        return bool(width) and len(before) >= 0.7 * width and now.isupper()
    if word in _CONNECTORS:
        return True
    if folded.endswith(_WHOLE):
        return bool(width) and len(before) >= 0.7 * width and not now.isupper()
    if width and word in _NOUNS and len(before) >= 0.4 * width:
        return word not in _PLACES or " ".join(now.lower().split(None, 2)[:2]).strip(",.;:") not in VERBS2
    return bool(width) and len(before) >= 0.7 * width and not now.isupper()


def _mid_sentence(before: str, now: str, width: int) -> bool:
    """Tell whether what looks like a marker is only the wrapped middle of a sentence."""
    after = now[1:].lstrip()[:1]
    dash = now[0] in "-–+" and (after.islower() or after.isdigit())
    number = now[0].isdigit() and before.lower().endswith(("tháng", "ngày", "năm", "số", "điều", "khoản", "mục", "quý"))
    return bool(width) and len(before) >= 0.7 * width and (dash or number)
