"""Who signs in, and who tries to, stands in the audit table, which those who audit read on their page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests import make

from kycuong.models import AuditEntry
from stories.doors import Web

pytestmark = pytest.mark.django_db


def sign_in(browser: Client, login: str, password: str) -> int:
    return browser.post(reverse("sign_in"), {"username": login, "password": password}).status_code


def test_signing_in_failing_and_signing_out() -> None:
    make.province()
    browser = Client()
    assert sign_in(browser, "gdsxd", "khong-dung-dau") == 422
    assert sign_in(browser, "gdsxd", "mat-khau-dai-2026") == 302
    assert browser.get(reverse("my_duties")).status_code == 200
    assert browser.post(reverse("sign_out")).status_code == 302
    assert browser.get(reverse("my_duties")).status_code == 302
    acts = AuditEntry.objects.filter(subject_kind="officer").order_by("id")
    assert [(row.act, row.actor.login if row.actor else "") for row in acts] == [
        ("sign_in_failed", ""), ("sign_in", "gdsxd"), ("sign_out", "gdsxd"),
    ]  # fmt: skip
    assert all("khong-dung" not in str(row.data) for row in acts)


@pytest.mark.parametrize(
    ("login", "may"), [("kiemtoan", True), ("quantri", True), ("gdsxd", False), ("chutich", False)]
)
def test_the_page_of_the_audit_is_for_those_who_audit(login: str, may: bool) -> None:
    make.province()
    web = Web()
    status = web.person(login, make.MONDAY).get(reverse("audit")).status_code
    assert status == 200 if may else status in {403, 404}
