"""Whom a question concerns: competent bodies are named with their basis, others asked for a reason, one left out is said."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests import make
from tests.services.test_consult import AFTER, ASKED, POINTS, end, take

from kycuong.core.concerns import Concern, Why, judge
from kycuong.core.errors import Invalid, NotVisible
from kycuong.models import AuditEntry, Consultation, ConsultedBody, Duty, Outbox
from kycuong.queries import consultations as queries
from kycuong.services import competences
from kycuong.services import consultations as services
from kycuong.services.competences import Line

BEFORE = "2026-11-03 09:00"


def row(code: str, holder: str, matter: str = "DT.01", **more: Any) -> UUID:
    given = {"matter": matter, "basis": f"QĐ 5/2026/QĐ-UBND, dòng {code}", "valid_from": date(2026, 1, 1)} | more
    return competences.add(actor=make.who("gdsnv", BEFORE), at=make.at(BEFORE), line=Line(code, holder=holder, **given))


@pytest.fixture
def registry(_province: None) -> None:
    for code, name in (("DT", "Đầu tư công"), ("DT.01", "Thẩm định nguồn vốn"), ("DT.02", "Kế hoạch vốn")):
        competences.add_matter(actor=make.who("gdsnv", BEFORE), at=make.at(BEFORE), code=code, name=name)
    row("TQ-1", "unit:STC")
    row("TQ-2", "everywhere:communes", "DT.02")


def send(*units: str, login: str = "gdsxd", about: UUID | None = None, **said: Any) -> UUID:
    reasons = {make.unit(code).public_id: words for code, words in said.pop("reasons", {}).items()}
    question = services.Question(
        "phương án phân bổ vốn", POINTS, tuple(make.unit(code).public_id for code in units), about=about,
        concerns=services.Concerns(reasons=reasons, **said),
    )  # fmt: skip
    return services.ask(actor=make.who(login, ASKED), at=make.at(ASKED), question=question, request_id=uuid4())


def why(made: UUID) -> dict[str, tuple[str, str, str]]:
    page = queries.grounds(make.who("gdsxd", ASKED), made)
    return {one.unit_name: (one.concern, one.basis, one.reason) for one in page.rows}


def test_the_rule_asks_a_reason_only_for_whom_nobody_knows_as_concerned() -> None:
    known = judge({1: "A", 2: "B"}, {1: 7}, {2: " Giữ  số liệu "}, registry=True)
    assert known == {1: Why(Concern.COMPETENT, 7), 2: Why(Concern.REASONED, None, "Giữ số liệu")}
    assert judge({2: "B"}, {}, {}, registry=False) == {2: Why(Concern.UNJUDGED)}
    with make.refused(Invalid, "consultation_unconcerned"):
        judge({1: "A", 2: "B"}, {1: 7}, {2: "  "}, registry=True)


def test_the_registry_names_whom_a_matter_concerns(registry: None) -> None:
    def look(login: str = "gdsxd", **given: Any) -> queries.Before:
        asked = {"units": (), "typed": ("thẩm định nguồn vốn",), "place": "", "about": None} | given
        return queries.before(make.who(login, ASKED), make.at(ASKED), **asked)

    found = look().found
    assert [(one.name, one.matter, one.basis) for one in found.rows] == [
        ("Sở Tài chính", "DT.01 · Thẩm định nguồn vốn", "QĐ 5/2026/QĐ-UBND, dòng TQ-1")
    ]
    assert [one.name for one in look("gdstc").found.own] == ["Sở Tài chính"]  # its own to decide
    wide = look(typed=("DT",), place="X1").found  # what lies within counts, at the place where it lies
    assert {one.name for one in wide.rows} == {"Sở Tài chính", "Ủy ban nhân dân xã Khe Sim"}
    both = look(units=(make.unit("SNV").public_id,))
    assert [name for _, name in both.unconcerned] == ["Sở Nội vụ"]
    assert [one.name for one in both.left_out] == ["Sở Tài chính"]


def test_a_body_not_known_as_concerned_is_asked_with_a_reason_that_is_kept(registry: None) -> None:
    with make.refused(Invalid, "consultation_unconcerned"):
        send("STC", "SNV", matters=("DT.01",))
    assert (Consultation.objects.count(), Duty.objects.count(), Outbox.objects.count()) == (0, 0, 0)
    assert not AuditEntry.objects.filter(act="ask_opinions").exists()
    made = send("STC", "SNV", matters=("DT.01",), reasons={"SNV": "Liên quan biên chế"})
    assert why(made) == {
        "Sở Tài chính": ("competent", "QĐ 5/2026/QĐ-UBND, dòng TQ-1", ""), "Sở Nội vụ": ("reasoned", "", "Liên quan biên chế"),
    }  # fmt: skip
    (entry,) = AuditEntry.objects.filter(act="ask_opinions")
    assert (entry.data["reasoned"], entry.data["twice"]) == (1, 0)
    with make.refused(Invalid, "consultation_unconcerned"):
        send("SNV")  # without a matter nobody is known as concerned


def test_a_competent_body_left_out_is_said_before_sending_and_after(registry: None) -> None:
    asked: dict[str, Any] = {"matters": ("DT.01",), "reasons": {"SNV": "Liên quan biên chế"}}
    with make.refused(Invalid, "consultation_unseen"):
        send("SNV", **asked)
    made = send("SNV", confirmed=True, **asked)
    page = queries.grounds(make.who("gdsxd", ASKED), made)
    assert [one.name for one in page.left_out] == ["Sở Tài chính"]
    with make.refused(NotVisible, "consultation_not_visible"):
        queries.grounds(make.who("ctx1", ASKED), made)


def test_a_commune_is_competent_at_its_own_place(registry: None) -> None:
    made = send("X1", matters=("DT.02",))
    assert why(made)["Ủy ban nhân dân xã Khe Sim"][0] == "competent"


def test_without_a_registry_nobody_is_judged() -> None:
    assert why(send("STC")) == {"Sở Tài chính": ("unjudged", "", "")}


def test_the_same_asked_of_the_same_body_is_told_to_both_leads(registry: None) -> None:
    first = send("STC", matters=("DT.01",))
    with make.refused(Invalid, "consultation_unseen"):
        send("STC", login="gdsnv", matters=("DT.01",))
    second = send("STC", login="gdsnv", matters=("DT.01",), confirmed=True)
    (theirs,) = queries.grounds(make.who("gdsnv", ASKED), second).twice
    assert (theirs.lead_name, theirs.unit_name, theirs.public_id) == ("Sở Xây dựng", "Sở Tài chính", first)
    (ours,) = queries.grounds(make.who("gdsxd", ASKED), first).twice
    assert (ours.lead_name, ours.asked_by, ours.public_id) == ("Sở Nội vụ", "Vũ Đình Khoát", None)  # told, not opened


def test_the_same_document_is_the_same_question_and_an_ended_one_is_none() -> None:
    (task,) = make.issued("Giao Sở Xây dựng chủ trì báo cáo tiến độ trước ngày 30/11/2026.")
    first = send("STC", about=task.public_id)
    with make.refused(Invalid, "consultation_unseen"):
        send("STC", about=task.public_id)
    send("X1", about=task.public_id)  # another body
    take(first)
    services.return_opinion(
        actor=make.who("gdstc", AFTER), at=make.at("2026-11-10 09:00"),
        duty=Duty.objects.get(kind="opinion", holder_unit__code="STC").public_id, note="Luật Đầu tư công, Điều 1",
    )  # fmt: skip
    end(first)
    assert ConsultedBody.objects.filter(consultation__public_id=send("STC", about=task.public_id)).exists()
