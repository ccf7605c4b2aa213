"""A send-back runs the clock again, its end moved by the time that the result lay on the giver's side."""

from __future__ import annotations

import pytest
from tests import make

from kycuong import jobs
from kycuong.core.errors import Conflict, Invalid, NotAllowed, TransitionNotAllowed
from kycuong.models import Duty, DutyEvent
from kycuong.services import directives, tasks
from kycuong.services.duties import RUNGS

DUE = make.at("2026-11-16 00:00")


@pytest.fixture
def road() -> make.Road:
    """A duty due at the end of 15/11/2026, not yet sent."""
    (duty,) = make.issued()
    return make.Road(duty)


def rungs(duty: Duty) -> list[tuple[int, str]]:
    rows = DutyEvent.objects.filter(duty=duty, rung__in=RUNGS).order_by("seq")
    return list(rows.values_list("clock_no", "rung"))


def higher_level() -> Duty:
    """Return a duty whose date was set above the province."""
    document = make.line()
    clerk = make.who("vanthu")
    directives.correct_header(actor=clerk, at=make.at(make.MONDAY), document=document, issuer="Thủ tướng Chính phủ")
    directives.issue(actor=clerk, at=make.at(make.MONDAY), document=document)
    return Duty.objects.get(document__public_id=document)


@pytest.mark.parametrize(
    ("sent", "back", "due"),
    [
        ("2026-11-10 09:00", "2026-11-10 16:00", "2026-11-16 00:00"),  # within one day: nothing
        ("2026-11-10 15:00", "2026-11-12 09:00", "2026-11-18 00:00"),  # two working days after 15/11, a Sunday
        ("2026-11-05 15:00", "2026-11-09 09:00", "2026-11-18 00:00"),  # the days off between count for nobody
        ("2026-11-18 08:00", "2026-11-19 08:00", "2026-11-17 00:00"),  # late stays as late as it was
    ],
)
def test_the_end_moves_by_the_working_days_on_the_giver_s_side(road: make.Road, sent: str, back: str, due: str) -> None:
    road.send("gdsxd", sent)
    duty = road.send_back("theodoi", back)
    assert (duty.phase, duty.due_at, duty.original_due_at) == ("open", make.at(due), DUE)
    assert (duty.running_since, duty.answered_at, duty.late_working_days) == (make.at(back), None, None)
    assert duty.clock_no == (1 if make.at(due) == DUE else 2)


def test_the_event_explains_how_the_end_moved(road: make.Road) -> None:
    road.send("gdsxd", "2026-11-10 15:00")
    road.send_back("theodoi", "2026-11-12 09:00")
    event = DutyEvent.objects.get(duty=road.duty, act="send_back")
    assert [step["code"] for step in event.data["steps"]] == ["giver_time", "stop_days", "moved"]
    assert event.due_to == road.again().due_at
    assert event.note.text == "Chưa có số liệu quý III"


def test_a_date_set_above_the_province_never_moves() -> None:
    road = make.Road(higher_level())
    road.send("gdsxd", "2026-11-10 15:00")
    duty = road.send_back("theodoi", "2026-11-13 09:00")
    assert (duty.due_at, duty.clock_no) == (DUE, 1)
    steps = DutyEvent.objects.get(duty=duty, act="send_back").data["steps"]
    assert steps[-1]["code"] == "not_movable"


def test_it_lies_on_the_head_s_desk_and_the_next_attempt_counts_two(road: make.Road) -> None:
    road.assign("gdsxd", "tpqldt", "2026-11-03 08:00")
    road.send("gdsxd", "2026-11-10 15:00")
    assert road.send_back("theodoi", "2026-11-10 16:00").holder_officer.login == "gdsxd"
    road.send("gdsxd", "2026-11-11 09:00")
    assert list(road.duty.task.results.order_by("attempt").values_list("attempt", "verdict")) == [
        (1, "sent_back"),
        (2, ""),
    ]
    children = Duty.objects.filter(parent=road.duty).order_by("opened_at")
    assert [(row.phase, row.outcome) for row in children] == [("closed", "sent_back"), ("open", None)]


def test_it_never_lies_on_nobody_s_desk(road: make.Road) -> None:
    road.assign("gdsxd", "tpqldt", "2026-11-03 08:00")
    road.send("pgdsxd", "2026-11-10 15:00")
    make.vacate("gdsxd", "2026-11-11 00:00")
    assert road.send_back("theodoi", "2026-11-11 16:00").holder_officer is not None


def test_the_overdue_rung_missed_while_waiting_fires_once() -> None:
    road = make.Road(higher_level())
    road.send("gdsxd", "2026-11-13 15:00")  # the last working day before its end
    jobs.catch_up(make.at("2026-11-17 08:00"))
    assert rungs(road.duty) == [(1, "near"), (1, "due")][: len(rungs(road.duty))]  # the clock stood: none overdue
    fired = rungs(road.duty)
    road.send_back("theodoi", "2026-11-18 09:00")
    for moment in ("2026-11-18 09:00", "2026-11-18 09:05", "2026-11-19 07:30"):
        jobs.catch_up(make.at(moment))
    assert rungs(road.duty) == [*fired, (1, "overdue")]


def test_rungs_skipped_in_a_long_stop_do_not_come_after_the_overdue_one(road: make.Road) -> None:
    jobs.work_once(make.at("2026-11-17 08:00"))  # the worker stood still: only the highest rung fires
    assert rungs(road.duty) == [(1, "overdue")]
    road.send("gdsxd", "2026-11-17 09:00")
    road.send_back("theodoi", "2026-11-17 15:00")  # the same day: the same clock
    assert road.duty.next_check_at is None
    jobs.catch_up(make.at("2026-11-20 08:00"))
    assert rungs(road.duty) == [(1, "overdue")]


def test_a_moved_clock_has_rungs_of_its_own(road: make.Road) -> None:
    jobs.catch_up(make.at("2026-11-11 08:00"))
    road.send("gdsxd", "2026-11-11 09:00")
    road.send_back("theodoi", "2026-11-18 09:00")
    jobs.catch_up(make.at("2026-12-01 08:00"))
    assert rungs(road.duty) == [(1, "near"), (2, "due"), (2, "overdue")]


@pytest.mark.parametrize("note", ["", "   "])
def test_it_is_not_sent_back_without_a_reason(road: make.Road, note: str) -> None:
    road.send("gdsxd", "2026-11-10 15:00")
    with make.refused(Invalid, "note_missing"):
        road.send_back("theodoi", "2026-11-11 15:00", note)


@pytest.mark.parametrize("login", ["gdsxd", "chutich", "gdstc", "vanthu"])
def test_only_the_confirmer_sends_back(road: make.Road, login: str) -> None:
    road.send("gdsxd", "2026-11-10 15:00")
    with make.refused(NotAllowed, "act_not_allowed"):
        road.send_back(login, "2026-11-11 15:00")


def test_what_is_closed_is_not_sent_back(road: make.Road) -> None:
    road.send("gdsxd", "2026-11-10 15:00")
    road.confirm("theodoi", "2026-11-11 15:00")
    with make.refused(TransitionNotAllowed, "move_not_possible"):
        road.send_back("chanhvp", "2026-11-11 16:00")


def test_a_page_that_is_behind_is_refused(road: make.Road) -> None:
    road.send("gdsxd", "2026-11-10 15:00")
    with make.refused(Conflict, "moved_meanwhile"):
        tasks.send_back(
            actor=make.who("theodoi"), at=make.at("2026-11-11 15:00"), duty=road.duty.public_id, note="x",
            request=tasks.Request(seen=1),
        )  # fmt: skip
