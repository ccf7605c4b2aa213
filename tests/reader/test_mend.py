"""Repairs after recognition: sure ones are made, doubtful ones are left."""

from __future__ import annotations

from pathlib import Path

import pytest

from kycuong.reader.mend import mend, mend_headings

SAMPLES = Path(__file__).parent / "samples"


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("Só: 12/CT-UBND", "Số: 12/CT-UBND"),
        ("S6. 12/CT-UBND", "Số: 12/CT-UBND"),
        ("ngày I2 tháng 5 năm 2026", "ngày 12 tháng 5 năm 2026"),
        ("theo Nghị quyết số 7/2026/UBTVQHI5", "theo Nghị quyết số 7/2026/UBTVQH15"),
        ("Diều 3. Sở Y tế thực hiện", "Điều 3. Sở Y tế thực hiện"),
        ("tố chức kiếm tra, đây mạnh tuyên truyền", "tổ chức kiểm tra, đẩy mạnh tuyên truyền"),
        ("ỦY BAN NHÂN DAN THANH PHO", "ỦY BAN NHÂN DÂN THÀNH PHỐ"),
        ("quy định chỉ tiết tại phụ lục", "quy định chi tiết tại phụ lục"),
        ("TĨNH THANH KHE\nThanh Khê, ngày 3 tháng 5", "TỈNH THANH KHÊ\nThanh Khê, ngày 3 tháng 5"),
        ("c) một\nở) hai", "c) một\nd) hai"),
        ("d) một\nd) hai", "d) một\nđ) hai"),
    ],
)
def test_what_cannot_be_otherwise_is_repaired(seen: str, meant: str) -> None:
    assert mend(seen) == meant


@pytest.mark.parametrize(
    "text",
    [
        "chủ động bố trí lực lượng", "hành động của cơ quan", "nào vẫn để xảy ra", "Đầu tư chủ trì", "cũng có thể dừng", "a) một\nb) hai",
        "trong hai Quận trên", "b) một\n2) hai",
    ],
)  # fmt: skip
def test_what_may_be_right_is_left(text: str) -> None:
    assert mend(text) == text


@pytest.mark.parametrize("path", sorted(p for p in SAMPLES.glob("*.txt") if "quet" not in p.stem), ids=lambda p: p.stem)
def test_a_right_paper_is_left(path: Path) -> None:
    text = path.read_text("utf-8")
    assert mend(text) == text
    assert mend_headings([text]) == [text]


def test_roman_headings_follow_one_another_over_pages() -> None:
    pages = ["I. MỤC ĐÍCH\nmột\nII NHIỆM VỤ", "hai\nHI. TỔ CHỨC THỰC HIỆN"]
    assert mend_headings(pages) == ["I. MỤC ĐÍCH\nmột\nII. NHIỆM VỤ", "hai\nIII. TỔ CHỨC THỰC HIỆN"]
    assert mend_headings(["1. TÊN GỌI\n2. QUY MÔ"]) == ["1. TÊN GỌI\n2. QUY MÔ"]
