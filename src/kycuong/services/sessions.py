"""Sessions end: one's own, all others, a person's by the administrator; an ended one answers nothing any more, at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kycuong.core.errors import NotVisible
from kycuong.models import Session
from kycuong.queries import scope
from kycuong.services import audit


def end(*, actor: scope.Actor, at: datetime, session: str) -> None:
    """End one of one's own sessions, told by the hash of its key. Raises: NotVisible."""
    with transaction.atomic():
        if not Session.objects.filter(officer=actor.officer_id, session_key=session).delete()[0]:
            raise NotVisible("session_unknown")
        _record(actor.officer_id, at, "end_session", actor.officer_id, 1)


def end_others(*, actor: scope.Actor, at: datetime, keep: str) -> int:
    """End all of one's own sessions but the one at hand, and return how many."""
    with transaction.atomic():
        ended = drop(officer_id=actor.officer_id, keep=keep)
        if ended:
            _record(actor.officer_id, at, "end_sessions", actor.officer_id, ended)
    return ended


def end_all(*, actor_id: int | None, at: datetime, officer_id: int) -> int:
    """End every session of a person and return how many; who may is asked by the caller, who knows the account."""
    with transaction.atomic():
        ended = drop(officer_id=officer_id)
        _record(actor_id, at, "end_sessions", officer_id, ended)
    return ended


def drop(*, officer_id: int, keep: str = "") -> int:
    """End a person's sessions, but one, inside the caller's act: it is that act's record that tells why."""
    return Session.objects.filter(officer=officer_id).exclude(session_key=keep).delete()[0]


def drop_provider(*, officer_id: int | None = None, provider_session: str = "") -> int:
    """End the sessions that the provider of single sign-on opened: of a person, of one session there, or both."""
    named = {"officer": officer_id} if officer_id is not None else {}
    named |= {"provider_session": provider_session} if provider_session else {}  # type: ignore[dict-item]
    return Session.objects.filter(way="provider", **named).delete()[0] if named else 0


def clear() -> None:
    """End every session there is: in a place that was restored, those that had been ended since must not live again."""
    Session.objects.all().delete()


def forget(real: datetime) -> int:
    """Let go of sessions that have run out, and return how many."""
    return Session.objects.filter(expire_date__lt=real).delete()[0]


def _record(actor_id: int | None, at: datetime, act: str, officer_id: int, count: int) -> None:
    audit.record(
        actor_id=actor_id, at=at, act=act, subject_kind="officer", subject_id=officer_id, count=count,
    )  # fmt: skip
