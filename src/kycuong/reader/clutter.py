"""Know what a site prints around an article: stamps, counts of comments, by-lines, headlines of other articles."""

from __future__ import annotations

import re

from kycuong.reader.fold import CAPITALS
from kycuong.reader.lines import Passage
from kycuong.reader.parties import scan

_STAMP = re.compile(
    r"(?:\d{1,2}[:h]\d\d,? ?(?:- ?)?)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?:,? ?(?:- ?)?\d{1,2}[:h]\d\d)?(?: ?\(gmt ?\+ ?7\))?$"
    r"|\d{1,6} (?:binh luan|luot xem|luot doc|nhan xet)$|(?:in bai(?: viet)?|binh luan|luu bai|gui bai|nghe bai)$"
)
_NAME = rf"[{CAPITALS}][^\W\d_]{{0,6}}(?: [{CAPITALS}][^\W\d_]{{0,6}}){{1,3}}"
_BYLINE = re.compile(rf"{_NAME}(?:(?:, | - | và ){_NAME}){{1,3}}")
#: The sentence that hands over to paragraphs without markers, though it ends in a full stop.
_HANDS_OVER = re.compile(r"\b(?:yeu cau|chi dao|de nghi|nhu sau|cac noi dung sau)[.:]$")
_BACKGROUND = re.compile(r"(?:duoc biet|theo tim hieu|truoc do|nhu da (?:dua|thong) tin|theo du bao),? ")
_ORDERS = re.compile(r"\b(?:yeu cau|de nghi|giao|phan cong)\b")


def is_clutter(passage: Passage) -> bool:
    """Tell whether a short line is a stamp, a count or the names of those who wrote the article."""
    if len(passage.raw) > 70:
        return False
    if _STAMP.match(passage.bare[passage.body :]):
        return True
    return _BYLINE.fullmatch(passage.raw) is not None and scan(passage, 0) is None


def is_headed_appendix(passage: Passage) -> bool:
    """Tell whether a heading of Markdown opens an appendix."""
    return passage.heading > 0 and passage.bare.startswith("phu luc", passage.body)


def tells_nothing(passage: Passage, alone: bool) -> bool:
    """Tell whether a paragraph of an article only leads in, reports, or is the headline of another one."""
    text = passage.bare
    if _BACKGROUND.match(text) and not _ORDERS.search(text):
        return True
    if not alone and _HANDS_OVER.search(text[-40:]):
        return True
    return _headline(passage)


def _headline(passage: Passage) -> bool:
    """Tell "Chủ tịch X: Với bộ máy mới, …", the headline of another article, from a sentence."""
    if passage.raw[-1] in '.;:!?…"”/)' or len(passage.raw) > 160:
        return False
    names = scan(passage, 0)
    return names is not None and passage.raw[names.end : names.end + 1] == ":"
