"""Chasing by the pages: marked, previewed, drafted, the signed paper attached; on a phone, read aloud."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests import make

from kycuong.core.chasing import Step
from kycuong.models import ChaseLetter, Duty
from kycuong.services import chasing
from web.visit import Site, follow, scan

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser]


def look(page: Page, name: str) -> None:
    """Keep a picture when somebody wants to look."""
    folder = os.environ.get("KYCUONG_LOOK")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_units_are_urged_from_marking_to_the_signed_paper(site: Site, tmp_path: Path) -> None:
    for unit, work in (
        ("Sở Xây dựng", "báo cáo tiến độ giải ngân vốn đầu tư công"), ("Sở Xây dựng", "lập danh mục dự án chậm tiến độ"),
        ("Sở Tài chính", "tham mưu phân bổ vốn"), ("Công an tỉnh", "phối hợp rà soát cư trú"),
    ):  # fmt: skip
        make.issued(f"Giao {unit} chủ trì {work} trước ngày 25/09/2026.", when="2026-09-01 08:00")
    office = site.visitor("theodoi")
    follow(office.get_by_role("link", name="Đôn đốc", exact=True))
    look(office, "chase-whom")
    scan(office, "whom to urge")
    office.get_by_label("Chọn cả 2 việc quá hạn của đơn vị").check()
    office.get_by_label("Chọn: Giao Công an tỉnh").check()
    follow(office.get_by_role("button", name="Xem trước văn bản"))
    look(office, "chase-preview")
    scan(office, "preview")
    office.get_by_label("Bước", exact=True).nth(1).select_option("criticism")
    office.get_by_role("button", name="Soạn văn bản").click()
    expect(office.get_by_role("alert")).to_contain_text("Ghi lý do")
    look(office, "chase-preview-refused")
    office.get_by_label("Bước", exact=True).nth(1).select_option("urging")
    office.get_by_role("button", name="Soạn văn bản").click()
    expect(office.get_by_role("status")).to_contain_text("Đã soạn 2 văn bản.")
    look(office, "chase-letters")
    scan(office, "letters")
    follow(office.get_by_role("link", name="Sở Xây dựng"))
    look(office, "chase-letter")
    scan(office, "letter")
    with office.expect_download() as got:
        office.get_by_role("link", name="Tải DOCX để trình ký").click()
    assert got.value.suggested_filename.startswith("don-doc-so-xay-dung")
    paper = tmp_path / "don-doc.txt"
    _, data = make.paper("912/UBND-TH", "ngày 06 tháng 10 năm 2026", "đôn đốc thực hiện nhiệm vụ", "Yêu cầu báo cáo.")
    paper.write_bytes(data)
    office.get_by_label("Tệp văn bản đã ký").set_input_files(paper)
    office.get_by_role("button", name="Gắn và tính bước đôn đốc").click()
    expect(office.get_by_role("status")).to_contain_text("được tính cho 2 nhiệm vụ")
    look(office, "chase-letter-taken")
    scan(office, "taken")

    phone = site.phone("gdsxd")
    phone.goto(f"/viec/{Duty.objects.filter(title__icontains='giải ngân').get().public_id}/")
    expect(phone.locator("#don-doc")).to_contain_text("Văn bản đôn đốc, lần 1")
    look(phone, "chase-duty-phone")
    scan(phone, "a duty that was urged, on a phone")


def test_the_head_explains_on_a_phone(site: Site) -> None:
    (duty,) = make.issued("Giao Sở Xây dựng chủ trì báo cáo giải ngân trước ngày 25/09/2026.", when="2026-09-01 08:00")
    at, key = make.at("2026-10-06 08:00"), (duty.holder_unit.public_id, Step.URGING)
    made = chasing.draft(
        actor=make.who("chanhvp"),
        at=at,
        duties=[duty.public_id],
        choices={key: chasing.Choice(Step.EXPLANATION, "Chậm nhiều lần")},
    )
    _, data = make.paper("913/UBND-TH", "ngày 06 tháng 10 năm 2026", "yêu cầu giải trình", "Yêu cầu giải trình.")
    chasing.record(actor=make.who("vanthu"), at=at, letter=made.letters[0], file=("giai-trinh.txt", data))
    opened = Duty.objects.get(kind="explanation")
    phone = site.phone("gdsxd")
    look(phone, "explain-mine-phone")
    phone.goto(f"/viec/{opened.public_id}/")
    look(phone, "explain-phone")
    scan(phone, "explaining on a phone")
    phone.get_by_role("button", name="Gửi giải trình").click()
    expect(phone.get_by_role("alert")).to_contain_text("Chưa có nội dung giải trình")
    phone.get_by_label("Nội dung giải trình").fill(
        "Ba chủ đầu tư gửi số liệu chậm; đã kiểm điểm trưởng phòng phụ trách."
    )
    follow(phone.get_by_role("button", name="Gửi giải trình"))
    office = site.visitor("chanhvp")
    office.goto(f"/viec/{opened.public_id}/")
    look(office, "explain-judge")
    scan(office, "judging an explanation")
    office.get_by_role("button", name="Chấp nhận giải trình").click()
    expect(office.locator("#giai-trinh")).to_contain_text("Chấp nhận")
    office.goto("/don-doc/van-ban/")
    look(office, "chase-letters-all")
    phone.goto("/don-vi/")
    look(phone, "chase-unit-phone")
    for form in ("docx", "pdf"):
        letter = ChaseLetter.objects.get().public_id
        paper = chasing.write(actor=make.who("chanhvp"), at=at, letter=letter, form=form)
        if folder := os.environ.get("KYCUONG_LOOK"):
            (Path(folder) / f"letter.{form}").write_bytes(paper.data)


def test_a_head_is_looked_at_explains_and_both_sides_agree(site: Site) -> None:
    for n in range(3):
        make.issued(f"Giao Sở Xây dựng chủ trì báo cáo dự án nhóm {n} trước ngày 25/09/2026.", when="2026-09-01 08:00")
    home = site.visitor("gdsnv")
    home.goto("/trach-nhiem/")
    look(home, "heads")
    scan(home, "heads to look at")
    follow(home.get_by_role("link", name="Ngô Xuân Trường"))
    look(home, "head-signal")
    follow(home.get_by_role("button", name="Mở rà soát, yêu cầu giải trình"))
    look(home, "head-case")
    scan(home, "a case")
    home.get_by_role("button", name="Đồng ý trình").click()
    expect(home.get_by_role("alert")).to_contain_text("còn thời gian giải trình")
    phone = site.phone("gdsxd")
    phone.goto(f"/viec/{Duty.objects.get(kind='explanation').public_id}/")
    follow(phone.get_by_role("link", name="Xem các nhiệm vụ và quá trình rà soát"))
    look(phone, "head-case-phone")
    scan(phone, "the head's own case, on a phone")
