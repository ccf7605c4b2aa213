"""The certificates by which digital signatures are judged."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Schema


class TrustShown(Schema):
    """A certificate as the list shows it."""

    public_id: UUID
    subject: str
    issuer: str
    serial: str
    fingerprint: str
    valid_from: datetime
    valid_until: datetime
    is_root: bool
    state: str
    added_by: str
    added_at: datetime
    retired_by: str
    retired_at: datetime | None
