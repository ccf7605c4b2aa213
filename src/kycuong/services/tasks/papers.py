"""The file of a result: read before it is kept, so that a secret one leaves no byte behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kycuong.models import DocumentFile, TaskResult
from kycuong.queries import scope
from kycuong.queries.files import path_of
from kycuong.reader import Reading, Secret, Unreadable, read_bytes
from kycuong.services import files


@dataclass(frozen=True, slots=True)
class Paper:
    """A file in memory and what was read of it; None for a scan or an image."""

    name: str
    data: bytes
    reading: Reading | None


def read_file(file: tuple[str, bytes]) -> Paper:
    """Read the file of a result. Raises: Invalid, Secret."""
    name, data = file
    files.check_size(data, name)
    try:
        return Paper(name, data, read_bytes(data, name))
    except Secret:
        raise
    except Unreadable as wrong:
        if wrong.code == "empty":
            raise
        return Paper(name, data, None)  # a scan or an image: kept as it is, its number is typed in


def keep_file(actor: scope.Actor, at: datetime, paper: Paper) -> DocumentFile:
    """Keep the file."""
    media = paper.reading.media_type if paper.reading else "application/octet-stream"
    return files.keep(officer_id=actor.officer_id, at=at, data=paper.data, name=paper.name, media_type=media)


def read_again(result: TaskResult) -> Reading | None:
    """Read the file that was kept with a draft."""
    if result.file is None:
        return None
    try:
        return read_bytes(path_of(result.file.sha256).read_bytes(), result.file.name)
    except (Unreadable, OSError):
        return None
