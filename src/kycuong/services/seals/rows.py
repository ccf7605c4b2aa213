"""Rows to be sealed, in order, and what of each row is sealed beside its own leaf."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from django.db.models import QuerySet

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


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands: its leaf as stored, its leaf computed again, what is sealed of it, its content."""

    row_id: int
    stored: str
    leaf: str
    record: bytes
    content: dict[str, object]


def record(hashed: str, rest: tuple[Any, ...]) -> bytes:
    """Return what is sealed of a row: its leaf and the columns beside it."""
    return canonical([hashed, *rest]).encode()


def short_rows(kind: str, after: int, upto: int, limit: int) -> Iterator[tuple[int, bytes]]:
    """Yield id and record of rows above `after` and up to `upto`, trusting their stored leaf."""
    _, _, rest = TABLES[kind]
    found = _between(kind, after, upto).values_list("id", "leaf", *rest)
    for row in found[:limit].iterator(CHUNK):
        yield row[0], record(row[1], row[2:])


def full_rows(kind: str, after: int, upto: int | None = None) -> Iterator[Row]:
    """Yield rows above `after` and up to `upto` with their leaf computed again from their columns."""
    _, columns, rest = TABLES[kind]
    split = 2 + len(rest)
    found = _between(kind, after, upto).values_list("id", "leaf", *rest, *columns.values())
    for row in found.iterator(CHUNK):
        content = dict(zip(columns, row[split:], strict=True))
        own = leaf(content)
        yield Row(row[0], row[1], own, record(own, row[2:split]), content)


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
