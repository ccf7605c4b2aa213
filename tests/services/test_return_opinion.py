"""Returning a question: within its short clock, forwarded to whose it is, kept by the asker, or ruled on; never bounced."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from tests import make

from kycuong.core.errors import Conflict, Invalid
from kycuong.models import Arbitration, Opinion, Transfer
from kycuong.queries import transfers as queries
from kycuong.services import arbitrations, competences
from kycuong.services import consultations as services
from services.test_consult import TAKEN, ask, end, opinion, take

WHEN = "2026-11-09 15:00"
BASIS = "Khoản 3 Điều 2 QĐ 05/2025/QĐ-UBND"
HEADS = {"STC": "gdstc", "SNV": "gdsnv", "X1": "ctx1", "X2": "ctx2", "CAT": "gdcat"}


@pytest.fixture
def asked(_province: None) -> UUID:
    return ask()


def back(asked: UUID, who: str = "STC", /, when: str = WHEN, **given: Any) -> None:
    one = Opinion.objects.filter(consultation__public_id=asked, unit__code=who).latest("id")
    said = {"note": BASIS} | given
    services.return_opinion(actor=make.who(HEADS[who], when), at=make.at(when), duty=one.duty.public_id, **said)


def to(code: str) -> dict[str, Any]:
    return {"unit": make.unit(code).public_id}


def test_what_names_a_body_goes_straight_there_and_the_asker_need_not_search(asked: UUID) -> None:
    take(asked)
    back(asked, **to("SNV"))
    forwarded = opinion(asked, "SNV")
    assert (opinion(asked).outcome, forwarded.outcome, forwarded.duty.phase) == ("returned", "", "open")
    assert (forwarded.duty.giver_unit, forwarded.duty.due_at) == (make.unit("SXD"), None)  # its term runs from receipt
    moved = Transfer.objects.get()
    assert (moved.duty, moved.to_duty, moved.number, moved.named_by) == (
        opinion(asked).duty,
        forwarded.duty,
        1,
        "body",
    )
    with make.refused(Conflict, "consultation_held"):
        end(asked, WHEN)


def test_the_registry_drafts_the_return_and_names_the_body(asked: UUID) -> None:
    keeper = {"actor": make.who("gdsnv"), "at": make.at(make.MONDAY)}
    competences.add_matter(**keeper, code="DT", name="phân bổ vốn")
    line = competences.Line("TQ-1", "DT", "unit:SNV", "QĐ 5/2026/QĐ-UBND", date(2026, 1, 1))
    competences.add(**keeper, line=line)
    take(asked)
    duty = opinion(asked).duty.public_id
    form = queries.return_form(make.who("gdstc", WHEN), duty, make.at(WHEN))
    assert (form.unit, form.basis) == (
        make.unit("SNV").public_id,
        "QĐ 5/2026/QĐ-UBND: phân bổ vốn thuộc thẩm quyền của Sở Nội vụ",
    )
    assert (form.last_on, form.late) == (date(2026, 11, 10), False)
    back(asked, note="")
    assert Transfer.objects.get().named_by == "registry"
    with make.refused(Invalid, "return_own_matter"):
        back(asked, "SNV", **to("X1"))
    back(asked, "SNV", why="Nội dung là của xã", **to("X1"))
    assert opinion(asked, "X1").duty.phase == "open"


def test_after_its_short_clock_a_return_is_stopped_or_goes_on_record(asked: UUID) -> None:
    take(asked)
    late = "2026-11-11 08:00"
    with make.refused(Invalid, "return_late"):
        back(asked, when=late)
    back(asked, when=late, why="Người phụ trách đi công tác")
    kinds = {(one.kind, one.unit_name) for one in queries.facts(None, date(2026, 11, 1), date(2026, 12, 1))}
    assert kinds == {("late_return", "Sở Tài chính"), ("wrong_ask", "Sở Xây dựng")}


def test_what_is_the_askers_own_or_concerns_nobody_else_goes_nowhere(asked: UUID) -> None:
    take(asked)
    with make.refused(Invalid, "return_unit_missing"):
        back(asked, ground="other_body")
    with make.refused(Invalid, "return_unit_own"):
        back(asked, **to("STC"))
    back(asked, ground="askers_own")
    assert not Transfer.objects.exists()
    end(asked, WHEN)


def test_the_third_hand_over_and_a_circle_are_ruled_on(asked: UUID) -> None:
    take(asked)
    back(asked, **to("SNV"))
    back(asked, "SNV", **to("STC"))  # back to where it came from: no circling
    circle = Arbitration.objects.select_related("duty__holder_officer").get()
    assert (circle.cause, circle.named_unit) == ("circle", make.unit("STC"))
    with make.refused(Conflict, "consultation_held"):
        end(asked, WHEN)
    rule = {"actor": make.who("chanhvp", WHEN), "at": make.at(WHEN), "duty": circle.duty.public_id}
    arbitrations.rule(**rule, **to("STC"), matter="phân bổ vốn", basis=BASIS)
    again = Opinion.objects.filter(consultation__public_id=asked, unit__code="STC").latest("id")
    assert (again.outcome, again.duty.phase, Transfer.objects.count()) == ("", "open", 2)
    with make.refused(Invalid, "return_ruled"):
        back(asked, "STC")


def test_two_hand_overs_at_the_most(asked: UUID) -> None:
    for unit, other in (("STC", "SNV"), ("SNV", "X1"), ("X1", "X2")):
        back(asked, unit, **to(other))
    assert Transfer.objects.count() == 2
    assert Arbitration.objects.get().cause == "third"


def test_nobody_knows_whose_it_is_and_the_arbiter_says_that_the_asker_decides(asked: UUID) -> None:
    back(asked, ground="unknown", when=TAKEN)
    duty = Arbitration.objects.get().duty
    rule = {"actor": make.who("chanhvp", WHEN), "at": make.at(WHEN), "duty": duty.public_id}
    arbitrations.rule(**rule, **to("SXD"), matter="phân bổ vốn đường liên xã", basis=BASIS)
    assert not Transfer.objects.exists()
    end(asked, WHEN)
    assert Arbitration.objects.get().unit == make.unit("SXD")


def test_a_ruling_after_the_consultation_has_ended_asks_nobody(asked: UUID) -> None:
    back(asked, ground="unknown", when=TAKEN)
    duty = Arbitration.objects.get().duty
    services.change_proposal(
        actor=make.who("gdsxd", TAKEN), at=make.at(TAKEN), consultation=asked, points=(("Khác", True),), reason="Sửa"
    )
    end(asked, WHEN)
    rule = {"actor": make.who("chanhvp", WHEN), "at": make.at(WHEN), "duty": duty.public_id}
    arbitrations.rule(**rule, **to("SNV"), matter="phân bổ vốn đường liên xã", basis=BASIS)
    assert (Opinion.objects.count(), Arbitration.objects.get().outcome) == (1, "ruled")
