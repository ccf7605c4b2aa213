"""The lifecycle of a voting slip: the duty of one member to say where he stands, by himself; changed freely until closing."""

from __future__ import annotations

from typing import Final

from kycuong.core.lifecycle import COUNTED, FOLLOWING, Lifecycle, Row, succeed

OPEN: Final = frozenset({"open"})
ANSWERED: Final = frozenset({"answered"})
VOTING: Final = (
    "Luật Tổ chức chính quyền địa phương 72/2025/QH15; Quy chế làm việc của Ủy ban nhân dân: lấy ý kiến thành viên bằng phiếu "
    "(chưa đối chiếu)"
)

LIFECYCLE: Final = Lifecycle(
    "slip",
    "Phiếu lấy ý kiến thành viên Ủy ban nhân dân",
    (
        Row("open", "Gửi phiếu lấy ý kiến", frozenset(), "open", "asker", VOTING, by_person=False),
        Row("vote", "Gửi phiếu", OPEN, "answered", "member", VOTING, primary=True),
        Row("change_vote", "Thay đổi ý kiến trên phiếu", ANSWERED, None, "member", VOTING),
        Row("count_slip", "Kiểm phiếu", ANSWERED, "closed", "clock", VOTING, by_person=False),
        Row("miss_slip", "Hết hạn không gửi phiếu", OPEN, "closed", "clock", VOTING, by_person=False),
        Row("cancel_slip", "Thôi lấy phiếu", OPEN | ANSWERED, "closed", "asker", VOTING, by_person=False),
        succeed("open", "answered"),
        Row("calendar_changed", "Hạn chuyển theo lịch làm việc", OPEN, None, "clock", COUNTED, by_person=False),
        Row("rung_near", "Nhắc: sắp đến hạn", OPEN, None, "clock", FOLLOWING, by_person=False),
        Row("rung_due", "Nhắc: đến hạn hôm nay", OPEN, None, "clock", FOLLOWING, by_person=False),
        Row("rung_overdue", "Báo: đã quá hạn", OPEN, None, "clock", FOLLOWING, by_person=False),
    ),
)  # fmt: skip
