"""Bodies outside the system: ministries, associations, enterprises that are asked and whose people do not sign in."""

from __future__ import annotations

import uuid
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kycuong.core.calendars import local_date
from kycuong.core.errors import Invalid
from kycuong.core.folding import words
from kycuong.models import Unit
from kycuong.queries import consultations as queries
from kycuong.queries import scope
from kycuong.services import audit, structure


def add_outside(*, actor: scope.Actor, at: datetime, name: str, short_name: str = "") -> UUID:
    """Put a body outside the system on the list of those that may be asked. Raises: NotAllowed, Invalid."""
    queries.asking_side(actor, None, at)
    full = " ".join(name.split())[:200]
    if not full:
        raise Invalid("outside_name_missing")
    if any(words(known) == words(full) for known in Unit.objects.values_list("name", flat=True)):
        raise Invalid("outside_known", name=full)
    like = Unit(kind="outside", relation="outside")
    with transaction.atomic():
        unit = structure.open_unit(
            like, code=f"NGOAI-{uuid.uuid4().hex[:10].upper()}", name=full, short_name=short_name.strip()[:80], parent=None,
            on=local_date(at),
        )  # fmt: skip
        audit.record(
            actor_id=actor.officer_id, at=at, act="add_outside", subject_kind="unit", subject_id=unit.public_id
        )
    return unit.public_id
