"""What other provinces, ministries and years write: who is charged, by when, which document speaks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kycuong.reader import Order, Reading, read_bytes, read_text, when

SAMPLES = Path(__file__).parent / "samples"
ISSUED = dt.date(2024, 3, 1)


def read(name: str) -> Reading:
    return read_bytes((SAMPLES / f"{name}.txt").read_bytes(), f"{name}.txt")


def order(reading: Reading, path: str) -> Order:
    return next(o for o in reading.orders if o.path == path)


def who(found: Order) -> list[str]:
    return [p.name for p in found.assignees]


def partners(found: Order) -> list[str]:
    return [p.name for p in found.coordinating]


@pytest.mark.parametrize(
    ("sentence", "charged"),
    [
        ("Phòng Thuế huyện yêu cầu các đội thuế nộp sổ trước ngày 5/6.", ["các đội thuế"]),
        ("Trước tình hình đó, Phó Thủ tướng Đoàn Văn Hạ yêu cầu Bộ Xây dựng kiểm định cầu.", ["Bộ Xây dựng"]),
        ("Vì vậy, Bộ Nội vụ trân trọng đề nghị UBND các tỉnh chỉ đạo Sở Nội vụ đếm lại biên chế.", ["UBND các tỉnh"]),
        ("Giao Giám đốc Sở Giáo dục và Đào tạo tổ chức kỳ thi.", ["Giám đốc Sở Giáo dục và Đào tạo"]),
        (
            "Yêu cầu Chủ tịch UBND các xã và đề nghị các Bí thư Đảng ủy tập trung chỉ đạo.",
            ["Chủ tịch UBND các xã", "các Bí thư Đảng ủy"],
        ),
        ("Thanh tra tỉnh, Thanh tra các Sở thực hiện nghiêm kế hoạch.", ["Thanh tra tỉnh", "Thanh tra các Sở"]),
        ("Báo và Phát thanh, truyền hình Lam Giang tăng thời lượng.", ["Báo và Phát thanh, truyền hình Lam Giang"]),
        ("Phòng Kế toán, tài vụ phối hợp với các phòng kiểm tra.", ["Phòng Kế toán, tài vụ"]),
        (
            "Bộ trưởng các bộ: Y tế, Xây dựng, Thống đốc Ngân hàng Nhà nước Việt Nam ký quy chế.",
            ["Bộ trưởng các bộ: Y tế, Xây dựng", "Thống đốc Ngân hàng Nhà nước Việt Nam"],
        ),
    ],
)
def test_the_one_told_is_charged(sentence: str, charged: list[str]) -> None:
    found = read_text(sentence).orders
    assert [who(o) for o in found] == [charged]


def test_partners_end_before_the_verb() -> None:
    found = read_text("Sở Nội vụ chủ trì, phối hợp với các cơ quan liên quan kiểm tra, hướng dẫn các xã.").orders[0]
    assert partners(found) == ["các cơ quan liên quan"]


@pytest.mark.parametrize(
    ("name", "code", "issuer", "day"),
    [
        ("cong_van_quet_hai_cot", "1482/UBND-KGVX", "UY BAN NHAN DAN TINH HAI KHE", "2024-06-17"),
        ("trang_hoi_dap_theo_cong_van", "8815/UBND-GT", "UBND tỉnh", "2022-08-11"),
        ("bao_cong_dien_mua_lu", "21/CĐ-UBND", "Chủ tịch UBND tỉnh Lam Giang", None),
        ("trang_tinh_tieu_de", "3321/UBND-VX", "UBND tỉnh", "2024-09-04"),
        ("quyet_dinh_bang_phan_cong", "1820/QĐ-UBND", "ỦY BAN NHÂN DÂN TỈNH LAM GIANG", "2023-03-14"),
    ],
)
def test_which_document_speaks(name: str, code: str, issuer: str, day: str | None) -> None:
    reading = read(name)
    assert (reading.code, reading.issuer) == (code, issuer)
    assert reading.issued_on == (dt.date.fromisoformat(day) if day else None)


def test_a_cited_document_is_not_the_one_reported() -> None:
    text = (
        "Tỉnh họp bàn thu gom rác\n"
        "Đầu tháng, UBND tỉnh nhận được Văn bản số 8032/BTNX-MT ngày 02/6/2020 của Bộ về việc thống kê bãi rác.\n"
        "Chủ tịch UBND tỉnh có ý kiến:\n"
        "Giao Sở Xây dựng thống kê các bãi rác, vẽ bản đồ trước ngày 30/6/2020.\n"
    )
    reading = read_text(text)
    assert (reading.code, reading.issuer, reading.cites) == (None, "Chủ tịch UBND tỉnh", ("8032/BTNX-MT",))


def test_a_name_after_a_province_loses_the_province() -> None:
    assert read("bao_cong_dien_mua_lu").signer == "Nguyễn Thị Hòa"


def test_years_left_out_count_from_the_day_of_the_page() -> None:
    reading = read("bao_cong_dien_mua_lu")
    assert dt.date(2025, 10, 18) in [o.deadline.date for o in reading.orders]


def test_scan_with_a_misread_one_and_a_page_number() -> None:
    reading = read("cong_van_quet_hai_cot")
    assert who(order(reading, "1.-1")) == ["Sở Lao động - Thương binh và Xã hội"]
    assert partners(order(reading, "1.-1")) == ["Sở Giáo dục và Đào tạo", "Sở Văn hóa, Thể thao và Du lịch"]


def test_office_hands_on_the_order_of_a_deputy_and_orders_nothing_itself() -> None:
    found = read("van_phong_truyen_dat").orders
    assert [who(o) for o in found] == [["Bộ Xây dựng"]]
    assert found[0].deadline.date == dt.date(2026, 11, 28)


def test_letter_with_one_request_and_its_limit_in_the_next_paragraph() -> None:
    found = read("cong_van_mot_yeu_cau").orders
    assert [(who(o), o.deadline.date) for o in found] == [
        (["Ủy ban nhân dân các tỉnh, thành phố"], dt.date(2023, 7, 31))
    ]


def test_conclusion_of_a_deputy_prime_minister() -> None:
    reading = read("thong_bao_pho_thu_tuong")
    assert len(reading.orders) == 6
    assert partners(order(reading, "II.1.a"))[0] == "các Bộ: Tài chính, Xây dựng, Nông nghiệp và Môi trường"
    assert order(reading, "II.4").deadline.text == "xong trong quý IV năm 2025"


def test_plan_whose_labels_stand_alone() -> None:
    found = order(read("ke_hoach_nhan_khong_dau"), "I.1.a")
    assert who(found) == ["Sở Văn hóa, Thể thao và Du lịch", "Trung tâm Lưu trữ lịch sử tỉnh"]
    assert partners(found) == ["Hội Người cao tuổi các cấp"]
    assert found.deadline.date == dt.date(2024, 4, 30)


def test_partner_named_as_the_subject_of_its_own_clause() -> None:
    found = order(read("ke_hoach_xa"), "II.2.2")
    assert (who(found), partners(found)) == (["Công an xã"], ["Văn phòng HĐND và UBND xã"])


def test_heading_of_assessment_opens_orders_after_all() -> None:
    paths = [o.path for o in read("nghi_quyet_phien_hop").orders]
    assert "H1.1.b" in paths
    assert "H1.1" not in paths


@pytest.mark.parametrize(
    ("phrase", "date", "rrule"),
    [
        ("hai tuần một lần", None, "FREQ=WEEKLY;INTERVAL=2"),
        ("trước 16 giờ hằng ngày", None, "FREQ=DAILY"),
        ("trước ngày 10 tháng đầu tiên của quý sau", None, "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10"),
        ("Từ tháng 9/2025 đến tháng 12/2025", "2025-12-31", None),
        ("Quý IV/2025 - Quý I/2026", "2026-03-31", None),
        ("Tháng 11, 12/2025", "2025-12-31", None),
        ("ngay trong tháng 3 năm 2024", "2024-03-31", None),
        ("trong năm học 2024-2025", None, None),
    ],
)
def test_phrases_of_time(phrase: str, date: str | None, rrule: str | None) -> None:
    found = when(phrase, ISSUED)
    assert (found.date.isoformat() if found.date else None, found.rrule) == (date, rrule)


def test_a_warning_time_is_no_limit() -> None:
    found = read_text("Yêu cầu Nhà máy Suối Sâu thông báo trước ít nhất 04 giờ trước khi xả nước.").orders[0]
    assert found.deadline.kind == "none"


def test_an_effect_clause_may_end_with_an_order() -> None:
    last = read("chi_thi_nam_xua").orders[-1]
    assert who(last) == ["Chi cục Kiểm lâm"]


def test_an_office_that_informs_is_kept_apart_from_the_last_item() -> None:
    reading = read("thong_bao_huyen")
    assert [o.path for o in reading.orders] == ["1", "2.-1", "2.-2", "3", "4"]
    assert who(reading.orders[-1]) == ["Văn phòng HĐND&UBND huyện"]


@pytest.mark.parametrize(
    "name",
    [
        "Cục Công nghệ thông tin",
        "Cục Quản lý đê điều và Phòng, chống thiên tai",
        "Văn phòng Điều phối nông thôn mới tỉnh",
        "Trung tâm Dịch vụ việc làm tỉnh",
        "Quỹ Bảo vệ và Phát triển rừng tỉnh",
        "Công ty Cổ phần Đầu tư và Xây dựng Đức An",
        "Chánh Văn phòng HĐND và UBND huyện",
        "Các hợp tác xã nông nghiệp",
        "Trung tâm Văn hóa, Thông tin và Truyền thông huyện",
        "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên huyện",
        "Cơ quan Cảnh sát điều tra Công an tỉnh",
        "Vườn quốc gia Núi Cao",
    ],
)
def test_names_that_hold_verbs_stay_whole(name: str) -> None:
    charged = read_text(f"{name} tổ chức thực hiện; báo cáo kết quả trước ngày 5/6/2025.").orders[0]
    assert who(charged) == [name]
    joined = read_text(f"Giao Sở Nội vụ chủ trì, phối hợp với {name} kiểm tra việc thực hiện.").orders[0]
    assert partners(joined) == [name]


def test_article_that_gives_no_number() -> None:
    reading = read("bao_khong_so")
    assert (reading.code, reading.doc_type, reading.issuer) == (None, "Công văn", "Văn phòng UBND TP Hải Khê")
    assert [who(o) for o in reading.orders] == [
        ["Công an TP"],
        ["Sở Xây dựng"],
        ["UBND các quận, huyện"],
        ["Công ty Điện lực"],
    ]


def test_people_addressed_by_a_starred_heading() -> None:
    found = read("cong_van_phong_giao_duc").orders
    assert [who(o) for o in found[:3]] == [["cán bộ quản lý"], ["cán bộ quản lý"], ["giáo viên"]]
    assert found[1].deadline.rrule == "FREQ=DAILY"
