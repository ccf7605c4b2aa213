"""A worker killed again and again while a unit's duties are handed over: whoever comes next goes on, nothing is done twice."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.db import connection
from tests import make, organising

from kycuong.models import DutyEvent, OrgChange, SuccessionLine
from kycuong.services import org_changes
from stories.test_worker_killed import crowd, whole

pytestmark = pytest.mark.django_db(transaction=True)

DUTIES, KILLS, BATCH, SEED = 100, 8, 4, 20261120
#: Forks a worker that carries out what is due, and kills it a moment after some batch, so many times.
NURSERY = """
import os, random, signal, sys, time
from datetime import datetime
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.db import connection
from kycuong.services import org_changes
from kycuong.services.org_changes import carrying

kills, seed, at = int(sys.argv[2]), int(sys.argv[3]), datetime.fromisoformat(sys.argv[5])
carrying.BATCH, whole = int(sys.argv[4]), carrying.move_many
connection.close()
chosen = random.Random(seed)
for turn in range(kills):
    steps, pipe = os.pipe()
    child = os.fork()
    if child == 0:
        def telling(batch, act):
            os.write(pipe, b".")
            return whole(batch, act)
        carrying.move_many = telling
        org_changes.carry_due(at)
        os.write(pipe, b"!" * 9)
        os._exit(0)
    os.close(pipe)
    for _ in range(chosen.randrange(1, 4)):
        os.read(steps, 1)
    time.sleep(chosen.uniform(0, 0.01))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(steps)
"""


def test_a_handover_that_is_killed_is_finished_once() -> None:
    make.province()
    crowd(DUTIES)
    change = organising.drafted(organising.merged("STC", "SXD", on="2026-11-12"), "2026-11-09 08:00")
    org_changes.decide(actor=make.who("gdsnv"), at=make.at("2026-11-09 08:00"), change=change)
    at = "2026-11-12T00:05+07:00"
    subprocess.run(
        [sys.executable, "-c", NURSERY, str(connection.settings_dict["NAME"]), str(KILLS), str(SEED), str(BATCH), at],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "kycuong.settings"}, check=True,
    )  # fmt: skip
    part = DutyEvent.objects.filter(act="succeed").count()
    assert 0 < part < DUTIES, "the workers were killed too early or too late"
    whole()
    org_changes.carry_due(make.datetime.fromisoformat(at))
    whole()
    assert OrgChange.objects.get(public_id=change).state == "applied"
    assert DutyEvent.objects.filter(act="succeed").count() == DUTIES
    assert SuccessionLine.objects.filter(moved_at__isnull=False).count() == DUTIES
    assert (organising.open_at("SXD"), organising.open_at("STC")) == (0, DUTIES)
    assert organising.without_holder() == []
