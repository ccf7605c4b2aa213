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
