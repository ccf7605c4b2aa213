"""The administrator's pages for tables in and everything out: looked at, chosen, applied, downloaded; wide and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests import make

from kycuong import jobs
from kycuong.models import Duty
from services.test_take_over import ROWS, table
from web.visit import START, Site, scan

pytestmark = [pytest.mark.browser]


def test_old_tasks_come_in_and_everything_goes_out(site: Site, tmp_path: Path, settings: Any) -> None:
    settings.EXPORTS_DIR = tmp_path / "exports"
    odd = [("D1", *ROWS[0][1:6], "Sở Xây dựng và Giao thông", *ROWS[0][7:])]
    bad = ("E1", *ROWS[0][1:8], "31/02/2026", *ROWS[0][9:])
    file = tmp_path / "nhiem-vu.xlsx"
    file.write_bytes(table([ROWS[1], *odd, bad]))
    page = site.visitor("quantri")
    page.goto("/quan-tri/nhap-du-lieu/")
    scan(page, "tables")
    page.get_by_label("Tên hệ thống cũ").fill("Phần mềm theo dõi")
    page.get_by_label("Tệp nhiệm vụ").set_input_files(str(file))
    page.get_by_role("button", name="Kiểm tra tệp").nth(1).click()
    page.get_by_label("Sở Xây dựng và Giao thông").select_option(label="Sở Xây dựng")
    page.get_by_role("button", name="Lưu lựa chọn").click()
    page.get_by_text("“31/02/2026” không phải ngày").wait_for()
    scan(page, "a table")
    page.get_by_label("Lý do").fill("Đưa hệ thống vào sử dụng")
    page.get_by_label("Chỉ áp dụng các dòng đúng").check()
    page.get_by_role("button", name="Áp dụng").click()
    page.get_by_text("Đã tiếp nhận 2 nhiệm vụ").wait_for()
    assert Duty.objects.count() == 2
    with page.expect_download() as got:
        page.goto("/quan-tri/nhap-du-lieu/")
        page.get_by_role("link", name="Tải XLSX").click()
    assert got.value.suggested_filename.startswith("danh-muc-to-chuc-")
    page.goto("/quan-tri/xuat-du-lieu/")
    page.get_by_role("button", name="Lập bản xuất").click()
    page.get_by_role("link", name="Xem lại tiến độ").wait_for()
    jobs.take_over(make.at(START))
    page.reload()
    with page.expect_download() as got:
        page.get_by_role("link", name="Tải ZIP").click()
    assert got.value.suggested_filename == "kycuong-2026-10-06.zip"
    phone = site.phone("quantri")
    for address in ("/quan-tri/nhap-du-lieu/", "/quan-tri/xuat-du-lieu/"):
        phone.goto(address)
        scan(phone, address)
    head = site.visitor("gdstc")
    head.goto("/don-vi/")
    with head.expect_download() as got:
        head.get_by_role("link", name="Tải bảng theo dõi").click()
    assert got.value.suggested_filename.startswith("theo-doi-nhiem-vu-so-tai-chinh")
