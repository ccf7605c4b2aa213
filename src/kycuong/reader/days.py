"""Turn the figures of a date into a day, a month end, a quarter end; never invent one."""

from __future__ import annotations

import calendar
import datetime as dt

_ROMANS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "l": 1, "ll": 2, "lll": 3}
WEEKDAYS = {
    "hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tu": "WE", "4": "WE", "nam": "TH", "5": "TH",
    "sau": "FR", "6": "FR", "bay": "SA", "7": "SA", "nhat": "SU",
}  # fmt: skip


class NoSuchDate(ValueError):
    """The figures name a day that the calendar does not have."""


def year_of(figures: str | None, issued: dt.date | None, month: int, day: int = 28) -> int | None:
    """Return the year printed, else the one in which the day comes first after the issue, else None."""
    if figures:
        year = int(figures)
        year = year + 2000 if year < 100 else year
        if not 1945 <= year <= 2200:
            raise NoSuchDate(figures)
        return year
    if issued is None:
        return None
    return issued.year + 1 if (month, day) < (issued.month, issued.day) and issued.month - month > 1 else issued.year


def day(figures: tuple[str, str, str | None], issued: dt.date | None) -> dt.date | None:
    """Return the day of (day, month, year); raise NoSuchDate when the calendar has none."""
    d, m = int(figures[0]), int(figures[1])
    if not (1 <= m <= 12 and 1 <= d <= 31):
        raise NoSuchDate("/".join(f or "" for f in figures))
    year = year_of(figures[2], issued, m, d)
    if year is None:
        return None
    try:
        return dt.date(year, m, d)
    except ValueError as wrong:
        raise NoSuchDate(f"{d}/{m}/{year}") from wrong


def month_day(month: int, year: int | None, part: str = "cuoi") -> dt.date | None:
    """Return the first, the 15th or the last day of a month. Basis: Civil Code 2015, Article 146."""
    if not 1 <= month <= 12:
        raise NoSuchDate(str(month))
    if year is None:
        return None
    if part == "dau":
        return dt.date(year, month, 1)
    if part == "giua":
        return dt.date(year, month, 15)
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def year_day(year: int, part: str = "cuoi") -> dt.date:
    """Return the first day, the middle or the end of a year. Basis: Civil Code 2015, Article 146."""
    return {"dau": dt.date(year, 1, 1), "giua": dt.date(year, 6, 30)}.get(part, dt.date(year, 12, 31))


def quarter(figures: str) -> int:
    """Return the number of a quarter printed in roman or arabic figures."""
    return int(figures) if figures.isdigit() else _ROMANS[figures]
