"""Files of every kind, and every way in which a file can be bad: one sentence, never a traceback."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from kycuong.reader import Reading, Secret, Unreadable, read_bytes

SAMPLES = Path(__file__).parent / "samples"


def paragraphs(reading: Reading) -> list[str]:
    return [line for line in reading.text.split("\n") if line.strip()]


def package(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def test_docx_with_letterhead_table_lists_and_assignment_table() -> None:
    document = docx.Document()
    head = document.add_table(rows=1, cols=2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nTỈNH BÌNH SƠN\nSố: 15/KH-UBND"
    head.cell(
        0, 1
    ).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nBình Sơn, ngày 03 tháng 02 năm 2026"
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Về việc sắp xếp kho lưu trữ năm 2026")
    document.add_paragraph("UBND tỉnh yêu cầu các cơ quan thực hiện những việc sau:")
    for text in (
        "Sở Nội vụ kiểm kê kho lưu trữ, xong trước ngày 30/6/2026.",
        "Văn phòng UBND tỉnh số hóa sổ công văn.",
    ):
        document.add_paragraph(text, style="List Number")
    table = document.add_table(rows=2, cols=4)
    for cell, text in zip(table.rows[0].cells, ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"), strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ("1", "Mua giá kệ cho kho", "Sở Tài chính", "Quý II/2026"), strict=True):
        cell.text = text
    reading = read_bytes(package(document), "ke-hoach.docx")
    assert reading.code == "15/KH-UBND"
    assert [(o.path, [p.name for p in o.assignees]) for o in reading.orders] == [
        ("1", ["Sở Nội vụ"]), ("2", ["Văn phòng UBND tỉnh"]), ("PL.1", ["Sở Tài chính"]),
    ]  # fmt: skip
    assert reading.orders[2].deadline.date is not None
    assert reading.media_type.endswith("wordprocessingml.document")


def test_docx_numbering_of_its_own() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Rà soát hồ sơ tồn đọng tại bộ phận một cửa.")
    numbering = OxmlElement("w:numPr")
    level, number = OxmlElement("w:ilvl"), OxmlElement("w:numId")
    level.set(qn("w:val"), "0")
    number.set(qn("w:val"), "1")
    numbering.append(level)
    numbering.append(number)
    paragraph._p.get_or_add_pPr().append(numbering)
    line = paragraphs(read_bytes(package(document), "a.docx"))[0]
    assert line.endswith("Rà soát hồ sơ tồn đọng tại bộ phận một cửa.")
    assert line[0] in "1-a"


def test_docx_footnotes_stand_at_the_end() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Sở Nội vụ rà soát theo Chỉ thị của tỉnh")
    call = OxmlElement("w:footnoteReference")
    call.set(qn("w:id"), "2")
    paragraph.add_run()._r.append(call)
    paragraph.add_run(" trước ngày 30/6/2026.")
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    notes = (
        f'<w:footnotes xmlns:w="{space}"><w:footnote w:id="2"><w:p><w:r><w:t>Chỉ thị số 4/CT-UBND ngày 02/3/2026.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    stream = io.BytesIO(package(document))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/footnotes.xml", notes)
    reading = read_bytes(stream.getvalue(), "a.docx")
    assert reading.text.split("\n") == [
        "Sở Nội vụ rà soát theo Chỉ thị của tỉnh[1] trước ngày 30/6/2026.", "[1] Chỉ thị số 4/CT-UBND ngày 02/3/2026.",
    ]  # fmt: skip


def test_saved_page_keeps_the_article_and_drops_the_menu() -> None:
    page = (
        "<!DOCTYPE html><html><head><title>x</title><script>var a=1</script></head><body><nav><a href=/>Trang chủ</a></nav>"
        "<div class='menu'><a href=1>Tin tức</a><a href=2>Sự kiện</a></div><h1>Hải Khê chỉ đạo</h1>"
        "<p>Ngày 02/3/2026, UBND tỉnh Hải Khê ban hành Công văn số 88/UBND-KT về nạo vét kênh, yêu cầu các đơn vị:</p>"
        "<ol><li>Sở Xây dựng lập kế hoạch trước ngày 15/3/2026.</li><li>UBND các xã huy động nhân lực.</li></ol>"
        "<footer>Bản quyền</footer></body></html>"
    )
    reading = read_bytes(page.encode(), "trang.html")
    assert "Trang chủ" not in reading.text
    assert "Tin tức" not in reading.text
    assert reading.code == "88/UBND-KT"
    assert [o.path for o in reading.orders] == ["1", "2"]
    assert reading.media_type == "text/html"


def picture_pdf() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package_:
        package_.writestr("word/document.xml", b"<a>" + b" " * 70_000_000)
    return stream.getvalue()


def other_zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package_:
        package_.writestr("a.txt", "x")
    return stream.getvalue()


def entity_docx() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package_:
        package_.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "rong.txt", "empty"),
        (b" \n\n ", "trang.txt", "empty"),
        (b"\xef\xbb\xbf", "bom.txt", "empty"),
        (bytes(range(256)) * 40, "nhi-phan.txt", "not_text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(400), "anh.txt", "broken_picture"),
        (b"12345 67890 ----", "so.txt", "no_text"),
        (b"%PDF-1.7\n%broken", "hong.pdf", "broken_pdf"),
        (b"PK\x03\x04broken", "hong.docx", "broken_docx"),
        (other_zip(), "nen.docx", "not_docx"),
        (entity_docx(), "thuc-the.docx", "broken_docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "cu.xls", "old_office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "khoa.docx", "encrypted"),
        (b"{\\rtf1 abc}", "a.rtf", "needs_office"),
        (picture_pdf(), "trang-trang.pdf", "no_text"),
        (b"a" * 20_000_001, "to.txt", "too_big"),
        (b"abc\n" * 200_000, "dong.txt", "too_long"),
    ],
)  # fmt: skip
def test_bad_file_is_one_sentence(data: bytes, name: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_bytes(data, name)
    assert caught.value.code == code
    assert name in caught.value.message_vi
    assert "\n" not in caught.value.message_vi
    assert caught.value.message_vi.endswith(".")


def test_bomb_is_refused_quickly() -> None:
    began = time.perf_counter()
    with pytest.raises(Unreadable) as caught:
        read_bytes(bomb(), "bom.docx")
    assert caught.value.code == "zip_bomb"
    assert time.perf_counter() - began < 5


def test_truncated_files_of_each_kind() -> None:
    document = docx.Document()
    document.add_paragraph("Giao Sở Y tế báo cáo.")
    whole = package(document)
    for cut in (10, len(whole) // 2, len(whole) - 30):
        with pytest.raises(Unreadable):
            read_bytes(whole[:cut], "cut.docx")


def test_kind_is_told_by_content_not_by_name() -> None:
    data = (SAMPLES / "cong_dien.txt").read_bytes()
    assert read_bytes(data, "sai-duoi.pdf").code == "03/CĐ-UBND"


def test_other_encodings() -> None:
    text = (SAMPLES / "thong_bao_ket_luan.txt").read_text("utf-8")
    assert read_bytes(text.encode("utf-16"), "a.txt").code == "45/TB-VP"
    assert read_bytes(b"\xef\xbb\xbf" + text.encode(), "a.txt").code == "45/TB-VP"
    assert (
        read_bytes(text.encode().replace(b"\n", b"\r\n"), "a.txt").orders == read_bytes(text.encode(), "a.txt").orders
    )


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "Độ mật: Tối mật"])
def test_secret_paper_is_refused(stamp: str) -> None:
    text = f"{stamp}\n" + (SAMPLES / "cong_dien.txt").read_text("utf-8")
    with pytest.raises(Secret) as caught:
        read_bytes(text.encode(), "a.txt")
    assert caught.value.code == "secret"


def test_secret_by_name_and_word_of_secrecy_in_prose() -> None:
    with pytest.raises(Secret):
        read_bytes(b"abc", "CV 12 - MẬT.txt")
    reading = read_bytes("Giao Công an tỉnh kiểm tra công tác bảo vệ bí mật nhà nước, tài liệu mật.".encode(), "a.txt")
    assert len(reading.orders) == 1


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=2000), st.sampled_from(["", "%PDF-1.4\n", "PK\x03\x04", "<html>", "{\\rtf"]))
def test_no_bytes_break_the_reader(data: bytes, start: str) -> None:
    try:
        read_bytes(start.encode("latin-1") + data, "x.bin")
    except Unreadable as wrong:
        assert wrong.message_vi


def text_pdf(lines: list[str]) -> bytes:
    """Build the smallest PDF with a text layer."""
    body = b"BT /F1 12 Tf 14 TL 40 780 Td " + b" ".join(f"({line}) Tj T*".encode("latin-1") for line in lines) + b" ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


def test_pdf_with_text() -> None:
    data = text_pdf(
        [
            "So: 12/CT-UBND",
            "Binh Son, ngay 03 thang 4 nam 2026",
            "CHI THI",
            "1. Xong truoc ngay 30/6/2026, khong cham tre.",
        ]
    )
    reading = read_bytes(data, "a.pdf")
    assert reading.media_type == "application/pdf"
    assert reading.code == "12/CT-UBND"
    assert reading.issued_on is not None
    assert reading.orders[0].deadline.text is not None
