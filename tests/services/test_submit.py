"""Submitting takes a draft one step up the line: officer, head of division, head of the unit; never further."""

from __future__ import annotations

import pytest
from tests import make

from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible, TransitionNotAllowed
from kycuong.models import Duty
from kycuong.reader import Secret
from kycuong.services import tasks

THURSDAY = "2026-11-05 10:00"


@pytest.fixture
def duty() -> Duty:
    """A duty on the desk of an officer in a division."""
    (found,) = make.issued()
    make.Road(found).assign("gdsxd", "tpqldt", "2026-11-03 08:00")
    return make.Road(found).assign("tpqldt", "cvqldt", "2026-11-03 09:00")


def submit(login: str, duty: Duty, **given: object) -> Duty:
    tasks.submit(actor=make.who(login), at=make.at(THURSDAY), duty=duty.public_id, **given)
    duty.refresh_from_db()
    return duty


def test_it_goes_up_one_step_at_a_time_and_the_clock_runs_on(duty: Duty) -> None:
    assert submit("cvqldt", duty, note="Dự thảo lần 1").holder_officer.login == "tpqldt"
    assert submit("tpqldt", duty).holder_officer.login == "gdsxd"
    assert (duty.phase, duty.answered_at) == ("open", None)
    assert duty.running_since is not None


def test_the_officer_who_prepared_it_stays_its_author_up_the_line(duty: Duty) -> None:
    submit("cvqldt", duty, note="Đã đối chiếu số liệu")
    submit("tpqldt", duty)
    result = duty.task.results.get()
    assert (result.attempt, result.prepared_by.login, result.summary) == (1, "cvqldt", "Đã đối chiếu số liệu")
    assert result.sent_at is None


def test_a_draft_file_is_kept_with_the_attempt(duty: Duty) -> None:
    submit("cvqldt", duty, file=make.result_file())
    assert duty.task.results.get().file.name == "bao-cao.txt"


def test_without_a_head_of_division_it_goes_to_the_head_of_the_unit(duty: Duty) -> None:
    make.vacate("tpqldt", "2026-11-04 00:00")
    assert submit("cvqldt", duty).holder_officer.login == "gdsxd"


def test_without_any_head_it_stays_and_says_so(duty: Duty) -> None:
    make.vacate("tpqldt", "2026-11-04 00:00")
    make.vacate("gdsxd", "2026-11-04 00:00")
    with make.refused(Invalid, "desk_vacant"):
        submit("cvqldt", duty)


def test_a_secret_draft_leaves_no_byte(duty: Duty) -> None:
    with make.refused(Secret, "secret"):
        submit("cvqldt", duty, file=("du-thao.txt", "MẬT\n".encode() + make.result_file()[1]))


@pytest.mark.parametrize(
    ("login", "kind", "code"),
    [
        ("gdsxd", NotAllowed, "act_not_allowed"),  # a head sends, a head does not submit
        ("tpqldt", NotAllowed, "act_not_allowed"),  # not on that desk
        ("theodoi", NotAllowed, "act_not_allowed"),
        ("gdstc", NotAllowed, "act_not_allowed"),
        ("ctx1", NotVisible, "duty_not_visible"),
    ],
)
def test_only_the_desk_submits(duty: Duty, login: str, kind: type[Exception], code: str) -> None:
    with make.refused(kind, code):
        submit(login, duty)


def test_the_head_of_the_unit_never_submits_to_the_giver() -> None:
    (duty,) = make.issued()
    with make.refused(NotAllowed, "act_not_allowed"):
        submit("gdsxd", duty)


def test_what_waits_for_confirmation_is_not_submitted(duty: Duty) -> None:
    make.Road(duty).send("gdsxd", "2026-11-04 08:00")  # a head may send whatever desk it lies on
    with make.refused(TransitionNotAllowed, "move_not_possible"):
        submit("cvqldt", duty)


def test_a_page_that_is_behind_is_refused(duty: Duty) -> None:
    with make.refused(Conflict, "moved_meanwhile"):
        submit("cvqldt", duty, request=tasks.Request(seen=duty.act_seq - 1), file=make.result_file())
