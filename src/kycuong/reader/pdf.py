"""Take the text layer out of a PDF."""

from __future__ import annotations

from kycuong.reader.shapes import Unreadable

PAGES = 600


def text_of_pdf(data: bytes, name: str) -> str:
    """Return the text of all pages; raise Unreadable when it is locked, broken or only pictures."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    except pypdfium2.PdfiumError as wrong:
        if "assword" in str(wrong):
            raise Unreadable(
                "encrypted", f"Tệp “{name}” đặt mật khẩu nên không đọc được; hãy bỏ mật khẩu rồi gửi lại."
            ) from wrong
        raise Unreadable(
            "broken_pdf", f"Tệp “{name}” là PDF hỏng hoặc thiếu phần cuối; hãy xuất lại tệp rồi gửi."
        ) from wrong
    try:
        if pages > PAGES:
            raise Unreadable("too_long", f"Tệp “{name}” có {pages} trang, quá mức {PAGES} trang; hãy tách tệp.")
        text = "\n".join(_page(document, i) for i in range(pages))
    except pypdfium2.PdfiumError as wrong:
        raise Unreadable(
            "broken_pdf", f"Tệp “{name}” là PDF hỏng hoặc thiếu phần cuối; hãy xuất lại tệp rồi gửi."
        ) from wrong
    finally:
        document.close()
    if sum(c.isalpha() for c in text) < 20:
        raise Unreadable(
            "pdf_without_text", f"Tệp “{name}” là ảnh quét, không có lớp chữ; hãy nhận dạng chữ (OCR) rồi gửi lại."
        )
    return text


def _page(document: object, index: int) -> str:
    page = document[index]  # type: ignore[index]
    layer = page.get_textpage()
    try:
        text: str = layer.get_text_range()
    finally:
        layer.close()
        page.close()
    return (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\ufffe\n", "")
        .replace("\ufffe", "")
        .replace("\x02\n", "")
    )
