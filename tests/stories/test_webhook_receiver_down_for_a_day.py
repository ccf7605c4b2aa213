"""A webhook receiver is down for a day: nothing is lost, nothing comes twice by its id, each duty's events keep their order."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests import make
from tests.receiver import Receiver, receiving
from tests.sink import free_port

from kycuong.models import Duty, DutyEvent, EventDelivery, Subscription
from kycuong.services import hooks

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(settings: Any, tmp_path: Any) -> tuple[Receiver, int]:
    settings.FILES_DIR, settings.HOOK_NETWORKS = tmp_path, "127.0.0.0/8"
    make.province()
    made, port = Receiver(), free_port()
    subscribed = hooks.subscribe(
        actor=make.who("chanhvp"), at=make.at(make.MONDAY), name="Kho dữ liệu", url=f"http://127.0.0.1:{port}/su-kien",
        kinds=["task.open", "task.assign", "task.submit"],
    )  # fmt: skip
    made.secret = subscribed.secret
    return made, port


def round_at(at: datetime) -> None:
    """Let the worker gather and send once; receivers judge the age of a message by the real clock."""
    hooks.gather(at)
    hooks.send(at=at, real=datetime.now(UTC))


def test_nothing_is_lost_nothing_comes_twice_and_the_order_of_a_duty_stays(receiver: tuple[Receiver, int]) -> None:
    kept, port = receiver
    roads = [make.Road(duty) for duty in [*make.issued(), *make.issued()]]
    at = make.at("2026-11-02 08:05")
    while at < make.at("2026-11-03 08:30"):  # down: the worker tries, less and less often
        if at == make.at("2026-11-02 10:05"):
            for road in roads:
                road.assign("gdsxd", "tpqldt", "2026-11-02 10:00")
                road.submit("tpqldt", "2026-11-02 10:01")
        round_at(at)
        at += timedelta(minutes=20)
    row = Subscription.objects.get()
    assert (row.state, row.failing_since is not None) == ("active", True)
    assert not kept.messages

    kept.answers = [200, 500, 503]  # and stumbles when it comes back
    with receiving(kept, port):
        while at < make.at("2026-11-03 12:00"):
            round_at(at)
            at += timedelta(minutes=20)
        round_at(at)
    told = defaultdict(list)
    for message in kept.messages:
        told[message["data"]["duty"]].append(message["data"]["seq"])
    for duty in Duty.objects.all():
        assert told[str(duty.public_id)] == list(
            DutyEvent.objects.filter(duty=duty).order_by("seq").values_list("seq", flat=True)
        )
    assert len(kept.ids) == len(set(kept.ids)) == DutyEvent.objects.count()
    assert set(EventDelivery.objects.values_list("state", flat=True)) == {"sent"}
    assert {tuple(sorted(message["data"])) for message in kept.messages} == {
        ("about", "api", "document", "duty", "outcome", "page", "phase", "seq")
    }
    assert {message["type"] for message in kept.messages} == {"task.open", "task.assign", "task.submit"}


def test_one_message_that_is_refused_holds_its_own_duty_and_no_other(receiver: tuple[Receiver, int]) -> None:
    kept, port = receiver
    first, second = make.issued()[0], make.issued()[0]
    make.Road(first).assign("gdsxd", "tpqldt", "2026-11-02 09:00")
    kept.answers = [422]
    with receiving(kept, port):
        round_at(make.at("2026-11-02 09:05"))
        assert [message["data"]["duty"] for message in kept.messages] == [str(second.public_id)]
        round_at(make.at("2026-11-02 09:06"))
    assert [message["data"]["seq"] for message in kept.messages[1:]] == [1, 2]


def test_what_was_sent_is_sent_again_by_hand_under_the_same_id(receiver: tuple[Receiver, int]) -> None:
    kept, port = receiver
    make.issued()
    who, at = make.who("chanhvp"), make.at("2026-11-02 09:05")
    subscription = Subscription.objects.get().public_id
    with receiving(kept, port):
        round_at(at)
        count = hooks.replay(
            actor=who, at=at, subscription=subscription, since=make.at(make.MONDAY), until=at + timedelta(hours=1)
        )
        round_at(at)
    assert count == 1
    assert len(kept.ids) == 2
    assert len(set(kept.ids)) == 1


def test_dead_gone_and_left_receivers_are_paused_and_told(receiver: tuple[Receiver, int], settings: Any) -> None:
    kept, port = receiver
    make.issued()
    at = make.at("2026-11-02 09:05")
    while at < make.at("2026-11-06 09:05"):
        round_at(at)
        at += timedelta(hours=2)
    row = Subscription.objects.get()
    assert (row.state, row.paused_code) == ("paused", "dead")
    hooks.resume(actor=make.who("quantri"), at=at, subscription=row.public_id)
    with receiving(kept, port):
        round_at(at)
        assert len(kept.ids) == 1  # what waited came, once somebody looked after the receiver
        make.issued(when="2026-11-06 11:00")
        kept.answers = [410]
        round_at(at)
    row.refresh_from_db()
    assert (row.state, row.paused_code) == ("paused", "gone")
    hooks.resume(actor=make.who("quantri"), at=at, subscription=row.public_id)
    make.vacate("chanhvp", "2026-11-07 00:00")
    round_at(make.at("2026-11-07 09:00"))
    row.refresh_from_db()
    assert (row.state, row.paused_code) == ("paused", "vacant")
    assert len(kept.ids) == 1
