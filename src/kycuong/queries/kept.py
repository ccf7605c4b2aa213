"""Ask one question many times: its statement is worded once a thread and kept, and asked again with other values.

The ORM spends more time on wording a statement than the database on carrying it out, and PostgreSQL more on planning it. The
question stays a queryset, so that what it reads is checked and moves with the models; only the words, and on PostgreSQL the
plan, are not looked for again at every act.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final, Generic, TypeAlias, TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, NotSupportedError, connection, connections
from django.db.models import Expression, F, Field, Lookup, QuerySet

from kycuong.queries.planned import Plan

Answer = TypeVar("Answer")
_PLACES: Final = re.compile(r"%%|%s")


class Several:
    """So many values of one field in one slot: whatever their number, the words stay the same."""

    def __init__(self, field: Field[Any, Any]) -> None:
        self.field = field

    def get_db_prep_value(self, values: Any, connection: Any) -> object:
        """Return the values as the one parameter that `among` reads."""
        found = [self.field.get_db_prep_value(value, connection) for value in values]
        return found if connection.vendor == "postgresql" else json.dumps(found)

    def cast_db_type(self, connection: Any) -> str:
        """Return the type of the parameter."""
        return f"{self.field.cast_db_type(connection)}[]"


Place: TypeAlias = "Field[Any, Any] | Several"


class Slot(Expression):
    """A place in a statement for a value that is given when it is asked: a number, counted from 0, and its field."""

    def __init__(self, place: int, given: Place) -> None:
        super().__init__(output_field=given.field if isinstance(given, Several) else given)
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Stand in the statement as a parameter that is not known yet."""
        return "%s", (self,)


class Among(Lookup):
    """That a column is one of the values of a slot of several; raw SQL, marked: Django words each number of values anew."""

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Word it with one parameter for all the values."""
        column, params = self.process_lhs(compiler, connection)
        place, slot = self.process_rhs(compiler, connection)
        if connection.vendor == "postgresql":
            return f"{column} = ANY({place})", (*params, *slot)
        return f"{column} IN (SELECT value FROM json_each({place}))", (*params, *slot)  # noqa: S608


def among(name: str, several: Slot) -> Among:
    """Return the condition that a field is one of the values of a slot of several."""
    return Among(F(name), several)


class Kept(Generic[Answer]):
    """A question whose statement is kept; called with values for its slots it returns the rows (one query)."""

    def __init__(self, word: Callable[..., QuerySet[Any, Answer]], fields: tuple[Place, ...]) -> None:
        self._word, self._fields, self._kept = word, fields, threading.local()

    def __call__(self, *values: object) -> list[Answer]:
        """Return the rows for these values, in the order of the slots (one query)."""
        try:
            return self._ask(values)
        except NotSupportedError:  # a migration gave a column another type since PostgreSQL planned it here
            self._kept.worded = None
            if connection.in_atomic_block:
                raise  # nothing more can be asked in this transaction; the next one words it anew
            return self._ask(values)

    def _ask(self, values: tuple[object, ...]) -> list[Answer]:
        rows, compiler = self._worded()
        server = compiler.connection
        compiler.given = [
            field.get_db_prep_value(value, server) for field, value in zip(self._fields, values, strict=True)
        ]
        if compiler.plan:
            compiler.plan.prepare(server)
        return list(rows._iterable_class(rows))  # a fresh reading of the same queryset, past its cache

    def _worded(self) -> tuple[Any, Any]:
        kept = getattr(self._kept, "worded", None)
        if kept is None or kept[1].connection is not connections[DEFAULT_DB_ALIAS]:
            kept = self._kept.worded = self._word_now()
        return kept

    def _word_now(self) -> tuple[Any, Any]:
        rows: Any = self._word(*(Slot(place, field) for place, field in enumerate(self._fields)))
        compiler = rows.query.get_compiler(using=rows.db)
        sql, params = compiler.as_sql()
        rows.query.get_compiler = lambda *args, **named: compiler
        converters = compiler.get_converters([one[0] for one in compiler.select[: compiler.col_count]])
        compiler.get_converters = lambda expressions: converters
        compiler.has_composite_fields = lambda expressions: False  # of our tables no key has two columns
        compiler.plan = None
        if settings.PREPARED and compiler.connection.vendor == "postgresql":
            compiler.plan = self._plan(sql, params, compiler.connection)
            compiler.as_sql = lambda: (compiler.plan.executes, compiler.given)
            compiler.execute_sql = partial(_execute, compiler, compiler.execute_sql)
        else:
            compiler.as_sql = lambda: (sql, [compiler.given[p.place] if isinstance(p, Slot) else p for p in params])
        return rows, compiler

    def _plan(self, sql: str, params: Sequence[Any], server: Any) -> Plan:
        """Return the statement as PostgreSQL is to keep it planned.

        What is no slot stands there as itself: an index of some rows only is of use to a plan that knows which are meant.
        """
        waiting = iter(params)

        def said(found: re.Match[str]) -> str:
            if found[0] == "%%":
                return "%"
            param = next(waiting)
            return f"${param.place + 1}" if isinstance(param, Slot) else str(server.ops.compose_sql("%s", [param]))

        return Plan(_PLACES.sub(said, sql), [str(field.cast_db_type(server)) for field in self._fields])


def _execute(compiler: Any, usual: Callable[..., Any], *args: Any, **named: Any) -> Any:
    """Return the rows of a kept question, in the form in which a compiler gives them: in batches."""
    if compiler.plan.unheard(compiler.connection):
        return [compiler.plan.send(compiler.connection, compiler.given).rows]
    return usual(*args, **named)


def kept(
    *fields: Place,
) -> Callable[[Callable[..., QuerySet[Any, Answer]]], Kept[Answer]]:
    """Keep the statement of the queryset that a function words from slots of these fields, in the order of its arguments.

    The statement may depend on nothing but the slots; ask for few rows, they are all read at once.
    """
    return lambda word: Kept(word, fields)
