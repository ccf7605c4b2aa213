"""Keep a file by its hash: written beside, flushed to the disk, then named; a row only for what is on the disk."""

from __future__ import annotations

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

from kycuong.core.errors import Invalid
from kycuong.models import Document, DocumentFile
from kycuong.queries.files import path_of


def keep(
    *, officer_id: int, at: datetime, data: bytes, name: str, media_type: str, document: Document | None = None
) -> DocumentFile:
    """Keep the bytes under their SHA-256 and return the row; the same bytes are stored once.

    Raises: Invalid when the disk refuses.
    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        _write(path_of(digest), data)
    except OSError as error:
        raise Invalid("disk_failed") from error
    return DocumentFile.objects.create(
        document=document,
        sha256=digest,
        name=Path(name).name[:200] or "tep",
        media_type=media_type,
        size=len(data),
        kept_by_id=officer_id,
        kept_at=at,
    )


def _write(target: Path, data: bytes) -> None:
    if target.exists():
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


def check_size(data: bytes, name: str) -> None:
    """Refuse an empty or too large file. Raises: Invalid."""
    if not data:
        raise Invalid("file_empty", name=name)
    if len(data) > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
        raise Invalid("file_too_large", name=name, limit=settings.UPLOAD_LIMIT_MB)
