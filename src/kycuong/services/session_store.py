"""The store of sessions that Django asks: each row tells whose session it is and since when, and holds its key as a hash only.

What the pages show of a session lies in its data under `sign_in`, written by the door that signed the person in; the columns
follow from it at every save, so that rows are listed and ended without being decoded.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import CharField, DateTimeField, QuerySet
from django.utils import timezone

from kycuong.models import Session
from kycuong.queries.kept import Slot, kept

#: Where the facts of the sign-in lie in a session's data.
FACTS = "sign_in"


def mask_key(key: str) -> str:
    """Return what is kept of a session's key: whoever reads the database, or a backup, cannot take a session over."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


@kept(CharField(), DateTimeField())
def _living(key: Slot, now: Slot) -> QuerySet[Session, str]:
    return Session.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data", flat=True)


class SessionStore(DatabaseStore):
    """Sessions in our own table."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the table."""
        return Session

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing when it was ended."""
        found = next(iter(_living(mask_key(self.session_key or ""), timezone.now())), None)
        if found is None:
            self._session_key = None  # nobody goes on under a key that was ended
        return self.decode(found) if found else {}

    def exists(self, session_key: str) -> bool:
        """Return whether a session with this key is kept."""
        return Session.objects.filter(session_key=mask_key(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row of a session as it stands."""
        row = Session(
            session_key=mask_key(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
        )
        facts = data.get(FACTS, {})
        row.officer_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        if facts:
            row.way, row.since_at, row.seen_at = facts["way"], _instant(facts["since"]), _instant(facts["seen"])
            row.device, row.network = facts["device"][:60], facts["network"]
            row.provider_session = facts.get("provider_session", "")[:120]
        return row

    def delete(self, session_key: str | None = None) -> None:
        """End a session: this one, or the one with a key."""
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=mask_key(key)).delete()


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.get_default_timezone())
