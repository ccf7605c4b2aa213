"""Write the export: one snapshot streamed into a folder or a ZIP, every member hashed, the manifest last."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from django.db import connection, models

from kycuong import __version__
from kycuong.core.dictionary import DERIVED, LEFT_OUT, SECRET
from kycuong.core.errors import Invalid
from kycuong.models import DocumentFile
from kycuong.queries.files import path_of
from kycuong.services import audit, seals
from kycuong.services.exports import dictionary
from kycuong.services.exports.snapshots import Snapshot, column_names, columns, snapshot, tables

FORMAT, VERSION = "kycuong-export", 1
FORMS = ("jsonl", "csv")
CHUNK = 1024 * 1024
TOLD_EVERY = 20_000
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    path: Path
    rows: int
    tables: int
    files: int
    missing: int
    members: int


class _Hashed(io.RawIOBase):
    """A stream that counts and hashes what passes on to another."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self.digest, self.size = stream, sha256(), 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._stream.write(data)
        self.digest.update(data)
        self.size += len(data)
        return len(data)


@dataclass
class _Target:
    """A folder or a ZIP being written."""

    folder: Path | None
    archive: zipfile.ZipFile | None
    members: dict[str, dict[str, object]] = field(default_factory=dict)

    @contextmanager
    def member(self, name: str, **told: object) -> Iterator[_Hashed]:
        """Open one member for writing and note its size and hash."""
        if self.archive:
            stream: IO[bytes] = self.archive.open(name, "w", force_zip64=True)
        else:
            assert self.folder is not None
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            stream = path.open("wb")
        with stream:
            hashed = _Hashed(stream)
            yield hashed
        self.members[name] = {"size": hashed.size, "sha256": hashed.digest.hexdigest(), **told}

    def add(self, name: str, source: Path) -> None:
        with source.open("rb") as stream, self.member(name) as target:
            while chunk := stream.read(CHUNK):
                target.write(chunk)


def export(
    to: Path, *, at: datetime, form: str = "jsonl", officer_id: int | None = None,
    progress: Progress = lambda table, rows: None,
) -> Exported:  # fmt: skip
    """Write everything to a folder, or to one archive when the path ends in .zip; it appears whole or not at all.

    Raises: Invalid when it exists already or the disk refuses.
    """
    if form not in FORMS:
        raise Invalid("kind_unknown", text=form)
    if to.exists():
        raise Invalid("export_exists", path=to)
    audit.record(actor_id=officer_id, at=at, act="export", subject_kind="export", form=form)
    part = to.with_name(to.name + ".part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        _clear(part)
        if to.suffix.lower() == ".zip":
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=3) as archive:
                done = _write(_Target(None, archive), to, at, form, progress)
        else:
            part.mkdir(parents=True)
            done = _write(_Target(part, None), to, at, form, progress)
        part.rename(to)
    except OSError as error:
        raise Invalid("folder_unwritable", folder=to, why=error.strerror or error) from error
    finally:
        _clear(part)
    return done


def _clear(part: Path) -> None:
    if part.is_dir():
        shutil.rmtree(part, ignore_errors=True)
    part.unlink(missing_ok=True)


def _write(target: _Target, to: Path, at: datetime, form: str, progress: Progress) -> Exported:
    with tempfile.TemporaryDirectory(prefix="kycuong-export-") as folder:
        proof = Path(folder) / "checkpoints.jsonl"
        seals.export(proof, leaves=False)  # before the picture: what it proves is in the picture
        target.add("checkpoints.jsonl", proof)
    counts: dict[str, int] = {}
    with snapshot() as picture:
        for model in tables():
            counts[model.__name__] = _table(target, picture, model, form, progress)
    files, missing = _files(target, progress)
    with target.member("dictionary.md") as stream:
        stream.write(("# Từ điển dữ liệu\n\n" + dictionary.page()).encode())
    manifest = {
        "format": FORMAT, "version": VERSION, "product": __version__, "at": at.isoformat(), "database": connection.vendor,
        "form": form, "tables": counts, "files": files, "missing_files": missing,
        "left_out": {**SECRET, **DERIVED}, "also_left_out": list(LEFT_OUT), "members": target.members,
    }  # fmt: skip
    members = len(target.members)
    with target.member("manifest.json") as stream:
        stream.write(json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    return Exported(to, sum(counts.values()), len(counts), files, len(missing), members)


def _table(target: _Target, picture: Snapshot, model: type[models.Model], form: str, progress: Progress) -> int:
    names, count = column_names(columns(model)), 0
    told: dict[str, object] = {"table": model.__name__, "rows": 0}
    with target.member(f"{dictionary.file_of(model)}.{form}", **told) as stream:
        if form == "csv":
            stream.write((",".join(names) + "\r\n").encode())
        lines: list[str] = []
        for row in picture.rows(model):
            lines.append(_json(names, row) if form == "jsonl" else _csv(row))
            count += 1
            if count % 1000 == 0:
                stream.write("".join(lines).encode())
                lines.clear()
            if count % TOLD_EVERY == 0:
                progress(model.__name__, count)
        stream.write("".join(lines).encode())
    target.members[f"{dictionary.file_of(model)}.{form}"]["rows"] = count
    progress(model.__name__, count)
    return count


def _json(names: Sequence[str], row: Sequence[object]) -> str:
    return json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, separators=(",", ":")) + "\n"


def _csv(row: Sequence[object]) -> str:
    return ",".join(_cell(value) for value in row) + "\r\n"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
    return '"' + text.replace('"', '""') + '"' if not text or set(text) & set(',"\r\n') else text


def _files(target: _Target, progress: Progress) -> tuple[int, list[str]]:
    """Add every kept file once; files are never changed, so they need no snapshot."""
    count, missing = 0, []
    hashes = DocumentFile.objects.order_by("sha256").values_list("sha256", flat=True).distinct()
    for digest in hashes.iterator(chunk_size=1000):
        try:
            target.add(f"files/{digest}", path_of(digest))
        except FileNotFoundError:
            missing.append(digest)
            continue
        count += 1
        if count % 100 == 0:
            progress("files", count)
    return count, missing
