"""The mail server is away for a day: nothing is lost, each mail goes out once afterwards; the administrator sees it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import make
from tests.sink import Sink, free_port, listening, use

from kycuong import jobs
from kycuong.models import Mail, Officer
from kycuong.services import outreach
from stories.doors import Web

pytestmark = pytest.mark.django_db
MORNING = make.at("2026-11-16 07:30")


@pytest.fixture
def port(settings: Any) -> int:
    make.province()
    for login in ("gdsxd", "theodoi", "chutich", "chanhvp"):
        Officer.objects.filter(login=login).update(email=f"{login}@lamgiang.invalid", mail_choice="at_once")
    found = free_port()
    use(settings, found)
    for _ in range(3):
        make.issued()
    return found


def rounds(start: str, end: str) -> None:
    """Let the worker send four times an hour."""
    at = make.at(start)
    while at <= make.at(end):
        jobs.work_once(at)
        outreach.send(at=at, real=at)
        at += timedelta(minutes=15)


def test_nothing_is_lost_and_each_goes_out_once(port: int) -> None:
    jobs.catch_up(MORNING)
    rounds("2026-11-16 07:30", "2026-11-17 07:15")
    told = Mail.objects.count()
    assert told >= 7
    assert set(Mail.objects.values_list("state", flat=True)) == {"waiting"}
    sink = Sink()
    with listening(sink, port):
        rounds("2026-11-17 07:30", "2026-11-17 08:30")
    assert set(Mail.objects.values_list("state", flat=True)) == {"sent"}
    ids = Counter(str(mail["Message-ID"]) for mail in sink.mails)
    assert ids == Counter(Mail.objects.values_list("message_id", flat=True))
    assert set(ids.values()) == {1}
    assert len(sink.mails) > told  # the second morning's too
    first = sink.mails[0]
    assert first["Auto-Submitted"] == "auto-generated"
    text = first.get_body(("plain",))
    assert text is not None
    assert "Kính gửi đồng chí" in text.get_content()
    assert "https://kycuong.lamgiang.invalid/viec/" in text.get_content()


def test_one_address_that_is_refused_is_seen_and_sent_again_by_one_click(port: int) -> None:
    jobs.catch_up(MORNING)
    sink = Sink()
    sink.refused["gdsxd@lamgiang.invalid"] = "550 no such user"
    with listening(sink, port):
        outreach.send(at=MORNING, real=MORNING)
        assert set(sink.to()) == {"theodoi@lamgiang.invalid", "chutich@lamgiang.invalid"} & set(sink.to())
        assert sink.sessions == 1  # one connection a batch
        web = Web()
        admin = web.person("quantri", "2026-11-16 08:00")
        page = admin.get(reverse("mail_outbox"), {"loc": "failed"})
        assert "Máy chủ thư từ chối (mã 550)" in page.content.decode()
        sink.refused.clear()
        assert admin.post(reverse("retry_mail")).status_code == 302
        at = make.at("2026-11-16 08:01")
        outreach.send(at=at, real=at)
    assert not Mail.objects.exclude(state="sent").exists()
    assert Client().get(reverse("mail_outbox")).status_code == 302
    assert web.person("gdsxd", "2026-11-16 08:02").get(reverse("mail_outbox")).status_code == 403
