"""What the demo shows of arbiters, slips and an agency's own process is lived through, in the few units that it needs."""

from __future__ import annotations

from datetime import datetime

import pytest

from kycuong import jobs
from kycuong.core.calendars import TZ
from kycuong.demo import deciding, province
from kycuong.demo.life import Life
from kycuong.models import Arbitration, Competence, Duty, Voting, WorkProcess
from kycuong.services import calendars, org

BODIES = ("lg", "lg-vp", "lg-sxd", "lg-stc", "lg-snnmt", "lg-snv", "lg-syt")


@pytest.fixture
def life(db: None) -> Life:
    rows, at = province.rows(), datetime(2026, 1, 5, 8, tzinfo=TZ)
    units = [row for row in rows.units if row.code in BODIES or row.parent_code in BODIES[1:]]
    kept = {row.code for row in units}
    posts = [row for row in rows.posts if row.unit_code in kept]
    held = {row.code for row in posts}
    seats = [row for row in rows.appointments if row.post_code in held]
    logins = {row.login for row in seats}
    calendars.load_seed(at=at)
    org.load(
        at=at,
        units=[
            org.UnitSpec(row.code, row.name, row.short_name, row.kind, row.relation, row.parent_code, row.valid_from, row.valid_until)
            for row in units
        ],
        posts=[org.PostSpec(row.code, row.unit_code, row.kind, row.title, row.field) for row in posts],
        officers=[org.OfficerSpec(row.login, row.full_name, row.gender) for row in rows.officers if row.login in logins],
        appointments=[org.AppointmentSpec(row.login, row.post_code, row.valid_from, row.valid_until) for row in seats],
        password="mat-khau-dai-2026",
    )  # fmt: skip
    return Life(datetime(2026, 11, 23, 8, tzinfo=TZ))


def test_a_matter_is_passed_on_until_it_is_ruled_on_slips_are_cast_and_a_process_is_revised(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "catch_up", jobs.work_once)  # once a day is enough here: it is the acts that are tried
    deciding.arrange(life)
    life.play()
    ruled = Arbitration.objects.get()
    assert ruled.unit is not None
    assert ruled.unit.code == "lg-sxd"
    assert Competence.objects.get(basis__contains=deciding.RULING).unit == ruled.unit
    assert Duty.objects.filter(kind="task", phase="open").get().holder_unit == ruled.unit
    first, second = Voting.objects.order_by("asked_at")
    assert (first.closed_at is not None, second.closed_at) == (True, None)
    assert WorkProcess.objects.filter(unit__code=deciding.ROAD_UNIT).count() == len(deciding.ROAD)
