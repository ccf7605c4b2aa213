"""Links by which a body outside the system answers once: how long they last, what they look like, where they stand.

Basis: a default of the product; OWASP ASVS 4.0.3 V2.7, V2.10 and V3.5 (single-use secrets: random, hashed at rest, short-lived,
bound to one purpose, limited in guesses).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest
from typing import Final

from kycuong.core.errors import Invalid

#: A link lasts so many days by default, and at the most.
DAYS: Final = 15
MOST_DAYS: Final = 60
#: So many wrong secrets for one link from one source in so many minutes; then it opens to that source no more for a while.
#: Whoever guesses shuts it to nobody else.
WRONG: Final = 5
WINDOW: Final = timedelta(minutes=15)
#: So many sources of wrong secrets are remembered for one link; what comes from still others is refused as wrong, uncounted:
#: a secret of 256 bits needs no count, the table needs an end.
MOST_SOURCES: Final = 40
#: How the province stands to bodies whose people do not sign in here.
OUTSIDE: Final = frozenset({"vertical", "party_mass", "council", "outside"})


class LinkState(StrEnum):
    """Where a link stands."""

    LIVE = "live"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"
    ENDED = "ended"


LINK_LABELS: Final[dict[LinkState, str]] = {
    LinkState.LIVE: "Đang dùng được",
    LinkState.USED: "Đã dùng để trả lời",
    LinkState.REVOKED: "Đã thu hồi",
    LinkState.EXPIRED: "Đã hết hạn",
    LinkState.ENDED: "Đã hết hiệu lực: lần lấy ý kiến này không còn chờ trả lời",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides where a link stands; `waiting` says whether its opinion may still be answered or filed late."""

    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    waiting: bool


def state(link: Facts, at: datetime) -> LinkState:
    """Return where a link stands at an instant; its end is exclusive."""
    if link.used_at is not None:
        return LinkState.USED
    if link.revoked_at is not None:
        return LinkState.REVOKED
    if not link.waiting:
        return LinkState.ENDED
    return LinkState.LIVE if at < link.expires_at else LinkState.EXPIRED


def read_days(days: int | None) -> timedelta:
    """Return how long a link is to last. Raises: Invalid."""
    wanted = DAYS if days is None else days
    if not 1 <= wanted <= MOST_DAYS:
        raise Invalid("link_days", most=MOST_DAYS)
    return timedelta(days=wanted)


def digest_of(secret: str) -> str:
    """Return what is kept of a secret: 256 random bits need no slow hash."""
    return sha256(secret.encode()).hexdigest()


def source_of(address: str, digest: str) -> str:
    """Return what is kept of where a guess came from: of no use for another link."""
    return sha256(f"{digest}:{address}".encode()).hexdigest()[:32]


def fits(secret: str, digest: str) -> bool:
    """Return whether a secret is that of a digest, in a time that betrays nothing."""
    return compare_digest(digest_of(secret.strip()[:200]), digest)


def check_body(relation: str, name: str) -> None:
    """Refuse a link for a body whose people sign in: it answers under its own name. Raises: Invalid."""
    if relation not in OUTSIDE:
        raise Invalid("link_inside", unit=name)
