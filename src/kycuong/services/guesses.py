"""Wrong guesses of a secret that a known person has: counted before the answer is known, so that many at once gain nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F

from kycuong.core.errors import Throttled
from kycuong.models import Guess

#: So many wrong guesses of one secret of one person in so many minutes, from wherever they come.
LIMIT = 5
WINDOW = timedelta(minutes=15)


def count(*, officer_id: int, subject: str, real: datetime) -> None:
    """Take one of a person's guesses; it stays taken until `forget`. Raises: Throttled when none is left."""
    mine = Guess.objects.filter(officer=officer_id, subject=subject)
    if mine.filter(since_at__lte=real - WINDOW).update(wrong=1, since_at=real):
        return
    if mine.filter(wrong__lt=LIMIT).update(wrong=F("wrong") + 1):
        return
    _, made = Guess.objects.get_or_create(
        officer_id=officer_id, subject=subject, defaults={"wrong": 1, "since_at": real}
    )
    if not made:
        raise Throttled("guessed_too_often", minutes=int(WINDOW.total_seconds()) // 60)


def forget(*, officer_id: int, subject: str = "") -> None:
    """Forget a person's wrong guesses: the right answer came, or somebody who may has given a new secret."""
    mine = Guess.objects.filter(officer=officer_id)
    (mine.filter(subject=subject) if subject else mine).delete()
