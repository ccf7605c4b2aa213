"""The command line as a door: the clock of a demo is moved, the jobs are worked, a refusal is one sentence and status 1."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from tests import make

from kycuong.cli import main
from kycuong.models import DutyEvent, Notice, Outbox
from kycuong.services import clocks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo() -> None:
    make.province()
    clocks.start(at=make.at(make.MONDAY), real=datetime.now(UTC))


def run(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, int]:
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_tick_plays_everything_on_the_way_and_a_second_time_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    make.issued()
    first = run(capsys, "work", "--once")
    done = run(capsys, "tick", "--at", "2026-11-17T08:00")
    assert (done["rungs"], done["opened"]) == (8, 0)  # near, last day, overdue; three of not opened, two of not begun
    assert first["told"] + done["told"] == Outbox.objects.filter(done_at__isnull=False).count() == 9
    assert run(capsys, "tick", "--at", "2026-11-17T08:01") == {"rungs": 0, "opened": 0, "told": 0}


def test_work_once_does_what_is_due_now(capsys: pytest.CaptureFixture[str]) -> None:
    make.issued()
    assert run(capsys, "work", "--once") == {"rungs": 0, "opened": 0, "told": 1}
    clocks.advance(to=make.at("2026-11-17 08:00"), real=datetime.now(UTC))
    assert run(capsys, "work", "--once") == {"rungs": 3, "opened": 0, "told": 3}
    codes = {
        ".".join(rung.split(".")[:2]) for rung in DutyEvent.objects.exclude(rung=None).values_list("rung", flat=True)
    }
    assert codes == {"overdue", "not_read.3", "not_started.2"}  # of each ladder the highest alone
    assert Notice.objects.filter(topic="rung_overdue").count() == 1


def test_without_json_it_speaks(capsys: pytest.CaptureFixture[str]) -> None:
    make.issued()
    main(["work", "--once"])
    assert main(["tick", "--at", "2026-11-17T08:00"]) == 0
    assert "Mốc nhắc: 8" in capsys.readouterr().out


def test_back_in_time_is_refused_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    before = make.picture()
    assert main(["tick", "--at", "2026-11-01T08:00"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "không lùi" in said
    assert make.picture() == before


@pytest.mark.parametrize("words", [["tick"], ["tick", "--at", "tomorrow"], ["work", "--twice"], ["no-such-verb"], []])
def test_wrong_usage_is_status_two(words: list[str]) -> None:
    try:
        status = main(words)
    except SystemExit as end:
        status = end.code
    assert status == 2
