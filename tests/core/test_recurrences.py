"""Periods of reports, and agreement with dateutil wherever RFC 5545 gives the same answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from kycuong.core.recurrences import BadRecurrence, next_slot, slots

AFTER = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1", ["2026-12-01", "2027-12-01"]),
        ("FREQ=YEARLY", ["2026-12-31", "2027-12-31"]),
        ("FREQ=YEARLY;BYMONTH=6", ["2027-06-30", "2028-06-30"]),
        ("FREQ=YEARLY;INTERVAL=5", ["2030-12-31", "2035-12-31"]),
        ("FREQ=MONTHLY", ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", ["2026-11-30", "2026-12-31"]),
        ("FREQ=MONTHLY;INTERVAL=3", ["2026-12-31", "2027-03-31", "2027-06-30", "2027-09-30"]),
        ("FREQ=MONTHLY;INTERVAL=6", ["2026-12-31", "2027-06-30"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25", ["2026-12-25", "2027-03-25"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["2026-11-27", "2026-12-25"]),
        ("FREQ=WEEKLY", ["2026-11-27", "2026-12-04"]),
        ("FREQ=WEEKLY;BYDAY=MO", ["2026-11-23", "2026-11-30"]),
        ("RRULE:FREQ=DAILY", ["2026-11-23", "2026-11-24"]),
    ],
)
def test_official_periods(rule: str, expected: list[str]) -> None:
    assert [on.isoformat() for on in slots(rule, AFTER + timedelta(days=1), len(expected))] == expected
    assert next_slot(rule, AFTER).isoformat() == expected[0]


def test_next_is_strictly_after_and_slots_begin_with_the_start() -> None:
    assert next_slot("FREQ=MONTHLY", date(2026, 11, 30)) == date(2026, 12, 31)
    assert slots("FREQ=MONTHLY", date(2026, 11, 30), 1) == (date(2026, 11, 30),)


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "MONTHLY",
        "FREQ=HOURLY",
        "FREQ=MONTHLY;COUNT=3",
        "FREQ=MONTHLY;INTERVAL=0",
        "FREQ=MONTHLY;INTERVAL=5",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=YEARLY;BYDAY=MO",
        "FREQ=MONTHLY;FREQ=DAILY",
        "FREQ=MONTHLY;INTERVAL=3;BYMONTH=2",
    ],
)
def test_rules_without_a_plain_meaning_are_refused(rule: str) -> None:
    with pytest.raises(BadRecurrence) as refused:
        next_slot(rule, AFTER)
    assert "{" not in refused.value.message


WEEKDAYS = st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, max_size=3, unique=True)
NTH = st.tuples(st.sampled_from(["1", "2", "3", "4", "5", "-1", "-2"]), st.sampled_from(["MO", "WE", "SU"])).map(
    "".join
)
MONTHS = st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True)
MONTH_DAYS = st.lists(st.sampled_from([*range(1, 29), -1, -5, -28]), min_size=1, max_size=3, unique=True)


def joined(name: str, values: list[object]) -> str:
    return f";{name}=" + ",".join(str(value) for value in values)


RULES = st.one_of(
    st.just("FREQ=DAILY"),
    st.builds(lambda days: "FREQ=DAILY" + joined("BYDAY", days), WEEKDAYS),
    st.builds(lambda days: "FREQ=WEEKLY" + joined("BYDAY", days), WEEKDAYS),
    st.builds(lambda days: "FREQ=MONTHLY" + joined("BYMONTHDAY", days), MONTH_DAYS),
    st.builds(lambda day: f"FREQ=MONTHLY;BYDAY={day}", NTH),
    st.builds(lambda days: "FREQ=MONTHLY" + joined("BYDAY", days), WEEKDAYS),
    st.builds(lambda m, d: "FREQ=YEARLY" + joined("BYMONTH", m) + joined("BYMONTHDAY", d), MONTHS, MONTH_DAYS),
    st.builds(lambda m, d: "FREQ=MONTHLY" + joined("BYMONTH", m) + joined("BYMONTHDAY", d), MONTHS, MONTH_DAYS),
    st.builds(lambda m, d: "FREQ=YEARLY" + joined("BYMONTH", m) + f";BYDAY={d}", MONTHS, NTH),
    st.builds(lambda d: "FREQ=YEARLY" + joined("BYMONTHDAY", d), MONTH_DAYS),
)


@given(RULES, st.integers(1, 6), st.dates(date(2010, 1, 1), date(2030, 12, 31)))
def test_agrees_with_dateutil(rule: str, interval: int, anchor: date) -> None:
    text = f"{rule};INTERVAL={interval}"
    theirs = rrulestr(text, dtstart=datetime.combine(anchor, datetime.min.time()))
    horizon = datetime.combine(anchor + timedelta(days=365 * 12), datetime.min.time())
    expected = [at.date() for at in theirs.between(datetime.combine(anchor, datetime.min.time()), horizon, inc=True)][
        :8
    ]
    if expected:
        assert list(slots(text, anchor, len(expected), anchor=anchor)) == expected
