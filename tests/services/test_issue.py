"""Issuing opens one task a charged unit: dated and periodic ones on a clock, each with exactly one lead."""

from __future__ import annotations

from datetime import date

import pytest
from tests import make

from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from kycuong.models import AuditEntry, Document, Duty, DutyEvent, DutyHolding, Order, Outbox
from kycuong.services import directives

YEARLY = "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"
STANDING = "Sở Nội vụ thường xuyên kiểm tra công vụ."


def issue(document: Document, login: str = "vanthu", **given: object) -> list[Duty]:
    directives.issue(actor=make.who(login), at=make.at(make.MONDAY), document=document.public_id, **given)
    return list(Duty.objects.filter(document=document, kind="task").order_by("id"))


def set_order(order: Order, kind: str, *leads: str, **given: object) -> None:
    directives.correct_order(
        actor=make.who("vanthu"), at=make.at(make.MONDAY), order=order.public_id, leads=leads, participants=[],
        kind=kind, **given,
    )  # fmt: skip


def lined(text: str) -> Document:
    return Document.objects.get(public_id=make.line(text))


def test_each_order_opens_a_task_bound_at_once_on_the_head_s_desk() -> None:
    document = make.upload()
    first, second = issue(document)
    assert [(duty.holder_unit.code, duty.holder_officer.login) for duty in (first, second)] == [
        ("SXD", "gdsxd"), ("STC", "gdstc"),
    ]  # fmt: skip
    assert first.due_at == make.at("2026-11-20 00:00")  # "trước ngày 20/11"
    assert (first.phase, first.term, first.giver_post.title) == ("open", "dated", "Phó Chủ tịch UBND tỉnh")
    assert (first.running_since, first.clock_no) == (make.at(make.MONDAY), 1)
    document.refresh_from_db()
    assert (document.state, document.issued_at) == ("issued", make.at(make.MONDAY))
    assert AuditEntry.objects.get(act="issue").data == {"tasks": 2}


def test_row_event_holding_and_outbox_stand_together() -> None:
    duties = issue(make.upload())
    assert DutyEvent.objects.filter(act="open").count() == len(duties)
    assert DutyHolding.objects.filter(until_at__isnull=True).count() == len(duties)
    assert Outbox.objects.filter(topic="open").count() == len(duties)


def test_a_participant_takes_part_without_a_clock() -> None:
    first, second = issue(make.upload())
    assert [row.unit.code for row in first.task.participants.all()] == ["STC"]
    assert not second.task.participants.exists()
    assert Duty.objects.filter(holder_unit__code="STC").get() == second


def test_a_group_opens_one_task_a_unit_each_its_own_lead() -> None:
    document = lined("Giao UBND các xã, phường báo cáo trước ngày 20/11/2026.")
    duties = issue(document)
    assert sorted(duty.holder_unit.code for duty in duties) == ["X1", "X2"]
    assert {duty.holder_officer.login for duty in duties} == {"ctx1", "ctx2"}
    assert not any(duty.task.participants.exists() for duty in duties)


def test_a_unit_named_beside_its_group_is_charged_once() -> None:
    document = make.upload()
    first, second = make.orders(document)
    set_order(first, "standing", "group:communes", f"unit:{make.unit('X1').pk}")
    set_order(second, "standing", f"unit:{make.unit('STC').pk}")
    assert sorted(duty.holder_unit.code for duty in issue(document)) == ["STC", "X1", "X2"]


@pytest.mark.parametrize("kind", ["standing", "prohibition"])
def test_standing_orders_and_prohibitions_have_no_clock(kind: str) -> None:
    document = lined(STANDING)
    set_order(make.orders(document)[0], kind, f"unit:{make.unit('SNV').pk}")
    (duty,) = issue(document)
    assert (duty.term, duty.due_at, duty.next_check_at, duty.running_since) == (kind, None, None, None)


def test_one_periodic_report_answers_all_clockless_orders_of_a_unit() -> None:
    text = f"1. {STANDING}\n2. Sở Nội vụ thường xuyên rà soát tổ chức bộ máy.\n3. Sở Tài chính báo cáo trước ngày 20/11/2026."
    duties = issue(lined(text), report_rrule=YEARLY)
    reports = [duty for duty in duties if duty.task.order is None]
    assert {duty.series for duty in duties} - {None} == {reports[0].series}
    assert [duty.holder_unit.code for duty in reports] == ["SNV", "SNV"]  # the current and the next occurrence
    assert [duty.slot for duty in reports] == [date(2026, 12, 15), date(2027, 12, 15)]
    assert [duty.due_at for duty in reports] == [make.at("2026-12-16 00:00"), make.at("2027-12-16 00:00")]


def test_a_unit_that_reports_periodically_already_gets_no_second_report() -> None:
    document = make.upload()
    first, second = make.orders(document)
    unit = f"unit:{make.unit('SNV').pk}"
    set_order(first, "standing", unit)
    set_order(second, "periodic", unit, rrule="FREQ=MONTHLY;BYMONTHDAY=25", bound="before")
    duties = issue(document, report_rrule=YEARLY)
    assert sum(duty.task.order is None for duty in duties) == 0


def test_a_periodic_order_opens_as_the_current_and_the_next_occurrence() -> None:
    document = make.upload()
    first, second = make.orders(document)
    set_order(first, "periodic", f"unit:{make.unit('SXD').pk}", rrule="FREQ=MONTHLY;BYMONTHDAY=25", bound="before")
    set_order(second, "standing", f"unit:{make.unit('STC').pk}")
    now, following = [duty for duty in issue(document) if duty.series]
    assert (now.slot, following.slot) == (date(2026, 11, 25), date(2026, 12, 25))
    assert (now.due_at, following.due_at) == (make.at("2026-11-25 00:00"), make.at("2026-12-25 00:00"))
    assert now.series == following.series


@pytest.mark.parametrize(
    ("on", "bound", "due"),
    [
        (date(2026, 11, 16), "before", "2026-11-16 00:00"),  # ends with Sunday 15/11: never rolls forward
        (date(2026, 11, 15), "by", "2026-11-16 00:00"),  # a fixed date never rolls either
        (date(2026, 11, 25), "before", "2026-11-25 00:00"),  # the day before, 24/11, is a holiday from 2026
    ],
)
def test_a_date_is_taken_as_printed(on: date, bound: str, due: str) -> None:
    document = lined(STANDING)
    set_order(make.orders(document)[0], "dated", f"unit:{make.unit('SNV').pk}", deadline_on=on, bound=bound)
    (duty,) = issue(document)
    assert duty.due_at == make.at(due)


def test_a_date_already_past_is_overdue_from_the_start_and_its_rung_comes_after_its_opening() -> None:
    document = lined(STANDING)
    set_order(make.orders(document)[0], "dated", f"unit:{make.unit('SNV').pk}", deadline_on=date(2026, 10, 1))
    (duty,) = issue(document)
    assert duty.next_check_at == make.at(make.MONDAY)


def test_a_vacant_head_s_unit_is_charged_all_the_same() -> None:
    make.vacate("gdsxd", "2026-11-01 00:00")
    first, _ = issue(make.upload())
    assert (first.holder_unit.code, first.holder_officer) == ("SXD", None)


def test_dropped_orders_open_nothing() -> None:
    document = make.upload()
    first, _ = make.orders(document)
    directives.drop_order(actor=make.who("vanthu"), at=make.at(make.MONDAY), order=first.public_id, reason="Trùng")
    (duty,) = issue(document)
    assert duty.holder_unit.code == "STC"


def test_nothing_to_open_is_refused() -> None:
    document = make.upload()
    for order in make.orders(document):
        directives.drop_order(actor=make.who("vanthu"), at=make.at(make.MONDAY), order=order.public_id, reason="x")
    with make.refused(Invalid, "document_without_order"):
        issue(document)


def test_orders_without_a_lead_are_refused_with_their_paths() -> None:
    document = lined(f"1. {STANDING}\n2. Kiểm tra việc thực hiện trước ngày 30/11/2026.")
    with make.refused(Invalid, "orders_without_lead"):
        issue(document)
    with pytest.raises(Invalid) as caught:
        issue(document)
    assert (caught.value.values["n"], caught.value.values["paths"]) == (1, "2")


def test_a_cycle_that_is_none_is_refused() -> None:
    document = make.upload()
    with make.refused(Invalid, "rule_unknown"):
        issue(document, report_rrule="FREQ=NEVER")


def test_without_a_giver_nothing_is_issued() -> None:
    document = make.upload()
    document.giver_post = None
    document.save()
    with make.refused(Invalid, "giver_missing"):
        issue(document)


def test_it_is_issued_once() -> None:
    document = make.upload()
    issue(document)
    with make.refused(Conflict, "document_moved_meanwhile"):
        issue(document, "theodoi")


@pytest.mark.parametrize(
    ("login", "kind", "code"),
    [
        ("chutich", NotAllowed, "intake_not_allowed"),
        ("kiemtoan", NotAllowed, "intake_not_allowed"),
        ("gdsxd", NotVisible, "document_not_visible"),
    ],
)
def test_only_the_office_issues(login: str, kind: type[Exception], code: str) -> None:
    document = make.upload()
    with make.refused(kind, code):
        issue(document, login)
