"""Sign-ins and sign-outs, each an entry of the audit table."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import transaction

from kycuong.core.errors import Invalid
from kycuong.core.mails import Choice, address
from kycuong.models import Officer
from kycuong.queries import scope
from kycuong.services import audit


def signed_in(*, officer_id: int, at: datetime, address: str = "") -> None:
    """Record that a person signed in, from which network address."""
    audit.record(
        actor_id=officer_id, at=at, act="sign_in", subject_kind="officer", subject_id=officer_id, address=address
    )


def signed_out(*, officer_id: int, at: datetime) -> None:
    """Record that a person signed out."""
    audit.record(actor_id=officer_id, at=at, act="sign_out", subject_kind="officer", subject_id=officer_id)


def sign_in_failed(*, login: str, at: datetime, address: str = "") -> None:
    """Record a refused sign-in; what was typed as the name is kept as a hash only, it may be a password."""
    typed = hashlib.sha256(login.encode()).hexdigest()[:16]
    audit.record(actor_id=None, at=at, act="sign_in_failed", subject_kind="officer", typed=typed, address=address)


def choose_mail(*, actor: scope.Actor, at: datetime, email: str, choice: str) -> None:
    """Note where and how a person wants to hear by e-mail; notices in the product stay whatever is chosen. Raises: Invalid."""
    if choice not in set(Choice):
        raise Invalid("kind_unknown", text=choice)
    kept = address(email, settings.MAIL_DOMAINS)
    if not kept and choice != Choice.NONE:
        raise Invalid("address_missing")
    with transaction.atomic():
        Officer.objects.filter(pk=actor.officer_id).update(email=kept, mail_choice=choice)
        audit.record(
            actor_id=actor.officer_id, at=at, act="choose_mail", subject_kind="officer", subject_id=actor.officer_id,
            choice=choice,
        )  # fmt: skip
