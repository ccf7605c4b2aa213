"""Assigning moves the desk of a task down within the charged unit, and nowhere else."""

from __future__ import annotations

import hashlib

import pytest
from tests import make

from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible, TransitionNotAllowed
from kycuong.models import Duty, DutyEvent, DutyHolding
from kycuong.services import tasks

TUESDAY = "2026-11-03 08:00"


def assign(login: str, duty: Duty, desk: str, **given: object) -> None:
    tasks.assign(actor=make.who(login), at=make.at(TUESDAY), duty=duty.public_id, desk=desk, **given)


@pytest.mark.parametrize("login", ["gdsxd", "pgdsxd"])
@pytest.mark.parametrize("desk_of", ["tpqldt", "cvqldt", "pgdsxd"])
def test_a_head_or_deputy_gives_to_any_desk_of_the_unit(login: str, desk_of: str) -> None:
    (duty,) = make.issued()
    assign(login, duty, make.desk(desk_of))
    duty.refresh_from_db()
    assert duty.holder_officer.login == desk_of
    assert (duty.phase, duty.holder_unit.code) == ("open", "SXD")
    earlier, now = duty.holdings.order_by("from_at", "pk")
    assert (earlier.officer.login, earlier.until_at) == ("gdsxd", make.at(TUESDAY))
    assert (now.officer.login, now.from_at, now.until_at) == (desk_of, make.at(TUESDAY), None)


def test_the_clock_and_the_due_date_stay() -> None:
    (duty,) = make.issued()
    before = (duty.due_at, duty.running_since, duty.next_check_at, duty.clock_no)
    assign("gdsxd", duty, make.desk("tpqldt"))
    duty.refresh_from_db()
    assert (duty.due_at, duty.running_since, duty.next_check_at, duty.clock_no) == before


def test_a_head_of_division_gives_within_the_division() -> None:
    (duty,) = make.issued()
    assign("gdsxd", duty, make.desk("tpqldt"))
    assign("tpqldt", duty, make.desk("cvqldt"))
    assert DutyHolding.objects.get(duty=duty, until_at__isnull=True).unit.code == "QLDT"
    with make.refused(Invalid, "desk_unknown"):
        assign("tpqldt", duty, make.desk("pgdsxd"))


def test_the_instruction_is_kept_erasable_and_the_event_holds_its_salted_hash() -> None:
    (duty,) = make.issued()
    assign("gdsxd", duty, make.desk("tpqldt"), note="  Xong trước thứ Sáu ")
    event = DutyEvent.objects.get(duty=duty, act="assign")
    assert event.note.text == "Xong trước thứ Sáu"
    assert event.note_hash == hashlib.sha256((event.note.salt + event.note.text).encode()).hexdigest()
    assert "thứ Sáu" not in str(event.data)


@pytest.mark.parametrize("desk", ["", "post:", "post:999999", "nobody", "post:-1", "own", "tpcchc", "gdstc", "chutich"])
def test_a_desk_outside_the_unit_is_refused(desk: str) -> None:
    (duty,) = make.issued()
    value = make.desk("gdsxd") if desk == "own" else make.desk(desk) if desk.isalpha() and desk != "nobody" else desk
    with make.refused(Invalid, "desk_unknown"):
        assign("gdsxd", duty, value)


def test_a_vacant_desk_is_refused() -> None:
    (duty,) = make.issued()
    value = make.desk("tpqldt")
    make.vacate("tpqldt", "2026-11-03 00:00")
    with make.refused(Invalid, "desk_unknown"):
        assign("gdsxd", duty, value)


@pytest.mark.parametrize(
    ("login", "kind", "code"),
    [
        ("chutich", NotAllowed, "act_not_allowed"),  # the giver sees it and does not reach into the unit
        ("theodoi", NotAllowed, "act_not_allowed"),
        ("gdstc", NotAllowed, "act_not_allowed"),  # takes part
        ("gdsnv", NotAllowed, "act_not_allowed"),  # Home Affairs sees everything
        ("ctx1", NotVisible, "duty_not_visible"),
        ("tpqldt", NotVisible, "duty_not_visible"),  # in the unit, not yet charged
        ("quantri", NotVisible, "duty_not_visible"),
    ],
)
def test_nobody_else_assigns(login: str, kind: type[Exception], code: str) -> None:
    (duty,) = make.issued()
    with make.refused(kind, code):
        assign(login, duty, make.desk("tpqldt"))


def test_what_has_been_sent_out_is_not_assigned() -> None:
    (duty,) = make.issued()
    make.Road(duty).send("gdsxd", TUESDAY)
    with make.refused(TransitionNotAllowed, "move_not_possible"):
        assign("gdsxd", duty, make.desk("tpqldt"))


def test_a_page_that_is_behind_is_refused() -> None:
    (duty,) = make.issued()
    seen = make.Road(duty).request().seen
    assign("gdsxd", duty, make.desk("tpqldt"))
    with make.refused(Conflict, "moved_meanwhile"):
        assign("gdsxd", duty, make.desk("cvqldt"), request=tasks.Request(seen=seen))
