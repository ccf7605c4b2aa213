"""Two transactions that the database could not bring together: the second is asked to try again, and no fault is shown."""

from __future__ import annotations

import sqlite3

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from tests import make

from kycuong.models import Officer
from kycuong.services import notices


class _Deadlock(Exception):
    sqlstate = "40P01"


def _locked() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorname = "SQLITE_BUSY"
    return error


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cause", "status"), [(_Deadlock(), 409), (_locked(), 409), (Exception("no such table"), None)]
)
def test_a_collision_is_409_and_a_fault_stays_a_fault(
    cause: Exception, status: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.province()

    def collide(**_: object) -> None:
        raise OperationalError("x") from cause

    monkeypatch.setattr(notices, "mark_read", collide)
    browser = Client(raise_request_exception=False)
    browser.force_login(Officer.objects.get(login="vanthu"), "django.contrib.auth.backends.ModelBackend")
    answer = browser.post(reverse("read_all"))
    assert answer.status_code == (status or 500)
    assert ("Thực hiện lại sau ít giây" in answer.content.decode()) == (status == 409)
