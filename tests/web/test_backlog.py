"""The review of the backlog by its pages: seen before it is opened, decided duty by duty, ended with minutes; on a phone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests import make

from kycuong.models import BacklogReview, Duty
from kycuong.services import backlog
from web.visit import Site, follow, scan

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser]
WORK = (
    ("Sở Xây dựng", "báo cáo tiến độ giải ngân vốn đầu tư công"), ("Sở Xây dựng", "lập danh mục dự án chậm tiến độ"),
    ("Sở Tài chính", "tham mưu phân bổ vốn"), ("Công an tỉnh", "phối hợp rà soát cư trú"),
)  # fmt: skip


def look(page: Page, name: str) -> None:
    """Keep a picture when somebody wants to look."""
    folder = os.environ.get("KYCUONG_LOOK")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_meeting_goes_through_the_backlog(site: Site, tmp_path: Path) -> None:
    for unit, work in WORK:
        make.issued(f"Giao {unit} chủ trì {work} trước ngày 25/09/2026.", when="2026-09-01 08:00")
    office = site.visitor("theodoi")
    office.goto("/ra-soat-ton-dong/")
    look(office, "backlog-empty")
    office.get_by_role("link", name="Mở cuộc rà soát đầu tiên").click()
    office.get_by_label("Số ngày làm việc trở lên").fill("3")
    office.get_by_role("button", name="Xem có bao nhiêu nhiệm vụ").click()
    expect(office.get_by_role("heading", name="4 nhiệm vụ sẽ được đưa ra rà soát")).to_be_visible()
    look(office, "backlog-start")
    scan(office, "what a review would take in")
    follow(office.get_by_role("button", name="Mở cuộc rà soát 4 nhiệm vụ"))
    look(office, "backlog-review-new")
    follow(office.get_by_role("link", name="Bắt đầu rà soát"))
    look(office, "backlog-line")
    scan(office, "one duty of a review")
    office.keyboard.press("j")
    expect(office.get_by_text("Nhiệm vụ 2/4")).to_be_visible()
    office.keyboard.press("k")
    expect(office.get_by_text("Nhiệm vụ 1/4")).to_be_visible()
    office.get_by_label("Thời hạn mới: đến hết ngày").fill("01/09/2026")
    office.locator("#note-new_date").fill("Chờ số liệu của các đơn vị")
    office.get_by_role("button", name="Ghi quyết định").first.click()
    expect(office.get_by_role("alert")).to_contain_text("Hạn mới đã qua")
    look(office, "backlog-line-refused")
    office.get_by_label("Thời hạn mới: đến hết ngày").fill("30/10/2026")
    office.get_by_role("button", name="Ghi quyết định").first.click()
    expect(office.get_by_text("1/4 đã quyết định")).to_be_visible()
    office.get_by_text("Thôi giao, không còn cần thiết").click()
    office.locator("#note-close").fill("Đã lồng ghép vào nhiệm vụ khác")
    office.get_by_role("button", name="Ghi quyết định").last.click()
    follow(office.get_by_role("link", name="Xem lại", exact=True))
    look(office, "backlog-line-decided")
    scan(office, "a decided duty")
    review = BacklogReview.objects.get()
    office.goto(f"/ra-soat-ton-dong/{review.public_id}/")
    look(office, "backlog-review")
    scan(office, "a review")
    office.get_by_label("Người chủ trì", exact=True).fill("Lê Thị Hoài An, Phó Chủ tịch")
    office.get_by_label("Thành phần dự họp").fill("Sở Xây dựng\nSở Tài chính\nCông an tỉnh")
    office.get_by_role("button", name="Kết thúc cuộc rà soát").click()
    expect(office.get_by_role("status")).to_contain_text("2 nhiệm vụ chưa quyết định được ghi trong biên bản")
    look(office, "backlog-review-closed")
    scan(office, "a review that has ended")
    with office.expect_download() as got:
        office.get_by_role("link", name="Tải biên bản DOCX").click()
    assert got.value.suggested_filename == "bien-ban-ra-soat-ton-dong-2026-10-06.docx"
    paper = tmp_path / "bien-ban.txt"
    paper.write_bytes(make.paper("31/BB-UBND", "ngày 06 tháng 10 năm 2026", "rà soát nhiệm vụ tồn đọng")[1])
    office.get_by_label("Tệp văn bản đã ký").set_input_files(paper)
    office.get_by_role("button", name="Gắn biên bản").click()
    expect(office.get_by_role("status")).to_contain_text("Đã gắn biên bản đã ký")
    office.goto("/ra-soat-ton-dong/")
    look(office, "backlog-reviews")

    phone = site.phone("gdsxd")
    phone.goto("/ra-soat-ton-dong/mo/?ngay=1&do=open")
    look(phone, "backlog-start-phone")
    phone.get_by_role("button", name="Mở cuộc rà soát").click()
    follow(phone.get_by_role("link", name="Bắt đầu rà soát"))
    look(phone, "backlog-line-phone")
    scan(phone, "one duty of a review, on a phone")
    phone.get_by_text("Kiến nghị cấp trên").click()
    phone.get_by_label("Nội dung kiến nghị").fill("Đề nghị bố trí thêm vốn")
    follow(phone.get_by_role("button", name="Ghi kiến nghị"))
    phone.goto(f"/ra-soat-ton-dong/{BacklogReview.objects.latest('id').public_id}/")
    look(phone, "backlog-review-phone")
    scan(phone, "a review, on a phone")
    assert Duty.objects.filter(kind="proposal").count() == 1
    if folder := os.environ.get("KYCUONG_LOOK"):
        for form in ("docx", "pdf"):
            made = backlog.write(
                actor=make.who("theodoi"), at=make.at("2026-10-06 09:00"), review=review.public_id, form=form
            )
            (Path(folder) / f"minutes.{form}").write_bytes(made.data)
