"""Open duties by when they were given and from where they are seen: the same as row by row, whatever the job has counted."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from tests import make, organising
from tests.services.test_tallies import HEADS, Life, everything

from kycuong.models import Duty
from kycuong.queries import board, scope, unit_duties
from kycuong.queries.board import seats
from kycuong.services import tallies


def test_whoever_sees_single_duties_sees_the_same_from_the_tallies_and_from_the_scope() -> None:
    life = Life(13)
    for turn in range(44):
        life.act()
        if turn in {12, 30}:
            tallies.keep_up()
            _seen_alike(life.at)
    _seen_alike(life.at)
    tallies.keep_up()
    _seen_alike(life.at)


def _seen_alike(at: datetime) -> None:
    people = [make.who(login, f"{at:%Y-%m-%d %H:%M}") for login in (*HEADS.values(), "tpqldt", "cvqldt", "vanthu")]
    for who in people:
        open_now = scope.visible_duties(who).exclude(phase="closed")
        if (found := seats.seen(who)) is not None:
            assert set(found.duties()) == set(open_now), who.login
            late = open_now.filter(due_at__lte=at)
            assert found.some(Q(due_at__lte=at), 1_000) == sorted(late.values_list("pk", flat=True)), who.login
        page = unit_duties.of_unit(who, at, size=500)
        here = open_now.filter(holder_unit__public_id=page.unit_id)
        assert {row.public_id for row in page.rows} == set(here.values_list("public_id", flat=True)), who.login
        assert sum(page.counts.values()) == sum(desk.open for desk in page.desks) == here.count(), who.login
    assert any(seats.seen(who) for who in people)


def test_who_inherits_a_part_in_a_task_sees_it_from_the_tallies_too() -> None:
    make.issued(
        "Giao Sở Xây dựng chủ trì, phối hợp với Ủy ban nhân dân xã Khe Sim lập danh sách, hoàn thành trước ngày 25/11/2026."
    )
    tallies.keep_up()
    organising.decided(organising.merged("X2", "X1"))
    who = make.who("ctx2", organising.DAY)
    here = set(scope.visible_duties(who).exclude(phase="closed"))
    assert here
    for _ in range(2):
        found = seats.seen(who)
        assert found is not None
        assert set(found.duties()) == here
        tallies.keep_up()


def test_the_page_of_a_unit_is_the_same_from_the_tallies_and_from_the_rows() -> None:
    life = Life(17)
    for turn in range(40):
        life.act()
        if turn == 25:
            tallies.keep_up()
    at = life.at + timedelta(days=9)
    one = make.unit("SXD").public_id
    for who in (make.who("chutich"), make.who("gdsxd"), make.who("tpqldt"), make.who("cvqldt")):
        halfway = unit_duties.of_unit(who, at, unit=one)
        tallies.keep_up()
        assert unit_duties.of_unit(who, at, unit=one) == halfway
        tallies.rebuild()
        assert unit_duties.of_unit(who, at, unit=one) == halfway


def test_what_was_open_when_a_month_ended_is_the_same_from_the_tallies_and_from_the_rows() -> None:
    life = Life(19)
    for turn in range(50):
        life.act()
        if turn == 30:
            tallies.keep_up()
    late = life.at + timedelta(days=60)
    ended = [board.Filter(year=2026, part="t11"), board.Filter(year=2026, part="q4"), board.Filter(year=2025)]
    for who in (make.who("chutich"), make.who("gdsxd")):
        for wanted in ended:
            halfway = everything(who, late, wanted)
            tallies.keep_up()
            assert everything(who, late, wanted) == halfway
            tallies.rebuild()
            assert everything(who, late, wanted) == halfway


def test_the_bars_of_age_open_to_their_rows() -> None:
    life = Life(23)
    for n in range(20):
        life.act()
        if n > 14:
            life.issue(life.when())
    tallies.keep_up()
    life.issue(life.when())
    who, at = make.who("chutich"), life.at + timedelta(days=7)
    bars = board.ages(who, at, board.Filter())
    opened = [board.rows(who, at, board.Filter(), board.Figure("open", age=place)).total for place in range(len(bars))]
    assert [bar.n for bar in bars] == opened
    assert sum(bar.n for bar in bars) == Duty.objects.filter(kind="task").exclude(phase="closed").count() > 0
