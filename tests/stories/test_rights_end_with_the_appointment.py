"""An appointment ends while its holder is signed in: from the next page on there is no desk; a token of the post ends too."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests import make

from kycuong.models import Appointment, Officer, Post, Session
from kycuong.queries import actors
from kycuong.services import feeds, tokens
from stories.doors import Web

pytestmark = pytest.mark.django_db
TUESDAY = "2026-11-03 08:00"


def test_the_next_request_has_no_desk() -> None:
    make.province()
    duty = make.issued()[0]
    web = Web()
    head = web.person("gdsxd", make.MONDAY)
    token = tokens.make(
        actor=None, at=make.at(make.MONDAY), system="Một cửa", login="gdsxd", rights=["duty:read"], days=30
    )
    feed = reverse("feed", args=[feeds.make_feed(actor=make.who("gdsxd"), at=make.at(make.MONDAY))])
    system = {"headers": {"Authorization": f"Bearer {token.text}"}}
    page = reverse("duty", args=[duty.public_id])
    assert head.get(page).status_code == 200
    assert duty.title[:40] in head.get(reverse("my_duties")).content.decode()
    assert Client().get("/api/v1/duties/mine", **system).status_code == 200
    assert Client().get(feed).status_code == 200

    make.vacate("gdsxd", TUESDAY)
    assert actors.may_act(Officer.objects.get(login="gdsxd").pk, make.at(make.MONDAY))
    same = web.person("gdsxd", TUESDAY)
    assert same is head
    assert Session.objects.filter(officer__login="gdsxd").count() == 1
    assert head.get(page).status_code == 404
    assert duty.title[:40] not in head.get(reverse("my_duties")).content.decode()
    answer = head.post(reverse("duty_act", args=[duty.public_id, "giao"]), {"desk": make.desk("pgdsxd")})
    assert answer.status_code == 404
    assert Client().get("/api/v1/duties/mine", **system).status_code == 401
    assert Client().get(feed).status_code == 404
    assert not actors.may_act(Officer.objects.get(login="gdsxd").pk, make.at(TUESDAY))

    post = Post.objects.get(code="SXD.1")
    successor = Officer.objects.get(login="pgdsxd")
    Appointment.objects.create(officer=successor, post=post, valid_from=make.at(TUESDAY).date())
    assert web.person("pgdsxd", TUESDAY).get(page).status_code == 200
    assert Client().get("/api/v1/duties/mine", **system).status_code == 401  # the token was the person's in the post


def test_who_is_stopped_acts_no_more() -> None:
    make.province()
    browser = Web().person("gdsxd", make.MONDAY)
    Officer.objects.filter(login="gdsxd").update(is_active=False)
    assert browser.get(reverse("my_duties")).status_code == 302
    assert not actors.may_act(Officer.objects.get(login="gdsxd").pk, make.at(make.MONDAY))
