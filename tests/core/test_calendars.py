"""The seed calendar against the days that were announced, and the arithmetic against counting on fingers."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kycuong.core.calendars import TZ, Calendar, DayRow, OfficeHours, OutOfCalendar
from kycuong.core.limits.steps import UNIT_WORDS
from kycuong.core.rules_text import calendar_rules, limit_rules
from kycuong.core.seed_calendar import seed

CAL = seed()
DAYS = st.dates(date(2011, 1, 1), date(2029, 12, 31))
MOMENTS = st.datetimes(datetime(2011, 1, 1), datetime(2029, 12, 31)).map(  # noqa: DTZ001
    lambda at: at.replace(second=0, microsecond=0, tzinfo=TZ)
)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2024-05-04", True),
        ("2024-04-29", False),
        ("2025-04-26", True),
        ("2025-05-02", False),
        ("2026-01-02", False),
        ("2026-01-10", True),
        ("2026-08-22", True),
        ("2026-08-31", False),
        ("2026-11-23", True),
        ("2026-11-24", False),
        ("2025-11-24", True),
        ("2014-01-25", True),
        ("2014-01-28", False),
        ("2014-02-05", False),
        ("2014-02-08", True),
    ],
)
def test_announced_days(day: str, working: bool) -> None:
    assert CAL.is_working(date.fromisoformat(day)) is working


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-02-14", "thứ Bảy"),
        ("2026-02-15", "Chủ nhật"),
        ("2026-02-17", "Tết Nguyên đán"),
        ("2026-04-26", "Giỗ Tổ Hùng Vương"),
        ("2026-04-27", "Giỗ Tổ Hùng Vương (nghỉ bù)"),
        ("2026-09-02", "Quốc khánh"),
        ("2026-11-24", "Ngày Văn hóa Việt Nam"),
        ("2026-08-31", "nghỉ hoán đổi, làm bù ngày 22/08/2026"),
        ("2026-08-22", None),
    ],
)
def test_names_of_days_off(day: str, name: str | None) -> None:
    assert CAL.off_name(date.fromisoformat(day)) == name


def test_a_make_up_saturday_names_the_day_it_replaces() -> None:
    row = CAL.row(date(2026, 1, 10))
    assert row == DayRow(
        date(2026, 1, 10), True, "làm bù cho ngày 02/01/2026", "Công văn 12729/VPCP-KGVX ngày 25/12/2025"
    )


def test_tet_2026_is_nine_days_without_work() -> None:
    off = [date(2026, 2, 14) + timedelta(days=n) for n in range(9)]
    assert not any(CAL.is_working(on) for on in off)
    assert CAL.next_working(date(2026, 2, 14)) == date(2026, 2, 23)
    assert CAL.is_working(date(2026, 2, 13))


def test_every_row_has_its_document_and_no_future_year_claims_to_be_decided() -> None:
    assert all(row.basis and row.name for row in CAL.rows)
    assert not any(row.verified for row in CAL.rows if row.on.year > 2026)
    assert all(row.verified for row in CAL.rows if row.on.year in (2024, 2025, 2026))


def test_every_swap_has_both_its_days() -> None:
    made_up = {row.on for row in CAL.rows if row.working}
    swapped_off = {row.on for row in CAL.rows if row.name.startswith("nghỉ hoán đổi")}
    assert len(made_up) == len(swapped_off) == 16
    assert all(on.weekday() >= 5 for on in made_up)
    assert all(on.weekday() < 5 for on in swapped_off)


@given(DAYS, st.integers(1, 200))
def test_adding_then_counting_gives_the_number_back(on: date, n: int) -> None:
    later = CAL.add_working_days(on, n)
    assert CAL.is_working(later)
    assert later > on
    assert CAL.working_days_between(on, later) == n


@given(DAYS, st.integers(1, 200))
def test_going_back_then_forth_from_a_working_day(on: date, n: int) -> None:
    start = CAL.next_working(on)
    assert CAL.add_working_days(CAL.add_working_days(start, -n), n) == start


@given(DAYS, DAYS)
def test_counting_is_counting(a: date, b: date) -> None:
    low, high = min(a, b), max(a, b)
    count = sum(CAL.is_working(low + timedelta(days=n)) for n in range(1, (high - low).days + 1))
    assert CAL.working_days_between(low, high) == count
    assert CAL.working_days_between(high, low) == -count


@given(DAYS, st.integers(-50, 50), st.integers(-50, 50))
def test_adding_days_is_monotone(on: date, n: int, m: int) -> None:
    low, high = sorted((n, m))
    assert CAL.add_working_days(on, low) <= CAL.add_working_days(on, high)


@given(MOMENTS, st.integers(1, 20_000))
def test_adding_minutes_then_counting_gives_them_back(at: datetime, minutes: int) -> None:
    later = CAL.add_working_minutes(at, minutes)
    assert CAL.working_minutes_between(at, later) == minutes
    assert CAL.working_minutes_between(at, later - timedelta(minutes=1)) == minutes - 1
    earlier = CAL.add_working_minutes(at, -minutes)
    assert CAL.working_minutes_between(earlier, at) == minutes
    assert CAL.working_minutes_between(earlier + timedelta(minutes=1), at) == minutes - 1


@given(MOMENTS, MOMENTS, MOMENTS)
def test_working_minutes_add_up(a: datetime, b: datetime, c: datetime) -> None:
    between = CAL.working_minutes_between
    assert between(a, b) + between(b, c) == between(a, c)


def test_a_question_outside_the_calendar_is_refused() -> None:
    with pytest.raises(OutOfCalendar) as outside:
        CAL.is_working(date(2031, 1, 1))
    assert outside.value.values["on"] == "01/01/2031"
    with pytest.raises(OutOfCalendar):
        CAL.add_working_days(date(2030, 12, 20), 30)
    with pytest.raises(OutOfCalendar):
        CAL.add_working_days(date(2010, 1, 5), -30)
    with pytest.raises(OutOfCalendar):
        CAL.working_days_between(date(2009, 12, 31), date(2010, 1, 4))


def test_an_authority_adds_its_own_rows_and_hours() -> None:
    own = CAL.with_rows([DayRow(date(2026, 11, 23), False, "nghỉ hoán đổi", "Quyết định của tỉnh")], "VN-2026.11+tỉnh")
    assert own.off_name(date(2026, 11, 23)) == "nghỉ hoán đổi"
    assert own.name == "VN-2026.11+tỉnh"
    assert CAL.is_working(date(2026, 11, 23))
    office = CAL.with_hours(OfficeHours(((480, 720), (780, 1020))))
    assert office.hours.minutes_per_day == 480
    at = datetime(2026, 11, 20, 16, 0, tzinfo=TZ)
    assert office.add_working_minutes(at, 120) == datetime(2026, 11, 23, 9, 0, tzinfo=TZ)


def test_office_hours_must_be_in_order() -> None:
    for spans in ((), ((600, 500),), ((450, 690), (690, 1020)), ((0, 1500),)):
        with pytest.raises(ValueError, match="office hours"):
            OfficeHours(spans)


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        CAL.add_working_minutes(datetime(2026, 1, 5, 8, 0), 10)  # noqa: DTZ001


def test_weekly_rest_is_data() -> None:
    sunday_only = Calendar("chỉ nghỉ Chủ nhật", weekly_rest=frozenset({6}))
    assert sunday_only.is_working(date(2026, 2, 14))
    assert not sunday_only.is_working(date(2026, 2, 15))


def test_the_printed_calendar_shows_every_row() -> None:
    text = calendar_rules()
    assert all(f"{row.on:%d/%m/%Y}" in text and row.basis in text for row in CAL.rows)
    assert "VN-2026.11" in text


def test_the_printed_rules_name_every_unit_with_its_article() -> None:
    text = limit_rules()
    assert all(f"| {unit} |" in text for unit in UNIT_WORDS.values())
    assert all("Điều" in line or "quy chế" in line for line in text.splitlines()[4:])
