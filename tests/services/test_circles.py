"""Closed duties by the circles of seats from which they are seen: whoever sees single duties reads the plain count of them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests import make
from tests.services.test_tallies import Life, everything

from kycuong.core.boards import SEVEN, spread
from kycuong.core.duties import APART, standing
from kycuong.models import Duty, TallyCircle, TallyDuty, TallyMark, TallyView
from kycuong.queries import board, calendars, scope
from kycuong.services import circles, proposals, tallies

FILTERS = (
    board.Filter(), board.Filter(year=2026), board.Filter(year=2026, part="t11"), board.Filter(year=2026, part="q4"),
    board.Filter(year=2025), board.Filter(kind="confirmation"), board.Filter(kind="proposal", year=2026),
)  # fmt: skip
SINGLE = ("tpqldt", "cvqldt", "cvk")


class Hands(Life):
    """A life in which a department hands its tasks down to a division and its officers, and people move."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        make.division("KHTC", "SXD")
        make.join("tpk", "KHTC", "division_head")
        make.join("cvk", "KHTC", "officer")

    def act(self) -> None:
        """Hand a task on, or do one of the other things."""
        turn = self.random.random()
        duty = self.one(kind="task", phase="open", holder_unit__code="SXD") if turn < 0.4 else None
        if duty is None:
            super().act()
        else:
            lies = duty.holder_officer.login if duty.holder_officer else ""
            below = [login for login in ("tpqldt", "cvqldt", "tpk", "cvk") if login != lies]
            make.Road(duty).assign("gdsxd", self.random.choice(below), self.when())

    def finish(self) -> None:
        """Let the work of an officer come to its end."""
        self.issue(self.when())
        road = make.Road(Duty.objects.filter(kind="task", phase="open").latest("pk"))
        road.assign("gdsxd", self.random.choice(["cvqldt", "cvk"]), self.when())
        road.send("gdsxd", self.when())
        road.confirm("theodoi", self.when())

    def issue(self, when: str) -> None:
        """Issue an order to the department alone, most of the time."""
        self.n += 1
        make.issued(f"Giao Sở Xây dựng báo cáo tiến độ {self.n} trước ngày 10/11/2026.", when)


def plain(who: scope.Actor, wanted: board.Filter, at: datetime) -> tuple[Counter[str], Counter[int], Counter[int]]:
    """Count row by row in Python what the person sees: figures, days taken, days late."""
    figures, took, late = Counter[str](), Counter[int](), Counter[int]()
    calendar = calendars.current()
    for one in scope.visible_duties(who).filter(kind=wanted.kind):
        ended = one.closed_at + timedelta(hours=7) if one.closed_at else None
        if ended and wanted.year and (ended.year != wanted.year or (wanted.part == "t11" and ended.month != 11)):
            continue
        if not ended and wanted.year == 2025:
            continue
        figures[standing(
            phase=one.phase, due_at=one.due_at, late_working_days=one.late_working_days, at=at, calendar=calendar,
            outcome=one.outcome,
        ).state] += 1  # fmt: skip
        if ended and one.closed_at and one.outcome not in APART:
            took[((one.answered_at or one.closed_at) - one.opened_at).days] += 1
            late[one.late_working_days or 0] += 1
    late.pop(0, None)
    return figures, took, late


def _agree(at: datetime) -> Counter[str]:
    """Check every filter for everybody who sees single duties; return all that they saw."""
    seen = Counter[str]()
    for login in SINGLE:
        who = make.who(login, f"{at:%Y-%m-%d %H:%M}")
        for wanted in FILTERS:
            found = board.board(who, at, wanted)
            figures, took, late = plain(who, wanted, at)
            assert +Counter({name: found.total.figures.get(name, 0) for name in (*SEVEN, "apart")}) == figures
            assert (found.took, found.done_late) == (spread(took), spread(late))
            seen += figures
        for name in ("overdue", "awaiting", "done_on_time"):  # a figure opens to its rows
            there = board.rows(who, at, FILTERS[0], board.Figure(name), size=100)
            mine = plain(who, FILTERS[0], at)[0]
            assert (there.total, len(there.rows)) == (mine[name], mine[name])
    return seen


def test_the_board_of_who_sees_single_duties_is_the_plain_count_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "EVENTS", 9)
    monkeypatch.setattr(tallies, "DUTIES", 6)
    life = Hands(2)
    for turn in range(36):
        life.finish() if turn % 7 == 6 else life.act()
        if turn in {14, 29}:
            tallies.keep_up(steps=life.random.choice([1, 3, 20]))
        if turn == 22:
            _agree(life.at)
    tallies.keep_up()
    seen = _agree(life.at)
    assert seen["done_late"] or seen["done_on_time"], seen
    stood = _stood()
    tallies.rebuild()
    tallies.keep_up()
    assert _stood() == stood
    assert _agree(life.at) == seen


def _stood() -> Any:
    keys = dict(TallyCircle.objects.values_list("pk", "key"))
    seen = TallyView.objects.filter(n__gt=0).values_list("circle", "unit", "kind", "period", "outcome", "n")
    duties = {duty: keys.get(circle) for duty, circle in TallyDuty.objects.values_list("duty", "circle")}
    return sorted((keys[circle], *rest) for circle, *rest in seen), duties


def test_their_board_desks_trend_and_ages_are_the_same_from_the_tallies_and_from_the_rows() -> None:
    life = Hands(7)
    for turn in range(36):
        life.finish() if turn % 9 == 8 else life.act()
        if turn == 20:
            tallies.keep_up()
    at = life.at + timedelta(days=50)
    for who in (make.who("tpqldt"), make.who("cvk")):
        for wanted in (FILTERS[1], FILTERS[2], FILTERS[6]):
            halfway = everything(who, at, wanted)
            tallies.keep_up()
            assert everything(who, at, wanted) == halfway
            TallyMark.objects.all().delete()
            assert everything(who, at, wanted) == halfway
            tallies.rebuild()


def test_who_is_asked_about_a_closed_duty_sees_it_counted() -> None:
    """What hangs on a duty makes its holder see it: the circle of the duty follows without an event of its own."""
    (duty,) = make.issued("Giao Sở Xây dựng báo cáo tiến độ trước ngày 10/11/2026.")
    tallies.keep_up()
    proposals.propose(
        actor=make.who("gdsxd"), at=make.at("2026-11-09 09:00"), duty=duty.public_id, kind="return",
        reason="Không thuộc thẩm quyền", basis="Nghị định 1/2026/NĐ-CP",
    )  # fmt: skip
    asked = Duty.objects.get(kind="proposal")
    proposals.accept(actor=make.who("chutich"), at=make.at("2026-11-09 10:00"), duty=asked.public_id)
    tallies.keep_up()
    (key,) = TallyCircle.objects.filter(pk=TallyDuty.objects.get(duty=duty.pk).circle).values_list("key", flat=True)
    assert f"o{asked.holder_officer_id}" in key.split(",")


def test_a_duty_that_went_through_very_many_hands_has_a_circle_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(circles, "LONGEST", 4)
    (duty,) = make.issued("Giao Sở Xây dựng báo cáo tiến độ trước ngày 10/11/2026.")
    road = make.Road(duty)
    road.assign("gdsxd", "cvqldt", "2026-11-09 08:30")
    road.send("gdsxd", "2026-11-09 09:00")
    road.confirm("theodoi", "2026-11-09 10:00")
    tallies.keep_up()
    at = make.at("2026-11-10 08:00")
    assert TallyCircle.objects.filter(key=f"duty {duty.pk}").exists()
    for login in ("tpqldt", "cvqldt"):
        assert board.board(make.who(login), at, board.Filter(year=2026)).total.figures["done_on_time"] == 1
    cvk = make.join("cvk", "SXD", "officer")
    Duty.objects.filter(parent=duty).update(holder_officer=cvk)  # who is asked about it is another since
    TallyMark.objects.update(event=0)
    tallies.keep_up()
    assert board.board(make.who("cvk"), at, board.Filter(year=2026)).total.figures["done_on_time"] == 1
