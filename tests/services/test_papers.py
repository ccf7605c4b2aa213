"""One paper, two forms: DOCX and PDF say the same in the same order, with the measures of NĐ 30/2020, Phụ lục I."""

from __future__ import annotations

import builtins
import io
from collections.abc import Iterator
from datetime import date
from functools import cache

import pypdfium2
import pytest
from docx import Document as read_docx
from docx.table import Table as DocxTable
from PIL import Image
from tests import make

from kycuong.core import letters
from kycuong.core.errors import Invalid
from kycuong.core.letters import Annex, Column, Heading, Letter, Paragraph, Picture, Run, Signature, Table
from kycuong.services import papers

MM = 36_000  # English metric units of DOCX


def picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(stream, "PNG")
    return stream.getvalue()


def paper() -> list[letters.Part]:
    table = Table(
        (Column("TT", 1, "center"), Column("Nhiệm vụ", 6, "justify"), Column("Thời hạn", 2, "center")),
        [("A. Việc quá hạn",), *((str(n), f"Lập danh mục hồ sơ đợt {n}", f"{n:02d}/10/2026") for n in range(1, 31))],
        strong=frozenset({0}),
    )
    letter = Letter(
        issuer="Ủy ban nhân dân tỉnh Lam Giang",
        symbol="UBND-TH",
        title="đôn đốc thực hiện <b>nhiệm vụ</b> & báo cáo \x0b\u202e'; DROP TABLE",
        place="Lam Giang",
        on=date(2026, 11, 23),
        addressees=("Sở Tài chính", "Sở Xây dựng"),
        content=(
            Heading("1. Tình hình thực hiện"),
            Paragraph(
                (Run("Đến nay "), Run("30 nhiệm vụ", bold=True), Run(" chưa có báo cáo </p><script>1</script>."))
            ),
            table,
            Picture(picture(), 60, "Biểu đồ số việc quá hạn", "Hình 1. Số việc quá hạn"),
            Paragraph("Đề nghị quý cơ quan báo cáo trước ngày 30/11/2026./."),
        ),
        signatures=(Signature(("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),),
        recipients=("Như trên", "Lưu: VT, TH"),
    )
    joint = Letter(
        issuer="Văn phòng\nSở Nội vụ", above="Ủy ban nhân dân tỉnh Lam Giang", kind="Tờ trình", symbol="TTr-VP-SNV",
        title="về việc xem xét trách nhiệm", place="Lam Giang", on=date(2026, 2, 5), day_blank=False,
        addressees=("Chủ tịch Ủy ban nhân dân tỉnh",), content=(Paragraph("Kính trình Chủ tịch xem xét./."),),
        signatures=(Signature(("CHÁNH VĂN PHÒNG",), "Lê Minh"), Signature(("GIÁM ĐỐC", "SỞ NỘI VỤ"))),
        recipients=("Như trên",),
    )  # fmt: skip
    return [letter, joint, Annex(("DANH MỤC",), (table,), belongs_to="(Kèm theo Công văn này)", landscape=True)]


@cache
def printed(form: str) -> bytes:
    return papers.write("thu", paper(), form=form).data


def test_the_symbol_of_a_document_is_not_broken_at_its_hyphen() -> None:
    said = "Nghị quyết số 5-NQ/TU; Quyết định số 12/QĐ-UBND"
    table = Table((Column("Văn bản giao", 1, "center"),), [("12/CT-UBND",), (said,), ("không có",)])
    read = read_docx(io.BytesIO(papers.write("thu", [Annex(("DANH MỤC",), (table,))], form="docx").data))
    assert [row.cells[0].text for row in read.tables[0].rows[1:]] == ["12/CT-UBND", said, "không có"]
    assert len(read.element.xpath("//w:noBreakHyphen")) == 2


def plain(text: str) -> str:
    return "".join(text.split())


def words_of_docx(data: bytes) -> str:
    def told(blocks: Iterator[object]) -> Iterator[str]:
        for block in blocks:
            if isinstance(block, DocxTable):
                for row in block.rows:
                    for cell in dict.fromkeys(cell._tc for cell in row.cells):
                        yield "".join(node.text or "" for node in cell.iter() if str(node.tag).endswith("}t"))
            else:
                yield block.text  # type: ignore[attr-defined]

    return plain("".join(told(read_docx(io.BytesIO(data)).iter_inner_content())))


def words_of_pdf(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return plain("".join(page.get_textpage().get_text_range() for page in pages)).replace("\ufffe", "-")


def test_both_forms_say_the_same_in_the_same_order() -> None:
    parts = paper()
    told = [plain(text) for part in parts for text in letters.sentences(part)]
    for form, read in (("docx", words_of_docx), ("pdf", words_of_pdf)):
        text, place = read(printed(form)), 0
        for sentence in told:
            assert sentence in text[place:], f"{form}: {sentence}"
            place = text.index(sentence, place) + len(sentence)
        assert plain("<b>nhiệm vụ</b> & báo cáo '; DROP TABLE") in text
        assert plain("chưa có báo cáo </p><script>1</script>.") in text


def test_the_docx_has_the_measures_of_the_decree() -> None:
    docx = read_docx(io.BytesIO(printed("docx")))
    upright, _, across = docx.sections
    assert [round(side / MM) for side in (upright.page_width, upright.page_height)] == [210, 297]
    assert [round(side / MM) for side in (across.page_width, across.page_height)] == [297, 210]
    for section in docx.sections:
        top, bottom, left, right = (
            round(side / MM, 1)
            for side in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        )
        assert (20 <= top <= 25, 20 <= bottom <= 25, 30 <= left <= 35, 15 <= right <= 20) == (True,) * 4
        assert section.different_first_page_header_footer
        assert "PAGE" in section.header.paragraphs[0]._p.xml
    normal = docx.styles["Normal"].font
    assert (normal.name, normal.size.pt in {13, 14}) == ("Times New Roman", True)
    runs = {run.text: run for table in docx.tables for cell in table._cells for p in cell.paragraphs for run in p.runs}
    assert (runs[letters.NATION].bold, 12 <= runs[letters.NATION].font.size.pt <= 13) == (True, True)
    assert runs["Lam Giang, ngày 05 tháng 02 năm 2026"].italic
    table = next(table for table in docx.tables if table.cell(0, 0).text == "TT")
    assert "w:tblHeader" in table.rows[0]._tr.xml


def test_the_pdf_numbers_its_pages_from_the_second_of_each_part_and_keeps_the_margins() -> None:
    pages = list(pypdfium2.PdfDocument(printed("pdf")))
    heads = []
    for page in pages:
        width, height = page.get_size()
        text = page.get_textpage()
        heads.append(text.get_text_bounded(top=height, bottom=height - 50, left=0, right=width).strip())
        lefts = [text.get_rect(n)[0] for n in range(text.count_rects())]
        assert min(lefts) >= letters.LEFT_MM * 72 / 25.4 - 1
    starts = [n for n, head in enumerate(heads) if not head]
    assert len(starts) == 3
    assert heads[starts[0] : starts[1]] == ["", *(str(n) for n in range(2, starts[1] - starts[0] + 1))]
    assert heads[starts[2] :][:2] == ["", "2"]


def test_the_recipients_of_a_paper_that_two_sign_stand_on_the_page_of_who_signs() -> None:
    said = tuple(Paragraph(f"Đoạn {n}: " + "nội dung làm việc giữa hai cơ quan; " * 6) for n in range(20))
    ends = set()
    for length in range(5, 10):  # the page ends somewhere in the foot
        letter = Letter(
            "Sở Xây dựng", "Làm việc", said[:length], kind="Biên bản", recipients=("Sở Tài chính", "Lưu: VT"),
            signatures=(Signature(("ĐẠI DIỆN SỞ XÂY DỰNG",)), Signature(("ĐẠI DIỆN SỞ TÀI CHÍNH",))),
        )  # fmt: skip
        data = papers.write("bien-ban", [letter], form="pdf").data
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
        (last,) = [page for page in pages if "Nơi nhận" in page]
        assert "ĐẠI DIỆN SỞ XÂY DỰNG" in last
        ends.add(len(pages))
    assert ends == {1, 2}


def test_without_pango_the_pdf_is_refused_in_words_and_the_docx_still_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def broken(name: str, *rest: object, **named: object) -> object:
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", broken)
    with make.refused(Invalid, "pdf_not_installed"):
        papers.write("thu", paper(), form="pdf")
    assert papers.write("thu", paper()).data.startswith(b"PK")
    with make.refused(Invalid, "kind_unknown"):
        papers.write("thu", paper(), form="odt")


def test_a_cell_copied_from_another_is_the_same_as_one_set_by_itself() -> None:
    """Every row of a table has the form of its first one, also words with blanks at the end, tabs, breaks and none."""
    words = ("một", "hai ", "ba\tbốn", "năm\nsáu", "", "<bảy> & tám")
    columns = (Column("TT", 1, "center"), Column("Việc", 6, "justify"))
    content = (Table(columns, [(str(n), text) for n, text in enumerate(words * 2)]),)
    signed = Signature(("GIÁM ĐỐC",))
    one = Letter(
        issuer="Sở Nội vụ", symbol="SNV", title="thử", place="Lam Giang", on=date(2026, 11, 23), addressees=("Sở Tài chính",),
        content=content, signatures=(signed,), recipients=("Như trên",),
    )  # fmt: skip
    docx = read_docx(io.BytesIO(papers.write("thử", [one]).data))
    (table,) = [table for table in docx.tables if table.cell(0, 0).text == "TT"]
    first, second = (
        [row.cells[1]._tc.xml for row in table.rows[start : start + len(words)]] for start in (1, 1 + len(words))
    )
    assert first == second
    assert [row.cells[1].text for row in table.rows[1 : 1 + len(words)]] == list(words)
