"""Repair what recognition confuses, only where nothing else can have been printed: numbers, labels, set phrases."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from kycuong.reader.fold import bare, lower
from kycuong.reader.lexicon import HEADS2, NOUNS2, VERBS2
from kycuong.reader.phrasebook import PHRASES

#: Words that stand freely before many others: a pair that begins with one is left alone.
_FREE = frozenset(
    "có là các cho để từ đến do được mở đã sẽ cả và với về của khi nếu mà thì ở tại theo trong trên dưới một những này đó".split()
)
#: Verbs that the lexicon lists with the first word of any object.
_OPENERS = frozenset(
    "tạo lập lấy ra rút mở nộp tăng sớm giao trình tự gắn đưa lên cử làm tiêm ký trực phát cấm chuyển mọi".split()
)
#: Phrases that differ from another real one by a diacritic only.
_DOUBLES = {"học viện", "tỉnh đoàn", "ban quản", "hằng tháng", "hằng năm", "người đứng"}
_ALWAYS = {"chỉ tiết": "chi tiết", "chỉ phí": "chi phí", "chỉ cục": "chi cục"}
_PAIR = re.compile(r"(?<![^\W\d_])(?<!-)([^\W\d_]{1,7}) (?=([^\W\d_]{1,7})(?![^\W\d_]))")

_NUMBERED = re.compile(r"^(?:S[oóòõôồốổỗộ06]|[5$][oốó])\s?[:.;]\s?(?=\d|/)")
_FIGURE = re.compile(r"\b((?:ngày|tháng|năm) )(?:[IlO|o]\d|\d[IlO|o])\b|([A-ZĐ])[Il|](?=\d{1,2}\b)|(\d)[lI](?=/\d)")
_DIGITS = str.maketrans("IlO|o", "11010")
#: Kinds of papers in the sign after the number, as they are misread before the office that signs.
_SIGN = re.compile(r"(?<=/)(GT|QD|QÐ|CD|CÐ|KII|NO|ND|NÐ)(?=-(?:UBND|TTg|CP|HĐND|TU|BNV|VP))")
_SIGNS = {"GT": "CT", "QD": "QĐ", "QÐ": "QĐ", "CD": "CĐ", "CÐ": "CĐ", "KII": "KH", "NO": "NQ", "ND": "NĐ", "NÐ": "NĐ"}
_PROVINCE = re.compile(r"^T[IĨÌÍỊ]NH (?=[A-ZÀ-ỸĐ ]+$)")
_ARTICLE = re.compile(r"^[DĐÐ][iìíĩ][êềếểeé]u (?=\d{1,3}\b)")
_ROMAN = re.compile(r"^([IVXHl1]{1,5})(\.\s?|\s)(?=[A-ZĐÀ-Ỹ]{2})")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_LABEL = re.compile(r"^(\S)\) (?=\S)")
_LABELS = "abcdđeghiklmnopqrstuvxy"


def mend(text: str) -> str:
    """Return a recognised text with its sure confusions repaired."""
    lines = [_line(line) for line in text.split("\n")]
    _letter(lines)
    _place(lines)
    return "\n".join(lines)


def mend_headings(texts: list[str]) -> list[str]:
    """Return the pages of a paper with its Roman numerals in order: II after I, though H or l was seen."""
    pages = [text.split("\n") for text in texts]
    seen = [
        (lines, i, match)
        for lines in pages
        for i, line in enumerate(lines)
        if (match := _ROMAN.match(line)) and line[match.end() :].isupper()
    ]
    if not any(match.group(1) in _ROMANS for _, _, match in seen):
        return texts
    for wanted, (lines, i, match) in zip(_ROMANS, seen, strict=False):
        if _like(match.group(1), wanted):
            lines[i] = f"{wanted}. {lines[i][match.end() :]}"
        else:
            break
    return ["\n".join(lines) for lines in pages]


def _like(seen: str, wanted: str) -> bool:
    """Tell whether a Roman numeral may have been seen as another: strokes run together or get lost."""
    strokes = seen.replace("H", "II").replace("l", "I").replace("1", "I")
    return strokes == wanted or (abs(len(strokes) - len(wanted)) == 1 and sorted({*strokes}) == sorted({*wanted}))


def _line(line: str) -> str:
    line = _NUMBERED.sub("Số: ", line)
    line = _FIGURE.sub(_figure, line)
    line = _SIGN.sub(lambda m: _SIGNS[m.group()], line)
    line = _PROVINCE.sub("TỈNH ", line)
    line = _ARTICLE.sub("Điều ", line)
    return _in_pairs(line)


def _figure(match: re.Match[str]) -> str:
    """Read the letters that stand for figures behind the part of the match that is kept."""
    kept = next(group for group in match.groups() if group is not None)
    return kept + match.group()[len(kept) :].translate(_DIGITS)


def _in_pairs(line: str) -> str:
    """Repair the pairs of words that must be a set phrase; a word that is part of a right phrase is left alone."""
    pairs = list(_PAIR.finditer(line))
    right = [m for m in pairs if lower(f"{m.group(1)} {m.group(2)}") in _ALL]
    firm = {m.start(1) for m in right} | {m.start(2) for m in right}
    out = list(line)
    for match in pairs:
        if firm & {match.start(1), match.start(2)}:
            continue
        first, second = match.groups()
        if first.istitle() and second.istitle() and _named(line[: match.start()]):
            continue
        meant = _meant(first, second)
        if meant:
            out[match.start() : match.start() + len(meant)] = meant
            firm |= {match.start(1), match.start(2)}
    return "".join(out)


def _named(before: str) -> bool:
    """Tell whether a capitalised word stands right before: then the pair is part of a person's name."""
    word = before.rstrip().rpartition(" ")[2]
    return before.endswith(" ") and word.istitle()


def _meant(first: str, second: str) -> str | None:
    """Return the phrase that was printed where another was seen; it has the same length and the same case.

    One word of a phrase may be seen wrong; both only where every diacritic is gone.
    """
    pair = f"{first} {second}"
    low = lower(pair)
    known = _ALWAYS.get(low) or _known().get(bare(low))
    if known is None or (_FREE & set(low.split()) and low not in _ALWAYS):
        return None
    one, other = known.split()
    if lower(first) != one and lower(second) != other and bare(low) != low:
        return None
    return "".join(b.upper() if a.isupper() else b for a, b in zip(pair, known, strict=True))


@cache
def _known() -> dict[str, str]:
    """Return each phrase under its letters without diacritics; a phrase that two could be is left out."""
    count = Counter(bare(phrase) for phrase in _ALL)
    return {bare(phrase): phrase for phrase in _ALL if count[bare(phrase)] == 1}


def _all() -> frozenset[str]:
    own = {lower(" ".join(phrase.split())) for phrase in PHRASES.replace("\n", " ").split(",")}
    more = {lower(p) for p in (*VERBS2, *NOUNS2, *HEADS2) if p.count(" ") == 1 and p.partition(" ")[0] not in _OPENERS}
    return frozenset(own | more) - _DOUBLES


_ALL = _all()


def _letter(lines: list[str]) -> None:
    """Put the letters of items in order, in place: đ) after d), g) after e), whatever sign was seen."""
    before = ""
    for i, line in enumerate(lines):
        match = _LABEL.match(line)
        if not match:
            continue
        seen = match.group(1)
        wanted = _after(before)
        if wanted and seen != wanted and (seen not in _LABELS + "12345" or {seen, wanted} == {"d", "đ"}):
            lines[i] = f"{wanted}{line[1:]}"
            seen = wanted
        before = seen


_DATED = re.compile(r"^(?:Tp\.? ?|TP\.? ?)?([A-ZÀ-ỸĐ][^\W\d_]*(?: [A-ZÀ-ỸĐ][^\W\d_]*){0,3}), ngày ")


def _place(lines: list[str]) -> None:
    """Give the capitals of the letterhead the diacritics of the place before the date."""
    place = next((match.group(1) for line in lines[:12] if (match := _DATED.match(line))), "")
    for i, line in enumerate(lines[: 6 if place else 0]):
        tail = line[-len(place) :]
        if line.isupper() and tail != place.upper() and bare(lower(tail)) == bare(lower(place)):
            lines[i] = line[: -len(place)] + place.upper()


def _after(letter: str) -> str:
    at = _LABELS.find(letter) if letter else -1
    return _LABELS[at + 1] if 0 <= at < len(_LABELS) - 1 else ""
