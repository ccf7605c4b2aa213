"""Whoever holds the secret of a link opens it; who guesses is counted where he comes from, and shuts it to nobody else."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from kycuong.core import links as law
from kycuong.core.errors import Conflict, NotVisible, Throttled
from kycuong.models import LinkGuess, OutsideLink
from kycuong.queries.consultations import links
from kycuong.services import audit

BATCH = 500


def find_live(link: UUID, secret: str, at: datetime, real: datetime, source: str = "") -> OutsideLink:
    """Return the live link of a secret; `source` is the address from which it comes.

    Raises: NotVisible, alike for a wrong link and a wrong secret; Throttled; Conflict.
    """
    row = OutsideLink.objects.select_related(*links.RELATED).filter(public_id=link).first()
    if row is None:
        raise NotVisible("link_wrong")
    mine = LinkGuess.objects.filter(link=row, source=law.source_of(source, row.digest))
    _count(row, law.source_of(source, row.digest), real)
    if not law.fits(secret, row.digest):
        tried = mine.values_list("wrong", flat=True).first()
        if tried in {1, law.WRONG}:  # the first, and the last before the door shuts: an attack fills no journal
            record(None, at, "link_wrong_secret", row, row.opinion.duty.public_id, address=source, tried=tried)
        raise NotVisible("link_wrong")
    mine.delete()
    found = law.state(links.facts(row), at)
    if found is law.LinkState.USED:
        raise Conflict("link_used", receipt=row.receipt)
    if found is not law.LinkState.LIVE:
        raise Conflict({"revoked": "link_revoked", "expired": "link_expired"}.get(found.value, "link_ended"))
    return row


def _count(row: OutsideLink, source: str, real: datetime) -> None:
    """Take one guess before the answer is known, so that many at once gain nothing. Raises: Throttled."""
    mine = LinkGuess.objects.filter(link=row, source=source)
    if mine.filter(since_at__lte=real - law.WINDOW).update(wrong=1, since_at=real):
        return
    if mine.filter(wrong__lt=law.WRONG).update(wrong=F("wrong") + 1):
        return
    if mine.exists():
        raise Throttled("guessed_too_often", minutes=int(law.WINDOW.total_seconds()) // 60)
    LinkGuess.objects.filter(link=row, since_at__lte=real - law.WINDOW).delete()
    if LinkGuess.objects.filter(link=row).count() < law.MOST_SOURCES:
        LinkGuess.objects.bulk_create([LinkGuess(link=row, source=source, since_at=real)], ignore_conflicts=True)


def forget_guesses(real: datetime) -> int:
    """Let go of guesses that count no longer, by the real clock, some at a time; return how many.

    Also of those that the clock, set back since, puts far ahead: they would keep a source out until then.
    """
    over = Q(since_at__lte=real - law.WINDOW) | Q(since_at__gt=real + law.WINDOW)
    some = LinkGuess.objects.filter(over).order_by("id").values_list("pk", flat=True)[:BATCH]
    return LinkGuess.objects.filter(pk__in=list(some)).delete()[0]


def record(officer: int | None, at: datetime, act: str, row: OutsideLink, duty: UUID, **facts: object) -> None:
    """Write what was done with a link; its secret stands nowhere."""
    audit.record(
        actor_id=officer, at=at, act=act, subject_kind="duty", subject_id=duty, link=str(row.public_id), **facts
    )
