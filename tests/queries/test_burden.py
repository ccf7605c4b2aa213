"""What a document would lay on the units: exact tasks, reports on one day, what is asked again, what could be one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import make

from kycuong.core.errors import NotAllowed, NotVisible
from kycuong.models import Document, Duty
from kycuong.queries.burden import Burden, burden
from kycuong.services import directives

WHEN = "2026-11-10 08:00"
STANDING = "1. Chủ tịch UBND các xã, phường tăng cường kiểm tra bến đò ngang, lắp phao tiêu luồng lạch."
MONTHLY = "1. Chủ tịch UBND các xã, phường báo cáo số vụ đuối nước trên địa bàn trước ngày 25 hằng tháng."
AGAIN = "1. UBND các xã, phường gửi báo cáo số vụ đuối nước trên địa bàn trước ngày 25 hằng tháng."


def document(code: str, orders: str, *, issue: bool, rrule: str = "") -> Document:
    made = make.upload(make.paper(code=code, orders=orders, subject=f"việc {code}"), WHEN)
    if issue:
        directives.issue(
            actor=make.who("vanthu", WHEN), at=make.at(WHEN), document=made.public_id, report_rrule=rrule
        )  # fmt: skip
    return made


def measured(made: Document, rrule: str = "FREQ=YEARLY") -> Burden:
    return burden(make.who("vanthu", WHEN), made.public_id, make.at(WHEN), report_rrule=rrule)


@pytest.mark.parametrize("orders", [STANDING, MONTHLY, make.TWO_ORDERS, f"{STANDING}\n{make.TWO_ORDERS[:-1]}"])
def test_the_tasks_it_tells_are_the_tasks_that_issuing_opens(orders: str) -> None:
    made = document("31/CT-UBND", orders, issue=False)
    told = measured(made)
    opened = directives.issue(
        actor=make.who("vanthu", WHEN), at=make.at(WHEN), document=made.public_id, report_rrule="FREQ=YEARLY"
    )  # fmt: skip
    assert told.tasks == opened == sum(unit.added for unit in told.units)
    assert {unit.name: unit.added for unit in told.units} == {
        unit.name: Duty.objects.filter(holder_unit__public_id=unit.public_id).count() for unit in told.units
    }


def test_two_reports_on_one_matter_are_named_and_proposed_as_one() -> None:
    old = document("31/CT-UBND", MONTHLY, issue=True)
    found = measured(document("32/CT-UBND", AGAIN, issue=False))
    assert [(one.document, one.units) for one in found.repeats] == [(old.public_id, 2)]
    merger = found.mergers[0]
    assert (merger.second.document, merger.units, f"{merger.on:%d/%m}") == (old.public_id, 2, "24/11")
    clash = found.clashes[0]
    assert (f"{clash.on:%d/%m/%Y}", clash.units, clash.most) == ("24/11/2026", 2, 2)
    assert len(found.clashes) >= 11  # the recurrence is expanded over the year, though the ledger holds two slots
    assert all(unit.now == 2 and unit.after == 4 for unit in found.units)


def test_reports_on_whole_documents_in_one_season_are_proposed_as_one() -> None:
    old = document("31/CT-UBND", STANDING, issue=True, rrule="FREQ=YEARLY")
    other = "1. Chủ tịch UBND các xã, phường trồng cây xanh dọc bờ sông."
    found = measured(document("32/CT-UBND", other, issue=False))
    assert [(one.second.document, one.units) for one in found.mergers] == [(old.public_id, 2)]
    assert not found.repeats
    assert not measured(Document.objects.get(number="32"), rrule="").mergers


def test_reports_on_different_matters_are_not_proposed_as_one() -> None:
    document("31/CT-UBND", MONTHLY, issue=True)
    other = "1. Chủ tịch UBND các xã, phường báo cáo số dự án chậm giải ngân trên địa bàn trước ngày 25 hằng tháng."
    found = measured(document("32/CT-UBND", other, issue=False))
    assert not found.mergers
    assert not found.repeats
    assert found.clashes[0].most == 2  # on one day all the same


def test_another_matter_other_units_and_ended_duties_are_no_repeat() -> None:
    document("31/CT-UBND", "1. Sở Xây dựng báo cáo số vụ đuối nước trên địa bàn trước ngày 25 hằng tháng.", issue=True)
    document("33/CT-UBND", MONTHLY, issue=True)
    Duty.objects.update(
        phase="closed", outcome="done_on_time", closed_at=make.at(WHEN), next_check_at=None, running_since=None
    )
    document("34/CT-UBND", "1. Chủ tịch UBND các xã, phường chỉnh trang vỉa hè.", issue=True)
    found = measured(document("32/CT-UBND", AGAIN, issue=False))
    assert not found.repeats
    assert not found.mergers
    assert not found.clashes
    assert all(unit.now == 1 for unit in found.units)


@pytest.mark.parametrize(("login", "kind"), [("gdsnv", NotAllowed), ("gdsxd", NotVisible)])
def test_only_those_who_review_measure(login: str, kind: type[Exception]) -> None:
    made = document("31/CT-UBND", STANDING, issue=False)
    with pytest.raises(kind):
        burden(make.who(login, WHEN), made.public_id, make.at(WHEN))


def test_measuring_asks_a_fixed_number_of_questions() -> None:
    made = document("32/CT-UBND", AGAIN, issue=False)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            measured(made)
        return len(queries)

    document("41/CT-UBND", MONTHLY, issue=True)
    asked()
    few = asked()
    for no in range(42, 46):
        document(f"{no}/CT-UBND", MONTHLY, issue=True)
    assert asked() == few
