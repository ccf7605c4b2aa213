"""What was read from a result document can be corrected by the unit while it waits for confirmation."""

from __future__ import annotations

from datetime import date

import pytest
from tests import make

from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible, TransitionNotAllowed
from kycuong.models import DutyEvent
from kycuong.services import tasks

AT = "2026-11-11 09:00"


@pytest.fixture
def road() -> make.Road:
    """A result that waits for confirmation."""
    (duty,) = make.issued()
    road = make.Road(duty)
    road.send("gdsxd", "2026-11-10 15:00")
    return road


def correct(login: str, road: make.Road, **given: object) -> None:
    values: dict[str, object] = {
        "number": "46", "symbol": "BC-SXD", "signed_on": date(2026, 11, 9), "signer": "Cao Viết Thịnh",
    }  # fmt: skip
    tasks.correct_result(actor=make.who(login), at=make.at(AT), duty=road.duty.public_id, **values | given)


@pytest.mark.parametrize("login", ["gdsxd", "pgdsxd"])
def test_the_unit_s_leaders_correct_it_and_the_clock_stays(road: make.Road, login: str) -> None:
    before = (road.duty.phase, road.duty.answered_at, road.duty.late_working_days, road.duty.due_at)
    correct(login, road)
    result = road.duty.task.results.get()
    assert (result.number, result.signed_on, result.signer) == ("46", date(2026, 11, 9), "Cao Viết Thịnh")
    assert result.sent_at == make.at("2026-11-10 15:00")
    duty = road.again()
    assert (duty.phase, duty.answered_at, duty.late_working_days, duty.due_at) == before
    assert DutyEvent.objects.get(duty=duty, act="correct_result").data["signed_on"] == "2026-11-09"


def test_only_the_attempt_that_waits_is_corrected(road: make.Road) -> None:
    road.send_back("theodoi", "2026-11-10 16:00")
    road.send("gdsxd", "2026-11-11 08:00")
    correct("gdsxd", road)
    assert list(road.duty.task.results.order_by("attempt").values_list("number", flat=True)) == ["45", "46"]


def test_a_signing_date_in_the_future_is_refused(road: make.Road) -> None:
    with make.refused(Invalid, "result_date_future"):
        correct("gdsxd", road, signed_on=date(2026, 11, 12))


def test_words_longer_than_the_register_holds_are_cut(road: make.Road) -> None:
    correct("gdsxd", road, number="4" * 50, symbol="S" * 100, signer="N" * 300)
    result = road.duty.task.results.get()
    assert (len(result.number), len(result.symbol), len(result.signer)) == (30, 60, 120)


@pytest.mark.parametrize(
    ("login", "kind", "code"),
    [
        ("theodoi", NotAllowed, "act_not_allowed"),
        ("chanhvp", NotAllowed, "act_not_allowed"),
        ("gdstc", NotAllowed, "act_not_allowed"),
        ("cvqldt", NotVisible, "duty_not_visible"),
    ],
)
def test_nobody_else_corrects_it(road: make.Road, login: str, kind: type[Exception], code: str) -> None:
    with make.refused(kind, code):
        correct(login, road)


def test_a_confirmed_result_is_not_corrected(road: make.Road) -> None:
    road.confirm("theodoi", "2026-11-10 16:00")
    with make.refused(TransitionNotAllowed, "move_not_possible"):
        correct("gdsxd", road)


def test_a_page_that_is_behind_is_refused(road: make.Road) -> None:
    with make.refused(Conflict, "moved_meanwhile"):
        correct("gdsxd", road, request=tasks.Request(seen=1))
