"""A statement of an act or a page, carried out often: PostgreSQL plans it once a connection.

Past Django's and psycopg's cursors, which word the values into a text that PostgreSQL reads again: the values go beside the name
of the plan, at a fifth of the cost. Who listens to what is asked (a test that counts, the pages of a developer) hears it as ever.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import count
from typing import Any, Final, NamedTuple, TypeAlias
from weakref import WeakSet

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field

_NUMBERS: Final = count(1)
_PLACES: Final = re.compile(r"%s")
Rows: TypeAlias = list[tuple[Any, ...]]


class Answer(NamedTuple):
    """What came of a statement: the rows that it returns, and how many it wrote or returned."""

    rows: Rows
    touched: int


class Plan:
    """A statement with $1, $2 … for its values, which PostgreSQL keeps planned on each connection by a name of its own.

    Raw SQL, marked: Django knows no prepared statements.
    """

    def __init__(self, sql: str, types: Sequence[str]) -> None:
        name, places = f"kept_{next(_NUMBERS)}", len(types)
        given = f" ({', '.join(types)})" if types else ""
        self.prepares = f"PREPARE {name}{given} AS {sql}"
        self.executes = f"EXECUTE {name}" + (f" ({', '.join(['%s'] * places)})" if types else "")
        self.known_by: WeakSet[Any] = WeakSet()
        self._name, self._places = name.encode(), places

    def prepare(self, server: Any) -> None:
        """Have the statement planned on this connection, once; a plan ends with its connection."""
        if server.connection is None or (server.health_check_enabled and not server.health_check_done):
            _look_after(server)
        if server.connection not in self.known_by:  # one of a pool may come back with its plans
            with server.wrap_database_errors, server.connection.cursor() as cursor:  # no question: none counts it
                cursor.execute(self.prepares)
            self.known_by.add(server.connection)

    def unheard(self, server: Any) -> bool:
        """Return whether the prepared statement can go past the cursors: nobody listens."""
        return not (server.execute_wrappers or server.queries_logged)

    def send(self, server: Any, values: Sequence[object]) -> Answer:
        """Carry the prepared statement out past the cursors, with values as psycopg takes them."""
        server.validate_no_broken_transaction()
        driver, raw = server.Database, server.connection
        made = driver.adapt.Transformer(raw)
        with server.wrap_database_errors:
            if not server.autocommit and raw.pgconn.transaction_status == driver.pq.TransactionStatus.IDLE:
                _begin(driver, raw)
            given = made.dump_sequence(values, [driver.adapt.PyFormat.TEXT] * self._places)
            result = raw.pgconn.exec_prepared(self._name, given)
            if result.status == driver.pq.ExecStatus.COMMAND_OK:
                return Answer([], result.command_tuples or 0)
            if result.status != driver.pq.ExecStatus.TUPLES_OK:
                raise _error(driver, raw, result)
            made.set_pgresult(result)
            return Answer(made.load_rows(0, result.ntuples, tuple), result.ntuples)


def _begin(driver: Any, raw: Any) -> None:
    """Begin the transaction in which Django believes to be, as psycopg's cursor would before its first statement."""
    if raw.isolation_level is not None:
        raw.execute("SELECT 1")  # psycopg words its own beginning
        return
    result = raw.pgconn.exec_(b"BEGIN")
    if result.status != driver.pq.ExecStatus.COMMAND_OK:
        raise _error(driver, raw, result)


def _look_after(server: Any) -> None:
    """Look whether a connection still lives before anything is asked, once a request as Django does; have one."""
    if server.connection is not None:
        answered = server.connection.pgconn.exec_(b"")
        server.health_check_done = bool(answered.status == server.Database.pq.ExecStatus.EMPTY_QUERY)
    server.close_if_health_check_failed()
    server.ensure_connection()


def _error(driver: Any, raw: Any, result: Any) -> Exception:
    """Return what psycopg's cursor would raise."""
    if raw.pgconn.status == driver.pq.ConnStatus.BAD:
        return driver.OperationalError(result.get_error_message())  # type: ignore[no-any-return]
    return driver.errors.error_from_result(result)  # type: ignore[no-any-return]


class Planned:
    """A statement with `%s` for its values, whose types are those of some fields, in order; it has no other `%`."""

    def __init__(self, sql: str, fields: Sequence[Field[Any, Any]]) -> None:
        self.sql, self.fields = sql, tuple(fields)

    @cached_property
    def _plan(self) -> Plan:
        numbers = count(1)
        types = [str(field.cast_db_type(connection)) for field in self.fields]
        return Plan(_PLACES.sub(lambda _: f"${next(numbers)}", self.sql), types)

    def carry_out(self, values: Sequence[object]) -> Answer:
        """Carry the statement out with values as the database takes them."""
        here: Any = connections[DEFAULT_DB_ALIAS]  # itself: behind the proxy each look costs as much as a call
        said = self.sql
        if here.vendor == "postgresql" and settings.PREPARED:
            self._plan.prepare(here)
            if self._plan.unheard(here):
                return self._plan.send(here, values)
            said = self._plan.executes
        with here.cursor() as cursor:
            cursor.execute(said, values)
            return Answer(cursor.fetchall() if cursor.description else [], cursor.rowcount)
