"""Confirming closes the task; on time or late stays as it was when the confirmed result was sent."""

from __future__ import annotations

import pytest
from tests import make

from kycuong.core.errors import Conflict, NotAllowed, NotVisible, TransitionNotAllowed
from kycuong.models import Duty, DutyHolding
from kycuong.services import tasks


@pytest.fixture
def road() -> make.Road:
    """A result sent on time that waits for confirmation."""
    (duty,) = make.issued()
    road = make.Road(duty)
    road.send("gdsxd", "2026-11-13 10:00")
    return road


def confirm(login: str, duty: Duty, when: str = "2026-11-13 15:00", **given: object) -> Duty:
    tasks.confirm(actor=make.who(login), at=make.at(when), duty=duty.public_id, **given)
    duty.refresh_from_db()
    return duty


@pytest.mark.parametrize("login", ["theodoi", "chanhvp"])
def test_the_named_specialist_or_the_head_of_the_office_confirms(road: make.Road, login: str) -> None:
    duty = confirm(login, road.duty)
    assert (duty.phase, duty.closed_at, duty.outcome) == ("closed", make.at("2026-11-13 15:00"), "done")
    result = duty.task.results.get()
    assert (result.verdict, result.judged_at) == ("confirmed", make.at("2026-11-13 15:00"))
    child = Duty.objects.get(parent=duty)
    assert (child.phase, child.outcome, child.late_working_days) == ("closed", "confirmed", 0)
    assert not DutyHolding.objects.filter(until_at__isnull=True).exists()


def test_a_confirmer_s_delay_does_not_make_the_unit_late(road: make.Road) -> None:
    duty = confirm("theodoi", road.duty, "2026-11-20 09:00")
    assert (duty.outcome, duty.late_working_days) == ("done", 0)
    child = Duty.objects.get(parent=duty)
    assert child.due_at == make.at("2026-11-18 00:00")
    assert child.late_working_days == 3  # 18, 19 and 20/11 count on the confirmer's own duty


def test_a_late_result_stays_late() -> None:
    (duty,) = make.issued()
    make.Road(duty).send("gdsxd", "2026-11-17 08:00")
    assert confirm("theodoi", duty, "2026-11-17 09:00").outcome == "done_late"
    assert duty.late_working_days == 2


@pytest.mark.parametrize(
    ("login", "kind", "code"),
    [
        ("gdsxd", NotAllowed, "act_not_allowed"),  # nobody confirms one's own result
        ("chutich", NotAllowed, "act_not_allowed"),
        ("vanthu", NotAllowed, "act_not_allowed"),
        ("gdsnv", NotAllowed, "act_not_allowed"),
        ("kiemtoan", NotAllowed, "act_not_allowed"),
        ("ctx1", NotVisible, "duty_not_visible"),
    ],
)
def test_nobody_else_confirms(road: make.Road, login: str, kind: type[Exception], code: str) -> None:
    with make.refused(kind, code):
        confirm(login, road.duty)


def test_what_is_not_sent_and_what_is_closed_is_not_confirmed(road: make.Road) -> None:
    confirm("theodoi", road.duty)
    with make.refused(TransitionNotAllowed, "move_not_possible"):
        confirm("chanhvp", road.duty)
    (other,) = make.issued()
    with make.refused(TransitionNotAllowed, "move_not_possible"):
        confirm("chanhvp", other)


def test_a_page_that_is_behind_is_refused(road: make.Road) -> None:
    with make.refused(Conflict, "moved_meanwhile"):
        confirm("theodoi", road.duty, request=tasks.Request(seen=1))


def test_a_specialist_named_from_another_unit_sees_what_there_is_to_confirm() -> None:
    """Whoever holds the confirmation must be able to open the task and act on it, overseer or not."""
    (duty,) = make.issued()
    document = duty.document
    document.follower_post = make.Officer.objects.get(login="cvcchc").appointments.get().post
    document.follower_post.unit = make.unit("X1")
    document.follower_post.save()
    document.save()
    make.Road(duty).send("gdsxd", "2026-11-13 10:00")
    assert Duty.objects.get(parent=duty).holder_officer.login == "cvcchc"
    assert confirm("cvcchc", duty).phase == "closed"
