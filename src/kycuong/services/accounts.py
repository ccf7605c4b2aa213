"""Sign-ins and sign-outs, each an entry of the audit table."""

from __future__ import annotations

import hashlib
from datetime import datetime

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
