"""Reports that fall due: those that a document would ask for, and those that the ledger asks for already, day by day."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from django.db.models import Q, QuerySet

from kycuong.core.recurrences import BadRecurrence, occurrences, parse_rule
from kycuong.models import Document, Duty
from kycuong.models.duties import Phase

#: How far ahead recurrences are expanded.
AHEAD = timedelta(days=366)
_REPORT = re.compile(r"\bbáo cáo\b|\bgửi (?:kết quả|số liệu|về)\b|\bthống kê\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Report:
    """Something to hand in: its words, its last days within the year ahead, the units that owe it, where it comes from.

    `document` is None for what the document under review would ask for.
    """

    text: str
    days: tuple[date, ...]
    units: frozenset[int]
    rrule: str = ""
    document: UUID | None = None
    code: str = ""
    order: UUID | None = None
    whole: bool = False


def is_report(text: str, product: str) -> bool:
    """Tell whether an order asks for a report or figures."""
    return bool(_REPORT.search(product) or _REPORT.search(text))


@lru_cache(maxsize=4096)
def days_of(rrule: str, bound: str, on: date) -> tuple[date, ...]:
    """Return the last days of a recurrence within the year after a day; none for a rule that has no plain meaning."""
    try:
        rule = parse_rule(rrule)
    except BadRecurrence:
        return ()
    found = []
    for slot in occurrences(rule, on + timedelta(days=1), None):
        if slot > on + AHEAD:
            break
        found.append(last_day(slot, bound))
    return tuple(found)


def last_day(day: date, bound: str) -> date:
    """Return the last day of a printed day: "before" ends the day before it."""
    return day - timedelta(days=1) if bound == "before" else day


def in_ledger(
    duties: QuerySet[Duty], document: Document, units: Collection[int], wanted: Collection[date], on: date
) -> list[Report]:
    """Return the periodic reports that units owe already on some days, each with the units that owe it (three queries).

    First the rules are read, which are few; then who owes those that fall on the days asked for.
    """
    open_ones = duties.filter(kind="task", series__isnull=False, holder_unit__in=list(units))
    open_ones = open_ones.filter(phase__in=[Phase.OPEN, Phase.PAUSED]).exclude(document=document).order_by()
    rows = open_ones.values_list(
        "task__order", "document", "bound", "task__order__rrule", "document__report_rrule", "task__order__text",
        "task__order__public_id", "title",
    ).distinct()  # fmt: skip
    found: dict[tuple[int | None, int | None, str], Report] = {}
    for of, source, bound, own, cycle, text, order, title in rows:
        rrule = own or cycle or ""
        days = days_of(rrule, bound, on) if rrule else ()
        if set(days) & set(wanted):
            found[of, source, bound] = Report(text or title, days, frozenset(), rrule, order=order, whole=order is None)
    return _with_units(open_ones, found)


def _with_units(open_ones: QuerySet[Duty], found: dict[tuple[int | None, int | None, str], Report]) -> list[Report]:
    if not found:
        return []
    orders = [key[0] for key in found if key[0] is not None]
    whole = [key[1] for key in found if key[0] is None]
    wanted = Q(task__order__in=orders) | Q(task__order__isnull=True, document__in=whole)
    owing: dict[tuple[int | None, int | None, str], set[int]] = {key: set() for key in found}
    pairs = open_ones.filter(wanted).values_list("task__order", "document", "bound", "holder_unit").distinct()
    for of, source, bound, unit in pairs:
        if (of, source, bound) in owing:
            owing[of, source, bound].add(unit)
    documents = Document.objects.in_bulk([key[1] for key in found if key[1] is not None])
    made = []
    for key, one in found.items():
        paper = documents.get(key[1] or 0)
        code, public_id = (str(paper), paper.public_id) if paper else ("", None)
        made.append(replace(one, units=frozenset(owing[key]), document=public_id, code=code))
    return made


@dataclass(frozen=True, slots=True)
class Clash:
    """A day on which units owe several reports, at least one of them new: how many units, how many at most, which."""

    on: date
    units: int
    most: int
    reports: list[Report]


def clashes(new: Iterable[Report], known: Iterable[Report]) -> list[Clash]:
    """Return the days on which a unit would owe more than one report, the heaviest first."""
    fresh, all_of_them = list(new), [*new, *known]
    found = []
    for day in sorted({day for one in fresh for day in one.days}):
        here = [one for one in all_of_them if day in one.days]
        asked = {unit for one in fresh if day in one.days for unit in one.units}
        counts = [sum(1 for one in here if unit in one.units) for unit in asked]
        crowded = [count for count in counts if count > 1]
        if crowded:
            shown = [one for one in here if one.units & asked]
            found.append(Clash(day, len(crowded), max(crowded), shown))
    return sorted(found, key=lambda one: (-one.most, -one.units, one.on))
