"""The arbiter's page works for everyone: on a phone, read aloud; the ruling shows on the way of the matter."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests import make

from kycuong.models import Duty, Task
from services.test_transfers import hand_on, returned
from web.visit import Site, scan

pytestmark = [pytest.mark.browser]


def test_a_matter_that_nobody_takes_is_ruled_on_from_a_phone(site: Site) -> None:
    (first,) = make.issued(when="2026-10-05 08:00")
    second = hand_on(first, "gdsxd", "STC", "2026-10-05 09:00")
    last = hand_on(second, "gdstc", "X1", "2026-10-05 10:00")
    returned(last, "ctx1", "2026-10-06 07:30")
    office = site.phone("chanhvp")
    office.goto("/phan-xu/")
    scan(office, "arbitrations on a phone")
    office.get_by_role("link", name="Giao Sở Xây dựng chủ trì").first.click()
    office.get_by_role("button", name="Kết luận", exact=True).click()
    expect(office.get_by_role("alert")).to_contain_text("Chọn cơ quan có thẩm quyền")
    scan(office, "a ruling refused, on a phone")
    office.get_by_label("Cơ quan có thẩm quyền").select_option(label="Sở Tài chính")
    office.get_by_label("Vấn đề").fill("tiến độ giải ngân")
    office.get_by_label("Căn cứ").fill("Điều 2 QĐ 05/2025/QĐ-UBND")
    office.get_by_role("button", name="Kết luận", exact=True).click()
    expect(office.get_by_text("Đã kết luận")).to_be_visible()
    scan(office, "ruled, on a phone")
    now = Task.objects.get(replaces__duty=last).duty
    assert (now.holder_unit, now.due_at) == (make.unit("STC"), make.at("2026-11-21 00:00"))
    desk = site.visitor("gdstc")
    desk.goto(f"/viec/{now.public_id}/")
    expect(desk.locator("#duong-di")).to_contain_text("Sở Tài chính nhận việc này 2 lần")
    scan(desk, "the way of a matter")
    assert Duty.objects.filter(kind="arbitration", phase="open").count() == 0
