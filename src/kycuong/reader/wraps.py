"""Tell lines that an export broke off right after a marker, inside a name or inside a fixed phrase."""

from __future__ import annotations

import re

from kycuong.reader.fold import lower
from kycuong.reader.lexicon import VERBS1, VERBS2
from kycuong.reader.marks import Mark

_TELLS = re.compile(
    r"(?:[^:]{0,24}: ?)?(?:đồng ý )?(?:giao|yêu cầu|đề nghị|phân công|kiến nghị|ủy quyền|chỉ đạo)(?: cho| đối với| các)?"
)
#: Heads that never stand alone: a name follows whatever its first word looks like.
_HEAD = re.compile(
    r"(?:^|[ ,(])(?:(?:giám đốc|thủ trưởng|phó giám đốc)(?: các)? )?(?:sở|bộ)$"
    r"|(?:^|[ ,(])(?:bộ trưởng|thủ trưởng(?: các)?|giám đốc|chủ tịch|trưởng|chánh|chánh văn phòng|chi cục trưởng|cục trưởng)$"
)
#: Heads that a name follows unless a verb does: "Các sở" may be a heading.
_LOOSE = re.compile(
    r"(?:^|[ ,(])(?:(?:các )?(?:sở|bộ|ban|đài|cục|tổng cục|chi cục|ủy ban|ubnd|văn phòng|hội|đoàn|trung tâm|ngân hàng"
    r"|thanh tra|liên đoàn|công ty|phòng|kho bạc|bảo hiểm|viện|tòa án|mặt trận|tập đoàn|chủ tịch ubnd|chủ tịch ủy ban))$"
)
_COMMITTEE = re.compile(r"(?:quản lý|chỉ đạo|chỉ huy|tổ chức|dân vận|tuyên giáo|tuyên truyền|điều phối|thường vụ) ")
_AGENCY = re.compile(r"(?:sở|bộ|ubnd|ủy ban|ban|đài|cục|công an|các|văn phòng|hội|phòng|giám đốc|chủ tịch|thủ trưởng) ")
_LISTED = re.compile(r"(?:^|[ ,])(?:các (?:sở|bộ|cơ quan|đơn vị|ban|phòng)(?:, (?:ban|ngành)){0,2}):$")
_VALUE = re.compile(
    r"(?:nhiệm vụ|thời gian(?: thực hiện| hoàn thành)?|thời hạn(?: hoàn thành)?|tiến độ|(?:cơ quan|đơn vị) (?:chủ trì|thực hiện|phối hợp))"
    r"(?: thực hiện)? ?:$"
)
_LABELLED = re.compile(r"[^:]{3,40}:")
#: Words after which a figure goes on with the sentence.
_BEFORE_FIGURE = re.compile(r"(?:^|[ (])(?:và|tháng|ngày|số|khoảng|từ|đến|hoặc)$")
_PHRASES = (
    "cộng hòa xã hội chủ nghĩa việt nam", "cộng hoà xã hội chủ nghĩa việt nam", "độc lập - tự do - hạnh phúc",
    "quyết định", "chỉ thị", "kế hoạch", "công điện", "thông báo", "chương trình", "hướng dẫn", "nghị quyết", "phương án",
    "về việc", "tổ chức thực hiện",
)  # fmt: skip


def broken(before: str, now: str, mark: Mark | None) -> bool:
    """Tell whether a line goes on with the one before although it is short; `mark` is the marker of that one."""
    first = lower(before[mark.length if mark else 0 :]).strip()
    then = lower(now)
    if before.isupper():
        return now.isupper() and _capitals(first, then, mark)
    if not first or now.isupper():
        return False
    if first[-1] == ":":
        return mark is not None and _after_colon(first, then)
    if not first[-1].isalpha():
        return False
    if mark is not None and len(first) < 40 and _bare_verb(first, then):
        return True
    if _HEAD.search(first):
        return mark is not None or len(before) > 40
    return mark is not None and bool(_LOOSE.search(first)) and (not _verb(then) or _ends_in_committee(first, then))


def figure_goes_on(before: str, mark: Mark) -> bool:
    """Tell whether a line that begins like an item, "11. Để …", goes on with "tháng 10 và"."""
    if mark.style != "number" or not mark.label.isdigit() or int(mark.label) < 4:
        return False
    return bool(_BEFORE_FIGURE.search(lower(before[-12:])))


def _capitals(first: str, then: str, mark: Mark | None) -> bool:
    """Tell whether two lines in capitals are one: a heading after its marker, a title, the motto."""
    if mark is not None and mark.style in {"roman", "part", "upper", "section", "article"}:
        return len(first) < 40
    both = f"{first} {then}"
    return any(
        p.startswith(both) or (first != p and p.startswith(first + " ") and both.startswith(p)) for p in _PHRASES
    )


def _after_colon(first: str, then: str) -> bool:
    """Tell whether the value of a label, or the names of a list, stand on the next line."""
    if _LISTED.search(first):
        return not _verb(then)
    return bool(_VALUE.fullmatch(first)) and not _LABELLED.match(then[:44])


def _bare_verb(first: str, then: str) -> bool:
    """Tell whether nothing but a verb stands after the marker; its object follows."""
    if _TELLS.fullmatch(first):
        return True
    alone = first in VERBS2 or first in VERBS1
    return alone and not _verb(then) and not _AGENCY.match(then)


def _ends_in_committee(first: str, then: str) -> bool:
    return first.endswith("ban") and bool(_COMMITTEE.match(then))


def _verb(low: str) -> bool:
    words = [w.strip(",;.:") for w in low.split(None, 2)[:2]]
    return " ".join(words) in VERBS2
