"""`kycuong report`: what falls due, a paper, and whether sent figures still come out the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests import make, reporting

from kycuong.cli import report
from kycuong.models import Duty, ReportEdition
from kycuong.services import reports


def test_list_build_and_verify(db: None, settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings.FILES_DIR = tmp_path / "files"
    make.province()
    document = reporting.issued()
    place = reporting.place(document, "X1")
    reports.send(actor=make.who("ctx1"), at=make.at("2026-11-25 09:00"), place=place)
    capsys.readouterr()

    assert report.main(["list", "--by", "gdsnv", "--year", "2026", "--json"]) == 0
    (line,) = json.loads(capsys.readouterr().out)
    assert (line["key"], line["units"], line["sent"]) == (str(place.key), 6, 1)

    to = tmp_path / "bao-cao.docx"
    given = [str(place.key), "2026-12-01", str(place.unit), "--by", "gdsnv", "--to", str(to)]
    assert report.main(["build", *given]) == 0
    assert to.read_bytes()[:2] == b"PK"
    given[-1] = str(tmp_path / "bao-cao.odt")
    assert report.main(["build", *given]) == 1
    capsys.readouterr()

    assert report.main(["verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["same"]
    Duty.objects.filter(holder_unit__code="X1", slot__isnull=True).update(holder_unit=make.unit("X2"))
    assert report.main(["verify", str(ReportEdition.objects.get().public_id), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)["editions"][0]
    assert not told["same"]
    assert len(told["differences"]) == 1
