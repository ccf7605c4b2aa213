"""A kept file leaves as an attachment that can do nothing in a browser, and only to who may see it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests import make

from kycuong.models import DocumentFile, Officer
from kycuong.services import directives

pytestmark = pytest.mark.django_db
SANDBOX = "sandbox; default-src 'none'"


@pytest.fixture(autouse=True)
def _province(db: None, settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path
    make.province()


def visitor(login: str) -> Client:
    client = Client()
    client.force_login(Officer.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_file_leaves_powerless_and_only_to_who_may_see_it() -> None:
    document = directives.register_upload(
        actor=make.who("vanthu"), at=make.at(make.MONDAY), data=(make.SAMPLES / "chi-thi-12.docx").read_bytes(), name="chi-thi-12.docx"
    )  # fmt: skip
    kept = DocumentFile.objects.get(document__public_id=document)
    answer = visitor("vanthu").get(f"/tep/{kept.public_id}/")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="chi-thi-12.docx"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == SANDBOX
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert visitor("ctx1").get(f"/tep/{kept.public_id}/").status_code == 404
    assert Client().get(f"/tep/{kept.public_id}/").status_code == 302


def test_pages_have_a_strict_policy_and_are_not_cached() -> None:
    answer = visitor("vanthu").get("/viec/")
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "object-src 'none'" in policy
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_file_beyond_the_limit_is_refused_in_memory(settings: Any) -> None:
    settings.UPLOAD_LIMIT_MB = 0
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = visitor("vanthu").post("/van-ban/moi/", {"file": SimpleUploadedFile("lon.txt", b"x" * 2000)})
    assert answer.status_code == 422
    assert "lớn hơn 0 MB" in answer.content.decode()


def test_an_external_address_is_no_place_to_go_after_sign_in() -> None:
    answer = Client().post(
        "/dang-nhap/", {"username": "vanthu", "password": "mat-khau-dai-2026", "next": "https://xa-la.example/"}
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/viec/"
