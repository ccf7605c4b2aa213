"""A limit that the authority decides: from a day on, for what is opened afterwards, with its document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from tests import make

from kycuong.core.calendar_changes import Decision
from kycuong.core.duties import State
from kycuong.core.errors import Conflict, Invalid, NotAllowed
from kycuong.models import Duty, LimitRule
from kycuong.queries import limits as queries
from kycuong.queries import unit_duties
from kycuong.services import limits, proposals

PAPER = Decision("77/QĐ-UBND", date(2026, 11, 2), "UBND tỉnh Lam Giang")
NOW = "2026-11-03 08:00"


def change(code: str = "confirm", quantity: int | None = 5, since: str = "2026-11-03", **given: Any) -> LimitRule:
    given = {"actor": make.who("quantri"), "decision": PAPER, "reason": "Quy chế mới"} | given
    in_force_from = date.fromisoformat(since) if since else None
    return limits.change_limit(at=make.at(NOW), code=code, quantity=quantity, in_force_from=in_force_from, **given)


def sent(when: str) -> Duty:
    (duty,) = make.issued()
    make.Road(duty).send("gdsxd", when)
    return Duty.objects.get(parent=duty)


def test_a_request_is_of_one_person_and_one_limit() -> None:
    key = uuid4()
    assert change(request_id=key) == change(request_id=key)
    for other in ({"quantity": 4}, {"code": "decide"}, {"actor": make.who("chanhvp")}):
        with make.refused(Conflict, "request_used"):
            change(request_id=key, **other)


def test_what_was_opened_before_stays_and_what_comes_after_follows() -> None:
    before = sent("2026-11-03 07:45")
    change()
    after = sent("2026-11-03 09:00")
    before.refresh_from_db()
    assert (before.limit_qty, before.due_at) == (2, make.at("2026-11-06 00:00"))
    assert (after.limit_qty, after.due_at) == (5, make.at("2026-11-11 00:00"))


def test_a_limit_holds_from_its_day_on() -> None:
    change(since="2026-11-05")
    assert queries.current("confirm", date(2026, 11, 4)).qty == 2
    rule = queries.current("confirm", date(2026, 11, 5))
    assert (rule.qty, rule.source) == (5, PAPER.basis)


def test_the_giver_has_as_long_as_decided() -> None:
    change("decide", 1)
    (duty,) = make.issued()
    proposals.propose(
        actor=make.who("gdsxd"),
        at=make.at("2026-11-04 08:00"),
        duty=duty.public_id,
        kind="obstacle",
        reason="Thiếu vốn",
    )
    assert Duty.objects.get(kind="proposal").due_at == make.at("2026-11-06 00:00")


def test_near_due_is_shown_by_the_rule_of_the_day_and_reminded_by_that_of_the_opening() -> None:
    (old,) = make.issued()  # before 16/11: the last working day is Friday 13/11
    change("near_due", 5)
    (new,) = make.issued(when="2026-11-03 09:00")
    assert (old.near_at, new.near_at) == (make.at("2026-11-10 07:30"), make.at("2026-11-06 07:30"))
    for when, state in (("2026-11-05 08:00", State.NOT_DUE), ("2026-11-06 08:00", State.NEAR_DUE)):
        page = unit_duties.of_unit(make.who("gdsxd"), make.at(when))
        assert {row.state for row in page.rows} == {state}
        assert page.counts[state] == 2  # counted in the database by the same rule


def test_the_page_tells_source_and_whether_verified() -> None:
    change(since="2026-11-05", article="Điều 9")
    card = next(card for card in queries.rules(make.at(NOW)) if card.code == "confirm")
    new, old = card.rows
    assert (card.quantity, old.in_force, old.verified, old.in_force_until) == (2, True, False, date(2026, 11, 5))
    assert (new.in_force, new.verified, new.article, new.reason) == (False, True, "Điều 9", "Quy chế mới")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"quantity": 0}, "limit_quantity"),
        ({"quantity": 31}, "limit_quantity"),
        ({"quantity": None}, "limit_quantity"),
        ({"since": "2026-11-02"}, "limit_from_past"),
        ({"since": "9999-12-31"}, "limit_from_far"),
        ({"decision": replace(PAPER, decided_on=date(1, 1, 1))}, "date_unknown"),
        ({"since": ""}, "limit_from_missing"),
        ({"code": "lunch"}, "kind_unknown"),
        ({"reason": ""}, "calendar_reason_missing"),
        ({"decision": Decision("", date(2026, 11, 2), "UBND tỉnh")}, "decision_missing"),
    ],
)
def test_refusals_change_nothing(given: dict[str, Any], code: str) -> None:
    with make.refused(Invalid, code):
        change(**given)


def test_only_the_administrator_and_the_head_of_the_office_decide_it() -> None:
    with make.refused(NotAllowed, "calendar_not_allowed"):
        change(actor=make.who("gdsnv"))
    change(actor=make.who("chanhvp"))
    with make.refused(Invalid, "limit_from_past"):
        change(since="2026-11-02", actor=make.who("chanhvp"))
