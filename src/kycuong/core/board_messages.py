"""The sentences of the board's refusals."""

from __future__ import annotations

from typing import Final

BOARD_MESSAGES: Final[dict[str, str]] = {
    "view_name_missing": "Chưa đặt tên cho bảng đang xem. Ghi một tên ngắn để mở lại, ví dụ “Khối sở, quý IV”.",
    "view_not_visible": "Không tìm thấy bảng đã lưu này.",
    "view_too_many": "Đồng chí đã lưu {n} bảng. Xóa bớt bảng không còn dùng rồi lưu tiếp.",
}
