"""Write the result letters that units of the made-up province send: a letterhead, a number, a few sentences, a signer."""

from __future__ import annotations

import io
from datetime import date

from docx import Document as new_docx


def letter(
    *, unit: str, place: str, number: int, symbol: str, signed: date, about: str, title: str, signer: str
) -> bytes:
    """Return a report of a unit as DOCX, in the words that such reports use."""
    paper = new_docx()
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
    for line in lines:
        paper.add_paragraph(line)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()
