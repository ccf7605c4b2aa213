"""Recognise how Vietnamese was written as bytes, and put right what went through a wrong encoding.

A text is taken for Vietnamese when its words with letters outside ASCII are Vietnamese syllables. No name is garbled in
silence: a file for which no encoding gives Vietnamese is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from kycuong.reader.legacy import of_mojibake, of_tcvn3, of_vni

_TONES: Final = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
#: A syllable without its tone: onset, one to three vowels, one of eight endings.
_SYLLABLE: Final = re.compile(
    r"(?:ngh|ng|nh|gh|gi|ch|kh|ph|th|tr|qu|[bcdđghklmnpqrstvx])?[aăâeêioôơuưy]{1,3}(?:ch|nh|ng|[cmnpt])?"
)
_WORD: Final = re.compile(r"[^\W\d_]+")


def _syllable(word: str) -> bool:
    """Tell whether a word can be a Vietnamese syllable: its letters, and at most one tone."""
    bare, tones = _TONES.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


def vietnamese(text: str) -> float:
    """Return the share of words with letters outside ASCII that are Vietnamese syllables; 1.0 when there are none."""
    strange = [word for word in _WORD.findall(text) if not word.isascii()]
    if not strange:
        return 1.0
    return sum(1 for word in strange if _syllable(word)) / len(strange)


def lossy(text: str) -> bool:
    """Return whether letters were lost on the way: the mark of a lost character, or ? inside or before words again and again."""
    if "\ufffd" in text:
        return True
    marks = len(re.findall(r"(?<=\w)\?+(?=\w)|(?<![\w?])\?+(?=[^\W\d_])", text))
    return marks >= 3 and marks * 8 > len(text.split())


_CELL: Final = re.compile(r'[^;,|\t\n"]+')


def _from_tcvn3(text: str) -> str:
    """Return a text of TCVN3 in Unicode, cell by cell: which letters are capitals follows from the words beside them."""
    return _CELL.sub(lambda cell: of_tcvn3(cell.group()), text)


#: How to put a text right whose letters are Unicode but not the ones meant.
REPAIRS: Final[dict[str, Callable[[str], str]]] = {"mojibake": of_mojibake, "tcvn3": _from_tcvn3, "vni": of_vni}
GOOD: Final = 0.85


def repair(text: str) -> tuple[str, str]:
    """Return a text put right and the name of the repair; the text itself and "" when it is Vietnamese already."""
    own = vietnamese(text)
    if own >= GOOD:
        return text, ""
    found = [(vietnamese(made), name, made) for name, call in REPAIRS.items() if (made := call(text)) != text]
    best = max(found, default=(0.0, "", text))
    return (best[2], best[1]) if best[0] >= GOOD and best[0] > own else (text, "")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of bytes and the name of their encoding; the name is "" when none gives Vietnamese."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "utf-16"
    if b"\0" in data[:400]:
        little = data[1:400:2].count(0) >= data[:400:2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", "replace"), "utf-16"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _eight_bits(data)
    made, how = repair(text)
    if how or vietnamese(made) >= GOOD:
        return made, how or "utf-8"
    return text, ""


def _eight_bits(data: bytes) -> tuple[str, str]:
    shown = data.decode("latin-1")
    tries = [("tcvn3", _from_tcvn3(shown)), ("vni", of_vni(shown)), ("cp1258", _cp1258(data))]
    score, name, text = max((vietnamese(text), name, text) for name, text in tries)
    return (text, name) if score >= GOOD else (data.decode("latin-1"), "")


def _cp1258(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("cp1258", "replace"))


def decode_as(data: bytes, encoding: str) -> str:
    """Return the text of bytes in the encoding that a person chose."""
    if encoding in REPAIRS:
        try:
            return REPAIRS[encoding](data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return REPAIRS[encoding](data.decode("latin-1"))
    if encoding == "cp1258":
        return _cp1258(data)
    return data.decode({"utf-8": "utf-8-sig"}.get(encoding, encoding), "replace")
