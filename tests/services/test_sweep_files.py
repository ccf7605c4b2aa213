"""Bytes that no row names go after a day of grace; those that a row names, or that somebody is keeping now, stay."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, transaction
from tests import make

from kycuong.core.errors import Invalid
from kycuong.models import DocumentFile
from kycuong.queries.files import path_of
from kycuong.services import files
from kycuong.services.directives import registering

NOW = datetime(2026, 11, 5, tzinfo=UTC)


def aged(path: Path, hours: int) -> Path:
    then = (NOW - timedelta(hours=hours)).timestamp()
    os.utime(path, (then, then))
    return path


def sweep_all() -> int:
    return sum(files.sweep(shard, NOW) for shard in range(files.SHARDS))


def test_bytes_of_an_act_that_was_rolled_back_go_after_the_grace() -> None:
    with pytest.raises(KeyError), transaction.atomic():
        files.keep(officer_id=make.who("vanthu").officer_id, at=NOW, data=b"mo coi", name="a", media_type="text/plain")
        raise KeyError
    (orphan,) = [path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]
    aged(orphan, 23)
    assert sweep_all() == 0
    aged(orphan, 25)
    assert sweep_all() == 1
    assert not orphan.exists()


def test_what_a_row_names_stays_however_old() -> None:
    make.upload()
    path = aged(path_of(DocumentFile.objects.get().sha256), 10_000)
    assert sweep_all() == 0
    assert path.exists()


def test_who_keeps_the_same_bytes_makes_them_young_again() -> None:
    path = aged(path_of(files.hold(b"hai lan")), 25)
    before = path.stat().st_mtime
    assert path_of(files.hold(b"hai lan")) == path
    assert path.stat().st_mtime > before


def test_a_sweep_that_was_killed_loses_nothing() -> None:
    make.upload()
    path = path_of(DocumentFile.objects.get().sha256)
    path.rename(path.with_name(path.name + files.ASIDE))
    sweep_all()
    assert path.exists()


def test_half_written_files_go_too() -> None:
    path = path_of(files.hold(b"x"))
    half = aged(path.with_name("tmp_nua_chung"), 30) if path.with_name("tmp_nua_chung").write_bytes(b"y") else path
    assert files.sweep(int(path.name[:2], 16), NOW + timedelta(hours=1)) >= 1
    assert not half.exists()


@pytest.mark.parametrize("text", ["database or disk is full", "other"])
def test_a_full_disk_under_the_database_is_said_and_nothing_is_half(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise OperationalError(text)

    with monkeypatch.context() as patched:
        patched.setattr(registering.audit, "record", refuse)  # the last statement of the act
        before = {name: rows for name, rows in make.picture().items() if name != "files"}
        with pytest.raises(Invalid if "full" in text else OperationalError):
            make.upload()
        assert {name: rows for name, rows in make.picture().items() if name != "files"} == before
    assert make.upload().arrival_no == 1
