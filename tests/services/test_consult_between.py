"""Opinions and what comes between: the cut-off, a second worker, a changed proposal, a merger, a question that fails."""

from __future__ import annotations

import itertools
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import make, organising

from kycuong.core.calendar_changes import Decision, day_changes
from kycuong.core.calendars import OutOfCalendar
from kycuong.core.consultations import Asked, Outcome, Position, Said
from kycuong.core.errors import Conflict
from kycuong.models import CalendarChange, DutyEvent, Opinion
from kycuong.queries import calendars
from kycuong.services import calendar_changes
from kycuong.services import consultations as services
from kycuong.services.consultations import asking, expiring
from kycuong.services.requests import Request
from services.test_consult import AFTER, AGREED, IN_TIME, ask, give, letter, opinion, outcome, take, to


def late(made: UUID, request: UUID | None, seen: int | None = None) -> bool:
    duty = opinion(made).duty
    return services.give_opinion(
        actor=make.who("gdstc", AFTER), at=make.at(AFTER), duty=duty.public_id, said=AGREED, file=letter(),
        request=Request(seen, request),
    )  # fmt: skip


def test_a_letter_that_the_cut_off_overtakes_is_filed_once_whatever_the_page_had_seen() -> None:
    made, request = ask("STC"), uuid4()
    take(made)
    to("2026-11-16 08:30")
    assert late(made, request, opinion(made).duty.act_seq) is False
    events = DutyEvent.objects.count()
    assert late(made, request) is False  # the same button once more
    assert (DutyEvent.objects.count(), opinion(made).late_at) == (events, make.at(AFTER))


def test_a_late_letter_filed_while_the_proposal_changes_is_not_written_over(monkeypatch: pytest.MonkeyPatch) -> None:
    made = ask("STC", "X1")  # STC has not received it, so that its duty is closed by the change
    take(made, "X1", "ctx1")
    to(AFTER)
    assert outcome(made, "X1") == "unbound"
    close, filed = asking.close, []

    def close_and_file(*given: Any) -> None:
        filed.append(services.file_late(
            actor=make.who("ctx1", AFTER), at=make.at(AFTER), duty=opinion(made, "X1").duty.public_id, said=AGREED,
            file=letter(),
        ))  # fmt: skip
        close(*given)

    monkeypatch.setattr(asking, "close", close_and_file)
    services.change_proposal(
        actor=make.who("gdsxd", AFTER), at=make.at(AFTER), consultation=made, points=(("Phân bổ 15 tỷ đồng", True),),
        reason="Điều chỉnh vốn",
    )  # fmt: skip
    old = Opinion.objects.filter(consultation__public_id=made, unit__code="X1").earliest("id")
    assert (filed, old.outcome, old.late_at, old.number) == ([False], "void", make.at(AFTER), "318")


def test_one_request_changes_one_consultation_only() -> None:
    first, second, request = ask(), ask("X1"), uuid4()
    change = {"actor": make.who("gdsxd", IN_TIME), "at": make.at(IN_TIME), "points": (("Phân bổ 15 tỷ đồng", True),),
              "reason": "Điều chỉnh vốn", "request_id": request}  # fmt: skip
    services.change_proposal(consultation=first, **change)
    services.change_proposal(consultation=first, **change)
    with make.refused(Conflict, "request_used"):
        services.change_proposal(consultation=second, **change)
    with make.refused(Conflict, "request_used"):
        services.change_proposal(consultation=first, **(change | {"points": (("Phân bổ 16 tỷ đồng", True),)}))


def test_the_successor_of_the_unit_that_asked_goes_on_and_one_that_was_asked_answers_for_the_merged() -> None:
    made = ask("STC", "X1")
    take(made)
    day = "2026-11-12 08:00"
    organising.decided(organising.merged("X2", on="2026-11-12"), day)
    organising.decided(organising.merged("SNV", "SXD", on="2026-11-12"), day)
    one = opinion(made, "X1").duty
    assert (one.holder_unit.code, one.holder_officer_id) == ("X2", make.who("ctx2", day).officer_id)
    services.change_proposal(
        actor=make.who("gdsnv", IN_TIME), at=make.at(IN_TIME), consultation=made, points=(("Phân bổ 15 tỷ đồng", True),),
        reason="Điều chỉnh vốn",
    )  # fmt: skip
    asked = Opinion.objects.filter(consultation__public_id=made, proposed__number=2)
    assert {row.unit.code for row in asked} == {"STC", "X2"}
    assert {row.duty.giver_unit.code for row in asked if row.duty.giver_unit} == {"SNV"}


def test_one_question_that_fails_at_the_cut_off_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = ask("STC"), ask("STC")
    take(first)
    take(second)
    to("2026-11-16 08:30")
    count = expiring.outcome

    def fail(asked: Asked, at: datetime) -> Outcome:
        found = next(calls)
        if found < 2:
            raise OutOfCalendar(date(2031, 1, 2), "", 2025, 2030)
        return count(asked, at)

    calls = itertools.count()
    monkeypatch.setattr(expiring, "outcome", fail)
    services.expire(make.at(AFTER))
    assert (outcome(first), outcome(second)) == ("", "consent")
    services.expire(make.at(AFTER))
    assert (outcome(first), outcome(second)) == ("consent", "consent")


@pytest.mark.parametrize("decided", [True, False])
def test_time_asked_for_is_never_less_than_the_calendar_gives(decided: bool) -> None:
    made = ask()
    take(made)
    given = {"at": make.at(IN_TIME), "duty": opinion(made).duty.public_id}
    services.ask_time(actor=make.who("gdstc", IN_TIME), until=date(2026, 11, 19), note="Chờ số liệu", **given)
    paper = Decision("1508/QĐ-TTg", date(2026, 11, 12), "Thủ tướng Chính phủ")
    calendar_changes.change_days(
        actor=make.who("quantri", IN_TIME), at=make.at(IN_TIME), seen=calendars.version(), decision=paper,
        days=day_changes([date(2026, 11, day) for day in (13, 16, 17, 18)], [], paper), reason="Bão số 9",
    )  # fmt: skip
    moved = opinion(made).duty.due_at
    assert moved == make.at("2026-11-21 00:00")  # a day after the one that the body had asked for
    if decided:
        services.give_time(actor=make.who("gdsxd", IN_TIME), **given)
    assert opinion(made).duty.due_at == moved
    assert give(made, "2026-11-20 10:00")
    to("2026-11-23 09:00")
    assert outcome(made) == "opinion"


def closed_days(*days: int) -> None:
    """Close the offices on some days of November."""
    paper = Decision("1508/QĐ-TTg", date(2026, 11, 12), "Thủ tướng Chính phủ")
    calendar_changes.change_days(
        actor=make.who("quantri", IN_TIME), at=make.at(IN_TIME), seen=calendars.version(), decision=paper,
        days=day_changes([date(2026, 11, day) for day in days], [], paper), reason="Bão số 9",
    )  # fmt: skip


def test_time_given_remembers_by_which_calendar_it_was_counted() -> None:
    made = ask()
    take(made)
    given = {"at": make.at(IN_TIME), "duty": opinion(made).duty.public_id}
    services.ask_time(actor=make.who("gdstc", IN_TIME), until=date(2026, 11, 19), note="Chờ số liệu", **given)
    before = opinion(made).duty.calendar
    closed_days(27)
    services.give_time(actor=make.who("gdsxd", IN_TIME), **given)
    assert opinion(made).duty.calendar == calendars.current().name != before


def test_the_reminder_of_a_dissent_waits_for_as_many_working_days_as_the_calendar_has_now() -> None:
    made = ask()
    take(made)
    give(made, said={1: Said(Position.DISAGREE, "Khoản 2 Điều 8"), 2: Said(Position.AGREE)})  # Thursday the 12th
    closed_days(13)
    assert services.remind_dissents(make.at("2026-11-16 09:00")) == 0
    assert services.remind_dissents(make.at("2026-11-17 09:00")) == 1


def test_the_reminder_of_a_dissent_comes_earlier_when_a_day_is_worked_after_all() -> None:
    made = ask()
    take(made)
    closed_days(13)
    give(made, said={1: Said(Position.DISAGREE, "Khoản 2 Điều 8"), 2: Said(Position.AGREE)})  # Thursday the 12th
    taken_back = CalendarChange.objects.get()
    calendar_changes.reverse(
        actor=make.who("quantri", IN_TIME), at=make.at(IN_TIME), change=taken_back.public_id, seen=calendars.version(),
        decision=Decision("1509/QĐ-TTg", date(2026, 11, 12), "Thủ tướng Chính phủ"), reason="Bão đổi hướng",
    )  # fmt: skip
    assert services.remind_dissents(make.at("2026-11-13 09:00")) == 0
    assert services.remind_dissents(make.at("2026-11-16 09:00")) == 1  # on Tuesday, were the 13th still off


def test_what_a_law_wants_in_writing_comes_late_and_waits_for_the_asker_whatever_became_of_the_time_asked_for() -> None:
    """A request that nobody decided holds first, so that lateness is counted from what was asked; a refused one does not."""
    undecided, refused = ask(rule="law", days=5), ask(rule="law", days=5)
    for made in (undecided, refused):
        take(made)
        services.ask_time(
            actor=make.who("gdstc", IN_TIME), at=make.at(IN_TIME), duty=opinion(made).duty.public_id, until=date(2026, 11, 19),
            note="Chờ số liệu",
        )  # fmt: skip
    services.refuse_time(
        actor=make.who("gdsxd", IN_TIME), at=make.at(IN_TIME), duty=opinion(refused).duty.public_id, note="Việc gấp"
    )
    for made in (undecided, refused):  # the worker has stood still since
        give(made, "2026-11-23 09:00")
    services.expire(make.at("2026-11-23 10:00"))
    late = {made: (opinion(made).outcome, opinion(made).duty.late_working_days) for made in (undecided, refused)}
    assert late == {undecided: ("", 2), refused: ("", 5)}  # the asker has not read them yet


@pytest.mark.parametrize("rule", ["regulation", "law"])
def test_a_vague_answer_keeps_the_time_that_was_asked_for_and_not_decided(rule: str) -> None:
    made = ask(rule=rule, days=5)
    take(made)
    duty = opinion(made).duty.public_id
    services.ask_time(
        actor=make.who("gdstc", IN_TIME), at=make.at(IN_TIME), duty=duty, until=date(2026, 11, 19), note="Chờ số liệu"
    )
    give(made)
    services.refuse_vague(actor=make.who("gdsxd", IN_TIME), at=make.at(IN_TIME), duty=duty, note="Điểm 1 chưa rõ")
    to(AFTER)
    assert (outcome(made), opinion(made).duty.due_at) == ("", make.at("2026-11-20 00:00"))


@pytest.mark.parametrize("awake", [True, False])
def test_jobs_that_slept_past_the_time_asked_for_count_lateness_from_it(awake: bool) -> None:
    """Whether the jobs ran between the two ends or not: who asked in time and was not answered has until the later one."""
    made = ask(rule="liability", days=5)
    take(made)
    duty = opinion(made).duty.public_id
    services.ask_time(
        actor=make.who("gdstc", IN_TIME), at=make.at(IN_TIME), duty=duty, until=date(2026, 11, 19), note="Chờ số liệu"
    )
    if awake:
        to(AFTER)
    to("2026-11-20 08:00")
    row = opinion(made).duty
    assert (outcome(made), row.due_at) == ("liable", make.at("2026-11-20 00:00"))
    assert row.late_working_days == 1


def test_what_comes_after_the_time_asked_for_is_late_although_the_jobs_slept() -> None:
    made = ask(rule="liability", days=5)
    take(made)
    duty = opinion(made).duty.public_id
    services.ask_time(
        actor=make.who("gdstc", IN_TIME), at=make.at(IN_TIME), duty=duty, until=date(2026, 11, 19), note="Chờ số liệu"
    )
    assert give(made, "2026-11-20 08:00") is False
    assert (outcome(made), opinion(made).late_at) == ("liable", make.at("2026-11-20 08:00"))


def test_the_calendar_of_a_cut_off_is_asked_once_whatever_the_number_of_bodies() -> None:
    made = ask("STC", "SNV")
    for unit, login in (("STC", "gdstc"), ("SNV", "gdsnv")):
        take(made, unit, login)
    to("2026-11-16 08:30")  # before the jobs' next round
    with CaptureQueriesContext(connection) as asked:
        services.expire(make.at(AFTER))
    assert {outcome(made, "STC"), outcome(made, "SNV")} == {"consent"}
    told = [one["sql"] for one in asked.captured_queries]
    assert len([sql for sql in told if "kycuong_workcalendar" in sql]) <= 1, told
