"""Single sign-on in a real browser, under the content security policy; the provider ends a session and ours ends with it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests import provider

from kycuong.models import AuditEntry, Identity, Session
from web.visit import Site, scan

pytestmark = [pytest.mark.browser]


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def through(page: Page, name: str) -> None:
    """Sign in at the provider and consent."""
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill("x")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()


def test_there_and_back_in_a_browser(site: Site, settings: Any, provider_package: Path) -> None:
    with provider.serve(provider_package, site.url) as issuer:
        settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = issuer, "kycuong", provider.SECRET
        rules = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": rules | {"form-action": [*rules["form-action"], issuer]}}
        page = site.phone()
        page.goto("/van-ban/")
        scan(page, "the sign-in page with a provider")
        picture(page, "sign-in-provider-phone")
        page.get_by_role("button", name="Đăng nhập một lần").click()
        through(page, "gdsxd")
        expect(page).to_have_url(f"{site.url}/van-ban/")
        page.goto("/tai-khoan/lien-ket/")
        scan(page, "the link on a phone")
        picture(page, "identity-phone")
        stranger = site.visitor()
        stranger.goto("/dang-nhap/")
        picture(stranger, "sign-in-provider")
        stranger.get_by_role("button", name="Đăng nhập một lần").click()
        through(stranger, "nguoi.la")
        expect(stranger.locator("main")).to_contain_text("Chưa có tài khoản nào mang tên “nguoi.la”")
        scan(stranger, "nobody of ours")
        picture(stranger, "not-let-in")

        assert Session.objects.filter(way="provider").exclude(provider_session="").count() == 1
        page.goto(f"{issuer}/session/end")
        page.get_by_role("button", name="Yes").click()
        page.wait_for_load_state()
        page.goto("/viec/")
        expect(page).to_have_url(f"{site.url}/dang-nhap/?next=/viec/")
    assert AuditEntry.objects.filter(act="end_sessions", data__way="provider").count() == 1
    assert Identity.objects.get().officer.login == "gdsxd"
