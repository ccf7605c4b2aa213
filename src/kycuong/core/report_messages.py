"""Sentences of what is refused about reports."""

from __future__ import annotations

from typing import Final

REPORT_MESSAGES: Final[dict[str, str]] = {
    "collection_not_visible": "Không tìm thấy kỳ báo cáo này, hoặc kỳ báo cáo không thuộc phạm vi theo dõi của đồng chí.",
    "report_not_visible": "Không tìm thấy báo cáo này, hoặc báo cáo không thuộc phạm vi theo dõi của đồng chí.",
    "report_not_allowed": "Báo cáo của {unit} do người đang giữ việc báo cáo hoặc lãnh đạo đơn vị soạn, trình, gửi.",
    "report_sent": "Báo cáo đã gửi nên không sửa được. Nếu cần sửa, đề nghị người xác nhận chuyển lại.",
    "report_changed_meanwhile": "Báo cáo vừa được người khác sửa. Tải lại trang để xem, rồi ghi lại nội dung của đồng chí.",
    "report_text_too_long": "Một mục báo cáo dài hơn {limit} ký tự. Rút gọn, hoặc chuyển nội dung sang văn bản kèm theo.",
    "report_without_duty": "Đơn vị không có nhiệm vụ báo cáo trong kỳ này nên không gửi theo đường nhiệm vụ.",
    "collect_not_allowed": "Việc tổng hợp, tiếp nhận, nhắc gửi báo cáo thuộc {unit} và Văn phòng UBND tỉnh.",
    "report_not_sent": "{unit} chưa gửi báo cáo nên chưa tiếp nhận được.",
    "chase_nobody": "Không có đơn vị nào cần nhắc: đã gửi đủ, hoặc hôm nay đã nhắc.",
}
