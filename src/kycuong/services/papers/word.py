"""Write a paper as DOCX (python-docx): the same data, measures and order as the PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Final, TypeAlias

from docx import Document as new_docx
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table as DocxTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as DocxParagraph

from kycuong.core import letters
from kycuong.core.letters import Annex, Heading, Letter, Paragraph, Part, Picture, Run, Signature, Table, clean

_ALIGN: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}  # fmt: skip


def write(parts: Sequence[Part]) -> bytes:
    """Return the parts as one DOCX, each on a section of its own with its own page numbers."""
    paper = new_docx()
    _style(paper)
    for number, part in enumerate(parts):
        section = paper.sections[0] if number == 0 else paper.add_section(WD_SECTION.NEW_PAGE)
        _section(section, across=isinstance(part, Annex) and part.landscape)
        if isinstance(part, Letter):
            _letter(paper, part)
        else:
            _annex(paper, part)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _style(paper: Docx) -> None:
    style = paper.styles["Normal"]
    style.font.name, style.font.size = letters.FONT, Pt(letters.TEXT_PT)
    for script in ("w:eastAsia", "w:cs", "w:hAnsi"):
        style.element.rPr.rFonts.set(qn(script), letters.FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.rPr.append(language)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)


def _section(section: Section, *, across: bool) -> None:
    width, height = letters.PAGE_MM[::-1] if across else letters.PAGE_MM
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(letters.TOP_MM), Mm(letters.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(letters.LEFT_MM), Mm(letters.RIGHT_MM)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    begin = OxmlElement("w:pgNumType")
    begin.set(qn("w:start"), "1")
    section._sectPr.append(begin)
    section.header.is_linked_to_previous = False
    _page_number(section.header.paragraphs[0])


def _page_number(paragraph: DocxParagraph) -> None:
    """Number the pages in the middle of the top margin; the first page of a part shows no number."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
    run.font.name, run.font.size = letters.FONT, Pt(letters.PAGE_NUMBER_PT)


def _put(
    paragraph: DocxParagraph, runs: Sequence[Run] | str, *, size: float = letters.TEXT_PT, align: str = "center",
    bold: bool = False, italic: bool = False, before: float = 0, after: float = 0,
) -> DocxParagraph:  # fmt: skip
    paragraph.alignment = _ALIGN[align]
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    for run in [Run(clean(runs), bold, italic)] if isinstance(runs, str) else runs:
        made = paragraph.add_run(run.text)
        made.bold, made.italic, made.font.size = run.bold, run.italic, Pt(size)
    return paragraph


def _rule(paragraph: DocxParagraph, length_mm: float, width_mm: float, after: float = 0) -> None:
    """Draw a rule: an empty paragraph with a line above it, drawn in from both sides."""
    side = max((width_mm - length_mm) / 2, 0)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(side)
    form.space_before, form.space_after, form.line_spacing = Pt(3), Pt(after), Pt(4)
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert(0, borders)


def _grid(paper: Docx, widths: Sequence[float], rows: int = 1) -> DocxTable:
    """Add a table without lines and without room around its cells, to set things side by side."""
    table: DocxTable = paper.add_table(rows=rows, cols=len(widths))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        room = OxmlElement(f"w:{side}")
        room.set(qn("w:w"), "0")
        room.set(qn("w:type"), "dxa")
        margins.append(room)
    table._tbl.tblPr.append(margins)
    _fix_widths(table, widths)
    return table


def _fix_widths(table: DocxTable, widths: Sequence[float]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)  # the grid: LibreOffice goes by it, Word by the cells
    for row in table.rows:
        for cell, width in zip(row._tr.tc_lst, widths, strict=True):
            cell.width = Mm(width)


def _letter(paper: Docx, letter: Letter) -> None:
    _head(paper, letter)
    if letter.kind:
        _put(paper.add_paragraph(), letter.kind.upper(), size=letters.TITLE_PT, bold=True, before=18)
        _put(paper.add_paragraph(), letter.title, size=letters.TITLE_PT, bold=True)
        _rule(paper.add_paragraph(), letters.rule_mm(letter.title.split("\n")), letters.TEXT_MM, after=8)
    _addressees(paper, letter)
    _content(paper, letter.content, letters.TEXT_MM)
    _foot(paper, letter)


def _head(paper: Docx, letter: Letter) -> None:
    left_mm, right_mm = letters.HEAD_MM
    grid = _grid(paper, letters.HEAD_MM, rows=2)
    left, right = grid.rows[0].cells
    lines = letters.issuer_lines(letter.issuer)
    above = letters.issuer_lines(letter.above) if letter.above else []
    for number, line in enumerate((*above, *lines)):
        paragraph = left.paragraphs[0] if number == 0 else left.add_paragraph()
        _put(paragraph, line, size=letters.ISSUER_PT, bold=number >= len(above))
    _rule(left.add_paragraph(), letters.rule_mm(lines), left_mm)
    _put(right.paragraphs[0], letters.NATION, size=letters.NATION_PT, bold=True)
    _put(right.add_paragraph(), letters.MOTTO, size=letters.MOTTO_PT, bold=True)
    _rule(right.add_paragraph(), letters.MOTTO_MM, right_mm)
    below, date_cell = grid.rows[1].cells
    if letter.numbered:
        _put(below.paragraphs[0], letter.number_line, size=letters.NUMBER_PT, before=4)
    if not letter.kind:
        subject = below.add_paragraph() if letter.numbered else below.paragraphs[0]
        _put(subject, f"V/v {letter.title}", size=letters.SUBJECT_PT, before=6)
    _put(date_cell.paragraphs[0], letter.place_line, size=letters.TEXT_PT, italic=True, before=4)


def _addressees(paper: Docx, letter: Letter) -> None:
    lines = letters.addressee_lines(letter.addressees)
    for number, line in enumerate(lines):
        alone = len(lines) == 1
        last = number == len(lines) - 1
        paragraph = _put(
            paper.add_paragraph(), line, align="center" if alone else "left", before=12 if number == 0 else 0,
            after=12 if last else 0,
        )  # fmt: skip
        if not alone:
            paragraph.paragraph_format.left_indent = Mm(30 if number == 0 else 42)


def _content(paper: Docx, content: Sequence[letters.Block], width_mm: float) -> None:
    for block in content:
        if isinstance(block, Paragraph):
            _paragraph(paper, block)
        elif isinstance(block, Heading):
            made = _put(
                paper.add_paragraph(), block.text, align="justify", bold=True, italic=block.level > 1, before=6,
                after=letters.PARAGRAPH_PT,
            )  # fmt: skip
            made.paragraph_format.first_line_indent = Mm(letters.INDENT_MM)
            made.paragraph_format.keep_with_next = True
        elif isinstance(block, Picture):
            _picture(paper, block)
        else:
            _table(paper, block, width_mm)


def _paragraph(paper: Docx, block: Paragraph) -> None:
    made = _put(paper.add_paragraph(), block.runs, align=block.align, after=letters.PARAGRAPH_PT)
    made.paragraph_format.line_spacing = letters.LINES
    if block.indent and block.align in {"justify", "left"}:
        made.paragraph_format.first_line_indent = Mm(letters.INDENT_MM)


def _picture(paper: Docx, block: Picture) -> None:
    place = paper.add_paragraph()
    place.alignment = WD_ALIGN_PARAGRAPH.CENTER
    place.paragraph_format.keep_with_next = bool(block.caption)
    shape = place.add_run().add_picture(io.BytesIO(block.png), width=Mm(block.width_mm))
    shape._inline.docPr.set("descr", clean(block.alt))
    if block.caption:
        _put(paper.add_paragraph(), block.caption, size=letters.TABLE_PT, italic=True, after=letters.PARAGRAPH_PT)


def _table(paper: Docx, block: Table, width_mm: float) -> None:
    if block.caption:
        caption = _put(paper.add_paragraph(), block.caption, size=letters.TEXT_PT, italic=True, after=3)
        caption.paragraph_format.keep_with_next = True
    table = paper.add_table(rows=1 + len(block.rows), cols=len(block.columns))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    _fix_widths(table, block.widths(width_mm))
    moulds: _Moulds = {}
    head, *rest = table.rows
    _mark_row(head, "w:tblHeader")
    for cell, column in zip(head.cells, block.columns, strict=True):
        _cell(cell, column.title, "center", moulds, bold=True)
    for number, (row, texts) in enumerate(zip(rest, block.rows, strict=True)):
        _mark_row(row, "w:cantSplit")
        cells = row.cells
        if len(texts) == 1:
            cells[0].merge(cells[-1])
        for index, text in enumerate(texts):
            align = "left" if len(texts) == 1 else block.columns[index].align
            _cell(cells[index], text, align, moulds, bold=number in block.strong)
    _put(paper.add_paragraph(), "", size=4)


#: Says of a text that the spaces at its ends count.
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
#: The first paragraph of a table in each form; the others are copies of it, at a tenth of the cost of setting every property.
_Moulds: TypeAlias = dict[tuple[str, bool], Any]


def _cell(cell: _Cell, text: str, align: str, moulds: _Moulds, *, bold: bool) -> None:
    for number, line in enumerate(clean(text).split("\n")):
        plain = line and "\t" not in line and line == line.strip()
        known = moulds.get((align, bold)) if plain else None
        if known is not None:
            made = deepcopy(known)
            _say(made.find(qn("w:r")), line)
            first = cell._tc.p_lst[0]
            cell._tc.replace(first, made) if number == 0 else cell._tc.append(made)
            continue
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        _put(paragraph, line, size=letters.TABLE_PT, align=align, bold=bold, before=2, after=2)
        if plain:
            moulds[align, bold] = deepcopy(paragraph._p)
            _say(paragraph._p.find(qn("w:r")), line)


def _say(run: Any, line: str) -> None:
    """Put a line into a run that holds one text; in the symbols of documents the hyphens do not break."""
    text = run.find(qn("w:t"))
    first, *rest = [
        (part, number > 0)
        for piece, is_symbol in letters.pieces(line)
        for number, part in enumerate(piece.split("-") if is_symbol else [piece])
    ]
    text.text = first[0]
    for part, is_joined in rest:
        if is_joined:
            run.append(OxmlElement("w:noBreakHyphen"))
        run.append(made := deepcopy(text))
        made.text = part
        made.set(_SPACE, "preserve")
    if rest:
        text.set(_SPACE, "preserve")


def _mark_row(row: _Row, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _foot(paper: Docx, letter: Letter) -> None:
    for paragraph in (paper.paragraphs[-1], _put(paper.add_paragraph(), "", size=6)):
        paragraph.paragraph_format.keep_with_next = True  # who signs never stands alone on a page
    if len(letter.signatures) < 2:
        grid = _grid(paper, letters.FOOT_MM)
        left, right = grid.rows[0].cells
        if letter.recipients:
            _recipients(left, letter)
        for one in letter.signatures:
            _signature(right, one)
    else:
        share = letters.TEXT_MM / len(letter.signatures)
        grid = _grid(paper, [share] * len(letter.signatures))
        for cell, one in zip(grid.rows[0].cells, letter.signatures, strict=True):
            _signature(cell, one)
    _mark_row(grid.rows[0], "w:cantSplit")
    if len(letter.signatures) >= 2 and letter.recipients:
        for paragraph in (one for cell in grid.rows[0].cells for one in cell.paragraphs):
            paragraph.paragraph_format.keep_with_next = True  # nor do the recipients
        below = _grid(paper, [letters.TEXT_MM])
        _recipients(below.rows[0].cells[0], letter)
        _mark_row(below.rows[0], "w:cantSplit")


def _recipients(cell: _Cell, letter: Letter) -> None:
    _put(cell.paragraphs[0], letters.RECIPIENTS, size=letters.RECIPIENTS_PT, align="left", bold=True, italic=True)
    for line in letters.listed(letter.recipients):
        _put(cell.add_paragraph(), line, size=letters.RECIPIENT_PT, align="left")


def _signature(cell: _Cell, signature: Signature) -> None:
    for number, line in enumerate(signature.capacity):
        _put(cell.paragraphs[0] if number == 0 else cell.add_paragraph(), line, bold=True)
    _put(cell.add_paragraph(), signature.name, bold=True, before=72)


def _annex(paper: Docx, annex: Annex) -> None:
    width = (letters.PAGE_MM[1] if annex.landscape else letters.PAGE_MM[0]) - letters.LEFT_MM - letters.RIGHT_MM
    _put(paper.add_paragraph(), annex.label, bold=True)
    for title in annex.titles:
        _put(paper.add_paragraph(), title, bold=True)
    if annex.belongs_to:
        _put(paper.add_paragraph(), annex.belongs_to, size=13, italic=True)
    _rule(paper.add_paragraph(), letters.rule_mm(annex.titles), width, after=8)
    _content(paper, annex.content, width)
