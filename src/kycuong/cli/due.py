"""`kycuong due`: when a limit or a fixed date ends, and why, without Django."""

from __future__ import annotations

import argparse
import json
import re
import sys
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone

from kycuong.core.calendars import TZ, Calendar, OfficeHours, to_minute
from kycuong.core.limits import Due, Limit, Roll, due, due_fixed, parse_limit
from kycuong.core.limits.steps import day_text, end_text
from kycuong.core.refusals import Refused
from kycuong.core.seed_calendar import seed

ISO_DAY = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
VIET_DAY = r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})"
TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?"
ZONE = r"(?P<zone>Z|[+-]\d{2}:?\d{2})?"
MOMENTS = [
    re.compile(pattern)
    for pattern in (
        rf"{ISO_DAY}(?:[T ]{TIME}{ZONE})?",
        rf"{VIET_DAY}(?: {TIME})?",
        rf"{TIME}(?: ngày)? {VIET_DAY}",
    )
]
FIRST_YEAR, LAST_YEAR = 1900, 2999
SPAN = re.compile(r"(\d{1,2}):(\d{2})[-–](\d{1,2}):(\d{2})")


def real_date(year: int, month: int, day: int) -> date:
    """Return a date, or raise Refused saying why there is no such day."""
    text = f"{day:02}/{month:02}/{year:04}"
    if not 1 <= month <= 12:
        raise Refused("no_such_month", text=text, month=str(month))
    if not 1 <= day <= 31:
        raise Refused("no_such_day", text=text, day=str(day))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused("year_out", year=str(year), first=str(FIRST_YEAR), last=str(LAST_YEAR))
    days = monthrange(year, month)[1]
    if day > days:
        raise Refused("no_such_date", text=text, month=f"{month:02}/{year:04}", days=str(days))
    return date(year, month, day)


def read_moment(text: str) -> datetime:
    """Read an ISO or Vietnamese day, with or without its time, as a moment in Viet Nam; raises Refused."""
    words = " ".join(text.split())
    match = next((found for pattern in MOMENTS if (found := pattern.fullmatch(words))), None)
    if match is None:
        raise Refused("date_unreadable", text=text)
    on = real_date(int(match["year"]), int(match["month"]), int(match["day"]))
    hour, minute = int(match["hour"] or 0), int(match["minute"] or 0)
    if hour > 23 or minute > 59:
        raise Refused("no_such_time", text=f"{hour:02}:{minute:02}")
    zone = match.groupdict().get("zone")
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=read_zone(zone) if zone else TZ).astimezone(TZ)


def read_zone(text: str) -> timezone:
    """Return the fixed offset of an ISO moment; raises Refused."""
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 14 or minutes > 59:
        raise Refused("no_such_zone", text=text)
    return timezone((-1 if text[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))


def read_hours(text: str) -> OfficeHours:
    """Read "07:30-11:30,13:30-17:00" as office hours; raises Refused."""
    matches = [SPAN.fullmatch(part.strip()) for part in text.split(",")]
    spans = tuple((int(m[1]) * 60 + int(m[2]), int(m[3]) * 60 + int(m[4])) for m in matches if m)
    try:
        if len(spans) < len(matches):
            raise ValueError(text)
        return OfficeHours(spans)
    except ValueError as bad:
        raise Refused("hours_unreadable", text=text) from bad


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong due", description="Compute a due date and explain every step.")
    out.add_argument("--from", dest="anchor", metavar="MOMENT", help="when the limit starts: 2026-02-12T15:30")
    what = out.add_mutually_exclusive_group(required=True)
    what.add_argument("--limit", metavar="TEXT", help='a length of time: "5 ngày làm việc"')
    what.add_argument("--by", metavar="DATE", help="a fixed date, included")
    what.add_argument("--before", metavar="DATE", help="a fixed date, not included")
    out.add_argument("--roll", choices=[roll.value for roll in Roll], help="what an end on a day off does")
    out.add_argument("--hours", metavar="SPANS", help="office hours: 07:30-11:30,13:30-17:00")
    out.add_argument("--json", action="store_true", help="print JSON")
    return out


def answer(options: argparse.Namespace) -> Due:
    """Return the due date that the options ask for."""
    calendar: Calendar = seed()
    if options.hours:
        calendar = calendar.with_hours(read_hours(options.hours))
    anchor = read_moment(options.anchor) if options.anchor else None
    if options.limit is not None and anchor is not None:
        limit = parse_limit(options.limit)
        roll = Roll(options.roll) if options.roll else limit.roll
        return due(anchor, Limit(limit.qty, limit.unit, roll), calendar)
    on = read_moment(options.before if options.by is None else options.by).date()
    roll = Roll(options.roll) if options.roll else Roll.none
    return due_fixed(on, "before" if options.by is None else "by", calendar, roll=roll, anchor=anchor)


def table(found: Due) -> str:
    """Return a due date as lines for a person."""
    head = [
        ("Hết hạn", end_text(to_minute(found.due_at))),
        ("Ngày cuối", day_text(found.last_date.toordinal())),
        ("Lịch", found.calendar),
    ]
    rows = head + [(str(number), line) for number, line in enumerate(found.explanation, start=1)]
    lines = [f"{label:>9} | {text}" for label, text in rows]
    return "\n".join([*lines[:3], "-" * 10 + "+" + "-" * 40, *lines[3:]])


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused with one sentence, 2 usage."""
    options_parser = parser()
    try:
        options = options_parser.parse_args(argv)
        if options.limit is not None and not options.anchor:
            options_parser.error("--limit needs --from")
    except SystemExit as stopped:
        return int(stopped.code or 0)
    try:
        found = answer(options)
    except Refused as refused:
        print(refused.message, file=sys.stderr)
        return 1
    print(json.dumps(found.to_json(), ensure_ascii=False) if options.json else table(found))
    return 0
