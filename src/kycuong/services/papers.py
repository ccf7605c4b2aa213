"""Write official papers as DOCX in the layout of NĐ 30/2020/NĐ-CP; numbers and signatures stay blank for the văn thư."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from docx import Document as new_docx
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from kycuong.core.errors import Invalid
from kycuong.queries import annexes, scope
from kycuong.services import audit

FONT = "Times New Roman"
COLUMNS = (
    ("TT", 1.1), ("Nhiệm vụ", 9.4), ("Cơ quan chủ trì", 4.0), ("Cơ quan phối hợp", 3.8), ("Thời hạn", 3.2),
    ("Sản phẩm", 3.4),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ready to be downloaded."""

    name: str
    data: bytes


def annex(*, actor: scope.Actor, at: datetime, document: UUID) -> Paper:
    """Write the Phụ lục phân công nhiệm vụ of a document: task, lead, participants, time limit, product.

    Basis: NĐ 30/2020/NĐ-CP, Phụ lục I (layout of annexes). Raises: NotVisible, Invalid.
    """
    content = annexes.annex(actor, document, at)
    if not content.rows:
        raise Invalid("document_without_order")
    paper = _page()
    _heading(paper, content)
    _table(paper, content.rows)
    _notes(paper, content)
    stream = io.BytesIO()
    paper.save(stream)
    audit.record(actor_id=actor.officer_id, at=at, act="annex", subject_kind="document", subject_id=document)
    return Paper(content.file_name, stream.getvalue())


def _page() -> Docx:
    paper = new_docx()
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    return paper


def _page_number(paragraph: Paragraph) -> None:
    """Number the pages in the middle of the top margin, from the second on (NĐ 30/2020, Phụ lục I)."""
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
    run.font.name, run.font.size = FONT, Pt(13)


def _line(paper: Docx, text: str, *, bold: bool = False, italic: bool = False, size: int = 13, after: int = 0) -> None:
    paragraph = paper.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(after)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _heading(paper: Docx, content: annexes.Annex) -> None:
    _line(paper, "Phụ lục", bold=True, size=14)
    _line(paper, "PHÂN CÔNG NHIỆM VỤ", bold=True, size=14)
    _line(paper, content.purpose, bold=True, size=13)
    _line(paper, content.belongs_to, italic=True, size=13)
    _line(paper, "_" * 14, size=8, after=10)


def _table(paper: Docx, rows: Iterable[annexes.AnnexRow]) -> None:
    table = paper.add_table(rows=1, cols=len(COLUMNS))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, (_, width) in zip(table.columns, COLUMNS, strict=True):
        column.width = Cm(width)  # the grid: LibreOffice goes by it, Word by the cells
    _repeat_head(table.rows[0])
    for cell, (title, width) in zip(table.rows[0].cells, COLUMNS, strict=True):
        _cell(cell, title, width, bold=True, centred=True)
    for row in rows:
        cells = table.add_row().cells
        _keep_whole(table.rows[-1])
        texts = (row.number, row.task, row.leads, row.participants, row.limit, row.product)
        for index, (cell, text, (_, width)) in enumerate(zip(cells, texts, COLUMNS, strict=True)):
            _cell(cell, text, width, centred=index == 0, justified=index == 1)


def _cell(
    cell: _Cell, text: str, width: float, *, bold: bool = False, centred: bool = False, justified: bool = False
) -> None:
    cell.width = Cm(width)
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif justified:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        run = paragraph.add_run(line)
        run.bold, run.font.size = bold, Pt(12)


def _repeat_head(row: _Row) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _keep_whole(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _notes(paper: Docx, content: annexes.Annex) -> None:
    for text in content.notes:
        paragraph = paper.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(6)
        run = paragraph.add_run(text)
        run.italic, run.font.size = True, Pt(12)
