"""Print invented papers as pictures, as a scanner would give them."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

FONTS = Path("/usr/share/fonts/truetype/liberation2")
A4 = (1654, 2339)  # at 200 dots an inch
LETTER = (
    ("Số: 27/CT-UBND", "Thanh Khê, ngày 12 tháng 5 năm 2026"),
    "CHỈ THỊ",
    "Về việc dọn kho hồ sơ cũ trước mùa mưa",
    "    Để hồ sơ không bị ẩm mốc trong mùa mưa năm nay, Chủ tịch Ủy ban nhân dân tỉnh",
    "yêu cầu:",
    "    1. Sở Nội vụ chủ trì, phối hợp với Sở Xây dựng kiểm tra mái nhà của từng kho lưu",
    "trữ, báo cáo kết quả trước ngày 30/6/2026.",
    "    2. Ủy ban nhân dân các xã, phường rà soát giá đựng hồ sơ, hoàn thành trong quý",
    "III/2026; không để hồ sơ trên nền nhà.",
)


def needs_tesseract() -> None:
    """Skip aloud where a picture cannot be recognised or printed."""
    if shutil.which("tesseract") is None or not (FONTS / "LiberationSerif-Regular.ttf").exists():
        pytest.skip("no Tesseract or no Liberation fonts (apt install tesseract-ocr-vie fonts-liberation2)")


def printed(lines: tuple[object, ...], stamp: str = "", turn: float = 0.0) -> Image.Image:
    """Return a page with a letterhead in two columns, the lines, and a stamp under the left column."""
    page = Image.new("L", A4, 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(FONTS / "LiberationSerif-Regular.ttf", 37)
    bold = ImageFont.truetype(FONTS / "LiberationSerif-Bold.ttf", 34)
    draw.text((170, 150), "ỦY BAN NHÂN DÂN", 0, bold)
    draw.text((170, 200), "TỈNH THANH KHÊ", 0, bold)
    draw.text((700, 150), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0, bold)
    draw.text((870, 200), "Độc lập - Tự do - Hạnh phúc", 0, bold)
    y = 290
    for line in lines:
        if isinstance(line, tuple):
            draw.text((190, y), line[0], 0, font)
            draw.text((800, y), line[1], 0, font)
        else:
            text = str(line)
            left = 700 if text.isupper() else 160 + 20 * (len(text) - len(text.lstrip()))
            draw.text((left, y), text.strip(), 0, font)
        y += 58
    if stamp:
        draw.rectangle((200, y + 10, 420, y + 80), outline=90, width=5)
        draw.text((235, y + 22), stamp, 90, bold)
    return page.rotate(turn, fillcolor=255, resample=Image.Resampling.BICUBIC)


def stored(pages: list[Image.Image], form: str) -> bytes:
    """Return the file of some pages: PDF, TIFF, PNG or JPEG."""
    stream = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if form in {"PDF", "TIFF"} else {}
    pages[0].save(stream, form, resolution=200, **more)
    return stream.getvalue()
