"""Leave with everything: tables with their dictionary, files by hash, a manifest that anyone can check, nothing secret."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from tests import make

from kycuong.core.errors import Invalid, NotAllowed, NotVisible
from kycuong.models import AuditEntry, Document, Duty, ExportRun, Note, Officer
from kycuong.services import exports, seals
from kycuong.services.exports import dictionary

pytestmark = pytest.mark.django_db(transaction=True)  # the picture is taken in a connection of its own
WHEN = "2026-11-05 09:00"


@pytest.fixture(autouse=True)
def _life(db: None, settings: Any, tmp_path: Path) -> None:
    settings.EXPORTS_DIR = tmp_path / "exports"
    duty = make.issued()[0]
    make.Road(duty).send("gdsxd", "2026-11-04 09:00")
    seals.seal(make.at(WHEN))


def members(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as held:
        return {name: held.read(name) for name in held.namelist()}


def lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().splitlines()]


def test_everything_leaves_and_the_manifest_says_what(tmp_path: Path) -> None:
    done = exports.export(tmp_path / "all.zip", at=make.at(WHEN))
    held = members(done.path)
    manifest = json.loads(held.pop("manifest.json"))
    assert set(manifest["members"]) == set(held)
    for name, told in manifest["members"].items():
        assert (told["size"], told["sha256"]) == (len(held[name]), hashlib.sha256(held[name]).hexdigest()), name
    for model in apps.get_app_config("kycuong").get_models():
        if model.__name__ in manifest["tables"]:
            assert manifest["tables"][model.__name__] == model.objects.count(), model.__name__
    rows = lines(held["data/duty.jsonl"])
    assert len(rows) == manifest["tables"]["Duty"] == Duty.objects.count()
    duty = Duty.objects.get(kind="task")
    first = next(row for row in rows if row["id"] == duty.pk)
    assert first["public_id"] == str(duty.public_id)
    assert first["due_at"] == "2026-11-15T17:00:00Z"
    assert first["series"] is None
    assert held["checkpoints.jsonl"].count(b'"type":"checkpoint"') == 1
    assert [row["text"] for row in lines(held["data/note.jsonl"])] == list(Note.objects.values_list("text", flat=True))
    assert {name for name in held if name.startswith("files/")} == {
        f"files/{row['sha256']}" for row in lines(held["data/documentfile.jsonl"])
    }


def test_nothing_secret_leaves_and_it_is_said(tmp_path: Path) -> None:
    held = members(exports.export(tmp_path / "all.zip", at=make.at(WHEN)).path)
    everything = b"".join(held.values())
    for officer in Officer.objects.all()[:3]:
        assert officer.password.encode() not in everything
    assert not any("session" in name or "axes" in name for name in held)
    assert "Officer.password" in json.loads(held["manifest.json"])["left_out"]


def test_every_column_of_the_files_stands_in_the_dictionary(tmp_path: Path) -> None:
    folder = tmp_path / "all"
    exports.export(folder, at=make.at(WHEN), form="csv")
    for table in dictionary.lines():
        head = (folder / f"{table.file}.csv").open(encoding="utf-8").readline().strip().split(",")
        assert head == [column.name for column in table.columns], table.name
        assert all(column.meaning for column in table.columns), table.name


def test_csv_tells_nothing_from_an_empty_text(tmp_path: Path) -> None:
    Note.objects.create(salt="s", text='a "b", c\nd')
    folder = tmp_path / "all"
    exports.export(folder, at=make.at(WHEN), form="csv")
    text = (folder / "data" / "note.csv").read_text("utf-8")
    assert list(csv.DictReader(io.StringIO(text)))[-1]["text"] == 'a "b", c\nd'
    document = Document.objects.get()
    row = (folder / "data" / "document.csv").read_text("utf-8").splitlines()[1]
    assert document.number == ""
    assert ',"",' in row
    assert ",," in row


def test_a_missing_file_is_said_and_the_rest_leaves(tmp_path: Path, settings: Any) -> None:
    kept = next(path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file())
    kept.unlink()
    done = exports.export(tmp_path / "all.zip", at=make.at(WHEN))
    assert done.missing == 1
    assert json.loads(members(done.path)["manifest.json"])["missing_files"] == [kept.name]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(b"")
    with make.refused(Invalid, "export_exists"):
        exports.export(tmp_path / "all.zip", at=make.at(WHEN))


def test_the_page_asks_the_job_writes_and_the_administrator_takes() -> None:
    who, at = make.who("quantri", WHEN), make.at(WHEN)
    run = exports.ask(actor=who, at=at)
    with make.refused(Invalid, "export_on_its_way"):
        exports.ask(actor=who, at=at)
    with make.refused(NotVisible, "export_not_visible"):
        exports.open_archive(actor=who, at=at, run=run)
    assert exports.work_waiting(at) == 1
    row = ExportRun.objects.get(public_id=run)
    name, size, stream = exports.open_archive(actor=who, at=at, run=run)
    with stream:
        assert (name, size, hashlib.sha256(stream.read()).hexdigest()) == (
            "kycuong-2026-11-05.zip",
            row.size,
            row.sha256,
        )
    assert AuditEntry.objects.filter(act="download_export").count() == 1
    assert exports.work_waiting(make.at("2026-11-13 09:00")) == 0
    assert ExportRun.objects.get(public_id=run).state == "gone"


def test_only_the_administrator_asks_and_takes() -> None:
    with make.refused(NotAllowed, "administer_not_allowed"):
        exports.ask(actor=make.who("chanhvp", WHEN), at=make.at(WHEN))
