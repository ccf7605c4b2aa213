"""The same answers as `holidays` and numpy's busday functions, but for a list of named exceptions."""

from __future__ import annotations

import random
import runpy
from datetime import date, timedelta
from pathlib import Path

import holidays
import numpy as np

from kycuong.core.seed_calendar import seed
from kycuong.core.seed_calendar.rows import ROWS

CAL = seed()

#: Days on which `holidays` 0.109 differs from what was decided, and why ours stands.
EXCEPTIONS = {
    date(2014, 1, 25): "làm bù cho ngày 28/01/2014: thiếu trong holidays",
    date(2014, 1, 28): "nghỉ hoán đổi dịp Tết Giáp Ngọ: thiếu trong holidays",
    date(2014, 2, 5): "nghỉ bù Tết Giáp Ngọ: thiếu trong holidays",
    date(2014, 2, 8): "làm bù cho ngày 29/01/2014: thiếu trong holidays",
    date(2026, 1, 2): "hoán đổi theo Công văn 12729/VPCP-KGVX: thiếu trong holidays",
    date(2026, 1, 10): "làm bù cho ngày 02/01/2026: thiếu trong holidays",
}


def test_every_day_agrees_with_holidays_but_for_the_named_exceptions() -> None:
    theirs = holidays.country_holidays("VN", years=range(2009, 2032))
    day, differing = date(2010, 1, 1), set()
    while day <= date(2030, 12, 31):
        if theirs.is_working_day(day) is not CAL.is_working(day):
            differing.add(day)
        day += timedelta(days=1)
    assert differing == set(EXCEPTIONS)


def test_the_checked_in_rows_are_those_that_the_script_writes() -> None:
    made = runpy.run_path(str(Path(__file__).parents[2] / "scripts/seed_calendar.py"))
    assert ROWS.splitlines() == made["lines"]()


def busday() -> np.busdaycalendar:
    """Return the days of `holidays`, exceptions put right; numpy has no working Saturdays, so weekends are days off."""
    theirs = holidays.country_holidays("VN", years=range(2009, 2032))
    days = [date(2010, 1, 1) + timedelta(days=n) for n in range(7_670)]
    off = [day for day in days if theirs.is_working_day(day) is (day in EXCEPTIONS)]
    return np.busdaycalendar(weekmask="1111111", holidays=off)


def test_adding_and_counting_agree_with_numpy() -> None:
    random.seed(2026)
    first, cases, calendar = date(2011, 1, 1), 20_000, busday()
    starts = [first + timedelta(days=random.randrange(6_900)) for _ in range(cases)]
    steps = [random.randrange(1, 61) * random.choice((1, -1)) for _ in range(cases)]
    ours = [CAL.add_working_days(on, n) for on, n in zip(starts, steps, strict=True)]
    forward = np.busday_offset(starts, np.abs(steps), roll="backward", busdaycal=calendar)
    backward = np.busday_offset(starts, -np.abs(steps), roll="forward", busdaycal=calendar)
    theirs = np.where(np.array(steps) > 0, forward, backward).astype(object).tolist()
    assert ours == theirs
    counted = [CAL.working_days_between(on, end) for on, end in zip(starts, ours, strict=True)]
    one = np.timedelta64(1, "D")
    # numpy counts a <= d < b; shifted by a day it counts a < d <= b
    begin, end = np.array(starts, dtype="datetime64[D]") + one, np.array(ours, dtype="datetime64[D]") + one
    low, high = np.minimum(begin, end), np.maximum(begin, end)
    expected = np.busday_count(low, high, busdaycal=calendar) * np.where(end >= begin, 1, -1)
    assert counted == expected.tolist()
