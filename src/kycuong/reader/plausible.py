"""Tell Vietnamese from what only looks like text: syllables that can be, diacritics that are there."""

from __future__ import annotations

import re

from kycuong.reader.fold import bare, lower

_ONSET = r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
_RIME = (
    r"(?:[aeiouy]|a[ciomnptuy]|ac?h|anh?g?|ao|ay|au|e[cmnopt]|en[gh]|ech|eu|i[acmnptu]|in[h]|ich|ie[cmnptu]|ieng"
    r"|o[acefimnpt]|ong|oc|oa[cimnopty]|oan[gh]|oac?h|oe[nmot]|oo[cn]g?|u[acimnptuy]|ung|uo[cimnptu]|uong|ua[nty]|uang"
    r"|ue[nc]?h?|uy[aenptu]|uye[nt]|uyn?h|uych|ye[mntu]|yeng|uan[gh]?|uat|uac|ien|iet)"
)
_SYLLABLE = re.compile(_ONSET + _RIME)
_WORD = re.compile(r"[^\W\d_]{2,}")
_MARKED = frozenset("àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ")


def syllable(word: str) -> bool:
    """Tell whether a word could be a Vietnamese syllable."""
    return len(word) <= 7 and _SYLLABLE.fullmatch(bare(lower(word))) is not None


def share(text: str) -> float:
    """Return the share of words that are possible Vietnamese syllables; 0 for a text without words."""
    found = _WORD.findall(lower(text[:20_000]))
    if not found:
        return 0.0
    good = sum(1 for word in found if len(word) <= 7 and _SYLLABLE.fullmatch(bare(word)))
    odd = sum(1 for c in text[:20_000] if c in "\ufffd\ufffe" or "\ue000" <= c <= "\uf8ff" or ord(c) < 9)
    return max(0.0, good / len(found) - 3 * odd / len(text[:20_000]))


def toned(text: str) -> bool:
    """Tell whether a text carries diacritics as Vietnamese does."""
    low = lower(text[:20_000])
    letters = sum(c.isalpha() for c in low)
    return sum(c in _MARKED for c in low) >= 0.08 * letters


def sound(text: str) -> bool:
    """Tell whether a text layer can be read: most words are syllables, or it is plain text of another language."""
    if share(text) >= 0.55:
        return True
    sample = text[:20_000]
    letters = [c for c in sample if c.isalpha()]
    plain = sum(c.isascii() for c in letters)
    return plain > 0.97 * max(1, len(letters)) and sum(not (c.isalnum() or c.isspace()) for c in sample) < 0.2 * len(
        sample
    )
