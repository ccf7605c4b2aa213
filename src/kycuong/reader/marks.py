"""Know the markers of lists: roman, numbers, Vietnamese letters, dashes, articles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kycuong.reader.fold import CAPITALS

#: Letters of points as the decree on paperwork counts them: đ after d; no f, j, w, z.
LETTERS = "abcdđeghiklmnopqrstuvxy"

_ARTICLE = re.compile(r"(?:điều|đièu|diều|dieu) {0,3}(\d{1,3}) ?[.:] ?-? ?(?=\S|$)")
_PART = re.compile(r"(?:phần|chương|mục|tiểu mục) ([ivx]{1,5}|\d{1,2}|thứ \w+)(?: ?[.:-] ?| |$)")
_ORDINAL = re.compile(
    r"(thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) là) ?[,:] ?(?=[^\W\d_])"
)
_ROMAN = re.compile(r"([IVX]{1,5})(?: ?[.)] {0,2}|/ | ?- )(?=[" + CAPITALS + '"]|$)')
_UPPER = re.compile(r"([A-EĐ])[.)/] {0,2}(?=[^\W\d_])")
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})(?:[.)] {0,2}| {1,3}|/ )(?=[^\W\d_\"])")
_NUMBER = re.compile(r"(\d{1,2})(?: ?[.)] {0,2}|/ {0,2}| ?- {1,2}|: {1,2})(?=[^\W\d_]|[\"'(\[])")
_PAREN = re.compile(r"(\((?:\d{1,2}|[ivx]{1,5}|[a-zđ])\)) {0,2}(?=\S)")
_SQUARE = re.compile(r"(\[(?:\d{1,2}|[ivx]{1,5}|[a-zđ])\]) {0,2}(?=\S)")
_LETTER = re.compile(r"([a-zđ])(?: ?\) {0,2}(?=\d)|(?: ?\) {0,2}|[./] {1,2}|/(?=\S))(?=[^\W\d_]|[\"'(]))")
#: What a scanner leaves before or after a marker: "_ - Lập", "c) 1 Giao".
_SPECK = re.compile(r"[_~`'|¬.,:]{1,4} {0,2}(?=-{1,2} {0,3}[^\W\d_])")
_STRAY = re.compile(r"\d (?=[" + CAPITALS + "])")
#: "1." as a scanner reads it.
_ONE = re.compile(r"l ?[./] {1,2}(?=[" + CAPITALS + "])")
_LOWER_ROMAN = re.compile(r"([ivx]{2,5})\) {0,2}(?=\S)")
_PLUS = re.compile(r"\+ {0,3}(?=[^\W_])")
_STAR = re.compile(r"\* {0,3}(?=[^\W_])")
_DASH = re.compile(r"(?:-{1,2}|[•·●▪■◦‣✓➢⁃□◆❖►▶]|o(?= [A-ZĐ])) {0,3}(?=[^\W_]|[\"'(])")


@dataclass(frozen=True, slots=True)
class Mark:
    """A list marker: its style, its label as printed, and its length with the space after it."""

    style: str
    label: str
    length: int


def mark_of(raw: str, low: str) -> Mark | None:
    """Return the marker at the beginning of a line, or None."""
    head_raw, head = raw[:40], low[:40]
    if not head or (head[0].isalpha() and head[0] not in "ivxabcdđeghklmnopqrstuypmh"):
        return None
    if not head[0].isalnum():
        speck = _SPECK.match(head)
        skip = speck.end() if speck else 0
        mark = _sign(head_raw[skip:], head[skip:])
        return Mark(mark.style, mark.label, mark.length + skip) if mark and skip else mark
    if head[0].isdigit():
        return _numbered(head)
    return _lettered(head_raw, head)


def _sign(head_raw: str, head: str) -> Mark | None:
    for style, pattern in (("dash", _DASH), ("plus", _PLUS), ("star", _STAR)):
        if match := pattern.match(head):
            return Mark(style, "", match.end())
    for style, pattern in (("paren", _PAREN), ("square", _SQUARE)):
        if match := pattern.match(head):
            return Mark(style + _kind(match.group(1)), match.group(1), match.end())
    return None


def _kind(label: str) -> str:
    return "_number" if label[1].isdigit() else "_letter"


def _numbered(head: str) -> Mark | None:
    if match := _DECIMAL.match(head):
        return Mark(f"decimal{match.group(1).count('.')}", match.group(1), match.end())
    if match := _NUMBER.match(head):
        return Mark("number", match.group(1), match.end())
    return None


def _lettered(raw: str, low: str) -> Mark | None:
    if match := _ORDINAL.match(low):
        return Mark("ordinal", raw[: match.end(1)], match.end())
    if match := _ARTICLE.match(low):
        return Mark("article", f"Điều {match.group(1)}", match.end())
    if match := _PART.match(low):
        style = "part" if low[0] in "pc" else "section"
        return Mark(style, raw[: match.end(1)], match.end()) if raw[0].isupper() else None
    if match := _ROMAN.match(raw):
        return Mark("roman", match.group(1), match.end())
    if match := _UPPER.match(raw):
        return Mark("upper", match.group(1), match.end())
    return _small(raw, low) if raw[0].islower() else None


def _small(raw: str, low: str) -> Mark | None:
    if match := _LOWER_ROMAN.match(low):
        return Mark("lower_roman", match.group(1), match.end())
    if match := _ONE.match(raw):
        return Mark("number", "1", match.end())
    if match := _LETTER.match(low):
        stray = _STRAY.match(raw, match.end())
        return Mark("letter", match.group(1), stray.end() if stray else match.end())
    match = _DASH.match(raw) if low[0] == "o" else None
    return Mark("dash", "", match.end()) if match else None
