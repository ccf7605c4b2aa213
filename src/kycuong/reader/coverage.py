"""Say of every sentence what it is and whether somebody owns what it demands; pure, so that page and command count alike."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

#: The classes of a sentence, in the order of a legend; names for people stand at the doors.
CLASSES = (
    "order", "prohibition", "reporting", "authority", "demand", "basis", "context", "heading", "execution", "head",
    "receivers", "signature",
)  # fmt: skip
#: Why a demand has nobody: the reader took it for none, nobody is named in its order, a person dropped the order.
ORPHANED = ("no_order", "no_lead", "dropped")

_HEAD_FIELDS = frozenset({"number", "symbol", "issued_on", "doc_type", "subject", "issuer"})
_MARK = re.compile(r"(?:Điều |Mục |Chương |Phần )?[\dIVXLa-zđ.]{1,8}[.):]|[-–+•*]|\(?[ivx\d]{1,4}\)")
_RECEIVERS = re.compile(r"nơi nhận\b", re.IGNORECASE)
_ATTACHED = re.compile(r"(?:PHỤ LỤC|KẾ HOẠCH|QUY CHẾ|QUY ĐỊNH|DANH MỤC|CHƯƠNG TRÌNH|ĐỀ ÁN|BẢNG|BIỂU|HƯỚNG DẪN)\b")
_SIGNED = re.compile(
    r"(?:TM|KT|TL|TUQ|Q)\.|(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|THỦ TƯỚNG|BỘ TRƯỞNG|TRƯỞNG BAN)\b"
)
_BASIS = re.compile(r"(?:căn cứ|xét|theo đề nghị|thực hiện|triển khai|theo (?:công văn|văn bản|báo cáo))\b")
_EXECUTION = re.compile(
    r"chịu trách nhiệm (?:thi hành|tổ chức thực hiện)|có hiệu lực|thông báo (?:để|đến)|để (?:biết|b/c|báo cáo)"
)
_TELLS = re.compile(r"\b(?:yêu cầu|đề nghị|giao|phân công)\b")
_DEMAND = re.compile(
    r"\b(?:phải|cần phải|có trách nhiệm|chịu trách nhiệm|chủ trì|khẩn trương|yêu cầu|đề nghị|nghiêm cấm|không được|tuyệt đối không)\b"
    r"|^(?:giao|phân công|chỉ đạo|tăng cường|đẩy mạnh|kịp thời|thường xuyên|tiếp tục|nghiêm túc|rà soát|báo cáo)\b"
    r"|\bgiao (?:cho )?(?:sở|ubnd|ủy ban|văn phòng|thanh tra|công an|các|ban (?:quản|chỉ|dân|tổ)|đồng chí|giám đốc"
    r"|thủ trưởng|chủ tịch|trung tâm)\b"
    r"|\b(?:hoàn thành|báo cáo|gửi)\b.{0,120}\b(?:trước|chậm nhất) (?:ngày|tháng)\b"
)
#: What only sounds like a demand: what was, who chaired a meeting, a field of a plan, a request that somebody else made.
_TOLD = re.compile(
    r"\bchủ trì (?:cuộc |buổi |hội nghị|phiên |họp\b)|\b(?:theo|khi có|đáp ứng|mục đích,?|các) yêu cầu\b|\b(?:theo|xét) đề nghị\b"
    r"|^(?:cơ quan|đơn vị|bộ phận) (?:chủ trì|phối hợp)\b|\b(?:đã|được|do)\b.{0,80}\b(?:giao|yêu cầu|đề nghị|chủ trì)\b"
    r"|\b(?:không|chưa) phải (?:là|do)\b|\bphải (?:chờ|đi lại|đối mặt|nộp phạt)\b"
)
#: A line of a plan block that fills a field of the order above it.
_FIELD = re.compile(
    r"(?:thời gian|thời hạn|tiến độ|địa điểm|sản phẩm|kinh phí|(?:(?:cơ quan|đơn vị|bộ phận) )?(?:chủ trì|phối hợp|thực hiện))"
    r"[^:.]{0,30}:"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """An order as coverage sees it: its span, who leads it (by name), and why it was dropped, if it was."""

    start: int
    end: int
    path: str = ""
    owners: tuple[str, ...] = ()
    dropped: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: `order` is the index of the stretch it lies in; `orphaned` says why nobody owns what it demands."""

    start: int
    end: int
    klass: str
    order: int | None = None
    orphaned: str = ""

    @property
    def demands(self) -> bool:
        """Tell whether the sentence demands something of somebody."""
        return bool(self.orphaned) or self.order is not None


@dataclass(frozen=True, slots=True)
class Coverage:
    """All sentences of a document with their classes, and what they count up to."""

    lines: tuple[Line, ...]
    stretches: tuple[Stretch, ...]

    @property
    def sentences(self) -> int:
        """Return how many sentences there are; bare markers and page furniture are none."""
        return len(self.lines)

    @property
    def orders(self) -> int:
        """Return how many orders stand, those dropped not counted."""
        return sum(1 for one in self.stretches if not one.dropped)

    @property
    def demands(self) -> int:
        """Return how many sentences demand something."""
        return sum(1 for line in self.lines if line.demands)

    @property
    def orphans(self) -> tuple[Line, ...]:
        """Return the sentences that demand something of nobody."""
        return tuple(line for line in self.lines if line.orphaned)

    @property
    def owned(self) -> int:
        """Return how many demanding sentences have an owner."""
        return self.demands - len(self.orphans)

    @property
    def owned_pct(self) -> int:
        """Return the share of demanding sentences that have an owner, rounded down; 100 when nothing is demanded."""
        return self.owned * 100 // self.demands if self.demands else 100


def of_reading(text: str, reading: Mapping[str, Any]) -> Coverage:
    """Return the coverage of a reading as it comes from the reader, before any person has looked."""
    stretches = [
        Stretch(one["start"], one["end"], one["path"], tuple(one["assignees"])) for one in reading.get("orders", [])
    ]
    return cover(text, reading, stretches)


def cover(text: str, reading: Mapping[str, Any], stretches: Sequence[Stretch]) -> Coverage:
    """Class every sentence of a reading (its JSON form) and say which order owns it; linear in sentences and orders."""
    ordered = tuple(sorted(stretches, key=lambda one: (one.start, one.end)))
    owner = _Owners(ordered)
    head, signers = _head_end(reading, ordered), _signers(reading)
    found: list[Line] = []
    tail = False
    for start, end, klass in _sentences(text, reading):
        words = text[start:end]
        if _RECEIVERS.match(words.lstrip(" -*_")):
            tail = True
        index = owner.at(start, end)
        if index is not None or (tail and _ATTACHED.match(words)):
            tail = False
        if index is None and any(a < end and start < b for a, b in signers):
            found.append(Line(start, end, "signature"))
            continue
        line = Line(start, end, klass, index)
        found.append(_owned(line, ordered) if index is not None else _unowned(line, words, head, tail))
    return Coverage(tuple(found), ordered)


class _Owners:
    """Find the order that a sentence lies in: a standing one before a dropped one."""

    def __init__(self, stretches: tuple[Stretch, ...]) -> None:
        self.stretches = stretches
        self.ends: list[int] = []
        for one in stretches:
            self.ends.append(max(one.end, self.ends[-1] if self.ends else 0))

    def at(self, start: int, end: int) -> int | None:
        first = bisect_left(self.ends, start + 1)
        dropped = None
        for index in range(first, len(self.stretches)):
            one = self.stretches[index]
            if one.start >= end:
                break
            if one.end > start:
                if not one.dropped:
                    return index
                dropped = index if dropped is None else dropped
        return dropped


def _sentences(text: str, reading: Mapping[str, Any]) -> list[tuple[int, int, str]]:
    """Return the sentences without furniture, each bare marker joined to the sentence that it opens."""
    found: list[tuple[int, int, str]] = []
    mark: int | None = None
    for row in reading.get("sentences", []):
        start, end, klass = row["start"], row["end"], row["class"]
        words = text[start:end].strip()
        if klass == "noise" or (not any(c.isalnum() for c in words) and words not in {"-", "–", "+", "•", "*"}):
            continue
        if _MARK.fullmatch(words):
            mark = start if mark is None else mark
            continue
        joined = mark is not None and not text[mark:start].count("\n")
        found.append((mark if joined and mark is not None else start, end, klass))
        mark = None
    return found


def _head_end(reading: Mapping[str, Any], stretches: tuple[Stretch, ...]) -> int:
    first = stretches[0].start if stretches else max((row["end"] for row in reading.get("sentences", [])), default=0)
    ends = [
        row["end"]
        for row in reading.get("findings", [])
        if row["field"] in _HEAD_FIELDS and row.get("end") is not None and row["end"] <= first
    ]
    return max(ends, default=0)


def _signers(reading: Mapping[str, Any]) -> list[tuple[int, int]]:
    rows = [row for row in reading.get("findings", []) if row["field"] in {"signer", "signing_mark"}]
    return [(row["start"], row["end"]) for row in rows if row.get("start") is not None]


def _owned(line: Line, stretches: tuple[Stretch, ...]) -> Line:
    one = stretches[line.order or 0]
    klass = "order" if line.klass == "context" else line.klass
    if one.dropped:
        return replace(line, klass=klass, orphaned="dropped")
    return replace(line, klass=klass, orphaned="" if one.owners else "no_lead")


def _unowned(line: Line, words: str, head: int, tail: bool) -> Line:
    if line.start < head:
        return replace(line, klass="head")
    if tail:
        return replace(line, klass="signature" if _signs(words) or _is_name(words) else "receivers")
    if line.klass != "context":  # the reader's order there has since gone
        return replace(line, orphaned="no_order")
    bare = re.sub(r"^[\W\d]+", "", words.split("\n", 1)[0] if words.isupper() else words)
    low = bare.lower()
    if _heads(words) or _FIELD.match(low):
        return replace(line, klass="signature" if _signs(words) else "heading")
    heard = _TOLD.sub(" ", low)
    if not _TELLS.search(heard):
        if _BASIS.match(low):
            return replace(line, klass="basis")
        if _EXECUTION.search(low):
            return replace(line, klass="execution")
    return replace(line, klass="demand", orphaned="no_order") if _DEMAND.search(heard) else line


def _heads(words: str) -> bool:
    """Tell whether a line is a heading, a cell, or opens what follows: it demands nothing by itself."""
    words = words.rstrip()
    return words.isupper() or words.endswith(":") or (len(words) < 60 and words[-1] not in ".;!/")


def _signs(words: str) -> bool:
    return bool(_SIGNED.match(words.strip()))


def _is_name(words: str) -> bool:
    return words.istitle() and words[0].isalpha() and len(words) < 40
