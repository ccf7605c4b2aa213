"""The two tables in which a registry of competence is taken in and given out: matters, and who decides them."""

from __future__ import annotations

from typing import Final

from kycuong.core.imports import Column, Table

MATTERS: Final = Table(
    "matters",
    "Vấn đề",
    (
        Column("code", "Mã vấn đề", ("mã lĩnh vực", "mã"), "code", True, 60, "DD.01", "Các cấp cách nhau bằng dấu chấm"),
        Column("name", "Tên vấn đề", ("tên lĩnh vực", "lĩnh vực, vấn đề", "tên"), "text", True, 300, "Giao đất"),
        Column("words", "Từ khóa", ("tên gọi khác", "từ tìm kiếm"),
            "names", False, 1000, "cấp đất; giao quyền sử dụng đất", "Cách nhau bằng dấu ;"),
    ),
    ("code", "name"),
)  # fmt: skip
COMPETENCES: Final = Table(
    "competences",
    "Thẩm quyền",
    (
        Column("code", "Mã dòng", ("mã thẩm quyền",), "code", True, 60, "TQ-001", "Không trùng; nội dung mới giữ mã cũ"),
        Column("matter", "Vấn đề", ("mã vấn đề", "lĩnh vực"), "text", True, 300, "DD.01", "Mã hoặc tên vấn đề"),
        Column("holder", "Nơi có thẩm quyền", ("cơ quan có thẩm quyền", "chức danh có thẩm quyền", "đơn vị, chức danh"),
            "text", True, 200, "SVD.1", "Mã chức danh, mã hoặc tên đơn vị; “Chủ tịch UBND cấp xã”, “UBND cấp xã”: mọi xã"),
        Column("level", "Cấp", (), "competence_level", False, 20, "Cấp tỉnh", "Trung ương: ghi tên cơ quan ở cột trước"),
        Column("place", "Địa bàn", ("xã, phường",), "text", False, 200, "", "Mã hoặc tên xã; bỏ trống: toàn tỉnh"),
        Column("above", "Trên (đồng)", ("giá trị trên", "mức trên"), "amount", False, 40, "", "Bỏ trống: từ đầu"),
        Column("ceiling", "Đến (đồng)", ("giá trị đến", "mức đến", "hạn mức"), "amount", False, 40, "15 tỷ",
            "Bỏ trống: không giới hạn"),
        Column("kind", "Loại", ("loại thẩm quyền",), "competence_kind", False, 40, "Thẩm quyền luật định",
            "Bỏ trống: thẩm quyền luật định"),
        Column("source", "Giao lại từ dòng", ("mã dòng giao",), "code", False, 60, "", "Mã dòng của nơi phân cấp, ủy quyền"),
        Column("may_pass_on", "Được giao tiếp", ("được ủy quyền lại",), "flag", False, 10, "không"),
        Column("basis", "Căn cứ pháp lý", ("căn cứ",), "text", True, 300, "QĐ 12/2026/QĐ-UBND, Điều 3"),
        Column("valid_from", "Hiệu lực từ ngày", ("từ ngày", "ngày hiệu lực"), "date", True, 10, "01/07/2026"),
        Column("valid_until", "Hết hiệu lực từ ngày", ("đến ngày", "ngày hết hiệu lực"), "date", False, 10, "",
            "Chỉ ghi khi kết thúc"),
    ),
    ("code", "holder", "basis"),
)  # fmt: skip
REGISTRY: Final = (MATTERS, COMPETENCES)
#: What people write for every commune.
EVERYWHERE: Final = {
    "chu tich ubnd cap xa": "heads", "chu tich uy ban nhan dan cap xa": "heads", "chu tich ubnd xa phuong": "heads",
    "ubnd cap xa": "communes", "uy ban nhan dan cap xa": "communes", "cap xa": "communes", "ubnd xa phuong": "communes",
}  # fmt: skip
