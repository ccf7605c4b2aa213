"""Write a paper as PDF (WeasyPrint): the same data, measures and order as the DOCX."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from kycuong.core import letters
from kycuong.core.errors import Invalid
from kycuong.core.letters import Annex, Heading, Letter, Paragraph, Part, Picture, Run, Table, clean

_CSS = f"""
@page {{ size: A4; margin: {letters.TOP_MM}mm {letters.RIGHT_MM}mm {letters.BOTTOM_MM}mm {letters.LEFT_MM}mm;
  @top-center {{ content: counter(page); font: {letters.PAGE_NUMBER_PT}pt '{letters.FONT}', 'Liberation Serif', serif;
    padding-top: 4mm; }} }}
@page across {{ size: A4 landscape; }}
html {{ font: {letters.TEXT_PT}pt/1.15 '{letters.FONT}', 'Liberation Serif', serif; color: #000; }}
body, p, table {{ margin: 0; }}
p {{ white-space: pre-line; }}
.c {{ text-align: center; }} .l {{ text-align: left; }} .r {{ text-align: right; }} .j {{ text-align: justify; }}
.b {{ font-weight: bold; }} .i {{ font-style: italic; }}
.text {{ margin-bottom: {letters.PARAGRAPH_PT}pt; line-height: {letters.LINES * 1.15:.3f}; }}
.in {{ text-indent: {letters.INDENT_MM}mm; }}
.head {{ margin: 6pt 0; break-after: avoid; }}
.side {{ width: 100%; border-collapse: collapse; table-layout: fixed; break-inside: avoid; }}
.side td {{ vertical-align: top; padding: 0; }}
.rule {{ border-top: 0.9pt solid #000; margin: 3pt auto 0; height: 4pt; }}
.grid {{ width: 100%; border-collapse: collapse; table-layout: fixed; font-size: {letters.TABLE_PT}pt; margin-bottom: 6pt; }}
.grid td, .grid th {{ border: 0.5pt solid #000; padding: 2pt 1.9mm; vertical-align: top; overflow-wrap: anywhere; }}
.grid th {{ font-weight: bold; text-align: center; }}
.grid tr {{ break-inside: avoid; }} .grid p {{ padding: 0; }}
.foot {{ margin-top: 9pt; break-before: avoid; }}
.name {{ margin-top: 72pt; }} .whole {{ break-inside: avoid; }}
.shift {{ margin-left: 42mm; }} .first {{ margin-left: 30mm; }}
figure {{ margin: 0 0 6pt; text-align: center; break-inside: avoid; }}
.code {{ white-space: nowrap; }}
.small {{ font-size: {letters.TABLE_PT}pt; }}
"""
_SET = {"left": "l", "center": "c", "right": "r", "justify": "j"}


def write(parts: Sequence[Part]) -> bytes:
    """Return the parts as one PDF, each beginning on a new page with its own page numbers.

    Raises: Invalid when the libraries that set the text are not installed.
    """
    weasyprint = _weasyprint()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data",))
    pages, bodies = [], []
    for number, part in enumerate(parts):
        across = isinstance(part, Annex) and part.landscape
        pages.append(_page(number, across=across))
        inner = "".join(_letter(part) if isinstance(part, Letter) else _annex(part))
        bodies.append(f'<section style="page: part{number}">{inner}</section>')
    title = escape(clean(_title(parts)))
    style = _CSS + "".join(pages)
    html = (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head>'
        f"<body>{''.join(bodies)}</body></html>"
    )
    made: bytes = weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf(pdf_tags=True)
    return made


def _weasyprint() -> Any:
    """Return the library, or say in one sentence what the machine lacks."""
    try:
        import weasyprint
        import weasyprint.urls
        from PIL import ImageFile
    except (ImportError, OSError) as error:  # OSError: Pango is not on this machine
        raise Invalid("pdf_not_installed") from error
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the library switches on for everybody that half a picture is a picture
    return weasyprint


def _page(number: int, *, across: bool) -> str:
    name = f"part{number}"
    return (
        f"@page {name} {{ size: A4{' landscape' if across else ''}; }}"
        f"@page :nth(1 of {name}) {{ counter-reset: page 1; @top-center {{ content: none; }} }}"
    )


def _title(parts: Sequence[Part]) -> str:
    first = parts[0] if parts else None
    if isinstance(first, Letter):
        return f"{first.kind} {first.title}".strip()
    return " ".join(first.titles) if first else ""


def _line(text: str, *classes: str, size: float | None = None, before: float = 0, after: float = 0) -> str:
    style = "".join(
        f"{name}: {value}pt;"
        for name, value in (("font-size", size), ("margin-top", before), ("margin-bottom", after))
        if value
    )
    return f'<p class="{" ".join(classes)}" style="{style}">{escape(clean(text))}</p>'


def _rule(length_mm: float, after: float = 0) -> str:
    return f'<div class="rule" style="width: {length_mm}mm; margin-bottom: {after}pt"></div>'


def _side(widths: Sequence[float], *rows: Sequence[str], extra: str = "") -> str:
    columns = "".join(f'<col style="width: {width:.2f}mm">' for width in widths)
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table class="side {extra}" role="presentation"><colgroup>{columns}</colgroup>{cells}</table>'


def _letter(letter: Letter) -> Iterable[str]:
    yield _head(letter)
    if letter.kind:
        yield _line(letter.kind.upper(), "c", "b", size=letters.TITLE_PT, before=18)
        yield _line(letter.title, "c", "b", size=letters.TITLE_PT)
        yield _rule(letters.rule_mm(letter.title.split("\n")), after=8)
    lines = letters.addressee_lines(letter.addressees)
    for number, line in enumerate(lines):
        place = "c" if len(lines) == 1 else "first" if number == 0 else "shift"
        yield _line(line, place, before=12 if number == 0 else 0, after=12 if number == len(lines) - 1 else 0)
    yield from map(_block, letter.content)
    yield _foot(letter)


def _head(letter: Letter) -> str:
    lines = letters.issuer_lines(letter.issuer)
    above = letters.issuer_lines(letter.above) if letter.above else []
    left = "".join(_line(line, "c", size=letters.ISSUER_PT) for line in above)
    left += "".join(_line(line, "c", "b", size=letters.ISSUER_PT) for line in lines) + _rule(letters.rule_mm(lines))
    right = (
        _line(letters.NATION, "c", "b", size=letters.NATION_PT)
        + _line(letters.MOTTO, "c", "b", size=letters.MOTTO_PT)
        + _rule(letters.MOTTO_MM)
    )
    below = _line(letter.number_line, "c", size=letters.NUMBER_PT, before=4) if letter.numbered else ""
    if not letter.kind:
        below += _line(f"V/v {letter.title}", "c", size=letters.SUBJECT_PT, before=6)
    dated = _line(letter.place_line, "c", "i", size=letters.TEXT_PT, before=4)
    return _side(letters.HEAD_MM, (left, right), (below, dated))


def _block(block: letters.Block) -> str:
    if isinstance(block, Paragraph):
        inner = "".join(_run(run) for run in block.runs)
        indent = " in" if block.indent and block.align in {"justify", "left"} else ""
        return f'<p class="text {_SET[block.align]}{indent}">{inner}</p>'
    if isinstance(block, Heading):
        return _line(block.text, "head", "in", "j", "b", "i" if block.level > 1 else "")
    if isinstance(block, Picture):
        return _picture(block)
    return _table(block)


def _run(run: Run) -> str:
    text = escape(run.text)
    text = f"<b>{text}</b>" if run.bold else text
    return f"<i>{text}</i>" if run.italic else text


def _picture(block: Picture) -> str:
    source = f"data:image/png;base64,{base64.b64encode(block.png).decode()}"
    caption = _line(block.caption, "c", "i", "small") if block.caption else ""
    return f'<figure><img src="{source}" alt="{escape(clean(block.alt))}" style="width: {block.width_mm}mm">{caption}</figure>'


def _table(block: Table) -> str:
    caption = _line(block.caption, "c", "i", "head") if block.caption else ""
    widths = block.widths(100)
    columns = "".join(f'<col style="width: {width:.3f}%">' for width in widths)
    head = "".join(f"<th>{_cell(column.title)}</th>" for column in block.columns)
    rows = "".join(_row(block, number, row) for number, row in enumerate(block.rows))
    return (
        f'{caption}<table class="grid"><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(block: Table, number: int, row: Sequence[str]) -> str:
    strong = " b" if number in block.strong else ""
    if len(row) == 1:
        return f'<tr><td class="l{strong}" colspan="{len(block.columns)}">{_cell(row[0])}</td></tr>'
    cells = (
        f'<td class="{_SET[column.align]}{strong}">{_cell(text)}</td>'
        for column, text in zip(block.columns, row, strict=True)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _cell(text: str) -> str:
    return "".join(f"<p>{_held(line)}</p>" for line in clean(text).split("\n"))


def _held(line: str) -> str:
    """Return a line in which the symbols of documents hold together."""
    return "".join(
        f'<span class="code">{escape(piece)}</span>' if is_symbol else escape(piece)
        for piece, is_symbol in letters.pieces(line)
    )


def _foot(letter: Letter) -> str:
    signed = [
        "".join(_line(line, "c", "b") for line in one.capacity) + _line(one.name, "c", "b", "name")
        for one in letter.signatures
    ]
    received = ""
    if letter.recipients:
        received = _line(letters.RECIPIENTS, "b", "i", size=letters.RECIPIENTS_PT) + "".join(
            _line(line, size=letters.RECIPIENT_PT) for line in letters.listed(letter.recipients)
        )
    if len(signed) < 2:
        return _side(letters.FOOT_MM, (received, "".join(signed)), extra="foot")
    both = _side([letters.TEXT_MM / len(signed)] * len(signed), signed)
    return f'<div class="foot whole">{both}{received}</div>'  # the recipients never stand alone on a page


def _annex(annex: Annex) -> Iterable[str]:
    yield _line(annex.label, "c", "b")
    yield from (_line(title, "c", "b") for title in annex.titles)
    if annex.belongs_to:
        yield _line(annex.belongs_to, "c", "i", size=13)
    yield _rule(letters.rule_mm(annex.titles), after=8)
    yield from map(_block, annex.content)
