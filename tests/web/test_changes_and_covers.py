"""The giver replaces a task and somebody away hands her desk on, by hand, on a desktop and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests import make

from web.visit import Site, follow, scan

pytestmark = [pytest.mark.browser]


def test_the_giver_replaces_a_task_and_an_officer_hands_her_desk_on(site: Site) -> None:
    (duty,) = make.issued(when="2026-10-05 08:00")
    make.Road(duty).assign("gdsxd", "cvqldt", "2026-10-05 09:00")
    chair = site.visitor("chutich")
    chair.goto(f"/viec/{duty.public_id}/")
    follow(chair.get_by_role("link", name="Giao nhiệm vụ thay thế"))
    scan(chair, "replace")
    chair.get_by_label("Đơn vị chủ trì").select_option(label="Sở Tài chính")
    chair.get_by_label("Thời hạn: đến hết ngày").fill("30/11/2026")
    chair.get_by_label("Căn cứ").fill("Thông báo 30/TB-UBND")
    chair.get_by_label("Lý do").fill("Phân công lại")
    chair.get_by_role("button", name="Giao nhiệm vụ thay thế").click()
    expect(chair.get_by_text("Nhiệm vụ này thay thế nhiệm vụ đã giao Sở Xây dựng.")).to_be_visible()
    chair.get_by_role("link", name="Mở nhiệm vụ trước").click()
    expect(chair.get_by_text("Đã thay thế, không tính")).to_be_visible()
    scan(chair, "a replaced task")
    phone = site.phone("cvqldt")
    phone.goto("/xu-ly-thay/")
    phone.get_by_label("Người xử lý thay").select_option(label="Mạc Đình Chi, Trưởng phòng, Phòng Quản lý đô thị")
    phone.get_by_label("Từ ngày").fill("07/10/2026")
    phone.get_by_label("Đến hết ngày").fill("09/10/2026")
    phone.get_by_role("button", name="Đăng ký xử lý thay").click()
    expect(phone.get_by_text("Sắp tới")).to_be_visible()
    scan(phone, "covers")
