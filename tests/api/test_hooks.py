"""Subscriptions through the API, and whither messages never go."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from tests import make
from tests.receiver import Receiver, receiving
from tests.sink import free_port

from kycuong.core import hooks as law
from kycuong.models import EventDelivery, KeptAnswer, Subscription
from kycuong.services import hooks, tokens
from kycuong.services.hooks import posting, sending


def test_a_system_subscribes_hears_what_its_officer_sees_and_asks_the_api(
    system: Callable[..., Any], settings: Any
) -> None:
    settings.HOOK_NETWORKS = "127.0.0.1/32"
    port, asked = free_port(), system("gdsxd")
    body = {"name": "QLVB", "url": f"http://127.0.0.1:{port}/nhan?kenh=1", "kinds": ["task.open"]}
    made = asked.ask("POST", "/subscriptions", body)
    assert made.status_code == 201, made.content
    receiver, at = Receiver(), make.at("2026-11-02 08:10")
    receiver.secret = made.json()["secret"]
    mine = make.issued()[0]
    make.issued("Giao Sở Tài chính báo cáo tình hình thu ngân sách trước ngày 20/11/2026.")
    make.Road(mine).assign("gdsxd", "tpqldt", "2026-11-02 08:05")
    with receiving(receiver, port):
        hooks.gather(at)
        hooks.send(at=at, real=datetime.now(UTC))
    assert [message["type"] for message in receiver.messages] == ["task.open"]
    told = receiver.messages[0]["data"]
    assert asked.ask("GET", told["api"].partition("/api/v1")[2]).json()["row"]["title"]
    (row,) = asked.ask("GET", "/subscriptions").json()
    (line,) = asked.ask("GET", f"/subscriptions/{row['public_id']}/deliveries").json()["items"]
    assert (line["state"], line["kind"], line["status"]) == ("sent", "task.open", 204)
    again = asked.ask("POST", f"/subscriptions/{row['public_id']}/deliveries/{line['public_id']}/replay")
    assert again.json() == {"count": 1}

    tokens.revoke(actor=make.who("quantri"), at=at, token=asked.id)
    hooks.send(at=at, real=datetime.now(UTC))
    assert Subscription.objects.get().paused_code == "token"
    assert system("gdstc").ask("GET", "/subscriptions").json() == []


def test_a_repeated_request_hears_the_same_secret_and_no_table_holds_it(system: Callable[..., Any]) -> None:
    asked, body = system("gdsxd"), {"name": "QLVB", "url": "https://may.invalid/", "kinds": []}
    first, again = (asked.ask("POST", "/subscriptions", body, Idempotency_Key="lan-mot-1") for _ in range(2))
    assert first.json() == again.json()
    assert first.json()["secret"].startswith("whsec_")
    assert KeptAnswer.objects.get().answer == {"public_id": first.json()["public_id"]}
    assert Subscription.objects.count() == 1


def test_what_is_no_longer_seen_when_it_is_sent_is_not_sent(settings: Any) -> None:
    duty = make.issued()[0]
    sent: list[bytes] = []
    hooks.subscribe(actor=make.who("tpqldt"), at=make.at(make.MONDAY), name="Máy", url="https://may.invalid/", kinds=[])
    road = make.Road(duty)
    road.assign("gdsxd", "tpqldt", "2026-11-02 08:20")
    hooks.gather(make.at("2026-11-02 08:30"))
    assert EventDelivery.objects.count() == 1
    EventDelivery.objects.update(duty=make.issued("Giao Sở Tài chính báo cáo thu ngân sách trước ngày 20/11/2026.")[0])

    def poster(url: str, headers: Any, body: bytes) -> posting.Answer:
        sent.append(body)
        return posting.Answer(200)

    hooks.send(at=make.at("2026-11-02 08:40"), real=datetime.now(UTC), poster=poster)
    assert not sent
    assert EventDelivery.objects.get().state == "hidden"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.1.1", "::1", "fe80::1%eth0", "::ffff:10.0.0.1", "64:ff9b::a00:1",
     "2002:a00:1::", "0.0.0.0", "224.0.0.1", "100.64.0.1", "fc00::1", "fec0::1"],
)  # fmt: skip
def test_no_message_goes_inside_unless_a_setting_allows_it(address: str) -> None:
    assert not law.may_go(address, secure=True, allowed=())
    networks = law.read_networks("10.0.0.0/8")
    inside = address in {"10.1.2.3", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::"}
    assert law.may_go(address, secure=False, allowed=networks) is inside


def test_a_name_that_leads_inside_is_not_posted_to_and_nobody_is_followed_on(monkeypatch: Any, settings: Any) -> None:
    def inside(host: str, port: int, **_: Any) -> list[Any]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("93.184.216.34", "10.0.0.5")
        ]

    monkeypatch.setattr(socket, "getaddrinfo", inside)
    assert posting.post("https://nhan.example/", {}, b"{}") == posting.Answer(None, "not_allowed")
    monkeypatch.undo()

    settings.HOOK_NETWORKS = "127.0.0.1/32"
    receiver, port = Receiver(), free_port()
    receiver.answers = [302]
    with receiving(receiver, port):
        assert posting.post(f"http://127.0.0.1:{port}/", {}, b"{}") == posting.Answer(302, "status")
    assert posting.post(f"http://127.0.0.1:{port}/", {}, b"{}") == posting.Answer(None, "unreachable")


@pytest.mark.parametrize(
    "url", ["ftp://a.b/", "https://u:p@a.b/", "https:///x", "nhan.vn", "https://a.b/#x", "https://a.b:99999/"]
)
def test_addresses_that_are_none_are_refused(url: str) -> None:
    with make.refused(law.Invalid, "hook_url"):
        hooks.subscribe(actor=make.who("quantri"), at=make.at(make.MONDAY), name="Máy", url=url, kinds=[])


def test_each_message_is_stamped_when_it_goes_and_one_call_comes_to_its_end(monkeypatch: Any) -> None:
    hooks.subscribe(
        actor=make.who("tpqldt"), at=make.at(make.MONDAY), name="Máy", url="https://may.invalid/", kinds=["task.assign"]
    )
    for number in range(3):
        duty = make.issued(f"Giao Sở Xây dựng báo cáo chuyên đề {number} trước ngày 20/11/2026.")[0]
        make.Road(duty).assign("gdsxd", "tpqldt", "2026-11-02 08:20")
    at, real, gone, stamps = make.at("2026-11-02 08:30"), datetime(2026, 11, 2, 1, 30, tzinfo=UTC), [0.0], []

    def slow(url: str, headers: Any, body: bytes) -> posting.Answer:
        stamps.append(int(headers["webhook-timestamp"]) - int(real.timestamp()))
        gone[0] += 50
        return posting.Answer(200)

    hooks.gather(at)
    assert EventDelivery.objects.count() == 3
    monkeypatch.setattr(sending, "time", SimpleNamespace(monotonic=lambda: gone[0]))
    monkeypatch.setattr(sending, "BATCH", 2)
    assert hooks.send(at=at, real=real, poster=slow).sent == 2
    assert stamps == [0, 50]
    assert EventDelivery.objects.filter(state="waiting").count() == 1
    assert hooks.send(at=at, real=real, poster=slow).sent == 1


def test_a_subscription_whose_officer_has_left_is_paused_though_nothing_waits_for_it(
    system: Callable[..., Any],
) -> None:
    asked = system("gdsxd")
    asked.ask("POST", "/subscriptions", {"name": "QLVB", "url": "https://may.invalid/", "kinds": ["task.open"]})
    at = make.at("2026-11-02 08:10")
    tokens.revoke(actor=make.who("quantri"), at=at, token=asked.id)
    make.issued()
    hooks.gather(at)
    row = Subscription.objects.get()
    assert (row.state, row.paused_code) == ("paused", "token")


def test_what_waited_for_a_subscription_that_ended_is_forgotten_in_the_end() -> None:
    who, at = make.who("tpqldt"), make.at("2026-11-02 08:30")
    made = hooks.subscribe(
        actor=who, at=make.at(make.MONDAY), name="Máy", url="https://may.invalid/", kinds=["task.assign"]
    )
    make.Road(make.issued()[0]).assign("gdsxd", "tpqldt", "2026-11-02 08:20")
    hooks.gather(at)
    assert hooks.forget(at + timedelta(days=31)) == 0  # it still waits for somebody
    hooks.end(actor=who, at=at, subscription=made.public_id)
    assert hooks.forget(at + timedelta(days=29)) == 0
    assert hooks.forget(at + timedelta(days=31)) == 1
