"""A statement of an act, carried out often: PostgreSQL plans it once a connection, as it does a kept question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from typing import Any, Final
from weakref import WeakSet

from django.conf import settings
from django.db import connection
from django.db.models import Field

_NUMBERS: Final = count(1)
_PLACES: Final = re.compile(r"%s")


class Planned:
    """A statement with `%s` for its values, whose types are those of some fields, in order; it has no other `%`."""

    def __init__(self, sql: str, fields: Sequence[Field[Any, Any]]) -> None:
        self._sql, self._fields, self._name = sql, tuple(fields), f"act_{next(_NUMBERS)}"
        self._planned_by: WeakSet[Any] = WeakSet()

    def carry_out(self, cursor: Any, values: Sequence[object]) -> None:
        """Carry the statement out with values as the database takes them."""
        if connection.vendor != "postgresql" or not settings.PREPARED:
            cursor.execute(self._sql, values)
            return
        here: Any = connection
        if here.connection not in self._planned_by:
            self._plan(here)
        cursor.execute(f"EXECUTE {self._name} ({', '.join(['%s'] * len(self._fields))})", values)

    def _plan(self, here: Any) -> None:
        """Prepare the statement on this connection. Raw SQL, marked: Django knows no prepared statements."""
        numbers = count(1)
        said = _PLACES.sub(lambda _: f"${next(numbers)}", self._sql)
        types = ", ".join(str(field.cast_db_type(here)) for field in self._fields)
        with here.wrap_database_errors, here.connection.cursor() as cursor:  # no act: none counts it
            cursor.execute(f"PREPARE {self._name} ({types}) AS {said}")
        self._planned_by.add(here.connection)
