"""The days on which a periodic duty falls: the part of RFC 5545 rules that official periods use.

Where a rule names no day, the period's end is meant: Friday, the last day of the month, of the quarter or half year (an
INTERVAL of months counts from January), 31/12. A month without the numbered day gives its last day, not nothing.
Basis: Civil Code 2015 art. 146(3) ("cuối tháng", "cuối năm"), 148(3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice

from kycuong.core.refusals import Refused

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FRIDAY = 4
FREQS = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
BY_DAY = re.compile(r"([+-]?[1-5])?(" + "|".join(WEEKDAY_CODES) + ")")
HORIZON_YEARS = 40


class BadRecurrence(Refused):
    """A rule cannot be used."""

    def __init__(self, text: str, part: str, code: str = "bad_recurrence") -> None:
        super().__init__(code, text=text, part=part, years=str(HORIZON_YEARS))


@dataclass(frozen=True, slots=True)
class Rule:
    """Hold a parsed rule; `by_day` pairs an ordinal in the month (0 for every) with a weekday from Monday 0."""

    text: str
    freq: str
    interval: int = 1
    by_day: tuple[tuple[int, int], ...] = ()
    by_month: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()


def numbers(text: str, name: str, value: str, low: int, high: int, *, signed: bool = False) -> tuple[int, ...]:
    """Return the numbers of a rule part, between two bounds; raises BadRecurrence."""
    out = []
    for word in value.split(","):
        if not re.fullmatch(r"-?\d{1,4}" if signed else r"\d{1,4}", word) or not low <= abs(int(word)) <= high:
            raise BadRecurrence(text, f"{name}={value}")
        out.append(int(word))
    return tuple(sorted(set(out)))


def by_day(text: str, value: str) -> tuple[tuple[int, int], ...]:
    """Return the weekdays of a rule; raises BadRecurrence."""
    matches = [BY_DAY.fullmatch(word) for word in value.split(",")]
    if not all(matches):
        raise BadRecurrence(text, f"BYDAY={value}")
    return tuple((int(match[1] or 0), WEEKDAY_CODES.index(match[2])) for match in matches if match)


@lru_cache(maxsize=512)
def parse_rule(text: str) -> Rule:
    """Read an RRULE text. Raises BadRecurrence that names the part."""
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").rstrip(";").split(";"):
        name, _, value = part.partition("=")
        if not value or name in parts or name not in {"FREQ", "INTERVAL", "BYDAY", "BYMONTH", "BYMONTHDAY"}:
            raise BadRecurrence(text, part)
        parts[name] = value
    if parts.get("FREQ") not in FREQS:
        raise BadRecurrence(text, f"FREQ={parts.get('FREQ', '')}")
    rule = Rule(
        text,
        parts["FREQ"],
        numbers(text, "INTERVAL", parts.get("INTERVAL", "1"), 1, 999)[0],
        by_day(text, parts["BYDAY"]) if "BYDAY" in parts else (),
        numbers(text, "BYMONTH", parts["BYMONTH"], 1, 12) if "BYMONTH" in parts else (),
        numbers(text, "BYMONTHDAY", parts["BYMONTHDAY"], 1, 31, signed=True) if "BYMONTHDAY" in parts else (),
    )
    check(rule)
    return rule


def check(rule: Rule) -> None:
    """Raise BadRecurrence for the combinations that have no plain meaning."""
    if rule.freq in {"DAILY", "WEEKLY"} and any(nth for nth, _ in rule.by_day):
        raise BadRecurrence(rule.text, "BYDAY")
    if rule.freq == "WEEKLY" and rule.by_month_day:
        raise BadRecurrence(rule.text, "BYMONTHDAY")
    if rule.freq == "YEARLY" and rule.by_day and not rule.by_month:
        raise BadRecurrence(rule.text, "BYDAY")


def last_of_month(year: int, month: int) -> int:
    """Return the number of the last day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


def month_days(rule: Rule, year: int, month: int) -> list[date]:
    """Return the rule's days in one month, in order."""
    length = last_of_month(year, month)
    if rule.by_month_day:
        wanted = {min(n, length) if n > 0 else max(length + 1 + n, 1) for n in rule.by_month_day}
    elif rule.by_day:
        wanted = set(range(1, length + 1))
    else:
        wanted = {length}
    days = [date(year, month, day) for day in sorted(wanted)]
    return [day for day in days if on_weekday(rule, day, length)]


def on_weekday(rule: Rule, day: date, length: int) -> bool:
    """Return whether a day is one of the rule's weekdays, with its ordinal in the month when it has one."""
    nth, from_end = (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)
    wanted = [n for n, weekday in rule.by_day if weekday == day.weekday()]
    return not rule.by_day or any(n in (0, nth, from_end) for n in wanted)


def in_daily(rule: Rule, day: date, anchor: date | None) -> bool:
    """Return whether a DAILY rule falls on a day."""
    base = anchor.toordinal() if anchor else 1
    if (day.toordinal() - base) % rule.interval or (rule.by_month and day.month not in rule.by_month):
        return False
    return day in month_days(rule, day.year, day.month) if rule.by_month_day or rule.by_day else True


def in_weekly(rule: Rule, day: date, anchor: date | None) -> bool:
    """Return whether a WEEKLY rule falls on a day; weeks begin on Monday."""
    base = (anchor.toordinal() - 1) // 7 if anchor else 0
    weekdays = {weekday for _, weekday in rule.by_day} or {FRIDAY}
    in_week = not ((day.toordinal() - 1) // 7 - base) % rule.interval
    return in_week and day.weekday() in weekdays and (not rule.by_month or day.month in rule.by_month)


def in_month(rule: Rule, year: int, month: int, anchor: date | None) -> bool:
    """Return whether a MONTHLY or YEARLY rule falls in a month."""
    if rule.by_month and month not in rule.by_month:
        return False
    if rule.freq == "YEARLY":
        whole_year = rule.by_month or rule.by_month_day
        return not (year - (anchor.year if anchor else 0)) % rule.interval and bool(whole_year or month == 12)
    if anchor:
        return not (year * 12 + month - anchor.year * 12 - anchor.month) % rule.interval
    return not month % rule.interval


def occurrences(rule: Rule, start: date, anchor: date | None) -> Iterator[date]:
    """Yield the rule's days from `start` on, for as long as the horizon."""
    end = min(start.year + HORIZON_YEARS, date.max.year - 1)
    if rule.freq in {"DAILY", "WEEKLY"}:
        falls = in_daily if rule.freq == "DAILY" else in_weekly
        days = (date.fromordinal(n) for n in range(start.toordinal(), date(end, 12, 31).toordinal() + 1))
        yield from (day for day in days if falls(rule, day, anchor))
        return
    for index in range(start.year * 12 + start.month - 1, end * 12 + 12):
        year, month = index // 12, index % 12 + 1
        if in_month(rule, year, month, anchor):
            yield from (day for day in month_days(rule, year, month) if day >= start)


def slots(rrule: str, start: date, count: int, *, anchor: date | None = None) -> tuple[date, ...]:
    """Return the first `count` days of a rule on or after `start`.

    `anchor` fixes where an INTERVAL counts from, and no day lies before it; without it months count from January, years
    from year 0, weeks and days from Monday 01/01/0001. Raises BadRecurrence, also when the rule never falls on a day.
    """
    rule = parse_rule(rrule)
    if rule.freq == "MONTHLY" and not anchor and 12 % rule.interval:
        raise BadRecurrence(rrule, f"INTERVAL={rule.interval}")
    found = tuple(islice(occurrences(rule, max(start, anchor) if anchor else start, anchor), count))
    if len(found) < count:
        raise BadRecurrence(rrule, "", "no_occurrence")
    return found


def next_slot(rrule: str, after: date, *, anchor: date | None = None) -> date:
    """Return the rule's first day strictly after a day. Raises BadRecurrence."""
    return slots(rrule, after + timedelta(days=1), 1, anchor=anchor)[0]
