"""Ruled tables on a picture: rows, columns, cells that span rows; text is no rule."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from kycuong.reader import grids, read_text
from kycuong.reader.paragraphs import Row, around
from reader import scanner

ROWS, COLUMNS = (300, 400, 520, 640), (150, 250, 800, 1150, 1500)


def ruled(turn: float = 0.0) -> Image.Image:
    """Return a page with three rows and four columns; the third column's cell spans the last two rows."""
    page = Image.new("L", scanner.A4, 255)
    draw = ImageDraw.Draw(page)
    for y in ROWS:
        for left, right in ((150, 800), (800, 1150), (1150, 1500)):
            if (y, left) != (520, 800):
                draw.line((left, y, right, y), 0, 2)
    for x in COLUMNS:
        draw.line((x, 300, x, 640), 0, 2)
    return page.rotate(turn, fillcolor=255, resample=Image.Resampling.BICUBIC)


@pytest.mark.parametrize("turn", [0.0, 0.06])
def test_a_ruled_table_is_found(turn: float) -> None:
    (grid,) = grids.find(ruled(turn))
    assert [min(abs(found - edge) for found in grid.edges) < 6 for edge in ROWS] == [True] * 4
    assert [min(abs(found - edge) for found in grid.columns) < 6 for edge in COLUMNS] == [True] * 5
    rows = grid.rows(lambda box: f"{round(box[1], -1)}-{round(box[3], -1)}")
    assert rows[1].split("\t")[2] == rows[2].split("\t")[2]
    assert rows[1].split("\t")[0] != rows[2].split("\t")[0]


def test_print_and_underlines_are_no_table() -> None:
    scanner.needs_tesseract()
    page = scanner.printed(scanner.LETTER)
    draw = ImageDraw.Draw(page)
    draw.line((870, 250, 1300, 250), 0, 3)
    draw.rectangle((200, 900, 500, 1000), outline=0, width=4)
    assert grids.find(page) == []


def test_rows_of_a_table_stand_in_their_place_and_become_orders() -> None:
    rows = [Row("KẾ HOẠCH", 700, 900, 100, 130), Row("Lưu: VT.", 150, 300, 900, 930)]
    table = ["TT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn", "1\tMua giá kệ cho kho\tSở Tài chính\tTrước ngày 30/6/2026"]
    text = "\n".join(around(rows, [(300, table)], 30))
    assert text.split("\n") == ["KẾ HOẠCH", *table, "Lưu: VT."]
    (order,) = read_text(text).orders
    assert [p.name for p in order.assignees] == ["Sở Tài chính"]
