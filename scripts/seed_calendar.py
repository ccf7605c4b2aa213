"""Write src/kycuong/core/seed_calendar/rows.py from the `holidays` package and the decisions that it misses.

Run at development time only: `.venv/bin/python scripts/seed_calendar.py`. The product never imports `holidays`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import holidays

FIRST, LAST, THIS = 2010, 2030, 2026
TARGET = Path(__file__).parents[1] / "src/kycuong/core/seed_calendar/rows.py"

#: day off -> (make-up day, basis key, verified)
SWAPS = {
    date(2010, 2, 19): (date(2010, 2, 27), "swap", False),
    date(2012, 1, 27): (date(2012, 2, 4), "swap", False),
    date(2013, 4, 29): (date(2013, 5, 4), "swap", False),
    date(2014, 1, 28): (date(2014, 1, 25), "tet2014", True),
    date(2014, 1, 29): (date(2014, 2, 8), "tet2014", True),
    date(2014, 5, 2): (date(2014, 4, 26), "swap", False),
    date(2014, 9, 1): (date(2014, 9, 6), "swap", False),
    date(2015, 1, 2): (date(2014, 12, 27), "swap2015", True),
    date(2015, 2, 16): (date(2015, 2, 14), "swap2015", False),
    date(2015, 4, 29): (date(2015, 4, 25), "swap2015", False),
    date(2018, 12, 31): (date(2019, 1, 5), "swap2018", True),
    date(2019, 4, 29): (date(2019, 5, 4), "swap2018", True),
    date(2024, 4, 29): (date(2024, 5, 4), "swap2024", True),
    date(2025, 5, 2): (date(2025, 4, 26), "tet2025", True),
    date(2026, 1, 2): (date(2026, 1, 10), "swap2026", True),
    date(2026, 8, 31): (date(2026, 8, 22), "tet2026", True),
}
#: days off in compensation that the package misses or labels otherwise: (name key, basis key, verified)
ADDED = {date(2014, 2, 4): ("tet", "tet2014", True), date(2014, 2, 5): ("tet", "tet2014", True)}
NAMES = {
    "Tết Dương lịch": "nam_moi",
    "Giỗ Tổ": "gio_to",
    "Ngày Chiến thắng": "chien_thang",
    "Quốc tế Lao động": "lao_dong",
    "Quốc khánh": "quoc_khanh",
    "Văn hóa": "van_hoa",
}


def name_key(label: str) -> str:
    return next((key for words, key in NAMES.items() if words in label), "tet")


def labour_code(on: date) -> str:
    if on < date(2013, 5, 1):
        return "ld1994"
    return "ld2012" if on.year < 2021 else "ld2019"


def basis_key(on: date, name: str) -> str:
    if name == "van_hoa":
        return "van_hoa"
    if name == "tet" and on.year in (2014, 2025, 2026):
        return f"tet{on.year}"
    if name == "quoc_khanh" and on.year == 2026:
        return "tet2026"
    return labour_code(on)


def is_verified(on: date, name: str) -> bool:
    """True when the law alone fixes the day, or two of our sources give the same one."""
    if on.year > THIS:
        return False
    if name == "tet":
        return on.year == 2014 or on.year >= 2023
    return True


def lines() -> list[str]:
    out = {}
    table = holidays.country_holidays("VN", years=range(FIRST, LAST + 1), language="vi")
    for on, label in table.items():
        if on in SWAPS:
            continue
        name = name_key(label)
        kind = "=" if "nghỉ bù" in label else "-"
        out[on] = (kind, name, basis_key(on, name), is_verified(on, name))
    for on, (name, basis, verified) in ADDED.items():
        out[on] = ("=", name, basis, verified)
    for off, (made_up, basis, verified) in SWAPS.items():
        out[off] = ("-", f"{made_up:%d/%m/%Y}", basis, verified)
        out[made_up] = ("+", f"{off:%d/%m/%Y}", basis, verified)
    return [
        f"{on:%Y-%m-%d} {kind} {name} {basis} {'x' if verified else '?'}"
        for on, (kind, name, basis, verified) in sorted(out.items())
    ]


if __name__ == "__main__":
    body = "\n".join(lines())
    TARGET.write_text(
        '"""Hold the days decided for public authorities; written by scripts/seed_calendar.py, do not edit.\n\n'
        "Columns: day; `-` off, `=` off in compensation, `+` worked in place of the day named; name; basis;\n"
        "`x` verified, `?` not.\n"
        '"""\n\n'
        f'ROWS = """\\\n{body}\n"""\n'
    )
    print(f"{TARGET}: {body.count(chr(10)) + 1} rows")
