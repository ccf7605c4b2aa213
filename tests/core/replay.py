"""Recompute a due date as a person would: from the printed lines only, with no calendar at hand."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

DAY = r"(?:thứ \w+|Chủ nhật) (\d{2}/\d{2}/\d{4})"
ONE = timedelta(days=1)


def day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007


def span(text: str) -> int:
    hours, minutes = re.search(r"(\d+) giờ", text), re.search(r"(\d+) phút", text)
    return (int(hours[1]) * 60 if hours else 0) + (int(minutes[1]) if minutes else 0)


def plus_months(on: date, months: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=on.day - 1), first_of_next - ONE)


class Reader:
    """Walk the lines day by day; every day from the anchor on must be accounted for, in order."""

    def __init__(self, lines: list[str], start: date) -> None:
        self.lines = lines
        self.start = start
        self.next_day: date | None = None
        self.counted = 0
        self.last: date | None = None
        self.minutes = 0
        self.moment: datetime | None = None
        self.off: list[date] = []

    def meet(self, first: date, last: date) -> None:
        if self.next_day is None:
            assert first in (self.start, self.start + ONE), f"{first} follows the anchor of {self.start}"
        else:
            assert first == self.next_day, f"{first} follows {self.next_day}"
        self.next_day = last + ONE

    def run(self) -> None:
        for line in self.lines:
            days = [day(text) for text in re.findall(DAY, line)]
            if line.startswith("Không tính ngày đầu tiên"):
                self.next_day = days[0] + ONE
            elif line.startswith("Không tính"):
                self.meet(days[0], days[0])
                self.off.append(days[0])
            elif match := re.match(r"Tính (\d+) ngày làm việc", line):
                first, last = days[0], days[-1]
                assert (last - first).days + 1 == int(match[1])
                self.meet(first, last)
                self.counted += int(match[1])
                self.last = last
            elif match := re.match(r"Tính (.+) làm việc: từ (\S+) .* đến (\S+) ", line):
                self.meet(days[0], days[0])
                self.minutes += span(match[1])
                hours, minutes = map(int, match[3].split(":"))
                self.moment = datetime.combine(days[0], datetime.min.time()) + timedelta(hours=hours, minutes=minutes)


def long_end(qty: int, unit: str, start: date) -> date:
    if unit == "ngày":
        return start + timedelta(days=qty)
    if unit == "tuần":
        return start + timedelta(weeks=qty)
    return plus_months(start, qty if unit == "tháng" else 12 * qty)


def roll(lines: list[str], last: date) -> date:
    """Follow the roll that the lines print: the days off that they name from `last` on, then the day it ends on."""
    named = [day(m[1]) for line in lines if (m := re.match(rf"Không tính {DAY}:", line))]
    rolled = next((line for line in lines if "ngày làm việc tiếp theo" in line), None)
    if rolled is None:
        return last
    assert named == [last + timedelta(days=n) for n in range(len(named))]
    to = named[-1] + ONE
    assert to == day(re.findall(DAY, rolled)[1])
    return to


def replay(lines: list[str]) -> datetime:
    """Return the end, local and naive, that follows from the lines without reading the last one."""
    body = lines[:-1]
    fixed = next((line for line in body if line.startswith(("Hạn là ngày ấn định", "“Trước ngày”"))), None)
    if fixed:
        on = day(re.findall(DAY, fixed)[0])
        last = on - ONE if fixed.startswith("“Trước") else roll(body, on)
        return datetime.combine(last + ONE, datetime.min.time())
    anchor = re.match(rf"Mốc tính: (\d\d:\d\d) {DAY}", body[0])
    rule = re.match(r"Thời hạn: (\d+) ([^(.]+)", body[1])
    assert anchor is not None
    assert rule is not None
    qty, unit, start = int(rule[1]), rule[2].strip(), day(anchor[2])
    if unit in {"ngày", "tuần", "tháng", "năm"}:
        return datetime.combine(roll(body, long_end(qty, unit, start)) + ONE, datetime.min.time())
    reader = Reader(body, start)
    reader.run()
    if unit == "ngày làm việc":
        assert reader.counted == qty
        assert reader.last is not None
        return datetime.combine(reader.last + ONE, datetime.min.time())
    per_day = next(span(line.rpartition("mỗi ngày")[2]) for line in body if "mỗi ngày" in line)
    assert reader.minutes + reader.counted * per_day == qty * 60
    assert reader.moment is not None
    return reader.moment
