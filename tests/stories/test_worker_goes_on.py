"""The job loop: a round that fails is told to the log, and the next one does what was left."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest
from tests import make

from kycuong import jobs
from kycuong.models import DutyEvent
from kycuong.services import clocks

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
