"""What lies on the desks that a person handles while their officers are absent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from kycuong.core.calendars import local_date
from kycuong.core.errors import NotVisible
from kycuong.models import Duty
from kycuong.models.duties import Phase
from kycuong.queries import calendars, scope
from kycuong.queries.duties.lists import Page, page_of

FIRST = 10


@dataclass(frozen=True, slots=True)
class CoveredDesk:
    """One desk that the person handles: whose, until the end of which day, and one page of what lies there."""

    cover_id: UUID
    officer_name: str
    title: str
    unit_name: str
    last: date
    page: Page


def covered(who: scope.Actor, at: datetime, *, size: int = FIRST) -> list[CoveredDesk]:
    """Return the desks that the person handles now, each with what hurts first."""
    return [_desk(cover, at, None, size) for cover in who.covers]


def covered_desk(
    who: scope.Actor, cover_id: UUID, at: datetime, *, after: str | None = None, size: int = 50
) -> CoveredDesk:
    """Return one covered desk, a page of it. Raises: NotVisible when the person does not handle it now."""
    cover = next((one for one in who.covers if one.cover_id == cover_id), None)
    if cover is None:
        raise NotVisible("cover_not_visible")
    return _desk(cover, at, after, size)


def _desk(cover: scope.CoverHat, at: datetime, after: str | None, size: int) -> CoveredDesk:
    lying = Duty.objects.filter(holder_officer=cover.officer_id, holder_post=cover.hat.post_id)
    open_rows = lying.exclude(phase=Phase.CLOSED).exclude(
        phase=Phase.ANSWERED
    )  # as in lists: repeats the index's condition
    last = local_date(cover.until_at - timedelta(microseconds=1))
    found = page_of(open_rows, at, calendars.current(), after, size)
    return CoveredDesk(cover.cover_id, cover.officer_name, cover.hat.title, cover.hat.unit_name, last, found)
