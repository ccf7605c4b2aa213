"""Open a PDF: the text layer where it is sound, recognition of the page where it is a picture."""

from __future__ import annotations

import re
import statistics
import threading
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from kycuong.core.sentences import Sentence
from kycuong.reader import grids, leaves, legacy, paragraphs, plausible, scans
from kycuong.reader.fold import canonical
from kycuong.reader.paragraphs import Row
from kycuong.reader.pictures import PIXELS
from kycuong.reader.shapes import Leaf, Unreadable

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI = 200
#: PDFium must not be called by two threads at once.
_PDFIUM = threading.RLock()
#: A table of two rows and three columns has more strokes than this.
_STROKES = 6
_IMAGE, _PATH, _SHADING, _FORM = 3, 2, 4, 5


class PdfPages:
    """A PDF read one page at a time; memory does not grow with its pages."""

    media_type = "application/pdf"

    def __init__(self, source: bytes | Path, name: str) -> None:
        import pypdfium2

        self.name = name
        with _PDFIUM:
            try:
                self._document = pypdfium2.PdfDocument(source)
                self.count = len(self._document)
            except pypdfium2.PdfiumError as wrong:
                raise _locked(name) if "assword" in str(wrong) else _broken(name) from wrong
        if self.count > leaves.MOST_PAGES:
            self.close()
            raise leaves.too_long(name, self.count)

    def kind(self, number: int) -> str:
        """Return what a page is, without recognising it: layer, picture or blank."""
        return self._look(number)[0]

    def leaf(self, number: int) -> Leaf:
        """Read one page; a page whose layer is garbage is recognised, and the better text is taken."""
        kind, text = self._look(number)
        if kind == "blank":
            return Leaf(number, "", "blank")
        if kind == "layer":
            return Leaf(number, text)
        try:
            seen = scans.recognise(self._render(number), self.name)
        except Unreadable:
            if not (len(text) > 200 and plausible.sound(text)):
                raise
            seen = ""  # the layer is not at its best, but it can be read
        if plausible.share(text) > plausible.share(seen) + 0.02 * legacy.lacks_u(text):
            return Leaf(number, legacy.with_u(text) if legacy.lacks_u(text) else text)
        return Leaf(number, seen, "ocr")

    def _look(self, number: int) -> tuple[str, str]:
        import pypdfium2

        with _PDFIUM:
            try:
                page = self._document[number - 1]
                try:
                    text, old = _layer(page)
                    letters = sum(c.isalpha() for c in text)
                    if old and legacy.lacks_u(text):
                        return "picture", text
                    if letters >= 200 and plausible.sound(text):
                        return "layer", text
                    return _kind(page, text, letters), text
                finally:
                    page.close()
            except pypdfium2.PdfiumError as wrong:
                raise _broken(self.name) from wrong

    def _render(self, number: int) -> Image:
        import pypdfium2

        with _PDFIUM:
            try:
                page = self._document[number - 1]
                try:
                    width, height = page.get_size()
                    scale = min(_DPI / 72, (PIXELS / max(1.0, width * height)) ** 0.5)
                    bitmap = page.render(scale=scale, grayscale=True)
                    picture: Image = bitmap.to_pil().copy()
                    bitmap.close()
                    return picture
                finally:
                    page.close()
            except (pypdfium2.PdfiumError, ValueError, MemoryError) as wrong:
                raise _broken(self.name) from wrong

    def close(self) -> None:
        """Let go of the file."""
        with _PDFIUM:
            self._document.close()

    def __enter__(self) -> PdfPages:
        return self

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _layer(page: Any) -> tuple[str, bool]:
    """Return the text layer of a page in Unicode, and whether it was written in an old encoding."""
    layer = page.get_textpage()
    try:
        text: str = layer.get_text_range()
        old = legacy.form_of(text) is not None
        if old:
            text = _of_fonts(layer, text)
        text = _in_paragraphs(layer, text, page.get_height(), _tables(page, layer))
    finally:
        layer.close()
    return canonical(legacy.mended(text)), old


#: PDFium prints a hyphen at the end of a line as one of these; some programs write a line feed after it.
_HYPHEN = re.compile("(.?)(?:\ufffe|\x02)\n?(?=(.?))")


def _hyphen(match: re.Match[str]) -> str:
    """Keep the hyphen of a document's number that was broken after it; drop one that parts a word."""
    before, after = match.groups()
    return before + ("-" if before.isupper() or before.isdigit() or after.isupper() else "")


def _in_paragraphs(layer: Any, text: str, height: float, tables: list[_Table]) -> str:
    """Join the lines of a layer into paragraphs by where their first and last characters stand."""
    rows, at = [], 0
    for line in text.split("\n"):
        plain = line.rstrip()
        if plain.strip():
            first = at + len(plain) - len(plain.lstrip())
            begin, end = layer.get_charbox(first, loose=True), layer.get_charbox(at + len(plain) - 1, loose=True)
            shown = _HYPHEN.sub(_hyphen, plain.strip())
            rows.append(Row(shown, begin[0], end[2], height - begin[3], height - begin[1]))
        at += len(line) + 1
    start, stop = leaves.without_numbers([(row.text, row.top, row.bottom) for row in rows], height)
    rows = [row for row in rows[start:stop] if not any(a < (row.top + row.bottom) / 2 < b for a, b, _ in tables)]
    pitch = statistics.median(row.bottom - row.top for row in rows) if rows else 1.0
    return "\n".join(paragraphs.around(rows, [(top, lines) for top, _, lines in tables], pitch))


#: The upper and lower edge of a table, in points from the top of its page, and its rows.
_Table = tuple[float, float, list[str]]


def _tables(page: Any, layer: Any) -> list[_Table]:
    """Return the ruled tables of a page; the page is drawn only when it has as many strokes as a table needs."""
    strokes = sum(1 for _ in islice(page.get_objects(filter=(_PATH,), max_depth=4), _STROKES))
    if strokes < _STROKES:
        return []
    height = page.get_height()
    scale = min(_DPI / 72, (PIXELS / max(1.0, page.get_width() * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    found = grids.find(bitmap.to_pil())
    bitmap.close()

    def text_of(box: grids.Box) -> str:
        left, top, right, bottom = (edge / scale for edge in box)
        # The tails of the letters above a rule hang over it.
        text: str = layer.get_text_bounded(left, height - bottom, right, height - top - 2.5)
        return _HYPHEN.sub(_hyphen, text.replace("\r", ""))

    return [(grid.box[1] / scale, grid.box[3] / scale, grid.rows(text_of)) for grid in found]


def _of_fonts(layer: Any, text: str) -> str:
    """Read the lines whose font is of an old encoding; only the font tells capitals from small letters."""
    at, lines = 0, text.split("\n")
    for i, line in enumerate(lines):
        middle = at + max(0, len(line.rstrip()) // 2)
        at += len(line) + 1
        font = _font(layer, middle)
        if legacy.is_old_font(font):
            lines[i] = legacy.of_font(line, font)
    return "\n".join(lines)


def _font(layer: Any, index: int) -> str:
    """Return the name of the font of a character, without the mark of a subset."""
    import ctypes

    from pypdfium2 import raw

    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(layer, index, name, len(name), ctypes.c_int())
    return name.value.decode("utf-8", "replace").rpartition("+")[2]


def _kind(page: Any, text: str, letters: int) -> str:
    """Tell a picture from a page that has little text, or text that means nothing."""
    width, height = page.get_size()
    covered, paths = 0.0, 0
    for item in page.get_objects(filter=(_IMAGE, _PATH, _SHADING), max_depth=4):
        if item.type == _PATH:
            paths += 1
            continue
        left, bottom, right, top = item.get_bounds()
        covered += max(0.0, min(right, width) - max(left, 0)) * max(0.0, min(top, height) - max(bottom, 0))
    pictured = covered > 0.3 * width * height or (paths > 300 and letters < 20)
    if letters < 20:
        return "picture" if pictured else "layer" if letters else "picture" if covered else "blank"
    if pictured and (letters < 200 or not plausible.toned(text)):
        return "picture"
    return "layer" if letters < 40 or plausible.sound(text) else "picture"


def _locked(name: str) -> Unreadable:
    return Unreadable(
        "encrypted", Sentence("Tệp “{name}” đặt mật khẩu nên không đọc được; hãy bỏ mật khẩu rồi gửi lại.", name=name)
    )


def _broken(name: str) -> Unreadable:
    return Unreadable(
        "broken_pdf", Sentence("Tệp “{name}” là PDF hỏng hoặc thiếu phần cuối; hãy xuất lại tệp rồi gửi.", name=name)
    )
