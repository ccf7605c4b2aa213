"""What a demand loses on its way down: a firm word made soft, a limit, an owner, a figure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kycuong.core.folding import words
from kycuong.core.recurrences import BadRecurrence, parse_rule
from kycuong.reader.comparing.cutting import Demand, Limit
from kycuong.reader.fold import lower

#: How a demand became softer: a hedge came in, a ban became advice, its extent went.
HEDGED, UNBANNED, NARROWED = "hedged", "unbanned", "narrowed"

_HEDGE = re.compile(
    r"\bkhuyến khích\b|\bnghiên cứu\b|\btừng bước\b|\bcó thể\b|\bphấn đấu\b|\bcố gắng\b|\bcân nhắc\b|\bhạn chế\b|\bquan tâm\b"
    r"|\bvận động\b|\bưu tiên\b|\bdự kiến\b|\bcơ bản\b|(?<!quyền )(?<!để )(?<!trình )\bxem xét\b"
    r"|\b(?:nếu|khi) (?:có điều kiện|điều kiện cho phép|cần thiết|phù hợp)\b|\btrong điều kiện cho phép\b|\btheo khả năng\b"
    r"|\btùy (?:theo )?(?:điều kiện|tình hình|khả năng)\b|(?<!trở )(?<!cho )(?<!làm )(?<!tạo )\bnên\b(?! (?:tảng|người))"
)
_MOVES = re.compile(r"\b(?:tuyên truyền|phổ biến|khuyến khích|hướng dẫn)\b")
_BAN = re.compile(r"\b(?:tuyệt đối không|nghiêm cấm|không được|không để|cấm|không)\b")
_FIRM_BAN = re.compile(
    r"(?:tuyệt đối )?(?:không|nghiêm cấm|cấm)\b|.{0,60}\b(?:tuyệt đối không|nghiêm cấm|không được)\b"
)
_ADVICE = re.compile(r"\b(?:hạn chế|(?<!né )(?<!lẩn )tránh|giảm thiểu|khuyến cáo|nhắc nhở)\b(?! tình trạng)")
#: How far a demand goes: to the end of each matter, or over all of them; and what still says so below.
_TO_THE_END = re.compile(r"\b(?:triệt để|dứt điểm|kiên quyết)(?!\w)")
_TO_SOME_END = re.compile(r"\b(?:triệt để|dứt điểm|kiên quyết|nghiêm|xong)(?!\w)")
_OVER_ALL = re.compile(r"\b(?:toàn bộ|tất cả|100 ?%)(?!\w)")
_OVER_SOME = re.compile(
    r"\b(?:triệt để|dứt điểm|toàn bộ|tất cả|toàn thể|mọi|từng|mỗi|các|100 ?%|kiên quyết|nghiêm|xong)(?!\w)"
)

_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?) ?(?:%|phần trăm)")
_COUNTED = re.compile(
    r"(?<![\d/.,])(\d{1,4}) (giờ|ngày|phút|lần|cuộc|lượt|đợt|xã|phường|đơn vị|thôn|tổ|đội|mô hình|dự án|hồ sơ|thủ tục|người|hộ"
    r"|bác sĩ|lớp|buổi|km|ha|tỷ|triệu|tuần)\b(?! \d)"
)
_AT_MOST = re.compile(r"(?:không quá|tối đa|trong vòng|trong|chậm nhất|quá|dưới) $")
#: A limit that says something definite; "ngay" and "sớm" do not.
_STATED = re.compile(r"\d|quý|tháng|năm|tuần")
_LEVEL = re.compile(r" (?:tinh|xa|phuong|cap xa|cap tinh|thanh pho)$")
_GENERAL = re.compile(
    r"\b(?:cac|moi|nhung|toan the|co quan don vi|cap tren|cap duoi|co quan hanh chinh|bo truong"
    r"|co lien quan|dia phuong|tung|ngang bo|thuoc chinh phu)\b"
)


@dataclass(frozen=True, slots=True)
class Softer:
    """One way in which the words became softer, with the words that say so."""

    how: str
    words: str


def softer(parent: str, child: str) -> tuple[Softer, ...]:
    """Return how the words of a demand became softer from one document to the other; empty when they did not."""
    above, below = lower(parent), lower(child)
    found = []
    hedges = {match.group() for match in _HEDGE.finditer(below)} - {match.group() for match in _HEDGE.finditer(above)}
    banned = bool(_FIRM_BAN.match(above)) and not _BAN.search(below)
    if banned and (advice := _ADVICE.search(below)):
        found.append(Softer(UNBANNED, advice.group()))
        hedges -= {advice.group()}
    if _MOVES.search(above):
        hedges -= {"vận động"}
    if hedges and not _ADVICE.search(above):
        found.append(Softer(HEDGED, ", ".join(sorted(hedges))))
    gone: dict[str, None] = {}
    for asked, kept in ((_TO_THE_END, _TO_SOME_END), (_OVER_ALL, _OVER_SOME)):
        if not kept.search(below):
            gone |= dict.fromkeys(match.group() for match in asked.finditer(above))
    if gone:
        found.append(Softer(NARROWED, ", ".join(gone)))
    return tuple(found)


def lost_limit(parent: Demand, child: str, limits: Sequence[Limit]) -> bool:
    """Tell whether the time limit of a demand went, or came to be later or rarer."""
    if not parent.limits:
        return False
    dates = [_last_day(limit) for limit in parent.limits if limit.date]
    rules = [_per_year(limit.rrule) for limit in parent.limits if limit.rrule]
    here = [_last_day(limit) for limit in limits if limit.date]
    often = [_per_year(limit.rrule) for limit in limits if limit.rrule]
    if dates:
        return not (often or (here and min(here) <= max(dates)))
    if rules:
        return not (often and max(often) >= max(rules))
    return not limits and any(_STATED.search(limit.text) and lost_span(limit.text, child) for limit in parent.limits)


def lost_span(limit: str, child: str) -> bool:
    """Tell whether a limit told in words ("trong 48 giờ kể từ khi…") went; what names no figure goes with its words."""
    return lost_figure(limit, child) if figures(limit) else lower(limit) not in lower(child)


def _last_day(limit: Limit) -> dt.date:
    assert limit.date is not None
    return limit.date - dt.timedelta(days=1) if limit.bound == "before" else limit.date


def _per_year(rrule: str) -> float:
    """Return how many times a year a recurrence falls, roughly."""
    try:
        rule = parse_rule(rrule)
    except BadRecurrence:
        return 0.0
    times = {"DAILY": 365, "WEEKLY": 52, "MONTHLY": 12, "YEARLY": 1}[rule.freq] / rule.interval
    if rule.by_month and rule.freq != "YEARLY":
        times *= len(rule.by_month) / 12
    return times * (max(len(rule.by_month), 1) if rule.freq == "YEARLY" else 1)


def lost_owner(parent: Demand, child: str, owners: Sequence[str], issuer: str = "") -> bool:
    """Tell whether who does it went: nobody is named any more, or a group stands where one body stood.

    `issuer` is who issued the lower document: its own share needs no name.
    """
    if not parent.owners or any(_same_body(name, issuer) or _named(name, child) for name in parent.owners):
        return False
    if not owners:
        return True
    named = not any(is_general(name) for name in parent.owners)
    return named and all(is_general(name) for name in owners)


def is_general(name: str) -> bool:
    """Tell whether a name means a group, and so nobody in particular."""
    return bool(_GENERAL.search(words(name))) or name.count(",") > 1


def _same_body(name: str, issuer: str) -> bool:
    one, two = words(name), words(issuer)
    return bool(one and two) and (one in two or two in one)


def _named(name: str, child: str) -> bool:
    """Tell whether a text names a body; its level may be left out ("Trạm Y tế xã" as "Trạm Y tế")."""
    one = _LEVEL.sub("", words(name))
    return " " in one and f" {one} " in f" {words(child)} "


def figures(text: str) -> dict[str, list[tuple[float, bool]]]:
    """Return the figures of a text by what they count, each with whether it is an upper bound."""
    low = lower(text)
    found: dict[str, list[tuple[float, bool]]] = {}
    for pattern in (_PERCENT, _COUNTED):
        for match in pattern.finditer(low):
            unit = "%" if pattern is _PERCENT else match.group(2)
            most = bool(_AT_MOST.search(low[max(0, match.start() - 12) : match.start()]))
            found.setdefault(unit, []).append((float(match.group(1).replace(",", ".")), most))
    return found


def lost_figure(parent: str, child: str) -> bool:
    """Tell whether a figure that a demand set went, or came to ask for less."""
    below = figures(child)
    for unit, asked in figures(parent).items():
        for number, most in asked:
            kept = any(other <= number if most else other >= number for other, _ in below.get(unit, ()))
            whole = unit == "%" and number == 100 and re.search(r"\b(?:toàn bộ|tất cả|mọi)\b", lower(child))
            if not kept and not whole:
                return True
    return False
