"""Unpack: everything is checked in a folder aside before the first byte reaches the place."""

from __future__ import annotations

import json
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from kycuong.core.archives import DATABASES, FORMAT, MANIFEST, NAMES, VERSION, ArchiveRefused
from kycuong.services.archives import dumps
from kycuong.services.seals import keys

CHUNK = 1 << 20


def restore(path: Path, *, progress: Callable[[int], None] = lambda files: None) -> int:
    """Unpack an archive into this instance, which must be empty, and return the number of files. Raises: ArchiveRefused.

    Afterwards tables may lack steps of a newer product: the door runs them, then verifies.
    """
    _check_empty()
    home = Path(settings.HOME)
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=home) as name:
            folder = Path(name)
            hashes = _unpack(path, folder, progress)
            _check_manifest(path, folder, hashes)
            return _settle(folder)
    except OSError as error:
        raise ArchiveRefused("archive_unreadable", path=path, why=error.strerror or error) from error


def _check_empty() -> None:
    if dumps.any_table():
        raise ArchiveRefused("place_not_empty", place=connection.settings_dict["NAME"])
    files = Path(settings.FILES_DIR)
    if files.exists() and any(files.iterdir()):
        raise ArchiveRefused("place_not_empty", place=files)


def _unpack(path: Path, folder: Path, progress: Callable[[int], None]) -> dict[str, tuple[int, str]]:
    """Write every member below the folder and return size and hash of each by its name."""
    found: dict[str, tuple[int, str]] = {}
    try:
        with tarfile.open(path, "r:") as tar:
            for member in tar:
                if not member.isreg() or not NAMES.fullmatch(member.name) or member.name in found:
                    raise ArchiveRefused("archive_strange", path=path, name=member.name)
                found[member.name] = _write(tar, member, folder / member.name)
                progress(len(found))
    except (tarfile.TarError, EOFError) as error:
        raise ArchiveRefused("archive_cut", path=path, why=error) from error
    return found


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> tuple[int, str]:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = sha256(), 0
    source = tar.extractfile(member)
    with target.open("xb") as stream:
        while source and (data := source.read(CHUNK)):
            digest.update(data)
            size += len(data)
            stream.write(data)
    return size, digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Manifest:
    """What the archive says of itself."""

    members: dict[str, tuple[int, str]]
    database: str
    steps: list[str]


def _check_manifest(path: Path, folder: Path, hashes: dict[str, tuple[int, str]]) -> None:
    """The manifest closes the archive: without it something was cut off; every other member must be as it says."""
    if MANIFEST not in hashes:
        raise ArchiveRefused("archive_cut", path=path, why="thiếu bản kê ở cuối")
    manifest = _read_manifest(path, (folder / MANIFEST).read_bytes())
    there = {name: row for name, row in hashes.items() if name != MANIFEST}
    for name in sorted(manifest.members.keys() | there.keys()):
        if manifest.members.get(name) != there.get(name) or not _is_its_name(name, there[name][1]):
            raise ArchiveRefused("archive_changed", path=path, name=name)
    if manifest.database != connection.vendor:
        raise ArchiveRefused("archive_other", theirs=manifest.database, ours=connection.vendor)
    if DATABASES[connection.vendor] not in there:
        raise ArchiveRefused("archive_cut", path=path, why="thiếu cơ sở dữ liệu")
    known = {name for app, name in MigrationLoader(None).disk_migrations if app == "kycuong"}
    for step in manifest.steps:
        if step not in known:
            raise ArchiveRefused("archive_newer", step=step)


def _read_manifest(path: Path, data: bytes) -> _Manifest:
    try:
        told: dict[str, Any] = json.loads(data)
        members = {str(name): (int(row["size"]), str(row["sha256"])) for name, row in told["members"].items()}
        found = _Manifest(members, str(told["database"]), [str(step) for step in told["steps"]])
        ours = told["format"] == FORMAT and told["version"] == VERSION
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArchiveRefused("archive_changed", path=path, name=MANIFEST) from error
    if not ours:
        raise ArchiveRefused("archive_changed", path=path, name=MANIFEST)
    return found


def _is_its_name(name: str, digest: str) -> bool:
    return not name.startswith("files/") or name.endswith("/" + digest)


def _settle(folder: Path) -> int:
    """Bring files and public keys to their place, the database last; what fails leaves the place empty."""
    source, files = folder / "files", Path(settings.FILES_DIR)
    count = sum(1 for path in source.glob("*/*/*"))
    try:
        if source.exists():
            files.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(source, files, dirs_exist_ok=True)
        dumps.load(folder / DATABASES[connection.vendor])
    except BaseException:
        shutil.rmtree(files, ignore_errors=True)
        raise
    for public in sorted((folder / "keys").glob("*.pub")):
        keys.keep_key(bytes.fromhex(public.read_text("ascii").strip()))
    return count
