"""Who comes with a session is the person whom the acts know, at every instant, read in one question."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests import make

from kycuong.models import Appointment, Officer
from kycuong.queries import arrivals, clocks, scope
from kycuong.services import clocks as keeping
from kycuong.services import covers

NOW = make.at("2026-11-10 09:00")


def key(login: str) -> int:
    return Officer.objects.get(login=login).pk


def arrival(login: str) -> arrivals.Arrival:
    found = arrivals.arrive(key(login))
    assert found is not None
    return found[1]


@pytest.mark.parametrize("login", ["chutich", "gdsxd", "cvqldt", "theodoi", "quantri"])
def test_it_is_the_actor_of_the_acts(login: str) -> None:
    for at in (NOW, make.at("2001-01-01 08:00"), NOW + timedelta(days=4000)):
        assert arrival(login).actor(at) == scope.actor(key(login), at)


def test_a_post_counts_from_its_first_day_until_the_day_before_its_last() -> None:
    Appointment.objects.filter(officer__login="gdsxd").update(valid_until=NOW.date())
    for at in (NOW - timedelta(days=1), NOW):
        assert arrival("gdsxd").actor(at) == scope.actor(key("gdsxd"), at)
    assert not arrival("gdsxd").actor(NOW).hats


def test_a_substitute_has_the_covered_desks_while_the_cover_lasts() -> None:
    posts = [Appointment.objects.get(officer__login=login).post_id for login in ("gdsxd", "pgdsxd")]
    day = NOW.date()
    covers.plan(actor=make.who("gdsxd"), at=NOW, post=posts[0], substitute=posts[1], first=day, last=day)
    for at in (NOW, NOW + timedelta(hours=1), NOW + timedelta(days=1)):
        assert arrival("pgdsxd").actor(at) == scope.actor(key("pgdsxd"), at)
    assert arrival("pgdsxd").actor(NOW + timedelta(hours=1)).covers


def test_the_clock_stands_where_it_stands_for_everybody() -> None:
    make.issued()
    keeping.keep_mark(at=NOW + timedelta(minutes=5), real=NOW + timedelta(minutes=5))
    for real in (make.at(make.MONDAY) - timedelta(hours=1), NOW):
        assert arrival("gdsxd").instant(real) == clocks.now(real)


def test_who_is_stopped_does_not_come() -> None:
    Officer.objects.filter(login="gdsxd").update(is_active=False)
    assert arrivals.arrive(key("gdsxd")) is None
    assert Client().get("/viec/").status_code == 302
