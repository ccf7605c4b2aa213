"""Somebody is away: the substitute handles what lies on that desk and nothing else, and every act says for whom."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from tests import make

from kycuong import jobs
from kycuong.core.errors import NotAllowed, NotVisible
from kycuong.models import Appointment, Cover, Duty, DutyEvent, Notice, Officer
from kycuong.queries import duties
from kycuong.services import covers, receipts, tasks
from kycuong.services.leaves import leaf_of
from stories.doors import Services, Web

pytestmark = pytest.mark.django_db
LAST = date(2026, 11, 6)


def given(door: Services | Web, *line: str) -> Duty:
    """Issue a task of Sở Xây dựng and move it down to the desks named."""
    make.province()
    document = door.line(make.MONDAY, make.LINE)
    door.issue(make.MONDAY, document)
    duty = Duty.objects.get(document__public_id=document, kind="task")
    for giver, taker in zip(("gdsxd", "tpqldt"), line, strict=False):
        door.act(giver, make.MONDAY, duty.public_id, "assign", desk=make.desk(taker))
    return duty


def post(login: str) -> int:
    return Appointment.objects.get(officer__login=login).post_id


def away(door: Services | Web, absent: str, substitute: str, when: str = "2026-11-02 09:00") -> UUID:
    """Hand the desk of somebody to a substitute until the end of 06/11, by the absent officer."""
    values: dict[str, Any] = {"post": post(absent), "substitute": post(substitute)}
    if isinstance(door, Web):
        form = {**values, "first": "02/11/2026", "last": "06/11/2026", "reason": "Nghỉ phép"}
        assert door.person(absent, when).post(reverse("covers"), form).status_code == 302
    else:
        covers.plan(actor=make.who(absent, when), at=make.at(when), first=date(2026, 11, 2), last=LAST, **values)
    return Cover.objects.latest("id").public_id


def acts(duty: Duty) -> list[tuple[str, str, str]]:
    """Return who did what for whom."""
    found = DutyEvent.objects.filter(duty=duty, actor__isnull=False).order_by("seq")
    return [(one.act, one.actor.login, one.cover_for.login if one.cover_for else "") for one in found]


def sees(login: str, duty: Duty, when: str) -> bool:
    try:
        duties.duty(make.who(login, when), duty.public_id, make.at(when))
    except NotVisible:
        return False
    return True


def test_an_officer_handles_the_desk_of_the_division_s_head(door: Services | Web) -> None:
    duty = given(door, "tpqldt")
    assert not sees("cvqldt", duty, "2026-11-02 08:30")
    away(door, "tpqldt", "cvqldt")
    (desk,) = duties.covered(make.who("cvqldt", "2026-11-02 10:00"), make.at("2026-11-02 10:00"))
    assert ([row.public_id for row in desk.page.rows], desk.last) == ([duty.public_id], LAST)
    door.act("cvqldt", "2026-11-02 10:00", duty.public_id, "assign", desk=make.desk("cvqldt"))
    assert acts(duty)[-1] == ("assign", "cvqldt", "tpqldt")
    event = DutyEvent.objects.get(duty=duty, actor__login="cvqldt")
    assert event.data["cover_for"] == Officer.objects.get(login="tpqldt").pk
    assert leaf_of(event) == event.leaf
    assert (
        duties.duty(make.who("gdsxd"), duty.public_id, make.at("2026-11-02 11:00")).history[-1].cover_name
        == "Mạc Đình Chi"
    )
    door.act("cvqldt", "2026-11-02 11:00", duty.public_id, "submit", note="Dự thảo")
    assert acts(duty)[-1] == ("submit", "cvqldt", "")  # on one's own desk one acts for oneself


def test_what_does_not_lie_on_that_desk_stays_out_of_reach(door: Services | Web) -> None:
    duty = given(door)
    away(door, "tpqldt", "cvqldt")
    assert not sees("cvqldt", duty, "2026-11-02 10:00")  # it lies with the director
    door.act("gdsxd", "2026-11-02 10:00", duty.public_id, "assign", desk=make.desk("tpqldt"))
    assert sees("cvqldt", duty, "2026-11-02 10:30")
    with pytest.raises(NotAllowed):  # the desk is handled, the director's acts are not
        tasks.send(
            actor=make.who("cvqldt", "2026-11-02 10:30"), at=make.at("2026-11-02 10:30"), duty=duty.public_id,
            file=make.result_file(),
        )  # fmt: skip
    assert not sees("cvqldt", duty, "2026-11-07 00:00")  # it ended by itself


def test_the_substitute_confirms_for_the_specialist(door: Services | Web) -> None:
    duty = given(door)
    make.Road(duty).send("gdsxd", "2026-11-02 08:30")
    away(door, "theodoi", "vanthu")
    door.act("vanthu", "2026-11-03 09:00", duty.public_id, "confirm")
    (child,) = Duty.objects.filter(parent=duty)
    assert (acts(duty)[-1], acts(child)[-1]) == (("confirm", "vanthu", "theodoi"), ("close", "vanthu", "theodoi"))


def test_the_deputy_decides_and_gives_on_for_the_chairman(door: Services | Web) -> None:
    duty = given(door)
    asked = {"reason": "Việc của STC", "basis": "Điều 2 QĐ 05"}
    door.act("gdsxd", "2026-11-02 08:30", duty.public_id, "propose", kind="return", **asked)
    away(door, "chutich", "phochutich")
    child = Duty.objects.get(parent=duty)
    given_on = {"unit": f"unit:{make.unit('STC').pk}", "due_on": date(2026, 11, 30)}
    door.act("phochutich", "2026-11-03 09:00", child.public_id, "accept", note="", **given_on)
    assert acts(duty)[-2:] == [("close_returned", "phochutich", "chutich"), ("reassign", "phochutich", "chutich")]
    assert acts(child)[-1] == ("accept", "phochutich", "chutich")
    assert acts(Duty.objects.get(phase="open")) == [("open", "phochutich", "chutich")]


def test_both_are_told_and_the_desk_comes_back_at_the_end(door: Services | Web) -> None:
    duty = given(door)
    cover = away(door, "tpqldt", "cvqldt")
    door.act("gdsxd", "2026-11-02 10:00", duty.public_id, "assign", desk=make.desk("tpqldt"))
    jobs.work_once(make.at("2026-11-02 10:05"))
    assert receipts.receive(
        actor=make.who("cvqldt", "2026-11-02 11:00"), at=make.at("2026-11-02 11:00"), duty=duty.public_id
    )
    told = Notice.objects.filter(topic="assign").values_list("recipient__login", flat=True)
    assert sorted(told) == ["cvqldt", "tpqldt"]
    door.act("tpqldt", "2026-11-03 08:00", duty.public_id, "assign", desk=make.desk("cvqldt"))  # back sooner, she acts
    assert acts(duty)[-1] == ("assign", "tpqldt", "")
    covers.end(actor=make.who("gdsxd"), at=make.at("2026-11-03 09:00"), cover=cover)
    assert make.who("cvqldt", "2026-11-03 09:00").covers == ()


def test_the_pages_say_who_is_away_and_that_it_is_no_mandate() -> None:
    door = Web()
    duty = given(door, "tpqldt")
    page = door.person("tpqldt", "2026-11-02 08:50").get(reverse("covers")).content.decode()
    assert "không phải ủy quyền (TUQ.)" in page
    wrong = {"post": post("tpqldt"), "substitute": post("cvqldt"), "first": "01/11/2026", "last": "06/11/2026"}
    answer = door.person("tpqldt", "2026-11-02 08:55").post(reverse("covers"), wrong)
    assert (answer.status_code, "Ngày bắt đầu đã qua" in answer.content.decode()) == (422, True)
    cover = away(door, "tpqldt", "cvqldt")
    substitute = door.person("cvqldt", "2026-11-02 09:05")
    assert "Xử lý thay cho Mạc Đình Chi" in substitute.get(reverse("home")).content.decode()
    assert "không phải ủy quyền" in substitute.get(reverse("duty", args=[duty.public_id])).content.decode()
    assert substitute.get(reverse("covered_desk", args=[cover])).status_code == 200
    head = door.person("gdsxd", "2026-11-02 09:10").get(reverse("duty", args=[duty.public_id])).content.decode()
    assert "Trương Thị Nga xử lý thay đến hết" in head
    assert door.person("ctx1", "2026-11-02 09:10").get(reverse("covered_desk", args=[cover])).status_code == 404
    absent = door.person("tpqldt", "2026-11-02 09:15")
    assert "Trương Thị Nga đang xử lý thay đồng chí" in absent.get(reverse("home")).content.decode()
    assert absent.post(reverse("end_cover", args=[cover])).status_code == 302
    assert substitute.get(reverse("covered_desk", args=[cover])).status_code == 404
