"""Write one row in the fewest steps: the statement of a table is built once and kept.

Marked raw SQL: the ORM spends more time on wording the statements of one move than the database on carrying them out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from types import NoneType
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import AutoField, BigAutoField, Field, Model, TextField
from django.db.models.base import ModelState

from kycuong.queries.planned import Planned

Row = TypeVar("Row", bound=Model)
#: So many rows are inserted by one statement that is kept; of more the ORM's own wording no longer counts.
FEW, BATCH = 6, 500


@cache
def _fields(table: type[Model], keyed: bool = False) -> tuple[Field[Any, Any], ...]:
    """Return the columns that an insert writes; `keyed`: with the key that the row has already."""
    return tuple(field for field in table._meta.concrete_fields if keyed or not isinstance(field, AutoField))


@cache
def _by_name(table: type[Model]) -> dict[str, Field[Any, Any]]:
    return {name: field for field in table._meta.concrete_fields for name in (field.name, field.attname)}


@cache
def _insert(table: type[Model], times: int = 1, *, returning: bool = False, keyed: bool = False) -> Planned:
    fields = _fields(table, keyed)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * times)
    key = table._meta.pk
    back = f' RETURNING "{key.column}"' if returning and key else ""
    return Planned(f'INSERT INTO "{table._meta.db_table}" ({columns}) VALUES {marks}{back}', fields * times)  # noqa: S608 -- names are ours


def _values(row: Model, here: Any, *, keyed: bool = False) -> list[Any]:
    held, found = row.__dict__, []
    for name, as_it_is, field in _plain(type(row), here.vendor, keyed):
        value = held[name]
        kind = type(value)
        known = kind in as_it_is and (kind is not datetime or value.tzinfo is not None)
        found.append(value if known else field.get_db_prep_save(value, here))
    return found


def _saved(field: Field[Any, Any], value: object) -> Any:
    return field.get_db_prep_save(value, connection)


#: What the fields of a column hand to each driver as it is, beside nothing, numbers and truth.
_AS_IT_IS: dict[str, dict[str, type]] = {
    "sqlite": {"CharField": str, "TextField": str},
    "postgresql": {"CharField": str, "TextField": str, "UUIDField": UUID, "DateField": date, "DateTimeField": datetime},
}
_NUMBERS = ("BigAutoField", "BigIntegerField", "IntegerField", "PositiveIntegerField", "PositiveSmallIntegerField")


@cache
def _plain(table: type[Model], vendor: str, keyed: bool) -> list[tuple[str, frozenset[type], Field[Any, Any]]]:
    """Return each column of a table with the types of values that its field would hand on as they are."""
    known = _AS_IT_IS[vendor] | dict.fromkeys(_NUMBERS, int) | {"BooleanField": bool}
    return [
        (field.attname, frozenset({known[kind], NoneType}) if (kind := _kind(field)) in known else frozenset(), field)
        for field in _fields(table, keyed)
    ]


def _kind(field: Any) -> str:
    return str((field.target_field if field.is_relation else field).get_internal_type())


def new(table: type[Row], **columns: object) -> Row:
    """Return an unsaved row of a table with these columns, by their own names (`unit_id`), and what the others begin with.

    A twentieth of what a table's own constructor takes: an act makes a dozen rows which nobody reads but the database.
    """
    fixed, made = _beginnings(table)
    row = table.__new__(table)
    held = vars(row)
    held |= fixed
    if not held.keys() >= columns.keys():
        raise TypeError(f"{table.__name__} has no column {', '.join(columns.keys() - held.keys())}")
    held |= {name: make() for name, make in made if name not in columns} | columns
    row._state = ModelState()
    return row


@cache
def _beginnings(table: type[Model]) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    """Return what the columns of a row hold before anything is said, and of those that differ each time what makes it."""
    fields = table._meta.concrete_fields
    made = [(field.attname, field.default) for field in fields if field.has_default() and callable(field.default)]
    return {field.attname: field.get_default() for field in fields}, made


def insert_records(made: Sequence[Model]) -> None:
    """Insert unsaved rows of several tables, in one statement where the database can; keys are not read back.

    A row on which others hang has its key from `next_keys`. No order among them is promised. Raises: IntegrityError.
    """
    here: Any = connections[DEFAULT_DB_ALIAS]
    kinds: dict[tuple[type[Model], bool], list[Model]] = {}
    for row in made:
        kinds.setdefault((type(row), row.pk is not None), []).append(row)
    values = [
        [value for row in some for value in _values(row, here, keyed=keyed)] for (_, keyed), some in kinds.items()
    ]
    if here.vendor == "postgresql":
        statement = _inserts(tuple((*kind, len(some)) for kind, some in kinds.items()))
        statement.carry_out([value for some in values for value in some])
        return
    for ((table, keyed), some), given in zip(kinds.items(), values, strict=True):
        _insert(table, len(some), keyed=keyed).carry_out(given)


@cache
def _inserts(kinds: tuple[tuple[type[Model], bool, int], ...]) -> Planned:
    *before, last = [_insert(table, times, keyed=keyed) for table, keyed, times in kinds]
    parts = ", ".join(f"part_{number} AS ({one.sql})" for number, one in enumerate(before))
    fields = [field for one in (*before, last) for field in one.fields]
    return Planned(f"WITH {parts} {last.sql}" if before else last.sql, fields)


def next_keys(tables: tuple[type[Model], ...], *, lock: int) -> list[int]:
    """Return a key for a new row of each of these tables, that this transaction is to write (one statement).

    On PostgreSQL a shared advisory lock is held from here to the end of the transaction; on SQLite the transaction is the only writer.
    """
    if connections[DEFAULT_DB_ALIAS].vendor == "postgresql":
        (_, *keys), *_ = _reserving(tables).carry_out([lock]).rows
        return keys
    names = [table._meta.db_table for table in tables]
    last: dict[str, int] = dict(_last_keys(len(tables)).carry_out(names).rows)
    return [last.get(name, 0) + 1 for name in names]


@cache
def _reserving(tables: tuple[type[Model], ...]) -> Planned:
    keys = [f"nextval(pg_get_serial_sequence('\"{one._meta.db_table}\"', 'id'))" for one in tables]
    return Planned(f"SELECT {', '.join(('pg_advisory_xact_lock_shared(%s)', *keys))}", [BigAutoField()])


@cache
def _last_keys(places: int) -> Planned:
    marks = ", ".join(["%s"] * places)
    return Planned(f"SELECT name, seq FROM sqlite_sequence WHERE name IN ({marks})", [TextField()] * places)  # noqa: S608


def insert(row: Model) -> None:
    """Insert an unsaved row; its key is not read back. Raises: IntegrityError."""
    _insert(type(row)).carry_out(_values(row, connections[DEFAULT_DB_ALIAS]))


def add(made: Sequence[Model]) -> None:
    """Insert unsaved rows of one table; they have their keys afterwards. Raises: IntegrityError."""
    if not made:
        return
    table = type(made[0])
    if len(made) > FEW:
        table._default_manager.bulk_create(made, batch_size=BATCH)
        return
    here = connections[DEFAULT_DB_ALIAS]
    values = [value for row in made for value in _values(row, here)]
    found = _insert(table, len(made), returning=True).carry_out(values).rows
    key: Any = table._meta.pk
    for row, (value,) in zip(made, found, strict=True):
        row.pk = key.to_python(value)
        row._state.adding, row._state.db = False, connection.alias


def update(
    table: type[Model], values: Mapping[str, object], *, where: Mapping[str, object], first: Mapping[str, object] = {}
) -> int:
    """Write columns of the rows where others have these values (None: is null), of `first` only where none is yet; return how many."""
    held = {name: value for name, value in where.items() if value is not None}
    nulls = tuple(name for name in where if name not in held)
    given = (*values.items(), *first.items(), *held.items())
    statement = _update(table, tuple(values), tuple(first), tuple(held), nulls)
    return statement.carry_out([_saved(_by_name(table)[name], value) for name, value in given]).touched


@cache
def _update(
    table: type[Model], values: tuple[str, ...], first: tuple[str, ...], held: tuple[str, ...], nulls: tuple[str, ...]
) -> Planned:
    by_name = _by_name(table)
    parts = [f'"{by_name[name].column}" = %s' for name in values]
    parts += [f'"{by_name[name].column}" = COALESCE("{by_name[name].column}", %s)' for name in first]
    asked = [f'"{by_name[name].column}" = %s' for name in held] + [
        f'"{by_name[name].column}" IS NULL' for name in nulls
    ]
    sql = f'UPDATE "{table._meta.db_table}" SET {", ".join(parts)} WHERE {" AND ".join(asked)}'  # noqa: S608
    return Planned(sql, [by_name[name] for name in (*values, *first, *held)])


def add_text(table: type[Model], key: int, column: str, text: str) -> None:
    """Write a text behind the one that the column of a row holds, whoever else does so at the same time."""
    _add_text(table, column).carry_out([text, key])


@cache
def _add_text(table: type[Model], column: str) -> Planned:
    field, key = _by_name(table)[column], _by_name(table)["id"]
    sql = f'UPDATE "{table._meta.db_table}" SET "{field.column}" = "{field.column}" || %s WHERE "id" = %s'  # noqa: S608
    return Planned(sql, [field, key])


def change(row: Model, values: Mapping[str, object], *, counted: Mapping[str, int], unless_moved: str) -> bool:
    """Write columns of a row and add to its counters where `unless_moved` still holds the row's value; return whether it did."""
    by_name = _by_name(type(row))
    given = [_saved(by_name[name], value) for name, value in values.items()]
    statement = _change(type(row), tuple(values), tuple(counted), unless_moved)
    return statement.carry_out([*given, *counted.values(), row.pk, getattr(row, unless_moved)]).touched == 1


@cache
def _change(table: type[Model], values: tuple[str, ...], counted: tuple[str, ...], unless_moved: str) -> Planned:
    fields = [_by_name(table)[name] for name in (*values, *counted)]
    parts = [f'"{field.column}" = %s' for field in fields[: len(values)]]
    parts += [f'"{field.column}" = "{field.column}" + %s' for field in fields[len(values) :]]
    sql = f'UPDATE "{table._meta.db_table}" SET {", ".join(parts)} WHERE "id" = %s AND "{unless_moved}" = %s'  # noqa: S608
    return Planned(sql, [*fields, _by_name(table)["id"], _by_name(table)[unless_moved]])


def aware(value: datetime | str) -> datetime:
    """Return an instant as the database gives it as an aware one in UTC."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def insert_rows(table: str, made: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of numbers, instants and codes the fastest way the database has: COPY on PostgreSQL, else executemany.

    Codes hold no tab, newline or backslash, so that the lines of COPY need no escapes.
    """
    if not made:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(
                    "".join("\t".join("\\N" if value is None else str(value) for value in row) + "\n" for row in made)
                )
            return
        marks = ", ".join(["%s"] * len(made[0]))
        cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", made)  # noqa: S608 -- names are ours


def change_as_one(
    table: type[Model], values: Mapping[str, object], *, counted: Mapping[str, int], within: str, keys: Sequence[object],
    where: Mapping[str, Sequence[object]] = {}, told: Sequence[str] = (),
) -> list[tuple[Any, ...]]:  # fmt: skip
    """Write the same columns of the rows whose `within` is one of the keys; return the columns `told` of those written.

    `where` are columns with the values one of which they must hold. Instants come as the database gives them.
    """
    by_name = _by_name(table)
    given: list[tuple[str, object]] = [*values.items(), *counted.items()]
    parts = [f'"{by_name[name].column}" = %s' for name in values]
    parts += [f'"{by_name[name].column}" = "{by_name[name].column}" + %s' for name in counted]
    asked = []
    for name, several in [(within, keys), *where.items()]:
        asked.append(f'"{by_name[name].column}" IN ({", ".join(["%s"] * len(several))})')
        given += [(name, value) for value in several]
    back = f" RETURNING {', '.join(str(by_name[name].column) for name in told)}" if told else ""
    sql = f'UPDATE "{table._meta.db_table}" SET {", ".join(parts)} WHERE {" AND ".join(asked)}{back}'  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [by_name[name].get_db_prep_save(value, connection) for name, value in given])
        return cursor.fetchall() if told else []
