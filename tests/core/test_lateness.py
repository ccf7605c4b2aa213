"""Days left and days late, as an officer counts them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kycuong.core.calendars import TZ
from kycuong.core.lateness import days_late, days_left
from kycuong.core.limits import Limit, Unit, due
from kycuong.core.seed_calendar import seed

CAL = seed()
MOMENTS = st.datetimes(datetime(2011, 1, 1), datetime(2026, 12, 31)).map(lambda at: at.replace(tzinfo=TZ))  # noqa: DTZ001


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


@pytest.mark.parametrize(
    ("now", "due_at", "left"),
    [
        ("2026-11-20T09:00", "2026-12-01T00:00", 5),  # Friday; 23, 25, 26, 27, 30: 24/11 is off
        ("2026-11-30T23:59", "2026-12-01T00:00", 0),
        ("2026-11-30T00:00", "2026-12-01T00:00", 0),
        ("2026-12-05T08:00", "2026-12-01T00:00", 0),
        ("2026-02-13T08:00", "2026-02-24T00:00", 1),
        ("2026-11-16T08:00", "2026-11-16T14:00", 0),
        ("2026-11-13T08:00", "2026-11-16T14:00", 1),
    ],
)
def test_working_days_left(now: str, due_at: str, left: int) -> None:
    assert days_left(at(now), at(due_at), CAL) == left


@pytest.mark.parametrize(
    ("now", "due_at", "late"),
    [
        ("2026-11-30T23:59", "2026-12-01T00:00", 0),
        ("2026-12-01T00:00", "2026-12-01T00:00", 1),
        ("2026-12-01T17:00", "2026-12-01T00:00", 1),
        ("2026-12-02T00:00", "2026-12-01T00:00", 2),
        ("2026-11-21T10:00", "2026-11-21T00:00", 1),  # a Saturday after a Friday end: late, though no day was worked
        ("2026-11-23T10:00", "2026-11-21T00:00", 1),
        ("2026-11-25T10:00", "2026-11-21T00:00", 2),
        ("2026-11-16T14:00", "2026-11-16T14:00", 1),
        ("2026-11-17T09:00", "2026-11-16T14:00", 1),
        ("2026-11-18T09:00", "2026-11-16T14:00", 2),
    ],
)
def test_working_days_late(now: str, due_at: str, late: int) -> None:
    assert days_late(at(now), at(due_at), CAL) == late


@given(MOMENTS, st.integers(1, 60), st.integers(0, 90))
def test_left_falls_and_late_grows(anchor: datetime, qty: int, later: int) -> None:
    end = due(anchor, Limit(qty, Unit.working_day), CAL).due_at
    now = anchor + timedelta(days=later)
    assert days_left(anchor, end, CAL) == qty
    assert days_left(now, end, CAL) <= qty
    assert (days_late(now, end, CAL) > 0) is (now >= end)
    assert days_late(now + timedelta(days=1), end, CAL) >= days_late(now, end, CAL)
