"""A unit says that a task is not in its competence: it stays the unit's, on its clock, until the giver has decided."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests import make

from kycuong import jobs
from kycuong.core.duties import State
from kycuong.models import Duty, DutyHolding, Notice
from kycuong.queries import duties
from stories.doors import Services, Web

pytestmark = pytest.mark.django_db

ASKED = {
    "kind": "return", "reason": "Theo dõi giải ngân là việc của Sở Tài chính", "basis": "Khoản 4 Điều 2 QĐ 05/2025/QĐ-UBND",
}  # fmt: skip


def given(door: Services | Web) -> Duty:
    make.province()
    document = door.line(make.MONDAY, make.LINE)
    door.issue(make.MONDAY, document)
    return Duty.objects.get(document__public_id=document, kind="task")


def test_until_it_is_decided_the_clock_runs_and_the_unit_answers(door: Services | Web) -> None:
    duty = given(door)
    door.act("gdsxd", "2026-11-10 09:00", duty.public_id, "propose", **ASKED)
    jobs.catch_up(make.at("2026-11-18 09:00"))  # the giver let it lie
    duty.refresh_from_db()
    assert (duty.phase, duty.due_at, duty.clock_no) == ("open", make.at("2026-11-16 00:00"), 1)
    (row,) = duties.my_duties(make.who("gdsxd"), make.at("2026-11-18 09:00")).rows
    assert (row.state, row.days, row.flags) == (State.OVERDUE, 3, ("return",))
    (waiting,) = duties.my_duties(make.who("chutich"), make.at("2026-11-18 09:00")).rows
    assert (waiting.state, waiting.days) == (State.OVERDUE, 3)  # the giver is late too, and it shows
    assert Notice.objects.filter(recipient__login="chutich", topic="rung_overdue", duty__kind="proposal").exists()


def test_agreed_it_is_taken_back_neither_on_time_nor_late(door: Services | Web) -> None:
    duty = given(door)
    door.act("gdsxd", "2026-11-10 09:00", duty.public_id, "propose", **ASKED)
    child = Duty.objects.get(parent=duty)
    door.act("chutich", "2026-11-11 09:00", child.public_id, "accept", note="")
    page = duties.duty(make.who("gdsxd"), duty.public_id, make.at("2026-11-11 10:00"))
    assert (page.row.state, page.acts, page.offers) == (State.APART, [], [])
    assert page.history[-1].label == "Nhận lại: không thuộc thẩm quyền"
    assert not DutyHolding.objects.filter(duty__in=[duty, child], until_at__isnull=True).exists()
    assert sum(duties.my_counts(make.who("gdsxd"), make.at("2026-11-11 10:00")).values()) == 0
    jobs.catch_up(make.at("2026-12-01 08:00"))
    assert not Notice.objects.filter(topic__startswith="rung", duty=duty, at__gt=make.at("2026-11-11 10:00")).exists()


def test_refused_it_stays_and_the_page_tells_the_whole_of_it() -> None:
    door = Web()
    duty = given(door)
    door.act("gdsxd", "2026-11-10 09:00", duty.public_id, "propose", **ASKED)
    child = Duty.objects.get(parent=duty)
    chair = door.person("chutich", "2026-11-11 09:00")
    home = chair.get(reverse("home")).content.decode()
    assert "Đề xuất trả lại nhiệm vụ của Sở Xây dựng" in home
    shown = chair.get(reverse("duty", args=[child.public_id])).content.decode()
    assert ASKED["reason"] in shown
    assert reverse("duty_act", args=[child.public_id, "khong-dong-y"]) in shown
    answer = chair.post(reverse("duty_act", args=[child.public_id, "khong-dong-y"]), {"note": ""})
    assert answer.status_code == 422
    assert "Chưa ghi nội dung trả lời" in answer.content.decode()
    door.act("chutich", "2026-11-11 09:05", child.public_id, "refuse", note="Sở được giao tại Quyết định 12")
    told = door.person("gdsxd", "2026-11-11 10:00").get(reverse("duty", args=[duty.public_id])).content.decode()
    for words in (
        "Không đồng ý: đề xuất trả lại nhiệm vụ",
        "Sở được giao tại Quyết định 12",
        "Trả lại: không thuộc thẩm quyền",
    ):
        assert words in told
    duty.refresh_from_db()
    assert (duty.phase, duty.holder_officer.login) == ("open", "gdsxd")


def test_what_was_typed_comes_back_with_the_sentence_at_its_form() -> None:
    door = Web()
    duty = given(door)
    head = door.person("gdsxd", "2026-11-10 09:00")
    address = reverse("duty_act", args=[duty.public_id, "xin-gia-han"])
    for wanted, said in (("31/02/2027", "không có trong lịch"), ("10/11/2026", "phải sau hạn hiện tại")):
        answer = head.post(address, {"wanted_on": wanted, "reason": "Thiếu số liệu", "so_far": "Dự thảo"})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert said in page
        assert wanted in page
        assert "Thiếu số liệu" in page
    assert not Duty.objects.filter(kind="proposal").exists()
