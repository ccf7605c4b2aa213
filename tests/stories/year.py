"""What the chapters of a year share: its clock and workers, its mails, and where things lie."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from tests import make
from tests.sink import Sink, free_port, listening, use

from kycuong import jobs
from kycuong.cli import main
from kycuong.models import Duty, DutyEvent, Mail, Notice, Officer, Order, Report, ReportEdition
from stories.year_doors import Place, Services, Web, spoken, stand

TOLD = ("gdsxd", "cvqldt", "theodoi", "chutich", "ctx2")


class Year:
    """What the chapters hand on to each other."""

    def __init__(self, door: Services | Web, sink: Sink, capsys: pytest.CaptureFixture[str]) -> None:
        self.door, self.sink, self.capsys = door, sink, capsys
        self.contested: Duty
        self.annual: ReportEdition
        self.document = self.period = UUID(int=0)
        self.lines: list[Duty] = []
        self.frozen: list[tuple[int, str, str]] = []

    def act(self, login: str, when: str, duty: Duty, act: str, **given: Any) -> None:
        """Do one act on a duty, the workers having worked until then."""
        self.work(when)
        self.door.act(login, when, duty.public_id, act, **given)

    def result(self, login: str, when: str, duty: Duty, number: str) -> None:
        """Send a result out."""
        on = make.at(when).date()
        self.act(login, when, duty, "send", file=make.result_file(number, signed=spoken(on)))

    def done(self, login: str, sent: str, confirmed: str, duty: Duty, number: str) -> None:
        """Send a result and have it confirmed."""
        self.result(login, sent, duty, number)
        self.act("theodoi", confirmed, duty, "confirm", note="")

    def work(self, until: str) -> None:
        """Let the clock come to a moment and the workers do everything that falls due on the way."""
        stand(until)
        jobs.catch_up(make.at(until))
        jobs.mail(make.at(until))

    def night(self, until: str) -> None:
        """Let the workers come to a moment, and do everything a second time."""
        at = make.at(until)
        self.work(until)
        counts = _rows()
        done = jobs.catch_up(at)
        jobs.mail(at)
        assert (done.rungs, done.opened, done.told) == (0, 0, 0)
        jobs.tell_systems(at)
        jobs.take_over(at)
        jobs.tidy(at)
        assert _rows() == counts

    def task(self, unit: str, path: str) -> Duty:
        """Return the duty of a unit under one point of the directive."""
        return Duty.objects.get(
            document__public_id=self.document, holder_unit__code=unit, task__order__path=path, kind="task"
        )

    def place(self, path: str, slot: date, unit: str) -> Place:
        """Return where a unit's report has its place."""
        key = Order.objects.get(document__public_id=self.document, path=path).public_id
        return Place(key, slot, make.unit(unit).public_id)

    def command(self, *words: str) -> tuple[int, Any]:
        """Run a verb and return its status and what it printed."""
        self.capsys.readouterr()
        status = main([*words, "--json"])
        return status, json.loads(self.capsys.readouterr().out)

    def mails(self, login: str, word: str) -> int:
        """Return how many mails with a word somebody has got."""
        mine = [mail for mail in self.sink.mails if mail["To"] == f"{login}@lamgiang.invalid"]
        texts = [part.get_content().replace("\r\n", "\n") for mail in mine if (part := mail.get_body(("plain",)))]
        return sum(word in text for text in texts)


def _rows() -> dict[str, int]:
    tables = (Duty, DutyEvent, Notice, Mail, Report, ReportEdition)
    return {model.__name__: model.objects.count() for model in tables}


@contextmanager
def province(settings: Any) -> Iterator[Sink]:
    make.province()
    for login in TOLD:
        Officer.objects.filter(login=login).update(email=f"{login}@lamgiang.invalid", mail_choice="at_once")
    port, sink = free_port(), Sink()
    use(settings, port)
    with listening(sink, port):
        yield sink
