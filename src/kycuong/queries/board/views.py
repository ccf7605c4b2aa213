"""The views of the board that a person keeps."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kycuong.models import BoardView
from kycuong.queries import scope


@dataclass(frozen=True, slots=True)
class View:
    """One saved view: its name and the query of its address."""

    public_id: UUID
    name: str
    query: str
    first: bool


def views(who: scope.Actor) -> list[View]:
    """Return a person's own views by name (one query)."""
    rows = BoardView.objects.filter(officer=who.officer_id).order_by("name")
    return [View(row.public_id, row.name, row.query, row.is_default) for row in rows]
