"""Read names of bodies and office holders: where a name begins, how a list is split, where it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kycuong.reader.lexicon import (
    ADVERBS,
    AGENCY_NOUNS,
    HEADS1,
    HEADS2,
    KEEPS2,
    NOT_AGENCIES2,
    STOPS,
    STOPS2,
    UNITS,
    VERBS1,
    VERBS2,
)
from kycuong.reader.lines import Passage
from kycuong.reader.shapes import Party

_WORD = re.compile(r"[^\W_]+(?:[&/][^\W_]+)*|[^\w\s]|_")
_PLURALS = frozenset(("các", "những", "toàn", "tất", "mọi", "từng", "mỗi", "một"))
_SPLITS2 = frozenset({"chính quyền", "lực lượng", "người đứng", "cấp ủy", "chủ đầu", "chủ rừng", "doanh nghiệp"})
_TAILS2 = frozenset(
    "có liên,có thẩm,có chức,có nhu,có rừng,có biển,có đất,có dự,có tàu,có sử,có biên,có điều,liên quan,trực thuộc,ngang bộ,trung ương".split(",")
)
_ADVERB = re.compile(r"(?:(?:" + "|".join(ADVERBS) + r")[, ]{1,2}(?:và )?)+")
_GENERIC_LAST = frozenset(("khác", "liên", "quan", "nêu", "trên", "này", "đó", "sau"))
LIMIT = 90


@dataclass(frozen=True, slots=True)
class Names:
    """A list of names: their index spans in the passage, where it ends, and the word after it."""

    spans: tuple[tuple[int, int], ...]
    end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class _Word:
    low: str
    start: int
    end: int
    upper: bool


def _words(passage: Passage, index: int) -> list[_Word]:
    found = []
    for match in _WORD.finditer(passage.low, index):
        a, b = match.span()
        found.append(_Word(match.group(), a, b, passage.raw[a].isupper()))
        if len(found) >= LIMIT:
            break
    return found


def _pair(words: list[_Word], i: int) -> str:
    if i + 1 < len(words):
        return f"{words[i].low} {words[i + 1].low}"
    return words[i].low if i < len(words) else ""


@lru_cache(maxsize=4096)
def _verb_key(one: str, two: str) -> bool:
    return two in VERBS2 or one in VERBS1


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


def head_at(words: list[_Word], i: int) -> bool:
    """Tell whether a name of a body or an office holder begins at a word."""
    if i >= len(words):
        return False
    word, pair = words[i], _pair(words, i)
    if word.low in _PLURALS:
        return _plural_head(words, i)
    if pair in NOT_AGENCIES2:
        return False
    if pair in HEADS2:
        return pair not in VERBS2 or _named_after(words, i)
    if word.low in HEADS1:
        if pair in VERBS2 or pair in NOT_AGENCIES2:
            return False
        return word.upper or (i + 1 < len(words) and words[i + 1].upper) or word.low in {"ubnd", "hđnd", "ngành"} or (
            word.low in {"bộ", "sở"} and [w.low for w in words[i + 1 : i + 3]] in ([",", "ngành"], [",", "ban"], [",", "cơ"])
        )
    return False


def _plural_head(words: list[_Word], i: int) -> bool:
    j = i + 1
    while j < len(words) and words[j].low in {"cả", "thể", "các", "số", "những"}:
        j += 1
    if j >= len(words) or _pair(words, j) in NOT_AGENCIES2:
        return False
    return words[j].low in AGENCY_NOUNS or head_at(words, j) or (words[j].upper and words[j].low in HEADS1)


def _named_after(words: list[_Word], i: int) -> bool:
    """Tell "Thanh tra tỉnh" (a body) from "Thanh tra, kiểm tra" (a verb)."""
    follow = words[i + 2] if i + 2 < len(words) else None
    if _pair(words, i) == "quản lý":
        return False
    return follow is not None and (follow.upper or follow.low in {"tỉnh", "thành", "chính", "bộ", "sở", "nhà", "huyện", "xã", "liên", "có", "và", "cấp"})


def _stops(words: list[_Word], i: int, first: bool) -> bool:
    """Tell whether a word ends the name: a verb, a modal, a preposition in lower case."""
    word, pair = words[i], _pair(words, i)
    previous = words[i - 1].low if i else ""
    if word.upper or word.low.isdigit() or (i and words[i - 1].upper and _pair(words, i - 1) in VERBS2):
        return False
    if (pair == "đầu tư" and previous == "án") or (pair == "xây dựng" and previous == "tư"):
        return False
    if word.low == "trình" and previous in {"công", "chương", "quy", "tiến", "lộ"}:
        return False
    if word.low == "cấp" and (previous in _PLURALS or previous in {"ngành", "và", ","}):
        return False
    if pair == "tổ chức" and (first or previous in {"các", ",", "và", "những", "là", "mọi"}):
        return False
    if pair in _TAILS2:
        return False
    if pair in KEEPS2:
        return not _kept(words, i, previous, first)
    if word.low == "từ" or word.low in {"đến", "tới"}:
        return not (i + 1 < len(words) and words[i + 1].upper)
    return word.low in STOPS or pair in STOPS2 or pair in VERBS2


def _modal(words: list[_Word], i: int) -> int:
    """Return where the modal after "được giao …" stands, or 0 when the name ends before "được"."""
    for j in range(i + 1, min(i + 26, len(words))):
        low = words[j].low
        if low in {"phải", "cần", "chịu"} or (low == "có" and words[j + 1 : j + 2] and words[j + 1].low == "trách"):
            return j
        if low in {".", ";", ","}:
            return 0
    return 0


def _kept(words: list[_Word], i: int, previous: str, first: bool) -> bool:
    """Tell whether a verb is part of a name ("Ban quản lý", "cơ quan chủ trì", "trên địa bàn")."""
    pair = _pair(words, i)
    if pair.split()[0] in {"trên", "trong", "tại", "cấp"}:
        return True
    if pair.startswith("được "):
        return False
    if first or previous in {"ban", "quan", "vị", ",", "bộ", "nghiệp", "đạo", "ngành", "phận", "và", "đạo,", "các", "chức", "phòng", "cán", "sở"}:
        following = words[i + 2] if i + 2 < len(words) else None
        if pair in {"chủ trì", "thường trực", "quản lý", "chỉ đạo", "phụ trách", "đại diện", "tư vấn"}:
            return previous in {"ban", "quan", "vị", "bộ", "và", "chức", "ngành"} and (
                pair != "chủ trì" or following is None or following.low in {"phải", "và", "có", "chịu", ".", ":", "thực", "cần", "nhiệm"}
            )
        if previous in {"ban", "và", ","}:
            return first or _still_noun(words, i)
        return following is not None and following.low in {"chuyên", "nước", "khác", "có", "và", ","} and previous in {"quan", "chức", "vị", "nghiệp"}
    return False


def _still_noun(words: list[_Word], i: int) -> bool:
    tail = words[i + 2].low if i + 2 < len(words) else ""
    return tail in {"khác", "có", "liên", "và", ",", "của", "trên"} or words[i + 2 : i + 3] == []


def scan(passage: Passage, index: int, generic: bool = False) -> Names | None:
    """Read a list of names that begins at an index; None when no name begins there."""
    words = _words(passage, index)
    if not words or not (head_at(words, 0) or (generic and _generic_start(words))):
        return None
    return _Scan(words, generic).run()


def _generic_start(words: list[_Word]) -> bool:
    """Tell whether a partner named only by kind begins here ("địa phương", "doanh nghiệp", "ngành y tế")."""
    if not words:
        return False
    if words[0].low in UNITS or words[0].low in {"chính", "địa", "nhân", "các", "những", "phía", "bạn", "gia", "mặt"}:
        return _pair(words, 0) not in VERBS2 and _pair(words, 0) not in NOT_AGENCIES2
    return words[0].upper and _pair(words, 0) not in VERBS2


class _Scan:
    """Walk over the words of a list of names, splitting at separators before a full name."""

    def __init__(self, words: list[_Word], generic: bool) -> None:
        self.words = words
        self.generic = generic
        self.spans: list[tuple[int, int]] = []
        self.first = 0
        self.i = 0
        self.colon = False

    def run(self) -> Names | None:
        """Walk to the end of the list."""
        while self.i < len(self.words):
            word = self.words[self.i]
            if word.low in {",", ";", "và"} or _pair(self.words, self.i) in {"nhất là", "cùng với"}:
                if not self._separator():
                    break
            elif word.low == "(":
                if not self._parenthesis():
                    break
            elif word.low == ":":
                if not self._colon():
                    break
                self.i += 1
            elif not word.low[0].isalnum() and word.low not in {"-", "&", "/", '"', "'", ":"}:
                break
            elif word.low == "được" and (modal := _modal(self.words, self.i)):
                self.i = modal
                break
            elif self.i > self.first and _stops(self.words, self.i, False):
                break
            else:
                self.i += 1
        return self._close()

    def _close(self) -> Names | None:
        self._take(self.i)
        if not self.spans:
            return None
        after = self.words[self.i] if self.i < len(self.words) else None
        return Names(tuple(self.spans), after.start if after else self.words[-1].end, after is None or len(self.words) < LIMIT)

    def _take(self, stop: int) -> None:
        while stop > self.first and self.words[stop - 1].low in {",", "-", "&", "/", '"', "'", ":"}:
            stop -= 1
        if stop > self.first:
            self.spans.append((self.words[self.first].start, self.words[stop - 1].end))
        self.first = self.i

    def _separator(self) -> bool:
        """Pass a separator; False when the list ends before it."""
        j = self.i
        while j < len(self.words) and (self.words[j].low in {",", "và", "nhất", "là", "cùng", "với"}):
            j += 1
        semicolon = j < len(self.words) and self.words[j].low == ";"
        if semicolon:
            j += 1
            while j < len(self.words) and self.words[j].low == "và":
                j += 1
        if j >= len(self.words):
            return False
        if not semicolon and j > self.i and self._goes_on(j):
            self.i = j
            return True
        if head_at(self.words, j):
            self._take(self.i)
            self.i = self.first = j
            return True
        return False

    def _goes_on(self, j: int) -> bool:
        """Tell whether what follows the separator still belongs to the same name."""
        word, pair = self.words[j], _pair(self.words, j)
        plural = self._plural()
        if self.words[self.i - 1].low == "phòng" and word.low in {"chống", "tránh", "ngừa", "cháy", "chữa"}:
            self.words[j] = _Word("x", word.start, word.end, True)
            return True
        if pair in _TAILS2:
            return True
        if word.low in {"ubnd", "ủy", "hđnd"} and self._joint_office():
            return True
        if self.colon and pair in {"công an", "thanh tra", "tư pháp", "kiểm toán"} and not _unit_after(self.words, j + 2):
            return True
        if word.upper:
            return not head_at(self.words, j) and (pair not in VERBS2 or self._title_list()) and self._name_list(j)
        if word.low in _PLURALS or pair in _SPLITS2 and pair.split()[0] != "chủ":
            return False
        if _stops(self.words, j, True):
            return False
        if plural:
            if word.low == "cơ" and self.words[self.first].low in {"ubnd", "ủy"}:
                return False
            return word.low in UNITS or head_at(self.words, j) or self._noun_list(j)
        return word.low in {"xã", "phường", "thị", "đặc", "huyện", "quận", "thành", "ban", "ngành", "đoàn"}

    def _joint_office(self) -> bool:
        """Tell whether the name so far is "Văn phòng HĐND", "Văn phòng Đoàn ĐBQH": one office of two bodies."""
        head = " ".join(w.low for w in self.words[self.first : self.i])
        return self.words[self.i].low == "và" and head.startswith(("văn phòng hđnd", "văn phòng hội đồng", "văn phòng đoàn")) and "ubnd" not in head

    def _title_list(self) -> bool:
        """Tell whether the name so far is a proper name that may go on ("Bộ Văn hóa, Thể thao …")."""
        return self.words[self.first].low in {"bộ", "sở", "cục", "vụ", "ban", "phòng", "các", "chi"}

    def _name_list(self, j: int) -> bool:
        return self.words[j].low.isalpha() and self.words[j].low not in {"nơi", "kính"}

    def _noun_list(self, j: int) -> bool:
        """Tell whether an unknown word still lists kinds ("các cơ quan báo chí, phát thanh, truyền hình khác")."""
        tail = [w.low for w in self.words[j : j + 8]]
        for k, low in enumerate(tail):
            if low in {"khác", "liên"} or (low == "có" and tail[k + 1 : k + 2] == ["liên"]):
                return True
            if low in {".", ";", ":"} or low in STOPS:
                return False
        return False

    def _plural(self) -> bool:
        head = [w.low for w in self.words[self.first : self.i]]
        return any(w in _PLURALS for w in head) or head[:2] in (["thủ", "trưởng"], ["cán", "bộ"], ["giám", "đốc"], ["lãnh", "đạo"]) or (
            bool(head) and not self.words[self.first].upper and head[0] in UNITS
        )

    def _parenthesis(self) -> bool:
        for j in range(self.i + 1, min(self.i + 40, len(self.words))):
            if self.words[j].low == ")":
                self._take(self.i)
                self.i = self.first = j + 1
                follow = self.words[j + 1] if j + 1 < len(self.words) else None
                if follow is None or follow.low in {",", ";", "và"}:
                    return follow is not None and self._after_parenthesis()
                return False
        return False

    def _after_parenthesis(self) -> bool:
        j = self.i
        while j < len(self.words) and self.words[j].low in {",", ";", "và"}:
            j += 1
        if head_at(self.words, j):
            self.i = self.first = j
            return True
        return False

    def _colon(self) -> bool:
        """Pass the colon of "Các Bộ: Quốc phòng, Công an"; a colon elsewhere ends the list."""
        head = {w.low for w in self.words[self.first : self.i]}
        follow = self.words[self.i + 1] if self.i + 1 < len(self.words) else None
        kinds = {"bộ", "sở", "ban", "ngành", "tỉnh", "phố", "xã", "phường", "huyện", "trường", "địa", "phương", "quan", "vị"}
        if follow is None or not follow.upper or not head & _PLURALS or not head & kinds:
            return False
        if _pair(self.words, self.i + 1) in VERBS2 or head_at(self.words, self.i + 1):
            tail = [w.low for w in self.words[self.i + 2 : self.i + 5]]
            known = _pair(self.words, self.i + 1) in {"xây dựng", "thanh tra", "tư pháp", "công an"}
            if not (known and ("," in tail or "và" in tail)):
                return False
        self.colon = True
        return True


def _unit_after(words: list[_Word], j: int) -> bool:
    return j < len(words) and words[j].low in {"tỉnh", "thành", "các", "xã", "huyện", "cấp", "phường"}


def party(passage: Passage, span: tuple[int, int], rule: str, sure: float = 0.9) -> Party:
    """Build the party of an index span."""
    a, b = passage.span(*span)
    return Party(passage.raw[span[0] : span[1]], a, b, rule, sure)


def parties(passage: Passage, names: Names, rule: str, sure: float = 0.9) -> tuple[Party, ...]:
    """Build the parties of a list of names."""
    return tuple(party(passage, span, rule, sure) for span in names.spans)
