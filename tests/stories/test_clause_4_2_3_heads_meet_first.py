"""Clause 4.2.3: where a body disagrees on a main point the two heads work together directly before the matter goes up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from tests import make

from kycuong import jobs
from kycuong.core.consultations import Position, Said
from kycuong.core.dissents import Settled, Settlement
from kycuong.core.errors import Fact
from kycuong.models import Consultation, Notice, Opinion
from kycuong.queries import consultations as queries
from kycuong.services import consultations as services
from kycuong.web import errors
from stories.doors import _gone_to
from stories.test_clause_4_2_2_silence_is_consent import ByPages, ByServices, duty_of

pytestmark = pytest.mark.django_db

TAKEN, ANSWERED, AFTER = "2026-11-09 09:00", "2026-11-12 10:00", "2026-11-17 08:30"
NO = {1: ("disagree", "Vượt khả năng cân đối, khoản 2 Điều 8"), 2: ("agree", "")}
KEPT = Settled(Settlement.RESERVED, "", "Giữ mức 20 tỷ đồng", "Chỉ cân đối được 15 tỷ đồng")
MEETING = services.Meeting(date(2026, 11, 16), "Sở Xây dựng", points={1: KEPT})
ABSENT = services.SideGiven(in_person=False, name="Cao Viết Thịnh", title="Phó Giám đốc")


@pytest.fixture(autouse=True)
def _province() -> None:
    make.province()


class Below(ByServices):
    """Below all doors; each act returns the sentence by which it is refused, nothing when it is done."""

    def disagree(self, file: tuple[str, bytes]) -> None:
        said = {number: Said(Position(code), words) for number, (code, words) in NO.items()}
        services.give_opinion(
            actor=make.who("gdstc", ANSWERED), at=make.at(ANSWERED), duty=duty_of("STC"), said=said, file=file
        )

    def meet(self, meeting: services.Meeting) -> str:
        return self._try(services.record_meeting, duty=duty_of("STC"), meeting=meeting)

    def sign(self, file: tuple[str, bytes]) -> str:
        return self._try(services.sign_meeting, duty=duty_of("STC"), file=file)

    def finish(self, consultation: UUID) -> str:
        return self._try(services.end, consultation=consultation)

    def _try(self, act: Any, **given: Any) -> str:
        try:
            act(actor=make.who("gdsxd", AFTER), at=make.at(AFTER), **given)
        except Fact as refusal:
            return errors.sentence(refusal)
        return ""


class Above(ByPages):
    """The pages."""

    def disagree(self, file: tuple[str, bytes]) -> None:
        said = {f"position-{number}": code for number, (code, _) in NO.items()}
        words = {f"words-{number}": words for number, (_, words) in NO.items()}
        self.act("gdstc", ANSWERED, duty_of("STC"), "give_opinion", **said, **words, file=SimpleUploadedFile(*file))

    def meet(self, meeting: services.Meeting) -> str:
        assert meeting.held_on is not None
        values: dict[str, Any] = {"held_on": f"{meeting.held_on:%d/%m/%Y}", "place": meeting.place}
        for side, its in (("lead", meeting.lead), ("body", meeting.body)):
            values |= {f"{side}_in_person": "yes" if its.in_person else "no", f"{side}_name": its.name}
            if its.signed_on and its.file:
                values |= {f"{side}_number": its.number, f"{side}_signed_on": f"{its.signed_on:%d/%m/%Y}"}
                values[f"{side}_file"] = SimpleUploadedFile(*its.file)
        for number, point in meeting.points.items():
            values |= {f"settlement-{number}": point.settlement.value, f"text-{number}": point.text}
            values |= {f"lead_text-{number}": point.lead_text, f"body_text-{number}": point.body_text}
        return self._send("meeting", values)

    def sign(self, file: tuple[str, bytes]) -> str:
        return self._send("sign_meeting", {"file": SimpleUploadedFile(*file)})

    def _send(self, form: str, values: dict[str, Any]) -> str:
        browser, duty = self.person("gdsxd", AFTER), duty_of("STC")
        page = browser.get(reverse("meeting", args=[duty])).context
        hidden = {"act_seq": page["page"].act_seq, "request_id": page["request_id"]}
        return self._said(browser.post(reverse(form, args=[duty]), values | hidden))

    def finish(self, consultation: UUID) -> str:
        return self._said(self.person("gdsxd", AFTER).post(reverse("end_consultation", args=[consultation])))

    def _said(self, answer: HttpResponse) -> str:
        if answer.status_code in {409, 422}:
            return unescape(answer.content.decode())
        _gone_to(answer)
        return ""


@pytest.mark.parametrize("door", [Below, Above])
def test_the_heads_meet_before_the_matter_goes_up(door: type[Below | Above]) -> None:
    through = door()
    made = through.ask("STC")
    through.open("gdstc", TAKEN, duty_of("STC"))
    through.disagree(make.result_file("318", "STC-NS", "ngày 11 tháng 11 năm 2026"))
    for when in (ANSWERED, AFTER):
        jobs.work_once(make.at(when))
    told = Notice.objects.filter(topic="raise_dissent").values_list("recipient__login", flat=True)
    assert set(told) == {"gdsxd", "gdstc"}
    assert (
        "Sở Tài chính không đồng ý ở nội dung chính: thủ trưởng hai cơ quan phải làm việc trực tiếp"
        in through.finish(made)
    )
    assert "phải có văn bản ủy quyền" in through.meet(replace(MEETING, lead=ABSENT))
    paper = make.result_file("15", "UQ-SXD", "ngày 13 tháng 11 năm 2026")
    written = replace(ABSENT, number="15/UQ-SXD", signed_on=date(2026, 11, 13), file=paper)
    assert through.meet(replace(MEETING, lead=written)) == ""
    assert "chưa gắn biên bản làm việc đã ký với Sở Tài chính" in through.finish(made)
    assert through.sign(make.result_file("12", "BB-SXD", "ngày 16 tháng 11 năm 2026")) == ""
    assert through.finish(made) == ""
    assert Consultation.objects.get(public_id=made).ended_at is not None
    page = queries.meeting_page(make.who("gdstc", AFTER), duty_of("STC"), make.at(AFTER))
    point = page.meetings[0].points[0]
    assert (point.settlement, point.lead_text, point.body_text) == ("reserved", KEPT.lead_text, KEPT.body_text)
    assert not Opinion.objects.filter(duty__holder_unit__code="STC", outcome="consent").exists()


def test_the_docket_and_the_minutes_open_for_both_sides() -> None:
    through = Above()
    through.ask("STC")
    through.open("gdstc", TAKEN, duty_of("STC"))
    through.disagree(make.result_file("318", "STC-NS", "ngày 11 tháng 11 năm 2026"))
    jobs.work_once(make.at(AFTER))
    for login in ("gdsxd", "gdstc"):
        browser = through.person(login, AFTER)
        assert "1 ý kiến khác nhau chưa thống nhất" in browser.get(reverse("consultations")).content.decode()
        assert len(browser.get(reverse("dissents")).context["page"].rows) == 1
    assert through.meet(MEETING) == ""
    for form, begins in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = through.person("gdstc", AFTER).get(reverse("meeting_minutes", args=[duty_of("STC"), form]))
        assert answer.content[: len(begins)] == begins
