"""Cut the document into sentences and class each: order, prohibition, reporting, authority, context, noise."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from kycuong.reader.layout import Layout
from kycuong.reader.lines import Page
from kycuong.reader.shapes import Order, Sentence

_BREAK = re.compile(r"[.;!?…](?:[\"')\]]{0,2})\s+(?=[\"'(\[]?[^\W\da-zà-ỹ])|\n\s*(?=\S)")
_REPORT = re.compile(r"\b(?:báo cáo|gửi kết quả|gửi về|tổng hợp,? trình)\b")
_FORBID = re.compile(
    r"(?:[-–+•a-zđ0-9.)\s]{0,8})(?:tuyệt đối )?(?:không|nghiêm cấm|cấm)\b|\b(?:tuyệt đối không|nghiêm cấm|không được)\b"
)
_AUTHORITY = re.compile(
    r"\b(?:ủy quyền|được quyền|có quyền|giao quyền|được phép|cho phép|quyết định theo thẩm quyền)\b"
)


def cut(page: Page, layout: Layout, orders: list[Order]) -> tuple[Sentence, ...]:
    """Return all sentences in order; furniture and web noise are classed as noise."""
    starts = [order.start for order in orders]
    found: list[Sentence] = []
    noise = layout.noise
    spans = [
        piece for i, p in enumerate(page.passages) for piece in _around(p.start, p.end, i in noise, page.furniture)
    ]
    spans += [(a, b, True) for a, b in page.furniture]
    for start, end, is_noise in sorted(spans):
        if is_noise:
            found.append(Sentence(start, end, "noise"))
            continue
        marks = sorted({start, *(o for o in starts[bisect_right(starts, start) : bisect_right(starts, end - 1)])})
        for a, b in zip(marks, [*marks[1:], end], strict=True):
            found.extend(_stretch(page, a, b, orders, starts))
    return tuple(found)


def _around(start: int, end: int, noise: bool, furniture: tuple[tuple[int, int], ...]) -> list[tuple[int, int, bool]]:
    """Cut a span around the page numbers inside it."""
    pieces: list[tuple[int, int, bool]] = []
    k = bisect_left(furniture, (start, start))
    while k < len(furniture) and furniture[k][1] <= end:
        if furniture[k][0] > start:
            pieces.append((start, furniture[k][0], noise))
        start = furniture[k][1]
        k += 1
    return [*pieces, (start, end, noise)] if start < end else pieces


def _stretch(page: Page, start: int, end: int, orders: list[Order], starts: list[int]) -> list[Sentence]:
    k = bisect_right(starts, start) - 1
    index = k if k >= 0 and start < orders[k].end else None
    found = []
    begin = start
    for match in [*_BREAK.finditer(page.text, start, end), None]:
        stop = match.end() if match else end
        text = page.text[begin:stop]
        bare = text.strip()
        if bare:
            a = begin + len(text) - len(text.lstrip())
            low = page.low[a : a + len(bare)]
            found.append(Sentence(a, a + len(bare), _klass(low, index is not None), index))
        begin = stop
    return found


def _klass(low: str, ordered: bool) -> str:
    if not ordered:
        return "context"
    if _FORBID.match(low):
        return "prohibition"
    if _AUTHORITY.search(low):
        return "authority"
    if _REPORT.search(low):
        return "reporting"
    return "prohibition" if _FORBID.search(low) else "order"
