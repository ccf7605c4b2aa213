"""Fold text for matching without moving a single offset: case, tone placement, marks, dashes."""

from __future__ import annotations

import re
import unicodedata

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_SPACES = dict.fromkeys(map(ord, "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
                            "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\u200b"), " ")  # fmt: skip
_QUOTES = dict.fromkeys(map(ord, "“”„«»″"), '"') | dict.fromkeys(map(ord, "‘’`´′"), "'")
_PLAIN = {**_DASHES, **_SPACES, **_QUOTES, ord("Ð"): "đ", ord("ð"): "đ"}
_ODD_RX = re.compile("[" + re.escape("".join(map(chr, _PLAIN))) + "]")
_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
#: The capitals of Vietnamese, for character classes (a range "À-Ỹ" would take small letters in).
CAPITALS = "A-Z" + "".join(c.upper() for c in _VOWELS if ord(c) > 127) + "Đ"
_BARE = {ord(c): unicodedata.normalize("NFD", c)[0] for c in _VOWELS} | {ord("đ"): "d"}

# Old tone placement -> new, at the end of a syllable (hoà -> hòa, uỷ -> ủy); the reverse inside one (tòan -> toàn).
_OPEN = {
    old: new
    for olds, news in (("oà oá oả oã oạ", "òa óa ỏa õa ọa"), ("oè oé oẻ oẽ oẹ", "òe óe ỏe õe ọe"))
    for old, new in zip(olds.split(), news.split(), strict=True)
} | dict(zip("uỳ uý uỷ uỹ uỵ".split(), "ùy úy ủy ũy ụy".split(), strict=True))
_CLOSED = {new: old for old, new in _OPEN.items() if new[1] in "ae"}
_AFTER_Q = {a + b: "u" + c for a, row in (("ù", "àèìờằầề"), ("ú", "áéíớắấế"), ("ủ", "ảẻỉởẳẩể"), ("ũ", "ãẽĩỡẵẫễ"),
            ("ụ", "ạẹịợặậệ")) for b, c in zip("aeiơăâê", row, strict=True)}  # fmt: skip
_AFTER_Q |= {a + "y": "u" + c for a, c in zip("ùúủũụ", "ỳýỷỹỵ", strict=True)}
_OPEN_RX = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?![^\W\d_])")
_CLOSED_RX = re.compile(r"[òóỏõọ][ae](?=[^\W\d_])")
_Q_RX = re.compile(r"(?<=q)[ùúủũụ][aeiơăâêy]")


def canonical(text: str) -> str:
    """Return the text that all offsets count: line ends as one line feed, NFC, nothing else."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def lower(text: str) -> str:
    """Lower the case and settle tone placement, dashes, quotes and spaces; the length never changes."""
    low = text.lower()
    if len(low) != len(text):  # a few foreign capitals lower into two code points
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    low = _ODD_RX.sub(lambda m: _PLAIN[ord(m.group())], low.replace("\n", " "))
    low = _Q_RX.sub(lambda m: _AFTER_Q[m.group()], low)
    low = _OPEN_RX.sub(lambda m: _OPEN[m.group()], low)
    return _CLOSED_RX.sub(lambda m: _CLOSED[m.group()], low)


def bare(low: str) -> str:
    """Strip the diacritics of text that `lower` made; the length never changes."""
    return low.translate(_BARE)
