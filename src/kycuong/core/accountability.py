"""Accountability of heads: when late time after time calls for a look, and what a case goes through; a signal, never guilt.

Basis: clause 0.7 of the source directive (the Office advises on holding heads responsible); the threshold is what an authority
decides, the default is the product's own and unverified.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from kycuong.core.errors import Invalid

#: So many late tasks within so many months call for a look. Basis: a default of the product (unverified).
LATE_TIMES, MONTHS = 3, 6
MOST_TIMES, MOST_MONTHS = 50, 24
DEFAULT_DOCUMENT: Final = "Mặc định của phần mềm; quy định của cơ quan thay thế"
CAUSES: Final = {"": "Chưa xác định", "objective": "Khách quan", "own": "Chủ quan"}
STATE_LABELS: Final = {
    "asked": "Đã yêu cầu giải trình",
    "decided": "Đã có kết luận",
    "ended": "Kết thúc, không xem xét trách nhiệm",
}


def check_rule(times: int | None, months: int | None, document: str) -> None:
    """Refuse a threshold that cannot be. Raises: Invalid."""
    if times is None or not 2 <= times <= MOST_TIMES or months is None or not 1 <= months <= MOST_MONTHS:
        raise Invalid("accountability_rule_out", times=MOST_TIMES, months=MOST_MONTHS)
    if not document.strip():
        raise Invalid("ladder_decision_missing")


def check_cause(cause: str) -> None:
    """Refuse a cause that is none. Raises: Invalid."""
    if cause not in CAUSES:
        raise Invalid("kind_unknown", text=cause)


def since(today: date, months: int) -> date:
    """Return the first day of the time looked at: so many months back, never past the end of a shorter month."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, 28))
