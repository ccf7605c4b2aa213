"""The registry of competence in a browser: asked on a phone without JavaScript, read aloud, nothing wider than the window."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kycuong.models import Competence
from services.test_import_competence import GOOD, book
from stories.doors import Services
from web.visit import START, Site, scan

pytestmark = [pytest.mark.browser]


def test_the_registry_is_asked_on_a_phone(site: Site) -> None:
    run = Services().look("gdsnv", START, ("so.xlsx", book(GOOD)), "competence")
    Services().apply("gdsnv", START, run, "QĐ 9/QĐ-UBND")
    phone = site.visitor("ctx1", java_script_enabled=False)
    phone.goto("/to-chuc/")
    phone.get_by_role("link", name="Sổ thẩm quyền").click()
    phone.get_by_label("Vấn đề").fill("chủ trương")
    phone.get_by_label("Giá trị (nếu có)").fill("16 tỷ")
    phone.get_by_role("button", name="Xem ai có thẩm quyền").click()
    expect(phone.locator("main")).to_contain_text("Không được ký: giá trị vượt mức")
    key = Competence.objects.get(code="TQ-1").public_id
    keeper, small = site.visitor("gdsnv"), site.phone("gdsnv")
    for place in ("?van-de=DT.01&gia-tri=16+tỷ", "?muc=DT.01", f"{key}/", f"{key}/giao-lai/", "nhap/"):
        for page in (keeper, small):
            page.goto(f"/tham-quyen/{place}")
            scan(page, place)
