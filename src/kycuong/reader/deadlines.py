"""Read time limits: days, months, quarters, years, recurring dates, limits counted from an event."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

from kycuong.reader import days
from kycuong.reader.days import NoSuchDate
from kycuong.reader.fold import canonical, lower
from kycuong.reader.lines import Passage, squeeze
from kycuong.reader.phrases import (
    AFTER,
    BEFORE,
    CITED,
    CLAUSE_START,
    COUNTED,
    DATE,
    DAYS,
    EVENT,
    EVERY_FEW,
    EXACT,
    FIGURE,
    FREQ,
    GATE,
    HALF,
    HALVES,
    LEFT,
    MONTH,
    MONTH_YEARLY,
    MONTHLY,
    MONTHLY_FRONT,
    MOST,
    NOT_YET,
    ONWARD,
    PAIR,
    PERIOD,
    QUARTER,
    QUARTER_DAY,
    QUARTER_FRONT,
    RANGE_ON,
    REPORTS,
    ROADMAP,
    THINGS,
    TRIGGER,
    VAGUE,
    VAGUE_PLAN,
    WARNED,
    WEEKLY,
    WEEKLY_FRONT,
    WITHIN,
    YEAR,
    YEAR_LEFT,
    YEARLY,
    YEARLY_FRONT,
    YEARS,
)
from kycuong.reader.shapes import Deadline

_Hit = tuple[int, int, Deadline]
Maker = Callable[[re.Match[str]], dict[str, object]]


def when(phrase: str, issued: dt.date | None = None) -> Deadline:
    """Read one phrase as a time limit; years left out are counted from the day of issue."""
    text = canonical(phrase)[:2000]
    found = find(squeeze(text, lower(text), 0, len(text)), issued, field=True)
    return found[0] if found else Deadline()


def find(passage: Passage, issued: dt.date | None, field: bool = False, begin: int = 0) -> list[Deadline]:
    """Return the limits of a passage, the surest first; `field` says that it is a "Thời gian:" line."""
    text = " " * begin + passage.bare[begin:]
    if not GATE.search(text, begin):
        return []
    hits: list[_Hit] = []
    figures = FIGURE.search(text, begin) is not None
    for finder in (
        (_recurring, _again, _dated, _counted, _coarse, _periodic) if figures else (_recurring, _counted, _periodic)
    ):
        for start, stop, limit in finder(text, issued, field):
            if len(hits) >= MOST:
                break
            if not any(start < b and a < stop for a, b, _ in hits):
                hits.append(_trimmed(passage, start, stop, limit))
    ranked = sorted(hits, key=lambda hit: (-hit[2].confidence, hit[0]))
    return [hit[2] for hit in ranked if hit[2].rule != "ignored"]


def _trimmed(passage: Passage, start: int, stop: int, limit: Deadline) -> _Hit:
    raw = passage.raw[start:stop]
    stop -= len(raw) - len(raw.rstrip(" ,(:-"))
    start += len(raw) - len(raw.lstrip(" ,(:-"))
    a, b = passage.span(start, stop)
    return start, stop, Deadline(
        limit.kind, passage.raw[start:stop], limit.date, limit.rrule, limit.bound, a, b, limit.rule, limit.confidence
    )  # fmt: skip


def _left(text: str, start: int) -> tuple[int, str]:
    """Return where the words that lead to a date begin ("trước", "chậm nhất là"), and those words."""
    window = text[max(0, start - 60) : start]
    match = LEFT.search(window)
    if not match or (match.start() and window[match.start() - 1].isalnum()):
        return start, ""
    return start - len(match.group(1)), match.group(1)


def _bound(words: str) -> str:
    return "before" if BEFORE.search(words) else "by"


def _rule(kind: str, rrule: str, lead: str, rule: str, sure: float) -> Deadline:
    return Deadline(kind, rrule=rrule, bound=_bound(lead), rule=rule, confidence=sure)


def _recurring(text: str, _: dt.date | None, __: bool) -> Iterator[_Hit]:
    """Yield dates that come again: each year, quarter, month, week."""
    if not re.search(r"\b(?:hang|moi|tung|cac nam|thang (?:cuoi|dau|sau|ke|tiep|do|bao|thu))\b", text):
        return
    for pattern, make in _RECURRING:
        for match in pattern.finditer(text):
            rrule = make(match)
            if not rrule:
                continue
            start, lead = _left(text, match.start())
            yield start, match.end(), _rule("recurring", rrule, lead + match.group(), "recurring_date", 0.95)


def _yearly(match: re.Match[str]) -> str:
    """Return the rule of one or several days of each year; days that differ by month keep no pairing."""
    pairs = [(int(m.group(2)), int(m.group(1))) for m in DAYS.finditer(match.group())]
    months, dates = sorted({m for m, _ in pairs}), sorted({d for _, d in pairs})
    if not pairs or not all(1 <= m <= 12 for m in months) or not all(1 <= d <= 31 for d in dates):
        return ""
    return f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY={','.join(map(str, dates))}"


def _of_month(interval: str) -> Callable[[re.Match[str]], str]:
    def make(match: re.Match[str]) -> str:
        number = int(match.group(1))
        return f"FREQ=MONTHLY;{interval}BYMONTHDAY={number}" if 1 <= number <= 31 else ""

    return make


_RECURRING: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (YEARLY, _yearly),
    (YEARLY_FRONT, _yearly),
    (QUARTER_DAY, _of_month("INTERVAL=3;")),
    (QUARTER_FRONT, _of_month("INTERVAL=3;")),
    (MONTHLY, _of_month("")),
    (MONTHLY_FRONT, _of_month("")),
    (WEEKLY, lambda m: f"FREQ=WEEKLY;BYDAY={days.WEEKDAYS[m.group(1)]}"),
    (WEEKLY_FRONT, lambda m: f"FREQ=WEEKLY;BYDAY={days.WEEKDAYS[m.group(1)]}"),
    (MONTH_YEARLY, lambda m: f"FREQ=YEARLY;BYMONTH={int(m.group(1))}" if 1 <= int(m.group(1)) <= 12 else ""),
)


def _absolute(date: dt.date | None, lead: str, rule: str, sure: float) -> Deadline:
    return Deadline("absolute", date=date, bound=_bound(lead), rule=rule, confidence=sure)


def _again(text: str, _: dt.date | None, __: bool) -> Iterator[_Hit]:
    """Yield "định kỳ 6 tháng, hằng năm … (trước ngày 15/6 và 15/12)": days without a year that come again."""
    for match in PAIR.finditer(text):
        clause = re.split(r"[.;]", text[max(0, match.start() - 200) : match.start()])[-1]
        if re.search(r"\b(?:hang nam|moi nam|hang quy|dinh ky|0?6 thang|sau thang)\b", clause) and (
            rrule := _yearly(match)
        ):
            start, lead = _left(text, match.start())
            yield start, match.end(), _rule("recurring", rrule, lead, "periodic_days", 0.95)


def _dated(text: str, issued: dt.date | None, field: bool) -> Iterator[_Hit]:
    """Yield days: "trước ngày 30/11/2025", "từ ngày 01/7 đến hết ngày 15/7"."""
    for match in DATE.finditer(text):
        start, lead = _left(text, match.start())
        before = text[max(0, start - 80) : start] + lead
        if lead.endswith("thang ") or text[: match.start()].endswith("thang "):
            continue
        if CITED.search(before) or (not field and not TRIGGER.search(lead)):
            continue
        if not field and (NOT_YET.search(before) or not _is_limit(lead, text, start, match.end())):
            continue
        if field and re.search(r"\b(?:tu|ke tu|bat dau)(?: ngay)? $", before) and DATE.search(text, match.end()):
            continue
        yield start, match.end(), _day(match, lead, issued)


def _is_limit(lead: str, text: str, start: int, end: int) -> bool:
    """Tell a limit from the end of a stretch of time: "đến ngày" needs a range or a sentence that finishes there."""
    if EXACT.search(lead):
        return True
    clause = re.split(r"[.;]", text[max(0, start - 300) : start])[-1]
    if re.match(r"[ ,]{1,2}(?:phai |can )?(?:hoan thanh|xong|phai|dat|bao dam|100)", text[end : end + 40]):
        return True
    return bool(re.search(r"\btu ngay\b|\btu \d|\bhoan thanh\b|\bbao cao\b|\bgui\b|\bphan dau\b", clause + " " + lead))


def _day(match: re.Match[str], lead: str, issued: dt.date | None) -> Deadline:
    try:
        date = days.day((match.group(1), match.group(2), match.group(3)), issued)
    except NoSuchDate:
        return Deadline("none", rule="no_such_date", confidence=0.3)
    return _absolute(date, lead, "day", 0.97 if match.group(3) else 0.9)


def _counted(text: str, _: dt.date | None, field: bool) -> Iterator[_Hit]:
    """Yield limits counted from an event or taken from another plan."""
    for pattern, rule, sure in (
        (COUNTED, "counted_from", 0.9), (WITHIN, "within", 0.85), (EVENT, "before_event", 0.7), (AFTER, "after_event", 0.65)
    ):  # fmt: skip
        for match in pattern.finditer(text):
            if rule == "counted_from" and WARNED.search(text[max(0, match.start() - 60) : match.start()]):
                continue
            if rule == "after_event" and not (field or match.group(1)):
                continue
            yield (
                match.start(),
                match.end(),
                Deadline("relative", bound=_bound(match.group()), rule=rule, confidence=sure),
            )
    for match in ROADMAP.finditer(text):
        if not VAGUE_PLAN.match(match.group()) and not match.group().startswith("theo dung"):
            yield match.start(), match.end(), Deadline("relative", bound="by", rule="roadmap", confidence=0.6)


def _coarse(text: str, issued: dt.date | None, field: bool) -> Iterator[_Hit]:
    """Yield months, quarters, half years and years."""
    for pattern, read in (
        (VAGUE, _vague),
        (HALVES, _half),
        (MONTH, _month),
        (QUARTER, _quarter),
        (YEARS, _years),
        (YEAR, _year),
    ):
        for match in pattern.finditer(text):
            if pattern is YEAR and ONWARD.match(text, match.start()):
                continue
            start, lead = _left(text, match.start())
            hit = _coarse_one(text, match, start, lead, field, read(match, issued))
            if hit:
                yield hit


def _coarse_one(
    text: str, match: re.Match[str], start: int, lead: str, field: bool, date: dt.date | None
) -> _Hit | None:
    before = text[max(0, start - 80) : start]
    if RANGE_ON.match(text, match.end()) or (match.re is YEARS and before.endswith("nam hoc ")):
        return None
    if date is None and not (match.re in (MONTH, QUARTER) and TRIGGER.search(lead)):
        return None
    if not field and not _wanted(before, lead, match):
        return None
    sure = 0.85 if match.re in (MONTH, QUARTER) else 0.75
    return start, match.end(), _absolute(date, lead, "month_or_year", sure)


def _wanted(before: str, lead: str, match: re.Match[str]) -> bool:
    """Tell a limit from a year in a name or in a report."""
    if NOT_YET.search(before + lead) or CITED.search(before + lead):
        return False
    opens = not before.strip() or bool(YEAR_LEFT.search(before))
    if match.re is VAGUE:
        return bool(TRIGGER.search(lead)) or opens
    if match.re is YEARS:
        return bool(re.search(r"\b(?:trong|hoan thanh|thoi gian)\b", lead))
    if match.re is YEAR:
        return _wanted_year(before, lead, match, opens)
    if match.re is QUARTER and match.group(4):
        return True
    return bool(TRIGGER.search(lead)) or bool(re.match(r"(?:cuoi|giua|dau) ", match.group()))


def _wanted_year(before: str, lead: str, match: re.Match[str], opens: bool) -> bool:
    if opens and re.search(r"\b(?:den|trong|het|cuoi|truoc)\b", lead + match.group()):
        return True
    if re.search(r"\bdoi voi\b[^,.;]*$", before):
        return False
    if re.fullmatch(r"(?:ngay )?(?:tu|trong|den) ?", lead):
        done = re.search(r"\b(?:thuc hien|trien khai|dat duoc|phat sinh|ban hanh|duoc|cong tac) $", before)
        return (opens or "trong" in lead) and not done
    return bool(EXACT.search(lead)) or (opens and not before.strip() and not lead)


def _vague(match: re.Match[str], issued: dt.date | None) -> dt.date | None:
    """Read "cuối năm", "giữa tháng này". Basis: Civil Code 2015, Article 146."""
    if issued is None:
        return None
    part, unit = match.group(1), match.group(2)
    return days.month_day(issued.month, issued.year, part) if unit == "thang" else days.year_day(issued.year, part)


def _half(match: re.Match[str], issued: dt.date | None) -> dt.date | None:
    year = match.group(3) or (str(issued.year) if issued else None)
    if not year:
        return None
    if match.group(2) == "cuoi":
        return dt.date(int(year), 12, 31)
    return days.month_day({"3": 3, "9": 9}.get(match.group(1) or "", 6), int(year))


def _month(match: re.Match[str], issued: dt.date | None) -> dt.date | None:
    try:
        number = int(match.group(2))
        return days.month_day(number, days.year_of(match.group(3), issued, number), match.group(1) or "cuoi")
    except NoSuchDate:
        return None


def _quarter(match: re.Match[str], issued: dt.date | None) -> dt.date | None:
    month = 3 * days.quarter(match.group(3) or match.group(2))
    try:
        return days.month_day(month, days.year_of(match.group(4), issued, month, 31))
    except NoSuchDate:
        return None


def _years(match: re.Match[str], _: dt.date | None) -> dt.date | None:
    first, last = int(match.group(1)), int(match.group(2))
    return dt.date(last, 12, 31) if 1990 <= first < last <= 2100 else None


def _year(match: re.Match[str], _: dt.date | None) -> dt.date | None:
    year = int(match.group(2))
    return days.year_day(year, match.group(1) or "cuoi") if 1990 <= year <= 2100 else None


def _periodic(text: str, _: dt.date | None, field: bool) -> Iterator[_Hit]:
    """Yield bare periods: "định kỳ hằng quý", "6 tháng", "năm 2026 và các năm tiếp theo"."""
    for match in HALF.finditer(text):
        months = int(match.group(1) or 6)
        yield match.start(), match.end(), _rule("recurring", f"FREQ=MONTHLY;INTERVAL={months}", "", "period", 0.8)
    for match in EVERY_FEW.finditer(text):
        yield match.start(), match.end(), _rule("recurring", _few(match), "", "period", 0.8)
    for match in ONWARD.finditer(text):
        if field:
            yield match.start(), match.end(), _rule("recurring", "FREQ=YEARLY", "", "onward", 0.6)
    for match in PERIOD.finditer(text):
        word = match.group(1) or match.group(2) or match.group(3)
        if THINGS.search(text[max(0, match.start() - 40) : match.start()]):
            continue
        timed = re.search(
            r"\b(?:truoc|cham nhat|luc) \d{1,2} ?(?:h|gio|g) ?(?:\d\d)?(?: phut)?,? $",
            text[max(0, match.start() - 30) : match.start()],
        )
        if field or timed or "dinh ky" in match.group() or _reported(text, match):
            yield match.start(), match.end(), _rule("recurring", FREQ[word], "", "period", 0.7)


_COUNTS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "sau": 6}
_UNITS = {
    "ngay": ("DAILY", 1),
    "tuan": ("WEEKLY", 1),
    "thang": ("MONTHLY", 1),
    "quy": ("MONTHLY", 3),
    "nam": ("YEARLY", 1),
}


def _few(match: re.Match[str]) -> str:
    """Return the rule of "hai tuần một lần"."""
    count = match.group("count")
    frequency, factor = _UNITS[match.group("unit")]
    every = (int(count) if count.isdigit() else _COUNTS[count]) * factor
    return f"FREQ={frequency};INTERVAL={every}" if every > 1 else f"FREQ={frequency}"


def _reported(text: str, match: re.Match[str]) -> bool:
    """Tell a reporting period from "ngân sách hằng năm"."""
    before = text[max(0, match.start() - 160) : match.start()]
    if THINGS.search(before):
        return False
    clause = re.split(r"[.;]", before)[-1] + match.group() + re.split(r"[.;]", text[match.end() : match.end() + 120])[0]
    if (not before.strip() or CLAUSE_START.search(before)) and (
        match.start() == 0 or REPORTS.search(clause) or not before.rstrip().endswith(",")
    ):
        return True
    return bool(
        re.search(r"\b(?:bao cao|ket qua|tinh hinh|tong hop|so ket|giao ban|ky|gui)(?: [a-z]+){0,4} $", before)
        and REPORTS.search(clause)
    )
