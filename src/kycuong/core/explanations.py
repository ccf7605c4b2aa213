"""The lifecycle of an explanation: the duty of a head to explain, or to hold to account and report, on a clock of its own."""

from __future__ import annotations

from typing import Final

from kycuong.core.lifecycle import COUNTED, FOLLOWING, Lifecycle, Row, succeed

OPEN: Final = frozenset({"open"})
ANSWERED: Final = frozenset({"answered"})

LIFECYCLE: Final = Lifecycle(
    "explanation",
    "Giải trình, kiểm điểm của người đứng đầu",
    (
        Row("open", "Yêu cầu giải trình", frozenset(), "open", "chaser", FOLLOWING, by_person=False),
        Row(
            "explain", "Gửi giải trình", OPEN, "answered", "unit_head", FOLLOWING, primary=True, needs=("note", "file")
        ),
        Row("accept_explanation", "Chấp nhận giải trình", ANSWERED, "closed", "chaser", FOLLOWING, primary=True),
        Row("refuse_explanation", "Chưa chấp nhận giải trình", ANSWERED, "open", "chaser", FOLLOWING, needs=("note!",)),
        Row("drop_explanation", "Thôi yêu cầu giải trình", OPEN, "closed", "chaser", FOLLOWING, needs=("note!",)),
        succeed("open", "answered"),
        Row(
            "calendar_changed",
            "Hạn chuyển theo lịch làm việc",
            OPEN | ANSWERED,
            None,
            "clock",
            COUNTED,
            by_person=False,
        ),
        Row("rung_near", "Nhắc: sắp đến hạn", OPEN, None, "clock", FOLLOWING, by_person=False),
        Row("rung_due", "Nhắc: đến hạn hôm nay", OPEN, None, "clock", FOLLOWING, by_person=False),
        Row("rung_overdue", "Báo: đã quá hạn", OPEN, None, "clock", FOLLOWING, by_person=False),
    ),
)
