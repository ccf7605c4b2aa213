"""Documents of our own writing, one of each genre, and what must be read out of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kycuong.reader import Order, Reading, read_bytes, read_text

SAMPLES = Path(__file__).parent / "samples"


def read(name: str) -> Reading:
    return read_bytes((SAMPLES / name).read_bytes(), name)


def order(reading: Reading, path: str) -> Order:
    return next(o for o in reading.orders if o.path == path)


def who(found: Order) -> list[str]:
    return [p.name for p in found.assignees]


@pytest.mark.parametrize(
    ("name", "code", "kind", "issuer", "day", "signer"),
    [
        (
            "chi_thi_tinh.txt",
            "07/CT-UBND",
            "Chỉ thị",
            "ỦY BAN NHÂN DÂN TỈNH BÌNH SƠN",
            "2026-03-09",
            "Lò Thị Mai Hương",
        ),
        ("cong_van_ocr.txt", "1187/UBND-NV", "Công văn", "ỦY BAN NHÂN DÂN TỈNH HẢI KHÊ", "2024-09-04", "Vũ Đức Thịnh"),
        (
            "thong_bao_ket_luan.txt",
            "45/TB-VP",
            "Thông báo",
            "VĂN PHÒNG UBND TỈNH BÌNH SƠN",
            "2025-10-17",
            "Nguyễn Hải Đăng",
        ),
        (
            "quyet_dinh_ke_hoach.txt",
            "2210/QĐ-UBND",
            "Quyết định",
            "UBND TỈNH THANH GIANG",
            "2026-01-05",
            "Bùi Quang Vinh",
        ),
        (
            "phu_luc_tung_dong.txt",
            "31/KH-UBND",
            "Kế hoạch",
            "ỦY BAN NHÂN DÂN XÃ TÂN LẬP",
            "2026-01-20",
            "Đặng Thị Nhàn",
        ),
        ("trang_luat.txt", "77/QĐ-UBND", "Quyết định", "ỦY BAN NHÂN DÂN TỈNH HẢI KHÊ", "2023-04-11", "Đỗ Văn Lộc"),
        ("bai_bao.txt", "09/CĐ-UBND", "Công điện", "UBND tỉnh Hải Khê", "2024-11-11", "Lê Thu Thủy"),
        ("bao_cao.txt", "212/BC-SNV", "Báo cáo", "SỞ NỘI VỤ", "2026-11-28", "Phan Thị Cẩm Tú"),
        (
            "cong_dien.txt",
            "03/CĐ-UBND",
            "Công điện",
            "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH THANH GIANG",
            "2026-09-06",
            "Hà Minh Quân",
        ),
    ],
)
def test_letterhead(name: str, code: str, kind: str, issuer: str, day: str, signer: str) -> None:
    reading = read(name)
    assert (reading.code, reading.doc_type, reading.issuer, reading.signer) == (code, kind, issuer, signer)
    assert reading.issued_on == dt.date.fromisoformat(day)


def test_directive_with_sections_letters_and_closing() -> None:
    reading = read("chi_thi_tinh.txt")
    assert [o.path for o in reading.orders] == [
        "I.1", "I.2", "II.1.a", "II.1.b", "II.1.c", "II.1.d", "II.1.đ", "II.1.e", "II.2.-1", "II.2.-2", "II.3", "II.4", "II.5",
        "II.6", "III.2", "end", "end",
    ]  # fmt: skip
    assert who(order(reading, "II.1.đ")) == ["Sở Xây dựng"]
    assert order(reading, "II.1.đ").kind == "periodic"
    assert order(reading, "I.2").kind == "prohibition"
    assert order(reading, "II.1.b").deadline.kind == "relative"
    assert order(reading, "II.1.c").deadline.rrule == "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20"
    assert who(order(reading, "II.5")) == ["Ủy ban nhân dân các xã, phường"]
    assert order(reading, "I.1").targets[0].value.count("80%") == 1
    assert [o.weak for o in reading.orders if o.path == "end"] == [True, True]
    assert reading.cites == ("901/2024/NĐ-CP", "3344/BXD-KCHT")


def test_scanned_letter_with_a_page_number_in_the_middle_of_a_date() -> None:
    reading = read("cong_van_ocr.txt")
    assert [o.deadline.date for o in reading.orders[:3]] == [
        dt.date(2024, 9, 30),
        dt.date(2024, 11, 30),
        dt.date(2024, 12, 15),
    ]
    channel = reading.orders[2].channel
    assert channel is not None
    assert channel.value == "Sở Nội vụ"
    assert reading.signing_mark == "KT. CHỦ TỊCH"


def test_conclusion_praises_without_ordering() -> None:
    reading = read("thong_bao_ket_luan.txt")
    assert [o.path for o in reading.orders] == ["3.-1", "3.-2", "4", "5"]
    assert [p.name for p in order(reading, "4").coordinating] == ["Kho bạc Nhà nước khu vực XV"]
    assert order(reading, "5").deadline.rrule == "FREQ=WEEKLY;BYDAY=FR"


def test_decision_with_attached_plan_and_table() -> None:
    reading = read("quyet_dinh_ke_hoach.txt")
    assert [o.path for o in reading.orders] == ["Điều 2", "II.1", "II.2", "III.1", "III.2", "PL.1", "PL.2", "PL.3"]
    block = order(reading, "II.2")
    assert who(block) == ["Sở Nông nghiệp và Môi trường"]
    assert block.deadline.date == dt.date(2026, 8, 31)
    assert block.product is not None
    assert block.product.value == "Báo cáo kết quả kiểm tra"
    row = order(reading, "PL.2")
    assert who(row) == ["Thanh tra tỉnh"]
    assert [p.name for p in row.coordinating] == ["Sở Nội vụ", "Văn phòng UBND tỉnh"]
    assert row.deadline.date == dt.date(2026, 3, 31)


def test_table_whose_cells_stand_on_lines_of_their_own() -> None:
    reading = read("phu_luc_tung_dong.txt")
    rows = [o for o in reading.orders if o.path.startswith("PL.")]
    assert [who(o) for o in rows] == [
        ["Trung tâm Phục vụ hành chính công"],
        ["Phòng Văn hóa - Xã hội"],
        ["Phòng Kinh tế"],
    ]
    assert [o.deadline.date for o in rows] == [dt.date(2026, 2, 28), dt.date(2026, 6, 30), dt.date(2026, 9, 30)]


def test_article_labels_the_directive_and_drops_the_page() -> None:
    reading = read("bai_bao.txt")
    assert who(reading.orders[0]) == ["Chủ tịch UBND các huyện, thành phố"]
    assert len(reading.orders) == 4
    noise = [reading.text[s.start : s.end] for s in reading.sentences if s.klass == "noise"]
    assert {"Trang chủ", "Tin liên quan", "Khai mạc hội chợ", "Lượt xem: 1.204"} <= set(noise)


def test_report_orders_nothing() -> None:
    reading = read("bao_cao.txt")
    assert reading.orders == ()
    assert reading.cites == ("07/CT-UBND",)


def test_urgent_dispatch_addressees() -> None:
    reading = read("cong_dien.txt")
    assert reading.addressees[0] == "Giám đốc các sở: Nông nghiệp và Môi trường, Xây dựng, Công Thương"
    assert who(order(reading, "3")) == ["Các sở Nông nghiệp và Môi trường, Xây dựng, Công Thương"]


def wrapped(text: str, width: int) -> str:
    """Break lines as a scanner would: a line feed in place of a space, so that no offset moves."""
    lines = []
    for line in text.split("\n"):
        letters, start, last = list(line), 0, -1
        for i, letter in enumerate(letters):
            if letter != " ":
                continue
            if i - start > width and last > start:
                letters[last] = "\n"
                start = last + 1
            last = i
        lines.append("".join(letters))
    return "\n".join(lines)


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize(
    "name", ["chi_thi_tinh.txt", "quyet_dinh_ke_hoach.txt", "thong_bao_ket_luan.txt", "cong_dien.txt"]
)
def test_wrapped_lines_change_no_order(name: str, width: int) -> None:
    text = (SAMPLES / name).read_text("utf-8")
    head, tab, table = text.partition("STT\t")
    one, two = read_text(text), read_text(wrapped(head, width) + tab + table)
    assert [(o.path, o.start, o.end, who(o), o.deadline.date) for o in two.orders] == [
        (o.path, o.start, o.end, who(o), o.deadline.date) for o in one.orders
    ]
    assert two.code == one.code


def test_plan_with_leads_in_brackets_and_in_last_sentences() -> None:
    reading = read("ke_hoach_ghi_trong_ngoac.txt")
    assert [o.path for o in reading.orders] == [
        "B.I.1",
        "B.I.2",
        "B.I.3",
        "B.II.1.-1",
        "B.II.1.-2",
        "C",
        "C",
        "C",
        "end",
    ]
    assert who(reading.orders[0]) == ["Văn phòng UBND thành phố"]
    assert who(reading.orders[1]) == ["Công an thành phố"]
    assert [o.deadline.date for o in reading.orders[2:5]] == [
        dt.date(2024, 9, 30),
        dt.date(2024, 9, 30),
        dt.date(2024, 12, 31),
    ]
    assert reading.orders[5].deadline.rrule == "FREQ=MONTHLY;BYMONTHDAY=15"


def test_article_with_headings_by_agency() -> None:
    reading = read("bai_bao_doi_voi.txt")
    assert [who(o) for o in reading.orders] == [
        ["Công an tỉnh"], ["Công an tỉnh"], ["Sở Công Thương"], ["UBND các huyện, thị xã, thành phố"], ["Văn phòng UBND tỉnh"],
    ]  # fmt: skip


def test_conclusion_of_several_levels() -> None:
    reading = read("ket_luan_nhieu_cap.txt")
    assert [o.path for o in reading.orders] == ["II.1.a.-1", "II.1.a.-2", "II.1.b", "II.2", "II.3", "II.4"]
    assert reading.signing_mark == "TL. CHỦ TỊCH"
    assert who(order(reading, "II.3")) == ["Sở Tài chính", "Kho bạc Nhà nước thành phố"]
