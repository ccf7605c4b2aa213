"""The sentences of comparing documents; part of the catalogue in `messages.py`."""

from __future__ import annotations

from typing import Final

COMPARISON_MESSAGES: Final[dict[str, str]] = {
    "compare_itself": "Hai văn bản trùng nhau. Chọn một văn bản khác để đối chiếu.",
    "demand_unknown": "Yêu cầu này không còn trong văn bản cấp trên. Tải lại trang để xem nội dung mới nhất.",
    "match_missing": "Chưa chọn nội dung tương ứng trong văn bản dưới. Đánh dấu ít nhất một nội dung, hoặc chọn “Không có”.",
    "match_not_visible": "Không tìm thấy chỗ sửa này, hoặc chỗ sửa đã được bỏ.",
}
