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


def sentence_case(name: str) -> str:
    """Return a name printed in capitals as it is written in a sentence; the words after its level keep capitals.

    "ỦY BAN NHÂN DÂN TỈNH LAM GIANG" becomes "Ủy ban nhân dân tỉnh Lam Giang"; a name in mixed case stays.
    """
    if not name.isupper():
        return name
    tokens = name.lower().split()
    place = next((i + 1 for i, token in reversed(list(enumerate(tokens))) if token in _LEVELS), len(tokens))
    shaped = [token.capitalize() if i >= place else token for i, token in enumerate(tokens)]
    if place == len(tokens) and tokens[0] in {"sở", "bộ", "ban"}:
        shaped[1:2] = [token.capitalize() for token in shaped[1:2]]
    shaped[0] = shaped[0].capitalize()
    return " ".join(shaped)


_LEVELS = frozenset({"tỉnh", "phố", "xã", "phường", "huyện", "khu"})


def words(text: str) -> str:
    """Return the folded text with punctuation as blanks, for comparing names."""
    return _BLANKS.sub(" ", _NOT_WORD.sub(" ", fold(text))).strip()
