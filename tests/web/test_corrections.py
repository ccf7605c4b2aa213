"""The page on where the reader errs: each number opens to its examples; it is not for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from tests import make

from kycuong.models import Officer
from services.test_export_corrections import ORPHAN, reviewed
from web.visit import PHONE, scan

if TYPE_CHECKING:
    from web.visit import Site


def browser_of(login: str) -> Client:
    client = Client()
    client.force_login(Officer.objects.get(login=login), "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.django_db
def test_a_number_opens_to_what_was_corrected() -> None:
    make.province()
    reviewed()
    page = browser_of("vanthu").get(reverse("corrections"), {"loi": "missed"}).content.decode()
    assert ORPHAN in page
    assert "Ví dụ: Bỏ sót" in page
    page = browser_of("vanthu").get(reverse("corrections"), {"loi": "deadline"}).content.decode()
    assert "trước ngày 20/11/2026" in page
    assert "trước ngày 23/11/2026" in page


@pytest.mark.django_db
def test_the_page_is_not_for_everybody_and_teaches_when_empty() -> None:
    make.province()
    assert browser_of("gdsxd").get(reverse("corrections")).status_code == 404
    assert "Chưa có văn bản nào được ban hành" in browser_of("theodoi").get(reverse("corrections")).content.decode()


@pytest.mark.browser
def test_the_page_is_readable_by_everyone(site: Site) -> None:
    reviewed()
    page = site.visitor("vanthu")
    page.goto(reverse("corrections"))
    scan(page, "corrections")
    page.set_viewport_size(PHONE)
    scan(page, "corrections on a phone")
