"""Rolling: only the current and the next occurrence of a periodic duty exist, whoever rolls and however often."""

from __future__ import annotations

import logging
from datetime import date

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from tests import make

from kycuong import jobs
from kycuong.models import Duty, Order
from kycuong.services import directives, series

RULE = "FREQ=MONTHLY;BYMONTHDAY=25"


def monthly(text: str = "Giao Sở Xây dựng báo cáo tiến độ giải ngân.", *participants: str) -> Duty:
    """Issue a monthly order, before the 25th, and return its first occurrence."""
    document = make.line(text)
    (order,) = Order.objects.filter(document__public_id=document)
    clerk, at = make.who("vanthu"), make.at(make.MONDAY)
    directives.correct_order(
        actor=clerk, at=at, order=order.public_id, leads=[f"unit:{make.unit('SXD').pk}"],
        participants=[f"unit:{make.unit(code).pk}" for code in participants], kind="periodic", rrule=RULE,
        bound="before", product="Báo cáo",
    )  # fmt: skip
    directives.issue(actor=clerk, at=at, document=document)
    return Duty.objects.filter(document__public_id=document).order_by("slot")[0]


def slots() -> list[date | None]:
    return list(Duty.objects.filter(series__isnull=False).order_by("slot").values_list("slot", flat=True))


def test_two_exist_and_rolling_again_opens_nothing() -> None:
    monthly()
    assert series.roll(make.at(make.MONDAY)) == 0
    assert slots() == [date(2026, 11, 25), date(2026, 12, 25)]


def test_when_one_has_passed_the_one_after_the_next_opens() -> None:
    monthly()
    assert series.roll(make.at("2026-11-24 23:59")) == 0
    assert series.roll(make.at("2026-11-25 00:00")) == 1  # "trước ngày 25" ended with the 24th
    assert series.roll(make.at("2026-11-25 00:00")) == 0
    assert slots()[-1] == date(2027, 1, 25)


def test_when_one_is_answered_early_the_one_after_the_next_opens() -> None:
    first = monthly()
    make.Road(first).send("gdsxd", "2026-11-05 09:00")
    assert series.roll(make.at("2026-11-05 10:00")) == 1
    assert slots()[-1] == date(2027, 1, 25)


def test_a_worker_that_slept_for_months_opens_every_occurrence_in_between() -> None:
    monthly()
    assert series.roll(make.at("2027-03-01 08:00")) == 4  # January to April
    assert slots()[-1] == date(2027, 4, 25)
    assert series.roll(make.at("2027-03-01 08:00")) == 0


def test_the_new_occurrence_is_like_the_old_one() -> None:
    first = monthly("Giao Sở Xây dựng báo cáo tiến độ giải ngân.", "STC", "SNV")
    series.roll(make.at("2026-11-25 08:00"))
    new = Duty.objects.get(slot=date(2027, 1, 25))
    assert (new.holder_officer.login, new.phase, new.due_at) == ("gdsxd", "open", make.at("2027-01-25 00:00"))
    assert (new.title, new.giver_post, new.confirmer_unit) == (first.title, first.giver_post, first.confirmer_unit)
    assert (new.task.order, new.task.product) == (first.task.order, "Báo cáo")
    assert sorted(row.unit.code for row in new.task.participants.all()) == ["SNV", "STC"]
    assert new.next_check_at is not None
    assert new.events.get().act == "open"


def test_it_opens_on_the_desk_of_whoever_heads_the_unit_that_day() -> None:
    monthly()
    make.vacate("gdsxd", "2026-11-20 00:00")
    make.Appointment.objects.create(
        officer=make.Officer.objects.get(login="pgdsxd"), post_id=int(make.desk("gdsxd").removeprefix("post:")),
        valid_from=date(2026, 11, 20),
    )  # fmt: skip
    series.roll(make.at("2026-11-25 08:00"))
    assert Duty.objects.get(slot=date(2027, 1, 25)).holder_officer.login == "pgdsxd"


def test_another_worker_that_was_first_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monthly()
    open_many, lost = series.open_many, []

    def late(*given: object) -> list[Duty]:
        if len(lost) < 2:  # the whole batch, then the row alone
            lost.append(given)
            raise IntegrityError
        return open_many(*given)

    monkeypatch.setattr(series, "open_many", late)
    assert series.roll(make.at("2026-11-25 08:00")) == 0
    assert series.roll(make.at("2026-11-25 08:00")) == 1
    assert len(slots()) == 3


def test_a_series_that_cannot_go_on_does_not_hold_up_the_others(caplog: pytest.LogCaptureFixture) -> None:
    broken = monthly()
    monthly("Giao Sở Xây dựng báo cáo công tác cải cách hành chính.")
    Order.objects.filter(tasks__duty=broken).update(rrule="FREQ=SOMETIMES")
    with caplog.at_level(logging.ERROR, logger="kycuong.series"):
        assert series.roll(make.at("2026-11-25 08:00")) == 1
    assert str(broken.series) in caplog.text
    assert slots().count(date(2027, 1, 25)) == 1


def test_the_clockwork_keeps_exactly_two_ahead_over_a_year() -> None:
    monthly()
    for month in range(11, 13):
        at = make.at(f"2026-{month}-28 08:00")
        jobs.catch_up(at)
        assert Duty.objects.filter(series__isnull=False, due_at__gt=at).count() == 2


def test_a_series_whose_rule_nobody_can_read_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = monthly(), monthly("Giao Sở Xây dựng báo cáo tiến độ cấp phép.")
    rule_of = series.rule_of

    def unreadable(duty: Duty) -> str:
        if duty.series == broken.series:
            raise ValueError("no rule")
        return rule_of(duty)

    monkeypatch.setattr(series, "rule_of", unreadable)
    with caplog.at_level(logging.ERROR, logger="kycuong.series"):
        assert series.roll(make.at("2026-11-25 00:00")) == 1
    assert str(broken.series) in caplog.text
    assert Duty.objects.filter(series=sound.series).count() == 3


def test_a_round_looks_at_what_lies_ahead_and_not_at_history() -> None:
    first = monthly()
    series.roll(make.at(make.MONDAY))
    with CaptureQueriesContext(connection) as later:
        assert series.roll(make.at("2026-11-02 09:00")) == 0
    assert any("2026-10-25" in query["sql"] for query in later)  # eight days back
    if connection.vendor == "sqlite":  # PostgreSQL keeps the words of the question and is told the days alone
        (sql,) = [query["sql"] for query in later if "kycuong_task" in query["sql"]]
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = " ".join(row[3] for row in cursor.fetchall())
        assert "USING INDEX duty_slot" in plan
    assert slots()[0] == first.slot


def test_a_worker_that_slept_over_a_year_still_opens_what_it_missed() -> None:
    monthly()
    series.roll(make.at(make.MONDAY))
    assert series.roll(make.at("2027-12-01 08:00")) == 13
