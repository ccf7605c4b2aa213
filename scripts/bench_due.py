"""Compare due dates with pandas, numpy and `holidays` in one run; print markdown lines.

`.venv/bin/python scripts/bench_due.py [--cases 1000000]`: equality first (exit 1 when anything differs that is not on
the named list), then speed: the kernel and the public call against pandas `CustomBusinessHour`, limits of 1-60 working
days from the same 10,000 random moments, every figure the best of five passes.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import holidays
import numpy as np
import pandas as pd

TOP = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TOP / "src"), str(TOP / "tests")]

from core.test_calendar_peers import EXCEPTIONS  # noqa: E402
from kycuong.core.calendars import TZ, to_minute  # noqa: E402
from kycuong.core.limits import Limit, Unit, due, due_at_kernel  # noqa: E402
from kycuong.core.seed_calendar import seed  # noqa: E402

CAL = seed()
FIRST, LAST = date(2010, 1, 1), date(2030, 12, 31)
ALL_DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def their_days() -> tuple[dict[date, bool], np.busdaycalendar]:
    """Return the working days of `holidays`, and numpy's calendar of them with the named exceptions put right."""
    table = holidays.country_holidays("VN", years=range(2009, 2032))
    works = {day: table.is_working_day(day) for day in ALL_DAYS}
    off = [day for day in ALL_DAYS if works[day] is (day in EXCEPTIONS)]
    return works, np.busdaycalendar(weekmask="1111111", holidays=off)


def equality(cases: int) -> int:
    works, calendar = their_days()
    differing = {day for day in ALL_DAYS if works[day] is not CAL.is_working(day)}
    rng = random.Random(2026)
    starts = [ALL_DAYS[rng.randrange(150, len(ALL_DAYS) - 150)] for _ in range(cases)]
    steps = [rng.randrange(1, 61) * rng.choice((1, -1)) for _ in range(cases)]
    begin, n = np.array(starts, dtype="datetime64[D]"), np.array(steps)
    ahead = np.busday_offset(begin, np.abs(n), roll="backward", busdaycal=calendar)
    behind = np.busday_offset(begin, -np.abs(n), roll="forward", busdaycal=calendar)
    theirs = np.where(n > 0, ahead, behind)
    ours = np.array([CAL.add_working_days(on, k) for on, k in zip(starts, steps, strict=True)], dtype="datetime64[D]")
    wrong_adds = int((ours != theirs).sum())
    one = np.timedelta64(1, "D")
    low, high = np.minimum(begin, theirs) + one, np.maximum(begin, theirs) + one
    counted = np.busday_count(low, high, busdaycal=calendar) * np.sign(n)
    mine = [CAL.working_days_between(a, b) for a, b in zip(starts, theirs.astype(object), strict=True)]
    wrong_counts = int((np.array(mine) != counted).sum())
    wrong_days = sum(works[on] is not CAL.is_working(on) and on not in EXCEPTIONS for on in starts)
    print(f"- is_working on {cases:,} random days = `holidays` {holidays.__version__}: {wrong_days} differ;")
    named = differing == set(EXCEPTIONS)
    print(f"  of all {len(ALL_DAYS):,} days 2010–2030 {len(differing)} differ, all of them named: {named}")
    print(f"- add_working_days on {cases:,} random cases = `numpy.busday_offset` {np.__version__}: {wrong_adds} differ")
    print(f"- working_days_between on the same = `numpy.busday_count`: {wrong_counts} differ")
    for day, reason in EXCEPTIONS.items():
        print(f"  - {day:%d/%m/%Y}: {reason}")
    return wrong_days + wrong_adds + wrong_counts + (differing != set(EXCEPTIONS))


def rate(run: Callable[[], None], times: int) -> float:
    """Return calls per second, best of five passes."""
    best = float("inf")
    for _ in range(5):
        began = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - began)
    return times / best


def speed(cases: int) -> int:
    rng = random.Random(7)
    starts = [
        datetime(2011, 1, 3, 8, tzinfo=TZ) + timedelta(minutes=rng.randrange(60 * 24 * 6_500)) for _ in range(cases)
    ]
    days = [rng.randrange(1, 61) for _ in range(cases)]
    limits = [Limit(n, Unit.working_day) for n in range(61)[1:]]
    asked = [(at, limits[n - 1]) for at, n in zip(starts, days, strict=True)]
    minutes = [(to_minute(at), n) for at, n in zip(starts, days, strict=True)]
    working_day = Unit.working_day
    off = [day for day in ALL_DAYS if day.weekday() < 5 and not CAL.is_working(day)]
    base = pd.offsets.CustomBusinessHour(start=["07:30", "13:30"], end=["11:30", "17:00"], holidays=off)
    offsets = {n: base * (n * 15 // 2) for n in range(1, 61)}
    stamps = [(pd.Timestamp(at.replace(tzinfo=None)), offsets[n]) for at, n in zip(starts, days, strict=True)]

    def peer() -> None:
        for stamp, offset in stamps:
            stamp + offset

    def kernel_days() -> None:
        for minute, n in minutes:
            due_at_kernel(CAL, minute, n, working_day)

    def kernel_minutes() -> None:
        add = CAL.add_minutes
        for minute, n in minutes:
            add(minute, n * 450)

    def public() -> None:
        for at, limit in asked:
            due(at, limit, CAL)

    def spoken() -> None:
        for at, limit in asked:
            _ = due(at, limit, CAL).explanation

    due(starts[0], limits[0], CAL)
    theirs = rate(peer, cases)
    print(f"- pandas {pd.__version__} `CustomBusinessHour`, offsets prebuilt: {theirs:,.0f}/s")
    failed = 0
    for name, run, times, wanted in (
        ("kernel, working days", kernel_days, cases, 100),
        ("kernel, the same lengths in working minutes", kernel_minutes, cases, 100),
        ("public `due`, explanation built", public, cases, 20),
        ("public `due`, every line put into words", spoken, cases, 0),
    ):
        ours = rate(run, times)
        failed += ours < wanted * theirs
        goal = f" (wanted ≥ {wanted} ×)" if wanted else ""
        print(f"- {name}: {ours:,.0f}/s = **{ours / theirs:,.0f} ×** pandas{goal}")
    return failed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    options = parser.parse_args()
    print(f"Due dates, Python {sys.version.split()[0]}, calendar {CAL.name}\n")
    sys.exit(1 if equality(options.cases) + speed(min(options.cases, 10_000)) else 0)
