"""Take the text out of a .docx: paragraphs, list numbers, tables with cells behind tabs."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from kycuong.core.sentences import Sentence
from kycuong.reader import legacy
from kycuong.reader.fonts import Fonts
from kycuong.reader.marks import LETTERS
from kycuong.reader.shapes import Unreadable

PART_BYTES = 60_000_000
ENTRIES = 4000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ROMANS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def text_of_docx(data: bytes, name: str) -> str:
    """Return the text as lines; raise Unreadable when the package is broken, locked or a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = _parts(package, name)
        body = _root(parts["word/document.xml"]).find(f"{_W}body")
        styles = parts.get("word/styles.xml")
        numbers = _Numbers(parts.get("word/numbering.xml"), styles)
        if body is None:
            return ""
        fonts = Fonts(parts["word/document.xml"], styles, body, _root(styles) if styles else None)
        _in_unicode(body, fonts)
        notes = _footnotes(body, parts.get("word/footnotes.xml"), fonts)
        lines = [*_blocks(body, numbers), *notes]
    except (
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        KeyError,
        EOFError,
        NotImplementedError,
        ValueError,
        OSError,
        zlib.error,
    ) as wrong:
        raise Unreadable(
            "broken_docx",
            Sentence("Tệp “{name}” không phải .docx nguyên vẹn; hãy mở, lưu lại thành .docx rồi gửi.", name=name),
        ) from wrong
    except RuntimeError as wrong:
        raise Unreadable(
            "encrypted",
            Sentence("Tệp “{name}” đặt mật khẩu nên không đọc được; hãy bỏ mật khẩu rồi gửi lại.", name=name),
        ) from wrong
    return legacy.mended("\n".join(lines))


def _in_unicode(body: etree._Element, fonts: Fonts) -> None:
    """Rewrite the runs printed in fonts of old encodings."""
    if fonts.used:
        for node in body.iter(f"{_W}t"):
            node.text = fonts.text(node)


def _footnotes(body: etree._Element, content: bytes | None, fonts: Fonts) -> list[str]:
    """Return the footnotes as lines for the end of the text, and print their numbers, [1], where they are called."""
    if content is None:
        return []
    root = _root(content)
    _in_unicode(root, fonts)
    texts = {note.get(f"{_W}id"): " ".join(_inline(note).split()) for note in root.iter(f"{_W}footnote")}
    lines: list[str] = []
    for node in list(body.iter(f"{_W}footnoteReference")):
        text = texts.get(node.get(f"{_W}id"))
        if text:
            lines.append(f"[{len(lines) + 1}] {text}")
            node.tag, node.text = f"{_W}t", f"[{len(lines)}]"
    return lines


def _parts(package: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    entries = {info.filename: info for info in package.infolist()}
    if len(entries) > ENTRIES:
        raise _bomb(name)
    if "word/document.xml" not in entries:
        raise Unreadable(
            "not_docx",
            Sentence("Tệp “{name}” là tệp nén, không phải .docx; hãy giải nén và gửi từng văn bản.", name=name),
        )
    parts: dict[str, bytes] = {}
    for wanted in ("word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml"):
        info = entries.get(wanted)
        if info is None:
            continue
        with package.open(info) as stream:
            content = stream.read(PART_BYTES + 1)
        if len(content) > PART_BYTES or (len(content) > 1_000_000 and len(content) > 300 * max(1, info.compress_size)):
            raise _bomb(name)
        parts[wanted] = content
    return parts


def _bomb(name: str) -> Unreadable:
    return Unreadable(
        "zip_bomb",
        Sentence(
            "Tệp “{name}” bung ra quá lớn, không giống một văn bản; hãy lưu lại thành .docx mới rồi gửi.", name=name
        ),
    )


def _root(content: bytes) -> etree._Element:
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
        raise ValueError("a document type has no place in a .docx part")
    return etree.fromstring(
        content, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    )


def _blocks(parent: etree._Element, numbers: _Numbers) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _paragraph(child, numbers)
        elif child.tag == f"{_W}tbl":
            yield from _table(child, numbers)
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"}:
            yield from _blocks(child, numbers)


def _paragraph(element: etree._Element, numbers: _Numbers) -> Iterator[str]:
    text = _inline(element)
    if text.strip():
        yield from (numbers.label(element) + text).split("\n")
    else:
        yield ""


def _inline(element: etree._Element) -> str:
    pieces: list[str] = []
    for node in element.iter():
        if node.tag == f"{_W}t":
            if not _fallback(node, element):
                pieces.append(node.text or "")
        elif node.tag == f"{_W}tab" and (holder := node.getparent()) is not None and holder.tag == f"{_W}r":
            pieces.append(" ")
        elif node.tag in {f"{_W}br", f"{_W}cr"}:
            pieces.append("\n")
        elif node.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
    return "".join(pieces)


def _fallback(node: etree._Element, stop: etree._Element) -> bool:
    """Tell whether a text stands in the copy of a drawing kept for old programs."""
    parent = node.getparent()
    while parent is not None and parent is not stop:
        if parent.tag == f"{_MC}Fallback":
            return True
        parent = parent.getparent()
    return False


def _table(table: etree._Element, numbers: _Numbers) -> Iterator[str]:
    """Yield one line a row with cells behind tabs; a table that only lays out the page gives its cells' lines."""
    rows = [[_cell(cell, numbers) for cell in row.iter(f"{_W}tc")] for row in table.iterchildren(f"{_W}tr")]
    if max((len(row) for row in rows), default=0) <= 2:
        for row in rows:
            for cell in row:
                yield from cell
        return
    for row in rows:
        yield "\t".join(" ".join(line.strip() for line in cell if line.strip()) for cell in row)


def _cell(cell: etree._Element, numbers: _Numbers) -> list[str]:
    return list(_blocks(cell, numbers))


class _Numbers:
    """Count list numbers as Word would print them."""

    def __init__(self, numbering: bytes | None, styles: bytes | None) -> None:
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self.abstract: dict[str, str] = {}
        self.styles: dict[str, tuple[str, int]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        if numbering:
            self._load(_root(numbering))
        if styles:
            self._load_styles(_root(styles))

    def _load(self, root: etree._Element) -> None:
        for abstract in root.iter(f"{_W}abstractNum"):
            key = abstract.get(f"{_W}abstractNumId", "")
            for level in abstract.iter(f"{_W}lvl"):
                index = int(level.get(f"{_W}ilvl", "0"))
                self.levels[(key, index)] = (
                    _val(level, "numFmt", "decimal"),
                    _val(level, "lvlText", ""),
                    int(_val(level, "start", "1")),
                )
        for num in root.iter(f"{_W}num"):
            self.abstract[num.get(f"{_W}numId", "")] = _val(num, "abstractNumId", "")

    def _load_styles(self, root: etree._Element) -> None:
        for style in root.iter(f"{_W}style"):
            properties = style.find(f"{_W}pPr/{_W}numPr")
            if properties is not None:
                self.styles[style.get(f"{_W}styleId", "")] = (
                    _val(properties, "numId", "0"),
                    int(_val(properties, "ilvl", "0")),
                )

    def label(self, paragraph: etree._Element) -> str:
        """Return the printed number of a paragraph with a space after it, or nothing."""
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is not None:
            number, level = _val(properties, "numId", "0"), int(_val(properties, "ilvl", "0"))
        else:
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            number, level = self.styles.get(style.get(f"{_W}val", "") if style is not None else "", ("0", 0))
        if number == "0" or number not in self.abstract:
            return ""
        return self._printed(self.abstract[number], level)

    def _printed(self, abstract: str, level: int) -> str:
        kind, template, start = self.levels.get((abstract, level), ("none", "", 1))
        if kind == "none":
            return ""
        counts = self.counts.setdefault(abstract, {})
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [k for k in counts if k > level]:
            del counts[deeper]
        if kind == "bullet":
            return "- "
        printed = template
        for k in range(level + 1):
            form, _, first = self.levels.get((abstract, k), ("decimal", "", 1))
            printed = printed.replace(
                f"%{k + 1}",
                _figure(counts.get(k, first), form if k == level else "decimal" if form == "decimal" else form),
            )
        return printed + " " if printed else ""


def _val(element: etree._Element, tag: str, default: str) -> str:
    child = element.find(f"{_W}{tag}")
    return child.get(f"{_W}val", default) if child is not None else default


def _figure(number: int, form: str) -> str:
    """Print a list number; letters follow the Vietnamese alphabet only where Word was told so, else Word's own."""
    if form in {"upperRoman", "lowerRoman"}:
        printed, left = "", min(number, 89)
        for value, sign in _ROMANS:
            printed += sign * (left // value)
            left %= value
        return printed.upper() if form == "upperRoman" else printed
    if form in {"lowerLetter", "upperLetter"}:
        latin = "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26]
        return latin.upper() if form == "upperLetter" else latin
    if form == "vietnameseCounting":
        return LETTERS[(number - 1) % len(LETTERS)]
    return f"{number:02d}" if form == "decimalZero" else str(number)
