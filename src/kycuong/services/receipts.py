"""Receipts: the person on whose desk a duty lies has opened it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kycuong.models import DutyHolding
from kycuong.queries import scope


def receive(*, actor: scope.Actor, at: datetime, duty: UUID) -> bool:
    """Note the first time that the desk's own officer, or who covers the desk, opens a duty; return whether this was it."""
    desks = scope.desks_of(actor)
    lying = DutyHolding.objects.filter(desks, duty__public_id=duty, until_at__isnull=True, read_at__isnull=True)
    return bool(lying.update(read_at=at))
