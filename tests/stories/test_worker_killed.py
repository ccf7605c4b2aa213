"""A worker killed in the middle of its work, again and again, loses nothing and does nothing twice."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from uuid import UUID

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

DUTIES, KILLS, SEED = 150, 200, 20261102
MOMENTS = ("2026-11-10T08:00+07:00", "2026-11-13T08:00+07:00", "2026-11-17T08:00+07:00")
#: One process that has everything loaded forks workers and kills each at a moment that nobody chose: after some steps and a little
#: more. A worker sweeps, acts for a person, hands out notices; it says which act was acknowledged after the service has returned.
NURSERY = """
import os, random, signal, sys, time
from datetime import datetime
from uuid import uuid4
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.db import connection
from kycuong.core.errors import Conflict
from kycuong.models import Duty, Officer
from kycuong.queries import scope
from kycuong.services import duties, notices, tasks

kills, seed, desks, moments = int(sys.argv[2]), int(sys.argv[3]), sys.argv[4].split(","), sys.argv[5:]
count = Duty.objects.count()

def work(turn, pipe):
    chance = random.Random(seed + turn)
    at = datetime.fromisoformat(moments[turn * len(moments) // kills])
    who = scope.actor(Officer.objects.get(login="gdsxd").pk, at)
    while True:
        os.write(pipe, b".")
        duties.sweep(at, batch=20)
        for _ in range(4):
            os.write(pipe, b".")
            duty = Duty.objects.order_by("id")[chance.randrange(count)]
            desk, asked = chance.choice([one for one in desks if one != f"post:{duty.holder_post_id}"]), uuid4()
            try:
                tasks.assign(actor=who, at=at, duty=duty.public_id, desk=desk, request=tasks.Request(duty.act_seq, asked))
            except Conflict:
                continue
            os.write(1, f"{asked}\\n".encode())
        os.write(pipe, b".")
        notices.dispatch(at)

connection.close()
chosen = random.Random(seed)
for turn in range(kills):
    steps, pipe = os.pipe()
    child = os.fork()
    if child == 0:
        work(turn, pipe)
    os.close(pipe)
    for _ in range(chosen.randrange(1, 6)):
        os.read(steps, 1)
    time.sleep(chosen.uniform(0, 0.008))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(steps)
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


def test_killed_two_hundred_times_no_act_is_lost_and_no_rung_fires_twice() -> None:
    make.province()
    crowd(DUTIES)
    desks = ",".join(make.desk(login) for login in ("tpqldt", "cvqldt"))
    done = subprocess.run(
        [sys.executable, "-c", NURSERY, str(connection.settings_dict["NAME"]), str(KILLS), str(SEED), desks, *MOMENTS],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "kycuong.settings"},
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    acknowledged = [UUID(line) for line in done.stdout.split()]
    assert len(acknowledged) > KILLS // 4, "the workers hardly lived"
    assert fired() > 0
    whole()
    for moment in MOMENTS:
        at = make.datetime.fromisoformat(moment)
        duties.sweep(at)
        notices.dispatch(at)
    whole()
    acts = Counter(DutyEvent.objects.filter(act="assign").values_list("request_id", flat=True))
    assert set(acknowledged) <= set(acts)
    assert set(acts.values()) == {1}
    rungs = Counter(DutyEvent.objects.filter(rung__isnull=False).values_list("duty", "clock_no", "rung"))
    assert set(rungs.values()) == {1}
    assert sum(1 for _, _, rung in rungs if rung == "overdue") == DUTIES
    told = Counter(Notice.objects.values_list("duty", "seq", "recipient"))
    assert set(told.values()) == {1}
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
