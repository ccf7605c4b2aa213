"""The lifecycle of a task held by a unit.

Within the charged unit the desk moves (head, division, officer and back); the phase changes only when the result goes out.
"""

from __future__ import annotations

from typing import Final

from kycuong.core.lifecycle import COUNTED, FOLLOWING, SUCCESSION, Lifecycle, Row, succeed

OPEN: Final = frozenset({"open"})
ANSWERED: Final = frozenset({"answered"})
NOT_CLOSED: Final = OPEN | ANSWERED

CLOSED: Final = frozenset({"closed"})

HIERARCHY: Final = (
    "Luật Cán bộ, công chức 80/2025/QH15; quy chế làm việc của cơ quan: chuyên viên trình, thủ trưởng duyệt, gửi"
)
ONE_LEAD: Final = (
    "Quy chế làm việc mẫu theo NĐ 314/2025/NĐ-CP, Điều 2: một việc một cơ quan chủ trì, một người chịu trách nhiệm"
)
#: What runs when the product is taken into use is not ordered anew: dates and giver stay as they were given.
TAKE_OVER: Final = (
    "QĐ 42/2014/QĐ-TTg, sửa đổi bởi QĐ 23/2018/QĐ-TTg: nhiệm vụ đã giao tiếp tục được theo dõi đến khi hoàn thành"
)

TAKING_BACK: Final = "Quy chế làm việc của cơ quan giao việc: người có thẩm quyền giao thì điều chỉnh, thôi giao (chưa đối chiếu văn bản)"
CORRECTING: Final = "NĐ 30/2020/NĐ-CP, Điều 18 khoản 3: sai sót trong văn bản đã phát hành thì đính chính, có lý do"

#: A meeting goes through old work: what it orders itself, what it puts before the giver.
BACKLOG: Final = (
    "Chỉ đạo rà soát, xử lý dứt điểm công việc chậm, kéo dài; quy chế làm việc của cơ quan (chưa đối chiếu văn bản)"
)

LIFECYCLE: Final = Lifecycle(
    "task",
    "Nhiệm vụ",
    (
        Row("open", "Giao nhiệm vụ", frozenset(), "open", "issuer", ONE_LEAD, by_person=False),
        Row("assign", "Giao xử lý", OPEN, None, "desk_or_chain", HIERARCHY, primary=True, needs=("desk",)),
        Row("submit", "Trình lãnh đạo", OPEN, None, "desk_below_head", HIERARCHY, primary=True, needs=("note", "file")),
        Row("return_draft", "Trả lại để hoàn thiện", OPEN, None, "desk_with_draft", HIERARCHY, needs=("note!",)),
        Row("send", "Gửi báo cáo kết quả", OPEN, "answered", "unit_head", HIERARCHY, primary=True, needs=("file!",)),
        Row(
            "correct_result", "Sửa thông tin văn bản kết quả", ANSWERED, None, "unit_head", HIERARCHY, needs=("result",)
        ),
        Row("confirm", "Xác nhận hoàn thành", ANSWERED, "closed", "confirmer", FOLLOWING, primary=True),
        Row("send_back", "Chuyển lại: chưa đạt", ANSWERED, "open", "confirmer", FOLLOWING, needs=("note!",)),
        Row("propose", "Đề xuất với người giao", OPEN, None, "unit_head", HIERARCHY, needs=("reason!",)),
        Row("extend", "Gia hạn", NOT_CLOSED, None, "giver", FOLLOWING, by_person=False),
        Row("close_returned", "Nhận lại: không thuộc thẩm quyền", OPEN, "closed", "giver", FOLLOWING, by_person=False),
        Row("revoke", "Thôi giao nhiệm vụ", NOT_CLOSED, "closed", "giver_side", TAKING_BACK, needs=("note!", "basis!")),
        Row(
            "replace",
            "Giao nhiệm vụ thay thế",
            NOT_CLOSED,
            "closed",
            "giver_side",
            TAKING_BACK,
            needs=("note!", "basis!"),
        ),
        Row("correct", "Đính chính nhiệm vụ", NOT_CLOSED, None, "giver_side", CORRECTING, needs=("note!",)),
        Row("replan", "Ấn định thời hạn mới khi rà soát tồn đọng", OPEN, None, "giver_side", BACKLOG, by_person=False),
        Row("undo_replan", "Bỏ thời hạn mới của kỳ rà soát", OPEN, None, "giver_side", BACKLOG, by_person=False),
        Row("raise", "Kiến nghị khi rà soát tồn đọng", OPEN, None, "reviewer", BACKLOG, by_person=False),
        Row("reassign", "Giao lại cho đơn vị khác", CLOSED, None, "giver_side", ONE_LEAD, needs=("unit!",)),
        Row("chase", "Đôn đốc", OPEN, None, "chaser", FOLLOWING, by_person=False),
        Row(
            "reconcile",
            "Kết luận đối soát số liệu",
            NOT_CLOSED | CLOSED,
            None,
            "giver_side",
            FOLLOWING,
            by_person=False,
        ),
        Row("settle", "Trả lời đề xuất", NOT_CLOSED, None, "giver", FOLLOWING, by_person=False),
        succeed("open", "answered"),
        Row("calendar_changed", "Hạn chuyển theo lịch làm việc", NOT_CLOSED, None, "clock", COUNTED, by_person=False),
        Row("take_over", "Tiếp nhận từ hệ thống cũ", frozenset(), "open", "administrator", TAKE_OVER, by_person=False),
        Row(
            "undo_take_over",
            "Hủy tiếp nhận",
            NOT_CLOSED | {"closed"},
            "closed",
            "administrator",
            TAKE_OVER,
            by_person=False,
        ),
        Row("join", "Nhập vào báo cáo chung của đơn vị kế thừa", OPEN, "closed", "clock", SUCCESSION, by_person=False),
        Row("chase_report", "Nhắc gửi báo cáo", OPEN, None, "collector", FOLLOWING, by_person=False),
        Row("rung_near", "Nhắc: sắp đến hạn", OPEN, None, "clock", FOLLOWING, by_person=False),
        Row("rung_due", "Nhắc: đến hạn hôm nay", OPEN, None, "clock", FOLLOWING, by_person=False),
        Row("rung_overdue", "Báo: đã quá hạn", OPEN, None, "clock", FOLLOWING, by_person=False),
        Row("rung_not_read", "Nhắc: chưa mở xem", OPEN, None, "clock", FOLLOWING, by_person=False),
        Row("rung_not_started", "Nhắc: chưa phân công, chưa xử lý", OPEN, None, "clock", FOLLOWING, by_person=False),
    ),
)
