"""Proposing opens the giver's own duty; the task keeps its holder and its clock."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests import make

from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible, TransitionNotAllowed
from kycuong.models import Duty, DutyEvent, Note, Notice, Post, Proposal
from kycuong.queries import duties
from kycuong.services import directives, notices, proposals, tasks
from kycuong.services.requests import Request

WHEN = "2026-11-10 09:00"
EXTENSION: dict[str, Any] = {
    "kind": "extension", "reason": "Chưa đủ số liệu", "so_far": "Dự thảo lần 1", "wanted_on": date(2026, 11, 20),
}  # fmt: skip
RETURN = {"kind": "return", "reason": "Việc của Sở Tài chính", "basis": "Khoản 3 Điều 2 Quyết định 05/2025/QĐ-UBND"}


@pytest.fixture
def duty() -> Duty:
    """A duty due at the end of 15/11/2026, on the desk of a division's head."""
    (found,) = make.issued()
    return make.Road(found).assign("gdsxd", "tpqldt", "2026-11-03 08:00")


def higher_level() -> Duty:
    """Return a duty whose date was set above the province."""
    document = make.line()
    clerk = make.who("vanthu")
    directives.correct_header(actor=clerk, at=make.at(make.MONDAY), document=document, issuer="Thủ tướng Chính phủ")
    directives.issue(actor=clerk, at=make.at(make.MONDAY), document=document)
    return Duty.objects.get(document__public_id=document)


def propose(login: str, duty: Duty, when: str = WHEN, **given: Any) -> None:
    proposals.propose(actor=make.who(login), at=make.at(when), duty=duty.public_id, **given)
    duty.refresh_from_db()


@pytest.mark.parametrize(
    "given",
    [
        EXTENSION,
        RETURN,
        {"kind": "obstacle", "reason": "Thiếu mặt bằng"},
        {"kind": "suggestion", "reason": "Xin ý kiến"},
    ],
)
def test_the_task_stays_where_it_is_and_the_giver_has_three_working_days(duty: Duty, given: dict[str, Any]) -> None:
    kept = ("phase", "due_at", "original_due_at", "clock_no", "holder_officer_id", "running_since", "next_check_at")
    before = [getattr(duty, name) for name in kept]
    propose("gdsxd", duty, **given)
    assert [getattr(duty, name) for name in kept] == before
    child = Duty.objects.get(parent=duty)
    assert (child.kind, child.phase, child.holder_unit.code, child.giver_unit.code) == ("proposal", "open", "T", "SXD")
    assert child.holder_officer.login == "chutich"
    assert child.due_at == make.at("2026-11-14 00:00")  # Wednesday, Thursday, Friday
    assert (child.proposal.about, child.proposal.proposer.login) == (duty, "gdsxd")
    assert child.proposal.reason.text == given["reason"]


def test_the_event_holds_codes_and_the_reason_can_be_erased(duty: Duty) -> None:
    propose("gdsxd", duty, **EXTENSION)
    event = DutyEvent.objects.get(duty=duty, act="propose")
    child = Duty.objects.get(parent=duty)
    assert event.data == {"kind": "extension", "proposal": str(child.public_id)}
    assert event.note_id == child.proposal.reason_id
    Note.objects.all().delete()
    (shown,) = duties.duty(make.who("chutich"), duty.public_id, make.at(WHEN)).proposals
    assert (shown.reason, shown.so_far) == ("", "")


def test_the_giver_is_told(duty: Duty) -> None:
    propose("gdsxd", duty, **RETURN)
    notices.dispatch(make.at(WHEN))
    child = Duty.objects.get(parent=duty)
    assert Notice.objects.get(duty=child).recipient.login == "chutich"


def test_when_the_giver_s_post_is_vacant_the_head_of_the_unit_decides(duty: Duty) -> None:
    post = Post.objects.get(code="T.2")
    Duty.objects.filter(pk=duty.pk).update(giver_post=post)
    make.vacate("phochutich", "2026-11-05")
    propose("gdsxd", duty, **RETURN)
    assert Duty.objects.get(parent=duty).holder_officer.login == "chutich"


def test_one_of_a_kind_at_a_time_and_others_beside_it(duty: Duty) -> None:
    propose("gdsxd", duty, **EXTENSION)
    with make.refused(Conflict, "proposal_open"):
        propose("pgdsxd", duty, **EXTENSION)
    propose("pgdsxd", duty, kind="obstacle", reason="Thiếu mặt bằng")
    (row,) = duties.my_duties(make.who("tpqldt"), make.at(WHEN)).rows
    assert row.flags == ("extension", "obstacle")
    page = duties.duty(make.who("gdsxd"), duty.public_id, make.at(WHEN))
    assert page.offers == ["return", "suggestion"]


def test_the_table_refuses_what_cannot_be(duty: Duty) -> None:
    propose("gdsxd", duty, **EXTENSION)
    for wrong in (
        {"kind": "wish"}, {"wanted_on": None}, {"kind": "return", "wanted_on": None}, {"outcome": "accepted"},
        {"decided_at": make.at(WHEN)}, {"extended_days": 3},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.update(**wrong)


def test_repeated_by_the_same_request_it_stands_once(duty: Duty) -> None:
    request = Request(request_id=uuid4())
    for _ in range(2):
        propose("gdsxd", duty, **EXTENSION, request=request)
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": "  "}, "proposal_reason_missing"),
        ({"so_far": ""}, "proposal_so_far_missing"),
        ({"wanted_on": None}, "extension_date_missing"),
        ({"wanted_on": date(2026, 11, 15)}, "extension_date_not_later"),
        ({"wanted_on": date(9999, 12, 31)}, "date_unknown"),
        ({"kind": "return", "basis": " "}, "proposal_basis_missing"),
        ({"kind": "wish"}, "kind_unknown"),
    ],
)
def test_what_cannot_be_decided_is_refused(duty: Duty, given: dict[str, Any], code: str) -> None:
    with make.refused(Invalid, code):
        propose("gdsxd", duty, **EXTENSION | given)


@pytest.mark.parametrize("when", ["2026-11-16 00:00", "2026-11-18 09:00"])
def test_no_time_is_asked_for_after_the_due_date(duty: Duty, when: str) -> None:
    with make.refused(Invalid, "extension_after_due"):
        propose("gdsxd", duty, when, **EXTENSION)
    assert "extension" not in duties.duty(make.who("gdsxd"), duty.public_id, make.at(when)).offers
    propose("gdsxd", duty, when, **RETURN)  # the others can still be put


def test_a_date_set_above_the_province_is_not_ours_to_move() -> None:
    duty = higher_level()
    with make.refused(Invalid, "extension_higher_level"):
        propose("gdsxd", duty, **EXTENSION)
    assert duties.duty(make.who("gdsxd"), duty.public_id, make.at(WHEN)).offers == ["return", "obstacle", "suggestion"]


def test_what_has_no_date_has_none_to_move() -> None:
    (duty,) = make.issued("Sở Nội vụ thường xuyên kiểm tra công vụ.")
    with make.refused(Invalid, "extension_without_date"):
        propose("gdsnv", duty, **EXTENSION)


@pytest.mark.parametrize(
    ("login", "kind", "code"),
    [
        ("tpqldt", NotAllowed, "act_not_allowed"),  # hierarchy: the unit's leaders speak for it
        ("gdstc", NotAllowed, "act_not_allowed"),
        ("chutich", NotAllowed, "act_not_allowed"),
        ("ctx1", NotVisible, "duty_not_visible"),
    ],
)
def test_only_the_unit_s_leaders_propose(duty: Duty, login: str, kind: type[Exception], code: str) -> None:
    with make.refused(kind, code):
        propose(login, duty, **RETURN)


def test_what_is_sent_is_not_given_back_and_a_proposal_carries_no_proposal(duty: Duty) -> None:
    propose("gdsxd", duty, **EXTENSION)
    with make.refused(Invalid, "kind_unknown"):
        propose("chutich", Duty.objects.get(parent=duty), **RETURN)
    make.Road(duty).send("gdsxd", "2026-11-11 09:00")
    with make.refused(TransitionNotAllowed, "move_not_possible"):
        propose("gdsxd", duty, "2026-11-11 10:00", **RETURN)


def test_a_page_that_is_behind_is_refused(duty: Duty) -> None:
    with make.refused(Conflict, "moved_meanwhile"):
        propose("gdsxd", duty, **RETURN, request=tasks.Request(seen=1))
