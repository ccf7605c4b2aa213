"""Clause 2.c: a unit's programme of work for the year; its lines are duties that somebody holds, followed by quarter."""

from __future__ import annotations

import pytest
from tests import make

from kycuong.models import AuditEntry, Duty
from kycuong.queries import programmes as queries
from services.test_programmes import table
from stories.period_doors import DOORS, Services, Web


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(DOORS))
def test_the_programme_becomes_duties(name: str) -> None:
    make.province()
    door: Services | Web = DOORS[name]()
    rows = [
        ["Kiểm tra trật tự xây dựng đô thị", "Phòng Quản lý đô thị", "", "", "10/11/2026", "Biên bản"],
        ["Rà soát quy hoạch phân khu", "", "Sở Tài chính", "IV", "", "Báo cáo"],
    ]
    programme = door.programme("cvqldt", "2026-11-02 08:00", "SXD", 2026)
    door.take_lines("cvqldt", "2026-11-02 08:30", programme, table(rows))
    door.submit_programme("cvqldt", "2026-11-02 09:00", programme)
    door.approve_programme("gdsxd", "2026-11-02 10:00", programme)
    checked, reviewed = Duty.objects.filter(kind="task").order_by("due_at")
    assert checked.holder_officer and checked.holder_officer.login == "tpqldt"
    door.act("gdsxd", "2026-11-09 09:00", checked.public_id, "send", file=make.result_file())
    door.act("theodoi", "2026-11-10 09:00", checked.public_id, "confirm")
    page = queries.programme(make.who("gdsxd"), programme, make.at("2026-11-10 10:00"))
    assert (page.total.done, page.total.not_begun, page.total.total) == (1, 1, 2)
    later = queries.programme(make.who("gdsxd"), programme, make.at("2027-01-04 08:00"))
    assert (later.total.done, later.total.overdue) == (1, 1)
    assert AuditEntry.objects.filter(act="approve_programme").count() == 1
    assert reviewed.giver_unit == make.unit("SXD")
