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
#: Where a case stands on its way to the Chairman, more exactly than its state.
STEP_LABELS: Final = {
    **STATE_LABELS,
    "explained": "Đã có giải trình, chờ hai bên đồng ý trình",
    "office_agreed": "Văn phòng đã đồng ý trình, chờ Sở Nội vụ",
    "home_agreed": "Sở Nội vụ đã đồng ý trình, chờ Văn phòng",
    "agreed": "Hai bên đã đồng ý trình, chờ kết luận",
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


def step(state: str, *, explained: bool, office: bool, home: bool) -> str:
    """Return where a case stands: explained, agreed by one side or both; a case that is over stands where it ended."""
    if state != "asked":
        return state
    return {
        (True, True): "agreed", (True, False): "office_agreed", (False, True): "home_agreed",
    }.get((office, home), "explained" if explained else "asked")  # fmt: skip


def since(today: date, months: int) -> date:
    """Return the first day of the time looked at: so many months back, never past the end of a shorter month."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, 28))
