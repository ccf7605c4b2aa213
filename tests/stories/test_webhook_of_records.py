"""Systems hear of documents, periods, reports and letters too: once each, signed, only of what their officer sees."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests import make, reporting
from tests.receiver import Receiver, receiving
from tests.sink import free_port

from kycuong.core.chasing import Step
from kycuong.core.errors import NotAllowed
from kycuong.models import AuditEntry, Document, EventDelivery, Subscription
from kycuong.services import chasing, directives, hooks, periods, reports, tokens
from kycuong.services.chasing.recording import Signed
from kycuong.services.hooks import gathering

pytestmark = pytest.mark.django_db
RECORDS = [
    "document.entered", "document.issued", "document.replaced", "period.opened", "period.closed", "report.sent",
    "letter.sent",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _province(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR, settings.HOOK_NETWORKS = tmp_path, "127.0.0.0/8"
    make.province()


def subscribed(login: str, port: int, kinds: list[str], token: int | None = None) -> Receiver:
    kept = Receiver()
    given = {"name": "Kho dữ liệu", "url": f"http://127.0.0.1:{port}/", "kinds": kinds, "token": token}
    kept.secret = hooks.subscribe(actor=make.who(login), at=make.at(make.MONDAY), **given).secret
    return kept


def life() -> None:
    """Let a document be issued and replaced, a report be sent, a letter be signed, a period be opened and closed."""
    document = reporting.issued()
    other = make.upload(make.paper(code="33/CT-UBND", subject="phòng cháy"))
    clerk = make.who("vanthu")
    directives.link(
        actor=clerk, at=make.at(make.MONDAY), document=other.public_id, other=document.public_id, kind="replaces"
    )
    reports.send(
        actor=make.who("gdsxd"), at=make.at("2026-11-24 09:00"), place=reporting.place(document, "SXD")
    )  # fmt: skip
    late, when = reporting.task(document, "SXD", "1"), "2026-11-26 09:00"
    key = (make.unit("SXD").public_id, Step.URGING)
    made = chasing.draft(
        actor=make.who("theodoi", when), at=make.at(when), duties=[late.public_id],
        choices={key: chasing.Choice(Step.URGING)},
    )  # fmt: skip
    paper = make.paper(code="912/UBND-TH", subject="đôn đốc")
    typed = Signed("912", "UBND-TH", date(2026, 11, 26), "Đỗ Quang Thuận")
    chasing.record(actor=make.who("vanthu", when), at=make.at(when), letter=made.letters[0], file=paper, typed=typed)
    opened = periods.open_period(
        actor=make.who("vanthu", "2026-11-02 08:00"), at=make.at("2026-11-02 08:00"), kind="month", year=2026, number=10
    )
    periods.close(actor=make.who("chanhvp", when), at=make.at(when), period=opened)


def round_at(when: str) -> None:
    """Let the worker gather and send until nothing waits."""
    for _ in range(5):
        hooks.gather(make.at(when))
        hooks.send(at=make.at(when), real=datetime.now(UTC))


def test_each_is_told_once_with_where_it_is_read_though_the_receiver_was_down() -> None:
    port = free_port()
    kept = subscribed("chanhvp", port, RECORDS)
    life()
    round_at("2026-11-26 09:05")  # nobody listens yet
    assert not kept.messages
    with receiving(kept, port):
        round_at("2026-11-26 12:00")
        round_at("2026-11-26 12:30")
    told = [message["type"] for message in kept.messages]
    assert sorted(told) == sorted([*RECORDS, "document.entered"])
    assert len(set(kept.ids)) == len(told)
    by = {message["type"]: message["data"] for message in kept.messages}
    assert by["document.replaced"]["record"] == by["document.issued"]["record"]
    assert by["document.replaced"]["by"] in {message["data"]["record"] for message in kept.messages}
    assert "/api/v1/reports/" in by["report.sent"]["api"]
    assert by["letter.sent"]["page"].endswith(f"/don-doc/van-ban/{by['letter.sent']['record']}/")
    assert {tuple(sorted(message["data"])) for message in kept.messages} == {("api", "by", "page", "record")}


def test_nobody_hears_of_what_they_do_not_see() -> None:
    subscribed("gdstc", free_port(), RECORDS)
    before = AuditEntry.objects.count()
    life()
    assert AuditEntry.objects.count() > before
    hooks.gather(make.at("2026-11-26 09:05"))
    told = set(EventDelivery.objects.values_list("kind", flat=True))
    assert told == set(RECORDS) - {"report.sent", "letter.sent"}  # those are of another unit
    papers = EventDelivery.objects.filter(kind__startswith="document.").values_list("subject", flat=True)
    assert set(papers) == {Document.objects.get(state="issued").public_id}  # the one that charges it, and no other


def test_a_token_hears_of_what_it_may_read_and_of_nothing_before_it() -> None:
    life()
    made = tokens.make(
        actor=None, at=make.at(make.MONDAY), system="Kho", login="chanhvp", rights=["hook", "report:read"], days=60
    )
    token = tokens.SystemToken.objects.get(public_id=made.public_id).pk
    with pytest.raises(NotAllowed):
        subscribed("chanhvp", free_port(), ["document.issued"], token)
    with pytest.raises(NotAllowed):
        subscribed("chanhvp", free_port(), ["task.open"], token)
    subscribed("chanhvp", free_port(), [], token)
    assert hooks.gather(make.at("2026-11-26 09:05")) == 0
    make.issued()
    opened = periods.open_period(
        actor=make.who("vanthu", "2026-12-02 08:00"), at=make.at("2026-12-02 08:00"), kind="month", year=2026, number=11
    )
    assert hooks.gather(make.at("2026-12-02 09:05")) == 1
    assert EventDelivery.objects.get().subject == opened
    assert hooks.gather(make.at("2026-12-02 09:06")) == 0
    assert Subscription.objects.get().after_entry == AuditEntry.objects.order_by("-id").values_list("id", flat=True)[0]


def test_a_subscription_that_fails_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    subscribed("gdstc", free_port(), RECORDS)
    broken = Subscription.objects.get()
    subscribed("gdstc", free_port(), RECORDS)
    life()
    see = gathering.wanted

    def wanted(row: Subscription, kind: str) -> bool:
        if row.pk == broken.pk:
            raise ZeroDivisionError
        return see(row, kind)

    monkeypatch.setattr(gathering, "wanted", wanted)
    with pytest.raises(ZeroDivisionError):
        hooks.gather(make.at("2026-11-26 09:05"))
    assert not EventDelivery.objects.filter(subscription=broken).exists()
    assert EventDelivery.objects.exclude(subscription=broken).exists()
    monkeypatch.undo()
    assert hooks.gather(make.at("2026-11-26 09:06")) == EventDelivery.objects.filter(subscription=broken).count() > 0
