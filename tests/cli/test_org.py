"""`kycuong org change`: previewed first, applied only when asked, refused in one sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests import make, organising

from kycuong.cli import org
from kycuong.models import OrgChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    settings.FILES_DIR = tmp_path
    make.province()
    make.issued(organising.COMMUNES[0])

    def call(given: dict[str, Any], *options: str, by: str = "gdsnv") -> tuple[int, Any, str]:
        file = tmp_path / "thay-doi.json"
        file.write_text(json.dumps(given), "utf-8")
        status = org.main(["change", "--file", str(file), "--by", by, "--json", *options])
        told = capsys.readouterr()
        return status, json.loads(told.out) if told.out else None, told.err

    return call


def given(**more: Any) -> dict[str, Any]:
    from datetime import UTC, datetime

    return organising.merged("X2", **more) | {"in_force_on": datetime.now(UTC).date().isoformat()}


def test_a_preview_keeps_nothing_and_names_every_duty(run: Any) -> None:
    status, told, _ = run(given())
    assert (status, told["duties"], told["refused"]) == (0, 1, [])
    assert told["by_successor"] == {"Ủy ban nhân dân phường Bến Ngự": 1}
    assert not OrgChange.objects.exists()


def test_applied_it_is_done_and_counted(run: Any) -> None:
    status, told, _ = run(given(), "--apply")
    assert (status, told["state"], told["duties"]) == (0, "applied", 1)
    assert organising.open_at("X2") == 1


def test_what_is_refused_is_said_and_changes_nothing(run: Any) -> None:
    assert run(given() | {"reason": ""})[0] == 1
    for day in ("0001-01-01", "9999-12-31", 20261116, "2026-W47-1", None, ["2026-11-16"], "16/11/2026"):
        status, _, said = run(given() | {"in_force_on": day}, "--apply")
        assert (status, "ngày" in said.lower()) == (1, True), day
    status, _, said = run(given(), "--apply", by="ctx1")
    assert (status, "Sở Nội vụ" in said) == (1, True)
    make.vacate("ctx2", "2026-01-02 00:00")
    status, _, said = run(given(), "--apply")
    assert (status, "chưa có người đứng đầu" in said) == (1, True)
    assert set(OrgChange.objects.values_list("state", flat=True)) <= {"cancelled"}
