"""Without JavaScript, by keyboard, in the dark, in English, light over the wire."""

from __future__ import annotations

import gzip
from urllib.parse import urlsplit

import brotli
import pytest
from playwright.sync_api import expect
from tests import make

from web.visit import Site, follow, scan

pytestmark = [pytest.mark.browser]
FIRST_PAGE_BYTES = 100_000


def test_the_whole_review_works_without_javascript(site: Site) -> None:
    page = site.visitor("vanthu", java_script_enabled=False)
    page.goto("/van-ban/moi/")
    page.get_by_label("Nội dung").fill(
        "Giao Sở Xây dựng báo cáo tiến độ giải ngân trước ngày 16/11/2026; giao Sở Tài chính tổng hợp số liệu hằng quý."
    )
    follow(page.get_by_role("button", name="Đọc nội dung"))
    card = page.locator(".order[data-order]").first
    card.locator("summary").first.click()
    card.get_by_role("button", name="Không giao việc").click()
    expect(page.locator(".order.dropped")).to_have_count(1)
    page.get_by_role("button", name="Khôi phục").click()
    expect(page.locator(".order.dropped")).to_have_count(0)
    page.get_by_role("button", name="Hoàn tác thay đổi gần nhất").click()
    page.get_by_role("button", name="Hoàn tác thay đổi gần nhất").click()
    page.get_by_role("button", name="Ban hành phân công").click()
    expect(page.locator("#notices")).to_contain_text("Đã ban hành phân công")


def test_split_merge_and_add_by_hand(site: Site) -> None:
    make.line(
        "Giao Sở Xây dựng rà soát các dự án chậm tiến độ; báo cáo Chủ tịch trước ngày 16/11/2026.", "2026-10-05 08:00"
    )
    page = site.visitor("vanthu")
    page.goto("/viec/")
    follow(page.locator("tbody a").first)
    cards = page.locator(".order[data-order]")
    expect(cards.first).to_be_visible()  # a count waits for nothing: the page must stand before it is counted
    before = cards.count()
    open_card(page)
    cards.first.get_by_role("button", name="Tách").click()
    expect(cards).to_have_count(before + 1)
    cards.nth(1).locator("summary").last.click()
    cards.nth(1).get_by_role("button", name="Gộp với nội dung ngay trước").click()
    expect(cards).to_have_count(before)
    page.get_by_text("Thêm nội dung giao việc bị sót").click()
    page.get_by_label("Đoạn văn").fill("rà soát các dự án chậm tiến độ")
    page.get_by_role("button", name="Thêm", exact=True).click()
    expect(cards).to_have_count(before + 1)


def open_card(page) -> None:
    page.locator(".order[data-order]").first.locator("summary").last.click()


def test_by_keyboard(site: Site) -> None:
    make.issued(when="2026-10-05 08:00")
    page = site.visitor("gdsxd")
    page.keyboard.press("/")
    expect(page.locator("#tim")).to_be_focused()
    page.locator("main").focus()
    page.keyboard.press("j")
    expect(page.locator("[data-row] a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("giải ngân")
    page.locator("main").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hướng dẫn")


def test_in_the_dark(site: Site) -> None:
    (duty,) = make.issued(when="2026-10-05 08:00")
    make.line("Giao Sở Tài chính báo cáo trước ngày 20/11/2026.", "2026-10-05 09:00")
    page = site.visitor("gdsxd", color_scheme="dark")
    for path in ("/viec/", f"/viec/{duty.public_id}/", "/don-vi/", "/huong-dan/"):
        page.goto(path)
        scan(page, f"dark {path}")
    clerk = site.visitor("vanthu", color_scheme="dark")
    follow(clerk.locator("tbody a").first)
    scan(clerk, "dark review")


def test_in_english(site: Site) -> None:
    page = site.visitor("gdsxd")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My duties")
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_clock_explains_itself(site: Site) -> None:
    (duty,) = make.issued(when="2026-10-05 08:00")
    page = site.visitor("gdsxd")
    page.goto(f"/viec/{duty.public_id}/")
    page.get_by_text("Vì sao hạn là hết").click()
    expect(page.locator("#cach-tinh ol li").first).to_be_visible()
    page.get_by_role("link", name="Xem trong văn bản").click()
    expect(page.locator("mark:target")).to_contain_text("báo cáo tiến độ")


@pytest.mark.parametrize("login", [None, "gdsxd"])
def test_the_first_page_is_light(site: Site, login: str | None) -> None:
    """Measured as a province serves it: static files by brotli, pages by gzip."""
    make.issued(when="2026-10-05 08:00")
    page = site.visitor(login)
    if login is None:
        page.goto("/dang-nhap/")
    page.wait_for_load_state("networkidle")
    names = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    bodies = {name: page.context.request.get(name).body() for name in {page.url, *names}}
    weights = {
        urlsplit(name).path: len(
            body if name.endswith("woff2") else brotli.compress(body) if "/static/" in name else gzip.compress(body)
        )
        for name, body in bodies.items()
    }
    assert sum(weights.values()) <= FIRST_PAGE_BYTES, weights
