"""Four workers carry out the same cut-off and are killed again and again: each silence comes to something once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from tests import make

from kycuong.models import Duty, DutyEvent, DutyHolding, Opinion, Outbox
from kycuong.services import consultations as services
from kycuong.services import duties
from kycuong.services.leaves import leaf_of
from stories.test_worker_killed import whole

pytestmark = pytest.mark.django_db(transaction=True)

QUESTIONS, WORKERS, KILLS, BATCH, SEED = 12, 4, 14, 1, 20261122
BODIES = {"STC": "gdstc", "SNV": "gdsnv", "X1": "ctx1", "CAT": "gdcat"}
ASKED, TAKEN, REMINDED, AFTER = "2026-11-09 08:00", "2026-11-09 09:00", "2026-11-16 08:30", "2026-11-17T00:05+07:00"
#: Keeps so many workers at the cut-off at once; again and again one of them is killed a moment after some of its batches.
NURSERY = """
import os, random, signal, sys, time
from datetime import datetime
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.db import OperationalError, connection
from kycuong.services import consultations
from kycuong.services.consultations import expiring

workers, kills, batch, seed, at = *map(int, sys.argv[2:6]), datetime.fromisoformat(sys.argv[6])
carry_out = expiring._carry_out
connection.close()
chosen = random.Random(seed)

def hire():
    steps, pipe = os.pipe()
    child = os.fork()
    if child:
        os.close(pipe)
        return child, steps
    def telling(rows, at):
        time.sleep(0.01)  # in the middle of it, holding its rows
        os.write(pipe, b".")
        return carry_out(rows, at)
    expiring._carry_out = telling
    while True:
        try:
            if not consultations.expire(at, batch=batch):
                os.write(pipe, b"!")
        except OperationalError:
            pass

crew = [hire() for _ in range(workers)]
for turn in range(kills):
    child, steps = crew.pop(chosen.randrange(workers))
    for _ in range(chosen.randrange(1, 3)):
        os.read(steps, 1)
    time.sleep(chosen.uniform(0, 0.006))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(steps)
    crew.append(hire())
for child, _ in crew:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
"""


def silence() -> None:
    """Let four bodies receive a dozen questions, be reminded, and say nothing."""
    units = tuple(make.unit(code).public_id for code in BODIES)
    for n in range(QUESTIONS):
        question = services.Question(f"phương án {n}", (("Phân bổ vốn", True),), units)
        services.ask(actor=make.who("gdsxd", ASKED), at=make.at(ASKED), question=question, request_id=uuid4())
    actors = {code: make.who(login, TAKEN) for code, login in BODIES.items()}
    for one in Opinion.objects.select_related("duty", "unit").order_by("id"):
        services.take_delivery(actor=actors[one.unit.code], at=make.at(TAKEN), duty=one.duty.public_id)
    duties.sweep(make.at(REMINDED))


def test_four_workers_killed_at_random_end_each_silence_once() -> None:
    make.province()
    silence()
    subprocess.run(
        [sys.executable, "-c", NURSERY, str(connection.settings_dict["NAME"]), *map(str, (WORKERS, KILLS, BATCH, SEED)), AFTER],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "kycuong.settings"}, check=True,
    )  # fmt: skip
    part = DutyEvent.objects.filter(act="expire").count()
    assert part > 0, "the workers were killed too early"
    whole()
    services.expire(datetime.fromisoformat(AFTER))
    whole()
    ends = Counter(DutyEvent.objects.filter(act="expire").values_list("duty", flat=True))
    assert (len(ends), set(ends.values())) == (QUESTIONS * len(BODIES), {1})
    sealed = DutyEvent.objects.filter(act="expire").order_by("id")
    assert [one.leaf for one in sealed] == [leaf_of(one) for one in sealed]
    told = Counter(Outbox.objects.filter(topic="expire").values_list("duty", flat=True))
    assert told == ends
    found = Counter(Opinion.objects.values_list("unit__code", "outcome", "liable__login", "duty__outcome"))
    assert found == {
        ("STC", "consent", "gdstc", "silent"): QUESTIONS, ("SNV", "consent", "gdsnv", "silent"): QUESTIONS,
        ("X1", "unbound", None, "lapsed"): QUESTIONS, ("CAT", "unbound", None, "lapsed"): QUESTIONS,
    }  # fmt: skip
    assert not Duty.objects.exclude(phase="closed").exists()
    assert not DutyHolding.objects.filter(until_at__isnull=True).exists(), "what is closed lies on no desk"
