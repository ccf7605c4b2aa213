"""What every act on a duty begins with: the request as the door knows it, and the duty asked for, to be acted upon."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kycuong.core.errors import Conflict
from kycuong.core.lifecycle import Row
from kycuong.models import Duty
from kycuong.queries import scope


@dataclass(frozen=True, slots=True)
class Request:
    """What a door knows of one request: the act_seq that the person saw and an id that makes repeating harmless."""

    seen: int | None = None
    request_id: UUID | None = None


def for_acting(actor: scope.Actor, duty: UUID, action: str, request: Request) -> tuple[Duty, Row]:
    """Return the duty and its move; a page that is behind is refused before a byte of its file is kept.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict.
    """
    return for_request(*scope.duty_for_acting(actor, duty, action), request)


def for_request(row: Duty, step: Row, request: Request) -> tuple[Duty, Row]:
    """Return the duty and its move as the person saw the duty. Raises: Conflict."""
    if request.seen is not None and request.seen != row.act_seq:
        raise Conflict("moved_meanwhile")
    return row, step
