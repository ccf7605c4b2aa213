"""Ask one question many times: its statement is worded once a thread and kept, and asked again with other values.

The ORM spends more time on wording a statement than the database on carrying it out. The question stays a queryset, so
that what it reads is checked and moves with the models; only the words are not looked for again at every act.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection, connections
from django.db.models import Expression, Field, QuerySet

Answer = TypeVar("Answer")


class Slot(Expression):
    """A place in a statement for a value that is given when it is asked: a number, counted from 0, and its field."""

    def __init__(self, place: int, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Stand in the statement as a parameter that is not known yet."""
        return "%s", (self,)


class Kept(Generic[Answer]):
    """A question whose statement is kept; called with values for its slots it returns the rows (one query)."""

    def __init__(self, word: Callable[..., QuerySet[Any, Answer]], fields: tuple[Field[Any, Any], ...]) -> None:
        self._word, self._fields, self._kept = word, fields, threading.local()

    def __call__(self, *values: object) -> list[Answer]:
        """Return the rows for these values, in the order of the slots (one query)."""
        rows, compiler = self._worded()
        compiler.given = [
            field.get_db_prep_value(value, connection) for field, value in zip(self._fields, values, strict=True)
        ]
        return list(rows._iterable_class(rows))  # a fresh reading of the same queryset, past its cache

    def _worded(self) -> tuple[Any, Any]:
        kept = getattr(self._kept, "worded", None)
        if kept is None or kept[1].connection is not connections[connection.alias]:
            kept = self._kept.worded = self._word_now()
        return kept

    def _word_now(self) -> tuple[Any, Any]:
        rows: Any = self._word(*(Slot(place, field) for place, field in enumerate(self._fields)))
        compiler = rows.query.get_compiler(using=rows.db)
        sql, params = compiler.as_sql()
        compiler.as_sql = lambda: (sql, [compiler.given[p.place] if isinstance(p, Slot) else p for p in params])
        rows.query.get_compiler = lambda *args, **named: compiler
        return rows, compiler


def kept(
    *fields: Field[Any, Any],
) -> Callable[[Callable[..., QuerySet[Any, Answer]]], Kept[Answer]]:
    """Keep the statement of the queryset that a function words from slots of these fields, in the order of its arguments.

    The statement may depend on nothing but the slots; ask for few rows, they are all read at once.
    """
    return lambda word: Kept(word, fields)
