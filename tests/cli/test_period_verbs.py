"""`kycuong period|target|programme`, and the same figures as table files from their pages."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from tests import make

from kycuong.cli import main
from kycuong.models import Period, Target
from kycuong.queries.clocks import offset
from kycuong.services import clocks, targets
from services.test_periods import october
from services.test_programmes import submitted
from services.test_targets import FIGURE
from stories.doors import Web

pytestmark = pytest.mark.django_db


class Line:
    """The command line at a moment of the product's clock."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        make.province()

    def stand(self, when: str) -> None:
        real = datetime.now(UTC)
        clocks.start(at=make.at(when), real=real)
        if make.at(when) > real + offset():
            clocks.advance(to=make.at(when), real=real)

    def call(self, *words: str, status: int = 0) -> Any:
        self.capsys.readouterr()
        assert main([*words, "--json"]) == status
        said = self.capsys.readouterr()
        return json.loads(said.err if status else said.out)


@pytest.fixture
def line(capsys: pytest.CaptureFixture[str], settings: Any, tmp_path: Any) -> Line:
    settings.FILES_DIR = tmp_path
    return Line(capsys)


def sheet(login: str, when: str, name: str, *args: object) -> list[list[object]]:
    answer = Web().person(login, when).get(reverse(name, args=args))
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer) if answer.streaming else answer.content))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def test_a_period_is_opened_told_and_closed(line: Line) -> None:
    october()
    line.stand("2026-11-02 08:00")
    assert (
        line.call("period", "open", "month", "2026", "10", "--by", "gdsxd", status=1)["refused"]
        == "period_open_not_allowed"
    )
    opened = line.call("period", "open", "month", "2026", "10", "--by", "vanthu")
    assert (opened["state"], opened["contest_until"]) == ("open", "2026-11-04")
    key = opened["id"]
    assert line.call("period", "close", key, "--by", "chanhvp", status=1)["refused"] == "period_term_running"
    (own,) = line.call("period", "figures", key, "--by", "gdsxd")["units"]
    assert own["states"] == {"done_on_time": 1, "overdue": 1}  # a unit sees its own alone
    line.stand("2026-11-05 08:00")
    closed = line.call("period", "close", key, "--by", "chanhvp")
    assert closed["fingerprint"] == Period.objects.get().fingerprint != ""
    told = line.call("period", "figures", key, "--by", "chanhvp")
    assert (len(told["units"]), told["states"]) == (2, {"done_on_time": 1, "overdue": 2})
    assert [row["state"] for row in line.call("period", "list", "--by", "gdstc")] == ["closed"]
    assert main(["period", "list", "--by", "gdstc"]) == 0
    assert "Tháng 10/2026" in line.capsys.readouterr().out
    rows = sheet("chanhvp", "2026-11-05 09:00", "period_table", key)
    assert {row[0]: row[1] for row in rows[5:]} == {"Sở Xây dựng": 2, "Sở Tài chính": 1}
    assert [row[0] for row in sheet("gdstc", "2026-11-05 09:00", "period_table", key)[5:]] == ["Sở Tài chính"]


def test_targets_and_programmes_are_listed_as_their_pages_show_them(line: Line) -> None:
    make.issued(FIGURE)
    target = Target.objects.get()
    targets.record(
        actor=make.who("gdsxd"), at=make.at("2026-11-09 09:00"), target=target.public_id, value="71,2", source="Kho bạc"
    )  # fmt: skip
    submitted()
    line.stand("2026-11-10 08:00")
    (row,) = line.call("target", "list", "--by", "chanhvp", "--state", "short")
    assert (row["plan"], row["actual"], row["gap"], row["reached"]) == ("95", "71.2", "23.8", False)
    assert line.call("target", "list", "--by", "gdstc") == []
    assert line.call("target", "list", "--by", "chanhvp", "--unit", "STC") == []
    assert sheet("chanhvp", "2026-11-10 09:00", "targets_table")[-1][5:7] == ["95", "71,2"]
    told = line.call("programme", "list", "--by", "chanhvp", "--year", "2026")
    assert [(one["unit"], one["lines"], one["waiting"]) for one in told["programmes"]] == [("Sở Xây dựng", 3, 3)]
    assert len(told["missing"]) == 7  # everybody expected to have one, the drafted one too: it is not approved
    assert sheet("chanhvp", "2026-11-10 09:00", "programmes_table")[5][:3] == ["Sở Xây dựng", 3, 3]
