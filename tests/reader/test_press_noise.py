"""What a news page prints around and inside an article orders nothing; who is told in passing is charged."""

from __future__ import annotations

from kycuong.reader import Order, read_text

ARTICLE = (
    "Giữ an toàn kho lưu trữ mùa mưa\n\n• 05/08/2021 06:07\n• 0 bình luận\n\n"
    "Chủ tịch UBND tỉnh vừa có văn bản chỉ đạo thủ trưởng các sở, ban, ngành tỉnh, chủ tịch UBND các xã khẩn trương kiểm tra nhà kho.\n\n"
    "Được biết cơn mưa tối qua đã làm ngập hai kho và các đơn vị phải di dời hồ sơ trong đêm.\n\n"
    "Cùng với đó, lãnh đạo các đơn vị chỉ đạo tổ chức trực ban suốt ngày đêm tại kho của mình.\n\n"
    "Yêu cầu toàn thể Nhân dân tự giác giữ gìn hồ sơ gia đình.\n\n"
    "Lê Hạnh, Trần Khoa\n\nChủ tịch tỉnh Lam Giang: Với bộ máy mới, kho phải gọn hơn\n"
)


def who(found: Order) -> list[str]:
    return [p.name for p in found.assignees]


def test_only_what_is_ordered_is_read() -> None:
    found = read_text(ARTICLE).orders
    assert [who(o) for o in found] == [
        ["thủ trưởng các sở, ban, ngành tỉnh", "chủ tịch UBND các xã"],
        ["lãnh đạo các đơn vị"],
        ["toàn thể Nhân dân"],
    ]


def test_a_lead_in_that_ends_in_a_full_stop_orders_nothing() -> None:
    found = read_text(
        "Để giữ kho an toàn, UBND tỉnh Lam Giang yêu cầu.\n\nSở Nội vụ, Sở Y tế bố trí lực lượng trực kho.\n"
    ).orders
    assert [who(o) for o in found] == [["Sở Nội vụ", "Sở Y tế"]]


def test_a_day_of_the_moon_is_dated_by_what_follows() -> None:
    found = read_text("Sở Nội vụ đóng kho đến hết mùng 5 Tết, tức ngày 16/02/2021.").orders
    assert str(found[0].deadline.date) == "2021-02-16"
