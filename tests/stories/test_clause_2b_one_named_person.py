"""Clause 2.b: every open duty has one named person, at any time of its life, and time never falls between two desks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from tests import make

from kycuong import jobs
from kycuong.models import Duty, DutyEvent
from stories.doors import Services, Web

pytestmark = pytest.mark.django_db


def check(at: str) -> None:
    """Every duty of the ledger: one person while it is open, desks that follow each other without a gap."""
    for duty in Duty.objects.all():
        holdings = list(duty.holdings.order_by("from_at", "id"))
        running = [row for row in holdings if row.until_at is None]
        assert holdings[0].from_at == duty.opened_at
        for earlier, later in pairwise(holdings):
            assert earlier.until_at == later.from_at
        if duty.phase == "closed":
            assert running == [], at
            assert holdings[-1].until_at == duty.closed_at
            continue
        (now,) = running
        assert duty.holder_officer is not None, at
        assert (now.officer, now.post) == (duty.holder_officer, duty.holder_post), at
        assert now.post is not None
        assert now.post.unit == now.unit


def played(door: Services | Web) -> Iterator[str]:
    """Play two tasks and a periodic report through a door; yield every moment at which something happened."""
    when = "2026-11-02 08:00"
    text = f"1. {make.LINE}\n2. Sở Nội vụ thường xuyên kiểm tra công vụ.\n3. UBND các xã, phường báo cáo trước ngày 20/11/2026."
    document = door.line(when, text)
    door.issue("2026-11-02 08:05", document, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15")
    yield when
    task = Duty.objects.get(document__public_id=document, holder_unit__code="SXD").public_id
    village = Duty.objects.get(document__public_id=document, holder_unit__code="X1").public_id
    steps: list[tuple[str, str, str, dict[str, object]]] = [
        ("gdsxd", "2026-11-03 08:00", "assign", {"desk": make.desk("tpqldt"), "note": "Xong trong tuần"}),
        ("tpqldt", "2026-11-03 09:00", "assign", {"desk": make.desk("cvqldt")}),
        ("cvqldt", "2026-11-09 09:00", "submit", {"note": "Dự thảo"}),
        ("tpqldt", "2026-11-09 10:00", "return_draft", {"note": "Thiếu phụ lục"}),
        ("cvqldt", "2026-11-09 15:00", "submit", {"note": "Đã bổ sung", "file": make.result_file("44")}),
        ("tpqldt", "2026-11-09 16:00", "submit", {"note": ""}),
        ("gdsxd", "2026-11-10 09:00", "send", {"file": make.result_file()}),
        ("theodoi", "2026-11-12 09:00", "send_back", {"note": "Chưa có số liệu quý III"}),
        ("gdsxd", "2026-11-12 10:00", "assign", {"desk": make.desk("cvqldt")}),
        ("pgdsxd", "2026-11-13 10:00", "send", {"file": make.result_file("47")}),
        ("chanhvp", "2026-11-16 10:00", "confirm", {"note": ""}),
    ]
    for login, when, act, given in steps:
        door.act(login, when, task, act, **given)
        jobs.catch_up(make.at(when))
        yield when
    door.act("ctx1", "2026-11-23 08:00", village, "send", file=make.result_file("12", "BC-UBND"))
    jobs.catch_up(make.at("2026-12-20 08:00"))
    yield "2026-12-20 08:00"


def test_at_every_moment_of_a_played_history(door: Services | Web) -> None:
    make.province()
    moments = []
    for at in played(door):
        check(at)
        moments.append(at)
    assert len(moments) == 13
    phases = Duty.objects.filter(kind="task").order_by("id").values_list("holder_unit__code", "phase")
    assert dict(phases) == {"SXD": "closed", "SNV": "open", "X1": "answered", "X2": "open"}


def test_both_doors_leave_the_same_history() -> None:
    def histories(door: Services | Web) -> list[tuple[object, ...]]:
        first = Duty.objects.count()
        for _ in played(door):
            pass
        rows = Duty.objects.order_by("id")[first:]
        return [
            (
                duty.holder_unit.code,
                duty.phase,
                duty.outcome,
                duty.due_at,
                duty.late_working_days,
                [(row.act, minute(row.at), row.actor, row.holder_officer_to) for row in events(duty)],
            )
            for duty in rows
        ]

    def events(duty: Duty) -> Iterator[DutyEvent]:
        """Leave the rungs of the day out: their rounds have played these days already, and a page that is opened stops one."""
        return duty.events.exclude(rung__contains=".").order_by("seq").iterator()

    make.province()
    assert histories(Services()) == histories(Web())


def minute(at: datetime) -> datetime:
    """Return the nearest minute: a demo's clock may stand a second before what it was set to, and it runs."""
    return (at + timedelta(seconds=30)).replace(second=0, microsecond=0)
