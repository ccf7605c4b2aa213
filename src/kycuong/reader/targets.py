"""Read goals with figures, named products, and the channel of a report."""

from __future__ import annotations

import re

from kycuong.reader.lines import Passage
from kycuong.reader.shapes import Finding

MOST = 60
_FIGURE = re.compile(
    r"(?:(?:it nhat|toi thieu|tren|dat|khong qua|duoi|toi da|tu|>=|≥|<=|≤|>|<|khong thap hon|khong duoi"
    r"|khoang|du) ){0,2}\d{1,3}(?:[.,]\d{1,3})? ?(?:%|phan tram)(?: tro len| tro xuong)?"
)
_LEAST = re.compile(
    r"\b(?:it nhat|toi thieu|khong qua|khong duoi|toi da|≥|<=|≤|>=) (?:la )?\d{1,6}(?:[.,]\d{1,3})? [^\W\d_]+(?: [^\W\d_]+){0,5}"
)
_REPORTED = re.compile(
    r"(?:hien (?:dat|nay|moi)|moi dat|uoc dat|da dat|cung ky|so voi|chi dat|ty le nay|chiem)(?: [a-z]+){0,3} $"
)
_PRODUCT = re.compile(
    r"\b(?:ban hanh|xay dung|trinh|tham muu|gui|hoan thanh|lap) (?:[a-z]+ ){0,4}?((?:bao cao|ke hoach"
    r"|de an|quyet dinh|to trinh|phuong an|chuong trinh|quy che|quy dinh|nghi quyet|danh muc"
    r"|van ban huong dan|huong dan|ho so|quy trinh|bo tieu chi)"
    r"(?: [^\W\d_]+){0,6})"
)
_LINKS = re.compile(
    r" (?:cua|tai|cac|cho|ve|theo|truoc|trong|de|khi|va|tren|gui|nham|voi|tu|den|bao dam|dam bao|trinh|nam)\b"
)
_CHANNEL = re.compile(
    r"(?:\(|\b)(?:thong )?qua (?=(?:so|bo|van phong|ban|phong|cong an|thanh tra|ubnd|uy ban|cuc|vu"
    r"|trung tam|he thong|phan mem|co quan|truc)\b)"
)


def targets(passage: Passage, begin: int) -> list[Finding]:
    """Return the phrases that set a goal, one a figure."""
    found: list[Finding] = []
    text = passage.bare
    if "%" not in text and "phan tram" not in text and not _LEAST.search(text, begin):
        return found
    taken = begin
    for pattern in (_FIGURE, _LEAST):
        for match in pattern.finditer(text, begin):
            if len(found) >= MOST:
                return found
            if any(f.start <= passage.at(match.start()) < f.end for f in found):
                continue
            if _REPORTED.search(text[max(begin, match.start() - 40) : match.start()]):
                continue
            a = max(taken if pattern is _FIGURE else begin, _back(text, match.start()))
            b = _forth(text, match.end())
            if pattern is _FIGURE:
                following = _FIGURE.search(text, match.end(), b)
                b = following.start() if following else b
                taken = b
            a, b = _strip(passage, min(a, match.start()), max(b, match.end()))
            start, end = passage.span(a, b)
            found.append(Finding("targets", passage.raw[a:b], start, end, "figure", 0.85))
    return found


def _back(text: str, index: int) -> int:
    """Return where the words before a figure begin: at most six, within the clause."""
    cut = max(text.rfind(c, 0, index) for c in ",;.:(") + 1
    words = text[cut:index].rstrip().split(" ")
    return index - len(" ".join(words[-6:])) - 1 if len(words) > 6 else cut


def _forth(text: str, index: int) -> int:
    stops = [i for c in ",;.:)" if (i := text.find(c, index)) >= 0]
    return min([*stops, len(text), index + 90])


def _strip(passage: Passage, a: int, b: int) -> tuple[int, int]:
    while a < b and passage.raw[a] in " ,;.:(-":
        a += 1
    while b > a and passage.raw[b - 1] in " ,;.:(":
        b -= 1
    return a, b


def product(passage: Passage, begin: int) -> Finding | None:
    """Return the document that the order asks for, when it names one."""
    match = _PRODUCT.search(passage.bare, begin)
    if not match:
        return None
    cut = _LINKS.search(passage.bare, match.start(1), match.end(1))
    a, b = _strip(passage, match.start(1), cut.start() if cut else match.end(1))
    start, end = passage.span(a, b)
    return Finding("product", passage.raw[a:b], start, end, "product_noun", 0.6)


def channel(passage: Passage, begin: int) -> Finding | None:
    """Return through whom a report goes: "(qua Sở Nội vụ)"."""
    match = _CHANNEL.search(passage.bare, begin)
    if not match:
        return None
    stop = re.compile(r"[,;.)]| (?:truoc|de|tong hop|chu tri|theo doi|hang|dinh ky|cham nhat)\b").search(
        passage.bare, match.end()
    )
    a, b = _strip(passage, match.end(), stop.start() if stop else min(len(passage.raw), match.end() + 80))
    if b <= a:
        return None
    start, end = passage.span(a, b)
    return Finding("channel", passage.raw[a:b], start, end, "channel", 0.85)
