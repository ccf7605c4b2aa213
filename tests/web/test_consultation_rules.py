"""The page of the rules of consulting: previewed and decided by hand, readable by everyone, on a desk and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from web.visit import Site, scan

pytestmark = pytest.mark.browser


def test_a_rule_is_previewed_and_decided(site: Site) -> None:
    page = site.visitor("quantri")
    page.goto("/lich/quy-dinh/lay-y-kien/")
    card = page.locator("#liability")
    card.locator("summary").click()
    card.get_by_label("UBND xã, phường, đặc khu").check()
    for label, value in (
        ("Có hiệu lực từ ngày", "01/12/2027"), ("Số, ký hiệu văn bản", "31/2026/QĐ-UBND"), ("Ngày ban hành", "05/10/2026"),
        ("Cơ quan ban hành", "UBND tỉnh"), ("Lý do thay đổi", "Quy chế mới"),
    ):  # fmt: skip
        card.get_by_label(label).fill(value)
    card.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", name="Quy định mới sẽ thay đổi")).to_be_visible()
    scan(page, "preview of a rule")
    card.get_by_role("button", name="Ban hành quy định").click()
    expect(page.get_by_text("31/2026/QĐ-UBND").first).to_be_visible()
    phone = site.phone("quantri")
    phone.goto("/lich/quy-dinh/lay-y-kien/")
    scan(phone, "rules on a phone")
