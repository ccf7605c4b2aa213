"""Clause 3.3: for any past day it is on record who held what, however often the desk moved since."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests import make

from kycuong.models import Duty, DutyHolding
from kycuong.queries import duties
from stories.doors import Services, Web

pytestmark = pytest.mark.django_db

#: On which desk it lay at a moment.
DESKS = {
    "2026-11-02 07:59": None,  # not yet given
    "2026-11-02 09:00": "Ngô Xuân Trường",
    "2026-11-03 23:00": "Mạc Đình Chi",
    "2026-11-05 12:00": "Trương Thị Nga",
    "2026-11-09 12:00": "Mạc Đình Chi",
    "2026-11-09 15:00": "Ngô Xuân Trường",
    "2026-11-12 12:00": "Ngô Xuân Trường",  # sent out: it waits, and stays the unit's
    "2026-11-20 08:00": None,  # closed
}


def test_the_desk_of_every_past_moment(door: Services | Web) -> None:
    make.province()
    document = door.line("2026-11-02 08:00", make.LINE)
    door.issue("2026-11-02 08:00", document)
    duty = Duty.objects.get(document__public_id=document, kind="task")
    for login, when, act, given in (
        ("gdsxd", "2026-11-03 08:00", "assign", {"desk": make.desk("tpqldt")}),
        ("tpqldt", "2026-11-04 08:00", "assign", {"desk": make.desk("cvqldt")}),
        ("cvqldt", "2026-11-09 09:00", "submit", {"note": "Dự thảo"}),
        ("tpqldt", "2026-11-09 14:00", "submit", {"note": ""}),
        ("gdsxd", "2026-11-10 09:00", "send", {"file": make.result_file()}),
        ("theodoi", "2026-11-16 09:00", "confirm", {"note": ""}),
    ):
        door.act(login, when, duty.public_id, act, **given)

    later = "2026-11-30 08:00"
    if isinstance(door, Web):
        browser = door.person("chutich", later)
        page = browser.get(reverse("duty", args=[duty.public_id])).context["page"]
    else:
        page = duties.duty(make.who("chutich", later), duty.public_id, make.at(later))
    for moment, name in DESKS.items():
        at = make.at(moment)
        rows = [row for row in page.holdings if row.from_at <= at and (row.until_at is None or at < row.until_at)]
        assert [row.officer_name for row in rows] == ([name] if name else []), moment
    units = [row.unit_name for row in page.holdings]
    assert units == [  # the unit's own desk, the division's, and back
        "Sở Xây dựng", "Phòng Quản lý đô thị", "Phòng Quản lý đô thị", "Phòng Quản lý đô thị", "Sở Xây dựng",
    ]  # fmt: skip


def test_a_head_who_leaves_stays_in_the_record_of_what_was_held() -> None:
    make.province()
    (duty,) = make.issued()
    make.Road(duty).assign("gdsxd", "tpqldt", "2026-11-03 08:00")
    make.vacate("gdsxd", "2026-11-10 00:00")
    held = DutyHolding.objects.filter(officer__login="gdsxd", from_at__lte=make.at("2026-11-02 12:00"))
    assert [row.duty for row in held] == [duty]
    page = duties.duty(make.who("chutich", "2026-11-20 08:00"), duty.public_id, make.at("2026-11-20 08:00"))
    assert page.holdings[0].officer_name == "Ngô Xuân Trường"
    assert (page.holdings[0].title, page.holdings[0].working_days) == ("Giám đốc Sở Xây dựng", 1)
