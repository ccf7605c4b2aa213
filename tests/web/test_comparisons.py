"""Comparison and burden in a real browser: readable by everyone, corrected by a click, told beside the button that issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from tests import families, make

from kycuong.models import MatchCorrection, Officer
from web.visit import PHONE, scan

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from web.visit import Site

AGAIN = "1. UBND các xã, phường gửi báo cáo số vụ đuối nước trên địa bàn trước ngày 25 hằng tháng."


@pytest.mark.browser
def test_a_match_is_corrected_by_hand_on_a_desk_and_read_on_a_phone(site: Site) -> None:
    above, _ = families.linked()
    address = reverse("comparison", args=[above.public_id])
    page = site.visitor("vanthu")
    page.goto(address)
    scan(page, "comparison")
    page.get_by_role("link", name="Không có 1").click()
    page.get_by_text("Sửa kết quả đối chiếu").click()
    page.get_by_label("Giữ nguyên", exact=True).check()
    page.get_by_label("Bảo đảm bến đò ngang có áo phao.").check()
    page.get_by_role("button", name="Lưu kết quả").click()
    page.get_by_text("Đã lưu ý kiến").wait_for()
    assert MatchCorrection.objects.get().status == "carried"
    page.set_viewport_size(PHONE)
    for tab in ("", "?xem=don-vi", "?xem=so-do"):
        page.goto(f"{address}{tab}")
        scan(page, f"comparison{tab} on a phone")


@pytest.mark.browser
def test_the_burden_is_told_beside_the_button_without_a_click(site: Site) -> None:
    families_of_reports()
    page = site.visitor("vanthu")
    page.goto(reverse("review", args=[make.upload(make.paper(code="52/CT-UBND", orders=AGAIN)).public_id]))
    page.get_by_role("button", name="Có giao việc").click()
    page.get_by_text("1 báo cáo có thể gộp").click()
    _told(page)
    scan(page, "review with burden")
    page.set_viewport_size(PHONE)
    scan(page, "review with burden on a phone")


def families_of_reports() -> None:
    """Issue a directive that asks the same report already."""
    make.issued(AGAIN.removeprefix("1. "))


def _told(page: Page) -> None:
    page.get_by_text("Đề xuất: gộp thành một báo cáo").wait_for()
    assert page.get_by_role("button", name="Ban hành phân công").is_enabled()


@pytest.mark.django_db
def test_the_burden_has_a_page_of_its_own_without_javascript() -> None:
    make.province()
    families_of_reports()
    made = make.upload(make.paper(code="52/CT-UBND", orders=AGAIN))
    client = Client()
    client.force_login(Officer.objects.get(login="vanthu"), "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("burden", args=[made.public_id]), {"report_rrule": "FREQ=MONTHLY"})
    assert "Có thể gộp báo cáo" in page.content.decode()
    client.force_login(Officer.objects.get(login="ctx1"), "django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("burden", args=[made.public_id])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"so": "99/CT-UBND"}, "Trong sổ chưa có văn bản số 99/CT-UBND"),
        ({"so": "21/CT-UBND"}, "Hai văn bản trùng nhau"),
    ],
)
def test_a_document_that_cannot_be_compared_is_refused_with_a_sentence(values: dict[str, str], said: str) -> None:
    make.province()
    above = families.directive()
    client = Client()
    client.force_login(Officer.objects.get(login="vanthu"), "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("comparison", args=[above.public_id]), values)
    assert page.status_code == 422
    assert said in page.content.decode()
