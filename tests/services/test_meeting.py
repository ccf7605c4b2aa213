"""The meeting of two heads about a dissent: recorded, corrected, its minutes signed; what it does not settle goes on holding."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from docx import Document as read_docx
from tests import make

from kycuong import jobs
from kycuong.core.consultations import Position, Said
from kycuong.core.dissents import Settled, Settlement, Standing
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from kycuong.models import DissentMeeting, DutyEvent, Notice
from kycuong.queries import consultations as queries
from kycuong.services import consultations as services
from kycuong.services.requests import Request
from kycuong.services.tasks.papers import Signed
from services.test_consult import AFTER, IN_TIME, ask, end, give, opinion, take, to

MET = date(2026, 11, 17)
AGREED = Settled(Settlement.AGREED, "Phân bổ 18 tỷ đồng")
KEPT = Settled(Settlement.RESERVED, "", "Giữ mức 20 tỷ đồng", "Chỉ cân đối được 15 tỷ đồng")
MEETING = services.Meeting(MET, "Phòng họp Sở Xây dựng", points={1: AGREED})
DISSENT = {1: Said(Position.DISAGREE, "Khoản 2 Điều 8"), 2: Said(Position.AGREE)}


def dissenting() -> UUID:
    """Return a consultation on whose first point a body disagrees."""
    made = ask()
    take(made)
    give(made, said=DISSENT)
    return made


def given(made: UUID, login: str = "gdsxd", when: str = AFTER) -> dict[str, Any]:
    return {"actor": make.who(login, when), "at": make.at(when), "duty": opinion(made).duty.public_id}


def minutes() -> tuple[str, bytes]:
    return make.result_file("12", "BB-SXD", "ngày 17 tháng 11 năm 2026")


def page(made: UUID) -> queries.MeetingPage:
    return queries.meeting_page(make.who("gdsxd", AFTER), opinion(made).duty.public_id, make.at(AFTER))


def test_both_heads_are_told_at_once_and_again_until_they_have_met() -> None:
    made = dissenting()
    duty = opinion(made).duty
    jobs.work_once(make.at("2026-11-13 09:00"))  # Friday, the day after
    told = Notice.objects.filter(duty=duty, topic="raise_dissent").values_list("recipient__login", flat=True)
    assert set(told) == {"gdsxd", "gdstc"}
    for when in ("2026-11-16 09:00", "2026-11-16 09:05"):  # two working days later, and the worker once more
        jobs.work_once(make.at(when))
    assert DutyEvent.objects.filter(duty=duty, act="remind_dissent").count() == 1
    assert Notice.objects.filter(duty=duty, topic="remind_dissent").count() == 2
    to(AFTER)
    services.record_meeting(meeting=MEETING, **given(made))
    jobs.work_once(make.at("2026-11-24 09:00"))
    assert DutyEvent.objects.filter(duty=duty, act="remind_dissent").count() == 1


def test_a_meeting_recorded_and_its_minutes_signed_let_the_matter_go_up() -> None:
    made = dissenting()
    to(AFTER)
    with pytest.raises(Conflict, match="thủ trưởng hai cơ quan phải làm việc trực tiếp"):
        end(made)
    key = uuid4()
    for _ in range(2):  # the same button twice
        services.record_meeting(meeting=MEETING, request=Request(None, key), **given(made))
    row = DissentMeeting.objects.get()
    assert (row.lead_name, row.body_title) == ("Ngô Xuân Trường", "Giám đốc Sở Tài chính")
    with pytest.raises(Conflict, match="chưa gắn biên bản làm việc đã ký với Sở Tài chính"):
        end(made)
    services.sign_meeting(file=minutes(), **given(made))
    assert page(made).standing is Standing.SETTLED
    end(made)


def test_a_body_without_its_head_needs_a_written_authorisation() -> None:
    made = dissenting()
    to(AFTER)
    absent = services.SideGiven(in_person=False, name="Cao Viết Thịnh", title="Phó Giám đốc")
    named = replace(absent, number="15/UQ-SXD", signed_on=date(2026, 11, 16))
    late = replace(named, signed_on=date(2026, 11, 18), file=make.result_file("15", "UQ-SXD"))
    for side, code in (
        (absent, "meeting_authority_missing"), (named, "meeting_authority_missing"), (late, "meeting_authority_late"),
        (services.SideGiven(in_person=False), "meeting_person_missing"),
    ):  # fmt: skip
        with make.refused(Invalid, code):
            services.record_meeting(meeting=replace(MEETING, lead=side), **given(made))
    good = replace(named, file=make.result_file("15", "UQ-SXD"))
    services.record_meeting(meeting=replace(MEETING, lead=good), **given(made))
    assert page(made).meetings[0].lead.number == "15/UQ-SXD"


def test_both_texts_stand_side_by_side_in_the_minutes() -> None:
    made = dissenting()
    to(AFTER)
    with make.refused(Conflict, "meeting_missing"):
        services.write_minutes(**given(made))
    services.record_meeting(meeting=replace(MEETING, points={1: KEPT}), **given(made))
    paper = read_docx(io.BytesIO(services.write_minutes(**given(made, "gdstc")).data))
    cells = [[cell.text for cell in row.cells] for row in paper.tables[1].rows]
    assert cells[0][1:3] == ["Ý kiến của Sở Xây dựng", "Ý kiến của Sở Tài chính"]
    assert cells[1][:3] == ["1", KEPT.lead_text, KEPT.body_text]
    assert any("trình kèm để cấp có thẩm quyền" in part.text for part in paper.paragraphs)


@pytest.mark.parametrize(
    ("meeting", "code"),
    [
        (replace(MEETING, held_on=None), "meeting_day_missing"),
        (replace(MEETING, held_on=date(2026, 11, 11)), "meeting_day"),
        (replace(MEETING, held_on=date(2026, 11, 18)), "meeting_day"),
        (replace(MEETING, points={}), "meeting_points_missing"),
        (replace(MEETING, points={1: AGREED, 2: AGREED}), "meeting_point_unknown"),
        (replace(MEETING, points={1: Settled(Settlement.AGREED, " ")}), "meeting_text_missing"),
        (replace(MEETING, points={1: Settled(Settlement.RESERVED, "", "Giữ")}), "meeting_texts_missing"),
    ],
)  # fmt: skip
def test_a_meeting_that_settles_nothing_is_refused(meeting: services.Meeting, code: str) -> None:
    made = dissenting()
    to(AFTER)
    with make.refused(Invalid, code):
        services.record_meeting(meeting=meeting, **given(made))


def test_a_correction_keeps_what_stood_and_wants_new_minutes() -> None:
    made = dissenting()
    to(AFTER)
    with make.refused(Conflict, "meeting_missing"):
        services.correct_meeting(meeting=MEETING, note="Ghi nhầm", **given(made))
    services.record_meeting(meeting=MEETING, **given(made))
    with make.refused(Conflict, "meeting_known"):
        services.record_meeting(meeting=MEETING, **given(made))
    services.sign_meeting(file=minutes(), **given(made))
    with make.refused(Invalid, "meeting_reason_missing"):
        services.correct_meeting(meeting=MEETING, note=" ", **given(made))
    services.correct_meeting(meeting=replace(MEETING, points={1: KEPT}), note="Ghi nhầm kết quả", **given(made))
    found = page(made)
    assert [(row.number, row.points[0].settlement, row.minutes) for row in found.meetings] == [
        (2, "reserved", ""), (1, "agreed", "12/BB-SXD"),
    ]  # fmt: skip
    assert found.standing is Standing.UNSIGNED
    with make.refused(Conflict, "consultation_held"):
        end(made)


def test_minutes_are_numbered_dated_and_signed_once() -> None:
    made = dissenting()
    to(AFTER)
    with make.refused(Conflict, "meeting_missing"):
        services.sign_meeting(file=minutes(), **given(made))
    services.record_meeting(meeting=MEETING, **given(made))
    with make.refused(Invalid, "meeting_signed_early"):
        services.sign_meeting(file=make.result_file("12", "BB-SXD", "ngày 16 tháng 11 năm 2026"), **given(made))
    with make.refused(Invalid, "file_missing"):
        services.sign_meeting(file=None, **given(made))
    draft, typed = services.write_minutes(**given(made)), Signed("12", "BB-SXD", date(2026, 11, 17))
    with make.refused(Invalid, "meeting_unsigned"):  # number and day are typed, and nobody has signed
        services.sign_meeting(file=(draft.name, draft.data), typed=typed, **given(made))
    services.sign_meeting(file=minutes(), **given(made))
    with make.refused(Conflict, "meeting_signed"):
        services.sign_meeting(file=minutes(), **given(made))


def test_only_the_lead_records_and_both_sides_see() -> None:
    made = dissenting()
    to(AFTER)
    with make.refused(NotVisible, "opinion_not_visible"):
        services.record_meeting(meeting=MEETING, **given(made, "gdstc"))
    with make.refused(NotAllowed, "consultation_not_allowed"):
        services.record_meeting(meeting=MEETING, **given(made, "theodoi"))
    with pytest.raises(NotVisible):
        queries.meeting_page(make.who("ctx1"), opinion(made).duty.public_id, make.at(AFTER))
    seen = {
        login: queries.docket(make.who(login, AFTER), make.at(AFTER)).total
        for login in ("gdsxd", "gdstc", "ctx1", "theodoi")
    }
    assert seen == {"gdsxd": 1, "gdstc": 1, "ctx1": 0, "theodoi": 1}
    assert not queries.meeting_page(make.who("gdstc", AFTER), opinion(made).duty.public_id, make.at(AFTER)).conducts
    services.record_meeting(meeting=MEETING, **given(made))
    services.sign_meeting(file=minutes(), **given(made))
    assert queries.docket(make.who("gdstc", AFTER), make.at(AFTER)).rows == []


def test_a_later_answer_is_not_settled_by_the_meeting_before() -> None:
    made = dissenting()
    services.record_meeting(
        meeting=replace(MEETING, held_on=date(2026, 11, 12)), **given(made, when="2026-11-12 14:00")
    )
    services.refuse_vague(note="Điểm 1 chưa rõ", **given(made, when="2026-11-12 15:00"))
    give(made, "2026-11-13 09:00", said=DISSENT)
    found = page(made)
    assert (found.standing, found.present, len(found.meetings)) == (Standing.MEET, None, 1)


def test_dissent_on_a_side_point_or_on_a_proposal_that_changed_holds_nothing() -> None:
    made = ask()
    take(made)
    give(made, said={1: Said(Position.AGREE), 2: Said(Position.DISAGREE, "Điều 5")})
    with make.refused(Invalid, "dissent_none"):
        services.record_meeting(meeting=MEETING, **given(made, when=IN_TIME))
    other = dissenting()
    old = given(other, when=IN_TIME)
    services.change_proposal(
        actor=make.who("gdsxd", IN_TIME), at=make.at(IN_TIME), consultation=other, points=(("Phân bổ 15 tỷ đồng", True),),
        reason="Tiếp thu",
    )  # fmt: skip
    with make.refused(Invalid, "dissent_none"):
        services.record_meeting(meeting=MEETING, **old)
