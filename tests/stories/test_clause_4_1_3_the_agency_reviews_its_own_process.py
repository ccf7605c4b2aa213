"""Clause 4.1.3 (2230/UBND-NC): the agency's own process, one person and limit a step, dwell measured, days saved by a revision."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from tests import make

from kycuong.core.errors import Invalid, NotAllowed, NotVisible
from kycuong.core.processes import Stage, StepGiven
from kycuong.models import Appointment, AuditEntry, WorkProcess
from kycuong.queries import processes as queries
from kycuong.services import processes, workbooks
from stories.doors import Services, Web

OLD = {
    Stage.LEADER: ("gdsxd", 4),
    Stage.DIVISION: ("tpqldt", 8),
    Stage.OFFICER: ("cvqldt", 24),
    Stage.APPROVE: ("gdsxd", 8),
}
NEW = {Stage.LEADER: ("gdsxd", 4), Stage.OFFICER: ("cvqldt", 24), Stage.APPROVE: ("gdsxd", 8)}
NOW = "2026-11-27 09:00"


def post(login: str) -> int:
    return Appointment.objects.get(officer__login=login).post_id


def steps(plan: dict[Stage, tuple[str, int]]) -> list[StepGiven]:
    return [StepGiven(stage, post(login), hours) for stage, (login, hours) in plan.items()]


def revise(door: Services | Web, when: str, plan: dict[Stage, tuple[str, int]], reason: str) -> None:
    """Revise the process of SXD through a door, from the day of `when`."""
    unit, at = make.unit("SXD").public_id, make.at(when)
    if isinstance(door, Services):
        processes.revise(
            actor=make.who("gdsxd", when), at=at, unit=unit, steps=steps(plan), in_force_from=at.date(), reason=reason
        )
        return
    typed = {"in_force_from": f"{at:%d/%m/%Y}", "reason": reason}
    for one in steps(plan):
        typed |= {f"post-{one.stage}": str(one.post), f"hours-{one.stage}": str(one.hours)}
    assert door.person("gdsxd", when).post(reverse("revise_process", args=[unit]), typed).status_code == 302


def page(door: Services | Web, login: str = "gdsxd", when: str = NOW) -> queries.ProcessPage:
    unit = make.unit("SXD").public_id
    if isinstance(door, Services):
        return queries.process(make.who(login, when), make.at(when), unit)
    found: Any = door.person(login, when).get(reverse("process", args=[unit])).context["page"]
    return found  # type: ignore[no-any-return]


def work(given: str, road: list[tuple[str, str, str]], sent: str) -> None:
    """Let one task of SXD be given, go down by its road, come back up and be sent."""
    walked = make.Road(make.issued("Giao Sở Xây dựng báo cáo trước ngày 25/12/2026.", given)[0])
    for login, desk, when in road:
        walked.submit(login, when) if desk == "up" else walked.assign(login, desk, when)
    walked.send("gdsxd", sent)


@pytest.mark.django_db
def test_the_agency_sees_where_time_goes_cuts_a_step_and_sees_the_days_saved(door: Services | Web) -> None:
    make.province()
    revise(door, "2026-11-02 07:45", OLD, "Ghi quy trình đang làm")
    work(
        "2026-11-02 08:00",
        [("gdsxd", "tpqldt", "2026-11-02 10:00"), ("tpqldt", "cvqldt", "2026-11-05 08:00"), ("cvqldt", "up", "2026-11-09 08:00"),
         ("tpqldt", "up", "2026-11-10 08:00")],
        "2026-11-11 08:00",
    )  # fmt: skip
    before = {one.stage: one for one in page(door, when="2026-11-12 08:00").steps}
    assert (before[Stage.DIVISION].over, before[Stage.OFFICER].over, before[Stage.LEADER].over) == (1, 0, 0)
    assert before[Stage.DIVISION].runs_over
    assert before[Stage.DIVISION].officer_name == "Mạc Đình Chi"
    assert (before[Stage.OFFICER].spread.longest, before[Stage.APPROVE].spread.longest) == (2.0, 2.0)  # type: ignore[union-attr]
    revise(door, "2026-11-13 08:00", NEW, "Bỏ bước trưởng phòng giao lại: quá giới hạn ở nhiệm vụ nào cũng có")
    work(
        "2026-11-16 08:00",
        [("gdsxd", "cvqldt", "2026-11-16 10:00"), ("cvqldt", "up", "2026-11-18 08:00"), ("tpqldt", "up", "2026-11-18 10:00")],
        "2026-11-19 08:00",
    )  # fmt: skip
    make.issued("Giao Sở Xây dựng rà soát danh mục trước ngày 25/12/2026.", "2026-11-20 08:00")
    after = page(door)
    assert after.saved
    assert (after.saved.before_days, after.saved.before_n, after.saved.after_days, after.saved.after_n) == (
        7.0,
        1,
        3.0,
        1,
    )
    assert after.saved.days == 4.0
    assert [line.version for line in after.versions] == [1, 2]
    leader = after.steps[0]
    assert (leader.stage, leader.lying, leader.lying_over, leader.oldest_days) == (Stage.LEADER, 1, 1, 4.1)
    division = next(one for one in after.steps if one.stage is Stage.DIVISION)
    assert (division.limit_hours, division.title) == (None, "")  # cut, but it was there in these days
    assert AuditEntry.objects.filter(act="revise_process").count() == 2
    clerk = page(door, "cvqldt")
    assert (clerk.may_revise, clerk.steps[0].lying, clerk.steps[0].oldest_title) == (False, 1, "")  # not hers to see
    assert page(door, "theodoi").unit_name == "Sở Xây dựng"


@pytest.mark.django_db
def test_only_the_agencys_head_revises_and_only_its_own_people_and_overseers_read() -> None:
    make.province()
    unit, when = make.unit("SXD").public_id, make.MONDAY
    given: dict[str, Any] = {"at": make.at(when), "unit": unit, "steps": steps(OLD), "reason": "Ghi quy trình"}
    for login, kind, code in (("tpqldt", NotAllowed, "process_not_head"), ("gdstc", NotVisible, "unit_not_visible"),
                              ("gdsnv", NotAllowed, "process_not_head")):  # fmt: skip
        with make.refused(kind, code):
            processes.revise(actor=make.who(login), in_force_from=make.at(when).date(), **given)
    with make.refused(Invalid, "process_post"):
        elsewhere = [*steps(OLD)[:3], StepGiven(Stage.APPROVE, post("gdstc"), 8)]
        processes.revise(actor=make.who("gdsxd"), in_force_from=make.at(when).date(), **given | {"steps": elsewhere})
    processes.revise(actor=make.who("gdsxd"), in_force_from=make.at(when).date(), **given)
    with make.refused(Invalid, "process_after"):
        processes.revise(actor=make.who("pgdsxd"), in_force_from=make.at(when).date(), **given)
    assert WorkProcess.objects.get().version == 1
    empty = Web().person("gdstc", when).get(reverse("own_process"), follow=True)
    assert "Chưa có quy trình" in empty.content.decode()
    book = workbooks.process_book(actor=make.who("chanhvp", NOW), at=make.at(NOW), unit=unit)
    sheet = openpyxl.load_workbook(io.BytesIO(book.data))["Các bước"]
    assert [row[1] for row in sheet.iter_rows(min_row=5, values_only=True)][:1] == ["Giám đốc Sở Xây dựng"]


@pytest.mark.django_db
def test_what_is_not_in_force_yet_gives_way_to_what_is_decided_after_it() -> None:
    make.province()
    unit = make.unit("SXD").public_id
    given: dict[str, Any] = {"at": make.at(make.MONDAY), "unit": unit, "reason": "Rà soát"}
    head = make.who("gdsxd")
    with make.refused(Invalid, "process_far"):
        processes.revise(actor=head, in_force_from=date(2062, 11, 20), steps=steps(OLD), **given)
    processes.revise(actor=head, in_force_from=date(2027, 10, 1), steps=steps(OLD), **given)  # a slip of the pen
    processes.revise(actor=head, in_force_from=date(2026, 11, 10), steps=steps(NEW), **given)
    for day in (date(2026, 11, 10), date(2027, 10, 1), date(2028, 1, 3)):
        found = queries.in_force(make.unit("SXD").pk, day)
        assert found is not None
        assert found.version == 2
    assert queries.in_force(make.unit("SXD").pk, date(2026, 11, 9)) is None
