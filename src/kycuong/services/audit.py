"""Write what happened that is not an act on a duty: sign-ins, registers, reviews, settings, organisation."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import transaction

from kycuong.models import AuditEntry
from kycuong.services import rows, watermark
from kycuong.services.leaves import leaf_of


def record(
    *, actor_id: int | None, at: datetime, act: str, subject_kind: str, subject_id: object = "", **data: object
) -> AuditEntry:
    """Append one entry inside the caller's transaction; data holds codes and ids only."""
    entry = entry_of(actor_id, at, act, subject_kind, subject_id, data)
    with transaction.atomic(savepoint=False):
        watermark.hold()
        rows.add([entry])
    return entry


def entry_of(
    actor_id: int | None, at: datetime, act: str, subject_kind: str, subject_id: object, data: dict[str, object]
) -> AuditEntry:
    """Return one entry, unsaved, for an act that holds the watermark and writes it with its other rows."""
    entry = rows.new(
        AuditEntry,
        at=at,
        recorded_at=datetime.now(UTC),
        actor_id=actor_id,
        act=act,
        subject_kind=subject_kind,
        subject_id=str(subject_id),
        data=data,
    )
    entry.leaf = leaf_of(entry)
    return entry
