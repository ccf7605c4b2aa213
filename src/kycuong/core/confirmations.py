"""The lifecycle of a confirmation: the confirmer's own duty, on the confirmer's own clock."""

from __future__ import annotations

from typing import Final

from kycuong.core.lifecycle import COUNTED, FOLLOWING, Lifecycle, Row, succeed

#: How long the confirmer has, in working days. Basis: a default of the product, an authority's own rule replaces it (unverified).
CONFIRM_WORKING_DAYS: Final = 2

OPEN: Final = frozenset({"open"})

LIFECYCLE: Final = Lifecycle(
    "confirmation",
    "Xác nhận kết quả",
    (
        Row("open", "Chờ xác nhận", frozenset(), "open", "issuer", FOLLOWING, by_person=False),
        Row("close", "Đã xác nhận hoặc chuyển lại", OPEN, "closed", "confirmer", FOLLOWING, by_person=False),
        Row("lapse", "Không còn phải xác nhận", OPEN, "closed", "confirmer", FOLLOWING, by_person=False),
        succeed("open"),
        Row("calendar_changed", "Hạn chuyển theo lịch làm việc", OPEN, None, "clock", COUNTED, by_person=False),
        Row("rung_near", "Nhắc: sắp đến hạn", OPEN, None, "clock", FOLLOWING, by_person=False),
        Row("rung_due", "Nhắc: đến hạn hôm nay", OPEN, None, "clock", FOLLOWING, by_person=False),
        Row("rung_overdue", "Báo: đã quá hạn", OPEN, None, "clock", FOLLOWING, by_person=False),
        Row("rung_not_confirmed", "Nhắc: kết quả chờ xác nhận", OPEN, None, "clock", FOLLOWING, by_person=False),
    ),
)
