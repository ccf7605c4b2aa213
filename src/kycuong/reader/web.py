"""Take the text out of a saved web page, leaving scripts, menus and footers behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from kycuong.core.sentences import Sentence
from kycuong.reader.shapes import Unreadable

DEPTH = 400
_DROPPED = frozenset(
    (
        "script",
        "style",
        "noscript",
        "nav",
        "footer",
        "aside",
        "form",
        "svg",
        "iframe",
        "button",
        "select",
        "template",
        "head",
        "object",
        "canvas",
        "video",
        "audio",
    )
)
_BLOCKS = frozenset(
    "address article blockquote center dd div dl dt fieldset figure figcaption h1 h2 h3 h4 h5 h6 header"
    " hr li main ol p pre section table tbody thead tfoot tr ul body caption".split()
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:menu|nav|navbar|breadcrumb|footer|sidebar|related|social|share|comment|banner|advert"
    r"|popup|cookie|paging|pagination|counter|lienquan|tinkhac|tin-khac)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LATIN = "abcdefghijklmnopqrstuvwxyz"


def text_of_html(markup: str, name: str) -> str:
    """Return the page's text as lines: list numbers kept, table rows with cells behind tabs."""
    try:
        markup = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", markup)
        tree = html.document_fromstring(
            markup, parser=html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as wrong:
        raise Unreadable(
            "broken_html", Sentence("Tệp “{name}” không phải trang web đọc được; hãy lưu lại trang rồi gửi.", name=name)
        ) from wrong
    body = tree.find("body")
    pieces = list(_walk(body if body is not None else tree, 0, ""))
    lines = [re.sub(r"[ \u00a0\r]+", " ", line).strip(" ") for line in "".join(pieces).split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if not text:
        raise Unreadable(
            "no_text", Sentence("Tệp “{name}” không có chữ nào ngoài trình đơn; hãy lưu lại trang rồi gửi.", name=name)
        )
    return text + "\n"


def _dropped(element: html.HtmlElement) -> bool:
    if element.tag in _DROPPED:
        return True
    if element.tag in {"div", "ul", "section", "td", "header"} and _FURNITURE.search(
        f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
    ):
        return True
    return element.tag in {"div", "ul", "section"} and _links(element)


def _links(element: html.HtmlElement) -> bool:
    """Tell whether a block is nearly all links: a menu or a list of related articles."""
    anchors = element.findall(".//a") if len(element) else []
    if len(anchors) < 4 or len(anchors) > 400:
        return len(anchors) > 400
    linked = sum(len((a.text_content() or "").strip()) for a in anchors)
    whole = len(re.sub(r"\s+", " ", element.text_content() or "").strip())
    return whole < 6000 and linked > 0.75 * whole


def _walk(element: html.HtmlElement, depth: int, bullet: str) -> Iterator[str]:
    """Yield text with line feeds around blocks."""
    if depth > DEPTH or not isinstance(element.tag, str) or _dropped(element):
        return
    if element.tag == "br":
        yield "\n"
        return
    if element.tag == "tr":
        yield "\n" + _row(element, depth) + "\n"
        return
    block = element.tag in _BLOCKS
    if block:
        yield "\n"
    yield bullet + re.sub(r"\s+", " ", (element.text or "").lstrip() if bullet else element.text or "")
    count = int(element.get("start", "1")) - 1 if (element.get("start") or "1").isdigit() else 0
    for child in element:
        sign = ""
        if child.tag == "li":
            count += 1
            sign = _sign(element, count, child)
        yield from _walk(child, depth + 1, sign)
        yield re.sub(r"\s+", " ", child.tail or "")
    if block:
        yield "\n"


def _sign(parent: html.HtmlElement, count: int, item: html.HtmlElement) -> str:
    text = (item.text_content() or "").lstrip()[:4]
    if re.match(r"(?:[-+•*]|\d{1,2}[.)]|[a-zđ]\))", text):
        return ""
    if parent.tag != "ol":
        return "- "
    if (parent.get("type") or "1") in {"a", "A"}:
        return f"{_LATIN[(count - 1) % 26]}) "
    return f"{count}. "


def _row(row: html.HtmlElement, depth: int) -> str:
    """Print a row of a data table behind tabs; a layout row with one or two cells as lines."""
    cells = [c for c in row if c.tag in {"td", "th"}]
    texts = ["".join(t for child in [c] for t in _cell(child, depth)).strip() for c in cells]
    if len(cells) <= 2 or any(c.find(".//table") is not None for c in cells):
        return "\n".join(texts)
    return "\t".join(re.sub(r"\s+", " ", t) for t in texts)


def _cell(cell: html.HtmlElement, depth: int) -> Iterator[str]:
    yield re.sub(r"\s+", " ", cell.text or "")
    for child in cell:
        yield from _walk(child, depth + 1, "- " if child.tag == "li" else "")
        yield re.sub(r"\s+", " ", child.tail or "")
