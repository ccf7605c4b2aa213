"""The views of the board that a person keeps."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import BigAutoField, QuerySet

from kycuong.models import BoardView
from kycuong.queries import scope
from kycuong.queries.kept import Slot, kept


@dataclass(frozen=True, slots=True)
class View:
    """One saved view: its name and the query of its address."""

    public_id: UUID
    name: str
    query: str
    first: bool


def views(who: scope.Actor) -> list[View]:
    """Return a person's own views by name (one query)."""
    return [View(row.public_id, row.name, row.query, row.is_default) for row in _of(who.officer_id)]


@kept(BigAutoField())
def _of(officer: Slot) -> QuerySet[BoardView]:
    return BoardView.objects.filter(officer=officer).order_by("name")
