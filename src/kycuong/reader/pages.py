"""Read a paper one page at a time, so that a job can show progress, stop, and go on at page n."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from kycuong.reader import secrecy
from kycuong.reader.assemble import read_text
from kycuong.reader.images import ImagePages, kind_of
from kycuong.reader.leaves import joined
from kycuong.reader.lines import cut
from kycuong.reader.pdf import PdfPages
from kycuong.reader.shapes import Leaf, Reading, Unreadable

_HEAD = 2048


class WholePages:
    """A file that has no pages of its own: one leaf, read at once."""

    count = 1

    def __init__(self, data: bytes, name: str) -> None:
        self.name, self._data, self.media_type = name, data, "application/octet-stream"

    def kind(self, number: int) -> str:
        """Return what the only page is."""
        return "layer"

    def leaf(self, number: int) -> Leaf:
        """Read the whole file."""
        from kycuong.reader.files import text_of

        text, self.media_type = text_of(self._data, self.name, patient=True)
        return Leaf(1, text)

    def close(self) -> None:
        """Let go of the file."""
        self._data = b""


class Pages:
    """A paper opened for reading: `count` pages, numbered from 1.

    `leaf(n)` reads one page: cheap for a text layer, seconds for a picture. It raises Secret when the page is stamped
    secret, and Unreadable, with one sentence, when it cannot be read. Memory holds one page at a time.
    """

    def __init__(self, inner: PdfPages | ImagePages | WholePages) -> None:
        self._inner = inner
        self.name, self.count = inner.name, inner.count

    @property
    def media_type(self) -> str:
        """Return the media type; of a text file it is known after its page was read."""
        return self._inner.media_type

    def kind(self, number: int) -> str:
        """Return layer, picture or blank, without recognising anything."""
        return self._inner.kind(number)

    def pictures(self) -> int:
        """Count the pages that must be recognised."""
        return sum(1 for number in range(1, self.count + 1) if self.kind(number) == "picture")

    def leaf(self, number: int) -> Leaf:
        """Read page `number`; raise Secret, Unreadable, or IndexError when there is no such page."""
        if not 1 <= number <= self.count:
            raise IndexError(number)
        leaf = self._inner.leaf(number)
        check_leaf(leaf, self.name)
        return leaf

    def leaves(self, first: int = 1) -> Iterator[Leaf]:
        """Yield the pages from `first` on."""
        for number in range(first, self.count + 1):
            yield self.leaf(number)

    def close(self) -> None:
        """Let go of the file."""
        self._inner.close()

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def pages_of(source: bytes | Path, name: str) -> Pages:
    """Open a file of any known format; of a path only what is needed is read, so a scan may be large.

    Raises: Unreadable when the file is broken, locked or hostile; Secret by its name.
    """
    secrecy.check_name(name)
    head = _head(source)
    if b"%PDF-" in head[:1024]:
        return Pages(PdfPages(source, name))
    if kind := kind_of(head):
        return Pages(ImagePages(source, name, kind))
    return Pages(WholePages(_all(source, name), name))


def _head(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        return source[:_HEAD]
    with source.open("rb") as stream:
        return stream.read(_HEAD)


def _all(source: bytes | Path, name: str) -> bytes:
    from kycuong.reader.files import RAW_BYTES, check_size

    if isinstance(source, bytes):
        return source
    check_size(source.stat().st_size, name)
    with source.open("rb") as stream:
        return stream.read(RAW_BYTES + 1)


def check_leaf(leaf: Leaf, name: str) -> None:
    """Raise Secret when a page is stamped secret; recognised pages are read with the errors that stamps bring."""
    if leaf.origin == "ocr":
        secrecy.check_scan(leaf.text, name)
    secrecy.check_page(cut(leaf.text), name)


def assemble(leaves: Iterable[Leaf], name: str, media_type: str = "application/pdf") -> Reading:
    """Read the whole paper from the texts of its pages; raise Secret, or Unreadable when there is no text."""
    from kycuong.reader.files import check_text

    text, _ = joined(leaves)
    check_text(text, name)
    return replace(read_text(text, name), media_type=media_type)


__all__ = ["Leaf", "Pages", "Unreadable", "assemble", "check_leaf", "joined", "pages_of"]
