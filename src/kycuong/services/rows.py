"""Write one row in the fewest steps: the statement of a table is built once and kept.

Marked raw SQL: the ORM spends more time on wording the statements of one move than the database on carrying them out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model


@cache
def _fields(table: type[Model]) -> tuple[Field[Any, Any], ...]:
    return tuple(field for field in table._meta.concrete_fields if not field.primary_key)


@cache
def _by_name(table: type[Model]) -> dict[str, Field[Any, Any]]:
    return {name: field for field in table._meta.concrete_fields for name in (field.name, field.attname)}


@cache
def _insert(table: type[Model]) -> str:
    columns = ", ".join(f'"{field.column}"' for field in _fields(table))
    marks = ", ".join(["%s"] * len(_fields(table)))
    return f'INSERT INTO "{table._meta.db_table}" ({columns}) VALUES ({marks})'  # noqa: S608 -- names are ours


def insert(row: Model) -> None:
    """Insert an unsaved row; its key is not read back. Raises: IntegrityError."""
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in _fields(type(row))]
    with connection.cursor() as cursor:
        cursor.execute(_insert(type(row)), values)


def update(
    table: type[Model], values: Mapping[str, object], *, where: Mapping[str, object], first: Mapping[str, object] = {}
) -> int:
    """Write columns of the rows where others have these values (None: is null), of `first` only where none is yet; return how many."""
    by_name = _by_name(table)
    parts = [f'"{by_name[name].column}" = %s' for name in values]
    parts += [f'"{by_name[name].column}" = COALESCE("{by_name[name].column}", %s)' for name in first]
    held = {name: value for name, value in where.items() if value is not None}
    asked = [f'"{by_name[name].column}" {"= %s" if name in held else "IS NULL"}' for name in where]
    sql = f'UPDATE "{table._meta.db_table}" SET {", ".join(parts)} WHERE {" AND ".join(asked)}'  # noqa: S608
    given = (*values.items(), *first.items(), *held.items())
    with connection.cursor() as cursor:
        cursor.execute(sql, [by_name[name].get_db_prep_save(value, connection) for name, value in given])
        return int(cursor.rowcount)


def add_text(row: Model, column: str, text: str) -> None:
    """Write a text behind the one that the column of a row holds, whoever else does so at the same time."""
    name = _by_name(type(row))[column].column
    with connection.cursor() as cursor:
        sql = f'UPDATE "{row._meta.db_table}" SET "{name}" = "{name}" || %s WHERE "id" = %s'  # noqa: S608
        cursor.execute(sql, [text, row.pk])


def change(row: Model, values: Mapping[str, object], *, counted: Mapping[str, int], unless_moved: str) -> bool:
    """Write columns of a row and add to its counters where `unless_moved` still holds the row's value; return whether it did."""
    fields = [(_by_name(type(row))[name], value) for name, value in values.items()]
    parts = [f'"{field.column}" = %s' for field, _ in fields] + [f'"{name}" = "{name}" + %s' for name in counted]
    sql = f'UPDATE "{row._meta.db_table}" SET {", ".join(parts)} WHERE "id" = %s AND "{unless_moved}" = %s'  # noqa: S608
    given = [field.get_db_prep_save(value, connection) for field, value in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*given, *counted.values(), row.pk, getattr(row, unless_moved)])
        return bool(cursor.rowcount == 1)
