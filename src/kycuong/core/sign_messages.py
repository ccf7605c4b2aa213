"""What signs and the agency's own process refuse, by code; Vietnamese source, values in braces."""

from __future__ import annotations

from typing import Final

SIGN_MESSAGES: Final = {
    "sign_note_missing": "Chưa ghi nội dung. Nêu rõ lý do, căn cứ để người xem hiểu sự việc.",
    "sign_not_unit": "Giải trình dấu hiệu do thủ trưởng hoặc cấp phó của chính đơn vị thực hiện.",
    "sign_not_decider": (
        "Việc xem xét giải trình thuộc lãnh đạo Văn phòng UBND tỉnh hoặc Sở Nội vụ, và không xem xét việc của chính đơn vị mình."
    ),
    "sign_not_visible": "Không tìm thấy việc này trong các dấu hiệu của đơn vị. Tải lại trang, chọn lại khoảng thời gian.",
    "sign_explained": "Việc này đã được đơn vị giải trình. Tải lại trang để xem nội dung.",
    "process_not_head": "Quy trình của cơ quan do thủ trưởng hoặc cấp phó của chính cơ quan quyết định.",
    "process_short": "Quy trình phải có ít nhất {least} bước. Chọn chức danh và ghi giới hạn cho từng bước.",
    "process_post": "Bước “{step}”: chưa chọn chức danh, hoặc chức danh không thuộc cơ quan. Chọn trong danh sách.",
    "process_hours": "Bước “{step}”: giới hạn phải từ 1 đến {most} giờ làm việc.",
    "process_from": "Ngày áp dụng phải từ hôm nay ({date}) trở đi.",
    "process_far": "Ngày áp dụng quá xa. Chọn ngày từ hôm nay đến {date}; gần đến lúc áp dụng thì sửa đổi tiếp.",
    "process_after": "Ngày áp dụng phải sau ngày áp dụng của lần trước ({date}).",
    "process_reason": "Chưa ghi lý do sửa đổi. Ghi rõ bước nào bỏ, rút ngắn, vì sao.",
    "process_revised": "Quy trình vừa được người khác của cơ quan sửa. Tải lại trang để xem.",
    "sign_decided": "Giải trình này đã được xem xét. Tải lại trang để xem kết quả.",
}
