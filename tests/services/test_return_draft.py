"""A draft is returned to the officer who prepared it, with what to complete."""

from __future__ import annotations

from datetime import date

import pytest
from tests import make

from kycuong.core.errors import Conflict, Invalid, NotAllowed
from kycuong.models import Appointment, Duty, DutyEvent
from kycuong.queries import duties
from kycuong.services import covers, tasks

FRIDAY = "2026-11-06 10:00"


@pytest.fixture
def road() -> make.Road:
    """A draft that an officer has submitted to the head of the division."""
    (found,) = make.issued()
    road = make.Road(found)
    road.assign("gdsxd", "tpqldt", "2026-11-03 08:00")
    road.assign("tpqldt", "cvqldt", "2026-11-03 09:00")
    road.submit("cvqldt", "2026-11-05 10:00")
    return road


def give_back(login: str, duty: Duty, note: str = "Thiếu số liệu tháng 10", **given: object) -> Duty:
    tasks.return_draft(actor=make.who(login), at=make.at(FRIDAY), duty=duty.public_id, note=note, **given)
    duty.refresh_from_db()
    return duty


def test_it_lies_on_the_officer_s_desk_again_with_the_reason(road: make.Road) -> None:
    assert give_back("tpqldt", road.duty).holder_officer.login == "cvqldt"
    assert DutyEvent.objects.get(duty=road.duty, act="return_draft").note.text == "Thiếu số liệu tháng 10"
    assert road.duty.phase == "open"


def test_from_the_head_of_the_unit_it_goes_to_the_officer_and_not_to_who_passed_it_on(road: make.Road) -> None:
    road.submit("tpqldt", "2026-11-05 14:00")
    assert give_back("gdsxd", road.duty).holder_officer.login == "cvqldt"


def test_what_a_substitute_drafted_goes_back_to_the_desk_where_it_was_drafted() -> None:
    (found,) = make.issued()
    road = make.Road(found)
    road.assign("gdsxd", "cvqldt", "2026-11-03 08:00")
    absent, head = (Appointment.objects.get(officer__login=login).post_id for login in ("cvqldt", "tpqldt"))
    covers.plan(
        actor=make.who("gdsxd", "2026-11-03 09:00"), at=make.at("2026-11-03 09:00"), post=absent, substitute=head,
        first=date(2026, 11, 3), last=date(2026, 11, 5),
    )  # fmt: skip
    when = "2026-11-05 10:00"
    tasks.submit(actor=make.who("tpqldt", when), at=make.at(when), duty=road.duty.public_id)  # for the absent officer
    road.submit("tpqldt", "2026-11-05 14:00")
    assert give_back("gdsxd", road.duty).holder_officer.login == "cvqldt"


def test_it_is_the_same_attempt_when_submitted_again(road: make.Road) -> None:
    give_back("tpqldt", road.duty)
    road.submit("cvqldt", "2026-11-06 15:00")
    result = road.duty.task.results.get()
    assert (result.attempt, result.prepared_at) == (1, make.at("2026-11-06 15:00"))


def test_once_is_enough(road: make.Road) -> None:
    give_back("tpqldt", road.duty)
    with make.refused(NotAllowed, "act_not_allowed"):
        give_back("gdsxd", road.duty)


def test_the_officer_does_not_return_it_to_oneself(road: make.Road) -> None:
    road.assign("tpqldt", "cvqldt", "2026-11-05 11:00")  # given again instead of returned
    offered = duties.duty(make.who("cvqldt"), road.duty.public_id, make.at(FRIDAY)).acts
    assert "return_draft" not in [act.code for act in offered]
    with make.refused(NotAllowed, "act_not_allowed"):
        give_back("cvqldt", road.duty)


@pytest.mark.parametrize("note", ["", "  \n"])
def test_it_is_not_returned_without_a_reason(road: make.Road, note: str) -> None:
    with make.refused(Invalid, "note_missing"):
        give_back("tpqldt", road.duty, note)


@pytest.mark.parametrize("login", ["cvqldt", "theodoi", "chutich", "gdstc"])
def test_only_a_leader_over_the_draft_returns_it(road: make.Road, login: str) -> None:
    with make.refused(NotAllowed, "act_not_allowed"):
        give_back(login, road.duty)


def test_a_page_that_is_behind_is_refused(road: make.Road) -> None:
    with make.refused(Conflict, "moved_meanwhile"):
        give_back("tpqldt", road.duty, request=tasks.Request(seen=1))
