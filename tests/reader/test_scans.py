"""Scans: words from a picture, a page at a time; stamps of secrecy; pictures that mean harm."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zlib

import pytest
from PIL import Image, ImageDraw

from kycuong.reader import Deferred, Leaf, Pages, Secret, Unreadable, assemble, joined, ocr, pages_of, read_bytes
from kycuong.reader.secrecy import check_scan
from reader import scanner


@pytest.fixture(scope="module")
def scan() -> bytes:
    scanner.needs_tesseract()
    first = scanner.printed(scanner.LETTER, turn=0.6)
    second = Image.new("L", scanner.A4, 255)
    return scanner.stored([first, second], "TIFF")


def test_a_leaning_scan_with_two_columns_is_read(scan: bytes) -> None:
    with pages_of(scan, "chi-thi.tif") as pages:
        assert (pages.count, pages.media_type, pages.pictures()) == (2, "image/tiff", 2)
        leaves = [pages.leaf(1), pages.leaf(2)]
    assert [leaf.origin for leaf in leaves] == ["ocr", "ocr"]
    assert leaves[1].text == ""
    reading = assemble(leaves, "chi-thi.tif", pages.media_type)
    assert (reading.code, reading.issued_on) == ("27/CT-UBND", dt.date(2026, 5, 12))
    assert reading.issuer == "ỦY BAN NHÂN DÂN TỈNH THANH KHÊ"
    assert [[p.name for p in order.assignees] for order in reading.orders] == [
        ["Sở Nội vụ"], ["Ủy ban nhân dân các xã, phường"],
    ]  # fmt: skip
    assert [order.deadline.date for order in reading.orders] == [dt.date(2026, 6, 30), dt.date(2026, 9, 30)]
    assert "kho lưu trữ, báo cáo" in reading.text  # the wrapped lines are one paragraph again


def test_who_cannot_wait_is_told_what_it_takes(scan: bytes) -> None:
    with pytest.raises(Deferred) as caught:
        read_bytes(scan, "chi-thi.tif")
    assert (caught.value.code, caught.value.count, caught.value.pictures) == ("needs_ocr", 2, 2)


def test_a_page_with_letters_keeps_them_and_a_picture_is_recognised() -> None:
    scanner.needs_tesseract()
    data = scanner.stored([scanner.printed(scanner.LETTER[5:7])], "PDF")
    with pages_of(data, "a.pdf") as pages:
        assert pages.kind(1) == "picture"
        assert "Sở Nội vụ chủ trì" in pages.leaf(1).text
        with pytest.raises(IndexError):
            pages.leaf(2)


def test_a_stamp_on_a_scan_is_refused() -> None:
    scanner.needs_tesseract()
    data = scanner.stored([scanner.printed(scanner.LETTER[:1], stamp="TỐI MẬT")], "PNG")
    with pages_of(data, "a.png") as pages, pytest.raises(Secret) as caught:
        pages.leaf(1)
    assert "TỐI MẬT" in caught.value.message_vi


@pytest.mark.parametrize("seen", ["MẬT", "| MAT |", "TỐI MÂT", "TUYỆT MẬT.", "TOI MẠT", "TUYET MAT", "Số: 3      MẬT"])
def test_a_stamp_is_known_though_recognised_badly(seen: str) -> None:
    with pytest.raises(Secret):
        check_scan(f"ỦY BAN NHÂN DÂN\n{seen}\nKính gửi: Sở Y tế", "a.pdf")


@pytest.mark.parametrize(
    "line", ["ỦY BAN MẶT TRẬN TỔ QUỐC", "BẢO VỆ BÍ MẬT NHÀ NƯỚC", "V/v bảo vệ bí mật", "BỀ MẶT", "MẶT BẰNG"]
)
def test_a_paper_that_speaks_of_secrets_is_read(line: str) -> None:
    check_scan(f"{line}\nMặt khác, các cơ quan rà soát.", "a.pdf")


def huge_png() -> bytes:
    """Claim sixty thousand by sixty thousand points in a hundred bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def cut_jpeg() -> bytes:
    stream = io.BytesIO()
    Image.effect_noise((400, 400), 60).save(stream, "JPEG")
    return stream.getvalue()[:2000]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (huge_png(), "to.png", "picture_too_large"),
        (cut_jpeg(), "cut.jpg", "broken_picture"),
        (b"II*\x00" + bytes(100), "hong.tif", "broken_picture"),
        (b"\x89PNG\r\n\x1a\n", "dau.png", "broken_picture"),
    ],
)
def test_a_picture_that_means_harm_is_one_sentence(data: bytes, name: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught, pages_of(data, name) as pages:
        pages.leaf(1)
    assert caught.value.code == code
    assert name in caught.value.message_vi
    assert caught.value.message_vi.endswith(".")


@pytest.mark.parametrize(("missing", "word"), [("Tesseract", "Tesseract"), ("vie", "tiếng Việt")])
def test_without_tesseract_only_pictures_are_refused(missing: str, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if missing == "vie":
        monkeypatch.setattr(ocr.shutil, "which", lambda name: f"/usr/bin/{name}")
        monkeypatch.setattr(ocr, "_languages", lambda: frozenset({"eng"}))
    else:
        monkeypatch.setattr(ocr.shutil, "which", lambda name: None)
    page = Image.new("L", (600, 800), 255)
    ImageDraw.Draw(page).rectangle((20, 20, 200, 200), fill=0)
    with pages_of(scanner.stored([page], "PNG"), "a.png") as pages, pytest.raises(Unreadable) as caught:
        pages.leaf(1)
    assert caught.value.code == "no_ocr"
    assert word in caught.value.message_vi
    assert read_bytes("Giao Sở Y tế báo cáo.".encode(), "a.txt").orders


def test_pages_are_put_together_with_their_places() -> None:
    leaves = [Leaf(2, "trình Ủy ban nhân dân tỉnh.\n2. Sở Y tế báo cáo."), Leaf(1, "1. Giao Sở Nội vụ tổng hợp,")]
    text, starts = joined(leaves)
    assert [text[at : at + 5] for at in starts] == ["1. Gi", "trình"]
    reading = assemble(leaves, "a.pdf")
    assert reading.text == text
    assert [text[o.start : o.end] for o in reading.orders] == [o.text for o in reading.orders]
    assert reading.orders[0].text.endswith("trình Ủy ban nhân dân tỉnh.")


def test_reading_goes_on_at_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    class Three:
        name, count, media_type = "a.pdf", 3, "application/pdf"

        def leaf(self, number: int) -> Leaf:
            return Leaf(number, f"Trang {number}")

    assert [leaf.number for leaf in Pages(Three()).leaves(2)] == [2, 3]  # type: ignore[arg-type]
