"""Read text written before Unicode: TCVN3 (ABC, .VnTime), VNI (two characters a letter), and UTF-8 taken for Windows-1252.

A text is changed only where the change makes Vietnamese of what was none, and never a line that holds a letter which only
Unicode has.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress

from kycuong.reader.plausible import share, syllable, toned

_MARKS = "\u0300\u0309\u0303\u0301\u0323"  # grave, hook, tilde, acute, dot: the order of the national standard


def _tones(vowels: str) -> list[str]:
    return [unicodedata.normalize("NFC", vowel + mark) for vowel in vowels for mark in _MARKS]


_TCVN3_CODES = bytes.fromhex(
    "b5b6b7b8b9 bbbcbdbec6 c7c8c9cacb cccecfd0d1 d2d3d4d5d6 d7d8dcddde dfe1e2e3e4 e5e6e7e8e9 eaebecedee eff1f2f3f4"
    " f5f6f7f8f9 fafbfcfdfe"
)
_BASES = dict(zip(bytes.fromhex("a8a9aeaaabacad a1a2a7a3a4a5a6"), "ăâđêôơưĂÂĐÊÔƠƯ", strict=True))
_TCVN3_BYTES = dict(zip(_TCVN3_CODES, _tones("aăâeêioôơuưy"), strict=True)) | _BASES
#: Capitals with a tone, and tones alone: the full standard has them, the fonts of ABC print small letters as capitals.
_FULL_BYTES = _TCVN3_BYTES | dict(
    zip(
        bytes.fromhex(
            "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f afbabfc0c1c2c3c4c5cdd9dadbe0f0ff"
            " 010204050611121314151617 b0b1b2b3b4"
        ),
        "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ" + "ẰẲẴẮẦẨẪẤỀỂỄẾỒỔỖỐ" + "ÚỤỪỬỮỨỰỲỶỸÝỴ" + _MARKS,
        strict=True,
    )
)


def _sloppy(code: int) -> str:
    """Return the character that Windows-1252 shows for a byte; the five bytes it lacks stay control characters."""
    try:
        return bytes([code]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(code)


_SHOWN = {_sloppy(code): code for code in range(128, 256)} | {chr(code): code for code in range(128, 160)}
_TCVN3 = {shown: _TCVN3_BYTES[code] for shown, code in _SHOWN.items() if code in _TCVN3_BYTES}
_FULL = {shown: _FULL_BYTES[code] for shown, code in _SHOWN.items() if code in _FULL_BYTES} | {
    chr(code): letter for code, letter in _FULL_BYTES.items() if code < 32
}
#: What only the full standard writes: a capital with a tone beside another capital.
_FULL_USED = re.compile(
    "[A-Z\u00a1-\u00a7][\u20ac\u201a\u0192\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u0081\u008d\u008f\u0090\u02dc"
    "\u0161\u203a\u0153\u009d\x01-\x06\x11-\x17][A-Z ]"
)

_VNI_PLAIN, _VNI_HAT, _VNI_BREVE = "øûõùï", "àåãáä", "èúüéë"  # in the order of _MARKS


def _vni() -> dict[str, str]:
    table: dict[str, str] = {"ñ": "đ", "ô": "ơ", "ö": "ư", "aâ": "â", "eâ": "ê", "oâ": "ô", "aê": "ă",
                             "ì": "ì", "æ": "ỉ", "ó": "ĩ", "í": "í", "ò": "ị", "î": "ỵ"}  # fmt: skip
    families = (
        ("aeouy", "aeouy", _VNI_PLAIN),
        ("ôö", "ơư", _VNI_PLAIN),
        ("aeo", "âêô", _VNI_HAT),
        ("a", "ă", _VNI_BREVE),
    )
    for written, meant, signs in families:
        for letter, vowel in zip(written, meant, strict=True):
            for sign, mark in zip(signs, _MARKS, strict=True):
                table[letter + sign] = unicodedata.normalize("NFC", vowel + mark)
    return (
        table
        | {k.upper(): v.upper() for k, v in table.items()}
        | {k[0].upper() + k[1:]: v.upper() for k, v in table.items()}
    )


_VNI = _vni()
_VNI_RX = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
#: Letters that no old encoding shows: a line that holds one is Unicode already.
_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")
_HIGH = re.compile("[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]")
_BROKEN_U = re.compile(r"\b([^\W\d_]{1,3})-([^\W\d_]{1,4})\b")
_MOJIBAKE = re.compile(
    "(?:[Ãâä-åæÄÅÆá][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]+)"
)


def of_tcvn3(text: str) -> str:
    """Return what a text of TCVN3 says, given as Windows-1252 shows it."""
    table = _FULL if _FULL_USED.search(text) else _TCVN3
    plain = unicodedata.normalize("NFC", "".join(table.get(c, c) for c in text))
    return "\n".join(_capitals(line) for line in _BROKEN_U.sub(_with_u, plain).split("\n"))


def _capitals(line: str) -> str:
    """Print small letters with tones as capitals inside words, and beside words, that are printed in capitals."""
    if not _CAPITAL.search(line):
        return line
    words = line.split(" ")
    shouted = [_shouted(word) for word in words]
    for i, word in enumerate(words):
        beside = [*shouted[max(0, i - 1) : i], *shouted[i + 1 : i + 2]]
        if shouted[i] or (beside and all(beside) and _small(word)):
            words[i] = word.upper()
    return " ".join(words)


_CAPITAL = re.compile(r"[^\W\d_a-zà-ỹđ]{2}|[à-ỹ][A-ZĂÂĐÊÔƠƯ]")


def _shouted(word: str) -> bool:
    """Tell a word of two or more letters that are capitals but for those that have no capital in the encoding."""
    letters = [c for c in word if c.isalpha()]
    if any(c.isdigit() or c == "/" for c in word):
        return False
    plain = [c for c in letters if c not in _TONED]
    return (
        len(letters) > 1
        and bool(plain)
        and all(c.isupper() for c in plain)
        and (len(plain) > 1 or letters[0] in _TONED)
    )


def _small(word: str) -> bool:
    """Tell a word whose only small letters are those that have no capital: Uỷ, Số beside capitals."""
    letters = [c for c in word if c.isalpha()]
    return bool(letters) and all(c.isupper() or c in _TONED for c in letters)


_TONED = frozenset(_tones("aăâeêioôơuưy"))


def _with_u(match: re.Match[str]) -> str:
    """Put back the letter ư that many programs turn into a hyphen: tr-ởng."""
    first, second = match.groups()
    whole = f"{first}ư{second}"
    return whole if syllable(whole) and not syllable(first) else match.group()


def of_vni(text: str) -> str:
    """Return what a text of VNI says, given as Windows-1252 shows it."""
    return _VNI_RX.sub(lambda m: _VNI[m.group()], text)


def of_mojibake(text: str) -> str:
    """Return what UTF-8 said before somebody took it for Windows-1252; the text itself where that cannot be."""
    codes = bytearray()
    for c in text:
        code = ord(c) if ord(c) < 128 else _SHOWN.get(c)
        if code is None:
            return text
        codes.append(code)
    try:
        return codes.decode("utf-8")
    except UnicodeDecodeError:
        return text


def mended(text: str) -> str:
    """Return a text with its old encodings read, line by line; Unicode lines stay as they are."""
    if not _HIGH.search(text):
        return text
    if len(_MOJIBAKE.findall(text[:50_000])) >= 3:
        text = "\n".join(_unmangled(line) for line in text.split("\n"))
    form = form_of(text)
    if form is None:
        return text
    decode = of_tcvn3 if form == "tcvn3" else of_vni
    mixed = _UNICODE.search(text) is not None
    return "\n".join(_better(line, decode(line), mixed) for line in text.split("\n"))


def _unmangled(line: str) -> str:
    if not _HIGH.search(line) or _UNICODE.search(line):
        return line
    return of_mojibake(line)


def _better(line: str, decoded: str, mixed: bool) -> str:
    """Return the decoded line, or the line where it is Unicode: in a mixed text the decoded one must be the better."""
    if decoded == line or _UNICODE.search(line):
        return line
    return line if mixed and share(decoded) <= share(line) else decoded


def lacks_u(text: str) -> bool:
    """Tell whether a text of TCVN3 lost the soft hyphens that stand for ư without a tone: one word in ten has it."""
    letters = sum(c.isalpha() for c in text)
    return letters > 400 and text.count("ư") * 400 < letters


def with_u(text: str) -> str:
    """Put the letter ư back where nothing else can have stood: trờng, đợc, nhng."""
    return _NO_U.sub(lambda m: "ư" + m.group() if m.group() in _O else _HAD_U[m.group()], text)


_O = frozenset("ơờởỡớợ")
_HAD_U = {"nhng": "nhưng", "Nhng": "Nhưng", "ngời": "người", "Ngời": "Người", "trng": "trưng"}
_NO_U = re.compile(r"(?<!ư)[ơờởỡớợ](?=(?:ng|c|u)\b)|\b(?:[Nn]hng|[Nn]gời|trng)\b")


def form_of(text: str) -> str | None:
    """Tell in which old encoding a text is written: tcvn3, vni, or None."""
    lines = [line for line in text.split("\n")[:4000] if _HIGH.search(line)]
    old = [line for line in lines if not _UNICODE.search(line)]
    if not old or len(old) * 3 < len(lines):
        return None
    sample = "\n".join(old)[:20_000]
    before = share(sample)
    found = max((share(decode(sample)), form) for form, decode in (("tcvn3", of_tcvn3), ("vni", of_vni)))
    decoded = of_tcvn3(sample) if found[1] == "tcvn3" else of_vni(sample)
    return found[1] if found[0] >= 0.75 and found[0] > before + 0.12 and toned(decoded) else None


def of_bytes(data: bytes) -> str | None:
    """Return the text of bytes that are not UTF-8: TCVN3, VNI or Windows-1258, whichever makes Vietnamese."""
    shown = "".join(chr(b) if b < 128 else _sloppy(b) for b in data)
    candidates = [of_tcvn3(shown), of_vni(shown)]
    with suppress(UnicodeDecodeError):
        candidates.append(unicodedata.normalize("NFC", data.decode("cp1258")))
    best = max(candidates, key=lambda text: share(text[:50_000]))
    return best if share(best) >= 0.6 and toned(best) else None


def of_font(text: str, font: str) -> str:
    """Return the text of a run whose font says its encoding: .VnTime, .VnTimeH (capitals), VNI-Times."""
    if _UNICODE.search(text):
        return text
    low = font.lower()
    if low.startswith(".vn"):
        plain = of_tcvn3(text)
        return plain.upper() if low.endswith("h") else plain
    return of_vni(text) if low.startswith("vni-") else text


def is_unicode(text: str) -> bool:
    """Tell whether a text holds a Vietnamese letter that only Unicode has."""
    return _UNICODE.search(text) is not None


def is_old_font(font: str) -> bool:
    """Tell whether a font shows an old encoding."""
    return font.lower().startswith((".vn", "vni-"))


def encode(text: str, form: str) -> bytes:
    """Write a text in vni, tcvn (the full standard) or tcvn3, as typed: capitals with a tone become small letters.

    What the encoding lacks becomes a question mark.
    """
    text = unicodedata.normalize("NFC", text).replace("\xa0", " ")
    if form == "vni":
        back = {v: k for k, v in reversed(_VNI.items())}
        return "".join(back.get(c, c) for c in text).encode("cp1252", "replace")
    codes = {letter: code for code, letter in (_FULL_BYTES if form == "tcvn" else _TCVN3_BYTES).items()}
    codes |= {letter: code for letter, code in _SHOWN.items() if letter in "“”‘’–—…•§©«»°²"} if form == "tcvn3" else {}
    small = form == "tcvn3"
    out = bytearray()
    for c in text:
        pieces = [c] if c in codes or ord(c) < 128 else [c.lower()] if small and c.lower() in codes else _apart(c)
        out += bytes(codes.get(p, ord(p) if ord(p) < 128 else 63) for p in pieces)
    return bytes(out)


def _apart(letter: str) -> list[str]:
    """Return a letter and its tone apart: Ấ is Â and an acute."""
    apart = unicodedata.normalize("NFD", letter)
    return [unicodedata.normalize("NFC", apart[:-1]), apart[-1]] if len(apart) > 1 else [letter]
