"""Who comes second hears that the duty moved on, wherever the first one fell between two readings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests import make

from kycuong.core.errors import Conflict, Fact, NotAllowed, TransitionNotAllowed
from kycuong.queries import scope
from kycuong.services import tasks

AT = make.at("2026-11-03 08:00")


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Let something happen after the row of a duty was read, before what its permission asks is read."""

    def arrange(happens: Callable[[], object]) -> None:
        original = scope.facts

        def facts(*read: Any) -> scope.Facts:
            monkeypatch.setattr(scope, "facts", original)
            happens()
            return original(*read)

        monkeypatch.setattr(scope, "facts", facts)

    return arrange


def waiting() -> Any:
    (duty,) = make.issued()
    return make.Road(duty).send("gdsxd", "2026-11-02 09:00")


def test_the_specialist_whose_confirmation_was_closed_meanwhile_hears_that_it_is_done(between: Any) -> None:
    duty = waiting()
    back = {"actor": make.who("chanhvp"), "at": AT, "duty": duty.public_id, "note": "Chưa đạt"}
    between(lambda: tasks.send_back(**back))
    with pytest.raises(TransitionNotAllowed) as refusal:
        tasks.confirm(actor=make.who("theodoi"), at=AT, duty=duty.public_id)
    assert refusal.value.code == "move_not_possible"
    duty.refresh_from_db()
    assert duty.phase == "open"


def test_a_desk_that_moved_meanwhile_is_a_conflict_not_a_refusal(between: Any) -> None:
    (duty,) = make.issued()
    make.Road(duty).assign("gdsxd", "cvqldt", "2026-11-02 09:00")
    give = {"actor": make.who("gdsxd"), "at": AT, "duty": duty.public_id, "desk": make.desk("tpqldt")}
    between(lambda: tasks.assign(**give))
    with pytest.raises(Fact) as refusal:
        tasks.submit(actor=make.who("cvqldt"), at=AT, duty=duty.public_id, note="Dự thảo")
    assert isinstance(refusal.value, Conflict)


def test_a_result_judged_meanwhile_is_a_conflict(monkeypatch: pytest.MonkeyPatch) -> None:
    duty = waiting()
    permits = scope.permits

    def judged(*asked: Any) -> bool:
        monkeypatch.setattr(scope, "permits", permits)
        answer = permits(*asked)
        tasks.confirm(actor=make.who("theodoi"), at=AT, duty=duty.public_id)
        return answer

    monkeypatch.setattr(scope, "permits", judged)
    with pytest.raises(Conflict):
        tasks.send_back(actor=make.who("chanhvp"), at=AT, duty=duty.public_id, note="Chưa đạt")


def test_an_act_that_was_never_one_s_own_stays_refused() -> None:
    duty = waiting()
    with make.refused(NotAllowed, "act_not_allowed"):
        tasks.confirm(actor=make.who("gdsxd"), at=AT, duty=duty.public_id)
