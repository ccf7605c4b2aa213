"""The move: table check, compare-and-set, event, holding and outbox together, or nothing."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model
from tests import make

from kycuong.core.errors import Conflict, TransitionNotAllowed
from kycuong.core.lifecycle import lifecycles
from kycuong.models import Duty, DutyEvent, DutyHolding, Outbox
from kycuong.queries import duties
from kycuong.services import rows, tasks
from kycuong.services.leaves import leaf
from kycuong.services.transitions import Act, Desk, move

AT = make.at("2026-11-03 08:00")
TASK = lifecycles()["task"]


@pytest.fixture
def duty() -> Duty:
    """An open duty."""
    (found,) = make.issued()
    return found


def act(action: str, **given: object) -> Act:
    return Act(TASK.row(action), AT, make.who("gdsxd"), **given)


def test_a_move_counts_and_writes_one_event_and_one_outbox_row(duty: Duty) -> None:
    seq, act_seq = duty.seq, duty.act_seq
    event = move(duty, act("submit"))
    assert (duty.seq, duty.act_seq) == (seq + 1, act_seq + 1)
    assert (event.seq, event.act, event.actor.login, event.phase_to) == (duty.seq, "submit", "gdsxd", "open")
    assert event.actor_post.title == "Giám đốc Sở Xây dựng"
    assert Outbox.objects.get(duty=duty, seq=duty.seq).topic == "submit"
    stored = Duty.objects.get(pk=duty.pk)
    assert (stored.seq, stored.act_seq) == (duty.seq, duty.act_seq)


def test_two_who_read_the_same_row_move_it_once(duty: Duty) -> None:
    mine, theirs = Duty.objects.get(pk=duty.pk), Duty.objects.get(pk=duty.pk)
    move(mine, act("submit"))
    with make.refused(Conflict, "moved_meanwhile"):
        move(theirs, act("submit"))


def test_a_stale_page_is_refused_and_nothing_is_written(duty: Duty) -> None:
    with make.refused(Conflict, "moved_meanwhile"):
        move(duty, act("submit", seen=duty.act_seq + 1, note="Ghi chú"))


@pytest.mark.parametrize("action", ["confirm", "send_back", "correct_result"])
def test_a_move_that_the_table_does_not_have_from_here_is_refused(duty: Duty, action: str) -> None:
    with make.refused(TransitionNotAllowed, "move_not_possible"):
        move(duty, act(action))


def test_the_same_request_twice_is_one_event(duty: Duty) -> None:
    request = tasks.Request(seen=duty.act_seq, request_id=uuid4())
    for _ in range(2):
        tasks.assign(actor=make.who("gdsxd"), at=AT, duty=duty.public_id, desk=make.desk("tpqldt"), request=request)
    assert DutyEvent.objects.filter(duty=duty, act="assign").count() == 1
    assert DutyHolding.objects.filter(duty=duty).count() == 2
    with make.refused(Conflict, "request_used"):  # the page left open by one person, sent by another
        tasks.assign(actor=make.who("pgdsxd"), at=AT, duty=duty.public_id, desk=make.desk("cvqldt"), request=request)


def test_the_same_request_through_the_whole_road_is_harmless(duty: Duty) -> None:
    at, public_id = AT, duty.public_id
    steps = [
        ("send", "gdsxd", {"file": make.result_file()}),
        ("send_back", "theodoi", {"note": "Thiếu phụ lục"}),
        ("send", "gdsxd", {"file": make.result_file("46")}),
        ("confirm", "theodoi", {}),
    ]
    for name, login, given in steps:
        request = tasks.Request(seen=Duty.objects.get(pk=duty.pk).act_seq, request_id=uuid4())
        for _ in range(2):
            getattr(tasks, name)(actor=make.who(login), at=at, duty=public_id, request=request, **given)
    acts = DutyEvent.objects.filter(duty=duty).order_by("seq").values_list("act", flat=True)
    assert list(acts) == ["open", "send", "send_back", "send", "confirm"]


def test_a_failure_after_the_row_takes_the_row_back(duty: Duty, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(made: list[Model]) -> None:
        together([row for row in made if not isinstance(row, Outbox)])
        raise IntegrityError

    together = rows.insert_records
    monkeypatch.setattr(rows, "insert_records", full)
    before = make.picture()
    with pytest.raises(Conflict), transaction.atomic():
        move(duty, act("submit", note="Ghi chú"), desk=Desk(None, duty.holder_unit_id, None))
    assert make.picture() == before


def test_closing_ends_the_holding_and_moving_the_desk_opens_the_next(duty: Duty) -> None:
    road = make.Road(duty)
    road.assign("gdsxd", "tpqldt", "2026-11-03 09:00")
    first, second = DutyHolding.objects.filter(duty=duty).order_by("from_at")
    assert (first.until_at, second.until_at) == (second.from_at, None)
    road.send("gdsxd", "2026-11-03 10:00")
    road.confirm("theodoi", "2026-11-03 11:00")
    second.refresh_from_db()
    assert second.until_at == make.at("2026-11-03 11:00")


def test_the_leaf_of_an_act_is_the_hash_of_its_content(duty: Duty) -> None:
    move(duty, act("submit", note="Dự thảo", data={"attempt": 1}))
    event = DutyEvent.objects.get(duty=duty, act="submit")
    content = {
        "duty": duty.pk, "seq": event.seq, "act": "submit", "at": event.at, "actor": event.actor_id,
        "post": event.actor_post_id, "phase": "open", "holder": None, "due": event.due_to, "clock": 1, "rung": None,
        "outcome": None, "late": None, "reason": "", "note": event.note_hash, "data": {"attempt": 1},
    }  # fmt: skip
    assert event.leaf == leaf(content)
    event.note.delete()  # an erasure by law leaves a stub, and the proof whole
    page = duties.duty(make.who("gdsxd"), duty.public_id, AT)
    assert [row.note for row in page.history if row.act == "submit"] == [""]
    assert DutyEvent.objects.get(duty=duty, act="submit").note_hash == content["note"]


@pytest.mark.parametrize(
    "change",
    [
        {"phase": "closed"},
        {"outcome": "done"},
        {"due_at": None},
        {"phase": "answered"},  # while its clock is running
        {"term": "standing"},
    ],
)
def test_the_database_refuses_what_cannot_be(duty: Duty, change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(**change)


def test_the_database_refuses_a_second_open_holding(duty: Duty) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyHolding.objects.create(duty=duty, unit=duty.holder_unit, from_at=AT)
