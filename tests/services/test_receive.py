"""The receipt of a desk: whoever opens a duty there has read it, and whoever acts on it there has read it too."""

from __future__ import annotations

from datetime import date

import pytest
from tests import make

from kycuong import jobs
from kycuong.models import Appointment, Duty, DutyEvent
from kycuong.services import covers, ladders, proposals, tasks

pytestmark = pytest.mark.django_db
FAR = make.LINE.replace("16/11/2026", "31/12/2026")
NINE, LATER = "2026-11-02 09:00", "2026-11-05 17:00"


@pytest.fixture(autouse=True)
def _province() -> None:
    make.province()


def read(duty: Duty) -> list[bool]:
    """Return of each desk, in order, whether it has read the duty at nine."""
    return [row.read_at == make.at(NINE) for row in duty.holdings.order_by("id")]


def not_read(duty: Duty) -> int:
    ladders.sweep(make.at("2026-11-02 17:00"))
    jobs.catch_up(make.at(LATER))
    return DutyEvent.objects.filter(duty=duty, act="rung_not_read").count()


def test_who_assigns_without_opening_the_page_has_read_and_the_next_desk_has_not() -> None:
    (duty,) = make.issued(FAR)
    make.Road(duty).assign("gdsxd", "tpqldt", NINE)
    assert read(duty) == [True, False]


def test_who_asks_for_something_has_read_and_is_not_reminded_to() -> None:
    (duty,) = make.issued(FAR)
    proposals.propose(
        actor=make.who("gdsxd"), at=make.at(NINE), duty=duty.public_id, kind="obstacle", reason="Thiếu số liệu"
    )
    assert read(duty) == [True]
    assert not_read(duty) == 0


def test_who_sends_has_read() -> None:
    (duty,) = make.issued(FAR)
    make.Road(duty).send("gdsxd", NINE)
    assert read(duty) == [True]


def test_who_handles_the_desk_reads_for_it() -> None:
    (duty,) = make.issued(FAR)
    desks = dict(
        Appointment.objects.filter(officer__login__in=["gdsxd", "pgdsxd"]).values_list("officer__login", "post")
    )
    covers.plan(
        actor=make.who("gdsxd"), at=make.at(make.MONDAY), post=desks["gdsxd"], substitute=desks["pgdsxd"],
        first=date(2026, 11, 2), last=date(2026, 11, 6),
    )  # fmt: skip
    substitute = make.who("pgdsxd", NINE)
    tasks.assign(actor=substitute, at=make.at(NINE), duty=duty.public_id, desk=make.desk("tpqldt"))
    assert read(duty) == [True, False]


def test_who_acts_from_above_has_not_read_for_the_desk_below() -> None:
    (duty,) = make.issued(FAR)
    make.Road(duty).assign("gdsxd", "tpqldt", "2026-11-02 08:30")
    make.Road(duty).assign("gdsxd", "cvqldt", NINE)
    assert read(duty)[1:] == [False, False]
