"""A person's calendar feed: the secret address made, shown once, revoked."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from kycuong.models import CalendarFeed
from kycuong.queries import scope
from kycuong.services import audit


def make_feed(*, actor: scope.Actor, at: datetime) -> str:
    """Give the person a new secret address and return its word; the one before opens nothing any more."""
    word = secrets.token_urlsafe(24)
    with transaction.atomic():
        CalendarFeed.objects.update_or_create(
            officer_id=actor.officer_id,
            defaults={"digest": sha256(word.encode()).hexdigest(), "made_at": at, "read_at": None},
        )
        _record(actor, at, "make_feed")
    return word


def revoke_feed(*, actor: scope.Actor, at: datetime) -> None:
    """Take the person's address back; without one nothing changes."""
    with transaction.atomic():
        count, _ = CalendarFeed.objects.filter(officer=actor.officer_id).delete()
        if count:
            _record(actor, at, "revoke_feed")


def note_read(*, officer_id: int, at: datetime) -> None:
    """Note that a calendar program has read the feed, at most once a day."""
    CalendarFeed.objects.filter(officer=officer_id).exclude(read_at__date=at.date()).update(read_at=at)


def _record(actor: scope.Actor, at: datetime, act: str) -> None:
    audit.record(actor_id=actor.officer_id, at=at, act=act, subject_kind="officer", subject_id=actor.officer_id)
