"""The agency's own process: at which step a task lay, which version it ran under, what a process must hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests import make

from kycuong.core import processes as law
from kycuong.core.errors import Invalid
from kycuong.core.processes import Stage, Stay, StepGiven

CLERK, LEADER, DIVISION, OFFICER, APPROVE, ISSUE = Stage


@pytest.mark.parametrize(
    ("road", "stages"),
    [
        (["unit_head", "division_head", "officer", "division_head", "unit_head"], [LEADER, DIVISION, OFFICER, APPROVE, APPROVE]),
        (["clerk", "unit_head", "officer", "unit_head", "clerk"], [CLERK, LEADER, OFFICER, APPROVE, ISSUE]),
        (["unit_head", "unit_deputy", "division_head", "unit_head"], [LEADER, LEADER, DIVISION, APPROVE]),
        (["unit_head", "division_head", "officer", "division_head", "officer", "unit_head"],
         [LEADER, DIVISION, OFFICER, APPROVE, OFFICER, APPROVE]),
        (["", "division_deputy"], [LEADER, DIVISION]),
        ([], []),
    ],
)  # fmt: skip
def test_a_stay_belongs_to_the_step_that_its_place_on_the_road_makes_it(road: list[str], stages: list[Stage]) -> None:
    stays = [Stay(kind, 10) for kind in road]
    assert law.stages(stays) == stages
    assert sum(law.dwell(stays).values()) == 10 * len(road)


TODAY = date(2026, 11, 2)
GOOD = {"inside": [1, 2], "on": TODAY, "today": TODAY, "latest": None, "reason": "Bỏ bước thừa"}
STEPS = [StepGiven(LEADER, 1, 4), StepGiven(OFFICER, 2, 40)]


@pytest.mark.parametrize(
    ("steps", "changed", "code"),
    [
        (STEPS[:1], {}, "process_short"),
        ([STEPS[0], StepGiven(OFFICER, 9, 8)], {}, "process_post"),
        ([STEPS[0], StepGiven(OFFICER, 2, 0)], {}, "process_hours"),
        ([STEPS[0], StepGiven(OFFICER, 2, 401)], {}, "process_hours"),
        (STEPS, {"on": None}, "process_from"),
        (STEPS, {"on": TODAY - timedelta(days=1)}, "process_from"),
        (STEPS, {"on": TODAY + timedelta(days=367)}, "process_far"),
        (STEPS, {"latest": TODAY}, "process_after"),
        (STEPS, {"reason": " "}, "process_reason"),
    ],
)
def test_a_process_that_nobody_could_follow_is_refused(
    steps: list[StepGiven], changed: dict[str, object], code: str
) -> None:
    law.check(STEPS, **GOOD)  # type: ignore[arg-type]
    with pytest.raises(Invalid) as caught:
        law.check(steps, **GOOD | changed)  # type: ignore[arg-type]
    assert caught.value.code == code


def test_a_task_is_measured_under_the_version_of_its_day() -> None:
    begins = [make.at("2026-03-01 00:00"), make.at("2026-09-01 00:00")]
    days = ("2026-02-28 23:59", "2026-03-01 00:00", "2026-08-31 08:00", "2026-09-01 00:00")
    assert [law.version_on(make.at(day), begins) for day in days] == [None, 0, 0, 1]
    assert (law.Saved(9.0, 4, 6.5, 3).days, law.Saved(5.0, 1, 6.0, 1).days) == (2.5, -1.0)
