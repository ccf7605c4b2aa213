"""The job loop: a round that fails is told to the log, and the next one does what was left."""

from __future__ import annotations

import logging
import os
import signal
import threading
from datetime import UTC, datetime, timedelta

import pytest
from tests import make

from kycuong import jobs
from kycuong.models import DutyEvent, Notice, OrgChange
from kycuong.services import clocks
from kycuong.services.org_changes import carrying

pytestmark = pytest.mark.django_db


def test_a_round_that_fails_is_followed_by_one_that_does_not(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    make.province()
    make.issued()
    clocks.start(at=make.at("2026-11-17 08:00"), real=datetime.now(UTC))
    stop, rounds, work_once = threading.Event(), [], jobs.work_once

    def failing_first(at: datetime) -> jobs.Round:
        rounds.append(at)
        if len(rounds) == 1:
            raise RuntimeError("the disk is full")
        stop.set()
        return work_once(at)

    monkeypatch.setattr(jobs, "work_once", failing_first)
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    with caplog.at_level(logging.ERROR, logger="kycuong.jobs"):
        jobs.work(stop, every=timedelta(0))
    assert "the disk is full" in caplog.text
    assert len(rounds) == 2
    assert DutyEvent.objects.get(rung__isnull=False).rung == "overdue"


def test_a_job_that_fails_stops_none_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    make.province()
    make.issued()

    def broken(at: datetime, **given: object) -> int:
        raise RuntimeError("a change that nobody foresaw")

    monkeypatch.setattr(jobs.org_changes, "carry_due", broken)
    monkeypatch.setattr(jobs.calendar_changes, "resume", broken)
    monkeypatch.setattr(jobs.ladders, "sweep", broken)
    with pytest.raises(RuntimeError, match="nobody foresaw"):
        jobs.work_once(make.at("2026-11-17 08:00"))
    assert DutyEvent.objects.get(rung__isnull=False).rung == "overdue"
    assert Notice.objects.filter(topic="rung_overdue").exists()


def test_one_change_that_fails_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    make.province()
    clerk = make.who("vanthu").officer_id
    for n in (1, 2):
        OrgChange.objects.create(
            kind="rename", decision=f"{n}/QĐ-UBND", in_force_on=make.at(make.MONDAY).date(), plan={}, state="decided",
            made_at=make.at(make.MONDAY), made_by_id=clerk, decided_by_id=clerk,
            decided_at=make.at(make.MONDAY),
        )  # fmt: skip
    tried = []

    def first_breaks(change_id: int, at: datetime, **given: object) -> None:
        tried.append(change_id)
        if len(tried) == 1:
            raise RuntimeError("nobody foresaw it")

    monkeypatch.setattr(carrying, "carry_out", first_breaks)
    with caplog.at_level(logging.ERROR, logger="kycuong.changes"):
        assert jobs.org_changes.carry_due(make.at(make.MONDAY)) == 1
    assert len(tried) == 2
    assert "nobody foresaw it" in caplog.text


def test_what_takes_minutes_delays_no_rung(monkeypatch: pytest.MonkeyPatch) -> None:
    began, rounds = threading.Event(), threading.Event()

    def export(at: datetime) -> int:
        began.set()
        assert rounds.wait(10)  # as long as the rounds need
        os.kill(os.getpid(), signal.SIGTERM)
        return 1

    def work_once(at: datetime) -> None:
        if began.is_set():
            rounds.set()

    def quiet(*given: object) -> None:
        return None

    monkeypatch.setattr(jobs, "now", lambda: make.at(make.MONDAY))
    monkeypatch.setattr(jobs, "work_once", work_once)
    monkeypatch.setattr(jobs, "TABLES", (quiet, export))
    monkeypatch.setattr(jobs.seals, "seal_when_due", quiet)
    for name in ("_keep_mark", "mail", "tidy", "read_papers", "tell_systems", "close_old_connections"):
        monkeypatch.setattr(jobs, name, quiet)
    before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    late = threading.Timer(60, lambda: os.kill(os.getpid(), signal.SIGTERM))  # a test that fails does not hang
    late.start()
    try:
        jobs.run_until_signal(every=timedelta(milliseconds=10))
    finally:
        late.cancel()
        for name, handler in before.items():
            signal.signal(name, handler)
    assert rounds.is_set()


def test_what_fails_of_the_tidying_or_the_gathering_stops_none_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def broken(*given: object) -> None:
        raise ZeroDivisionError

    for module in (jobs.intake, jobs.requests, jobs.hooks, jobs.sessions):
        monkeypatch.setattr(module, "forget", broken)
    monkeypatch.setattr(jobs.comparisons, "renew", broken)
    monkeypatch.setattr(jobs.consultations, "forget_guesses", broken)
    monkeypatch.setattr(jobs.files, "sweep", lambda *_: done.append("sweep"))
    jobs.tidy(make.at(make.MONDAY))
    monkeypatch.setattr(jobs.hooks, "gather", broken)
    monkeypatch.setattr(jobs.hooks, "send", lambda **_: done.append("send"))
    with pytest.raises(ZeroDivisionError):
        jobs.tell_systems(make.at(make.MONDAY))
    assert done == ["sweep", "send"]
