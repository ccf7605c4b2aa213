"""Signs: where a case stands between the unit and those who look, what is a pass, the days that are the unit's own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests import make

from kycuong.core import signs as law
from kycuong.core.calendars import local_date, midnight
from kycuong.core.errors import Invalid
from kycuong.core.seed_calendar import seed
from kycuong.core.signals import range_of
from kycuong.core.signs import Contested, Standing, Stay

SINCE = make.at("2026-11-16 00:00")
OLD, NEW = SINCE - timedelta(minutes=1), SINCE


@pytest.mark.parametrize(
    ("found_at", "contested", "stands"),
    [
        (NEW, None, Standing.FRESH),
        (OLD, None, Standing.COUNTED),
        (NEW, Contested(True), Standing.CONTESTED),
        (OLD, Contested(True), Standing.CONTESTED),
        (OLD, Contested(False), Standing.COUNTED),
        (OLD, Contested(True, "kept"), Standing.KEPT),
        (NEW, Contested(True, "kept"), Standing.KEPT),
        (OLD, Contested(False, "kept"), Standing.KEPT),
        (OLD, Contested(True, "aside"), Standing.ASIDE),
        (OLD, Contested(False, "aside"), Standing.ASIDE),
    ],
)
def test_a_case_counts_only_when_the_units_own_days_are_over_or_its_word_was_weighed(
    found_at: object, contested: Contested | None, stands: Standing
) -> None:
    assert law.standing(found_at, fresh_since=SINCE, contested=contested) is stands  # type: ignore[arg-type]
    assert (stands in law.COUNTING) == (stands in {Standing.COUNTED, Standing.KEPT})


@pytest.mark.parametrize("today", [date(2026, 11, 16), date(2026, 11, 22), date(2027, 2, 15), date(2026, 9, 3)])
@pytest.mark.parametrize("days", [1, 5])
def test_the_first_fresh_instant_is_that_whose_window_still_runs(today: date, days: int) -> None:
    since = local_date(law.fresh_since(today, days, seed()))
    assert law.last_of_window(since, days, seed()) >= today
    assert law.last_of_window(since - timedelta(days=1), days, seed()) < today
    assert midnight(since) == law.fresh_since(today, days, seed())


@pytest.mark.parametrize(
    ("road", "times", "loop", "found"),
    [
        ([None, 1, None], 0, False, None),
        ([None, 1, 1, None, 1], 0, False, None),
        ([None, 1, None, 2], 1, False, None),
        ([1, 2, 3], 2, False, None),
        ([1, 2, 3, 4], 3, False, 3),
        ([1, None, 2, None, 1], 2, True, 4),
        ([1, 2, 1, 2, 1], 4, True, 2),
        ([], 0, False, None),
    ],
)
def test_only_a_third_pass_or_a_way_back_calls_for_a_look(
    road: list[int | None], times: int, loop: bool, found: int | None
) -> None:
    stays = [Stay(unit, SINCE + timedelta(hours=n)) for n, unit in enumerate(road)]
    at = SINCE + timedelta(hours=found) if found is not None else None
    assert law.passed(stays) == law.Passed(times, loop, at)


def test_nobody_is_compared_alone_and_a_share_of_nothing_is_none() -> None:
    assert (law.middle([50.0]), law.middle([10.0, 30.0]), law.middle([1.0, 9.0, 4.0])) == (None, 20.0, 4.0)
    assert (law.share(0, 0), law.share(1, 3)) == (None, 33.3)


def test_an_explanation_needs_words_and_a_decision_is_one_of_two() -> None:
    for call in (
        lambda: law.check_contest(" "), lambda: law.check_verdict("kept", ""), lambda: law.check_verdict("guilty", "x"),
        lambda: law.code_of("guilt"),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            call()


@pytest.mark.parametrize("day", [date.min, date.max])
def test_days_that_nobody_can_mean_are_refused_in_words(day: date) -> None:
    for given in ({"since": day, "until": day}, {"since": None, "until": day}):
        with pytest.raises(Invalid) as told:
            range_of(**given, today=date(2026, 11, 16))  # type: ignore[arg-type]
        assert told.value.code == "date_unknown"
