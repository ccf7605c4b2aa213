"""Clauses 4.2.1 and 3.9: what is not one's own goes to whose it is, twice at most, then it is ruled on; next time it goes straight."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from tests import make

from kycuong import jobs
from kycuong.models import Arbitration, Duty, Opinion, Task, Transfer
from kycuong.queries import transfers as queries
from kycuong.services import arbitrations, consultations, directives
from kycuong.services.requests import Request
from stories.doors import Services, Web

pytestmark = pytest.mark.django_db

BASIS = "Khoản 4 Điều 2 QĐ 05/2025/QĐ-UBND"
ASKED = {"kind": "return", "reason": "Không thuộc chức năng của đơn vị", "basis": BASIS}
RULED = "2026-11-04 15:00"


def given(door: Services | Web) -> Duty:
    make.province()
    document = door.line(make.MONDAY, make.LINE)
    door.issue(make.MONDAY, document)
    return Duty.objects.get(document__public_id=document, kind="task")


def hand_on(door: Services | Web, duty: Duty, login: str, to: str, when: str) -> Duty:
    """A unit returns its task, the Chairman hands it on to another at once."""
    door.act(login, when, duty.public_id, "propose", **ASKED)
    child = Duty.objects.get(parent=duty, kind="proposal")
    to_whom = {"unit": f"unit:{make.unit(to).pk}", "due_on": date(2026, 11, 20)}
    door.act("chutich", when, child.public_id, "accept", note="", **to_whom)
    return Task.objects.get(replaces__duty=duty).duty


def arbiter(door: Services | Web, login: str, when: str, duty: UUID, act: str, **given: Any) -> Any:
    """Do an act of an arbiter through a door; the answer of the page, nothing of the services."""
    if isinstance(door, Services):
        services = {"rule": arbitrations.rule, "step_aside": arbitrations.step_aside}
        return services[act](actor=make.who(login, when), at=make.at(when), duty=duty, **given)
    browser = door.person(login, when)
    page = browser.get(reverse("arbitration", args=[duty]))
    assert page.status_code == 200
    address = {"rule": "ket-luan", "step_aside": "chuyen-cap-tren"}[act]
    values = given | {"act_seq": page.context["page"].act_seq, "request_id": page.context["request_id"]}
    return browser.post(reverse("arbitration_act", args=[duty, address]), values)


def third(door: Services | Web) -> tuple[Duty, Duty]:
    """A task goes from the first unit to a second and a third, which returns it too."""
    second = hand_on(door, given(door), "gdsxd", "STC", "2026-11-03 09:00")
    last = hand_on(door, second, "gdstc", "X1", "2026-11-03 10:00")
    door.act("ctx1", "2026-11-04 09:00", last.public_id, "propose", **ASKED)
    return last, Duty.objects.get(parent=last, kind="arbitration")


def test_the_third_hand_over_is_ruled_on_and_the_next_such_matter_is_not_handed_on_at_all(door: Services | Web) -> None:
    last, child = third(door)
    assert child.due_at == make.at("2026-11-06 00:00")  # one working day
    said = {"unit": make.unit("STC").public_id, "matter": "tiến độ giải ngân", "basis": BASIS}
    arbiter(door, "chanhvp", RULED, child.public_id, "rule", **said)
    now = Task.objects.get(replaces__duty=last).duty
    assert (now.holder_unit, now.phase) == (make.unit("STC"), "open")
    assert queries.path(make.who("chutich"), now, make.at(RULED)).loops == ["Sở Tài chính nhận việc này 2 lần"]
    shown = Web().person("gdstc", RULED).get(reverse("duty", args=[now.public_id])).content.decode()
    assert "Lòng vòng" in shown
    assert reverse("duty_act", args=[now.public_id, "tra-lai-nhiem-vu"]) not in shown
    assert "Đường đi của việc" in shown
    # the next such matter, given to nobody in particular, goes straight to whose it is
    text = "Báo cáo tiến độ giải ngân quý IV của các chủ đầu tư"
    made = directives.give(
        actor=make.who("chutich"), at=make.at("2026-11-05 08:00"), unit="", text=text, due_on=date(2026, 11, 27)
    )
    routed = Duty.objects.get(public_id=made)
    assert (routed.holder_unit, Transfer.objects.filter(duty=routed).count()) == (make.unit("STC"), 0)


def test_an_arbiter_who_is_a_party_does_not_rule_and_the_next_level_does(door: Services | Web) -> None:
    _, child = third(door)
    own = {"unit": make.unit("VP").public_id, "matter": "tiến độ giải ngân", "basis": BASIS}
    if isinstance(door, Web):
        answer = arbiter(door, "chanhvp", RULED, child.public_id, "rule", **own)
        assert answer.status_code == 403
        assert "Đồng chí thuộc một bên của việc này" in answer.content.decode()
        assert Arbitration.objects.get().outcome == ""
    arbiter(door, "chanhvp", RULED, child.public_id, "step_aside", note="Văn phòng là một bên")
    child.refresh_from_db()
    assert child.holder_officer is not None
    assert child.holder_officer.login == "chutich"
    arbiter(door, "chutich", "2026-11-05 09:00", child.public_id, "rule", **own)
    assert Arbitration.objects.get().unit == make.unit("VP")
    jobs.catch_up(make.at("2026-11-10 08:00"))


def test_a_question_sent_to_the_wrong_body_goes_on_by_itself(door: Services | Web) -> None:
    make.province()
    asker, taken, when = make.who("gdsxd", "2026-11-09 08:00"), "2026-11-09 09:00", "2026-11-09 15:00"
    question = consultations.Question("phân bổ vốn", (("Phân bổ 20 tỷ đồng", True),), (make.unit("STC").public_id,))
    made = consultations.ask(actor=asker, at=make.at("2026-11-09 08:00"), question=question, request_id=uuid4())
    duty = Opinion.objects.get(consultation__public_id=made).duty
    body = {"note": BASIS, "ground": "other_body", "unit": make.unit("SNV").public_id}
    if isinstance(door, Web):
        browser = door.person("gdstc", taken)
        browser.post(reverse("opinion_act", args=[duty.public_id, "da-nhan"]), {"act_seq": duty.act_seq})
        page = browser.get(reverse("opinion", args=[duty.public_id]))
        assert "Trả lại chậm nhất hết" in page.content.decode()
        values = body | {"act_seq": page.context["page"].act_seq, "request_id": page.context["request_id"]}
        door.person("gdstc", when)
        assert browser.post(reverse("opinion_act", args=[duty.public_id, "tra-lai"]), values).status_code == 302
    else:
        head = make.who("gdstc", taken)
        consultations.take_delivery(actor=head, at=make.at(taken), duty=duty.public_id)
        consultations.return_opinion(
            actor=head, at=make.at(when), duty=duty.public_id, request=Request(request_id=uuid4()), **body
        )
    forwarded = Opinion.objects.get(consultation__public_id=made, unit=make.unit("SNV"))
    assert (forwarded.outcome, forwarded.duty.phase, Transfer.objects.get().to_duty) == ("", "open", forwarded.duty)
