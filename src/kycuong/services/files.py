"""Keep a file by its hash: written beside, flushed to the disk, then named; a row only for what is on the disk."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import OperationalError

from kycuong.core.errors import Invalid
from kycuong.core.signatures import WAITING
from kycuong.models import BatchItem, Document, DocumentFile, SignatureCheck
from kycuong.queries.files import path_of
from kycuong.reader.signatures import is_pdf

#: Bytes that no row names are removed when they are older: until then an act may still be about to commit.
GRACE = timedelta(hours=24)
#: Files lie in 256 folders by the first two letters of their hash; one sweep looks at one of them.
SHARDS = 256
ASIDE = ".orphan"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def keep(
    *, officer_id: int, at: datetime, data: bytes, name: str, media_type: str, document: Document | None = None
) -> DocumentFile:
    """Keep the bytes under their SHA-256 and return the row; the same bytes are stored once, a PDF waits for its check.

    Raises: Invalid when the disk refuses.
    """
    digest = hold(data)
    return DocumentFile.objects.create(
        document=document,
        sha256=digest,
        signed=_ask_check(digest, at) if is_pdf(data) else "",
        name=Path(name).name[:200] or "tep",
        media_type=media_type,
        size=len(data),
        kept_by_id=officer_id,
        kept_at=at,
    )


def _ask_check(digest: str, at: datetime) -> str:
    """Have the signatures of some bytes looked at, again when they are known: the job then marks every file that holds them.

    The row is written, not only read, so that a job that ends just now waits for the file to be committed.
    """
    SignatureCheck.objects.bulk_create(
        [SignatureCheck(sha256=digest, known_at=at, turn_at=at, verdict=WAITING)],
        update_conflicts=True, unique_fields=["sha256"], update_fields=["verdict", "turn_at"],
    )  # fmt: skip
    return WAITING


def hold(data: bytes) -> str:
    """Put the bytes on the disk and return their SHA-256; without a row that names them they go with the next sweep.

    Raises: Invalid when the disk refuses.
    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        _write(path_of(digest), data)
    except OSError as error:
        raise Invalid("disk_failed") from error
    return digest


def _write(target: Path, data: bytes) -> None:
    try:
        os.utime(target)  # there already: young again, so that no sweep takes it before the row commits
    except FileNotFoundError:
        pass
    else:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def erase(digest: str) -> None:
    """Remove the bytes of a hash at once, whoever names them: for a paper that must never have been here."""
    SignatureCheck.objects.filter(sha256=digest).delete()
    path_of(digest).unlink(missing_ok=True)


def drop(digest: str) -> None:
    """Remove bytes that were held and that no row names any more."""
    if digest and not _named([digest]):
        path_of(digest).unlink(missing_ok=True)


def _named(digests: Iterable[str]) -> set[str]:
    """Return the hashes that a kept file or a waiting item of a batch names."""
    asked = list(digests)
    kept = DocumentFile.objects.filter(sha256__in=asked).values_list("sha256", flat=True)
    held = BatchItem.objects.filter(sha256__in=asked, held=True).values_list("sha256", flat=True)
    return {*kept, *held}


def sweep(shard: int, real: datetime) -> int:
    """Remove from one folder the bytes that no row names and the halves of files, both older than the grace.

    Bytes stay behind when an act is rolled back after its file was written. A file is taken aside before it is looked up
    again: whoever keeps the same bytes meanwhile either makes it young or writes it anew.
    """
    folder = Path(settings.FILES_DIR) / f"{shard % SHARDS:02x}"
    for aside in list(folder.glob(f"*/*{ASIDE}")):  # a sweep was killed: put back, look again
        aside.rename(aside.with_name(aside.name.removesuffix(ASIDE)))
    old = [path for path in folder.glob("*/*") if _is_old(path, real)]
    removed = 0
    for begin in range(0, len(old), 500):
        some = old[begin : begin + 500]
        named = _named(path.name for path in some)
        removed += sum(_remove(path, real) for path in some if path.name not in named)
    return removed


def _is_old(path: Path, real: datetime) -> bool:
    try:
        return path.is_file() and path.stat().st_mtime < (real - GRACE).timestamp()
    except FileNotFoundError:
        return False


def _remove(path: Path, real: datetime) -> bool:
    aside = path.with_name(f"{path.name}{ASIDE}")
    try:
        path.rename(aside)
    except FileNotFoundError:
        return False
    if not _is_old(aside, real) or _named([path.name]):
        aside.rename(path)
        return False
    aside.unlink(missing_ok=True)
    return True


def disk_full(error: OperationalError) -> bool:
    """Tell whether the database refused because there is no room: SQLite's words, PostgreSQL's code 53100."""
    cause = error.__cause__
    return "disk is full" in str(error) or getattr(cause, "sqlstate", None) == "53100" or _is_full(cause)


def _is_full(cause: BaseException | None) -> bool:
    return isinstance(cause, OSError) and cause.errno in _FULL


def check_size(data: bytes, name: str) -> None:
    """Refuse an empty or too large file. Raises: Invalid."""
    if not data:
        raise Invalid("file_empty", name=name)
    if len(data) > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
        raise Invalid("file_too_large", name=name, limit=settings.UPLOAD_LIMIT_MB)
