"""Digital signatures by the pages: the verdict beside the file, its details, the certificates of the administrators."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests import make, signing

from kycuong import jobs
from kycuong.services import tasks
from web.visit import scan

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from web.visit import Site

pytestmark = [pytest.mark.browser]
#: Signed while the module loads: the browser's loop runs in a test, and the library wants one of its own.
TWICE = signing.sign(
    signing.sign(signing.blank(), signing.officer()),
    signing.issue("Ngô Xuân Trường", signing.root(), organisation="Sở Xây dựng"),
    field_name="ChuKy2",
)


def look(page: Page, name: str) -> None:
    """Keep a picture when somebody wants to look."""
    folder = os.environ.get("KYCUONG_LOOK")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_the_confirmer_sees_who_signed_once_the_root_is_trusted(site: Site, tmp_path: Path) -> None:
    (duty,) = make.issued(when="2026-10-01 08:00")
    tasks.send(
        actor=make.who("gdsxd"), at=make.at("2026-10-05 08:00"), duty=duty.public_id, file=("bao-cao-da-ky.pdf", TWICE)
    )
    office = site.visitor("theodoi")
    office.goto(f"/viec/{duty.public_id}/")
    expect(office.get_by_text("Đang kiểm tra chữ ký số").first).to_be_visible()
    jobs.check_signatures(threading.Event())
    office.reload()
    act = office.locator(".act-card")
    expect(act.get_by_text("Chữ ký số không kiểm tra được tin cậy")).to_be_visible()  # beside the button that confirms
    look(office, "signed-duty")
    act.get_by_role("link", name="Chữ ký số không kiểm tra được tin cậy").click()
    expect(office.get_by_role("heading", name="1. Chữ ký của Trần Thị Mai")).to_be_visible()
    expect(office.get_by_text("Chưa có chứng thư gốc tin cậy của bên cấp").first).to_be_visible()
    address = office.url
    scan(office, "untrusted")

    admin = site.visitor("quantri")
    admin.goto("/quan-tri/chung-thu-goc/")
    look(admin, "trust-empty")
    wrong, root = tmp_path / "nguoi-ky.cer", tmp_path / "goc.cer"
    wrong.write_bytes(signing.officer().der)
    root.write_bytes(signing.root().pem + signing.bridge().pem)
    admin.get_by_label("Tệp chứng thư").set_input_files(wrong)
    admin.get_by_role("button", name="Thêm chứng thư").click()
    expect(admin.get_by_role("alert")).to_contain_text("“Trần Thị Mai, Sở Tài chính tỉnh Giang Đông” không phải")
    admin.get_by_label("Tệp chứng thư").set_input_files(root)
    admin.get_by_role("button", name="Thêm chứng thư").click()
    expect(admin.get_by_text("Đã thêm 2 chứng thư.")).to_be_visible()
    expect(admin.get_by_text("Còn 1 tệp chờ kiểm tra.")).to_be_visible()
    scan(admin, "trust")
    look(admin, "trust")
    jobs.check_signatures(threading.Event())

    phone = site.phone("theodoi")
    phone.goto(address)
    expect(phone.locator(".signed-valid")).to_have_count(3)  # the file and both signatures
    expect(phone.get_by_text("Chỉ ký thêm hoặc điền biểu mẫu")).to_be_visible()
    scan(phone, "valid on a phone")
    look(phone, "signatures-phone")
    office.reload()
    look(office, "signatures")

    admin.get_by_role("button", name="Thôi tin cậy Tổ chức chứng thực thử nghiệm").click()
    expect(admin.get_by_text("Trung gian, chưa có chứng thư gốc")).to_be_visible()
    small = site.phone("quantri")
    small.goto("/quan-tri/chung-thu-goc/")
    scan(small, "trust on a phone")
    look(small, "trust-phone")
