"""A table that a text prints with its HTML tags is read by rows."""

from __future__ import annotations

from kycuong.reader import read_text

TABLE = (
    "UBND TỈNH LAM GIANG\nSố: 31/KH-UBND\nLam Giang, ngày 4 tháng 3 năm 2024\nKẾ HOẠCH\nKiểm kê kho lưu trữ\n"
    'I. PHÂN CÔNG\n<table border="1">\n<tr>\n<th>TT</th>\n<th>Nhiệm vụ</th>\n<th>Đơn vị chủ trì</th>\n<th>Thời gian</th>\n</tr>\n'
    "<tr>\n<td>1</td>\n<td>Kiểm kê hồ sơ<br>của tỉnh</td>\n<td>Sở<br>Nội vụ</td>\n<td>2025</td>\n</tr>\n"
    "<tr><td>2</td><td>Sửa nhà kho</td><td>Sở Xây dựng</td><td>Quý II/2024</td></tr>\n</table>\n"
)


def test_rows_of_tags_are_orders() -> None:
    found = read_text(TABLE).orders
    assert [([p.name for p in o.assignees], str(o.deadline.date)) for o in found] == [
        (["Sở Nội vụ"], "2025-12-31"),
        (["Sở Xây dựng"], "2024-06-30"),
    ]
    assert all(TABLE[o.start : o.end] == o.text for o in found)
