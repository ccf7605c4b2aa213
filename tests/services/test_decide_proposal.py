"""The giver decides: the date moves or stays, the task is taken back or stays; nobody else decides, and nothing twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests import make

from kycuong import jobs
from kycuong.core.duties import State
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible, TransitionNotAllowed
from kycuong.models import Document, Duty, DutyEvent, Notice
from kycuong.queries import documents, duties
from kycuong.services import proposals
from kycuong.services.duties import RUNGS
from kycuong.services.requests import Request

DUE = make.at("2026-11-16 00:00")
ASKED = "2026-11-10 09:00"
LATER = "2026-11-11 09:00"
GIVEN: dict[str, dict[str, Any]] = {
    "extension": {"so_far": "Dự thảo lần 1", "wanted_on": date(2026, 11, 20)},
    "return": {"basis": "Quyết định 05/2025/QĐ-UBND"},
    "obstacle": {},
    "suggestion": {},
}


def asked(duty: Duty, kind: str, when: str = ASKED, **more: Any) -> Duty:
    """Propose by the unit's head and return the giver's duty."""
    proposals.propose(
        actor=make.who("gdsxd"), at=make.at(when), duty=duty.public_id, kind=kind, reason="Lý do",
        **GIVEN[kind] | more,
    )  # fmt: skip
    return Duty.objects.filter(parent=duty, kind="proposal").latest("id")


def decide(act: str, login: str, child: Duty, when: str = LATER, **given: Any) -> Duty:
    """Decide and return the task as it stands."""
    getattr(proposals, act)(actor=make.who(login), at=make.at(when), duty=child.public_id, **given)
    child.refresh_from_db()
    return Duty.objects.get(pk=child.parent_id)


@pytest.fixture
def duty() -> Duty:
    """A duty due at the end of 15/11/2026."""
    (found,) = make.issued()
    return found


def test_the_day_asked_for_is_given_when_nothing_else_is_said(duty: Duty) -> None:
    task = decide("accept", "chutich", asked(duty, "extension"))
    assert (task.due_at, task.original_due_at, task.clock_no) == (make.at("2026-11-21 00:00"), DUE, 2)
    assert (task.phase, task.holder_officer.login) == ("open", "gdsxd")
    event = DutyEvent.objects.get(duty=task, act="extend")
    assert [step["code"] for step in event.data["steps"]] == ["extended"]
    assert (event.due_to, event.actor.login, event.clock_no) == (task.due_at, "chutich", 2)


def test_the_giver_s_time_is_frozen_like_anyone_s(duty: Duty) -> None:
    child = asked(duty, "extension")
    decide("accept", "chutich", child, "2026-11-17 09:00")
    assert (child.phase, child.outcome, child.late_working_days) == ("closed", "accepted", 2)
    assert child.next_check_at is None


def test_the_rungs_of_a_moved_date_fire_anew_and_those_of_the_old_one_do_not(duty: Duty) -> None:
    jobs.catch_up(make.at("2026-11-11 08:00"))
    decide("accept", "chutich", asked(duty, "extension", "2026-11-11 09:00"), "2026-11-11 10:00")
    jobs.catch_up(make.at("2026-11-24 08:00"))
    fired = DutyEvent.objects.filter(duty=duty, rung__in=RUNGS).order_by("seq")
    assert list(fired.values_list("clock_no", "rung")) == [(1, "near"), (2, "near"), (2, "due"), (2, "overdue")]


def test_a_second_extension_adds_up(duty: Duty) -> None:
    decide("accept", "chutich", asked(duty, "extension"))
    again = asked(duty, "extension", "2026-11-12 09:00", wanted_on=date(2026, 11, 27))
    decide("accept", "phochutich", again, "2026-11-13 09:00")
    row = duties.duty(make.who("chutich"), duty.public_id, make.at("2026-11-13 10:00")).row
    assert (row.extended_times, row.extended_days) == (2, 12)


@pytest.mark.parametrize("given_on", [date(2026, 11, 15), date(2026, 11, 1)])
def test_an_extension_leads_to_a_later_day(duty: Duty, given_on: date) -> None:
    child = asked(duty, "extension")
    with make.refused(Invalid, "extension_not_later"):
        decide("accept", "chutich", child, given_on=given_on)


def test_a_date_that_turns_out_to_be_set_above_is_not_moved(duty: Duty) -> None:
    child = asked(duty, "extension")
    Document.objects.update(higher_level=True)
    with make.refused(Invalid, "extension_higher_level"):
        decide("accept", "chutich", child)


def test_a_returned_task_leaves_the_partition_and_is_counted_apart(duty: Duty) -> None:
    child, other = asked(duty, "return"), asked(duty, "obstacle")
    task = decide("accept", "chutich", child)
    assert (task.phase, task.outcome, task.next_check_at) == ("closed", "returned", None)
    assert task.late_working_days is None
    other.refresh_from_db()
    assert (other.outcome, other.proposal.outcome) == ("lapsed", "lapsed")
    chair, at = make.who("chutich"), make.at(LATER)
    row = duties.duty(chair, duty.public_id, at).row
    assert (row.state, row.outcome, row.days) == (State.APART, "returned", None)
    page = documents.document(chair, task.document.public_id, at)
    assert dict(page.counts) == {State.APART: 1}


def test_a_returned_periodic_task_ends_its_series() -> None:
    first, second = make.issued("Sở Xây dựng báo cáo kết quả trước ngày 20 hằng tháng.")
    decide("accept", "chutich", asked(first, "return"))
    second.refresh_from_db()
    assert second.outcome == "returned"
    jobs.catch_up(make.at("2027-03-01 08:00"))
    assert Duty.objects.filter(series=first.series).count() == 2


@pytest.mark.parametrize("kind", ["obstacle", "suggestion"])
def test_what_is_answered_in_words_pauses_nothing(duty: Duty, kind: str) -> None:
    child = asked(duty, kind)
    with make.refused(Invalid, "answer_missing"):
        decide("accept", "chutich", child)
    task = decide("accept", "chutich", child, note="Sở Tài chính cấp số liệu trước 13/11")
    assert (task.due_at, task.clock_no, task.phase) == (DUE, 1, "open")
    assert child.proposal.answer.text == "Sở Tài chính cấp số liệu trước 13/11"


@pytest.mark.parametrize("kind", list(GIVEN))
def test_a_refusal_says_why_and_changes_nothing_of_the_task(duty: Duty, kind: str) -> None:
    child = asked(duty, kind)
    with make.refused(Invalid, "answer_missing"):
        decide("refuse", "chutich", child, note=" ")
    task = decide("refuse", "chutich", child, note="Đúng chức năng của Sở")
    assert (task.due_at, task.clock_no, task.phase, task.outcome) == (DUE, 1, "open", None)
    assert (child.outcome, child.proposal.outcome) == ("refused", "refused")


def test_the_holder_and_the_proposer_hear_of_the_decision(duty: Duty) -> None:
    make.Road(duty).assign("gdsxd", "cvqldt", "2026-11-03 08:00")
    decide("refuse", "chutich", asked(duty, "extension"), note="Không")
    jobs.work_once(make.at(LATER))
    told = Notice.objects.filter(topic="settle").values_list("recipient__login", flat=True)
    assert sorted(told) == ["cvqldt", "gdsxd"]


def test_the_unit_takes_its_proposal_back_and_may_ask_anew(duty: Duty) -> None:
    child = asked(duty, "return")
    with make.refused(NotAllowed, "act_not_allowed"):
        decide("withdraw", "chutich", child)
    decide("withdraw", "pgdsxd", child)
    assert (child.outcome, child.proposal.outcome) == ("withdrawn", "withdrawn")
    assert duties.duty(make.who("gdsxd"), duty.public_id, make.at(LATER)).row.flags == ()
    assert asked(duty, "return", "2026-11-12 09:00").phase == "open"


@pytest.mark.parametrize(
    ("login", "kind", "code"),
    [
        ("gdsxd", NotAllowed, "act_not_allowed"),
        ("chanhvp", NotAllowed, "act_not_allowed"),  # who follows does not decide for the giver
        ("theodoi", NotAllowed, "act_not_allowed"),
        ("gdstc", NotVisible, "duty_not_visible"),
    ],
)
def test_only_the_giver_decides(duty: Duty, login: str, kind: type[Exception], code: str) -> None:
    child = asked(duty, "return")
    for act in ("accept", "refuse"):
        with make.refused(kind, code):
            decide(act, login, child, note="Đồng ý")


def test_nothing_is_decided_twice(duty: Duty) -> None:
    child = asked(duty, "extension")
    seen = child.act_seq
    decide("accept", "chutich", child)
    for act in ("accept", "refuse"):
        with make.refused(TransitionNotAllowed, "move_not_possible"):
            decide(act, "phochutich", child, note="Không")
    again = asked(duty, "obstacle", "2026-11-12 09:00")
    with make.refused(Conflict, "moved_meanwhile"):
        decide("refuse", "chutich", again, note="Không", request=Request(seen=seen + 1))


def test_a_return_is_not_agreed_to_once_the_result_was_sent(duty: Duty) -> None:
    child = asked(duty, "return")
    make.Road(duty).send("gdsxd", "2026-11-11 08:00")
    with make.refused(TransitionNotAllowed, "move_not_possible"):
        decide("accept", "chutich", child)
    assert decide("refuse", "chutich", child, note="Đã có kết quả").phase == "answered"
