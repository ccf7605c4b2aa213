"""Fetch the lines of a list by the keys of its duties: the statement is worded once a thread and kept.

The ORM spends more time on wording a statement of thirty columns than the database on carrying it out, and PostgreSQL
plans one that looks up keys in a fraction of the time that it takes for one that also filters and sorts.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db import connection, connections

from kycuong.core.calendars import Calendar
from kycuong.models import Duty
from kycuong.queries.duties.rows import COLUMNS, DutyRow, rows_of, with_row_data

_KEPT = threading.local()
_KEYS = -987_654_321  # stands for the keys while the statement is worded


@dataclass(frozen=True, slots=True)
class _Statement:
    """The statement, its parameters with the place of the keys among them, and what turns columns into values."""

    sql: str
    params: tuple[Any, ...]
    place: int
    compiler: Any


def _statement() -> _Statement:
    kept = getattr(_KEPT, "statement", None)
    if kept is None or kept.compiler.connection is not connections[connection.alias]:
        kept = _KEPT.statement = _worded()
    return kept


def _worded() -> _Statement:
    """Word the statement. Raw SQL, marked: the list of keys becomes one parameter, so that the text stays the same."""
    rows = with_row_data(Duty.objects.filter(pk__in=[_KEYS])).order_by().values_list("pk", *COLUMNS)
    compiler = rows.query.get_compiler(using=connection.alias)
    sql, params = compiler.as_sql()
    several = "= ANY(%s)" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
    before, _, after = sql.partition('"kycuong_duty"."id" IN (%s)')
    return _Statement(f'{before}"kycuong_duty"."id" {several}{after}', tuple(params), params.index(_KEYS), compiler)


def _fetched(keys: Sequence[int]) -> dict[int, SimpleNamespace]:
    """Return what a line reads, by the key of its duty (one query)."""
    kept = _statement()
    params = list(kept.params)
    params[kept.place] = list(keys) if connection.vendor == "postgresql" else json.dumps(list(keys))
    with connection.cursor() as cursor:
        cursor.execute(kept.sql, params)
        rows = kept.compiler.results_iter(results=[cursor.fetchall()], tuple_expected=True)
        return {row[0]: SimpleNamespace(**dict(zip(COLUMNS, row[1:], strict=True))) for row in rows}


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
