"""Two transactions that the database could not bring together: the second is asked to try again, and no fault is shown."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from tests import make

from kycuong.models import DutyEvent, Officer
from kycuong.services import clocks, notices


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


@pytest.mark.django_db
def test_a_form_filled_in_otherwise_after_going_back_is_not_taken_for_done() -> None:
    make.province()
    clocks.start(at=make.at(make.MONDAY), real=datetime.now(UTC))
    (duty,) = make.issued()
    browser = Client()
    browser.force_login(Officer.objects.get(login="gdsxd"), "django.contrib.auth.backends.ModelBackend")
    page = browser.get(reverse("duty", args=[duty.public_id])).context
    hidden = {"act_seq": page["page"].act_seq, "request_id": page["request_id"]}
    address = reverse("duty_act", args=[duty.public_id, "giao"])

    first, again, otherwise = (
        browser.post(address, hidden | {"desk": make.desk(login)}) for login in ("tpqldt", "tpqldt", "cvqldt")
    )

    assert (first.status_code, again.status_code, otherwise.status_code) == (302, 302, 409)
    moved = DutyEvent.objects.get(duty=duty, act="assign")
    assert f"post:{moved.holder_post_to_id}" == make.desk("tpqldt")
