"""The calendar checked in with the product: days off and make-up days of public authorities, 2010-2030.

Rows are data, not rules: a swap is decided year by year and cannot be computed. Years not yet decided follow the law's
usual pattern and are marked unverified. An authority adds its own rows with `Calendar.with_rows`.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from kycuong.core.calendars import Calendar, DayRow
from kycuong.core.seed_calendar.rows import ROWS

NAME = "VN-2026.11"
FIRST_YEAR, LAST_YEAR = 2010, 2030

NAMES = {
    "nam_moi": "Tết Dương lịch",
    "tet": "Tết Nguyên đán",
    "gio_to": "Giỗ Tổ Hùng Vương",
    "chien_thang": "Ngày Chiến thắng",
    "lao_dong": "Ngày Quốc tế Lao động",
    "quoc_khanh": "Quốc khánh",
    "van_hoa": "Ngày Văn hóa Việt Nam",
}

#: The document that decided a row. "Chưa rõ số" stands where only the fact of a swap, not its paper, was seen.
BASES = {
    "ld1994": "Bộ luật Lao động 1994, Điều 73",
    "ld2012": "Bộ luật Lao động 2012, Điều 115",
    "ld2019": "Bộ luật Lao động 2019, Điều 112",
    "van_hoa": "Nghị quyết 28/2026/QH16",
    "swap": "Quyết định hoán đổi của Thủ tướng Chính phủ (chưa rõ số)",
    "tet2014": "Thông báo nghỉ Tết Giáp Ngọ 2014 của Bộ LĐTBXH (chưa rõ số)",
    "swap2015": "Tờ trình 89/TTr-LĐTBXH ngày 20/11/2014, được Thủ tướng Chính phủ đồng ý (chưa rõ số)",
    "swap2018": "Công văn 6519/VPCP-KGVX năm 2018",
    "swap2024": "Công văn 2450/VPCP-KGVX năm 2024",
    "tet2025": "Thông báo 6150/TB-BLĐTBXH năm 2024",
    "tet2026": "Thông báo 9441/TB-BNV năm 2025",
    "swap2026": "Công văn 12729/VPCP-KGVX ngày 25/12/2025",
}


def parse_row(line: str) -> DayRow:
    """Return one row from its line of the data module."""
    on, kind, name, basis, verified = line.split()
    if kind == "+":
        text = f"làm bù cho ngày {name}"
    elif name in NAMES:
        text = NAMES[name] + (" (nghỉ bù)" if kind == "=" else "")
    else:
        text = f"nghỉ hoán đổi, làm bù ngày {name}"
    return DayRow(date.fromisoformat(on), kind == "+", text, BASES[basis], verified == "x")


@cache
def seed() -> Calendar:
    """Return the checked-in calendar, built once."""
    rows = tuple(parse_row(line) for line in ROWS.splitlines())
    return Calendar(NAME, rows, FIRST_YEAR, LAST_YEAR)
