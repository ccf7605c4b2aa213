"""Office hours of a unit and those below it: limits in hours and the minutes of reminders follow, dates stay."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests import make

from kycuong.core.calendar_changes import Decision
from kycuong.core.errors import Invalid, NotAllowed
from kycuong.core.limits import Limit
from kycuong.core.limits import Unit as In
from kycuong.models import CalendarChange, Duty, Unit
from kycuong.queries import calendar_changes as queries
from kycuong.queries import calendars
from kycuong.queries.calendar_changes import Wanted
from kycuong.services import calendar_changes, tasks

PAPER = Decision("90/QĐ-UBND", date(2026, 11, 2), "UBND tỉnh Lam Giang")
WINTER = ((480, 720), (810, 1020))  # 08:00-12:00, 13:30-17:00
NOW = "2026-11-09 10:00"


def give(unit: UUID, spans: Any = WINTER, when: str = NOW, **given: Any) -> CalendarChange:
    given = {"actor": make.who("quantri"), "decision": PAPER, "reason": "Giờ mùa đông"} | given
    return calendar_changes.change_hours(at=make.at(when), unit=unit, spans=spans, seen=calendars.version(), **given)


def in_hours(duty: Duty, hours: int = 8) -> Duty:
    """Make the confirmer's duty one of working hours, as a limit in hours would wind it."""
    limit = Limit(hours, In.working_hour)
    at = make.at(NOW)
    end = calendars.current(duty.holder_unit_id).add_working_minutes(at, hours * 60)
    Duty.objects.filter(pk=duty.pk).update(
        anchor_at=at, limit_qty=limit.qty, limit_unit=limit.unit, due_at=end, original_due_at=end
    )
    duty.refresh_from_db()
    return duty


def confirmation() -> Duty:
    (duty,) = make.issued()
    make.Road(duty).send("gdsxd", NOW)
    return Duty.objects.get(parent=duty)


def test_units_below_inherit_until_they_have_their_own() -> None:
    give(make.unit("T").public_id)
    assert calendars.current(make.unit("QLDT").pk).hours.spans == WINTER
    early = ((420, 690), (780, 990))
    give(make.unit("SXD").public_id, early)
    assert calendars.current(make.unit("QLDT").pk).hours.spans == early
    assert calendars.current(make.unit("STC").pk).hours.spans == WINTER
    give(make.unit("SXD").public_id, None)
    assert calendars.current(make.unit("SXD").pk).hours.spans == WINTER
    everyone = calendars.everywhere()
    for unit in Unit.objects.all():
        assert everyone.of(unit.pk).hours == calendars.current(unit.pk).hours
    assert calendars.everywhere(1).of(make.unit("STC").pk).hours.minutes_per_day == 450


def test_a_limit_in_hours_moves_and_a_date_keeps_its_day_with_reminders_at_the_new_opening() -> None:
    counted = in_hours(confirmation())
    assert counted.due_at == make.at("2026-11-10 10:30")
    (printed,) = make.issued()
    wanted = Wanted(unit_id=make.unit("T").pk, spans=WINTER)
    shown = queries.preview(make.who("quantri"), make.at(NOW), wanted)
    change = give(make.unit("T").public_id)
    counted.refresh_from_db()
    printed.refresh_from_db()
    assert counted.due_at == make.at(
        "2026-11-10 10:30"
    )  # half an hour later in the day, and the day begins as much later
    assert (printed.due_at, printed.near_at) == (make.at("2026-11-16 00:00"), make.at("2026-11-10 08:00"))
    assert (shown.moved, shown.rungs) == (change.due_moved, change.rungs_moved)
    long = in_hours(counted, 12)
    give(make.unit("VP").public_id, ((480, 660),))  # three hours a day
    long.refresh_from_db()
    assert long.due_at == make.at("2026-11-13 10:00")


def test_new_duties_are_reminded_in_the_hours_of_their_holder() -> None:
    give(make.unit("SXD").public_id, ((540, 1020),), when="2026-11-02 07:00")
    (duty,) = make.issued()
    assert duty.near_at == make.at("2026-11-10 09:00")


def test_hours_are_taken_back_as_they_were() -> None:
    first = give(make.unit("SXD").public_id)
    calendar_changes.reverse(
        actor=make.who("chanhvp"), at=make.at(NOW), change=first.public_id, decision=PAPER, reason="Nhầm đơn vị", seen=2
    )
    unit = make.unit("SXD")
    assert (unit.office_hours, unit.office_hours_basis) == (None, "")
    assert calendars.current(unit.pk).hours == calendars.current().hours


def test_refusals_change_nothing() -> None:
    unit = make.unit("SXD").public_id
    with make.refused(NotAllowed, "calendar_not_allowed"):
        give(unit, actor=make.who("gdsxd"))
    with make.refused(Invalid, "hours_wrong"):
        give(unit, ((700, 600),))
    with make.refused(Invalid, "hours_same"):
        give(unit, None)
    with make.refused(Invalid, "unit_unknown"):
        give(uuid4())


@pytest.mark.parametrize("spans", [None, WINTER])
def test_the_sending_still_counts_minutes(spans: Any) -> None:
    if spans:
        give(make.unit("SXD").public_id, spans, when="2026-11-02 07:00")
    (duty,) = make.issued()
    tasks.send(
        actor=make.who("gdsxd"), at=make.at("2026-11-02 12:00"), duty=duty.public_id, file=make.result_file(),
        request=make.Road(duty).request(),
    )  # fmt: skip
    duty.refresh_from_db()
    assert duty.consumed_minutes == (240 if spans else 210)
