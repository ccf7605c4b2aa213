"""The year's calendar and the form that changes it: without JavaScript, read aloud, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests import make

from kycuong.models import Duty
from web.visit import Site, scan

pytestmark = [pytest.mark.browser]


def test_a_day_off_is_seen_before_it_is_made_and_can_be_taken_back(site: Site) -> None:
    (duty,) = make.issued(when="2026-10-05 08:00")
    make.Road(duty).send("gdsxd", "2026-10-05 09:00")
    head = site.visitor("chanhvp", java_script_enabled=False)
    head.goto("/lich/")
    head.get_by_role("link", name="Thay đổi ngày nghỉ").click()
    head.get_by_label("Số, ký hiệu").fill("88/QĐ-UBND")
    head.get_by_label("Ngày ban hành").fill("06/10/2026")
    head.get_by_label("Cơ quan ban hành").fill("Chủ tịch UBND tỉnh")
    head.get_by_label("Các ngày nghỉ").fill("07/10/2026")
    head.get_by_role("button", name="Xem trước").click()
    expect(head.locator("#xem-truoc")).to_contain_text("1 thời hạn chuyển")
    head.get_by_label("Lý do thay đổi").fill("Bão số 9")
    head.get_by_role("button", name="Áp dụng, chuyển 1 thời hạn").click()
    expect(head.get_by_role("status")).to_contain_text("Đã thay đổi lịch làm việc")
    expect(head.locator("table")).to_contain_text("hết thứ Năm 8/10/2026")
    assert Duty.objects.get(parent=duty).due_at == make.at("2026-10-09 00:00")
    expect(head.get_by_role("link", name="Hoàn tác…")).to_be_visible()


def test_the_pages_are_read_aloud_and_fit_a_phone(site: Site) -> None:
    (duty,) = make.issued(when="2026-10-05 08:00")
    make.Road(duty).send("gdsxd", "2026-10-05 09:00")
    asked = "so=88/QĐ-UBND&ngay=06/10/2026&co-quan=UBND&nghi=07/10/2026&xem=1"
    for page in (site.visitor("chanhvp"), site.phone("chanhvp")):
        for address in (
            "/lich/",
            f"/lich/thay-doi/?{asked}",
            "/lich/gio-lam-viec/",
            "/lich/cac-lan-thay-doi/",
            "/lich/quy-dinh/",
        ):
            page.goto(address)
            scan(page, address)
