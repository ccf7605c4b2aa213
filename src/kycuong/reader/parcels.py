"""Open what holds several papers: zip archives and e-mail messages become a list of parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kycuong.core.sentences import Sentence
from kycuong.reader.parts import Part
from kycuong.reader.shapes import Unreadable

#: How deep parcels may lie in one another: a zip of messages with zips attached.
DEPTH = 3


def is_parcel(head: bytes, name: str) -> bool:
    """Tell by the first bytes whether a file holds several papers."""
    from kycuong.reader import archives, mail

    return archives.is_archive(head, name) or mail.is_message(head, name)


def parts_of(source: bytes | Path, name: str, depth: int = 0) -> Iterator[Part]:
    """Yield the parts of a zip archive or an e-mail; parcels inside a parcel are opened too, to a depth of three.

    Nothing is written to disk. Raises: Unreadable when the parcel is broken, locked, hostile or nested too deep.
    """
    from kycuong.reader import archives, mail

    if depth >= DEPTH:
        raise Unreadable(
            "nested",
            Sentence(
                "Tệp “{name}” là tệp nén lồng quá {depth} lớp; hãy giải nén rồi gửi từng văn bản.",
                name=name,
                depth=DEPTH,
            ),
        )
    head = _head(source)
    if archives.is_archive(head, name):
        found = archives.parts(source, name, depth)
    elif mail.is_message(head, name):
        found = mail.parts(source, name, depth)
    else:
        raise Unreadable(
            "no_parcel",
            Sentence("Tệp “{name}” không phải tệp nén .zip hay thư .eml; hãy gửi thẳng văn bản.", name=name),
        )
    for part in found:
        if _holds_parts(part):
            for inner in parts_of(part.load(), part.name, depth + 1):
                yield replace(inner, name=f"{part.name}/{inner.name}")
        else:
            yield part


def main_part(parts: Iterable[Part]) -> Part | None:
    """Return the part that is most like a paper: an attached document, else a scan, else the text of the message."""
    ranked = sorted(enumerate(parts), key=lambda pair: (_rank(pair[1]), pair[0]))
    return ranked[0][1] if ranked and _rank(ranked[0][1]) < _NO_PAPER else None


_NO_PAPER = 9


def _rank(part: Part) -> int:
    name = part.name.lower()
    if part.role == "body":
        return 5
    kinds = (
        (".docx", ".pdf", ".doc", ".odt", ".rtf"),
        (".tif", ".tiff"),
        (".png", ".jpg", ".jpeg"),
        (".txt", ".html", ".htm"),
    )
    for rank, endings in enumerate(kinds):
        if name.endswith(endings):
            return rank + (6 if part.role == "inline" else 0)
    return _NO_PAPER


def _holds_parts(part: Part) -> bool:
    return part.role == "file" and part.name.lower().endswith((".zip", ".eml"))


def _head(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        return source[:4096]
    with source.open("rb") as stream:
        return stream.read(4096)
