"""The working calendar in force, built once from its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kycuong.core.calendars import Calendar, DayRow, OfficeHours
from kycuong.core.seed_calendar import seed
from kycuong.models import CalendarDay, Unit, WorkCalendar


@lru_cache(maxsize=4)
def _build(name: str, version: int) -> Calendar:
    rows = [
        DayRow(row.on, row.working, row.name, row.basis, row.verified)
        for row in CalendarDay.objects.filter(calendar__name=name).order_by("on")
    ]
    return seed().with_rows(rows, name)


@lru_cache(maxsize=64)
def _with_hours(base: Calendar, spans: tuple[tuple[int, int], ...]) -> Calendar:
    return base.with_hours(OfficeHours(spans))


def current(unit_id: int | None = None) -> Calendar:
    """Return the calendar in force, with the office hours of the unit when it has its own.

    Before any calendar is loaded, the seed calendar that the product ships.
    """
    newest = WorkCalendar.objects.order_by("-id").values_list("name", "version").first()
    base = _build(*newest) if newest else seed()
    if unit_id is None:
        return base
    spans = Unit.objects.filter(pk=unit_id).values_list("office_hours", flat=True).first()
    return _with_hours(base, tuple((a, b) for a, b in spans)) if spans else base


@dataclass(frozen=True, slots=True)
class DayLine:
    """One row of the calendar as people read it."""

    on: date
    working: bool
    name: str
    basis: str
    verified: bool


def days(year: int) -> list[DayLine]:
    """Return the rows of a year, in order, each with the document that decided it."""
    newest = WorkCalendar.objects.order_by("-id").first()
    if newest is None:
        return []
    rows = CalendarDay.objects.filter(calendar=newest, on__year=year).order_by("on")
    return [DayLine(row.on, row.working, row.name, row.basis, row.verified) for row in rows]


def years() -> list[int]:
    """Return the years that the calendar in force has rows for."""
    dates = CalendarDay.objects.order_by().dates("on", "year")
    return [day.year for day in dates]
