"""The pages of reminding: a rung is changed without JavaScript; every page is read aloud and fits a phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect
from tests import make

from kycuong.models import Mail, Officer
from web.visit import Site, move_clock, scan

pytestmark = [pytest.mark.browser]


def test_a_rung_is_changed_and_its_history_read(site: Site) -> None:
    page = site.visitor("chanhvp", java_script_enabled=False)
    page.goto("/thang-nhac-viec/")
    card = page.locator("#overdue")
    card.locator("summary").nth(1).click()
    card.get_by_label("Sau mấy ngày làm việc").first.fill("4")
    card.get_by_label("Chánh Văn phòng").nth(1).check()
    card.get_by_label("Số, ký hiệu văn bản quyết định").nth(1).fill("15/QĐ-UBND")
    card.get_by_label("Lý do").nth(1).fill("Quy chế nhắc việc của tỉnh")
    card.get_by_role("button", name="Lưu điều chỉnh").click()
    expect(page.locator("#overdue")).to_contain_text("Quá hạn 4 ngày làm việc")
    expect(page.locator("#overdue")).to_contain_text("15/QĐ-UBND")


def test_every_page_is_read_aloud_and_fits_a_phone(site: Site, settings: Any) -> None:
    make.issued(when="2026-10-05 08:00")
    (waits,) = make.issued(make.LINE.replace("16/11", "09/10"), when="2026-10-05 08:00")
    make.Road(waits).send("gdsxd", "2026-10-05 09:00")
    move_clock("2026-10-07 08:00")
    head = Officer.objects.get(login="gdsxd")
    for number, state in enumerate(("waiting", "failed")):
        at = make.at("2026-10-07 08:00")
        Mail.objects.create(
            recipient=head, kind="digest", message_id=f"<{number}@x>", subject="x", made_at=at, next_try_at=at, state=state,
            error_code="smtp_550" if number else "", attempt=2,
        )  # fmt: skip
    office, official = site.visitor("quantri"), site.phone("gdsxd")
    for address in ("/thang-nhac-viec/", "/ngay-mai-nhac-ai/", "/nhan-nhac-viec/", "/hop-thu-di/"):
        office.goto(address)
        scan(office, address)
    office.goto("/thang-nhac-viec/")
    office.locator("#not_read summary").first.click()
    scan(office, "a rung's form")
    for address in ("/thang-nhac-viec/", "/ngay-mai-nhac-ai/?ngay=08/10/2026", "/nhan-nhac-viec/"):
        official.goto(address)
        scan(official, f"{address} on a phone")
    phone = site.phone("quantri")
    phone.goto("/hop-thu-di/")
    scan(phone, "the outbox on a phone")
