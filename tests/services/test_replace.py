"""The giver replaces a task: the old duty closes, one new duty opens on its own clock, the two pages point at each other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests import make

from kycuong import jobs
from kycuong.core.duties import State
from kycuong.core.errors import Invalid, NotAllowed, TransitionNotAllowed
from kycuong.models import Document, Duty, DutyEvent, Notice, Task
from kycuong.queries import duties
from kycuong.services import series, tasks

LATER = "2026-11-11 09:00"
WHY: dict[str, Any] = {"note": "Điều chỉnh phạm vi", "basis": "Quyết định 40/QĐ-UBND", "due_on": date(2026, 11, 30)}


def replace(login: str, duty: Duty, unit: str = "SXD", when: str = LATER, **given: Any) -> Duty:
    """Replace and return the new duty."""
    tasks.replace(
        actor=make.who(login), at=make.at(when), duty=duty.public_id, unit=f"unit:{make.unit(unit).pk}", **WHY | given
    )
    duty.refresh_from_db()
    return Duty.objects.filter(kind="task", phase="open").latest("id")


@pytest.fixture
def duty() -> Duty:
    """A duty of Sở Xây dựng due at the end of 15/11/2026, in which Sở Tài chính takes part."""
    (found,) = make.issued()
    return found


def test_the_old_one_closes_and_the_new_one_runs_on_its_own_clock(duty: Duty) -> None:
    new = replace("chutich", duty, title="Báo cáo giải ngân và nợ đọng", product="Báo cáo")
    assert (duty.phase, duty.outcome, duty.late_working_days) == ("closed", "replaced", None)
    assert (new.due_at, new.original_due_at, new.clock_no) == (make.at("2026-12-01 00:00"),) * 2 + (1,)
    assert (new.holder_officer.login, new.title, new.task.product) == (
        "gdsxd",
        "Báo cáo giải ngân và nợ đọng",
        "Báo cáo",
    )
    kept = ("document_id", "giver_unit_id", "giver_post_id", "follower_unit_id", "confirmer_unit_id")
    assert [getattr(new, name) for name in kept] == [getattr(duty, name) for name in kept]
    assert (new.task.order_id, new.task.replaces) == (duty.task.order_id, duty.task)


def test_the_two_pages_point_at_each_other(duty: Duty) -> None:
    new = replace("theodoi", duty)
    at = make.at(LATER)
    old_page, new_page = (duties.duty(make.who("gdsxd"), one.public_id, at) for one in (duty, new))
    assert old_page.row.state == State.APART
    assert (old_page.replaced_by.public_id, old_page.replaces) == (new.public_id, None)
    assert (new_page.replaces.public_id, new_page.replaced_by) == (duty.public_id, None)
    assert old_page.history[-1].basis == WHY["basis"]


def test_another_unit_takes_it_over_and_both_heads_hear(duty: Duty) -> None:
    new = replace("chutich", duty, unit="STC")
    assert new.holder_officer.login == "gdstc"
    assert not new.task.participants.exists()  # it was to take part; now it leads
    jobs.work_once(make.at(LATER))
    told = Notice.objects.filter(at=make.at(LATER)).values_list("recipient__login", "topic")
    assert sorted(told) == [("gdstc", "open"), ("gdstc", "replace"), ("gdsxd", "replace")]


def test_an_undated_task_may_get_a_date_and_may_stay_without() -> None:
    (standing,) = make.issued("Giao Sở Xây dựng thường xuyên kiểm tra trật tự xây dựng.")
    again = replace("chutich", standing, due_on=None)
    assert (again.term, again.due_at) == ("standing", None)
    dated = replace("chutich", again)
    assert (dated.term, dated.due_at) == ("dated", make.at("2026-12-01 00:00"))


def test_a_series_is_replaced_by_a_series_of_the_new_unit() -> None:
    first, second = make.issued("Sở Xây dựng báo cáo kết quả trước ngày 20 hằng tháng.")
    replace("chutich", second, unit="STC", due_on=None)
    first.refresh_from_db()
    assert {first.outcome, second.outcome} == {"replaced"}
    new = Duty.objects.filter(holder_unit__code="STC", kind="task").order_by("slot")
    assert [(one.slot, one.term) for one in new] == [(date(2026, 11, 20), "periodic"), (date(2026, 12, 20), "periodic")]
    assert len({one.series for one in new} | {first.series}) == 2
    series.roll(make.at("2027-01-05 08:00"))
    slots = Duty.objects.filter(kind="task").order_by("slot").values_list("holder_unit__code", "slot")
    assert [slot for code, slot in slots if code == "SXD"] == [date(2026, 11, 20), date(2026, 12, 20)]
    assert [slot for code, slot in slots if code == "STC"][-1] == date(2027, 2, 20)
    for old in (first, second):  # every occurrence leads to what stands in its place
        assert duties.duty(make.who("chutich"), old.public_id, make.at(LATER)).replaced_by.public_id == new[0].public_id


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"due_on": None}, "replacement_date_missing"),
    ({"due_on": date(2026, 11, 10)}, "replacement_date_passed"),
    ({"due_on": date(2062, 11, 10)}, "date_unknown"),
    ({"unit": "QLDT"}, "replacement_unit_missing"),
    ({"note": ""}, "change_reason_missing"),
    ({"basis": ""}, "change_basis_missing"),
]


def test_what_cannot_be_given_is_refused(duty: Duty) -> None:
    for given, code in WRONG:
        with make.refused(Invalid, code):
            replace("chutich", duty, **given)


def test_a_date_set_above_is_not_given_away(duty: Duty) -> None:
    Document.objects.update(higher_level=True)
    with make.refused(Invalid, "replacement_higher_level"):
        replace("chutich", duty)
    assert replace("chutich", duty, unit="STC", due_on=date(2026, 11, 15)).due_at == make.at("2026-11-16 00:00")


def test_a_date_set_above_that_has_passed_gives_the_new_unit_a_limit_of_its_own(duty: Duty) -> None:
    Document.objects.update(higher_level=True)
    assert replace("chutich", duty, unit="STC", when="2026-11-17 09:00").holder_officer.login == "gdstc"


def test_the_holder_does_not_replace_and_nothing_is_replaced_twice(duty: Duty) -> None:
    with make.refused(NotAllowed, "act_not_allowed"):
        replace("gdsxd", duty)
    replace("chutich", duty)
    with make.refused(TransitionNotAllowed, "move_not_possible"):
        replace("phochutich", duty)
    assert Task.objects.count() == 2
    assert DutyEvent.objects.filter(act="replace").count() == 1
