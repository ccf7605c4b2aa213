"""What goes up is weighed against the registry: one's own matter stays, or goes on record with a reason; a return names whose it is."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from tests import make

from kycuong.core.errors import Invalid
from kycuong.models import Duty, Proposal, Submission
from kycuong.queries import duties
from kycuong.queries.competences import submitting
from kycuong.services import competences, proposals
from kycuong.services.competences import Line
from stories.doors import Web

WHEN = "2026-11-10 09:00"


@pytest.fixture
def duty(_province: None) -> Duty:
    keeper = {"actor": make.who("gdsnv"), "at": make.at(make.MONDAY)}
    competences.add_matter(**keeper, code="DT", name="Đầu tư công", also=["điều chuyển vốn"])
    competences.add_matter(**keeper, code="DT.01", name="Báo cáo tiến độ giải ngân")
    rows = (
        ("TQ-1", "DT", "post:SXD.1", "", "5 tỷ"),
        ("TQ-2", "DT", "post:T.1", "5 tỷ", ""),
        ("TQ-3", "DT.01", "unit:STC", "", ""),
    )
    for code, matter, holder, above, ceiling in rows:
        line = Line(code, matter, holder, "QĐ 5/2026/QĐ-UBND", date(2026, 1, 1), above=above, ceiling=ceiling)
        competences.add(**keeper, line=line)
    (found,) = make.issued()
    return found


def propose(duty: Duty, kind: str = "suggestion", **given: Any) -> None:
    asked = {"reason": "Xin ý kiến"} | given
    proposals.propose(actor=make.who("gdsxd"), at=make.at(WHEN), duty=duty.public_id, kind=kind, **asked)


@pytest.mark.parametrize("kind", ["suggestion", "obstacle"])
def test_ones_own_matter_is_stopped_with_its_basis(duty: Duty, kind: str) -> None:
    with make.refused(Invalid, "submission_own_matter"):
        propose(duty, kind, matter="DT", amount="4 tỷ")
    propose(duty, kind, matter="DT", amount="6 tỷ")
    kept = Submission.objects.get()
    assert (kept.own, kept.competence.code if kept.competence else "") == (False, "TQ-2")


def test_it_goes_up_with_a_reason_that_the_giver_reads_and_that_is_counted(duty: Duty) -> None:
    propose(duty, matter="DT", amount="4 tỷ", why="Nguồn vốn do tỉnh giữ")
    page = duties.duty(make.who("chutich", WHEN), duty.public_id, make.at(WHEN))
    (row,) = page.proposals
    assert row.registry is not None
    assert (row.registry.own, row.registry.why, row.registry.basis) == (
        True,
        "Nguồn vốn do tỉnh giữ",
        "QĐ 5/2026/QĐ-UBND",
    )
    assert submitting.own_submissions(duty.holder_unit_id, date(2026, 11, 1), date(2026, 12, 1)) == 1
    shown = Web().person("chutich", WHEN).get(reverse("duty", args=[duty.public_id])).content.decode()
    assert "Lý do vẫn trình: Nguồn vốn do tỉnh giữ" in shown


def test_a_matter_that_is_not_named_is_found_in_the_words(duty: Duty) -> None:
    with make.refused(Invalid, "submission_own_matter"):
        propose(duty, reason="Kiến nghị cho điều chuyển vốn giữa hai dự án", amount="1 tỷ")
    propose(duty, "obstacle", reason="Vướng khi điều chuyển vốn giữa hai dự án")  # an obstacle only mentions it
    propose(duty, reason="Kiến nghị bổ sung biên chế")
    assert not Submission.objects.exists()


def test_a_return_names_whose_matter_it_is_and_the_giver_finds_that_body_chosen(duty: Duty) -> None:
    unit = Web().person("gdsxd", WHEN)
    place = reverse("duty", args=[duty.public_id])
    shown = unit.get(place, {"so-tham-quyen": "1"})
    page = shown.content.decode()
    assert "Báo cáo tiến độ giải ngân thuộc thẩm quyền của Sở Tài chính" in page
    typed = {"reason": "Không thuộc chức năng của Sở", "basis": "", "matter": "DT.01", "request_id": uuid4()}
    typed["act_seq"] = shown.context["page"].act_seq
    assert unit.post(reverse("duty_act", args=[duty.public_id, "tra-lai-nhiem-vu"]), typed).status_code == 302
    kept = Proposal.objects.get()
    assert kept.basis == "QĐ 5/2026/QĐ-UBND: Báo cáo tiến độ giải ngân thuộc thẩm quyền của Sở Tài chính"
    assert kept.submission.next_unit == make.unit("STC")
    giver = Web().person("chutich", WHEN).get(place).content.decode()
    assert f'<option value="unit:{make.unit("STC").pk}" selected>' in giver


def test_the_form_says_why_and_keeps_what_was_typed(duty: Duty) -> None:
    unit = Web().person("gdsxd", WHEN)
    typed = {
        "reason": "Xin chủ trương",
        "matter": "đầu tư công",
        "amount": "2 tỷ",
        "request_id": uuid4(),
        "act_seq": duty.act_seq,
    }
    place = reverse("duty_act", args=[duty.public_id, "kien-nghi"])
    answer = unit.post(place, typed)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "thuộc thẩm quyền của chính đơn vị" in said
    assert "Vì sao vẫn trình" in said
    assert unit.post(place, typed | {"why": "Liên quan hai tỉnh"}).status_code == 302
