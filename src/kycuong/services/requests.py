"""What an act begins with: the request as the door knows it, what was answered when it came before, the duty asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model

from kycuong.core.errors import Conflict, Fact, Invalid
from kycuong.core.lifecycle import Row
from kycuong.models import Duty, KeptAnswer
from kycuong.queries import scope
from kycuong.services import rows

Made = TypeVar("Made", bound=Model)
#: How long an answer is kept for a request that may come again.
KEPT = timedelta(days=2)


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


def asked_of(what: str, given: object) -> str:
    """Return the hash of what a request asks: the same act with the same content, its files by their bytes."""
    return sha256(f"{what} {json.dumps(_plain(given), sort_keys=True)}".encode()).hexdigest()


def _plain(value: object) -> object:
    if is_dataclass(value):
        return _plain({one.name: getattr(value, one.name) for one in fields(value)})
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if isinstance(value, bytes):
        return sha256(value).hexdigest()
    return value if isinstance(value, str | int | float | None) else str(value)


def once(
    *, actor: scope.Actor, at: datetime, key: str | None, asked: str, call: Callable[[], dict[str, Any]],
    other: Fact | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Do what a request asks, or return what was answered when it came before; without a key it is simply done.

    The key is written first, in the transaction of the act: whoever sends it again meanwhile waits, and gets the answer.
    What was answered before is looked for only where the key is taken.
    Raises: `other` (Invalid) when the key was used for another request, and what the act raises.
    """
    if not key:
        return call()
    made = rows.new(KeptAnswer, officer_id=actor.officer_id, key=key, asked=asked, at=at)
    try:
        with transaction.atomic():
            _keep(made)
            made.answer = call()
            rows.update(KeptAnswer, {"answer": made.answer}, where={"id": made.pk})
    except _Taken:
        if kept := KeptAnswer.objects.filter(officer=actor.officer_id, key=key).first():
            return _again(kept, asked, other)
        raise Conflict("moved_meanwhile") from None
    return made.answer


class _Taken(Exception):
    """Another request with the same key was first."""


def _keep(answer: KeptAnswer) -> None:
    """Write the key before anything else of the transaction, which ends when the key is taken."""
    try:
        rows.add([answer])
    except IntegrityError as error:
        raise _Taken from error


def _again(kept: KeptAnswer, asked: str, other: Fact | None) -> dict[str, Any]:
    if kept.asked != asked:
        raise other or Invalid("key_used")
    return dict(kept.answer or {})


def keep_once(
    kind: type[Made], request_id: UUID | None, make: Callable[[], Made], *, actor: scope.Actor, at: datetime, asked: str
) -> Made:
    """Return the row that `make` makes, or the one that the same person made before by asking the same with this request.

    The table holds the request's id as unique, so that it serves nobody else and nothing else. Raises: Conflict, and what
    `make` raises.
    """
    if request_id is None:
        return make()
    other = Conflict("request_used")
    try:
        answer = once(
            actor=actor, at=at, key=str(request_id), asked=asked, call=lambda: {"made": make().pk}, other=other
        )
    except IntegrityError as error:
        if kind._default_manager.filter(request_id=request_id).exists():
            raise other from error
        raise
    return kind._default_manager.get(pk=answer["made"])


def forget(at: datetime) -> int:
    """Forget answers that nobody will ask for again; return how many."""
    return KeptAnswer.objects.filter(at__lt=at - KEPT).delete()[0]
