"""Write the result letters that units of the made-up province send: a letterhead, a number, a few sentences, a signer."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from xml.sax.saxutils import escape

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org"
#: The least that a .docx needs, so that hundreds of letters are written and read in a moment.
_TYPES = (
    f'{_XML}<Types xmlns="{_OFFICE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'{_XML}<Relationships xmlns="{_OFFICE}/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def letter(
    *, unit: str, place: str, number: int, symbol: str, signed: date, about: str, title: str, signer: str
) -> bytes:
    """Return a report of a unit as DOCX, in the words that such reports use."""
    lines = (
        f"ỦY BAN NHÂN DÂN TỈNH {place.upper()}",
        unit.upper(),
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        f"Số: {number}/{symbol}",
        f"{place}, ngày {signed.day:02d} tháng {signed.month:02d} năm {signed.year}",
        "BÁO CÁO",
        f"Kết quả thực hiện nhiệm vụ: {about}",
        "Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh.",
        f"{unit} đã tổ chức thực hiện nhiệm vụ được giao và báo cáo kết quả như sau:",
        "1. Đã hoàn thành các nội dung theo tiến độ; sản phẩm gửi kèm báo cáo này.",
        "2. Không có khó khăn, vướng mắc vượt thẩm quyền.",
        f"{unit} kính báo cáo Chủ tịch Ủy ban nhân dân tỉnh./.",
        title.upper(),
        signer,
    )
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)
    document = (
        f'{_XML}<w:document xmlns:w="{_OFFICE}/wordprocessingml/2006/main"><w:body>{body}'
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in (
            ("[Content_Types].xml", _TYPES), ("_rels/.rels", _RELATIONS), ("word/document.xml", document),
        ):  # fmt: skip
            package.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), part)
    return stream.getvalue()
