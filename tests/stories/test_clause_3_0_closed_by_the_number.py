"""Clause 3.0: an order with a figure is a target with plan, actual, source and gap; the number closes it, not a report."""

from __future__ import annotations

import pytest
from tests import make

from kycuong.models import Duty, Target
from kycuong.queries import targets as queries
from services.test_targets import FIGURE
from stories.period_doors import DOORS, Services, Web


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(DOORS))
def test_the_number_closes_it(name: str) -> None:
    make.province()
    door: Services | Web = DOORS[name]()
    door.issue("2026-11-02 08:10", door.line("2026-11-02 08:00", FIGURE))
    duty, target = Duty.objects.get(kind="task").public_id, Target.objects.get().public_id
    door.say("gdsxd", "2026-11-06 09:00", target, "71,2", "Báo cáo kho bạc tháng 10")
    door.act("gdsxd", "2026-11-09 09:00", duty, "send", file=make.result_file())
    door.act("theodoi", "2026-11-10 09:00", duty, "send_back", note="Mới đạt 71,2%, chưa đạt chỉ tiêu")
    door.say("gdsxd", "2026-11-12 09:00", target, "95,4", "Báo cáo kho bạc đến 11/11")
    door.act("gdsxd", "2026-11-12 10:00", duty, "send", file=make.result_file("46"))
    door.act("theodoi", "2026-11-13 09:00", duty, "confirm")
    assert Duty.objects.get(public_id=duty).outcome == "done"
    page = queries.target(make.who("chanhvp"), target)
    assert (page.row.reached, page.row.gap, [str(one.value) for one in page.actuals]) == (
        True, 0, ["95.4000", "71.2000"],
    )  # fmt: skip
