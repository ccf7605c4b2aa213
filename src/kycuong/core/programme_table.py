"""The table of a programme of work: its columns with the other headings that people use."""

from __future__ import annotations

from typing import Final

from kycuong.core.imports import Column, Table

LONGEST: Final = {"text": 2000, "product": 300, "term": 200, "lead": 300, "participants": 1000}

TABLE: Final = Table(
    "programme",
    "Chương trình công tác",
    (
        Column("text", "Nội dung công việc", ("nội dung", "nhiệm vụ", "nội dung nhiệm vụ", "công việc", "tên công việc"),
            "text", True, LONGEST["text"], "Rà soát các dự án chậm tiến độ"),
        Column("lead", "Chủ trì", ("đơn vị chủ trì", "phòng chủ trì", "đơn vị thực hiện", "cơ quan chủ trì"),
            "text", False, LONGEST["lead"], "Phòng Quản lý đô thị", "Bỏ trống: chính đơn vị"),
        Column("participants", "Phối hợp", ("đơn vị phối hợp", "cơ quan phối hợp"),
            "names", False, LONGEST["participants"], "Sở Tài chính", "Cách nhau bằng dấu ;"),
        Column("quarter", "Quý", ("quý thực hiện",), "text", False, 20, "II", "I, II, III, IV; bỏ trống: theo thời hạn"),
        Column("term", "Thời hạn", ("thời gian", "thời gian hoàn thành", "thời gian thực hiện", "hạn hoàn thành", "hạn"),
            "text", False, LONGEST["term"], "30/6/2026", "Ngày, tháng, quý, “hằng quý”, “thường xuyên”"),
        Column("product", "Sản phẩm", ("sản phẩm đầu ra", "kết quả", "kết quả đầu ra"),
            "text", False, LONGEST["product"], "Báo cáo"),
        Column("secrecy", "Độ mật", ("mức độ mật",), "text", False, 40, ""),
    ),
    ("text",),
)  # fmt: skip
