"""A document is linked by hand to another one of the register, named by its number and symbol."""

from __future__ import annotations

import pytest
from django.test import Client

import make
from kycuong.models import Document, DocumentLink, Officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(db: None) -> Client:
    make.province()
    client = Client()
    client.force_login(Officer.objects.get(login="vanthu"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_document_is_linked_by_number_and_symbol(clerk: Client) -> None:
    line = make.line()
    other = Document.objects.get(public_id=make.line("Giao Sở Tài chính báo cáo trước ngày 20/11/2026."))
    other.number, other.symbol = "7", "CT-UBND"
    other.save()
    page = clerk.post(f"/van-ban/{line}/lien-ket/", {"code": "7/ct-ubnd", "kind": "implements"})
    assert page.status_code == 302
    assert DocumentLink.objects.get().other == other
    assert "7/CT-UBND" in clerk.get(f"/van-ban/{line}/").content.decode()


def test_an_unknown_number_is_refused_with_a_sentence(clerk: Client) -> None:
    line = make.line()
    page = clerk.post(f"/van-ban/{line}/lien-ket/", {"code": "99/CT-UBND", "kind": "implements"})
    assert page.status_code == 422
    assert "Trong sổ chưa có văn bản số 99/CT-UBND" in page.content.decode()
    assert not DocumentLink.objects.exists()
