"""The working calendar in force and as it was under an earlier version, built once from its rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import BigAutoField, Q, QuerySet, Subquery

from kycuong.core.calendar_changes import label
from kycuong.core.calendars import WEEKDAYS, Calendar, DayRow, OfficeHours
from kycuong.core.seed_calendar import seed
from kycuong.models import CalendarChange, CalendarChangeDay, CalendarDay, LimitRule, Unit, UnitClosure, WorkCalendar
from kycuong.queries.kept import Slot, kept

Spans = tuple[tuple[int, int], ...]


def _row(on: date, stored: Mapping[str, object]) -> DayRow:
    return DayRow(on, bool(stored["working"]), str(stored["name"]), str(stored["basis"]), bool(stored["verified"]))


@lru_cache(maxsize=8)
def _build(name: str, version: int, edition: UUID) -> Calendar:
    """Build a calendar; the edition names exactly one state of its rows, also after a transaction that was undone."""
    rows = [
        DayRow(row.on, row.working, row.name, row.basis, row.verified)
        for row in CalendarDay.objects.filter(calendar__name=name).order_by("on")
    ]
    return seed().with_rows(rows, label(name, version), _near())


def _near() -> tuple[tuple[date, int], ...]:
    """Return from which day on how many working days left are near due, as the authority decided."""
    rows = LimitRule.objects.filter(code="near_due").order_by("in_force_from", "id")
    return tuple(rows.values_list("in_force_from", "quantity"))


@lru_cache(maxsize=16)
def _rebuild(newest: tuple[str, int, UUID], version: int) -> Calendar:
    """Build a calendar as it was under an earlier version: the changes since then taken back, the latest first."""
    name, _, _ = newest
    rows = {row.on: row for row in _build(*newest).rows}
    later = CalendarChangeDay.objects.filter(change__calendar__name=name, change__version__gt=version)
    for day in later.order_by("-change__version"):
        if day.before is None:
            rows.pop(day.on, None)
        else:
            rows[day.on] = _row(day.on, day.before)
    return rebuilt(rows, label(name, version), _build(*newest).near)


def rebuilt(rows: Mapping[date, DayRow], name: str, near: tuple[tuple[date, int], ...]) -> Calendar:
    """Return a calendar of exactly these rows on top of the one that the product ships."""
    return seed().with_rows([rows[on] for on in sorted(rows)], name, near)


@lru_cache(maxsize=64)
def _with_hours(base: Calendar, spans: Spans) -> Calendar:
    return base.with_hours(OfficeHours(spans))


def _newest() -> tuple[str, int, UUID] | None:
    return next(iter(_calendars()), None)


@kept()
def _calendars() -> QuerySet[WorkCalendar, tuple[str, int, UUID]]:
    return WorkCalendar.objects.order_by("-id").values_list("name", "version", "edition")[:1]


def version() -> int:
    """Return the version of the calendar in force, 0 before any is loaded."""
    newest = _newest()
    return newest[1] if newest else 0


def stale(names: Collection[str]) -> bool:
    """Return whether one of these is the name of an earlier version of the calendar in force (one query)."""
    newest = _newest() if names else None
    if newest is None:
        return False
    name, version, _ = newest
    return any(one != label(name, version) and (one == name or one.startswith(f"{name}.")) for one in names)


def spans_of(stored: Iterable[Iterable[int]]) -> Spans:
    """Return stored office hours as spans of minutes."""
    return tuple((start, end) for start, end in stored)


#: That a unit stands below another today; itself always.
BELOW = Q(valid_until__isnull=True) | Q(depth=0)


def current(unit_id: int | None = None) -> Calendar:
    """Return the calendar in force, with the office hours of the unit: its own, or of the nearest unit above that has any.

    Before any calendar is loaded, the seed calendar that the product ships.
    """
    above = _hours_above(unit_id) if unit_id is not None else []
    newest = (above[0][1:] if above[0][1] else None) if above else _newest()
    base = _build(*newest) if newest else seed()
    spans = next((spans for spans, *_ in above if spans is not None), None)
    return _with_hours(base, spans_of(spans)) if spans else base


@kept(BigAutoField())
def _hours_above(unit: Slot) -> QuerySet[UnitClosure, tuple[Any, ...]]:
    """Return the hours of the unit and of each above it, the nearest first, each beside the calendar in force."""
    newest = WorkCalendar.objects.order_by("-id")
    known = {f"in_force_{name}": Subquery(newest.values(name)[:1]) for name in ("name", "version", "edition")}
    found = UnitClosure.objects.filter(BELOW, descendant=unit).annotate(**known)
    return found.order_by("depth").values_list("ancestor__office_hours", *known)


@dataclass(frozen=True, slots=True)
class Calendars:
    """One version of the calendar for every unit: the days are everyone's, the office hours a unit's own."""

    base: Calendar
    spans: Mapping[int, Spans]

    def of(self, unit_id: int | None) -> Calendar:
        """Return the calendar of a unit."""
        spans = self.spans.get(unit_id or 0)
        return _with_hours(self.base, spans) if spans else self.base


def inherited_above(unit_id: int) -> Spans | None:
    """Return the office hours that a unit has when it has none of its own: of the nearest unit above with some."""
    found = UnitClosure.objects.filter(BELOW, descendant=unit_id, depth__gt=0, ancestor__office_hours__isnull=False)
    spans = found.order_by("depth").values_list("ancestor__office_hours", flat=True).first()
    return spans_of(spans) if spans else None


def everywhere(version: int | None = None) -> Calendars:
    """Return the calendar of every unit, in force or under an earlier version (four queries at most)."""
    newest = _newest()
    if newest is None:
        return Calendars(seed(), _inherited({}))
    hours = {unit: spans_of(spans) for unit, spans in _own_hours()}
    if version is None or version >= newest[1]:
        return Calendars(_build(*newest), _inherited(hours))
    return Calendars(_rebuild(newest, version), _inherited(_hours_under(hours, newest[0], version)))


def _own_hours() -> list[tuple[int, list[list[int]]]]:
    rows = Unit.objects.filter(office_hours__isnull=False).values_list("pk", "office_hours")
    return [(unit_id, spans) for unit_id, spans in rows if spans]


def _hours_under(hours: dict[int, Spans], name: str, version: int) -> dict[int, Spans]:
    """Return every unit's own hours as they were: later changes taken back, the latest first."""
    later = CalendarChange.objects.filter(calendar__name=name, version__gt=version, kind="hours")
    for unit_id, before in later.order_by("-version").values_list("unit", "hours_before"):
        if before is None:
            hours.pop(unit_id, None)
        else:
            hours[unit_id] = spans_of(before)
    return hours


def _inherited(own: Mapping[int, Spans]) -> dict[int, Spans]:
    """Return the hours of every unit that has or inherits some: those of the nearest unit above."""
    if not own:
        return {}
    found: dict[int, Spans] = {}
    below = UnitClosure.objects.filter(BELOW, ancestor__in=list(own)).order_by("-depth")
    for unit_id, above in below.values_list("descendant", "ancestor"):
        found[unit_id] = own[above]
    return found


def under(name: str, unit_id: int | None = None) -> Calendar:
    """Return the calendar that a duty remembers by its name, for a unit; the one in force when the name is another's."""
    newest = _newest()
    if newest is None or name in {"", label(newest[0], newest[1])}:
        return current(unit_id)
    versions = {label(newest[0], one): one for one in range(1, newest[1])}
    return everywhere(versions[name]).of(unit_id) if name in versions else current(unit_id)


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


@dataclass(frozen=True, slots=True)
class MonthDay:
    """One day of a month's sheet: a working day, a weekly rest, a holiday or a made-up working day; or an empty cell."""

    on: date | None
    kind: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month's sheet: its weeks from Monday to Sunday, and how many days are worked."""

    number: int
    weeks: list[list[MonthDay]]
    worked: int


def sheet(year: int, unit_id: int | None = None) -> list[Month]:
    """Return the twelve months of a year as sheets; nothing for a year that the calendar does not cover."""
    calendar = current(unit_id)
    if not calendar.first_year <= year <= calendar.last_year:
        return []
    return [_month(calendar, year, number) for number in range(1, 13)]


def _month(calendar: Calendar, year: int, number: int) -> Month:
    first = date(year, number, 1)
    after = date(year + number // 12, number % 12 + 1, 1)
    cells = [MonthDay(None)] * first.weekday()
    cells += [_day(calendar, first + timedelta(days=n)) for n in range((after - first).days)]
    cells += [MonthDay(None)] * (-len(cells) % 7)
    weeks = [cells[n : n + 7] for n in range(0, len(cells), 7)]
    return Month(number, weeks, sum(cell.kind in {"worked", "made_up"} for cell in cells))


def _day(calendar: Calendar, on: date) -> MonthDay:
    row = calendar.row(on)
    if calendar.is_working(on):
        return MonthDay(on, "made_up" if row else "worked", row.name if row else "")
    return MonthDay(on, "holiday" if row else "rest", row.name if row else WEEKDAYS[on.weekday()])
