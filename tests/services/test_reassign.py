"""A returned task is given to another unit: from its page, or in the decision that takes it back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests import make

from kycuong import jobs
from kycuong.core.errors import Conflict, Invalid, NotAllowed, TransitionNotAllowed
from kycuong.models import Duty, DutyEvent, Notice, Proposal
from kycuong.queries import duties
from kycuong.services import proposals, series, tasks

DECIDED = "2026-11-11 09:00"
LATER = "2026-11-12 09:00"
NEW = date(2026, 11, 30)


def asked(duty: Duty) -> Duty:
    """Propose the return by the unit's head and return the giver's duty."""
    proposals.propose(
        actor=make.who("gdsxd"), at=make.at("2026-11-10 09:00"), duty=duty.public_id, kind="return", reason="Lý do",
        basis="Quyết định 05",
    )  # fmt: skip
    return Duty.objects.get(parent=duty, kind="proposal")


def accept(child: Duty, **given: Any) -> None:
    proposals.accept(actor=make.who("chutich"), at=make.at(DECIDED), duty=child.public_id, **given)


def reassign(login: str, duty: Duty, unit: str = "STC", **given: Any) -> Duty:
    given = {"due_on": NEW, **given}
    tasks.reassign(
        actor=make.who(login), at=make.at(LATER), duty=duty.public_id, unit=f"unit:{make.unit(unit).pk}", **given
    )
    return Duty.objects.filter(kind="task").latest("id")


@pytest.fixture
def duty() -> Duty:
    """A duty of Sở Xây dựng, in which Sở Tài chính takes part."""
    (found,) = make.issued()
    return found


def test_from_the_page_of_the_returned_task(duty: Duty) -> None:
    accept(asked(duty))
    new = reassign("theodoi", duty)
    duty.refresh_from_db()
    assert (duty.phase, duty.outcome) == ("closed", "returned")
    assert (new.phase, new.holder_officer.login, new.due_at) == ("open", "gdstc", make.at("2026-12-01 00:00"))
    assert (new.follower_unit_id, new.confirmer_unit_id) == (duty.follower_unit_id, duty.confirmer_unit_id)
    assert (new.task.replaces, new.task.order_id) == (duty.task, duty.task.order_id)
    page = duties.duty(make.who("gdsxd"), duty.public_id, make.at(LATER))
    assert (page.history[-1].label, page.replaced_by.unit_name) == ("Giao lại cho đơn vị khác", "Sở Tài chính")


def test_in_the_decision_itself(duty: Duty) -> None:
    child = asked(duty)
    accept(child, unit=f"unit:{make.unit('STC').pk}", due_on=NEW, note="Sở Tài chính chủ trì")
    child.refresh_from_db()
    new = Duty.objects.get(kind="task", phase="open")
    assert (child.outcome, new.holder_officer.login, new.task.replaces.duty) == ("accepted", "gdstc", duty)
    assert list(DutyEvent.objects.filter(duty=duty).order_by("seq").values_list("act", flat=True))[-2:] == [
        "close_returned",
        "reassign",
    ]
    jobs.work_once(make.at(DECIDED))
    assert Notice.objects.filter(recipient__login="gdstc", topic="open", duty=new).exists()


def test_a_decision_that_cannot_give_it_on_decides_nothing(duty: Duty) -> None:
    child = asked(duty)
    for given, code in (
        ({"unit": f"unit:{make.unit('STC').pk}"}, "replacement_date_missing"),
        ({"unit": f"unit:{make.unit('SXD').pk}", "due_on": NEW}, "reassign_same_unit"),
    ):
        with make.refused(Invalid, code):
            accept(child, **given)
    assert Proposal.objects.get().outcome == ""


def test_the_new_unit_s_series_starts() -> None:
    first, second = make.issued("Sở Xây dựng báo cáo kết quả trước ngày 20 hằng tháng.")
    accept(asked(first))
    new = reassign("chutich", second, due_on=None)
    mine = Duty.objects.filter(series=new.series).order_by("slot")
    assert [one.slot for one in mine] == [date(2026, 11, 20), date(2026, 12, 20)]
    with make.refused(Conflict, "task_replaced_already"):
        reassign("chutich", first, due_on=None)
    series.roll(make.at("2026-11-25 08:00"))
    assert Duty.objects.filter(series=new.series).count() == 3
    assert Duty.objects.filter(series=first.series).count() == 2


def test_once_only_and_only_what_was_returned(duty: Duty) -> None:
    with make.refused(TransitionNotAllowed, "move_not_possible"):
        reassign("chutich", duty)
    accept(asked(duty))
    with make.refused(NotAllowed, "act_not_allowed"):
        reassign("gdsxd", duty)
    with make.refused(Invalid, "reassign_same_unit"):
        reassign("chutich", duty, unit="SXD")
    reassign("chutich", duty)
    with make.refused(Conflict, "task_replaced_already"):
        reassign("chutich", duty, unit="X1")


def test_a_task_that_is_done_is_not_reassigned(duty: Duty) -> None:
    make.Road(duty).send("gdsxd", "2026-11-10 09:00")
    make.Road(duty).confirm("theodoi", "2026-11-10 10:00")
    with make.refused(Invalid, "reassign_not_returned"):
        reassign("chutich", duty)


def test_the_old_unit_hears_who_has_it_now_and_is_not_led_to_what_it_may_not_open(duty: Duty) -> None:
    accept(asked(duty))
    new = reassign("theodoi", duty, unit="X1")
    pages = {login: duties.duty(make.who(login), duty.public_id, make.at(LATER)) for login in ("gdsxd", "chutich")}
    assert {login: page.may_open for login, page in pages.items()} == {"gdsxd": set(), "chutich": {new.public_id}}
