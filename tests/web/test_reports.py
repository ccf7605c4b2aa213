"""The pages of reports in a real browser: readable by everyone, a unit writes and sends, Home Affairs merges by one click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from tests import make, reporting

from kycuong.models import ReportEdition
from kycuong.services import reports
from web.visit import PHONE, follow, scan

if TYPE_CHECKING:
    from web.visit import Site


@pytest.mark.browser
def test_a_unit_sends_and_home_affairs_merges(site: Site) -> None:
    document = reporting.issued()
    place = reporting.place(document, "X1")
    page = site.visitor("ctx1")
    page.goto(reverse("duty", args=[reporting.report_duty(document, "X1").public_id]))
    follow(page.get_by_role("link", name="Mở báo cáo"))
    scan(page, "report to be written")
    page.get_by_label("Nhận định của đơn vị").first.fill("Xã đã phân công từng việc.")
    page.get_by_role("button", name="Duyệt, gửi báo cáo").click()
    page.get_by_text("Đã gửi báo cáo; mọi số liệu đã chốt kèm chứng cứ.").wait_for()
    scan(page, "report that was sent")
    page.get_by_role("link", name="Chứng cứ số liệu").click()
    page.get_by_text("mọi số liệu như cũ").wait_for()
    scan(page, "proof")
    page.set_viewport_size(PHONE)
    scan(page, "proof on a phone")

    page = site.visitor("gdsnv")
    page.goto(reverse("collection", args=[place.key, place.slot]))
    scan(page, "collection")
    page.get_by_role("button", name="Tổng hợp báo cáo").click()
    page.get_by_text("Đã tổng hợp; số liệu của bản tổng hợp đã chốt.").wait_for()
    edition = ReportEdition.objects.get(report__unit__code="SNV")
    assert [row.part.report.unit.code for row in edition.parts.all()] == ["X1"]
    scan(page, "synthesis")
    page.set_viewport_size(PHONE)
    page.reload()  # a phone opens it folded, under a list of its sections
    expect(page.locator("details.part[open]")).to_have_count(0)
    page.get_by_role("navigation", name="Mục lục báo cáo").get_by_role("link").first.click()
    expect(page.locator("details.part[open]")).to_have_count(1)
    scan(page, "synthesis on a phone")
    page.goto(reverse("collection", args=[place.key, place.slot]))
    scan(page, "collection on a phone")
    page.goto(reverse("reports"))
    scan(page, "list on a phone")


@pytest.mark.browser
def test_the_page_of_today_says_what_moved(site: Site) -> None:
    document = reporting.issued()
    place = reporting.place(document, "X1")
    when = make.at("2026-11-05 09:00")
    reports.send(actor=make.who("ctx1"), at=when, place=place)
    edition = ReportEdition.objects.get()
    make.Road(reporting.task(document, "X1", "2")).send("ctx1", "2026-11-05 10:00")
    page = site.visitor("ctx1")
    page.goto(reverse("difference", args=[edition.public_id]))
    assert "Gửi báo cáo kết quả" in page.locator("main").inner_text()
    scan(page, "difference")
    page.goto(reverse("proof_rows", args=[edition.public_id, "NV-01"]))
    scan(page, "rows of a number")
