"""Some days and some units in whose facts signs are looked for, and what one case is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from kycuong.core.calendars import Calendar


class Found(NamedTuple):
    """One case: the duty it is about, the unit whose sign it is, since when it stands."""

    duty: int
    unit: int
    at: datetime


class Sought(NamedTuple):
    """How long it took until the unit that is competent had a task, in working days."""

    duty: int
    giver: int
    at: datetime
    days: float


@dataclass(frozen=True)
class Span:
    """The days, from `first` to before `after`, as they are known at `at`; `only` these units, None: all."""

    at: datetime
    first: datetime
    after: datetime
    only: Collection[int] | None
    calendar: Calendar
    owner_days: int

    def units(self, name: str) -> Q:
        """Return the condition that a column names one of the units asked for."""
        return Q() if self.only is None else Q(**{f"{name}__in": self.only})

    def within(self, name: str) -> Q:
        """Return the condition that an instant lies in the days."""
        return Q(**{f"{name}__gte": self.first, f"{name}__lt": self.after})


def cases(rows: QuerySet[Any], *names: str) -> Iterator[Found]:
    """Yield the cases of rows: which columns are duty, unit and instant."""
    return (Found(*row) for row in rows.order_by().values_list(*names))


def count(rows: QuerySet[Any], name: str) -> Counter[int]:
    """Return how many rows each unit has in a column."""
    counted = rows.order_by().values_list(name).annotate(n=Count("pk"))
    return Counter({unit: n for unit, n in counted if unit is not None})
