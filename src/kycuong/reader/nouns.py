"""Tell the words of a name from the words around it: where a name may begin, what ends it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kycuong.reader.lexicon import (
    ADVERBS,
    AGENCY_NOUNS,
    BRANCHES2,
    HEADS1,
    HEADS2,
    KEEPS2,
    NOT_AGENCIES2,
    NOUNS2,
    STOPS,
    STOPS2,
    UNITS,
    VERBS1,
    VERBS2,
)
from kycuong.reader.lines import Passage

_WORD = re.compile(r"[^\W_]+(?:[&/][^\W_]+)*|[^\w\s]|_")
PLURALS = frozenset(("các", "những", "toàn", "tất", "mọi", "từng", "mỗi", "một"))
TAILS2 = frozenset(
    "có liên,có thẩm,có chức,có nhu,có rừng,có biển,có đất,có dự,có tàu,có sử,có biên,có điều,liên"
    " quan,trực thuộc,ngang bộ,trung ương".split(",")
)
LIMIT = 90
_ADVERB = re.compile(r"(?:(?:" + "|".join(ADVERBS) + r")[, ]{1,2}(?:và )?)+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a passage, in small letters, with its place."""

    low: str
    start: int
    end: int
    upper: bool


_NOTHING = Word("", 0, 0, False)


def words_at(passage: Passage, index: int, limit: int = LIMIT) -> list[Word]:
    """Return the words from an index on, at most `limit` of them."""
    found = []
    for match in _WORD.finditer(passage.low, index):
        a, b = match.span()
        found.append(Word(match.group(), a, b, passage.raw[a].isupper()))
        if len(found) >= limit:
            break
    return found


def pair_at(words: list[Word], i: int) -> str:
    """Return a word and the one after it."""
    if i + 1 < len(words):
        return f"{words[i].low} {words[i + 1].low}"
    return words[i].low if i < len(words) else ""


def starts_with_verb(low: str) -> bool:
    """Tell whether the text begins like an order: an adverb or a verb, not the name of a body."""
    match = _ADVERB.match(low)
    if match and match.end() > 4:
        return True
    words = low.split(None, 2)[:2]
    if not words:
        return False
    one, two = words[0].strip(',;.:"()'), " ".join(words).strip(',;.:"()')
    two = two.replace(",", "")
    return two in VERBS2 or (one in VERBS1 and two not in HEADS2)


def head_at(words: list[Word], i: int) -> bool:
    """Tell whether a name of a body or an office holder begins at a word."""
    word, pair = words[i] if i < len(words) else _NOTHING, pair_at(words, i)
    if word.low in PLURALS:
        return _plural_head(words, i)
    if pair in NOT_AGENCIES2 or (pair == "cơ sở" and low_at(words, i + 2) in _FOUNDATIONS):
        return False
    if pair in HEADS2:
        return pair not in VERBS2 or _named_after(words, i)
    if pair == "trung ương":
        return word.upper and low_at(words, i + 2) in {"hội", "đoàn"}
    capital = i + 1 < len(words) and words[i + 1].upper
    if word.low == "tổng":
        return capital
    if (
        word.low not in HEADS1
        or pair in VERBS2
        or (pair == "phòng ," and low_at(words, i + 2) in {"chống", "tránh", "ngừa"})
    ):
        return False
    if word.upper or capital or word.low in {"ubnd", "hđnd", "ngành"}:
        return True
    return word.low in {"bộ", "sở"} and low_at(words, i + 1) == "," and low_at(words, i + 2) in {"ngành", "ban", "cơ"}


_FOUNDATIONS = frozenset({"dữ", "vật", "hạ", "pháp", "khoa", "lý"})


def low_at(words: list[Word], i: int) -> str:
    """Return a word in small letters, or nothing past the end."""
    return words[i].low if i < len(words) else ""


def _plural_head(words: list[Word], i: int) -> bool:
    j = i + 1
    while j < len(words) and words[j].low in {"cả", "thể", "các", "số", "những"}:
        j += 1
    if pair_at(words, j) in {"nhân dân", "người dân"}:
        return words[i].low in {"toàn", "mọi"}
    if j >= len(words) or pair_at(words, j) in NOT_AGENCIES2:
        return False
    return words[j].low in AGENCY_NOUNS or head_at(words, j) or (words[j].upper and words[j].low in HEADS1)


def _named_after(words: list[Word], i: int) -> bool:
    """Tell "Thanh tra tỉnh" (a body) from "Thanh tra, kiểm tra" (a verb)."""
    follow = words[i + 2] if i + 2 < len(words) else None
    if pair_at(words, i) == "quản lý":
        return False
    if pair_at(words, i) == "tổ chức" and follow is not None and follow.upper:
        return follow.low in {"đảng", "đoàn", "công", "y"} and pair_at(words, i + 2) not in NOT_AGENCIES2
    return follow is not None and (
        follow.upper
        or follow.low in {"tỉnh", "thành", "chính", "bộ", "sở", "nhà", "huyện", "xã", "liên", "có", "và", "cấp"}
        or (follow.low == "các" and (words[i].upper or pair_at(words, i) == "lãnh đạo"))
    )


def stops(words: list[Word], i: int, first: bool) -> bool:
    """Tell whether a word ends the name: a verb, a modal, a preposition in lower case."""
    word, pair = words[i], pair_at(words, i)
    previous = words[i - 1].low if i else ""
    if word.upper or word.low.isdigit() or pair in TAILS2 or _compound(words, i, previous):
        return False
    if pair == "tổ chức" and (first or previous in {"các", ",", "và", "những", "là", "mọi"}):
        return False
    if pair in KEEPS2:
        return not _kept(words, i, previous, first)
    if word.low in {"từ", "đến", "tới"}:
        return not (i + 1 < len(words) and words[i + 1].upper)
    return word.low in STOPS or pair in STOPS2 or pair in VERBS2


#: Nouns that would be verbs, with the word before that makes them nouns.
_COMPOUNDS = frozenset(
    {
        ("điều tra", "sát"),
        ("thông tin", "nghệ"),
        ("thông tin", "toàn"),
        ("thường xuyên", "dục"),
        ("phát triển", "và"),
        ("khai thác", "vụ"),
    }
)


def _compound(words: list[Word], i: int, previous: str) -> bool:
    """Tell whether a word closes a compound noun, though alone it would be a verb ("Đào tạo", "công trình")."""
    word, pair = words[i], pair_at(words, i)
    before = pair_at(words, i - 1) if i else ""
    if i and ((words[i - 1].upper and before in VERBS2) or before in BRANCHES2):
        return True
    if (pair in BRANCHES2 and previous == "và") or (pair, previous) in {
        ("đầu tư", "án"),
        ("đầu tư", "chủ"),
        ("xây dựng", "tư"),
    }:
        return True
    if (
        pair in NOUNS2
        or (pair, previous) in _COMPOUNDS
        or (word.low == "hàng" and previous in {"ngân", "khách", "cửa", "nhà"})
    ):
        return True
    if (previous, word.low) in {("thôn", "mới"), ("việc", "làm"), ("công", "lập")} or (
        pair == "hợp tác" and low_at(words, i + 2) == "xã"
    ):
        return True
    if word.low == "trình":
        return previous in {"công", "chương", "quy", "tiến", "lộ"}
    return word.low == "cấp" and (previous in PLURALS or previous in {"ngành", "và", ","})


def modal(words: list[Word], i: int) -> int:
    """Return where the modal after "được giao …" stands, or 0 when the name ends before "được"."""
    for j in range(i + 1, min(i + 26, len(words))):
        low = words[j].low
        if low in {"phải", "cần", "chịu"} or (low == "có" and words[j + 1 : j + 2] and words[j + 1].low == "trách"):
            return j
        if low in {".", ";", ","}:
            return 0
    return 0


def _kept(words: list[Word], i: int, previous: str, first: bool) -> bool:
    """Tell whether a verb is part of a name ("Ban quản lý", "cơ quan chủ trì", "trên địa bàn")."""
    pair = pair_at(words, i)
    if pair.split()[0] in {"trên", "trong", "tại", "cấp"}:
        return True
    if pair.startswith("được "):
        return False
    if (previous == "quan" and i > 1 and words[i - 2].low == "liên") or (
        pair == "chỉ đạo" and pair_at(words, i + 2) in VERBS2
    ):
        return False
    if first or previous in {
        "ban",
        "quan",
        "vị",
        ",",
        "bộ",
        "nghiệp",
        "đạo",
        "ngành",
        "phận",
        "và",
        "đạo,",
        "các",
        "chức",
        "phòng",
        "cán",
        "sở",
    }:
        following = words[i + 2] if i + 2 < len(words) else None
        if pair in {"chủ trì", "thường trực", "quản lý", "chỉ đạo", "phụ trách", "đại diện", "tư vấn"}:
            return previous in {"ban", "quan", "vị", "bộ", "và", "chức", "ngành"} and (
                pair != "chủ trì"
                or following is None
                or following.low in {"phải", "và", "có", "chịu", ".", ":", "thực", "cần", "nhiệm"}
            )
        if previous in {"ban", "và", ","}:
            return first or _still_noun(words, i)
        return (
            following is not None
            and following.low in {"chuyên", "nước", "khác", "có", "và", ","}
            and previous in {"quan", "chức", "vị", "nghiệp"}
        )
    return False


def _still_noun(words: list[Word], i: int) -> bool:
    tail = words[i + 2].low if i + 2 < len(words) else ""
    return tail in {"khác", "có", "liên", "và", ",", "của", "trên"} or words[i + 2 : i + 3] == []


def generic_start(words: list[Word]) -> bool:
    """Tell whether a partner named only by kind begins here ("địa phương", "doanh nghiệp", "ngành y tế")."""
    if not words:
        return False
    if words[0].low in UNITS or words[0].low in {"chính", "địa", "nhân", "các", "những", "phía", "bạn", "gia", "mặt"}:
        return pair_at(words, 0) not in VERBS2 and pair_at(words, 0) not in NOT_AGENCIES2
    return words[0].upper and pair_at(words, 0) not in VERBS2
