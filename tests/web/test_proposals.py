"""The forms that propose and decide work for everyone: without JavaScript, on a phone, read aloud."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests import make

from kycuong.models import Duty
from kycuong.services import proposals
from web.visit import Site, scan

pytestmark = [pytest.mark.browser]


def test_an_extension_is_asked_for_and_given_without_javascript(site: Site) -> None:
    (duty,) = make.issued(when="2026-10-05 08:00")
    head = site.visitor("gdsxd", java_script_enabled=False)
    head.goto(f"/viec/{duty.public_id}/")
    head.get_by_text("Xin gia hạn", exact=True).click()
    form = head.locator("details[open]")
    form.get_by_label("Xin gia hạn đến hết ngày").fill("30/11/2026")
    form.get_by_label("Kết quả đã thực hiện đến nay").fill("Đã có số liệu 12/15 dự án")
    form.get_by_label("Lý do").fill("Ba chủ đầu tư chưa gửi số liệu")
    form.get_by_role("button", name="Gửi người giao việc").click()
    expect(head.locator(".duty-title + p")).to_contain_text("Đang xin gia hạn")

    chair = site.visitor("chutich", java_script_enabled=False)
    row = chair.locator("tr", has_text="Đề xuất gia hạn của Sở Xây dựng")
    row.get_by_role("link").first.click()
    expect(chair.get_by_label("Hạn mới: đến hết ngày")).to_have_value("30/11/2026")
    chair.get_by_role("button", name="Đồng ý", exact=True).click()
    expect(chair.locator(".duty-title + p")).to_contain_text("gia hạn 1 lần, thêm 15 ngày")
    expect(chair.locator(".duty-title + p")).to_contain_text("hạn ban đầu: hết Chủ nhật 15/11")
    duty.refresh_from_db()
    assert duty.due_at == make.at("2026-12-01 00:00")


def test_every_page_of_a_proposal_is_read_aloud_and_fits_a_phone(site: Site) -> None:
    (duty,) = make.issued(when="2026-10-05 08:00")
    head = site.phone("gdsxd")
    head.goto(f"/viec/{duty.public_id}/")
    for act in ("Xin gia hạn", "Trả lại: không thuộc thẩm quyền", "Nêu khó khăn, vướng mắc", "Đề xuất, kiến nghị"):
        head.locator("summary", has_text=act).click()
    scan(head, "proposing on a phone")
    for kind in ("obstacle", "suggestion"):
        proposals.propose(
            actor=make.who("gdsxd"), at=make.at("2026-10-06 08:00"), duty=duty.public_id, kind=kind, reason="Thiếu mặt bằng"
        )  # fmt: skip
    for page in (site.phone("chutich"), site.visitor("chutich")):
        scan(page, "the giver's desk")
        page.goto(f"/viec/{Duty.objects.filter(kind='proposal').latest('id').public_id}/")
        page.get_by_role("button", name="Không đồng ý").first.click()
        expect(page.get_by_role("alert")).to_contain_text("Chưa ghi nội dung trả lời")
        scan(page, "deciding refused")
    head.goto(f"/viec/{duty.public_id}/")
    scan(head, "proposed, on a phone")
