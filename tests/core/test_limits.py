"""Known due dates, the law's algebra, and explanations that can be replayed by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.replay import replay
from kycuong.core.calendars import TZ, Calendar, OfficeHours, OutOfCalendar
from kycuong.core.limits import BadLimit, Limit, Roll, Step, Unit, due, due_fixed, parse_limit
from kycuong.core.limits.steps import MESSAGES
from kycuong.core.seed_calendar import seed

CAL = seed()
OTHER_HOURS = CAL.with_hours(OfficeHours(((420, 680), (780, 1020))))
SIX_DAYS = Calendar(
    "sáu ngày một tuần, trực cả ngày", CAL.rows, weekly_rest=frozenset({6}), hours=OfficeHours(((0, 1440),))
)
MOMENTS = st.datetimes(datetime(2010, 1, 1), datetime(2026, 12, 31)).map(lambda at: at.replace(tzinfo=TZ))  # noqa: DTZ001
DAY_UNITS = [Unit.working_day, Unit.calendar_day, Unit.week, Unit.month]
LIMITS = st.one_of(
    st.builds(Limit, st.integers(1, 90), st.sampled_from(DAY_UNITS[:3]), st.sampled_from(Roll)),
    st.builds(Limit, st.integers(1, 36), st.just(Unit.month), st.sampled_from(Roll)),
    st.builds(Limit, st.integers(1, 3), st.just(Unit.year), st.sampled_from(Roll)),
    st.builds(Limit, st.integers(1, 300), st.just(Unit.working_hour)),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


@pytest.mark.parametrize(
    ("anchor", "limit", "due_at"),
    [
        ("2026-02-12T15:30", "5 ngày làm việc", "2026-02-27T00:00"),
        ("2026-02-12T15:30", "1 ngày làm việc", "2026-02-14T00:00"),
        ("2026-02-13T23:59", "1 ngày làm việc", "2026-02-24T00:00"),
        ("2026-02-17T09:00", "1 ngày làm việc", "2026-02-24T00:00"),
        # make-up Saturdays are counted, their swapped days are not
        ("2024-04-26T10:00", "5 ngày làm việc", "2024-05-08T00:00"),
        ("2024-05-03T10:00", "1 ngày làm việc", "2024-05-05T00:00"),
        ("2025-04-25T10:00", "1 ngày làm việc", "2025-04-27T00:00"),
        ("2026-08-21T10:00", "1 ngày làm việc", "2026-08-23T00:00"),
        ("2026-08-28T10:00", "1 ngày làm việc", "2026-09-04T00:00"),
        ("2026-01-09T10:00", "1 ngày làm việc", "2026-01-11T00:00"),
        ("2025-12-31T10:00", "1 ngày làm việc", "2026-01-06T00:00"),
        # 24/11 from 2026, while 23/11 stays a working day
        ("2026-11-20T10:00", "2 ngày làm việc", "2026-11-26T00:00"),
        # calendar days, with the roll over the weekend and over Tết
        ("2026-11-10T10:00", "10 ngày", "2026-11-21T00:00"),
        ("2026-11-11T10:00", "10 ngày", "2026-11-24T00:00"),
        ("2026-02-12T10:00", "3 ngày", "2026-02-24T00:00"),
        # weeks, months, years
        ("2026-11-09T10:00", "03 tuần", "2026-12-01T00:00"),
        ("2026-01-31T10:00", "01 tháng", "2026-03-03T00:00"),
        ("2025-01-31T10:00", "01 tháng", "2025-03-01T00:00"),
        ("2026-03-31T10:00", "1 tháng", "2026-05-05T00:00"),
        ("2024-02-29T10:00", "1 năm", "2025-03-01T00:00"),
        ("2024-02-29T10:00", "4 năm", "2028-03-01T00:00"),
        ("2025-11-24T10:00", "1 năm", "2026-11-26T00:00"),
        # hours: across lunch, across the night, across Tết, from outside office hours
        ("2026-11-16T10:30", "2 giờ làm việc", "2026-11-16T14:30"),
        ("2026-11-16T12:00", "1 giờ làm việc", "2026-11-16T14:30"),
        ("2026-11-16T10:00", "1 giờ làm việc", "2026-11-16T11:00"),
        ("2026-11-16T09:30", "2 giờ làm việc", "2026-11-16T11:30"),
        ("2026-11-16T16:00", "1 giờ làm việc", "2026-11-16T17:00"),
        ("2026-11-16T18:00", "8 giờ làm việc", "2026-11-18T08:00"),
        ("2026-02-13T16:00", "2 giờ làm việc", "2026-02-23T08:30"),
        ("2026-02-18T03:00", "4 giờ làm việc", "2026-02-23T11:30"),
    ],
)
def test_known_due_dates(anchor: str, limit: str, due_at: str) -> None:
    assert due(at(anchor), parse_limit(limit), CAL).due_at == at(due_at)


def test_the_last_day_is_the_day_before_an_exclusive_end() -> None:
    found = due(at("2026-02-12T15:30"), parse_limit("5 ngày làm việc"), CAL)
    assert found.last_date == date(2026, 2, 26)
    assert found.due_at.isoformat() == "2026-02-27T00:00:00+07:00"
    assert found.calendar == "VN-2026.11"
    text = "\n".join(found.explanation)
    for day in ("14/02/2026", "15/02/2026", "16/02/2026", "18/02/2026", "20/02/2026", "22/02/2026"):
        assert day in text
    assert "Tết Nguyên đán (Thông báo 9441/TB-BNV năm 2025)" in text


def test_an_anchor_in_another_zone_counts_from_its_vietnamese_day() -> None:
    utc_evening = datetime.fromisoformat("2026-11-19T18:00+00:00")
    assert due(utc_evening, parse_limit("1 ngày làm việc"), CAL).last_date == date(2026, 11, 23)


def test_the_first_and_the_last_day_of_the_calendar_can_be_used() -> None:
    one = parse_limit("1 ngày làm việc")
    assert due(at("2030-12-30T09:00"), one, CAL).last_date == date(2030, 12, 31)
    assert due(at("2010-01-01T09:00"), one, CAL).last_date == date(2010, 1, 4)
    assert due(at("2030-12-31T16:00"), parse_limit("1 giờ làm việc"), CAL).due_at == at("2030-12-31T17:00")
    for anchor in ("2030-12-31T09:00", "2009-12-31T09:00", "2031-01-01T09:00"):
        for limit in ("1 ngày làm việc", "8 giờ làm việc"):
            with pytest.raises(OutOfCalendar):
                due(at(anchor), parse_limit(limit), CAL)


def test_counting_and_rolling_are_two_settings() -> None:
    limit = Limit(10, Unit.calendar_day, Roll.none, "Quy chế")
    found = due(at("2026-11-11T10:00"), limit, CAL)
    assert found.last_date == date(2026, 11, 21)
    assert [step.code for step in found.steps][-3:] == ["skip", "no_roll", "ends_at_24"]
    assert "Quy chế" in found.explanation[1]


def test_before_ends_with_the_day_before_and_never_rolls() -> None:
    found = due_fixed(date(2026, 12, 1), "before", CAL)
    assert found.due_at == at("2026-12-01T00:00")
    assert found.last_date == date(2026, 11, 30)
    on_sunday = due_fixed(date(2025, 12, 1), "before", CAL, roll=Roll.next_working)
    assert on_sunday.last_date == date(2025, 11, 30)
    assert any("Chủ nhật" in line and "không tự dời" in line for line in on_sunday.explanation)


def test_a_fixed_date_rolls_only_when_its_row_says_so() -> None:
    assert due_fixed(date(2026, 9, 2), "by", CAL).last_date == date(2026, 9, 2)
    rolled = due_fixed(date(2026, 9, 2), "by", CAL, roll=Roll.next_working, source="Quyết định 1/QĐ-UBND")
    assert rolled.last_date == date(2026, 9, 3)
    assert "Quyết định 1/QĐ-UBND" in rolled.explanation[0]


def test_a_fixed_date_needs_no_calendar_unless_it_rolls() -> None:
    assert due_fixed(date(2035, 12, 31), "by", CAL).last_date == date(2035, 12, 31)
    with pytest.raises(OutOfCalendar):
        due_fixed(date(2035, 12, 31), "by", CAL, roll=Roll.next_working)


@pytest.mark.parametrize("limit", ["999 ngày làm việc", "9999 năm", "999 tháng", "9999 ngày", "9999 giờ làm việc"])
def test_an_end_outside_the_calendar_is_refused(limit: str) -> None:
    with pytest.raises(OutOfCalendar):
        due(at("2029-12-01T08:00"), parse_limit(limit), CAL)


@given(MOMENTS, LIMITS, st.sampled_from([CAL, OTHER_HOURS, SIX_DAYS]))
def test_a_due_date_is_replayed_from_its_printed_lines_alone(anchor: datetime, limit: Limit, cal: Calendar) -> None:
    found = due(anchor, limit, cal)
    assert replay(found.explanation) == found.due_at.replace(tzinfo=None)


@given(st.dates(date(2010, 1, 2), date(2030, 12, 1)), st.sampled_from(["by", "before"]), st.sampled_from(Roll))
def test_a_fixed_date_is_replayed_and_before_never_rolls(on: date, bound: str, roll: Roll) -> None:
    found = due_fixed(on, "by" if bound == "by" else "before", CAL, roll=roll)
    assert replay(found.explanation) == found.due_at.replace(tzinfo=None)
    if bound == "before":
        assert found.last_date == on - timedelta(days=1)
    elif roll is Roll.none:
        assert found.last_date == on


@given(MOMENTS, MOMENTS, LIMITS)
def test_a_later_anchor_never_ends_earlier(a: datetime, b: datetime, limit: Limit) -> None:
    first, second = sorted((a, b))
    assert due(first, limit, CAL).due_at <= due(second, limit, CAL).due_at


@given(MOMENTS, st.integers(1, 200), st.sampled_from([*DAY_UNITS[:3]]))
def test_a_roll_goes_forward_only_and_to_a_working_day(anchor: datetime, qty: int, unit: Unit) -> None:
    rolled = due(anchor, Limit(qty, unit), CAL).last_date
    still = due(anchor, Limit(qty, unit, Roll.none), CAL).last_date
    assert rolled >= still
    assert CAL.is_working(rolled)
    assert CAL.working_days_between(still, rolled) == (0 if rolled == still else 1)


@given(MOMENTS, LIMITS)
def test_steps_survive_storage(anchor: datetime, limit: Limit) -> None:
    for step in due(anchor, limit, CAL).steps:
        again = Step.of(step.code, step.values)
        assert again.text == step.text
        assert again.values == step.values


@pytest.mark.parametrize(
    ("text", "qty", "unit"),
    [
        ("5 ngày làm việc", 5, Unit.working_day),
        ("05 (năm) ngày làm việc", 5, Unit.working_day),
        ("không quá 10 NGÀY", 10, Unit.calendar_day),
        ("trong thời hạn 02 tháng", 2, Unit.month),
        ("8 giờ làm việc", 8, Unit.working_hour),
        ("1 năm", 1, Unit.year),
        ("năm năm", 5, Unit.year),
        ("03 tuần", 3, Unit.week),
        ("ba mươi ngày", 30, Unit.calendar_day),
        ("5ngày  làm\u00a0việc.", 5, Unit.working_day),
        ("5 nga\u0300y la\u0300m vie\u0323\u0302c", 5, Unit.working_day),
    ],
)
def test_wordings_of_limits(text: str, qty: int, unit: Unit) -> None:
    assert parse_limit(text) == Limit(qty, unit)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "limit_empty"),
        ("sớm nhất có thể", "limit_unreadable"),
        ("-5 ngày", "limit_unreadable"),
        ("1,5 ngày", "limit_unreadable"),
        ("24 giờ", "limit_hours_kind"),
        ("5 con", "limit_unit"),
        ("0 ngày", "limit_qty"),
        ("99999 ngày", "limit_qty"),
    ],
)
def test_what_is_no_limit_is_refused_in_one_sentence(text: str, code: str) -> None:
    with pytest.raises(BadLimit) as refused:
        parse_limit(text)
    assert refused.value.code == code
    assert "{" not in refused.value.message


def test_every_message_names_all_its_values() -> None:
    for names, sentence in MESSAGES.values():
        for word in names.split():
            assert "{" + word.partition(":")[0] + "}" in sentence
