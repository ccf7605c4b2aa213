"""What no column takes is answered as a request that cannot be read, never as a fault of ours."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests import make

from kycuong.models import Document, Officer


@pytest.mark.django_db(transaction=True)
def test_a_character_that_the_database_does_not_take_is_refused_in_a_sentence() -> None:
    make.province()
    client = Client(raise_request_exception=False)
    client.force_login(Officer.objects.get(login="chutich"))
    answer = client.post(reverse("give"), {"unit": str(make.unit("SXD").pk), "text": "Báo cáo\x00 ngay"})
    if connection.vendor == "postgresql":
        assert (answer.status_code, Document.objects.count()) == (422, 0)
        assert "không đọc được" in answer.content.decode()
    else:
        assert answer.status_code == 302  # SQLite takes every character


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["den=9999-12-31", "den=31/12/9999", "den=0001-01-05"])
@pytest.mark.parametrize("name", ["signs", "giver_signals", "own_process"])
def test_a_day_of_no_calendar_is_said_on_the_page(name: str, asked: str) -> None:
    make.province()
    client = Client()
    client.force_login(Officer.objects.get(login="chanhvp"))
    home = reverse(name)
    page = client.get(home).headers.get("Location", home)
    answer = client.get(f"{page}?{asked}")
    assert (answer.status_code, "không có trong lịch" in answer.content.decode()) == (422, True)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["consultations", "dissents", "votings", "board", "chase"])
def test_a_page_that_no_list_has_is_an_empty_one(name: str) -> None:
    make.province()
    client = Client()
    client.force_login(Officer.objects.get(login="chanhvp"))
    assert client.get(reverse(name), {"trang": "9" * 18}).status_code == 200
