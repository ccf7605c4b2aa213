"""The lifecycle of an arbitration: the duty to say within a working day whose a matter is that nobody takes."""

from __future__ import annotations

from typing import Final

from kycuong.core.lifecycle import COUNTED, FOLLOWING, Lifecycle, Row, succeed

OPEN: Final = frozenset({"open"})

#: Basis of the whole; the authority's own working regulation names the arbiter and replaces the terms.
NO_CIRCLING: Final = (
    "2230/UBND-NC (Phú Yên) điểm 2.1; quy chế làm việc: không đùn đẩy, chuyển lòng vòng, cấp trên quyết định thẩm quyền "
    "(chưa đối chiếu với quy chế của cơ quan)"
)

LIFECYCLE: Final = Lifecycle(
    "arbitration",
    "Phân xử thẩm quyền",
    (
        Row("open", "Chuyển phân xử thẩm quyền", frozenset(), "open", "unit_head", NO_CIRCLING, by_person=False),
        Row(
            "rule",
            "Kết luận thẩm quyền",
            OPEN,
            "closed",
            "arbiter",
            NO_CIRCLING,
            primary=True,
            needs=("unit!", "basis!"),
        ),
        Row("step_aside", "Chuyển cấp trên: là một bên", OPEN, None, "arbiter", NO_CIRCLING, needs=("note!",)),
        Row("lapse", "Không còn phải phân xử", OPEN, "closed", "giver", NO_CIRCLING, by_person=False),
        succeed("open"),
        Row("calendar_changed", "Hạn chuyển theo lịch làm việc", OPEN, None, "clock", COUNTED, by_person=False),
        Row("rung_near", "Nhắc: sắp đến hạn", OPEN, None, "clock", FOLLOWING, by_person=False),
        Row("rung_due", "Nhắc: đến hạn hôm nay", OPEN, None, "clock", FOLLOWING, by_person=False),
        Row("rung_overdue", "Báo: đã quá hạn", OPEN, None, "clock", FOLLOWING, by_person=False),
    ),
)
