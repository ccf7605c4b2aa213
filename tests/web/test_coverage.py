"""The coverage page in a real browser: readable by everyone, an orphan becomes an order by one click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect
from tests import make

from kycuong.models import Officer, Order
from web.visit import PHONE, scan

if TYPE_CHECKING:
    from web.visit import Site

ORPHAN = "Việc chậm giải ngân phải được khắc phục ngay trong quý IV."


@pytest.mark.browser
def test_one_click_makes_an_order_of_an_orphan(site: Site) -> None:
    document = make.upload(make.paper(orders=f"{ORPHAN}\n{make.TWO_ORDERS}"))
    page = site.visitor("vanthu")
    page.goto(reverse("coverage", args=[document.public_id]))
    scan(page, "coverage")
    page.get_by_role("link", name="Chỉ câu chưa có người nhận (1)").click()
    expect(page.locator(".coverage > li")).to_have_count(1)
    page.get_by_role("button", name="Đưa vào nội dung giao việc").click()
    page.get_by_text("Đã đưa câu này vào nội dung giao việc").wait_for()
    assert Order.objects.filter(document=document, text=ORPHAN, added=True).exists()
    page.set_viewport_size(PHONE)
    scan(page, "coverage on a phone")


@pytest.mark.django_db
def test_a_span_outside_the_text_is_refused_with_a_sentence() -> None:
    make.province()
    document = make.upload()
    client = Client()
    client.force_login(Officer.objects.get(login="vanthu"), "django.contrib.auth.backends.ModelBackend")
    before = Order.objects.count()
    page = client.post(reverse("mend_coverage", args=[document.public_id]), {"start": "5", "end": "999999"})
    assert page.status_code == 422
    assert "Đoạn được chọn không nằm trọn trong văn bản" in page.content.decode()
    assert Order.objects.count() == before
