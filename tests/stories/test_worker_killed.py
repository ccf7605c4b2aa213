"""A worker killed in the middle of its work, again and again, loses nothing and does nothing twice."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from datetime import date

import pytest
from django.db import connection
from tests import make

from kycuong.core.lifecycle import lifecycles
from kycuong.core.limits import due_fixed
from kycuong.models import Duty, DutyEvent, Notice, Outbox
from kycuong.queries import calendars
from kycuong.services import duties, notices
from kycuong.services.transitions import Act, open_many

pytestmark = pytest.mark.django_db(transaction=True)

DUTIES, KILLS = 900, 5
MOMENTS = ("2026-11-10T08:00+07:00", "2026-11-13T08:00+07:00", "2026-11-17T08:00+07:00")
WORKER = """
import sys
from datetime import datetime
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from kycuong.services import duties, notices
print("ready", flush=True)
sys.stdin.readline()
for moment in sys.argv[2:]:
    at = datetime.fromisoformat(moment)
    while duties.sweep(at, batch=10):
        pass
    notices.dispatch(at)
"""


def crowd(count: int) -> None:
    """Open so many duties of Sở Xây dựng, all due at the end of 13/11/2026."""
    unit, calendar = make.unit("SXD"), calendars.current()
    at = make.at(make.MONDAY)
    post = int(make.desk("gdsxd").removeprefix("post:"))
    rows = []
    for number in range(count):
        row = Duty(
            kind="task", title=f"Việc {number}", holder_unit=unit, holder_post_id=post,
            holder_officer_id=make.who("gdsxd").officer_id if number == 0 else rows[0].holder_officer_id,
            term="dated", anchor_at=at, bound="by",
        )  # fmt: skip
        duties.wind(row, due_fixed(date(2026, 11, 13), "by", calendar, source="x"), calendar, at)
        rows.append(row)
    open_many(rows, Act(lifecycles()["task"].row("open"), at))


def worker() -> subprocess.Popen[str]:
    """Start a worker on the test's own database; it waits to be told."""
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(connection.settings_dict["NAME"]), *MOMENTS],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "kycuong.settings"},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_every_rung_exactly_once_and_no_event_lost() -> None:
    make.province()
    crowd(DUTIES)
    seeded = random.Random(20261102)
    targets = sorted(seeded.sample(range(50, 3 * DUTIES - 100), KILLS))
    workers = [worker() for _ in targets]
    for process, target in zip(workers, targets, strict=True):
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.stdin.write("go\n")
        process.stdin.flush()
        while fired() < target:
            time.sleep(seeded.uniform(0, 0.004))
        process.kill()
        process.communicate()
        assert fired() >= target
        whole()
    for moment in MOMENTS:
        at = make.datetime.fromisoformat(moment)
        duties.sweep(at)
        notices.dispatch(at)
    whole()
    rungs = Counter(DutyEvent.objects.filter(rung__isnull=False).values_list("duty", "rung"))
    assert len(rungs) == 3 * DUTIES
    assert set(rungs.values()) == {1}
    told = Counter(Notice.objects.values_list("duty", "topic"))
    assert set(told.values()) == {1}
    assert len(told) == 4 * DUTIES
    assert not Outbox.objects.filter(done_at__isnull=True).exists()


def fired() -> int:
    """Return how many rungs have fired so far."""
    return DutyEvent.objects.filter(rung__isnull=False).count()


def whole() -> None:
    """Row, events and outbox stand together, whatever was killed: as many events as the row counts, each with its outbox row."""
    events = Counter(DutyEvent.objects.values_list("duty", flat=True))
    assert events == Counter(dict(Duty.objects.values_list("pk", "seq")))
    told = set(Outbox.objects.values_list("duty", "seq"))
    assert told == set(DutyEvent.objects.values_list("duty", "seq"))
