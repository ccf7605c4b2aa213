"""The pages of accounts and passwords in a browser: without JavaScript from a given password to one's own, for everyone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kycuong.models import Officer
from web.visit import Site, follow, scan, sign_in

pytestmark = [pytest.mark.browser]
NEW = "ba con trau di cay"


def test_a_password_is_given_and_changed_on_a_phone(site: Site) -> None:
    Officer.objects.filter(login__in=["gdsxd", "ctx1"]).update(password="!")
    office = site.visitor("quantri", java_script_enabled=False)
    office.goto("/quan-tri/tai-khoan/?loc=new")
    office.get_by_role("link", name="Ngô Xuân Trường").click()
    follow(office.get_by_role("button", name="Cấp mật khẩu"))
    given = office.locator("code").inner_text()
    official = site.phone()
    sign_in(official, "gdsxd", given)
    official.goto("/van-ban/")
    expect(official).to_have_url(f"{site.url}/tai-khoan/mat-khau/")
    scan(official, "the forced change on a phone")
    official.get_by_label("Mật khẩu được cấp").fill(given)
    official.get_by_label("Mật khẩu mới", exact=True).fill(NEW)
    official.get_by_label("Nhập lại mật khẩu mới").fill(NEW)
    official.get_by_role("button", name="Đổi mật khẩu").click()
    expect(official.locator("#notices")).to_contain_text("Đã đổi mật khẩu")
    official.goto("/tai-khoan/mat-khau/")
    scan(official, "one's own password on a phone")


def test_the_pages_are_read_aloud_and_fit_a_phone(site: Site) -> None:
    Officer.objects.filter(login="ctx1").update(password="!")
    key = Officer.objects.get(login="gdsxd").pk
    for page in (site.visitor("quantri"), site.phone("quantri")):
        page.goto("/quan-tri/tai-khoan/?ten=luong")
        expect(page.locator("main")).to_contain_text("Chưa có mật khẩu")
        scan(page, "accounts")
        page.goto(f"/quan-tri/tai-khoan/{key}/")
        page.get_by_role("button", name="Cấp mật khẩu").click()
        expect(page.locator("code")).to_be_visible()
        scan(page, "one account with a password given")
