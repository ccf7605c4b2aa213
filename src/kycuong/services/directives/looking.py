"""Look at a file before a byte of it is stored: all of it when that is cheap, else the first pages of a scan."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kycuong.reader import Leaf, Pages, Reading, assemble, pages_of, read_bytes, read_text
from kycuong.services import files

#: A scan may begin with blank pages; the first that bears words is looked at before anything is stored.
BLANK_PAGES = 3


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a file found: all of it, or the first pages of a scan that the job loop goes on reading."""

    reading: Reading
    pages: int = 0
    leaves: tuple[Leaf, ...] = ()


def look(data: bytes, name: str) -> Looked:
    """Read a file whole when that is cheap, else only the first page of a scan; nothing is stored.

    Raises: Invalid, Unreadable, Secret.
    """
    files.check_size(data, name)
    with pages_of(data, name) as pages:
        if not any(pages.kind(number) == "picture" for number in range(1, pages.count + 1)):
            return Looked(read_bytes(data, name, patient=True))
        leaves = _first(pages)
        if len(leaves) == pages.count:
            return Looked(assemble(leaves, name, pages.media_type))
        head = read_text("\n".join(leaf.text for leaf in leaves), name)
        return Looked(replace(head, media_type=pages.media_type), pages.count, leaves)


def _first(pages: Pages) -> tuple[Leaf, ...]:
    found: list[Leaf] = []
    for number in range(1, min(pages.count, BLANK_PAGES) + 1):
        found.append(pages.leaf(number))
        if any(c.isalpha() for c in found[-1].text):
            break
    return tuple(found)
