"""Accountability of heads: a signal with its rows, explained and contested first, agreed by both sides, decided, a duty."""

from __future__ import annotations

import io
from datetime import date
from uuid import UUID

import pytest
from docx import Document as read_docx
from tests import make

from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from kycuong.models import Duty, HeadCase
from kycuong.queries import accountability as queries
from kycuong.services import accountability, chasing

LATE = "2026-11-20 09:00"
ANSWERED = "2026-11-25 09:00"


def given(number: int = 3, unit: str = "Sở Xây dựng") -> list[Duty]:
    return [make.issued(f"Giao {unit} chủ trì báo cáo dự án nhóm {n} trước ngày 16/11/2026.")[0] for n in range(number)]


def opened(login: str = "chanhvp") -> UUID:
    return accountability.open_case(actor=make.who(login, LATE), at=make.at(LATE), unit=make.unit("SXD").public_id)


def agree(case: UUID, *logins: str) -> None:
    for login in logins:
        accountability.agree(actor=make.who(login, ANSWERED), at=make.at(ANSWERED), case=case)


def explain(case: UUID) -> None:
    duty = HeadCase.objects.get(public_id=case).explanation
    chasing.explain(
        actor=make.who("gdsxd", ANSWERED), at=make.at(ANSWERED), duty=duty.public_id, note="Hai dự án vướng mặt bằng"
    )


def test_a_head_is_looked_at_from_the_third_late_task_on_and_every_number_opens_to_its_rows() -> None:
    late = given(2)
    who, at = make.who("gdsnv", LATE), make.at(LATE)
    assert queries.signals(who, at) == []
    late += given(1)
    (one,) = queries.signals(who, at)
    assert (one.unit_name, one.head_name, one.late, one.case_id) == ("Sở Xây dựng", "Ngô Xuân Trường", 3, None)
    _, rows = queries.signal_of(who, one.unit_id, at)
    assert {row.public_id for row in rows} == {duty.public_id for duty in late}


def test_a_body_that_is_not_subordinate_and_a_head_who_came_later_are_not_looked_at() -> None:
    given(3, "Công an tỉnh")
    given(3)
    make.vacate("gdsxd", "2026-11-18 00:00")
    make.join("gdmoi", "SXD", "unit_head")
    from kycuong.models import Appointment

    Appointment.objects.filter(officer__login="gdmoi").update(valid_from=date(2026, 11, 18))
    assert queries.signals(make.who("chanhvp", LATE), make.at(LATE)) == []


def test_the_threshold_is_a_row_that_an_authority_decides() -> None:
    given(2)
    at = make.at(LATE)
    with make.refused(Invalid, "ladder_decision_missing"):
        accountability.change_rule(actor=make.who("gdsnv", LATE), at=at, times=2, months=6, document=" ")
    with make.refused(NotAllowed, "accountability_not_allowed"):
        accountability.change_rule(actor=make.who("gdsxd", LATE), at=at, times=2, months=6, document="QĐ 5")
    assert not queries.rule().verified
    accountability.change_rule(actor=make.who("gdsnv", LATE), at=at, times=2, months=6, document="Quyết định 5/QĐ-UBND")
    assert [one.late for one in queries.signals(make.who("gdsnv", LATE), at)] == [2]


def test_the_head_explains_first_then_both_agree_and_the_decision_becomes_a_duty() -> None:
    late = given()
    case = opened()
    with make.refused(Conflict, "accountability_case_open"):
        opened("gdsnv")
    assert queries.case(make.who("gdsxd", LATE), case, make.at(LATE)).row.late == 3  # the head sees every row
    with make.refused(Invalid, "accountability_wait"):
        accountability.agree(actor=make.who("chanhvp", LATE), at=make.at(LATE), case=case)
    office = make.who("chanhvp", ANSWERED)
    steps = [queries.cases(office)[0].step]
    explain(case)
    for login in (None, "chanhvp", "gdsnv"):
        agree(case, *filter(None, [login]))
        steps.append(queries.cases(office)[0].step)
    assert steps == ["asked", "explained", "office_agreed", "agreed"]
    accountability.mark_cause(actor=office, at=make.at(ANSWERED), case=case, duty=late[0].public_id, cause="objective")
    page = queries.case(office, case, make.at(ANSWERED))
    assert (page.counted, page.office_by, page.home_by) == (2, "", "")  # what was agreed to has changed
    paper = make.paper(
        "77/QĐ-UBND", "ngày 24 tháng 11 năm 2026", "trách nhiệm người đứng đầu", "Nghiêm túc rút kinh nghiệm."
    )
    decided = {"case": case, "at": make.at(ANSWERED), "actor": office, "file": paper}
    with make.refused(Invalid, "accountability_not_agreed"):
        accountability.decide(conclusion="Rút kinh nghiệm", **decided)
    agree(case, "gdsnv", "chanhvp")
    duty = Duty.objects.get(public_id=accountability.decide(conclusion="Rút kinh nghiệm", **decided))
    assert duty.holder_officer is not None
    assert (duty.kind, duty.holder_officer.login, duty.phase) == ("explanation", "gdsxd", "open")
    with make.refused(Conflict, "accountability_case_ended"):
        accountability.end_case(actor=office, at=make.at(ANSWERED), case=case, reason="Đủ")


def test_the_submission_names_rows_causes_and_what_the_head_said() -> None:
    late = given()
    case = opened()
    explain(case)
    office = make.who("chanhvp", ANSWERED)
    accountability.mark_cause(actor=office, at=make.at(ANSWERED), case=case, duty=late[0].public_id, cause="objective")
    paper = accountability.write(actor=office, at=make.at(ANSWERED), case=case)
    docx = read_docx(io.BytesIO(paper.data))
    told = "\n".join(p.text for p in docx.paragraphs)
    assert "dấu hiệu cần rà soát" in told
    assert "Hai dự án vướng mặt bằng" in told
    assert [row.cells[4].text for row in docx.tables[1].rows[1:]].count("Khách quan") == 1


@pytest.mark.parametrize("login", ["gdstc", "cvqldt", "kiemtoan", "vanthu"])
def test_others_neither_see_nor_open_a_case(login: str) -> None:
    given()
    with make.refused(NotAllowed, "accountability_not_allowed"):
        accountability.open_case(actor=make.who(login, LATE), at=make.at(LATE), unit=make.unit("SXD").public_id)
    case = opened()
    with make.refused(NotVisible, "accountability_case_not_visible"):
        queries.case(make.who(login, LATE), case, make.at(LATE))
