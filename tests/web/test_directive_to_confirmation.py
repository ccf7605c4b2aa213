"""Done when 1, through the browser: a directive goes in, the duty goes down, up, out and is confirmed; another turns overdue."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from playwright.sync_api import expect
from tests import make

from web.visit import Site, follow, move_clock, scan

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser]
SAMPLE = make.SAMPLES / "chi-thi-12.docx"
RESULT = make.SAMPLES / "bao-cao-snv-512.docx"
POINT = "Tổ chức kiểm tra kỷ luật công vụ"
LEFT_ALONE = "Sở Tài chính chủ trì"
MOST_CLICKS = 15


def upload(page: Page) -> None:
    page.goto("/van-ban/moi/")
    scan(page, "upload")
    page.get_by_label("Tệp văn bản").set_input_files(SAMPLE)
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chỉ thị 12/CT-UBND")


def review(page: Page) -> int:
    """Triage and review the twelve orders; return how many clicks it took."""
    page.evaluate("sessionStorage.clear()")
    follow(page.get_by_role("button", name="Có giao việc"))
    orders = page.locator(".order[data-order]")
    expect(orders).to_have_count(12)
    scan(page, "review")
    page.locator("#header > summary").click()
    page.get_by_label("Theo dõi, xác nhận").select_option(label=follower(page))
    page.get_by_role("button", name="Lưu phân công theo dõi").click()
    expect(page.locator("#header > summary")).to_contain_text("Nguyễn Thu Hà")
    doubtful = page.locator(".order.doubt")
    for left in range(doubtful.count() - 1, -1, -1):
        doubtful.first.get_by_role("button", name="Đúng, giữ như trên").click()
        expect(doubtful).to_have_count(left)
    expect(page.locator("#bar")).to_contain_text("Không còn điểm cần xem")
    scan(page, "review, all seen")
    page.get_by_role("button", name="Ban hành phân công").click()
    expect(page.locator("#notices")).to_contain_text("Đã ban hành phân công")
    return int(page.evaluate("sessionStorage.getItem('clicks')"))


def follower(page: Page) -> str:
    labels = page.get_by_label("Theo dõi, xác nhận").locator("option").all_inner_texts()
    return next(label for label in labels if label.startswith("Nguyễn Thu Hà"))


def annex(page: Page) -> list[str]:
    """Download the annex and return the text of its rows."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải Phụ lục phân công nhiệm vụ").click()
    paper = docx.Document(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    return [" | ".join(cell.text for cell in row.cells) for table in paper.tables for row in table.rows]


def open_duty(page: Page, words: str) -> None:
    page.goto("/viec/")
    page.get_by_role("link", name=words).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def assign(page: Page, name: str) -> None:
    if not page.get_by_label("Giao cho").is_visible():
        page.locator("summary", has_text="Giao thực hiện").click()
    label = next(t for t in page.get_by_label("Giao cho").locator("option").all_inner_texts() if name in t)
    page.get_by_label("Giao cho").select_option(label=label)
    page.get_by_role("button", name="Giao thực hiện").click()
    expect(page.locator("#notices")).to_contain_text("Đã giao")


def submit(page: Page, note: str) -> None:
    page.get_by_label("Ý kiến (nếu có)").first.fill(note)
    page.get_by_role("button", name="Trình lãnh đạo").click()
    expect(page.locator("#notices")).to_contain_text("Đã trình lãnh đạo")


def play_within_the_unit(site: Site) -> None:
    """The head assigns to a division, its head to an officer; the officer submits, up the line; the head sends."""
    head, division, officer = site.visitor("gd.snv"), site.visitor("tp.cchc"), site.visitor("cv.cchc")
    open_duty(head, POINT)
    scan(head, "duty of a head")
    assign(head, "Hoàng Thị Minh Tâm")
    open_duty(division, POINT)
    assign(division, "Bùi Anh Tú")
    open_duty(officer, POINT)
    expect(officer.get_by_role("button", name="Gửi báo cáo kết quả")).to_have_count(0)
    scan(officer, "duty of an officer")
    submit(officer, "Kính trình dự thảo báo cáo")
    open_duty(division, POINT)
    submit(division, "Đồng ý với dự thảo")
    open_duty(head, POINT)
    head.get_by_label("Văn bản kết quả đã ký").set_input_files(RESULT)
    head.get_by_role("button", name="Gửi báo cáo kết quả").click()
    expect(head.locator("#notices")).to_contain_text("Đã gửi báo cáo kết quả")
    expect(head.locator("main")).to_contain_text("Số 512/BC-SNV")
    expect(head.locator("main")).to_contain_text("Chờ xác nhận")
    scan(head, "duty sent")


def test_a_directive_becomes_duties_done_and_overdue(lam_giang: Site) -> None:
    clerk = lam_giang.visitor("vanthu")
    upload(clerk)
    scan(clerk, "triage")
    clicks = review(clerk)
    assert clicks <= MOST_CLICKS, f"{clicks} clicks"
    scan(clerk, "document")
    rows = annex(clerk)
    assert sum(POINT in row and "Sở Nội vụ" in row for row in rows) == 1
    move_clock("2026-11-12 09:00")
    play_within_the_unit(lam_giang)

    follower = lam_giang.visitor("theodoi")
    open_duty(follower, POINT)
    follower.get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(follower.get_by_role("alert")).to_contain_text("Chưa đạt chỉ tiêu")  # nobody has said how many were checked
    follower.get_by_label("Lý do, nếu xác nhận khi chưa đạt chỉ tiêu").fill("Số đơn vị nêu trong phụ lục báo cáo")
    follower.get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(follower.locator("#notices")).to_contain_text("Đã xác nhận hoàn thành")
    expect(follower.locator("main .state").first).to_have_text("Đã hoàn thành đúng hạn")
    scan(follower, "duty done")

    move_clock("2026-11-20 09:00")
    finance = lam_giang.visitor("gd.stc")
    row = finance.locator("tr", has_text=LEFT_ALONE)
    expect(row).to_contain_text("Quá hạn 1 ngày làm việc")
    expect(row).to_contain_text("hạn đã hết thứ Năm 19/11")
    scan(finance, "my duties, overdue")

    on_a_phone(lam_giang)


def on_a_phone(site: Site) -> None:
    """What is done outside an office is scanned at a phone's width, page by page."""
    page = site.phone("gd.snv")
    for path in ("/viec/", "/don-vi/", "/van-ban/", "/thong-bao/", "/lich/", "/huong-dan/", "/tim/?q=tre+hen"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        scan(page, f"phone {path}")
    page.goto("/van-ban/")
    page.locator("tbody a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chỉ thị 12/CT-UBND")
    scan(page, "phone document")
    page.goto("/viec/")
    follow(page.locator("tbody a").first)
    scan(page, "phone duty")
    clerk = site.phone("vanthu")
    clerk.goto("/van-ban/moi/")
    scan(clerk, "phone upload")
    clerk.get_by_label("Tệp văn bản").set_input_files(make.SAMPLES / "cong-van-3815.docx")
    follow(clerk.get_by_role("button", name="Đọc văn bản"))
    scan(clerk, "phone triage")
    clerk.get_by_role("button", name="Có giao việc").click()
    expect(clerk.locator("#bar")).to_be_visible()
    scan(clerk, "phone review")
