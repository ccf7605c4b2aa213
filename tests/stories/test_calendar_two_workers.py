"""Two workers carry one change of the calendar out at the same instant: each duty moves once, and every one moves."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection
from tests import make

from kycuong.core.calendar_changes import Decision, day_changes
from kycuong.models import CalendarChange, Duty, DutyEvent
from kycuong.services import calendar_changes

pytestmark = pytest.mark.django_db(transaction=True)

NOW = make.at("2026-11-09 10:00")
PAPER = Decision("1508/QĐ-TTg", date(2026, 11, 1), "Thủ tướng Chính phủ")


def test_each_duty_moves_once() -> None:
    make.province()
    for _ in range(6):
        (duty,) = make.issued()
        make.Road(duty).send("gdsxd", "2026-11-09 09:00")
    calendar_changes.change_days(
        actor=make.who("quantri"), at=NOW, decision=PAPER, days=day_changes([date(2026, 11, 10)], [], PAPER), reason="Bão",
        seen=1, batches=0,
    )  # fmt: skip
    barrier, failed = threading.Barrier(2), []

    def worker() -> None:
        try:
            change = CalendarChange.objects.get()
            barrier.wait()
            calendar_changes.carry_out(change, NOW, batch=1)
        except Exception as wrong:
            failed.append(wrong)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    calendar_changes.resume(NOW)
    assert not failed
    change = CalendarChange.objects.get()
    assert (change.due_moved, change.done_at) == (6, NOW)
    counted = Duty.objects.filter(kind="confirmation")
    assert set(counted.values_list("due_at", flat=True)) == {make.at("2026-11-13 00:00")}
    assert DutyEvent.objects.filter(act="calendar_changed").count() == 6
