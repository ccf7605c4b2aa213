"""What a parcel holds: each paper by its name; covers, logos and junk are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath

from django.conf import settings

from kycuong.core.errors import Invalid
from kycuong.reader import Part, Unreadable, is_parcel, parts_of

#: Files that a folder gathers by itself.
_JUNK = ("thumbs.db", "desktop.ini", ".ds_store")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a parcel: `load` gives its bytes; it raises Unreadable when they cannot be had."""

    name: str
    load: Callable[[], bytes]


def parcel(data: bytes, name: str) -> bool:
    """Tell whether a file holds several papers."""
    return is_parcel(data[:4096], name)


def papers(source: Path | Iterable[tuple[str, bytes]]) -> Iterator[Paper]:
    """Yield the papers of a folder, of one file on the disk, or of files that were sent; parcels are opened."""
    if not isinstance(source, Path):
        for name, data in source:
            yield from _of_file(data, name, data)
    elif source.is_dir():
        for path in sorted(source.rglob("*")):
            if path.is_file() and not path.name.startswith((".", "~$")) and path.name.lower() not in _JUNK:
                yield from _of_file(path, path.relative_to(source).as_posix(), _head(path))
    else:
        yield from _of_file(source, source.name, _head(source))


def _head(path: Path) -> bytes:
    """Return the first bytes; of a file that cannot be opened none, its row will say so."""
    try:
        with path.open("rb") as stream:
            return stream.read(4096)
    except OSError:
        return b""


def _of_file(source: bytes | Path, name: str, head: bytes) -> Iterator[Paper]:
    if not is_parcel(head[:4096], name):
        if isinstance(source, Path):
            yield Paper(name, partial(_within, source.stat().st_size, name, source.read_bytes))
        else:
            yield Paper(name, partial(bytes, source))
        return
    try:
        parts = [part for part in parts_of(source, name) if part.role != "inline"]
    except Unreadable as wrong:  # one broken archive among many files is one row, not the end
        yield Paper(name, partial(_refuse, wrong))
        return
    attached = {PurePath(part.name).parent for part in parts if part.role == "file"}
    for part in parts:
        if not _covers(part, attached):
            yield Paper(part.name, partial(_within, part.size, part.name, part.load))


def _within(size: int, name: str, load: Callable[[], bytes]) -> bytes:
    """Load a paper unless it is larger than one that is taken in. Raises: Invalid, Unreadable."""
    if size > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
        raise Invalid("file_too_large", name=name, limit=settings.UPLOAD_LIMIT_MB)
    return load()


def _refuse(wrong: Unreadable) -> bytes:
    raise wrong


def _covers(part: Part, attached: set[PurePath]) -> bool:
    """Tell whether a part is the text of a message that only carries its attachments."""
    return part.role == "body" and any(PurePath(part.name).parent in {folder, *folder.parents} for folder in attached)
