"""Clauses 4.1.4, 3.9 and 0.5: what is one's own is decided, not submitted upward; what is not goes up with a named competent level."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from tests import make

from kycuong.models import Duty, Proposal, Submission
from kycuong.queries import duties
from kycuong.queries.competences import submitting
from kycuong.services import competences
from kycuong.services.competences import Line
from stories.doors import Services, Web

pytestmark = pytest.mark.django_db
WHEN = "2026-11-10 09:00"


def given(door: Services | Web) -> Duty:
    """The Chairman has passed on capital changes up to 5 tỷ to the Department; the Office gives the Department a task."""
    make.province()
    keeper = {"actor": make.who("gdsnv"), "at": make.at(make.MONDAY)}
    competences.add_matter(**keeper, code="DT", name="Điều chuyển vốn giữa các dự án")
    for code, holder, above, ceiling in (("TQ-1", "post:SXD.1", "", "5 tỷ"), ("TQ-2", "post:T.1", "5 tỷ", "")):
        line = Line(code, "DT", holder, "QĐ 5/2026/QĐ-UBND", date(2026, 1, 1), above=above, ceiling=ceiling)
        competences.add(**keeper, line=line)
    document = door.line(make.MONDAY, make.LINE)
    door.issue(make.MONDAY, document)
    return Duty.objects.get(document__public_id=document, kind="task")


def test_what_exceeds_the_ceiling_goes_up_and_says_which_level_decides(door: Services | Web) -> None:
    duty = given(door)
    asked = {
        "kind": "suggestion",
        "reason": "Xin điều chuyển vốn sang dự án thoát nước",
        "matter": "DT",
        "amount": "6 tỷ",
    }
    door.act("gdsxd", WHEN, duty.public_id, "propose", **asked)
    (row,) = duties.duty(make.who("chutich", WHEN), duty.public_id, make.at(WHEN)).proposals
    assert row.registry is not None
    assert (row.registry.own, row.registry.holder) == (False, "Chủ tịch UBND tỉnh")
    child = Duty.objects.get(parent=duty)
    assert (child.holder_officer.login if child.holder_officer else "") == "chutich"


def test_ones_own_goes_up_only_on_record_and_is_counted_against_nobody_else(door: Services | Web) -> None:
    duty = given(door)
    asked = {
        "kind": "suggestion", "reason": "Xin điều chuyển vốn", "matter": "DT", "amount": "4 tỷ", "why": "Hai tỉnh cùng góp vốn",
    }  # fmt: skip
    door.act("gdsxd", WHEN, duty.public_id, "propose", **asked)
    (row,) = duties.duty(make.who("chutich", WHEN), duty.public_id, make.at(WHEN)).proposals
    assert row.registry is not None
    assert (row.registry.own, row.registry.basis, row.registry.why) == (
        True,
        "QĐ 5/2026/QĐ-UBND",
        "Hai tỉnh cùng góp vốn",
    )
    month = date(2026, 11, 1), date(2026, 12, 1)
    assert submitting.own_submissions(duty.holder_unit_id, *month) == 1
    assert submitting.own_submissions(make.unit("STC").pk, *month) == 0


def test_stopped_at_the_page_it_leaves_nothing_and_the_task_runs_on() -> None:
    door = Web()
    duty = given(door)
    head, before = door.person("gdsxd", WHEN), make.picture()
    typed = {"reason": "Xin điều chuyển vốn", "matter": "DT", "amount": "4 tỷ", "act_seq": duty.act_seq}
    answer = head.post(reverse("duty_act", args=[duty.public_id, "kien-nghi"]), typed)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "thuộc thẩm quyền của chính đơn vị (Giám đốc Sở Xây dựng) theo QĐ 5/2026/QĐ-UBND" in said
    assert make.picture() == before
    assert not Proposal.objects.exists()
    assert not Submission.objects.exists()
    assert "Vì sao vẫn trình" in said
    assert "Xin điều chuyển vốn" in said
