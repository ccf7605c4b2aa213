"""Put the texts of pages together: a sentence that a page break cut goes on, offsets stay where they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kycuong.core.sentences import Sentence
from kycuong.reader.mend import mend_headings
from kycuong.reader.shapes import Leaf, Unreadable

#: More than any paper has; a file with more is several papers bound together, or hostile.
MOST_PAGES = 3000

_NUMBER = re.compile(r"[-–—~ ]*(?:[Tt]rang ?)?\d{1,4}(?: ?/ ?\d{1,4})?[-–—~. ]*")
_ITEM = re.compile(r"[a-zđ]{1,2}[.)\d]")


def too_long(name: str, count: int) -> Unreadable:
    """Return the refusal of a file of too many pages."""
    return Unreadable(
        "too_long",
        Sentence(
            "Tệp “{name}” có {count} trang, quá mức {pages} trang; hãy tách tệp.",
            name=name,
            count=count,
            pages=MOST_PAGES,
        ),
    )


def joined(leaves: Iterable[Leaf]) -> tuple[str, tuple[int, ...]]:
    """Return the text of all pages, and for each page the offset at which it begins."""
    pieces: list[str] = []
    starts: list[int] = []
    at = 0
    for text in _texts(sorted(leaves, key=lambda leaf: leaf.number)):
        if pieces:
            pieces.append(" " if _cut_short(pieces[-1], text) else "\n")
        starts.append(at)
        pieces.append(text)
        at += len(text) + 1
    return "".join(pieces), tuple(starts)


def _texts(leaves: list[Leaf]) -> list[str]:
    texts = [leaf.text for leaf in leaves]
    return mend_headings(texts) if any(leaf.origin == "ocr" for leaf in leaves) else texts


def _cut_short(before: str, now: str) -> bool:
    """Tell whether a page goes on with the sentence of the page before: it begins with a small letter, not an item."""
    return now[:1].islower() and not _ITEM.match(now) and before[-1:] not in {"", "\n", ".", "/"}


def is_page_number(text: str) -> bool:
    """Tell whether a line is nothing but the number of its page."""
    return _NUMBER.fullmatch(text.strip()) is not None


def without_numbers(rows: Sequence[tuple[str, float, float]], height: float) -> tuple[int, int]:
    """Return which rows to keep, from and to: without the number of the page at its head or foot.

    A row is its text, its upper and its lower edge, counted from the top of a page of that height.
    """
    start, stop = 0, len(rows)
    if stop and is_page_number(rows[0][0]) and rows[0][2] < 0.12 * height:
        start = 1
    if stop > start and is_page_number(rows[-1][0]) and rows[-1][1] > 0.88 * height:
        stop -= 1
    return start, stop
