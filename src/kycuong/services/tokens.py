"""Tokens of other systems: made, shown once, counted, revoked."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Value, When

from kycuong.core import tokens
from kycuong.core.calendars import local_date
from kycuong.core.errors import Invalid, NotVisible
from kycuong.models import Appointment, SystemToken
from kycuong.queries import scope
from kycuong.queries.tokens import must_administer
from kycuong.services import audit


@dataclass(frozen=True, slots=True)
class Made:
    """A token as it is shown this once."""

    public_id: UUID
    text: str
    expires_at: datetime


def make(
    *, actor: scope.Actor | None, at: datetime, system: str, login: str, rights: list[str], days: int | None, post: str = "",
) -> Made:  # fmt: skip
    """Make a token for a system that acts as an officer in one post; `actor` is none for whoever runs the machine.

    `post` is the code of the post, needed only when the officer holds several. Raises: NotAllowed, Invalid.
    """
    if actor is not None:
        must_administer(actor)
    if not system.strip():
        raise Invalid("system_missing")
    kept, lasting = tokens.read_rights(rights), tokens.read_days(days)
    held = _held(login, post, at)
    key, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
    made_by = actor.officer_id if actor else None
    with transaction.atomic():
        row = SystemToken.objects.create(
            system=system.strip()[:120], officer_id=held.officer_id, post_id=held.post_id, rights=kept, key=key,
            digest=sha256(secret.encode()).hexdigest(), made_by_id=made_by, made_at=at, expires_at=at + lasting,
        )  # fmt: skip
        audit.record(
            actor_id=made_by, at=at, act="make_token", subject_kind="token", subject_id=row.public_id, officer=held.officer_id,
            post=held.post_id, rights=kept,
        )  # fmt: skip
    return Made(row.public_id, tokens.text_of(key, secret), row.expires_at)


def _held(login: str, post: str, at: datetime) -> Appointment:
    rows = Appointment.objects.filter(scope.held_on(local_date(at)), officer__login=login, officer__is_active=True)
    found = list((rows.filter(post__code=post) if post else rows).select_related("officer")[:2])
    if not found:
        raise Invalid("post_not_held", officer=login)
    if len(found) > 1:
        raise Invalid("post_missing", officer=login)
    return found[0]


def revoke(*, actor: scope.Actor | None, at: datetime, token: UUID) -> None:
    """Revoke a token: from now on it opens nothing, and what it is being sent stops. Raises: NotAllowed, NotVisible, Invalid."""
    if actor is not None:
        must_administer(actor)
    revoked_by = actor.officer_id if actor else None
    with transaction.atomic():
        rows = SystemToken.objects.filter(public_id=token)
        if not rows.exists():
            raise NotVisible("token_unknown")
        if not rows.filter(revoked_at__isnull=True).update(revoked_at=at, revoked_by_id=revoked_by):
            raise Invalid("token_revoked")
        audit.record(actor_id=revoked_by, at=at, act="revoke_token", subject_kind="token", subject_id=token)


def note_calls(token: int, minute: int, calls: int, at: datetime) -> int:
    """Add calls to the minute of a token, and return how many that minute has had from all workers."""
    row = SystemToken.objects.filter(pk=token)
    counted = Case(When(minute=minute, then=F("calls") + calls), default=Value(calls))
    row.update(calls=counted, minute=minute, last_used_at=at)
    return row.values_list("calls", flat=True).first() or 0
