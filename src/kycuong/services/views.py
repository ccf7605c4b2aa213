"""Keep a person's own views of the board: a name and the query of an address, one of them opened first."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kycuong.core.errors import Invalid, NotVisible
from kycuong.models import BoardView
from kycuong.queries.scope import Actor
from kycuong.services import audit

#: A person keeps at most so many.
MOST = 30


def keep(*, actor: Actor, at: datetime, name: str, query: str, first: bool = False) -> UUID:
    """Keep a view under a name; the same name again changes it; `first` makes it what the board opens with. Raises: Invalid."""
    name = " ".join(name.split())[:80]
    if not name:
        raise Invalid("view_name_missing")
    mine = BoardView.objects.filter(officer=actor.officer_id)
    with transaction.atomic():
        if not mine.filter(name=name).exists() and mine.count() >= MOST:
            raise Invalid("view_too_many", n=MOST)
        if first:
            mine.update(is_default=False)
        found, _ = BoardView.objects.update_or_create(
            officer_id=actor.officer_id, name=name, defaults={"query": query[:600], "is_default": first}
        )
        audit.record(
            actor_id=actor.officer_id, at=at, act="save_view", subject_kind="board_view", subject_id=found.public_id
        )
    return found.public_id


def open_first(*, actor: Actor, at: datetime, view: UUID) -> None:
    """Open the board with this view from now on; asked again, with none. Raises: NotVisible."""
    found = _mine(actor, view)
    with transaction.atomic():
        BoardView.objects.filter(officer=actor.officer_id).update(is_default=False)
        BoardView.objects.filter(pk=found.pk).update(is_default=not found.is_default)
        audit.record(actor_id=actor.officer_id, at=at, act="save_view", subject_kind="board_view", subject_id=view)


def drop(*, actor: Actor, at: datetime, view: UUID) -> None:
    """Forget a view. Raises: NotVisible."""
    found = _mine(actor, view)
    with transaction.atomic():
        found.delete()
        audit.record(actor_id=actor.officer_id, at=at, act="drop_view", subject_kind="board_view", subject_id=view)


def _mine(actor: Actor, view: UUID) -> BoardView:
    found = BoardView.objects.filter(officer=actor.officer_id, public_id=view).first()
    if found is None:
        raise NotVisible("view_not_visible")
    return found
