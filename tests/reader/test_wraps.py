"""Lines broken right after a marker, inside a name or inside a fixed phrase are one line."""

from __future__ import annotations

import pytest

from kycuong.reader import Reading, read_text

HEAD = (
    "UBND TỈNH LAM GIANG\nCỘNG HÒA XÃ HỘI CHỦ\nNGHĨA VIỆT NAM\nSố: 31/KH-UBND\nLam Giang, ngày 4 tháng 3 năm 2024\n"
    "KẾ HOẠCH\nKiểm kê kho lưu trữ năm 2024\n"
)


def read(body: str) -> Reading:
    return read_text(HEAD + body)


@pytest.mark.parametrize(
    ("item", "charged"),
    [
        ("1. Giao\nSở Nội vụ hướng dẫn các xã kiểm kê kho.", ["Sở Nội vụ"]),
        ("1. Giao Sở\nTài chính bố trí kinh phí kiểm kê kho.", ["Sở Tài chính"]),
        ("1. Yêu cầu\nSở Y tế báo cáo số hồ sơ còn thiếu.", ["Sở Y tế"]),
        ("1. Sở\nXây dựng chủ trì kiểm tra nhà kho của tỉnh.", ["Sở Xây dựng"]),
        ("1. Giám đốc\nSở Nội vụ chịu trách nhiệm kiểm tra kho.", ["Giám đốc Sở Nội vụ"]),
    ],
)
def test_a_line_broken_after_its_marker_still_orders(item: str, charged: list[str]) -> None:
    found = read(f"I. TỔ\nCHỨC THỰC HIỆN\n{item}\n2. Sở Tư pháp kiểm tra việc thực hiện kế hoạch.\n").orders
    assert [p.name for p in found[0].assignees] == charged
    assert [o.path for o in found] == ["I.1", "I.2"]


def test_a_name_above_what_it_does_stays_a_heading() -> None:
    found = read("I. TỔ\nCHỨC THỰC HIỆN\n1. Sở Nội vụ\nTheo dõi, đôn đốc các xã kiểm kê kho.\n").orders
    assert [(o.path, [p.name for p in o.assignees]) for o in found] == [("I.1", ["Sở Nội vụ"])]


def test_motto_broken_in_a_word_stays_out_of_the_issuer() -> None:
    assert read("1. Sở Nội vụ kiểm tra kho.\n").issuer == "UBND TỈNH LAM GIANG"


def test_title_on_three_lines_has_its_subject() -> None:
    text = (
        "UBND TỈNH LAM GIANG\nSố: 9/QĐ-UBND\nLam Giang, ngày 4 tháng 3 năm 2024\nQUYẾT\nĐỊNH\nVỀ\n"
        "VIỆC BAN HÀNH NỘI QUY KHO LƯU TRỮ\nĐiều 1. Giao\nGiám đốc Sở Nội vụ hướng dẫn các xã.\n"
    )
    found = read_text(text)
    assert found.doc_type == "Quyết định"
    assert found.subject and "NỘI QUY KHO" in found.subject


def test_a_figure_at_the_head_of_a_line_is_no_item() -> None:
    found = read(
        "Dự báo mưa lớn sẽ kéo dài trong tháng 10 và\n11. Để chủ động ứng phó, Chủ tịch UBND tỉnh yêu cầu Sở Nội vụ,"
        " Sở Y tế thực hiện các nội dung sau:\n1. Kiểm tra nhà kho trước mùa mưa.\n2. Sở Y tế bố trí trực cấp cứu.\n"
    ).orders
    assert [o.path for o in found] == ["1", "2"]
    assert [p.name for p in found[0].assignees] == ["Sở Nội vụ", "Sở Y tế"]


def test_the_value_of_a_label_stands_on_the_next_line() -> None:
    found = read("1. Kiểm kê kho của tỉnh\n- Chủ trì: Sở Nội vụ.\n- Thời gian:\nQuý II/2024.\n").orders
    assert str(found[0].deadline.date) == "2024-06-30"


def test_headings_of_markdown_are_headings() -> None:
    text = (
        "# KẾ HOẠCH\n\nKiểm kê kho lưu trữ\n\n# MỤC TIÊU\n\n## Mục tiêu chung\n\nNâng cao chất lượng kho lưu trữ của tỉnh.\n\n"
        "# TỔ CHỨC THỰC HIỆN\n\n## Sở Nội vụ\n\n* Kiểm tra các kho của tỉnh.\n* Báo cáo kết quả kiểm kê.\n\n"
        "## Các doanh nghiệp vận tải\n\nChủ động sửa chữa nhà kho của mình trước mùa mưa.\n"
    )
    found = read_text(text)
    assert found.doc_type == "Kế hoạch"
    assert [[p.name for p in o.assignees] for o in found.orders] == [
        ["Sở Nội vụ"],
        ["Sở Nội vụ"],
        ["Các doanh nghiệp vận tải"],
    ]


def test_a_number_left_blank_still_tells_the_kind() -> None:
    text = (
        "SỞ NỘI VỤ LAM GIANG\nSố:        /SNV-VTLT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nKính gửi:\n- Các Phòng Nội vụ1;\n"
        "- Trung tâm Lưu trữ.\nSở Nội vụ đề nghị các đơn vị thực hiện:\n1. Kiểm tra kho.\n2. Báo cáo trước ngày 5/6/2024.\n"
    )
    found = read_text(text)
    assert (found.doc_type, found.symbol, found.code) == ("Công văn", "SNV-VTLT", None)
    assert found.addressees == ("Các Phòng Nội vụ", "Trung tâm Lưu trữ")


def test_the_speaker_is_never_charged() -> None:
    found = read(
        "Chủ tịch UBND tỉnh yêu cầu:\n1. Kiểm tra nhà kho trước mùa mưa.\n2. Sở Y tế bố trí trực cấp cứu.\n"
    ).orders
    assert [[p.name for p in o.assignees] for o in found] == [[], ["Sở Y tế"]]


def test_a_cited_list_is_not_the_reported_document() -> None:
    found = read_text(
        "Giữ kỷ luật mùa lễ hội\n\nUBND tỉnh yêu cầu các sở thực hiện nghiêm Chỉ thị số 4/CT-UBND ngày 2-3-2023 của Chủ tịch UBND"
        " tỉnh; Công văn số 71/UBND-NC ngày 1-6-2023 của UBND tỉnh về trực cơ quan.\n\nSở Nội vụ kiểm tra việc thực hiện.\n\nSở Y tế"
        " bố trí trực cấp cứu trong dịp lễ.\n\nNgười dân được mời góp ý.\n"
    )
    assert (found.code, found.issued_on) == (None, None)
    assert found.cites == ("4/CT-UBND", "71/UBND-NC")


def test_a_day_without_year_takes_the_year_of_the_page() -> None:
    found = read_text(
        "Chuẩn bị mùa mưa\n\nCập nhật: 02/06/2023\n\nNgày 28-5, UBND tỉnh ban hành Công văn số 71/UBND-NN về việc chuẩn bị mùa mưa.\n\n"
        "Theo đó, UBND tỉnh yêu cầu Sở Xây dựng kiểm tra nhà kho.\n\nSở Y tế bố trí trực cấp cứu.\n\nXin mời bạn đọc theo dõi.\n"
    )
    assert str(found.issued_on) == "2023-05-28"


def test_glued_numbers_are_two() -> None:
    found = read_text("Sở Nội vụ thực hiện các nhiệm vụ tại các Kế hoạch: 83/KH-UBND82/KH-UBND của tỉnh.")
    assert found.cites == ("83/KH-UBND", "82/KH-UBND")
