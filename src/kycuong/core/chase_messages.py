"""What chasing and asking for an explanation refuse, by code; Vietnamese source, values in braces."""

from __future__ import annotations

from typing import Final

CHASE_MESSAGES: Final = {
    "chase_not_allowed": "Việc đôn đốc thuộc Chuyên viên theo dõi, lãnh đạo Văn phòng UBND tỉnh và lãnh đạo UBND tỉnh.",
    "chase_empty": "Chưa chọn nhiệm vụ nào. Đánh dấu nhiệm vụ cần đôn đốc rồi thực hiện lại.",
    "chase_too_many": "Mỗi lượt soạn tối đa {most} nhiệm vụ. Chọn ít hơn, hoặc lọc theo đơn vị.",
    "chase_none_left": (
        "Các nhiệm vụ đã chọn đều đã có kết quả, đã kết thúc hoặc đã nằm trong dự thảo đôn đốc khác. Tải lại trang để xem."
    ),
    "chase_meanwhile": "Người khác vừa soạn văn bản đôn đốc có nhiệm vụ này. Tải lại trang để xem dự thảo đó.",
    "chase_request_only": (
        "Với cơ quan ngành dọc, cơ quan Đảng, Mặt trận, đoàn thể và Hội đồng nhân dân chỉ gửi văn bản đề nghị. "
        "Chọn bước “Văn bản đôn đốc”, phần mềm tự soạn thành văn bản đề nghị."
    ),
    "chase_reason_missing": (
        "{unit}: “{step}” cao hơn bước được đề xuất (“{proposed}”). Ghi lý do, hoặc giữ bước được đề xuất."
    ),
    "chase_reply_passed": "Ngày yêu cầu báo cáo {date} đã qua hoặc quá xa. Chọn ngày từ hôm nay trở đi, trong vòng một năm.",
    "chase_letter_not_visible": "Không tìm thấy văn bản đôn đốc này.",
    "chase_letter_ended": "Văn bản đôn đốc này {state}. Tải lại trang để xem.",
    "signed_number_missing": (
        "Phần mềm không đọc được số, ký hiệu hoặc ngày ký của văn bản. Ghi số, ký hiệu, ngày ký rồi gửi lại tệp."
    ),
    "signed_day_missing": (
        "Phần mềm đọc được số {known} nhưng không đọc được ngày ký của văn bản. Ghi ngày ký rồi gửi lại tệp."
    ),
    "chase_number_known": "Văn bản số {number} đã được gắn với một văn bản đôn đốc khác. Kiểm tra lại tệp đã chọn.",
    "chase_other_addressee": (
        "Tệp này là văn bản gửi {named}, không phải gửi {unit}. Chọn đúng văn bản đã ký của {unit}, hoặc mở dự thảo của đơn vị "
        "được ghi trong tệp để gắn."
    ),
    "chase_signed_early": "Ngày ký {date} trước ngày soạn dự thảo {drafted}. Kiểm tra lại ngày ký hoặc tệp đã chọn.",
    "explanation_empty": "Chưa có nội dung giải trình. Ghi nội dung hoặc chọn tệp văn bản giải trình.",
    "explanation_verdict_missing": "Chưa ghi lý do. Ghi rõ nội dung chưa được chấp nhận hoặc vì sao thôi yêu cầu.",
}
