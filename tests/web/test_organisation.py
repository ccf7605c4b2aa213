"""Home Affairs merges two communes with the pages: looks, drafts, previews, decides, and reads what became of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests import make

from web.visit import Site, follow, scan

pytestmark = [pytest.mark.browser]
WORK = "Giao Ủy ban nhân dân xã Khe Sim rà soát hộ nghèo, báo cáo trước ngày 30/11/2026."


def test_two_communes_are_merged_by_hand(site: Site) -> None:
    make.issued(WORK, "2026-10-05 08:00")
    page = site.visitor("gdsnv")
    page.goto("/to-chuc/")
    scan(page, "tree")
    page.get_by_label("Tên đơn vị, phòng").fill("khe sim")
    page.get_by_role("button", name="Xem", exact=True).click()
    page.get_by_role("link", name="Ủy ban nhân dân xã Khe Sim").click()
    page.get_by_text("Thay đổi đơn vị này").click()
    scan(page, "unit")
    page.get_by_role("link", name="Sáp nhập, hợp nhất").click()
    page.get_by_label("Số, ký hiệu quyết định").fill("88/QĐ-UBND")
    page.get_by_label("Ngày có hiệu lực").fill("06/10/2026")
    page.get_by_label("Lý do").fill("Sắp xếp đơn vị hành chính cấp xã")
    page.get_by_label("Đơn vị 2").fill("Ủy ban nhân dân phường Bến Ngự")
    page.get_by_label("Tên đơn vị mới").fill("Ủy ban nhân dân phường Sim Ngự")
    scan(page, "form")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("Cần xử lý trước khi duyệt")).to_be_visible()
    expect(page.get_by_role("button", name="Duyệt và thực hiện")).to_be_disabled()
    page.get_by_label("Người đứng đầu Ủy ban nhân dân phường Sim Ngự").fill("Lương Văn Thắng")
    follow(page.get_by_role("button", name="Lưu và tính lại"))
    scan(page, "draft")
    page.get_by_role("button", name="Duyệt và thực hiện").click()
    expect(page.get_by_text("1 nhiệm vụ chưa kết thúc trước bàn giao, 1 sau bàn giao")).to_be_visible()
    scan(page, "outcome")
    phone = site.phone("ctx1")
    phone.goto("/don-vi/")
    expect(phone.get_by_role("heading", name="Ủy ban nhân dân phường Sim Ngự")).to_be_visible()
    expect(phone.locator("main")).to_contain_text("rà soát hộ nghèo")
