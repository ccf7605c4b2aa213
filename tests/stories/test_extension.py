"""A unit asks for time before its due date: the date stays until the giver decides, then old and new stand side by side."""

from __future__ import annotations

from datetime import date

import pytest
from tests import make

from kycuong import jobs
from kycuong.core.duties import State
from kycuong.models import Duty, DutyEvent, Notice
from kycuong.queries import duties
from stories.doors import Services, Web

pytestmark = pytest.mark.django_db

DUE = make.at("2026-11-16 00:00")
ASKED = {
    "kind": "extension", "reason": "Ba chủ đầu tư chưa gửi số liệu", "so_far": "Đã tổng hợp 12/15 dự án",
    "wanted_on": date(2026, 11, 20),
}  # fmt: skip


def given(door: Services | Web) -> Duty:
    make.province()
    document = door.line(make.MONDAY, make.LINE)
    door.issue(make.MONDAY, document)
    return Duty.objects.get(document__public_id=document, kind="task")


def test_asked_waited_given_and_shown_beside_every_date(door: Services | Web) -> None:
    duty = given(door)
    door.act("gdsxd", "2026-11-03 08:00", duty.public_id, "assign", desk=make.desk("tpqldt"))
    door.act("gdsxd", "2026-11-10 09:00", duty.public_id, "propose", **ASKED)
    duty.refresh_from_db()
    assert (duty.due_at, duty.phase, duty.holder_officer.login) == (DUE, "open", "tpqldt")  # nothing has moved

    (waiting,) = duties.my_duties(make.who("chutich"), make.at("2026-11-10 10:00")).rows
    assert (waiting.kind, waiting.proposal_kind, waiting.about_unit) == ("proposal", "extension", "Sở Xây dựng")
    assert waiting.last_date == date(2026, 11, 13)  # three working days of the giver's own
    (row,) = duties.my_duties(make.who("tpqldt"), make.at("2026-11-10 10:00")).rows
    assert row.flags == ("extension",)

    door.act("chutich", "2026-11-12 09:00", waiting.public_id, "accept", note="Lần cuối", given_on=date(2026, 11, 19))
    duty.refresh_from_db()
    assert (duty.due_at, duty.original_due_at, duty.clock_no) == (make.at("2026-11-20 00:00"), DUE, 2)
    page = duties.duty(make.who("gdsxd"), duty.public_id, make.at("2026-11-12 10:00"))
    (proposal,) = page.proposals
    assert (proposal.outcome, proposal.answer, proposal.waited_days) == ("accepted", "Lần cuối", 2)
    assert (page.row.flags, page.row.extended_times, page.row.extended_days) == ((), 1, 4)
    assert (page.row.original_last_date, page.row.last_date) == (date(2026, 11, 15), date(2026, 11, 19))
    assert page.moves == [
        "Gia hạn từ 24:00 Chủ nhật 15/11/2026 đến 24:00 thứ Năm 19/11/2026.",
        "Người quyết định: Phan Trọng Nghiêm, Chủ tịch UBND tỉnh, ngày 12/11/2026.",
    ]
    assert [event.actor_name for event in page.history if event.act == "extend"] == ["Phan Trọng Nghiêm"]

    jobs.catch_up(make.at("2026-11-20 08:00"))
    fired = DutyEvent.objects.filter(duty=duty, rung__isnull=False, clock_no=2).order_by("seq")
    assert [event.rung for event in fired] == ["near", "due", "overdue"]
    assert Notice.objects.filter(topic="extend", recipient__login="gdsxd").count() == 1
    assert Notice.objects.filter(topic="extend", recipient__login="tpqldt").count() == 1
    assert Notice.objects.filter(topic="open", duty__kind="proposal", recipient__login="chutich").count() == 1


def test_refused_leaves_everything_as_it_was_but_the_history(door: Services | Web) -> None:
    duty = given(door)
    door.act("gdsxd", "2026-11-10 09:00", duty.public_id, "propose", **ASKED)
    child = Duty.objects.get(parent=duty, kind="proposal")
    door.act("chutich", "2026-11-11 09:00", child.public_id, "refuse", note="Đã đủ thời gian")
    duty.refresh_from_db()
    assert (duty.due_at, duty.clock_no, duty.phase) == (DUE, 1, "open")
    page = duties.duty(make.who("gdsxd"), duty.public_id, make.at("2026-11-11 10:00"))
    assert [event.label for event in page.history][-2:] == ["Xin gia hạn", "Không đồng ý: đề xuất gia hạn"]
    assert page.proposals[0].answer == "Đã đủ thời gian"
    assert "extension" in page.offers  # it may ask again, before the due date


def test_a_result_sent_while_the_giver_thinks_is_measured_against_the_day_given() -> None:
    door = Services()
    duty = given(door)
    door.act("gdsxd", "2026-11-13 09:00", duty.public_id, "propose", **ASKED)
    door.act("gdsxd", "2026-11-17 09:00", duty.public_id, "send", file=make.result_file())
    duty.refresh_from_db()
    assert duty.late_working_days == 2
    child = Duty.objects.get(parent=duty, kind="proposal")
    door.act("chutich", "2026-11-17 15:00", child.public_id, "accept")
    duty.refresh_from_db()
    assert (duty.phase, duty.late_working_days, duty.next_check_at) == ("answered", 0, None)
    door.act("theodoi", "2026-11-18 09:00", duty.public_id, "confirm")
    page = duties.duty(make.who("gdsxd"), duty.public_id, make.at("2026-11-18 10:00"))
    assert page.row.state is State.DONE_ON_TIME


def test_what_is_confirmed_leaves_nothing_to_decide() -> None:
    door = Services()
    duty = given(door)
    door.act("gdsxd", "2026-11-10 09:00", duty.public_id, "propose", kind="obstacle", reason="Thiếu số liệu")
    door.act("gdsxd", "2026-11-11 09:00", duty.public_id, "send", file=make.result_file())
    door.act("theodoi", "2026-11-12 09:00", duty.public_id, "confirm")
    child = Duty.objects.get(parent=duty, kind="proposal")
    assert (child.phase, child.outcome, child.proposal.outcome) == ("closed", "lapsed", "lapsed")
    assert duties.my_duties(make.who("chutich"), make.at("2026-11-12 10:00")).rows == []
