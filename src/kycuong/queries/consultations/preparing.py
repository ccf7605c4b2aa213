"""What a body prepares before its head sends an opinion: the draft, by whom, whether it waits for the head, and on whose desk it lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kycuong.core.consultations import Position, Said
from kycuong.models import Duty, Opinion, OpinionDraft


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft as the body's own people see it; `prepared_at` None while it is in preparation again."""

    prepared_by: str
    prepared_at: datetime | None
    said: dict[int, Said]


def draft_of(opinion: Opinion) -> DraftRow | None:
    """Return the draft of an opinion (one query)."""
    row = OpinionDraft.objects.select_related("prepared_by").filter(opinion=opinion).first()
    if row is None:
        return None
    said = {int(n): Said(Position(code), words) for n, (code, words) in row.positions.items()}
    return DraftRow(row.prepared_by.full_name, row.prepared_at, said)


def desk_name(duty: Duty) -> str:
    """Return who holds an opinion inside the body, nothing while it lies with the body's head."""
    post = duty.holder_post
    if duty.holder_officer is None or post is None or post.unit_id == duty.holder_unit_id:
        return ""
    return f"{duty.holder_officer.full_name}, {post.unit.name}"
