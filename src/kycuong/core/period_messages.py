"""Sentences about themes, programmes, targets and periods, by code."""

from __future__ import annotations

from typing import Final

PERIOD_MESSAGES: Final[dict[str, str]] = {
    "theme_not_visible": "Không tìm thấy chủ đề này. Quay lại danh sách chủ đề để chọn.",
    "theme_name_missing": "Chưa ghi tên chủ đề. Ghi tên như trong văn bản ban hành.",
    "theme_year_missing": "Chủ đề năm phải có năm. Ghi năm bằng bốn chữ số.",
    "theme_known": "Đã có chủ đề “{name}”. Dùng chủ đề đó, hoặc đặt tên khác.",
    "theme_ended": "Chủ đề “{name}” đã kết thúc nên không gắn thêm văn bản được. Cho dùng lại chủ đề trước.",
    "theme_unchanged": "Chủ đề đang như vậy rồi nên không có gì thay đổi.",
}
