"""Read names of bodies and office holders: how a list is split, where it ends."""

from __future__ import annotations

from dataclasses import dataclass

from kycuong.reader.lexicon import BRANCHES2, STOPS, UNITS, VERBS2
from kycuong.reader.lines import Passage
from kycuong.reader.nouns import (
    LIMIT,
    PLURALS,
    TAILS2,
    Word,
    generic_start,
    head_at,
    low_at,
    modal,
    pair_at,
    stops,
    words_at,
)
from kycuong.reader.shapes import Party

_SET_PHRASES = {("phòng", w) for w in ("chống", "tránh", "ngừa", "cháy", "chữa")} | {
    ("khám", "chữa"),
    ("cứu", "hộ"),
    ("nạn", "cứu"),
    ("nhỏ", "vừa"),
}
_TITLED = frozenset(
    {"bộ", "sở", "cục", "vụ", "ban", "phòng", "các", "chi", "tâm", "quỹ", "đài", "ty", "viện", "trường", "hội"}
)
#: Kinds of bodies that a list counts up as one ("cơ quan, đơn vị trực thuộc").
_KINDS2 = frozenset({"cơ quan", "đơn vị", "tổ chức", "địa phương", "bộ phận"})
#: An office with its body behind a comma begins a name of its own: "…, chủ tịch UBND các xã".
_OFFICES2 = frozenset({"chủ tịch", "giám đốc", "thủ trưởng", "bí thư", "hiệu trưởng", "bộ trưởng", "trưởng phòng"})
_OFFICE_OF = frozenset({"ubnd", "ủy", "các", "sở", "hội", "hđnd"})
_SPLITS2 = frozenset({"chính quyền", "lực lượng", "người đứng", "cấp ủy", "chủ đầu", "chủ rừng", "doanh nghiệp"})


@dataclass(frozen=True, slots=True)
class Names:
    """A list of names: their index spans in the passage, where it ends, and the word after it."""

    spans: tuple[tuple[int, int], ...]
    end: int
    closed: bool


def scan(passage: Passage, index: int, generic: bool = False) -> Names | None:
    """Read a list of names that begins at an index; None when no name begins there."""
    key = (index, generic)
    if key not in passage.memory:
        passage.memory[key] = _scanned(passage, index, generic)
    found = passage.memory[key]
    return found if isinstance(found, Names) else None


def _scanned(passage: Passage, index: int, generic: bool) -> Names | None:
    words = words_at(passage, index, 6)
    if not words or not (head_at(words, 0) or (generic and generic_start(words))):
        return None
    walk = _Scan(words_at(passage, index, LIMIT // 3))
    found = walk.run()
    if walk.i + 3 >= LIMIT // 3:
        return _Scan(words_at(passage, index)).run()
    return found


class _Scan:
    """Walk over the words of a list of names, splitting at separators before a full name."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.spans: list[tuple[int, int]] = []
        self.first = 0
        self.i = 0
        self.colon = False

    def run(self) -> Names | None:
        """Walk to the end of the list."""
        while self.i < len(self.words) and self._step():
            pass
        return self._close()

    def _step(self) -> bool:
        """Pass one word or separator; False where the list ends."""
        low = self.words[self.i].low
        if low in {",", ";", "và"} or pair_at(self.words, self.i) in {"nhất là", "cùng với"}:
            return self._separator()
        if low == "(":
            return self._parenthesis()
        if low == ":" and not self._colon():
            return False
        if low == "được" and (after := modal(self.words, self.i)):
            self.i = after
            return False
        if not low[0].isalnum() and low not in {"-", "&", "/", '"', "'", ":"}:
            return False
        if self.i > self.first and stops(self.words, self.i, False):
            return False
        self.i += 1
        return True

    def _close(self) -> Names | None:
        self._take(self.i)
        if not self.spans:
            return None
        after = self.words[self.i] if self.i < len(self.words) else None
        return Names(
            tuple(self.spans), after.start if after else self.words[-1].end, after is None or len(self.words) < LIMIT
        )

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
        office = pair_at(self.words, j) in _OFFICES2 and low_at(self.words, j + 2) in _OFFICE_OF
        return not (office and self.i - self.first > 2) and self._same(j)

    def _same(self, j: int) -> bool:
        """Tell whether a word after the separator is more of the name."""
        word, pair = self.words[j], pair_at(self.words, j)
        if self._fixed(j):
            return True
        if word.upper:
            return not head_at(self.words, j) and (pair not in VERBS2 or self._title_list()) and self._name_list(j)
        if self._names_topics(j):
            return True
        if pair == "doanh nghiệp" and self.words[self.i - 1].low == "vị" and self._plural():
            return True
        if word.low in PLURALS or (pair in _SPLITS2 and pair.split()[0] != "chủ") or stops(self.words, j, True):
            return False
        if self._plural():
            if word.low == "cơ" and self.words[self.first].low in {"ubnd", "ủy"}:
                return False
            return word.low in UNITS or head_at(self.words, j) or self._noun_list(j)
        return word.low in {"xã", "phường", "thị", "đặc", "huyện", "quận", "thành", "ban", "ngành", "đoàn"}

    def _fixed(self, j: int) -> bool:
        """Tell whether the word goes on with a set phrase ("phòng, chống", "giáo dục và đào tạo", "HĐND và UBND")."""
        word, pair = self.words[j], pair_at(self.words, j)
        if (self.words[self.i - 1].low, word.low) in _SET_PHRASES:
            self.words[j] = Word("x", word.start, word.end, True)
            return True
        if pair in {"phát thanh", "truyền hình"} and self.words[self.first].low in {"báo", "đài"}:
            for k in (j, j + 1):
                self.words[k] = Word("x", self.words[k].start, self.words[k].end, True)
            return True
        if pair in TAILS2 or (
            pair in BRANCHES2 and self.words[self.first].low in {"các", "sở", "bộ", "ngành", "phòng"}
        ):
            return True
        if pair in _KINDS2 and " ".join(w.low for w in self.words[self.first : self.i]) in _KINDS2:
            return True
        if word.low == "cấp" and any(w.low == "cấp" for w in self.words[self.first : self.i]):
            return True
        if word.low in {"ubnd", "ủy", "hđnd"} and self._joint_office():
            return True
        listed = self.colon and pair in {"công an", "thanh tra", "tư pháp", "kiểm toán"}
        return listed and not _unit_after(self.words, j + 2)

    def _names_topics(self, j: int) -> bool:
        """Tell whether a department's topics go on in small letters ("Phòng Kế toán, tài vụ phối hợp …")."""
        first = self.words[self.first]
        if first.low not in {"phòng", "ban", "vụ", "cục"} or not first.upper or not self.words[self.i - 1].upper:
            name = " ".join(w.low for w in self.words[self.first : self.i])
            if not name.startswith(("phòng ", "vụ ", "cục ")) or " " not in name or not first.upper:
                return False
        if head_at(self.words, j) or stops(self.words, j, True):
            return False
        return any(stops(self.words, k, False) for k in range(j + 1, min(j + 4, len(self.words))))

    def _joint_office(self) -> bool:
        """Tell whether the name so far is "Văn phòng HĐND", "Văn phòng Đoàn ĐBQH": one office of two bodies."""
        head = " ".join(w.low for w in self.words[self.first : self.i])
        return (
            self.words[self.i].low == "và"
            and head.removeprefix("phó ")
            .removeprefix("chánh ")
            .startswith(("văn phòng hđnd", "văn phòng hội đồng", "văn phòng đoàn"))
            and "ubnd" not in head
        )

    def _title_list(self) -> bool:
        """Tell whether the name so far is a proper name that may go on ("Bộ Văn hóa, Thể thao …")."""
        return any(w.low in _TITLED for w in self.words[self.first : self.i])

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
        return (
            any(w in PLURALS for w in head)
            or head[:2] in (["thủ", "trưởng"], ["người", "đứng"], ["cán", "bộ"], ["giám", "đốc"], ["lãnh", "đạo"])
            or (bool(head) and not self.words[self.first].upper and head[0] in UNITS)
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
        kinds = {
            "bộ",
            "sở",
            "ban",
            "ngành",
            "tỉnh",
            "phố",
            "xã",
            "phường",
            "huyện",
            "trường",
            "địa",
            "phương",
            "quan",
            "vị",
        }
        if follow is None or not follow.upper or not head & PLURALS or not head & kinds:
            return False
        if pair_at(self.words, self.i + 1) in VERBS2 or head_at(self.words, self.i + 1):
            tail = [w.low for w in self.words[self.i + 2 : self.i + 5]]
            known = pair_at(self.words, self.i + 1) in {"xây dựng", "thanh tra", "tư pháp", "công an"}
            if not (known and ("," in tail or "và" in tail)):
                return False
        self.colon = True
        return True


def _unit_after(words: list[Word], j: int) -> bool:
    return j < len(words) and words[j].low in {"tỉnh", "thành", "các", "xã", "huyện", "cấp", "phường"}


def party(passage: Passage, span: tuple[int, int], rule: str, sure: float = 0.9) -> Party:
    """Build the party of an index span."""
    a, b = passage.span(*span)
    return Party(passage.raw[span[0] : span[1]], a, b, rule, sure)


def parties(passage: Passage, names: Names, rule: str, sure: float = 0.9) -> tuple[Party, ...]:
    """Build the parties of a list of names."""
    return tuple(party(passage, span, rule, sure) for span in names.spans)
