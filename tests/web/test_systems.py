"""Connected systems: a token is given, shown once, revoked; a receiver of events is added; the API explains itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kycuong.models import Subscription, SystemToken
from web.visit import follow, scan, sign_in

if TYPE_CHECKING:
    from web.visit import Site

pytestmark = [pytest.mark.browser]


def test_the_administrator_connects_a_system(site: Site) -> None:
    page = site.visitor("quantri")
    page.goto("/quan-tri/he-thong-ket-noi/")
    page.get_by_text("Chưa có hệ thống nào kết nối").wait_for()
    page.get_by_label("Tên hệ thống").fill("Trục liên thông văn bản")
    page.get_by_label("Hành động thay").select_option(label="Ngô Xuân Trường, Giám đốc Sở Xây dựng, Sở Xây dựng")
    page.get_by_role("button", name="Cấp mã truy cập").click()
    page.get_by_role("alert").get_by_text("Chưa chọn quyền nào").wait_for()  # what was typed stands
    assert page.get_by_label("Tên hệ thống").input_value() == "Trục liên thông văn bản"
    page.get_by_label("Xem nhiệm vụ, đề xuất, thông báo").check()
    follow(page.get_by_role("button", name="Cấp mã truy cập"))
    told = page.locator("section.alert code").inner_text()
    scan(page, "tokens")
    asked = page.request.get("/api/v1/me", headers={"Authorization": f"Bearer {told}"})
    assert asked.json()["posts"] == ["Giám đốc Sở Xây dựng, Sở Xây dựng"]

    page.get_by_role("button", name="Thu hồi mã của Trục liên thông văn bản").click()
    page.get_by_text("Đã thu hồi mã truy cập").wait_for()
    assert told not in page.content()
    assert SystemToken.objects.get().revoked_at is not None

    page.get_by_role("link", name="Gửi sự kiện (webhook)").click()
    page.get_by_label("Tên hệ thống").fill("Kho dữ liệu")
    page.get_by_label("Địa chỉ nhận (https)").fill("https://nhan.example/su-kien")
    page.get_by_label("Nhận theo phạm vi của").select_option(
        label="Đỗ Quang Thuận, Chánh Văn phòng, Văn phòng Ủy ban nhân dân tỉnh"
    )
    follow(page.get_by_role("button", name="Thêm nơi nhận"))
    assert page.locator("section.alert code").inner_text().startswith("whsec_")
    scan(page, "hooks")
    page.get_by_role("link", name="Kho dữ liệu").click()
    page.get_by_role("button", name="Tạm dừng").click()
    page.get_by_role("button", name="Gửi tiếp").wait_for()
    assert Subscription.objects.get().paused_code == "by_hand"
    scan(page, "hook")

    page.goto("/api/")
    page.get_by_text("POST /api/v1/duties/{public_id}/assign").click()
    scan(page, "reference")

    phone = site.phone()
    sign_in(phone, "gdsxd")
    phone.goto("/lich-viec/")
    phone.get_by_role("button", name="Lập địa chỉ lịch").click()
    phone.get_by_text(".ics").first.wait_for()
    scan(phone, "feed")
