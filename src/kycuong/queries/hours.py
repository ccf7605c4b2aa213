"""The office hours of people: when each can be told something."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from kycuong.core.calendars import local_date
from kycuong.core.ladders import opening
from kycuong.models import Appointment
from kycuong.queries import calendars, scope


def openings(officer_ids: Iterable[int], at: datetime) -> dict[int, datetime]:
    """Return when each person's office is open: now, or when it opens next; by the first post that is held."""
    everywhere = calendars.everywhere()
    posts = Appointment.objects.filter(scope.held_on(local_date(at)), officer__in=list(officer_ids)).order_by("-id")
    return {
        officer: opening(at, everywhere.of(unit)) for officer, unit in posts.values_list("officer_id", "post__unit_id")
    }
