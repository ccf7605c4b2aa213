"""Where the product's clock stands: the machine's, with the offset of a demo, and never before what was already seen."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from kycuong.core.steady import not_back
from kycuong.models import ClockMark, ClockOffset, DutyEvent
from kycuong.queries.kept import kept


def offset() -> timedelta:
    """Return how far the product's clock stands ahead of the real one (zero outside a demo)."""
    seconds = ClockOffset.objects.filter(pk=1).values_list("seconds", flat=True).first()
    return timedelta(seconds=seconds or 0)


def now(real: datetime) -> datetime:
    """Return the product's instant when the machine says `real`: it stands still while the machine lies behind (one query)."""
    found = _seen()
    if not found:  # nobody has worked here yet
        return real + offset()
    return stands(real, *found[0])


def stands(real: datetime, mark: datetime, last: datetime | None, ahead: int | None) -> datetime:
    """Return the product's instant by what was seen: the worker's mark, the last event, how many seconds a demo is ahead."""
    return not_back(real + timedelta(seconds=ahead or 0), [mark, last])


@kept()
def _seen() -> QuerySet[ClockMark, tuple[datetime, datetime | None, int | None]]:
    last = Subquery(DutyEvent.objects.order_by("-pk").values("at")[:1])
    ahead = Subquery(ClockOffset.objects.filter(pk=OuterRef("pk")).values("seconds")[:1])
    return ClockMark.objects.filter(pk=1).annotate(last=last, ahead=ahead).values_list("at", "last", "ahead")


def mark() -> datetime | None:
    """Return the last instant that the worker has seen, if it ever worked."""
    return ClockMark.objects.filter(pk=1).values_list("at", flat=True).first()
