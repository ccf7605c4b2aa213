"""Recognise how Vietnamese was written as bytes, and put right what went through a wrong encoding.

A text is taken for Vietnamese when its words with letters outside ASCII are Vietnamese syllables. No name is garbled in
silence: a file for which no encoding gives Vietnamese is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

_TONES: Final = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
#: A syllable without its tone: onset, one to three vowels, one of eight endings.
_SYLLABLE: Final = re.compile(
    r"(?:ngh|ng|nh|gh|gi|ch|kh|ph|th|tr|qu|[bcdđghklmnpqrstvx])?[aăâeêioôơuưy]{1,3}(?:ch|nh|ng|[cmnpt])?"
)
_WORD: Final = re.compile(r"[^\W\d_]+")

#: TCVN 5712:1993 (ABC): the bytes of fonts .VnTime; capitals with a tone are the small letters in a capital font.
_TCVN3: Final = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)


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


def from_tcvn3(text: str) -> str:
    """Return a text of TCVN3 letters, read as Latin ones, in Unicode; words of capitals stay capitals."""
    made = "".join(_TCVN3.get(letter, letter) for letter in text)
    return _WORD.sub(lambda match: _capitals(match.group()), made)


def _capitals(word: str) -> str:
    """Return a word whose ASCII letters are all capitals in capitals: a capital font prints its small letters so.

    One capital before a single letter may be the beginning of a name (Sở) and stays.
    """
    plain = [letter for letter in word if letter.isascii()]
    enough = len(plain) > 1 or not word[0].isascii()
    return word.upper() if plain and enough and all(letter.isupper() for letter in plain) else word


def from_mojibake(text: str) -> str:
    """Return a text of UTF-8 bytes read as Windows-1252 put right. Raises: UnicodeError."""
    held = bytearray()
    for letter in text:
        try:
            held += letter.encode("cp1252")
        except UnicodeEncodeError:
            held += letter.encode("latin-1")  # the five bytes that Windows-1252 leaves undefined
    return held.decode("utf-8")


#: How to put a text right whose letters are Unicode but not the ones meant.
REPAIRS: Final[dict[str, Callable[[str], str]]] = {"mojibake": from_mojibake, "tcvn3": from_tcvn3}
GOOD: Final = 0.85


def repair(text: str) -> tuple[str, str]:
    """Return a text put right and the name of the repair; the text itself and "" when it is Vietnamese already."""
    own = vietnamese(text)
    if own >= GOOD:
        return text, ""
    found = [(vietnamese(made), name, made) for name, made in _repaired(text)]
    best = max(found, default=(0.0, "", text))
    return (best[2], best[1]) if best[0] >= GOOD and best[0] > own else (text, "")


def _repaired(text: str) -> Iterator[tuple[str, str]]:
    for name, call in REPAIRS.items():
        try:
            yield name, call(text)
        except UnicodeError:
            continue


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
    tries = [("tcvn3", from_tcvn3(data.decode("latin-1"))), ("cp1258", _cp1258(data))]
    score, name, text = max((vietnamese(text), name, text) for name, text in tries)
    return (text, name) if score >= GOOD else (data.decode("latin-1"), "")


def _cp1258(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("cp1258", "replace"))


def decode_as(data: bytes, encoding: str) -> str:
    """Return the text of bytes in the encoding that a person chose."""
    if encoding == "tcvn3":
        try:
            return from_tcvn3(data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return from_tcvn3(data.decode("latin-1"))
    if encoding == "mojibake":
        return from_mojibake(data.decode("utf-8-sig", "replace"))
    if encoding == "cp1258":
        return _cp1258(data)
    return data.decode({"utf-8": "utf-8-sig"}.get(encoding, encoding), "replace")
