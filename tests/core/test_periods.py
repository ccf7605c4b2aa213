"""The days of a period, and what a task counts as at its end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kycuong.core import periods
from kycuong.core.calendars import midnight
from kycuong.core.duties import State
from kycuong.core.errors import Invalid

END = midnight(date(2026, 11, 1))


@pytest.mark.parametrize(
    ("kind", "number", "since", "until"),
    [
        ("month", 12, date(2026, 12, 1), date(2027, 1, 1)),
        ("quarter", 2, date(2026, 4, 1), date(2026, 7, 1)),
        ("half", 2, date(2026, 7, 1), date(2027, 1, 1)),
        ("year", 1, date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_the_days_of_a_period(kind: str, number: int, since: date, until: date) -> None:
    assert periods.days_of(kind, 2026, number) == (since, until)


def test_periods_of_one_kind_follow_each_other() -> None:
    for kind, parts in periods.PARTS.items():
        days = [periods.days_of(kind, 2026, number) for number in range(1, parts + 1)]
        assert [until for _, until in days][:-1] == [since for since, _ in days][1:]
        with pytest.raises(Invalid):
            periods.days_of(kind, 2026, parts + 1)


def test_a_correction_counts_for_the_past_and_an_exclusion_stands_apart() -> None:
    due = END - timedelta(days=10)
    near = END + timedelta(days=3)

    def state(**more: object) -> State:
        then = {"phase": "open", "due_at": due, "outcome": None, "late": 0} | more
        return periods.counted(periods.Past(**then), until=END, near_until=near)  # type: ignore[arg-type]

    assert state() == State.OVERDUE
    assert state(corrected_due=END + timedelta(days=30)) == State.NOT_DUE
    assert state(corrected_due=END + timedelta(days=2)) == State.NEAR_DUE
    sent = {"phase": "closed", "outcome": "done_late", "late": 2, "answered_at": due + timedelta(days=2)}
    assert state(**sent) == State.DONE_LATE
    assert state(**sent, corrected_due=due + timedelta(days=5)) == State.DONE_ON_TIME
    assert state(excluded=True) == State.APART
