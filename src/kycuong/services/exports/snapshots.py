"""One consistent picture of all tables, streamed row by row while others go on writing; raw SQL, marked: plain SELECTs."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps
from django.db import connection, models

from kycuong.core.dictionary import DERIVED, SECRET
from kycuong.services.archives.dumps import own_file

FETCH = 2000


def tables() -> list[type[models.Model]]:
    """Return every table that is exported, by name."""
    found = [model for model in apps.get_app_config("kycuong").get_models() if model.__name__ not in DERIVED]
    return sorted(found, key=lambda model: model.__name__)


def columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Return the columns of a table that may leave."""
    return [field for field in model._meta.concrete_fields if f"{model.__name__}.{field.name}" not in SECRET]


class Snapshot:
    """A reader of all tables as they stood at one moment."""

    def __init__(self, raw: Any) -> None:
        self._raw, self._named = raw, connection.vendor == "postgresql"

    def rows(self, model: type[models.Model]) -> Iterator[list[object]]:
        """Yield the rows of a table by key, each value as plain JSON data."""
        fields = columns(model)
        names = ", ".join(f'"{field.column}"' for field in fields)
        key = model._meta.pk.column
        sql = f'SELECT {names} FROM "{model._meta.db_table}" ORDER BY "{key}"'  # noqa: S608 -- names are ours
        cursor = self._raw.cursor(name="export") if self._named else self._raw.cursor()
        with closing(cursor):
            cursor.execute(sql)
            while found := cursor.fetchmany(FETCH):
                for row in found:
                    yield [value_of(field, value) for field, value in zip(fields, row, strict=True)]


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """Give a snapshot in a connection of its own: repeatable read on PostgreSQL, one read transaction on SQLite."""
    if connection.vendor == "postgresql":
        own = connection.copy()
        try:
            own.ensure_connection()
            own.connection.autocommit = True
            own.connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            own.connection.execute("SELECT 1")
            yield Snapshot(own.connection)
        finally:
            own.close()
        return
    with closing(sqlite3.connect(f"file:{own_file()}?mode=ro", uri=True, isolation_level=None, timeout=20)) as raw:
        raw.execute("BEGIN")
        raw.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()  # the picture is taken with the first read
        yield Snapshot(raw)


def value_of(field: models.Field[Any, Any], value: Any) -> object:
    """Return a value as plain data: instants in UTC with Z, days, JSON as it is, bytes in hexadecimal."""
    if value is None:
        return None
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    if isinstance(field, models.BooleanField):
        return bool(value)
    if isinstance(field, models.JSONField):
        return json.loads(value) if isinstance(value, str | bytes) else value
    if isinstance(field, models.UUIDField):
        return str(value if isinstance(value, uuid.UUID) else uuid.UUID(value))
    if isinstance(field, models.DateTimeField):
        return _instant(value)
    if isinstance(value, date):
        return value.isoformat()
    return bytes(value).hex() if isinstance(value, bytes | bytearray | memoryview) else value


def _instant(value: str | datetime) -> str:
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return at.isoformat().replace("+00:00", "Z")


def column_names(fields: Sequence[models.Field[Any, Any]]) -> list[str]:
    """Return the names of columns in the export: references keep the key of the row they lead to, with _id."""
    return [field.attname for field in fields]
