"""Turn the bytes of a file into text: by what the bytes are, not by what the name says; never too much of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kycuong.core.sentences import Sentence
from kycuong.reader import legacy, secrecy
from kycuong.reader.assemble import read_text
from kycuong.reader.fold import canonical
from kycuong.reader.images import ImagePages, kind_of
from kycuong.reader.leaves import joined
from kycuong.reader.lines import cut
from kycuong.reader.shapes import Deferred, Leaf, Reading, Unreadable

if TYPE_CHECKING:
    from kycuong.reader.pdf import PdfPages

#: Caps: what an official document never reaches, and a hostile file quickly would.
RAW_BYTES = 20_000_000
TEXT_CHARS = 5_000_000
PIECES = 120_000

_HTML_STARTS = (
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<?xml",
    b"<div",
    b"<meta",
    b"<!--",
    b"<table",
    b"<p",
    b"<title",
    b"<article",
)
_TYPES = {
    ".doc": "application/msword",
    ".rtf": "application/rtf",
    ".odt": "application/vnd.oasis.opendocument.text",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_bytes(data: bytes, name: str, *, patient: bool = False) -> Reading:
    """Read a file of any known format; raise Unreadable with one sentence, or Secret.

    What takes minutes (recognition of pictures, conversion of old formats) raises Deferred unless `patient`.
    """
    secrecy.check_name(name)
    text, media_type = text_of(data, name, patient=patient)
    return replace(read_text(text, name), media_type=media_type)


def checked_text(data: bytes, name: str, *, patient: bool = False) -> str:
    """Return the canonical text alone, refusing secret papers as `read_bytes` does."""
    secrecy.check_name(name)
    text, _ = text_of(data, name, patient=patient)
    secrecy.check_page(cut(text), name)
    return text


def text_of(data: bytes, name: str, *, patient: bool = False) -> tuple[str, str]:
    """Return the canonical text of a file and its media type."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Unreadable(
            "empty", Sentence("Tệp “{name}” rỗng, không có chữ nào để đọc; hãy kiểm tra và gửi lại tệp.", name=name)
        )
    check_size(len(data), name)
    text, media_type = _extract(data, name, patient)
    text = canonical(text)
    check_text(text, name)
    return text, media_type


def check_size(size: int, name: str) -> None:
    """Raise Unreadable when a file is heavier than a paper is."""
    if size > RAW_BYTES:
        raise Unreadable(
            "too_big",
            Sentence(
                "Tệp “{name}” nặng {size} MB, quá mức {most} MB; hãy tách hoặc nén ảnh rồi gửi lại.",
                name=name,
                size=size // 1000000,
                most=RAW_BYTES // 1000000,
            ),
        )


def check_text(text: str, name: str) -> None:
    """Raise Unreadable when there is no text, or more than a paper has."""
    if len(text) > TEXT_CHARS:
        raise Unreadable(
            "too_long",
            Sentence(
                "Tệp “{name}” có hơn {most} triệu ký tự, không phải một văn bản hành chính; hãy tách tệp.",
                name=name,
                most=TEXT_CHARS // 1000000,
            ),
        )
    if text.count("\n") + text.count("\t") + text.count("|") > PIECES:
        raise Unreadable(
            "too_long",
            Sentence(
                "Tệp “{name}” có quá nhiều dòng hoặc ô, không phải một văn bản hành chính; hãy tách tệp.", name=name
            ),
        )
    if not any(c.isalpha() for c in text):
        raise Unreadable(
            "no_text",
            Sentence("Tệp “{name}” không có chữ nào đọc được; hãy kiểm tra lại tệp hoặc gửi bản có chữ.", name=name),
        )


def _extract(data: bytes, name: str, patient: bool) -> tuple[str, str]:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data[:1024].find(b"%PDF-") >= 0:
        from kycuong.reader.pdf import PdfPages

        return _text_of_pages(PdfPages(data, name), patient)
    if kind := kind_of(data[:64]):
        return _text_of_pages(ImagePages(data, name, kind), patient)
    if ending := _old_ending(data, name):
        return _converted(data, name, ending, patient), _TYPES[ending]
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from kycuong.reader.word import text_of_docx

        return text_of_docx(data, name), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    if head[:64].lower().startswith(_HTML_STARTS):
        from kycuong.reader.web import text_of_html

        return text_of_html(decode(data, name), name), "text/html"
    return decode(data, name), "text/plain"


def _text_of_pages(pages: PdfPages | ImagePages, patient: bool) -> tuple[str, str]:
    """Return the text of all pages in turn; raise Deferred when pictures must be recognised and nobody waits."""
    name, count = pages.name, pages.count
    leaves: list[Leaf] = []
    with pages:
        if not patient and (pictures := sum(1 for n in range(1, count + 1) if pages.kind(n) == "picture")):
            raise Deferred(
                "needs_ocr",
                f"Tệp “{name}” có {pictures} trong {count} trang là ảnh quét, không có lớp chữ;"
                " cần nhận dạng chữ (OCR) trước khi đọc, hoặc gửi bản có lớp chữ.",
                count,
                pictures,
            )
        for number in range(1, count + 1):
            leaf = pages.leaf(number)
            if leaf.origin == "ocr":
                secrecy.check_scan(leaf.text, name)
            leaves.append(leaf)
    return joined(leaves)[0], pages.media_type


def _old_ending(data: bytes, name: str) -> str | None:
    """Return the ending of a document that LibreOffice must convert; raise Unreadable for what is no document."""
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(b"PK\x03\x04") and b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:200]:
        return ".odt"
    if not data.startswith(_OLE):
        return None
    if _utf16("EncryptedPackage") in data:
        raise Unreadable(
            "encrypted",
            Sentence("Tệp “{name}” đặt mật khẩu nên không đọc được; hãy bỏ mật khẩu rồi gửi lại.", name=name),
        )
    if _utf16("WordDocument") in data:
        return ".doc"
    if _utf16("__substg1.0_") in data:
        raise Unreadable(
            "outlook",
            Sentence(
                "Tệp “{name}” là thư Outlook (.msg); hãy lưu thư thành .eml hoặc gửi riêng tệp đính kèm.", name=name
            ),
        )
    raise Unreadable(
        "old_office",
        Sentence("Tệp “{name}” là định dạng Office cũ (.xls, .ppt); hãy lưu lại thành .docx rồi gửi.", name=name),
    )


def _utf16(name: str) -> bytes:
    """Return the name of a stream as it stands in an old Office file."""
    return name.encode("utf-16-le")


def _converted(data: bytes, name: str, ending: str, patient: bool) -> str:
    """Return the text of a document that LibreOffice converts; raise Deferred when nobody waits for it."""
    from kycuong.reader import office
    from kycuong.reader.word import text_of_docx

    if not patient:
        raise Deferred(
            "needs_office",
            f"Tệp “{name}” là định dạng {ending}; cần chuyển đổi trước khi đọc, hoặc lưu lại thành .docx rồi gửi.",
        )
    return text_of_docx(office.to_docx(data, name, ending), name)


def decode(data: bytes, name: str) -> str:
    """Decode text: UTF-8, UTF-16 with its mark, else an old Vietnamese encoding; a few broken bytes are tolerated."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as wrong:
            raise _not_text(name) from wrong
    if b"\x00" in data[:65536]:
        return _wide(data, name)
    try:
        return _checked(legacy.mended(data.decode("utf-8-sig")), name)
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8-sig", "replace")
    if text.count("\ufffd") * 100 <= len(text):
        return _checked(text, name)
    old = legacy.of_bytes(data)
    if old is None:
        raise _not_text(name)
    return old


def _checked(text: str, name: str) -> str:
    odd = sum(1 for c in text[:20000] if ord(c) < 32 and c not in "\t\n\r\f\v")
    if odd * 20 > min(len(text), 20000):
        raise _not_text(name)
    return text


def _wide(data: bytes, name: str) -> str:
    """Decode UTF-16 that lacks its mark: in Vietnamese text most bytes of one half are nought."""
    sample = data[:65536]
    for start, coding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = sample[start::2]
        if half.count(0) > 0.5 * len(half):
            try:
                return _checked(data[: len(data) // 2 * 2].decode(coding), name)
            except UnicodeDecodeError as wrong:
                raise _not_text(name) from wrong
    raise _not_text(name)


def _not_text(name: str) -> Unreadable:
    return Unreadable(
        "not_text",
        Sentence(
            "Tệp “{name}” không phải văn bản (dữ liệu nhị phân hoặc bảng mã lạ); hãy gửi tệp .docx, .pdf, .html hoặc .txt UTF-8.",
            name=name,
        ),
    )
