"""Open pictures of papers: PNG, JPEG, TIFF of many pages, WebP, BMP."""

from __future__ import annotations

import io
from pathlib import Path
from types import TracebackType

from kycuong.core.sentences import Sentence
from kycuong.reader import scans
from kycuong.reader.leaves import MOST_PAGES, too_long
from kycuong.reader.shapes import Leaf, Unreadable

#: More points than an A3 sheet at 600 dots an inch; a small file can claim billions.
POINTS = 72_000_000
KINDS = {
    b"\x89PNG\r\n\x1a\n": ("PNG", "image/png"),
    b"\xff\xd8\xff": ("JPEG", "image/jpeg"),
    b"II*\x00": ("TIFF", "image/tiff"),
    b"MM\x00*": ("TIFF", "image/tiff"),
    b"BM": ("BMP", "image/bmp"),
    b"RIFF": ("WEBP", "image/webp"),
}


def kind_of(head: bytes) -> tuple[str, str] | None:
    """Return Pillow's name and the media type of a picture, or None."""
    for mark, kind in KINDS.items():
        if head.startswith(mark) and (mark != b"RIFF" or head[8:12] == b"WEBP") and (mark != b"BM" or _bitmap(head)):
            return kind
    return None


def _bitmap(head: bytes) -> bool:
    """Tell a bitmap from a text that begins with BM: four bytes of its header are always zero."""
    return len(head) > 30 and head[6:10] == bytes(4) and head[14:18] in {b"\x28\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0"}


class ImagePages:
    """A picture, or a TIFF of many, read one page at a time."""

    def __init__(self, source: bytes | Path, name: str, kind: tuple[str, str]) -> None:
        from PIL import Image, UnidentifiedImageError

        self.name = name
        form, self.media_type = kind
        stream = io.BytesIO(source) if isinstance(source, bytes) else source
        try:
            self._image = Image.open(stream, formats=(form,))
            self.count = int(getattr(self._image, "n_frames", 1)) if form == "TIFF" else 1
        except Image.DecompressionBombError as wrong:
            raise _too_large(name) from wrong
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError) as wrong:
            raise _broken(name) from wrong
        if self.count > MOST_PAGES:
            self.close()
            raise too_long(name, self.count)
        self._check(self._image.size)

    def kind(self, number: int) -> str:
        """Return what a page is: always a picture."""
        return "picture"

    def leaf(self, number: int) -> Leaf:
        """Recognise one page; raise Unreadable when the picture is broken or hostile."""
        from PIL import Image, ImageOps

        try:
            self._image.seek(number - 1)
            self._check(self._image.size)
            if self._image.format == "JPEG":
                self._image.draft("L", (2600, 2600))
            page = ImageOps.exif_transpose(self._image)
            page.load()
        except Image.DecompressionBombError as wrong:
            raise _too_large(self.name) from wrong
        except (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, ZeroDivisionError) as wrong:
            raise _broken(self.name) from wrong
        return Leaf(number, scans.recognise(page, self.name), "ocr")

    def _check(self, size: tuple[int, int]) -> None:
        if size[0] * size[1] > POINTS or max(size) > 30_000:
            raise _too_large(self.name)

    def close(self) -> None:
        """Let go of the file."""
        self._image.close()

    def __enter__(self) -> ImagePages:
        return self

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _too_large(name: str) -> Unreadable:
    return Unreadable(
        "picture_too_large",
        Sentence(
            "Ảnh trong tệp “{name}” có kích thước quá lớn, không giống một trang giấy; hãy quét lại ở 200–300 dpi rồi gửi.",
            name=name,
        ),
    )


def _broken(name: str) -> Unreadable:
    return Unreadable(
        "broken_picture",
        Sentence("Tệp “{name}” là ảnh hỏng hoặc thiếu phần cuối; hãy quét hoặc chụp lại rồi gửi.", name=name),
    )
