"""What cases of accountability refuse, by code; Vietnamese source, values in braces."""

from __future__ import annotations

from typing import Final

ACCOUNTABILITY_MESSAGES: Final = {
    "accountability_not_allowed": "Việc rà soát trách nhiệm người đứng đầu thuộc Văn phòng UBND tỉnh và lãnh đạo Sở Nội vụ.",
    "accountability_case_not_visible": "Không tìm thấy việc rà soát này, hoặc số việc chậm không còn đến mức cần rà soát.",
    "accountability_case_open": "Đã có một việc rà soát đang mở với thủ trưởng đơn vị này. Tải lại trang để xem.",
    "accountability_case_ended": "Việc rà soát này đã kết thúc. Tải lại trang để xem.",
    "accountability_wait": "Thủ trưởng đơn vị còn thời gian giải trình đến hết ngày {last}. Chờ giải trình rồi mới trình.",
    "accountability_not_agreed": "Văn phòng và Sở Nội vụ phải cùng đồng ý trước khi ghi kết luận.",
    "accountability_conclusion_missing": "Chưa ghi kết luận. Ghi nội dung Chủ tịch quyết định.",
    "accountability_rule_out": "Ngưỡng từ 2 đến {times} nhiệm vụ, trong 1 đến {months} tháng. Kiểm tra lại hai số.",
}
