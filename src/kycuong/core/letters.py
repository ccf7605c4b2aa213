"""Official papers as plain data, and the measures that the decree gives them: what a renderer needs and nothing else.

Basis: NĐ 30/2020/NĐ-CP, Phụ lục I (form and layout of administrative documents).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

FONT: Final = "Times New Roman"
PAGE_MM: Final = (210, 297)
#: The decree allows 20–25 at the top and the bottom, 30–35 at the left, 15–20 at the right.
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 20, 20, 30, 15
TEXT_MM: Final = PAGE_MM[0] - LEFT_MM - RIGHT_MM
#: The head of the first page: the body that issues at the left, the national title at the right.
HEAD_MM: Final = (62, 103)
#: The end: recipients at the left, who signs at the right.
FOOT_MM: Final = (80, 85)
#: Sizes in points: text 13–14, national title 12–13 with the motto one larger, list of recipients 11–12, tables smaller.
TEXT_PT, TITLE_PT, NATION_PT, MOTTO_PT, ISSUER_PT, NUMBER_PT = 14, 14, 13, 14, 13, 13
RECIPIENTS_PT, RECIPIENT_PT, TABLE_PT, PAGE_NUMBER_PT, SUBJECT_PT = 12, 11, 12, 13, 13
#: First lines stand in by 1.27 cm, paragraphs 6 pt apart, lines between single and one and a half.
INDENT_MM, PARAGRAPH_PT, LINES = 12.7, 6, 1.15

NATION: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"
MOTTO_MM: Final = 60.2
SALUTATION: Final = "Kính gửi:"
RECIPIENTS: Final = "Nơi nhận:"
GAP: Final = "\u00a0" * 9
#: The letters of a symbol behind the stroke, "CT-UBND" of 12/CT-UBND: no line ends at their hyphen.
_SYMBOL: Final = re.compile(r"(?<=/)[A-ZĐ]+(?:-[A-ZĐ&]+)+")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Return the text without what no paper may hold: control characters, and marks that turn the reading direction."""
    return _NO_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield a text in pieces, each with whether it is the symbol of a document, which is not broken at its hyphen."""
    begin = 0
    for found in _SYMBOL.finditer(text):
        if found.start() > begin:
            yield text[begin : found.start()], False
        yield found[0], True
        begin = found.end()
    if begin < len(text):
        yield text[begin:], False


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: words, or runs of different faces; `align` is justify, center, left or right."""

    text: str | tuple[Run, ...]
    bold: bool = False
    italic: bool = False
    align: str = "justify"
    indent: bool = True

    @property
    def runs(self) -> tuple[Run, ...]:
        """Return the runs, each with the face of the paragraph added."""
        if isinstance(self.text, str):
            return (Run(clean(self.text), self.bold, self.italic),)
        return tuple(
            replace(run, text=clean(run.text), bold=run.bold or self.bold, italic=run.italic or self.italic)
            for run in self.text
        )


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a section: level 1 bold, level 2 bold and italic; it stays with what follows."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its title, its share of the width, how its cells are set (justify, center, left, right)."""

    title: str
    share: float
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head repeats on each page; a row of one cell goes across, `strong` rows (by place from 0) are bold."""

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    strong: frozenset[int] = frozenset()
    caption: str = ""

    def widths(self, total_mm: float) -> list[float]:
        """Return the widths of the columns in mm, which fill the width of the text."""
        whole = sum(column.share for column in self.columns)
        return [column.share * total_mm / whole for column in self.columns]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as PNG, its width in mm, what it shows in words for who cannot see it, and the line below it."""

    png: bytes
    width_mm: float
    alt: str
    caption: str = ""


Block = Paragraph | Heading | Table | Picture


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the lines of capacity ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG") and the name, blank when not yet known."""

    capacity: tuple[str, ...]
    name: str = ""


def signature_of(unit: str, title: str) -> Signature:
    """Return where the head of a unit signs, by the title of the post: "Giám đốc Sở Nội vụ" as "GIÁM ĐỐC"."""
    return Signature((capacity_of(unit, title) or "THỦ TRƯỞNG CƠ QUAN",))


def capacity_of(unit: str, title: str) -> str:
    """Return the title of a post without the unit's name, in capitals: its own name stands in the letterhead already."""
    return title.upper().removesuffix(unit.upper()).strip() or title.upper()


def symbol_of(kind: str, code: str, short_name: str) -> str:
    """Return the letters by which a unit is named in the symbol of its papers ("SNV"), "" where they are not known.

    Basis: NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, mục I.3.
    """
    if kind == "commune":
        return "UBND"
    if short_name.isupper() and " " not in short_name:
        return short_name
    return "" if kind == "outside" else code.upper().split("-")[-1]


@dataclass(frozen=True, slots=True)
class Letter:
    """A paper with a letterhead; without `kind` it is a công văn, whose subject stands below the number ("V/v …").

    `issuer` may hold line breaks; `above` is the body that stands above it. The number is blank. `on` gives month and
    year, and the day as well unless `day_blank`; without it the whole date is blank. Several signatures stand side by side.
    """

    issuer: str
    title: str
    content: tuple[Block, ...]
    above: str = ""
    symbol: str = ""
    place: str = ""
    on: date | None = None
    day_blank: bool = True
    kind: str = ""
    addressees: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    numbered: bool = True

    @property
    def number_line(self) -> str:
        """Return the line of the number, blank for the văn thư: "Số:        /UBND-TH"."""
        return f"Số:{GAP}/{clean(self.symbol)}" if self.symbol else f"Số:{GAP}"

    @property
    def place_line(self) -> str:
        """Return the line of place and date; days below 10 and months below 3 are written with a nought."""
        where = f"{clean(self.place)}, " if self.place else ""
        blank = "\u00a0" * 6
        if self.on is None:
            return f"{where}ngày{blank}tháng{blank}năm{blank}"
        day = blank if self.day_blank else f" {self.on.day:02d} "
        month = f"{self.on.month:02d}" if self.on.month < 3 else str(self.on.month)
        return f"{where}ngày{day}tháng {month} năm {self.on.year}"


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex, or a table that goes out alone: its label, titles, the paper it belongs to; upright or across."""

    titles: tuple[str, ...]
    content: tuple[Block, ...]
    label: str = "Phụ lục"
    belongs_to: str = ""
    landscape: bool = False


Part = Letter | Annex


def issuer_lines(name: str, limit: int = 20) -> list[str]:
    """Return the name of a body in capitals, a long one of a People's Committee broken before its place."""
    upper = clean(name).upper()
    parts = re.match(r"(ỦY BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN)\s+(.+)", upper)
    if parts and len(upper) > limit and "\n" not in upper:
        return [parts[1], parts[2]]
    return upper.split("\n")


def rule_mm(lines: Iterable[str]) -> float:
    """Return the length of the rule under a body's name or a title: about two fifths of its last line."""
    longest = max((len(line) for line in list(lines)[-1:]), default=0)
    return round(min(max(longest * 2.75 * 0.4, 12), 32), 1)


def listed(names: Sequence[str]) -> list[str]:
    """Return the lines of a list: a hyphen before each, a semicolon after, a full stop after the last.

    Basis: NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, mục I.9 (addressees and recipients).
    """
    cleaned = [clean(name).strip().rstrip(".;") for name in names]
    return [f"- {name}{'.' if number == len(cleaned) else ';'}" for number, name in enumerate(cleaned, 1)]


def addressee_lines(names: Sequence[str]) -> list[str]:
    """Return the lines of "Kính gửi": one addressee on the same line, several in a list below it."""
    if len(names) == 1:
        return [f"{SALUTATION} {clean(names[0]).strip().rstrip('.;')}."]
    return [SALUTATION, *listed(names)] if names else []


def sentences(part: Part) -> Iterator[str]:
    """Yield every piece of text of a paper in the order in which it is read, so that a rendering can be checked."""
    if isinstance(part, Letter):
        yield from _head(part)
    else:
        yield from (clean(text) for text in (part.label, *part.titles, part.belongs_to) if text)
    for block in part.content:
        yield from _told(block)
    if isinstance(part, Letter):
        yield from _foot(part)


def _head(letter: Letter) -> Iterator[str]:
    yield from issuer_lines(letter.above) if letter.above else ()
    yield from issuer_lines(letter.issuer)
    yield from (NATION, MOTTO)
    if letter.numbered:
        yield letter.number_line
    if letter.kind:
        yield from (letter.place_line, clean(letter.kind).upper(), clean(letter.title))
    else:
        yield from (f"V/v {clean(letter.title)}", letter.place_line)
    yield from addressee_lines(letter.addressees)


def _told(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield "".join(run.text for run in block.runs)
    elif isinstance(block, Heading):
        yield clean(block.text)
    elif isinstance(block, Picture):
        yield clean(block.caption)
    else:
        yield from (clean(text) for text in (block.caption, *(column.title for column in block.columns)))
        yield from (clean(cell) for row in block.rows for cell in row)


def _foot(letter: Letter) -> Iterator[str]:
    signed = [text for one in letter.signatures for text in (*one.capacity, one.name) if text]
    received = [RECIPIENTS, *listed(letter.recipients)] if letter.recipients else []
    yield from (clean(text) for text in ([*received, *signed] if len(letter.signatures) < 2 else [*signed, *received]))
