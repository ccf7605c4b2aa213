"""The machine's clock is set back: what was late stays late, nothing is told twice, nothing precedes what it follows from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import make

from kycuong import jobs
from kycuong.models import AuditEntry, ClockMark, Duty, DutyEvent, DutyHolding, Officer, Outbox
from kycuong.queries import clocks as queries
from kycuong.services import clocks, tasks

pytestmark = pytest.mark.django_db

LATE = make.at("2026-11-16 08:00")


@pytest.fixture(autouse=True)
def _province(db: None) -> None:
    make.province()


def chain(duty: Duty) -> list[datetime]:
    return list(DutyEvent.objects.filter(duty=duty).order_by("seq").values_list("at", flat=True))


def test_the_product_stands_still_until_the_machine_has_caught_up() -> None:
    clocks.keep_mark(at=LATE, real=LATE)
    assert queries.now(LATE - timedelta(minutes=30)) == LATE
    assert queries.now(LATE + timedelta(seconds=1)) == LATE + timedelta(seconds=1)
    far = LATE - timedelta(days=3)  # a mark left by a clock that stood wrong the other way stops nobody
    assert queries.now(far) == far


def test_what_was_late_stays_late_and_is_told_once(monkeypatch: Any) -> None:
    (duty,) = make.issued()
    jobs.work_once(LATE)
    told = Outbox.objects.count()
    clocks.keep_mark(at=LATE, real=LATE)
    for minutes in (-60, -30, 1):
        jobs.work_once(queries.now(LATE + timedelta(minutes=minutes)))
    assert Outbox.objects.count() == told
    assert DutyEvent.objects.filter(duty=duty, rung="overdue").count() == 1
    reader = Client()
    reader.force_login(Officer.objects.get(login="gdsxd"), "django.contrib.auth.backends.ModelBackend")
    monkeypatch.setattr("django.utils.timezone.now", lambda: (LATE - timedelta(hours=9)).astimezone(UTC))
    page = reader.get(reverse("duty", args=[duty.public_id])).context["page"]
    assert (page.row.state, page.row.days) == ("overdue", 1)


def test_an_act_takes_the_instant_of_what_it_follows(caplog: Any) -> None:
    (duty,) = make.issued()
    road = make.Road(duty)
    road.assign("gdsxd", "tpqldt", "2026-11-16 09:00")
    road.submit("tpqldt", "2026-11-15 09:00")  # the machine was restarted with yesterday's time
    tasks.send(
        actor=make.who("gdsxd"), at=make.at("2026-11-15 10:00"), duty=duty.public_id, file=make.result_file(),
        request=road.request(),
    )  # fmt: skip
    duty.refresh_from_db()
    assert chain(duty) == sorted(chain(duty))
    assert (duty.late_working_days, duty.answered_at) == (
        1,
        make.at("2026-11-16 09:00"),
    )  # sent late, and late it stays
    assert duty.consumed_minutes >= 0
    assert all(row.until_at is None or row.until_at >= row.from_at for row in DutyHolding.objects.filter(duty=duty))
    event = DutyEvent.objects.get(duty=duty, act="submit")
    assert event.data["clock_behind_seconds"] == 24 * 3600
    assert "before the last event" in caplog.text
    road.send_back("theodoi", "2026-11-14 09:00")
    road.duty.refresh_from_db()
    assert chain(duty) == sorted(chain(duty))
    assert road.duty.due_at == make.at("2026-11-16 00:00")  # no time passed on the giver's side


def test_the_drift_is_recorded_once_and_the_mark_does_not_go_back() -> None:
    clocks.keep_mark(at=LATE, real=LATE)
    real = LATE - timedelta(minutes=20)
    for _ in range(3):
        clocks.keep_mark(at=queries.now(real), real=real)
    entry = AuditEntry.objects.get(act="clock_behind")
    assert (entry.data["seconds"], entry.data["stands"]) == (1200, True)
    assert ClockMark.objects.get().at == LATE
    clocks.keep_mark(at=LATE + timedelta(minutes=2), real=LATE + timedelta(minutes=2))
    assert ClockMark.objects.get().at == LATE + timedelta(minutes=2)
