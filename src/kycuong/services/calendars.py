"""Load the working calendar into its table, each row with the document that decided it."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from kycuong.core.seed_calendar import seed
from kycuong.models import CalendarDay, WorkCalendar
from kycuong.services import audit
from kycuong.services.limits import load_consultation_rules, load_limits


def load_seed(*, at: datetime) -> WorkCalendar:
    """Load the calendar that the product ships and the limits it starts with; loading them again changes nothing."""
    calendar = seed()
    with transaction.atomic():
        load_limits(at=at)
        load_consultation_rules(at=at)
        edition = uuid5(NAMESPACE_URL, calendar.name)  # the same rows, the same edition: a process may keep it
        row, made = WorkCalendar.objects.get_or_create(name=calendar.name, defaults={"edition": edition})
        if made:
            CalendarDay.objects.bulk_create(
                [
                    CalendarDay(
                        calendar=row,
                        on=day.on,
                        working=day.working,
                        name=day.name,
                        basis=day.basis,
                        verified=day.verified,
                    )
                    for day in calendar.rows
                ]
            )
            audit.record(actor_id=None, at=at, act="load_calendar", subject_kind="calendar", subject_id=row.name)
    return row
