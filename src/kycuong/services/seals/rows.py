"""Rows to be sealed, in order, and what of each row is sealed beside its own leaf."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from django.db.models import Func, QuerySet, TextField

from kycuong.core.seals import BEFORE_THE_FIRST, ENTRY, EVENT, Body, canonical
from kycuong.models import AuditEntry, Checkpoint, DutyEvent
from kycuong.services.leaves import ENTRY_COLUMNS, EVENT_COLUMNS, leaf

#: kind -> table, columns of its leaf, and the other columns that must not change either. The id is sealed in the marks;
#: `note` is not sealed, since what it points to may be erased by law; the hash of its text is.
TABLES: Final[dict[str, tuple[Any, dict[str, str], tuple[str, ...]]]] = {
    EVENT: (DutyEvent, EVENT_COLUMNS, ("recorded_at", "request_id", "cover_for_id", "holder_post_to_id", "basis")),
    ENTRY: (AuditEntry, ENTRY_COLUMNS, ("recorded_at",)),
}
CHUNK = 2000
INSTANTS: Final = frozenset({"at", "recorded_at", "due_to"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands: its leaf as stored, its leaf computed again, what is sealed of it, its content."""

    row_id: int
    stored: str
    leaf: str
    record: bytes
    content: dict[str, object]


def record(hashed: str, rest: Sequence[Any]) -> bytes:
    """Return what is sealed of a row: its leaf and the columns beside it."""
    return canonical([hashed, *rest]).encode()


def short_rows(kind: str, after: int, upto: int, limit: int) -> Iterator[tuple[int, bytes]]:
    """Yield id and record of rows above `after` and up to `upto`, trusting their stored leaf."""
    _, _, rest = TABLES[kind]
    found = _between(kind, after, upto)[:limit]
    for row in _values(found, ["id", "leaf", *rest]):
        yield row[0], record(row[1], row[2:])


def full_rows(kind: str, after: int, upto: int | None = None) -> Iterator[Row]:
    """Yield rows above `after` and up to `upto` with their leaf computed again from their columns."""
    _, columns, rest = TABLES[kind]
    split = 2 + len(rest)
    for row in _values(_between(kind, after, upto), ["id", "leaf", *rest, *columns.values()]):
        content = dict(zip(columns, row[split:], strict=True))
        own = leaf(content)
        yield Row(row[0], row[1], own, record(own, row[2:split]), content)


class _Text(Func):
    """An instant as text in UTC, made by the database: an object for each would be half of the whole work."""

    template = "CAST(%(expressions)s AS TEXT)"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        template = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')"""
        return self.as_sql(compiler, connection, template=template, **context)


def _values(found: QuerySet[Any], names: list[str]) -> Iterator[list[Any]]:
    """Yield columns of rows, instants as the text that stands in a leaf."""
    places = [place for place, name in enumerate(names) if name in INSTANTS]
    asked = [_Text(name) if name in INSTANTS else name for name in names]
    for row in found.values_list(*asked).iterator(CHUNK):
        values = list(row)
        for place in places:
            if (text := values[place]) is not None:
                values[place] = text.replace(" ", "T").removesuffix(".000000") + "+00:00"
        yield values


def _between(kind: str, after: int, upto: int | None) -> QuerySet[Any]:
    found: QuerySet[Any] = TABLES[kind][0].objects.filter(id__gt=after).order_by("id")
    return found if upto is None else found.filter(id__lte=upto)


def body(row: Checkpoint) -> Body:
    """Return what a checkpoint signs, from its columns."""
    return Body(
        no=row.no,
        upto_event=row.upto_event,
        upto_entry=row.upto_entry,
        leaves=row.leaves,
        root=row.root,
        marks=sha256(bytes(row.marks)).hexdigest(),
        previous=row.previous,
        at=row.at,
        key=row.key,
    )


def beginning() -> Checkpoint:
    """Return what stands before the first checkpoint."""
    return Checkpoint(no=0, upto_event=0, upto_entry=0, leaves=0, root="", marks=b"", previous=BEFORE_THE_FIRST)


def link_to(previous: Checkpoint) -> str:
    """Return the hash by which a checkpoint names the one before it."""
    return body(previous).hashed() if previous.no else BEFORE_THE_FIRST
