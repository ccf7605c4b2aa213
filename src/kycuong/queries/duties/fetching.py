"""Fetch the lines of a list by the keys of its duties: the statement is worded once a thread and kept.

PostgreSQL plans a statement of thirty columns that looks up keys in a fraction of the time that it takes for one that also
filters and sorts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db.models import BigAutoField, QuerySet

from kycuong.core.calendars import Calendar
from kycuong.models import Duty
from kycuong.queries.duties.rows import COLUMNS, DutyRow, rows_of, with_row_data
from kycuong.queries.kept import Several, Slot, among, kept


@kept(Several(BigAutoField()))
def _lines(keys: Slot) -> QuerySet[Duty, tuple[Any, ...]]:
    return with_row_data(Duty.objects.filter(among("pk", keys))).order_by().values_list("pk", *COLUMNS)


def _fetched(keys: Sequence[int]) -> dict[int, SimpleNamespace]:
    """Return what a line reads, by the key of its duty (one query)."""
    return {row[0]: SimpleNamespace(**dict(zip(COLUMNS, row[1:], strict=True))) for row in _lines(keys)}


def lines_of(keys: Sequence[int], at: datetime, calendar: Calendar | None = None) -> list[DutyRow]:
    """Return the lines of duties in the order of their keys; a key that names none is left out (one query, or none)."""
    found = _fetched(keys) if keys else {}
    return rows_of([found[key] for key in keys if key in found], at, calendar)


def lines_by_order(keys: Iterable[int], at: datetime, calendar: Calendar) -> list[tuple[UUID | None, DutyRow]]:
    """Return the lines of tasks in the order of their keys, each with the order that it comes from."""
    wanted = list(keys)
    found = _fetched(wanted) if wanted else {}
    there = [found[key] for key in wanted if key in found]
    return [(more.order_key, line) for more, line in zip(there, rows_of(there, at, calendar), strict=True)]
