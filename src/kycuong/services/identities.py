"""Single sign-on: whom of ours a provider means; the link is made once and recorded, and it gives no right whatever.

What a person may do follows from the appointments, as with a password: whoever has none has no desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from kycuong.core.errors import Conflict, Invalid
from kycuong.models import Identity, Officer
from kycuong.queries import scope
from kycuong.services import audit, sessions


@dataclass(frozen=True, slots=True)
class Claims:
    """What a provider has said, signed, of who stands before it."""

    issuer: str
    subject: str
    values: Mapping[str, Any]


def find(*, at: datetime, claims: Claims) -> Officer:
    """Return the person whom the claims mean, linking them at the first time by the claim that the settings name.

    Raises: Invalid when nobody of ours is meant, or the account has stopped; Conflict when it belongs to another identity.
    """
    linked = Identity.objects.filter(issuer=claims.issuer, subject=claims.subject).select_related("officer").first()
    if linked is not None:
        return _active(linked.officer)
    officer = _active(_meant(claims))
    _link(officer.pk, at, claims, actor_id=officer.pk)
    return officer


def link(*, actor: scope.Actor, at: datetime, claims: Claims) -> None:
    """Link one's own account to who one is at the provider. Raises: Conflict when one of the two has another link."""
    if Identity.objects.filter(officer=actor.officer_id, issuer=claims.issuer, subject=claims.subject).exists():
        return
    _link(actor.officer_id, at, claims, actor_id=actor.officer_id)


def withdraw(*, actor_id: int, at: datetime, officer_id: int) -> None:
    """Take a person's link away; sessions that came by it end. Who may is asked by the caller. Raises: Invalid."""
    with transaction.atomic():
        if not Identity.objects.filter(officer=officer_id, issuer=settings.OIDC_ISSUER).delete()[0]:
            raise Invalid("identity_none")
        sessions.drop_provider(officer_id=officer_id)
        audit.record(actor_id=actor_id, at=at, act="withdraw_identity", subject_kind="officer", subject_id=officer_id)


def refuse(*, at: datetime, code: str, address: str) -> None:
    """Record that a provider sent somebody whom we did not let in, and why."""
    audit.record(actor_id=None, at=at, act="identity_refused", subject_kind="officer", code=code, address=address)


def end_sessions(*, at: datetime, issuer: str, subject: str, provider_session: str) -> int:
    """End what a provider has ended: one session there, or all of the person. Return how many of ours that were."""
    if not subject:
        ended = sessions.drop_provider(provider_session=provider_session)
        officer_id: int | None = None
    else:
        found = Identity.objects.filter(issuer=issuer, subject=subject).values_list("officer", flat=True).first()
        if found is None:
            return 0
        officer_id = int(found)
        ended = sessions.drop_provider(officer_id=officer_id, provider_session=provider_session)
    if ended:
        audit.record(
            actor_id=None, at=at, act="end_sessions", subject_kind="officer", subject_id=officer_id or "", count=ended,
            way="provider",
        )  # fmt: skip
    return ended


def _meant(claims: Claims) -> Officer:
    """Return the one person of ours whom the chosen claim names. Raises: Invalid."""
    if settings.OIDC_MATCH == "email":
        return _one_of_address(claims.values)
    name = str(claims.values.get(settings.OIDC_CLAIM) or "").strip()
    alike = list(Officer.objects.filter(login__iexact=name)) if name else []
    found = alike if len(alike) < 2 else [one for one in alike if one.login == name]  # never one of two by chance
    if not found:
        raise Invalid("identity_unknown", name=name or claims.subject)
    return found[0]


def _one_of_address(values: Mapping[str, Any]) -> Officer:
    address = str(values.get("email") or "").strip()
    if values.get("email_verified") is not True:
        raise Invalid("identity_unverified", name=address or "–")
    found = list(Officer.objects.filter(email__iexact=address)[:2]) if address else []
    if len(found) != 1:
        raise Invalid("identity_double" if found else "identity_unknown", name=address)
    return found[0]


def _active(officer: Officer) -> Officer:
    if not officer.is_active:
        raise Invalid("identity_stopped")
    return officer


def _link(officer_id: int, at: datetime, claims: Claims, *, actor_id: int) -> None:
    try:
        with transaction.atomic():
            Identity.objects.create(officer_id=officer_id, issuer=claims.issuer, subject=claims.subject, linked_at=at)
            audit.record(
                actor_id=actor_id, at=at, act="link_identity", subject_kind="officer", subject_id=officer_id,
                issuer=claims.issuer,
            )  # fmt: skip
    except IntegrityError as taken:
        raise Conflict("identity_taken") from taken
