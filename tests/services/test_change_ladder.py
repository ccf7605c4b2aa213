"""A rung is changed by a decision, by whoever may, and its past stays to be read."""

from __future__ import annotations

from typing import Any

import pytest
from tests import make

from kycuong.core.errors import Invalid, NotAllowed
from kycuong.models import AuditEntry
from kycuong.queries import ladders as queries
from kycuong.services import ladders

ASKED = {
    "condition": "overdue", "step": 2, "working_days": 4, "hearers": ["unit_head", "office_head"], "is_active": True,
    "decision": "12/QĐ-UBND", "reason": "Quy chế nhắc việc mới",
}  # fmt: skip


def change(login: str = "chanhvp", **given: Any) -> None:
    ladders.change(actor=make.who(login), at=make.at(make.MONDAY), **(ASKED | given))


def test_a_change_holds_at_once_and_its_decision_is_kept() -> None:
    change()
    change("quantri", hearers=["follower"], reason="Bớt người được nhắc")
    found = {rung.code: rung for rung in queries.rungs()}["overdue.2"]
    assert (found.working_days, found.hearers) == (4, ("follower",))
    newest, first = queries.history()
    assert (newest.reason, first.decision, first.changed_by) == ("Bớt người được nhắc", "12/QĐ-UBND", "Đỗ Quang Thuận")
    assert AuditEntry.objects.filter(act="change_ladder", subject_id="overdue.2").count() == 2


def test_a_rung_can_be_silenced_and_a_further_one_added() -> None:
    change(is_active=False)
    change(condition="not_started", step=3, working_days=9)
    codes = [rung.code for rung in queries.rungs()]
    assert "overdue.2" not in codes
    assert "not_started.3" in codes


def test_the_day_of_a_rung_on_the_row_is_the_clock_s() -> None:
    change(condition="near", step=1, working_days=9, hearers=["desk", "division_head"])
    near = next(rung for rung in queries.rungs() if rung.code == "near")
    assert (near.working_days, near.hearers) == (0, ("desk", "division_head"))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"hearers": []}, "rung_without_hearer"),
        ({"hearers": ["nobody"]}, "rung_without_hearer"),
        ({"working_days": 0}, "rung_days_out"),
        ({"working_days": 61}, "rung_days_out"),
        ({"working_days": 1}, "rung_not_ascending"),
        ({"working_days": 5}, "rung_not_ascending"),
        ({"decision": " "}, "ladder_decision_missing"),
        ({"reason": ""}, "ladder_reason_missing"),
        ({"condition": "bored"}, "ladder_unknown"),
        ({"step": 5}, "ladder_unknown"),
        ({"condition": "near", "step": 2}, "ladder_unknown"),
        ({"condition": "not_decided", "step": 4, "working_days": 20}, "ladder_unknown"),
    ],
)
def test_what_makes_no_ladder_is_refused(given: dict[str, Any], code: str) -> None:
    with make.refused(Invalid, code):
        change(**given)


def test_only_the_head_of_the_office_and_the_administrator_may() -> None:
    for login in ("theodoi", "gdsxd", "chutich"):
        with make.refused(NotAllowed, "ladder_not_allowed"):
            change(login)
