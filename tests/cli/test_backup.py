"""Backup while running, restore into a fresh place that verifies; whatever is wrong with an archive is refused whole."""

from __future__ import annotations

import io
import itertools
import json
import os
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from tests import make

from kycuong.cli import backup as verb
from kycuong.services import audit, seals

pytestmark = pytest.mark.django_db(transaction=True)
FRESH = "kycuong_fresh"


@pytest.fixture(autouse=True)
def _province(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"
    settings.SEAL_KEY_FILE = tmp_path / "keys" / "seal.pem"
    make.province()
    make.upload()
    make.issued()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Back up while somebody else writes without a pause."""
    path, stop = tmp_path / "archive.tar", threading.Event()

    def write() -> None:
        try:
            for number in itertools.count():
                if stop.is_set():
                    return
                audit.record(actor_id=None, at=make.at(make.MONDAY), act="try", subject_kind="test", n=number)
        finally:
            connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        assert verb.main([str(path), "--json"]) == 0
    finally:
        stop.set()
        thread.join(20)
    return path


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Give the environment of a fresh home with an empty database of the same sort."""
    home = tmp_path / "fresh"
    kept = {key: value for key, value in os.environ.items() if not key.startswith("KYCUONG_")}
    if connection.vendor == "sqlite":
        yield kept | {"KYCUONG_HOME": str(home)}
        return
    said = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {FRESH}")
        cursor.execute(f"CREATE DATABASE {FRESH} TEMPLATE template0")
    url = f"postgresql://{said['USER']}@/{FRESH}?host={quote(str(said['HOST']), safe='/')}"
    yield kept | {"KYCUONG_HOME": str(home), "KYCUONG_DATABASE": url}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {FRESH} WITH (FORCE)")


def restore(path: Path, fresh: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kycuong", "restore", str(path), "--json"]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=fresh)


def test_a_backup_restored_in_a_fresh_place_verifies_and_is_not_restored_over(
    archive: Path, fresh: dict[str, str]
) -> None:
    ours = seals.verify()
    assert ours.intact
    with tarfile.open(archive) as tar:
        names = tar.getnames()
    assert names[-1] == "manifest.json"
    assert "checkpoints.jsonl" in names
    assert any(name.startswith("files/") for name in names)
    assert not any("pem" in name for name in names)
    assert archive.stat().st_mode & 0o077 == 0
    done = restore(archive, fresh)
    assert done.returncode == 0, done.stderr
    verdict = json.loads(done.stdout)
    assert verdict["intact"] is True
    assert verdict["last"] == {"no": ours.last_no, "hash": ours.last_hash}
    files = [path for path in (Path(fresh["KYCUONG_HOME"]) / "files").rglob("*") if path.is_file()]
    assert len(files) == sum(name.startswith("files/") for name in names)
    again = restore(archive, fresh)
    assert again.returncode == 1
    assert "không trống" in again.stderr


def test_an_archive_is_never_overwritten(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = archive.read_bytes()
    assert verb.main([str(archive)]) == 1
    assert "Đã có tệp" in capsys.readouterr().err
    assert archive.read_bytes() == before


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verb.main([str(tmp_path / "khong-co" / "a.tar")]) == 1
    assert "Không ghi được bản sao lưu" in capsys.readouterr().err


def rewritten(archive: Path, target: Path, name: str, data: bytes, link: str = "") -> Path:
    """Copy an archive with one member put in front."""
    with tarfile.open(archive) as source, tarfile.open(target, "w") as copy:
        info = tarfile.TarInfo(name)
        info.size = 0 if link else len(data)
        info.type, info.linkname = (tarfile.SYMTYPE, link) if link else (tarfile.REGTYPE, "")
        copy.addfile(info, io.BytesIO(data))
        for member in source:
            copy.addfile(member, source.extractfile(member))
    return target


def test_damaged_and_hostile_archives_are_refused_and_leave_nothing(
    archive: Path, tmp_path: Path, settings: Any
) -> None:
    from kycuong.core.archives import ArchiveRefused
    from kycuong.services.archives import unpacking

    whole, folder = archive.read_bytes(), tmp_path / "bad"
    folder.mkdir()
    with tarfile.open(archive) as tar:
        offset = tar.getmembers()[0].offset_data
    flipped = bytearray(whole)
    flipped[offset + 200] ^= 1
    plain = {
        "empty": b"", "text": "không phải tar".encode() * 100, "half": whole[: len(whole) // 2], "flipped": bytes(flipped),
        "without the end": whole[: whole.index(b"manifest.json")],
    }  # fmt: skip
    bad = []
    for name, data in plain.items():
        bad.append(folder / f"{name}.tar")
        bad[-1].write_bytes(data)
    digest = "ab" * 32
    bad += [
        rewritten(archive, folder / "up.tar", "../outside", b"x"),
        rewritten(archive, folder / "abs.tar", str(tmp_path / "outside"), b"x"),
        rewritten(archive, folder / "up2.tar", "files/../../outside", b"x"),
        rewritten(archive, folder / "link.tar", f"files/ab/ab/{digest}", b"", link="/etc/passwd"),
        rewritten(archive, folder / "twice.tar", "manifest.json", b"{}"),
        rewritten(archive, folder / "more.tar", f"files/ab/ab/{digest}", b"x"),
    ]
    settings.HOME = tmp_path / "place"
    settings.FILES_DIR = settings.HOME / "files"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unpacking.dumps, "any_table", lambda: False)
        patch.setattr(unpacking.dumps, "load", lambda source: pytest.fail("loaded a bad archive"))
        for path in [*bad, folder / "khong-co.tar"]:
            with pytest.raises(ArchiveRefused) as refused:
                unpacking.restore(path)
            assert refused.value.message.endswith("."), path.name
            assert not list(settings.HOME.rglob("*")), path.name
    assert not (tmp_path / "outside").exists()
