"""A typed instruction becomes a task, goes down to an officer and up again, is sent, sent back, sent anew and confirmed."""

from __future__ import annotations

import pytest

import make
from kycuong import jobs
from kycuong.core.duties import State
from kycuong.models import Duty, DutyEvent, DutyHolding, Notice
from kycuong.queries import duties
from kycuong.services.duties import RUNGS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _province(db: None) -> None:
    make.province()


def state(login: str, duty: Duty, when: str) -> State:
    return duties.duty(make.who(login), duty.public_id, make.at(when)).row.state


def test_from_a_typed_line_to_a_confirmed_result() -> None:
    (duty,) = make.issued()
    road = make.Road(duty)
    assert duty.holder_unit.name == "Sở Xây dựng"
    assert duty.holder_officer.login == "gdsxd"
    assert duty.due_at == make.at("2026-11-16 00:00")  # "trước ngày 16/11" ends with 15/11
    assert duty.task.participants.get().unit.name == "Sở Tài chính"

    assert road.assign("gdsxd", "tpqldt", "2026-11-03 08:00").holder_officer.login == "tpqldt"
    assert road.assign("tpqldt", "cvqldt", "2026-11-03 09:00").holder_officer.login == "cvqldt"
    assert road.submit("cvqldt", "2026-11-09 09:00").holder_officer.login == "tpqldt"
    assert road.submit("tpqldt", "2026-11-09 14:00").holder_officer.login == "gdsxd"
    sent = road.send("gdsxd", "2026-11-10 15:00")
    assert (sent.phase, sent.running_since, sent.next_check_at) == ("answered", None, None)
    assert state("theodoi", duty, "2026-11-10 16:00") is State.AWAITING
    result = duty.task.results.get()
    assert (result.number, result.symbol, result.signer) == ("45", "BC-SXD", "Ngô Xuân Trường")

    back = road.send_back("theodoi", "2026-11-12 15:00")
    assert (back.phase, back.due_at) == ("open", make.at("2026-11-17 00:00").replace(day=18))  # two working days on
    assert back.original_due_at == make.at("2026-11-16 00:00")
    road.send("gdsxd", "2026-11-13 10:00")
    done = road.confirm("theodoi", "2026-11-16 09:00")
    assert (done.phase, done.outcome, done.late_working_days) == ("closed", "done", 0)
    assert state("chutich", duty, "2026-11-16 10:00") is State.DONE_ON_TIME
    assert not DutyHolding.objects.filter(duty=duty, until_at__isnull=True).exists()
    assert Duty.objects.filter(parent=duty).exclude(phase="closed").count() == 0
    acts = list(DutyEvent.objects.filter(duty=duty).order_by("seq").values_list("act", flat=True))
    assert acts == ["open", "assign", "assign", "submit", "submit", "send", "send_back", "send", "confirm"]


def test_left_alone_it_turns_overdue_and_each_rung_fires_once() -> None:
    (duty,) = make.issued()
    jobs.catch_up(make.at("2026-11-18 09:00"))
    jobs.catch_up(make.at("2026-11-18 09:00"))
    rungs = list(DutyEvent.objects.filter(duty=duty, rung__in=RUNGS).order_by("seq").values_list("rung", "at"))
    assert [rung for rung, _ in rungs] == ["near", "due", "overdue"]
    assert all(moment.astimezone(make.TZ).strftime("%H:%M") == "07:30" for _, moment in rungs)
    page = duties.my_duties(make.who("gdsxd"), make.at("2026-11-18 09:00"))
    assert [(row.state, row.days) for row in page.rows] == [(State.OVERDUE, 3)]
    assert (
        Notice.objects.filter(recipient__login="gdsxd", topic="rung_overdue").count() == 2
    )  # the next day up the line
