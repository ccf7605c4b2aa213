"""Pack: a snapshot of the database first, then the files that it may name, then the manifest that closes the archive."""

from __future__ import annotations

import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from kycuong import __version__
from kycuong.core.archives import DATABASES, FORMAT, MANIFEST, NAMES, PROOF, VERSION, ArchiveRefused
from kycuong.services import seals
from kycuong.services.archives import dumps
from kycuong.services.seals import keys


@dataclass(frozen=True, slots=True)
class Backup:
    """What was packed."""

    path: Path
    files: int
    size: int


class _Hashed(io.RawIOBase):
    """A stream that hashes what is read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.digest = stream, sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.digest.update(data)
        return data


class _Packer:
    """One archive being written."""

    def __init__(self, tar: tarfile.TarFile, at: datetime, progress: Callable[[int], None]) -> None:
        self._tar, self._at, self._progress = tar, int(at.timestamp()), progress
        self.members: dict[str, dict[str, object]] = {}

    def add(self, name: str, path: Path) -> None:
        with path.open("rb") as stream:
            self._add(name, stream, path.stat().st_size)
        self._progress(len(self.members))

    def close(self, manifest: dict[str, object]) -> None:
        data = json.dumps(manifest | {"members": self.members}, ensure_ascii=False, indent=1).encode()
        self._add(MANIFEST, io.BytesIO(data), len(data))

    def _add(self, name: str, stream: BinaryIO, size: int) -> None:
        info, hashed = tarfile.TarInfo(name), _Hashed(stream)
        info.size, info.mtime, info.mode = size, self._at, 0o600
        self._tar.addfile(info, hashed)
        self.members[name] = {"size": size, "sha256": hashed.digest.hexdigest()}


def back_up(path: Path, *, at: datetime, progress: Callable[[int], None] = lambda files: None) -> Backup:
    """Write an archive of the running instance; it appears whole or not at all. Raises: ArchiveRefused.

    The private key that seals is not in it: whoever holds a backup must not be able to sign.
    """
    if path.exists():
        raise ArchiveRefused("archive_exists", path=path)
    part = path.with_name(path.name + ".part")
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as folder:
            files = _write(part, Path(folder), at, progress)
        part.rename(path)
        return Backup(path, files, path.stat().st_size)
    except OSError as error:
        raise ArchiveRefused("archive_unwritable", path=path, why=error.strerror or error) from error
    finally:
        part.unlink(missing_ok=True)


def _write(part: Path, folder: Path, at: datetime, progress: Callable[[int], None]) -> int:
    database = folder / DATABASES[connection.vendor]
    dumps.save_to(database)
    seals.export(folder / PROOF, leaves=False)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
            packer = _Packer(tar, at, progress)
            for source in (database, folder / PROOF):
                packer.add(source.name, source)
            for name, public in _public_keys(folder).items():
                packer.add(name, public)
            files = _add_files(packer)
            packer.close(_manifest(at))
        stream.flush()
        os.fsync(stream.fileno())
    return files


def _add_files(packer: _Packer) -> int:
    """Add every kept file; those half written have another name. Files are never changed, so they need no snapshot."""
    top, count = Path(settings.FILES_DIR), 0
    for path in sorted(top.glob("*/*/*")):
        name = f"files/{path.relative_to(top).as_posix()}"
        if path.is_file() and NAMES.fullmatch(name):
            packer.add(name, path)
            count += 1
    return count


def _public_keys(folder: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for name, public in keys.known_keys().items():
        path = folder / f"{name}.pub"
        path.write_text(public.hex() + "\n", "ascii")
        found[f"keys/{path.name}"] = path
    return found


def _manifest(at: datetime) -> dict[str, object]:
    applied = MigrationRecorder(connection).applied_migrations()
    return {
        "format": FORMAT, "version": VERSION, "product": __version__, "at": at.isoformat(), "database": connection.vendor,
        "steps": sorted(name for app, name in applied if app == "kycuong"),
    }  # fmt: skip
