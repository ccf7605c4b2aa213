"""Recognise the words on a picture of a page with Tesseract."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from kycuong.core.sentences import Sentence
from kycuong.reader.shapes import Unreadable

if TYPE_CHECKING:
    from PIL.Image import Image

LANGUAGE = "vie"
DPI = 200
#: How long a page, and a part of one (a column of a table, a stamp), may take: together less than four minutes.
PAGE_SECONDS, PART_SECONDS = 90, 12
#: The block of a page without columns: lines stay whole, columns are found by the gaps between words.
ONE_BLOCK, SCATTERED = 6, 11


#: Columns of a row of Tesseract's table of words.
_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Word:
    """One word and its box in pixels; `line` is the same for words that stand on one line; `sure` is 0 to 100."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    line: tuple[int, int, int]
    sure: float

    def moved(self, across: int, down: int) -> Word:
        """Return the word where it stands on the whole page."""
        return replace(
            self,
            left=self.left + across, right=self.right + across, top=self.top + down, bottom=self.bottom + down,
            line=(self.line[0] + across, *self.line[1:]),
        )  # fmt: skip


def ready(name: str) -> None:
    """Raise Unreadable when this computer cannot recognise Vietnamese."""
    missing = _missing()
    if missing:
        raise Unreadable(
            "no_ocr",
            Sentence(
                "Tệp “{name}” là bản quét, nhưng máy chủ chưa cài {missing} nên không nhận dạng được chữ; "
                "hãy nhờ quản trị viên cài đặt hoặc gửi bản có lớp chữ.",
                name=name,
                missing=missing,
            ),
        )


def _missing() -> str:
    if shutil.which("tesseract") is None:
        return "Tesseract"
    return "" if LANGUAGE in _languages() else "dữ liệu tiếng Việt của Tesseract (vie)"


@cache
def _languages() -> frozenset[str]:
    done = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)  # noqa: S607
    return frozenset(done.stdout.split())


def words(image: Image, name: str, mode: int = ONE_BLOCK, seconds: int = PAGE_SECONDS) -> list[Word]:
    """Return the words on a picture in reading order of their lines; raise Unreadable when recognition fails."""
    ready(name)
    try:
        table = _tesseract(image, seconds, "-l", LANGUAGE, "--psm", str(mode), "tsv")
    except (subprocess.SubprocessError, OSError) as wrong:
        raise Unreadable(
            "ocr_failed",
            Sentence(
                "Không nhận dạng được chữ trên một trang của tệp “{name}”; hãy quét lại rõ hơn rồi gửi.", name=name
            ),
        ) from wrong
    rows = (row.split("\t") for row in table.splitlines()[1:])
    return [_word(row) for row in rows if len(row) == _COLUMNS and row[-1].strip()]


def _word(row: list[str]) -> Word:
    block, paragraph, line, _, left, top, width, height = map(int, row[2:10])
    return Word(row[11], left, top, left + width, top + height, (block, paragraph, line), float(row[10]))


def quarter_turn(image: Image) -> int:
    """Return by how many degrees, counter-clockwise, a page that lies on its side or head must be turned; 0 if unknown."""
    try:
        told = _tesseract(image, PART_SECONDS, "-l", "osd", "--psm", "0")
    except (subprocess.SubprocessError, OSError):
        return 0
    found = dict(line.split(": ", 1) for line in told.splitlines() if ": " in line)
    if float(found.get("Orientation confidence", 0)) < 1:
        return 0
    return -int(found.get("Rotate", 0)) % 360


def _tesseract(image: Image, seconds: int, *options: str) -> str:
    """Run the program on one picture, through pipes and on one core: more threads only steal time from one another."""
    stream = io.BytesIO()
    image.save(stream, "PPM")
    command = ["env", "OMP_THREAD_LIMIT=1", "tesseract", "stdin", "stdout", "--dpi", str(DPI), *options]
    done = subprocess.run(  # noqa: S603
        command, input=stream.getvalue(), capture_output=True, timeout=seconds, check=True
    )
    return done.stdout.decode("utf-8", "replace")
