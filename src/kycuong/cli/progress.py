"""Progress on a terminal while the pages of a document are read; a scan takes seconds a page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kycuong.reader import Leaf, Pages


def watched(pages: Pages) -> Iterator[Leaf]:
    """Yield the pages; on a terminal say which one is being read."""
    shown = sys.stderr.isatty() and pages.count > 1
    try:
        for number in range(1, pages.count + 1):
            if shown:
                filled = 24 * number // pages.count
                bar = "█" * filled + "░" * (24 - filled)
                sys.stderr.write(f"\r{bar} trang {number}/{pages.count}")
                sys.stderr.flush()
            yield pages.leaf(number)
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
