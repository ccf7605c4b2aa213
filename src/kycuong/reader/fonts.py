"""Know in which font a run of a .docx is printed, and read the runs whose font is of an old encoding."""

from __future__ import annotations

from lxml import etree

from kycuong.reader import legacy

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OLD = (b".Vn", b".VN", b"VNI-", b".vn")


class Fonts:
    """The fonts of a document's runs: of the run itself, of its styles, of the document."""

    def __init__(
        self, document: bytes, styles: bytes | None, body: etree._Element, root: etree._Element | None
    ) -> None:
        self.used = any(mark in part for part in (document, styles or b"") for mark in _OLD)
        self._styles: dict[str, tuple[str, str]] = {}
        self._default = self._normal = ""
        if self.used:
            self._load(root)
            self.used = self._consistent(body)

    def _load(self, root: etree._Element | None) -> None:
        if root is None:
            return
        self._default = _font(root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))
        for style in root.iter(f"{_W}style"):
            based = style.find(f"{_W}basedOn")
            name = style.get(f"{_W}styleId", "")
            self._styles[name] = (_font(style.find(f"{_W}rPr")), based.get(f"{_W}val", "") if based is not None else "")
            if style.get(f"{_W}default") == "1" and style.get(f"{_W}type") == "paragraph":
                self._normal = name

    def _consistent(self, body: etree._Element) -> bool:
        """Tell whether the old fonts really show old text: many a writer typed Unicode with the font left as it was."""
        old = new = 0
        for node in body.iter(f"{_W}t"):
            text = node.text or ""
            if legacy.is_old_font(self.font(node)) and not text.isascii():
                fresh = legacy.is_unicode(text)
                old, new = old + (not fresh), new + fresh
        return old > 0 and new * 4 <= old

    def text(self, node: etree._Element) -> str:
        """Return the text of a w:t element in Unicode."""
        text = node.text or ""
        return legacy.of_font(text, self.font(node)) if self.used else text

    def font(self, node: etree._Element) -> str:
        """Return the name of the font in which a w:t element is printed."""
        run = node.getparent()
        if run is None:
            return ""
        own = run.find(f"{_W}rPr")
        if found := _font(own) or self._of_style(_style(own, "rStyle")):
            return found
        paragraph = next(run.iterancestors(f"{_W}p"), None)
        style = _style(paragraph.find(f"{_W}pPr"), "pStyle") if paragraph is not None else ""
        return self._of_style(style or self._normal) or self._default

    def _of_style(self, name: str) -> str:
        for _ in range(12):
            font, based = self._styles.get(name, ("", ""))
            if font or not based:
                return font
            name = based
        return ""


def _font(properties: etree._Element | None) -> str:
    fonts = properties.find(f"{_W}rFonts") if properties is not None else None
    return (fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi") or "") if fonts is not None else ""


def _style(properties: etree._Element | None, kind: str) -> str:
    style = properties.find(f"{_W}{kind}") if properties is not None else None
    return style.get(f"{_W}val", "") if style is not None else ""
