"""The session at the door: opened with a fresh key, told what it is, kept awake while used, over in the end whatever happens."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from kycuong.core.devices import device_of, network_of
from kycuong.queries import arrivals, clocks, scope
from kycuong.queries.arrivals import Arrival
from kycuong.queries.scope import Actor
from kycuong.services.session_store import FACTS, mask_key

#: Where the person of a session keeps what was read at the door.
ARRIVAL = "_arrival"
BACKEND = "kycuong.web.sessions.Keeper"
#: A session that is used is written down as seen so often: one small write.
TOUCH_SECONDS = 60


class Keeper(BaseBackend):
    """Tells Django who goes on with a session; it signs nobody in. That the session still fits the password Django checks itself."""

    def get_user(self, user_id: int) -> Any:
        """Return the person, or None when no longer active; what was read of clock and posts goes along."""
        found = arrivals.arrive(user_id)
        if found is None:
            return None
        person, arrival = found
        vars(person)[ARRIVAL] = arrival
        return person


def open_for(request: HttpRequest, person: Any, real: datetime, *, way: str, provider_session: str = "") -> None:
    """Sign a person in: the key changes, so that whoever planted the one before has nothing."""
    login(request, person, BACKEND)
    seconds = real.timestamp()
    request.session[FACTS] = {
        "way": way,
        "since": seconds,
        "seen": seconds,
        "device": device_of(request.headers.get("User-Agent", "")),
        "network": network_of(address(request)),
        "provider_session": provider_session,
    }
    request.session.set_expiry(_left(seconds, seconds))


def comes(request: HttpRequest, real: datetime) -> tuple[datetime, Actor | None]:
    """Return the product's instant of a request, and who comes with it, if anybody is signed in."""
    person = request.user
    if not person.is_authenticated:
        return clocks.now(real), None
    found: Arrival | None = getattr(person, ARRIVAL, None)
    if found is None:  # put there by somebody else than Keeper
        at = clocks.now(real)
        return at, scope.actor(person.pk, at)
    at = found.instant(real)
    return at, found.actor(at)


def touch(request: HttpRequest, real: datetime) -> None:
    """Keep a session awake that is used; it ends when it was idle too long, or in the end in any case."""
    facts = request.session.get(FACTS)
    if not facts or real.timestamp() - facts["seen"] < TOUCH_SECONDS:
        return
    request.session[FACTS] = facts | {"seen": real.timestamp()}
    request.session.set_expiry(_left(facts["since"], real.timestamp()))


def _left(since: float, seen: float) -> int:
    """Return for how many seconds a session lives on from now, when nobody uses it."""
    idle = timedelta(minutes=settings.SESSION_IDLE_MINUTES).total_seconds()
    return max(1, int(min(idle, since + settings.SESSION_COOKIE_AGE - seen)))


def way(request: HttpRequest) -> str:
    """Return how the session at hand was opened."""
    return str(request.session.get(FACTS, {}).get("way", ""))


def current(request: HttpRequest) -> str:
    """Return by which hash the session at hand is kept."""
    return mask_key(request.session.session_key or "")


def address(request: HttpRequest) -> str:
    """Return the address from which a request comes: of the machine itself, or what as many proxies of ours have noted."""
    own: str = request.META.get("REMOTE_ADDR", "")
    if not settings.PROXIES:
        return own
    noted = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    return noted[-settings.PROXIES] if len(noted) >= settings.PROXIES else own
