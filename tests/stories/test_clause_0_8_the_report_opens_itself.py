"""Clause 0.8: a yearly report "before 01/12" opens by itself, ends with 30/11 at 24:00, and the next one follows."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from tests import make

from kycuong import jobs
from kycuong.cli import main
from kycuong.core.duties import State
from kycuong.models import Duty, DutyEvent
from kycuong.queries import duties
from kycuong.services import clocks
from stories.doors import Services, Web

pytestmark = pytest.mark.django_db

TEXT = "Định kỳ hằng năm, trước ngày 01/12, Sở Nội vụ báo cáo kết quả thực hiện về Ủy ban nhân dân tỉnh."


def occurrences() -> list[Duty]:
    return list(Duty.objects.filter(series__isnull=False).order_by("slot"))


def tick(to: str, capsys: pytest.CaptureFixture[str]) -> dict[str, int]:
    """Move the clock of the demo by the command line."""
    assert main(["tick", "--at", to.replace(" ", "T"), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_it_opens_ends_and_opens_again(door: Services | Web, capsys: pytest.CaptureFixture[str]) -> None:
    make.province()
    clocks.start(at=make.at("2026-11-02 08:00"), real=datetime.now(UTC))
    document = door.line("2026-11-02 08:00", TEXT)
    door.issue("2026-11-02 08:00", document)
    now, following = occurrences()
    assert (now.slot, following.slot) == (date(2026, 12, 1), date(2027, 12, 1))
    assert (now.due_at, now.term) == (make.at("2026-12-01 00:00"), "periodic")
    assert now.holder_officer is not None
    assert now.holder_officer.login == "gdsnv"

    def state(when: str) -> State:
        return duties.duty(make.who("chutich", when), now.public_id, make.at(when)).row.state

    assert state("2026-11-02 09:00") is State.NOT_DUE
    assert state("2026-11-30 23:59") is State.NEAR_DUE
    assert state("2026-12-01 00:00") is State.OVERDUE

    done = tick("2026-11-30 23:59", capsys)
    assert (done["rungs"], done["opened"]) == (2, 0)
    done = tick("2026-12-01 08:00", capsys)
    assert (done["rungs"], done["opened"]) == (1, 1)
    fired = DutyEvent.objects.filter(duty=now, rung__isnull=False).order_by("seq").values_list("rung", "at")
    assert list(fired) == [
        ("near", make.at("2026-11-25 07:30")),  # three working days left: 26, 27 and 30/11
        ("due", make.at("2026-11-30 07:30")),
        ("overdue", make.at("2026-12-01 07:30")),
    ]
    assert [duty.slot for duty in occurrences()] == [date(2026, 12, 1), date(2027, 12, 1), date(2028, 12, 1)]


def test_the_clock_says_why_it_ends_that_day() -> None:
    make.province()
    web = Web()
    document = web.line("2026-11-02 08:00", TEXT)
    web.issue("2026-11-02 08:00", document)
    duty = occurrences()[0]
    page = web.person("gdsnv", "2026-11-02 09:00").get(reverse("duty", args=[duty.public_id])).context["page"]
    assert page.row.last_date == date(2026, 11, 30)
    assert "30/11/2026" in " ".join(page.clock)


def test_a_report_sent_in_time_calls_the_one_after_the_next() -> None:
    make.province()
    document = Services().line("2026-11-02 08:00", TEXT)
    Services().issue("2026-11-02 08:00", document)
    now, _ = occurrences()
    Services().act("gdsnv", "2026-11-20 09:00", now.public_id, "send", file=make.result_file("512", "BC-SNV"))
    Services().act("theodoi", "2026-11-23 09:00", now.public_id, "confirm")
    jobs.catch_up(make.at("2026-12-02 08:00"))
    now.refresh_from_db()
    assert (now.outcome, now.late_working_days) == ("done", 0)
    assert not DutyEvent.objects.filter(duty=now, rung="overdue").exists()
    assert [duty.phase for duty in occurrences()] == ["closed", "open", "open"]
