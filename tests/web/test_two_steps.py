"""The second step in a browser: registered and used on a phone, sessions ended without JavaScript, everything read aloud."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kycuong.core import second_factors as law
from kycuong.models import SecondFactor
from web.visit import Site, follow, scan, sign_in

pytestmark = [pytest.mark.browser]


def code(secret: str) -> str:
    return law.code_at(law.read(secret), law.step_of(datetime.now(UTC)))


def picture(page: Page, name: str) -> None:
    """Keep a picture where somebody asked for one, to look at."""
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_phone_is_registered_and_asked_for(site: Site, settings: Any) -> None:
    settings.SECOND_FACTOR = "policy"
    official = site.phone()
    sign_in(official, "quantri")
    expect(official).to_have_url(f"{site.url}/tai-khoan/hai-buoc/")
    scan(official, "the forced second step on a phone")
    picture(official, "factor-forced-phone")
    follow(official.get_by_role("link", name="Đăng ký điện thoại"))
    scan(official, "registering on a phone")
    picture(official, "register-phone")
    secret = official.locator("code.secret").inner_text()
    official.get_by_label("Mã xác thực", exact=True).fill(code(secret))
    official.get_by_role("button", name="Bật xác thực hai bước").click()
    expect(official.locator(".codes li")).to_have_count(law.RECOVERY_CODES)
    scan(official, "the recovery codes on a phone")
    picture(official, "codes-phone")
    SecondFactor.objects.update(last_step=0)

    office = site.visitor(java_script_enabled=False)
    sign_in(office, "quantri")
    picture(office, "code-desktop")
    office.get_by_label("Mã xác thực hoặc mã dự phòng").fill(code(secret))
    follow(office.get_by_role("button", name="Đăng nhập"))
    office.goto("/tai-khoan/phien/")
    picture(office, "sessions-desktop")
    office.get_by_role("button", name="Kết thúc mọi phiên khác").click()
    expect(office.locator("#notices")).to_contain_text("Đã kết thúc 1 phiên")
    official.goto("/tai-khoan/hai-buoc/")
    expect(official).to_have_url(f"{site.url}/dang-nhap/?next=/tai-khoan/hai-buoc/")
    for address, name in (
        ("/tai-khoan/hai-buoc/", "factor-desktop"),
        ("/quan-tri/xac-thuc-hai-buoc/", "rules-desktop"),
        ("/quan-tri/tai-khoan/", "accounts-desktop"),
        ("/tai-khoan/mat-khau/", "password-desktop"),
    ):
        office.goto(address)
        picture(office, name)


def test_the_pages_of_the_account_fit_a_phone(site: Site) -> None:
    site.visitor("quantri")
    page = site.phone("quantri")
    for address in ("/tai-khoan/phien/", "/tai-khoan/hai-buoc/", "/quan-tri/xac-thuc-hai-buoc/"):
        page.goto(address)
        scan(page, address)
        picture(page, "phone" + address.replace("/", "-"))


def test_the_journal_is_read_and_filtered_on_a_phone(site: Site) -> None:
    page = site.phone("gdsxd")
    page.goto("/viec/")
    page.goto("/tai-khoan/nhat-ky/")
    expect(page.locator("tbody tr")).to_have_count(1)
    scan(page, "the journal on a phone")
    picture(page, "journal-phone")
    page.get_by_label("Từ ngày").fill("31/02/2026")
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator("#loi")).to_contain_text("31/02/2026")
    page.goto("/tai-khoan/nhat-ky/?loai=lam-thay")
    expect(page.locator(".empty")).to_be_visible()
    office = site.visitor("gdsxd", java_script_enabled=False)
    office.goto("/tai-khoan/nhat-ky/")
    picture(office, "journal-desktop")
