"""The lifecycle of an opinion: the duty of a body that is asked to say in time where it stands.

Before delivery is proved it has no clock; a later cut-off is given once; what comes after the cut-off is filed and changes nothing.
"""

from __future__ import annotations

from typing import Final

from kycuong.core.lifecycle import COUNTED, FOLLOWING, Lifecycle, Row, succeed

OPEN: Final = frozenset({"open"})
ANSWERED: Final = frozenset({"answered"})
CLOSED: Final = frozenset({"closed"})

#: Basis of the whole protocol; the authority's own working regulation replaces the terms.
PROTOCOL: Final = (
    "2230/UBND-NC (Phú Yên) điểm 2.1–2.3; Quy chế làm việc kèm theo NĐ 191/2026/NĐ-CP, Điều 11 (chưa đối chiếu với quy chế "
    "của cơ quan)"
)

#: Basis of the meeting of the two heads.
MEETING: Final = "2230/UBND-NC (Phú Yên) điểm 2.3: thủ trưởng làm việc trực tiếp trước khi trình (chưa đối chiếu với quy chế của cơ quan)"

#: Basis of preparing an opinion inside the body; only its head sends it.
WITHIN: Final = (
    "Luật Cán bộ, công chức 80/2025/QH15; quy chế làm việc của cơ quan: phòng, chuyên viên chuẩn bị, thủ trưởng ký, gửi "
    "(chưa đối chiếu văn bản)"
)

LIFECYCLE: Final = Lifecycle(
    "opinion",
    "Ý kiến của cơ quan được lấy ý kiến",
    (
        Row("open", "Lấy ý kiến", frozenset(), "open", "asker", PROTOCOL, by_person=False),
        Row("take_delivery", "Xác nhận đã nhận văn bản", OPEN, None, "chain_or_clerk", PROTOCOL),
        Row("prove_delivery", "Ghi bằng chứng đã nhận", OPEN, None, "asker", PROTOCOL, needs=("note!",)),
        Row("assign_opinion", "Giao chuẩn bị ý kiến", OPEN, None, "chain_or_clerk", WITHIN, needs=("desk",)),
        Row("submit_opinion", "Trình dự thảo ý kiến", OPEN, None, "desk_below_head", WITHIN),
        Row("return_opinion_draft", "Trả lại dự thảo để hoàn thiện", OPEN, None, "desk_with_draft", WITHIN, needs=("note!",)),
        Row("give_opinion", "Gửi ý kiến", OPEN, "answered", "unit_head", PROTOCOL, primary=True),
        Row("return_opinion", "Trả lại: không thuộc thẩm quyền", OPEN, "closed", "unit_head", PROTOCOL),
        Row("ask_time", "Xin thêm thời gian", OPEN, None, "unit_head", PROTOCOL, needs=("note!",)),
        Row("give_time", "Đồng ý thêm thời gian", OPEN, None, "asker", PROTOCOL),
        Row("refuse_time", "Không đồng ý thêm thời gian", OPEN, None, "asker", PROTOCOL, needs=("note!",)),
        Row("keep_time", "Được thêm thời gian do cơ quan hỏi không trả lời", OPEN, None, "clock", PROTOCOL, by_person=False),
        Row("accept_opinion", "Ghi nhận ý kiến", ANSWERED, "closed", "asker", PROTOCOL, primary=True),
        Row("refuse_vague", "Trả lại vì không rõ chính kiến", ANSWERED, "open", "asker", PROTOCOL, needs=("note!",)),
        Row("keep_opinion", "Ghi nhận ý kiến khi hết hạn", ANSWERED, "closed", "clock", PROTOCOL, by_person=False),
        Row("warn_again", "Nhắc trước khi coi là đồng ý", OPEN, None, "clock", PROTOCOL, by_person=False),
        Row("expire", "Hết hạn không trả lời", OPEN, "closed", "clock", PROTOCOL, by_person=False),
        Row("open_by_link", "Cơ quan ngoài hệ thống xác nhận đã nhận qua liên kết", OPEN, None, "link", PROTOCOL, by_person=False),
        Row("answer_by_link", "Cơ quan ngoài hệ thống gửi ý kiến qua liên kết", OPEN, "answered", "link", PROTOCOL, by_person=False),
        Row("return_by_link", "Cơ quan ngoài hệ thống trả lại qua liên kết", OPEN, "closed", "link", PROTOCOL, by_person=False),
        Row("ask_time_by_link", "Cơ quan ngoài hệ thống xin thêm thời gian qua liên kết", OPEN, None, "link", PROTOCOL,
            by_person=False),
        Row("late_by_link", "Cơ quan ngoài hệ thống gửi ý kiến muộn qua liên kết", CLOSED, None, "link", PROTOCOL, by_person=False),
        Row("file_late", "Gửi ý kiến muộn", CLOSED, None, "unit_head", PROTOCOL),
        Row("lapse", "Phương án thay đổi, hỏi lại", OPEN | ANSWERED, "closed", "asker", PROTOCOL, by_person=False),
        Row("raise_dissent", "Báo thủ trưởng hai cơ quan: có ý kiến khác ở nội dung chính", ANSWERED, None, "clock", MEETING,
            by_person=False),
        Row("remind_dissent", "Nhắc thủ trưởng hai cơ quan làm việc trực tiếp", ANSWERED | CLOSED, None, "clock", MEETING,
            by_person=False),
        Row("record_meeting", "Ghi kết quả làm việc trực tiếp", ANSWERED | CLOSED, None, "asker", MEETING),
        Row("correct_meeting", "Đính chính kết quả làm việc", ANSWERED | CLOSED, None, "asker", MEETING, needs=("note!",)),
        Row("sign_meeting", "Gắn biên bản làm việc đã ký", ANSWERED | CLOSED, None, "asker", MEETING),
        Row("drop_opinion", "Thôi lấy ý kiến", OPEN, "closed", "asker", PROTOCOL, needs=("note!",)),
        succeed("open", "answered"),
        Row("calendar_changed", "Hạn chuyển theo lịch làm việc", OPEN, None, "clock", COUNTED, by_person=False),
        Row("rung_near", "Nhắc: sắp đến hạn", OPEN, None, "clock", FOLLOWING, by_person=False),
        Row("rung_due", "Nhắc: đến hạn hôm nay", OPEN, None, "clock", FOLLOWING, by_person=False),
        Row("rung_overdue", "Báo: đã quá hạn", OPEN, None, "clock", FOLLOWING, by_person=False),
    ),
)  # fmt: skip
