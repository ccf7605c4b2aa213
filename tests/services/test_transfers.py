"""Handing on: two hand-overs at most, the third is ruled on within a working day, the ruling stands in the registry; no circles."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from tests import make
from tests.organising import decided, merged

from kycuong import jobs
from kycuong.core.errors import Conflict, Invalid, NotAllowed
from kycuong.core.transfers import Cause
from kycuong.models import Arbitration, Competence, Duty, DutyHolding, Notice, Task, Transfer
from kycuong.queries import transfers as queries
from kycuong.services import arbitrations, proposals, tasks, transfers

BASIS = "Khoản 4 Điều 2 QĐ 05/2025/QĐ-UBND"
RULED = "2026-11-04 15:00"


@pytest.fixture
def duty(_province: None) -> Duty:
    (found,) = make.issued()
    return found


def returned(duty: Duty, login: str, when: str, **given: Any) -> Duty:
    """Let the head of a unit say that a task is not the unit's; return what was opened to decide it."""
    asked = {"kind": "return", "reason": "Không thuộc chức năng", "basis": BASIS} | given
    proposals.propose(actor=make.who(login, when), at=make.at(when), duty=duty.public_id, **asked)
    return Duty.objects.filter(parent=duty, phase="open").latest("id")


def hand_on(duty: Duty, login: str, to: str, when: str) -> Duty:
    """Let a unit return a task and the Chairman give it to another unit at once."""
    child = returned(duty, login, when)
    given = {"unit": f"unit:{make.unit(to).pk}", "due_on": date(2026, 11, 20)}
    proposals.accept(actor=make.who("chutich", when), at=make.at(when), duty=child.public_id, **given)
    return Task.objects.get(replaces__duty=duty).duty


def third(duty: Duty) -> tuple[Duty, Duty]:
    """Hand a task on twice and let the third unit return it; return its task and the arbitration."""
    second = hand_on(duty, "gdsxd", "STC", "2026-11-03 09:00")
    last = hand_on(second, "gdstc", "X1", "2026-11-03 10:00")
    return last, returned(last, "ctx1", "2026-11-04 09:00")


def rule(child: Duty, unit: str, login: str = "chanhvp", when: str = RULED, **given: Any) -> None:
    said = {"matter": "tiến độ giải ngân", "basis": BASIS} | given
    arbitrations.rule(
        actor=make.who(login, when), at=make.at(when), duty=child.public_id, unit=make.unit(unit).public_id, **said
    )


def test_the_third_hand_over_lies_with_the_office_for_one_working_day(duty: Duty) -> None:
    last, child = third(duty)
    assert (child.kind, child.holder_officer and child.holder_officer.login) == ("arbitration", "chanhvp")
    assert child.due_at == make.at("2026-11-06 00:00")
    assert [one.number for one in Transfer.objects.order_by("number")] == [1, 2]
    last.refresh_from_db()
    assert (last.phase, last.holder_unit) == ("open", make.unit("X1"))  # holder and clock stay until the ruling
    with make.refused(Conflict, "arbitration_open"):
        returned(last, "ctx1", "2026-11-04 10:00")


def test_the_ruling_moves_the_task_and_stands_in_the_registry_from_that_day_on(duty: Duty) -> None:
    last, child = third(duty)
    rule(child, "STC")
    now = Task.objects.get(replaces__duty=last).duty
    assert (now.holder_unit, now.due_at) == (make.unit("STC"), make.at("2026-11-21 00:00"))
    kept = Arbitration.objects.select_related("competence__matter").get()
    assert kept.competence is not None
    assert (kept.competence.unit, kept.competence.valid_from) == (make.unit("STC"), date(2026, 11, 4))
    assert (kept.competence.matter.name, kept.competence.basis) == (
        "tiến độ giải ngân",
        f"Kết luận phân xử ngày 04/11/2026: {BASIS}",
    )
    assert Transfer.objects.get(number=3).named_by == "arbiter"
    with make.refused(Invalid, "return_ruled"):
        returned(now, "gdstc", "2026-11-05 09:00")
    assert [one.handed for one in [queries.path(make.who("chutich"), now, make.at(RULED))]] == [3]
    assert queries.path(make.who("chutich"), now, make.at(RULED)).loops == ["Sở Tài chính nhận việc này 2 lần"]


def test_ruled_to_be_the_holders_own_it_stays_and_counts_as_a_wrong_return(duty: Duty) -> None:
    last, child = third(duty)
    rule(child, "X1")
    last.refresh_from_db()
    assert (last.phase, last.holder_unit) == ("open", make.unit("X1"))
    with make.refused(Invalid, "return_ruled"):
        returned(last, "ctx1", "2026-11-05 09:00")
    period = date(2026, 11, 1), date(2026, 12, 1)
    told = {(one.kind, one.unit_name): (one.n, one.amount) for one in queries.counted(None, *period)}
    assert told == {
        ("wrong_return", "Ủy ban nhân dân xã Khe Sim"): (1, 1),
        ("handover", "Sở Xây dựng"): (1, 1),
        ("handover", "Sở Tài chính"): (1, 1),
        ("find_owner", "Ủy ban nhân dân tỉnh Lam Giang"): (1, 1),
    }
    assert queries.facts(make.who("ctx2"), *period) == []


def test_what_is_missing_in_a_ruling_is_said_and_nothing_moves(duty: Duty) -> None:
    _, child = third(duty)
    with make.refused(Invalid, "ruling_basis_missing"):
        rule(child, "STC", basis=" ")
    with make.refused(Invalid, "ruling_matter_missing"):
        rule(child, "STC", matter="")
    with make.refused(NotAllowed, "act_not_allowed"):
        rule(child, "STC", login="gdsnv")
    with make.refused(Invalid, "replacement_date_passed"):
        rule(child, "STC", due_on=date(2026, 11, 3))
    with make.refused(Invalid, "ruling_unit_missing"):
        arbitrations.rule(
            actor=make.who("chanhvp"), at=make.at(RULED), duty=child.public_id, unit=uuid4(), matter="x", basis=BASIS
        )


def test_an_arbiter_who_is_a_party_does_not_rule_and_the_next_level_does(duty: Duty) -> None:
    _, child = third(duty)
    with make.refused(NotAllowed, "arbiter_is_party"):
        rule(child, "VP")  # the Office may not give the matter to itself
    aside = {"actor": make.who("chanhvp", RULED), "at": make.at(RULED), "duty": child.public_id}
    with make.refused(Invalid, "act_reason_missing"):
        arbitrations.step_aside(note="", **aside)
    arbitrations.step_aside(note="Văn phòng là một bên", **aside)
    child.refresh_from_db()
    assert child.holder_officer is not None
    assert (child.holder_officer.login, child.holder_unit) == ("chutich", make.unit("T"))
    rule(child, "VP", login="chutich", when="2026-11-05 09:00")
    assert Arbitration.objects.get().unit == make.unit("VP")


def test_the_next_level_has_a_working_day_of_its_own(duty: Duty) -> None:
    _, child = third(duty)
    when = make.at("2026-11-05 10:00")
    arbitrations.step_aside(
        actor=make.who("chanhvp", "2026-11-05 10:00"), at=when, duty=child.public_id, note="Là một bên"
    )
    child.refresh_from_db()
    assert (child.anchor_at, child.due_at) == (when, make.at("2026-11-07 00:00"))
    jobs.work_once(when)
    told = Notice.objects.get(duty=child, topic="step_aside")
    assert told.recipient.login == "chutich"


def test_a_party_is_passed_over_from_the_start(duty: Duty) -> None:
    second = hand_on(duty, "gdsxd", "VP", "2026-11-03 09:00")
    last = hand_on(second, "chanhvp", "STC", "2026-11-03 10:00")
    child = returned(last, "gdstc", "2026-11-04 09:00")
    assert child.holder_officer is not None
    assert child.holder_officer.login == "chutich"


def test_the_authority_decides_how_often_and_who(duty: Duty) -> None:
    at = make.at("2026-11-02 09:00")
    given: dict[str, Any] = {"document": "QĐ 12/QĐ-UBND", "in_force_from": date(2026, 11, 2), "arbiter": "SNV.1"}
    with make.refused(NotAllowed, "calendar_not_allowed"):
        transfers.set_rule(actor=make.who("gdsxd"), at=at, most=1, **given)
    with make.refused(Invalid, "arbiter_rule_most"):
        transfers.set_rule(actor=make.who("chanhvp"), at=at, most=0, **given)
    for code in ("X1.1", "khong-co"):  # a commune's head arbitrates between nobody
        with make.refused(Invalid, "arbiter_rule_post"):
            transfers.set_rule(actor=make.who("chanhvp"), at=at, most=1, **given | {"above": code})
    transfers.set_rule(actor=make.who("chanhvp"), at=at, most=1, **given)
    second = hand_on(duty, "gdsxd", "STC", "2026-11-03 09:00")
    child = returned(second, "gdstc", "2026-11-03 10:00")
    assert child.holder_officer is not None
    assert (child.kind, child.holder_officer.login) == ("arbitration", "gdsnv")
    tasks.revoke(
        actor=make.who("chutich"),
        at=make.at("2026-11-03 11:00"),
        duty=second.public_id,
        note="Không cần nữa",
        basis=BASIS,
    )
    assert Arbitration.objects.get().outcome == "lapsed"


def test_a_late_return_is_weighed_all_the_same_and_is_on_record(duty: Duty) -> None:
    returned(duty, "gdsxd", "2026-11-09 09:00")
    (late,) = [one for one in queries.facts(None, date(2026, 11, 1), date(2026, 12, 1)) if one.kind == "late_return"]
    assert (late.unit_name, late.duty) == ("Sở Xây dựng", duty.public_id)


def test_the_arbiter_is_reminded_and_late_himself(duty: Duty) -> None:
    _, child = third(duty)
    jobs.catch_up(make.at("2026-11-09 08:00"))
    (row,) = queries.arbitrations(make.who("chanhvp"), make.at("2026-11-09 08:00"))
    assert (row.duty, row.late, row.unit_name) == (child.public_id, True, "Ủy ban nhân dân xã Khe Sim")


def test_a_matter_that_the_registry_gives_to_another_needs_a_narrower_name(duty: Duty) -> None:
    _, child = third(duty)
    rule(child, "STC")
    (other,) = make.issued(
        "Giao Sở Xây dựng báo cáo tiến độ giải ngân quý IV trước ngày 20/11/2026.", "2026-11-05 08:00"
    )
    second = hand_on(other, "gdsxd", "SNV", "2026-11-05 09:00")
    last = hand_on(second, "gdsnv", "X1", "2026-11-05 10:00")
    child = returned(last, "ctx1", "2026-11-06 09:00")
    with make.refused(Invalid, "ruling_overlap"):
        rule(child, "SXD", when="2026-11-06 10:00")
    rule(child, "SXD", when="2026-11-06 10:00", matter="giải ngân quý IV")
    assert Competence.objects.filter(matter__code__startswith="PX.").count() == 2


def test_circles_inside_a_body_are_told_to_who_sees_its_task(duty: Duty) -> None:
    second = hand_on(duty, "gdsxd", "X1", "2026-11-03 09:00")
    for number, unit in enumerate((make.division("QH", "SXD"), make.division("KT", "SXD")) * 2):
        begun = make.at(f"2026-11-02 1{number}:00")
        DutyHolding.objects.create(duty=duty, unit=unit, from_at=begun, until_at=begun)
    at = make.at("2026-11-03 10:00")
    told = ["Phòng QH nhận việc này 2 lần", "Phòng KT nhận việc này 2 lần"]
    assert queries.path(make.who("chutich"), second, at).loops == told
    assert queries.path(make.who("ctx1"), second, at).loops == []


def test_what_was_ruled_holds_for_who_inherits_and_a_merged_body_is_no_new_owner(duty: Duty) -> None:
    last, child = third(duty)
    rule(child, "X1")
    decided(merged("X2", on="2026-11-06"), "2026-11-06 08:00")
    last.refresh_from_db()
    assert last.holder_unit == make.unit("X2")
    with make.refused(Invalid, "return_ruled"):
        returned(last, "ctx2", "2026-11-06 10:00")


def test_who_inherits_from_a_body_that_gave_the_matter_up_is_no_new_owner(duty: Duty) -> None:
    last = hand_on(duty, "gdsxd", "X1", "2026-11-03 09:00")
    decided(merged("STC", "SXD", on="2026-11-05"), "2026-11-05 08:00")
    cause = transfers.next_cause(last, make.at("2026-11-05 09:00"), unit=make.unit("STC").pk)
    assert cause is Cause.CIRCLE
