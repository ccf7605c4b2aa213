"""Fold Vietnamese text for search and for comparing names: no case, no diacritics, đ as d, single blanks."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile(r"[\u0300-\u036f]")
_BLANKS = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w/&-]+")


def fold(text: str) -> str:
    """Return the text in lower case without diacritics, đ as d, blanks single; both tone placements fold alike."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.casefold()))
    return _BLANKS.sub(" ", bare.replace("đ", "d")).strip()


def words(text: str) -> str:
    """Return the folded text with punctuation as blanks, for comparing names."""
    return _BLANKS.sub(" ", _NOT_WORD.sub(" ", fold(text))).strip()
