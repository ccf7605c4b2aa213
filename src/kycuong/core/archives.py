"""What a backup archive holds and why one is refused; standard library only."""

from __future__ import annotations

import re
from typing import Final

from kycuong.core.errors import Invalid

FORMAT, VERSION = "kycuong-backup", 1
MANIFEST, PROOF = "manifest.json", "checkpoints.jsonl"
DATABASES: Final = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
#: Every name that may stand in an archive. Nothing else is unpacked, so that no archive writes outside its folder.
NAMES = re.compile(
    r"manifest\.json|checkpoints\.jsonl|database\.sqlite3|database\.dump|keys/[0-9a-f]{16}\.pub"
    r"|files/(?P<a>[0-9a-f]{2})/(?P<b>[0-9a-f]{2})/(?P=a)(?P=b)[0-9a-f]{60}"
)

SENTENCES = {
    "archive_exists": "Đã có tệp {path}. Chọn tên khác để không ghi đè bản sao lưu cũ.",
    "archive_unwritable": "Không ghi được bản sao lưu {path}: {why}. Chưa có bản sao lưu nào được tạo.",
    "archive_unreadable": "Không đọc được bản sao lưu {path}: {why}.",
    "archive_cut": "Bản sao lưu {path} bị cắt cụt hoặc hỏng: {why}. Chưa khôi phục gì.",
    "archive_strange": "Tệp {path} có mục lạ “{name}” nên không phải bản sao lưu nguyên gốc. Chưa khôi phục gì.",
    "archive_changed": "Bản sao lưu {path} đã bị sửa hoặc hỏng ở mục {name}. Chưa khôi phục gì.",
    "archive_other": "Bản sao lưu dùng cơ sở dữ liệu {theirs}, nơi khôi phục dùng {ours}. Đổi KYCUONG_DATABASE cho cùng loại.",
    "archive_newer": "Bản sao lưu do phiên bản mới hơn tạo (bước cập nhật {step}). Cài phiên bản đó rồi khôi phục.",
    "place_not_empty": "Nơi khôi phục không trống: {place}. Khôi phục chỉ ghi vào cơ sở dữ liệu và thư mục tệp trống.",
    "program_missing": "Không có chương trình {program} trên máy này; cài gói postgresql-client rồi chạy lại.",
    "program_failed": "Chương trình {program} báo lỗi: {why}.",
    "memory_database": "Cơ sở dữ liệu nằm trong bộ nhớ nên không sao lưu, khôi phục được.",
}


class ArchiveRefused(Invalid):
    """Say why an archive cannot be made or unpacked."""

    @property
    def message(self) -> str:
        """Return the sentence in Vietnamese."""
        return SENTENCES[self.code].format(**self.values)
