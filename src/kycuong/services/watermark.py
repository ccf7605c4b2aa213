"""One watermark for what was already counted, sealed and sent: no row below it can still be committed.

Ids are given before a transaction ends, so on PostgreSQL a plain max(id) would skip the rows of whoever commits late.
Whoever appends holds a shared lock until the end of the transaction; the mark is read when nobody holds it. On SQLite there is one
writer at a time, and the transaction that reads the mark is that writer.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import BigAutoField, Max, Model

from kycuong.models import AuditEntry, DutyEvent
from kycuong.queries.planned import Planned
from kycuong.services import rows

LOCK = 0x6B79_6375  # "kycu"; advisory locks belong to one database
TRIES, PAUSE_SECONDS = 20, 0.01
_HOLD = Planned("SELECT pg_advisory_xact_lock_shared(%s)", [BigAutoField()])


@dataclass(frozen=True, slots=True)
class Mark:
    """The last event and the last audit entry below which nothing can appear any more."""

    event: int
    entry: int


def hold() -> None:
    """Keep the mark below the rows that this transaction is about to append; call it before the first of them."""
    if connection.vendor == "postgresql":
        _HOLD.carry_out([LOCK])


def hold_keys(*tables: type[Model]) -> list[int]:
    """Keep the mark as `hold` does; return a key for a row of each of these tables, which the transaction is to write."""
    return rows.next_keys(tables, lock=LOCK)


def hold_for(row: Model | None) -> None:
    """Keep the mark as `hold` does; give a row that is to be written in this transaction its key, if there is one."""
    if row is None:
        hold()
    else:
        (row.pk,) = hold_keys(type(row))


def hold_all() -> None:
    """Wait until nobody else appends, and let nobody until this transaction ends: what follows sees all that was opened."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def mark() -> Mark | None:
    """Return the watermark, or None when somebody was writing at every try: come back later."""
    for turn in range(TRIES):
        if turn:
            time.sleep(PAUSE_SECONDS)
        with transaction.atomic():
            if _alone():
                return Mark(_last(DutyEvent), _last(AuditEntry))
    return None


def _alone() -> bool:
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])


def _last(table: type[DutyEvent] | type[AuditEntry]) -> int:
    found: int | None = table._default_manager.aggregate(last=Max("id"))["last"]
    return found or 0
