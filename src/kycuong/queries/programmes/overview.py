"""The programmes of a year: which unit has one, how its lines stand by quarter, who has none; beside the year's theme."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from kycuong.core.calendars import local_date
from kycuong.core.programmes import WHOLE_YEAR
from kycuong.models import Programme, ProgrammeLine, Unit
from kycuong.queries import org, scope, themes
from kycuong.queries.programmes import rights
from kycuong.queries.programmes.progress import Progress, by_quarter

#: The kinds of units that are expected to have a programme; vertical, Party and mass bodies have their own superiors.
EXPECTED = ("province", "office", "department", "public_service", "commune")


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """The programme of one unit as a line of the year's page; lines that wait are not approved yet."""

    public_id: UUID
    unit_name: str
    unit_kind: str
    state: str
    lines: int
    waiting: int
    progress: Progress
    quarters: tuple[Progress, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A unit that has no approved programme for the year; state is that of a draft, empty for none at all."""

    unit_id: UUID
    unit_name: str
    state: str


@dataclass(frozen=True, slots=True)
class YearPage:
    """The programmes of a year."""

    year: int
    themes: list[themes.ThemeRow]
    rows: list[ProgrammeRow]
    total: Progress
    missing: list[Missing]
    expected: int
    draftable: list[tuple[UUID, str]]


def year(who: scope.Actor, at: datetime, chosen: int | None = None) -> YearPage:
    """Return the programmes of a year that the person sees (a fixed number of queries)."""
    number = chosen or local_date(at).year
    units = expected_units(who, at)
    programmes = list(Programme.objects.filter(year=number, unit__in=units).select_related("unit"))
    rows = _rows(who, at, programmes)
    approved = {row.unit_id: row for row in programmes}
    missing = [
        Missing(unit.public_id, unit.name, approved[unit.pk].get_state_display() if unit.pk in approved else "")
        for unit in units.values()
        if unit.pk not in approved or approved[unit.pk].approved_at is None
    ]
    own = [unit for unit in units.values() if rights.drafts(who, unit) and unit.pk not in approved]
    return YearPage(
        year=number,
        themes=themes.of_year(number),
        rows=rows,
        total=sum((row.progress for row in rows), Progress()),
        missing=missing,
        expected=len(units),
        draftable=[(unit.public_id, unit.name) for unit in own],
    )


def expected_units(who: scope.Actor, at: datetime) -> dict[int, Unit]:
    """Return the units that the person sees and that are expected to have a programme, in the order of the page."""
    rows = Unit.objects.filter(org.valid_on(local_date(at)), kind__in=EXPECTED)
    if not who.sees_all:
        rows = rows.filter(pk__in=who.member_ids)
    return {unit.pk: unit for unit in sorted(rows, key=lambda unit: (EXPECTED.index(unit.kind), unit.name))}


def _rows(who: scope.Actor, at: datetime, programmes: list[Programme]) -> list[ProgrammeRow]:
    keys = [row.pk for row in programmes]
    seen = scope.visible_duties(who).filter(kind="task", task__order__programme_line__programme__in=keys)
    counted = by_quarter(seen, at)
    kept = ProgrammeLine.objects.filter(programme__in=keys, status="kept").order_by().values("programme")
    numbers = {
        row["programme"]: (row["n"], row["waiting"])
        for row in kept.annotate(n=Count("pk"), waiting=Count("pk", filter=Q(order__isnull=True)))
    }
    quarters: dict[int, dict[int, Progress]] = defaultdict(dict)
    for (programme, quarter), progress in counted.items():
        quarters[programme][quarter] = progress
    made = []
    for row in programmes:
        mine = quarters[row.pk]
        lines, waiting = numbers.get(row.pk, (0, 0))
        parts = tuple(mine.get(quarter, Progress()) for quarter in (1, 2, 3, 4, WHOLE_YEAR))
        made.append(
            ProgrammeRow(
                row.public_id, row.unit.name, row.unit.kind, row.state, lines, waiting, sum(parts, Progress()), parts
            )
        )
    return sorted(made, key=lambda row: (EXPECTED.index(row.unit_kind), row.unit_name))
