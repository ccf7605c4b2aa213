"""Clause 4.1.2: whose matter it is, is given to that body; elsewhere only past a warning with its basis, on record with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import make

from kycuong.core.errors import Invalid
from kycuong.models import Duty, DutyEvent
from kycuong.queries import competences as competence_queries
from kycuong.queries import duties
from kycuong.services import competences, directives
from kycuong.services.competences import Line
from stories.doors import Web

BASIS = "QĐ 5/2026/QĐ-UBND"
SAID = "Tham mưu phân bổ vốn đầu tư công năm 2027"
WHY = "Sở Tài chính đang kiện toàn tổ chức"


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    make.province()
    who: dict[str, Any] = {"actor": make.who("gdsnv"), "at": make.at(make.MONDAY)}
    competences.add_matter(**who, code="DT", name="Đầu tư công")
    competences.add_matter(**who, code="DT.02", name="Phân bổ vốn đầu tư công")
    row = Line("TQ-7", matter="DT.02", holder="unit:STC", basis=BASIS, valid_from=date(2026, 1, 1))
    competences.add(**who, line=row)


def give(unit: str, **given: Any) -> Duty:
    made = directives.give(
        actor=make.who("chutich"), at=make.at(make.MONDAY), unit=f"unit:{make.unit(unit).pk}", text=SAID, **given
    )
    return Duty.objects.get(public_id=made)


def test_given_elsewhere_it_asks_for_a_reason_and_keeps_it_in_the_history() -> None:
    with make.refused(Invalid, "give_beside_registry"):
        give("SXD", why=" ")
    made = give("SXD", why=WHY)
    (first,) = duties.duty(make.who("gdsxd"), made.public_id, make.at(make.MONDAY)).history
    assert first.note.endswith(WHY)
    assert BASIS in first.note
    assert DutyEvent.objects.get(duty=made).data["beside"]


def test_given_where_the_registry_says_or_by_a_machine_nobody_is_asked() -> None:
    for made in (give("STC", why=""), give("SXD")):
        event = DutyEvent.objects.get(duty=made)
        assert (event.note_id, event.data) == (None, {})


def test_a_machine_that_is_not_asked_why_is_told_in_the_answer() -> None:
    made = give("SXD")
    (told,) = competence_queries.given_elsewhere(date(2026, 11, 9), duty=made.public_id)
    assert (told.unit_name, told.matter, told.basis) == ("Sở Tài chính", "Phân bổ vốn đầu tư công", BASIS)
    assert competence_queries.given_elsewhere(date(2026, 11, 9), duty=give("STC").public_id) == []


def test_whatever_the_number_of_matters_a_document_asks_the_registry_two_questions(
    django_assert_num_queries: Any,
) -> None:
    who: dict[str, Any] = {"actor": make.who("gdsnv"), "at": make.at(make.MONDAY)}
    competences.add_matter(**who, code="XD", name="Cấp phép xây dựng")
    competences.add_matter(**who, code="DD", name="Giao đất, cho thuê đất")
    for code, matter, holder in (("TQ-8", "XD", "unit:QLDT"), ("TQ-9", "DD", "unit:T")):
        row = Line(code, matter=matter, holder=holder, basis=BASIS, valid_from=date(2026, 1, 1))
        competences.add(**who, line=row)
    texts = {
        5: "Tham mưu giao đất, cho thuê đất đợt 2",
        1: SAID,
        2: "Rà soát việc cấp phép xây dựng",
        3: "Báo cáo công tác phòng cháy",
        4: SAID,
    }
    with django_assert_num_queries(2):
        found = competence_queries.named_for(texts, date(2026, 11, 9))
    assert {key: one.unit_name for key, one in found.items()} == {
        1: "Sở Tài chính",
        2: "Sở Xây dựng",
        4: "Sở Tài chính",
    }
    with django_assert_num_queries(1):
        assert competence_queries.named_for({3: texts[3]}, date(2026, 11, 9)) == {}


def test_an_order_beside_the_registry_is_issued_with_a_reason_the_others_without() -> None:
    text = f"1. Giao Sở Xây dựng {SAID.lower()} trước ngày 20/11/2026.\n2. Giao Sở Xây dựng báo cáo nhà ở trước ngày 20/11/2026."
    document = make.line(text)
    issue: dict[str, Any] = {"actor": make.who("vanthu"), "at": make.at(make.MONDAY), "document": document}
    with make.refused(Invalid, "give_beside_registry"):
        directives.issue(**issue, why="")
    assert directives.issue(**issue, why=WHY) == 2
    noted = [bool(event.note_id) for event in DutyEvent.objects.filter(act="open").order_by("duty__task__order__start")]
    assert noted == [True, False]


def test_the_form_of_giving_warns_with_the_basis_and_takes_the_reason() -> None:
    client = Web().person("chutich", make.MONDAY)
    form = {"unit": f"unit:{make.unit('SXD').pk}", "text": SAID}
    page = client.post(reverse("give"), form)
    assert page.status_code == 422
    said = page.content.decode()
    assert "Sở Tài chính" in said
    assert BASIS in said
    assert 'name="why"' in said
    assert client.post(reverse("give"), form | {"why": WHY}).status_code == 302


def test_the_review_proposes_the_body_of_the_registry_and_warns_of_another() -> None:
    client: Client = Web().person("vanthu", make.MONDAY)
    nobody = make.line(f"Đề nghị {SAID.lower()} trước ngày 20/11/2026.")
    other = make.line(f"Giao Sở Xây dựng {SAID.lower()} trước ngày 20/11/2026.")
    proposed = client.get(reverse("review", args=[nobody])).content.decode()
    assert f'value="unit:{make.unit("STC").pk}" checked' in proposed
    warned = client.get(reverse("review", args=[other])).content.decode()
    assert BASIS in warned
    assert 'name="why"' in warned
    assert client.post(reverse("issue", args=[other])).status_code == 422
    assert client.post(reverse("issue", args=[other]), {"why": WHY}).status_code == 302
