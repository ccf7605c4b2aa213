"""What stops a clock moves its end by just that time, and says so."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kycuong.core import clocks
from kycuong.core.calendars import TZ
from kycuong.core.clocks import Clock, ClockRefused
from kycuong.core.lateness import days_late
from kycuong.core.limits import Limit, Unit, due, due_fixed
from kycuong.core.seed_calendar import seed

CAL = seed()
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2026, 6, 30)).map(  # noqa: DTZ001
    lambda at: at.replace(second=0, microsecond=0, tzinfo=TZ)
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


def clock(anchor: str, qty: int, unit: Unit = Unit.working_day) -> Clock:
    limit = Limit(qty, unit)
    return clocks.start(at(anchor), due(at(anchor), limit, CAL), limit)


def test_a_pause_moves_a_working_day_limit_by_the_working_days_stopped() -> None:
    running = clock("2026-11-09T10:00", 5)  # ends 16/11
    paused, said = clocks.pause(running, at("2026-11-11T15:00"), CAL)
    assert paused.running_since is None
    assert paused.due_at == running.due_at
    assert paused.consumed_minutes == 300 + 450 + 330  # Monday from 10:00, Tuesday, Wednesday to 15:00
    assert [step.code for step in said] == ["paused"]
    resumed, said = clocks.resume(paused, at("2026-11-17T09:00"), CAL)
    # 12, 13, 16, 17/11 stopped: three days were left after 11/11, they are 18, 19, 20/11
    assert resumed.due_at == at("2026-11-21T00:00")
    assert resumed.original_due_at == at("2026-11-17T00:00")
    assert resumed.clock_no == 2
    assert resumed.running_since == at("2026-11-17T09:00")
    assert "Dừng 4 ngày làm việc" in said[1].text
    assert "24:00 thứ Sáu 20/11/2026" in said[2].text


def test_a_pause_inside_one_day_moves_nothing() -> None:
    paused, _ = clocks.pause(clock("2026-11-09T10:00", 5), at("2026-11-11T08:00"), CAL)
    resumed, said = clocks.resume(paused, at("2026-11-11T16:00"), CAL)
    assert resumed.due_at == paused.due_at
    assert resumed.clock_no == 1
    assert said[-1].code == "not_moved"


def test_stopped_on_its_last_day_and_resumed_on_a_saturday_it_ends_on_monday() -> None:
    paused, _ = clocks.pause(clock("2026-11-09T10:00", 3), at("2026-11-12T10:00"), CAL)
    resumed, said = clocks.resume(paused, at("2026-11-14T09:00"), CAL)
    assert resumed.due_at == at("2026-11-17T00:00")
    assert "thứ Bảy 14/11/2026 là ngày nghỉ" in said[2].text


def test_hours_move_by_working_minutes() -> None:
    running = clock("2026-11-09T08:00", 8, Unit.working_hour)
    assert running.due_at == at("2026-11-10T08:30")
    paused, _ = clocks.pause(running, at("2026-11-09T11:00"), CAL)
    resumed, said = clocks.resume(paused, at("2026-11-09T14:00"), CAL)
    assert resumed.due_at == at("2026-11-10T09:30")
    assert "Dừng 1 giờ làm việc" in said[1].text


def test_calendar_days_move_by_calendar_days_and_roll() -> None:
    running = clock("2026-11-02T08:00", 10, Unit.calendar_day)
    assert running.due_at == at("2026-11-13T00:00")
    paused, _ = clocks.pause(running, at("2026-11-06T08:00"), CAL)
    resumed, _ = clocks.resume(paused, at("2026-11-09T08:00"), CAL)
    assert resumed.due_at == at("2026-11-17T00:00")  # 12 + 3 = Sunday 15/11, so Monday 16/11


def test_a_fixed_date_moves_by_working_days_unless_a_higher_level_set_it() -> None:
    running = clocks.start(at("2026-11-02T08:00"), due_fixed(date(2026, 11, 30), "by", CAL))
    paused, _ = clocks.pause(running, at("2026-11-06T08:00"), CAL)
    assert clocks.resume(paused, at("2026-11-09T08:00"), CAL)[0].due_at == at("2026-12-02T00:00")
    kept, said = clocks.resume(paused, at("2026-11-09T08:00"), CAL, movable=False)
    assert kept.due_at == running.due_at
    assert kept.clock_no == 1
    assert said[-1].code == "not_movable"


def test_time_on_the_givers_desk_moves_the_end() -> None:
    running = clock("2026-11-09T10:00", 5)
    sent = clocks.stop(running, at("2026-11-12T10:00"), CAL)
    back, said = clocks.shift_for_giver_time(sent, at("2026-11-12T10:00"), at("2026-11-16T09:00"), CAL)
    assert back.due_at == at("2026-11-19T00:00")
    assert back.running_since == at("2026-11-16T09:00")
    assert back.original_due_at == running.due_at
    assert said[0].code == "giver_time"
    same_day, _ = clocks.shift_for_giver_time(sent, at("2026-11-12T10:00"), at("2026-11-12T16:00"), CAL)
    assert same_day.due_at == running.due_at


def test_an_extension_keeps_the_original_and_only_goes_later() -> None:
    running = clock("2026-11-09T10:00", 5)
    extended, said = clocks.extend(running, at("2026-12-01T00:00"))
    assert (extended.due_at, extended.original_due_at) == (at("2026-12-01T00:00"), running.due_at)
    assert extended.clock_no == 2
    assert "24:00 thứ Hai 30/11/2026" in said[0].text
    with pytest.raises(ClockRefused) as refused:
        clocks.extend(extended, at("2026-12-01T00:00"))
    assert refused.value.code == "extension_not_later"


def test_what_a_clock_cannot_do() -> None:
    running = clock("2026-11-09T10:00", 5)
    paused, _ = clocks.pause(running, at("2026-11-10T10:00"), CAL)
    for act, code in (
        (lambda: clocks.pause(paused, at("2026-11-11T10:00"), CAL), "clock_not_running"),
        (lambda: clocks.resume(running, at("2026-11-11T10:00"), CAL), "clock_not_paused"),
        (lambda: clocks.resume(paused, at("2026-11-10T09:00"), CAL), "stop_backwards"),
        (lambda: clocks.pause(running, at("2026-11-08T10:00"), CAL), "stop_backwards"),
    ):
        with pytest.raises(ClockRefused) as refused:
            act()
        assert refused.value.code == code


@given(MOMENTS, st.integers(1, 60), st.integers(0, 60 * 24 * 20), st.integers(0, 60 * 24 * 40))
def test_days_left_after_a_pause_are_those_left_before_it(anchor: datetime, qty: int, run: int, rest: int) -> None:
    limit = Limit(qty, Unit.working_day)
    running = clocks.start(anchor, due(anchor, limit, CAL), limit)
    stop_at = anchor + timedelta(minutes=run)
    go_at = stop_at + timedelta(minutes=rest)
    paused, _ = clocks.pause(running, stop_at, CAL)
    resumed, said = clocks.resume(paused, go_at, CAL)

    def left(state: Clock, now: datetime) -> int:
        last = (state.due_at - timedelta(minutes=1)).date()
        return CAL.working_days_between(now.date(), last)

    rolled = any(step.code == "roll_after_stop" for step in said)
    assert left(resumed, go_at) == left(running, stop_at) + rolled
    assert not rolled or (left(running, stop_at) == 0 and not CAL.is_working(go_at.date()))
    assert resumed.due_at >= running.due_at
    if stop_at < running.due_at:
        assert days_late(go_at, resumed.due_at, CAL) == 0


@given(MOMENTS, st.integers(1, 300), st.integers(0, 60 * 24 * 20), st.integers(0, 60 * 24 * 40))
def test_hours_left_after_a_pause_are_those_left_before_it(anchor: datetime, qty: int, run: int, rest: int) -> None:
    limit = Limit(qty, Unit.working_hour)
    running = clocks.start(anchor, due(anchor, limit, CAL), limit)
    stop_at = anchor + timedelta(minutes=run)
    go_at = stop_at + timedelta(minutes=rest)
    resumed, _ = clocks.resume(clocks.pause(running, stop_at, CAL)[0], go_at, CAL)
    between = CAL.working_minutes_between
    assert between(go_at, resumed.due_at) == between(stop_at, running.due_at)
