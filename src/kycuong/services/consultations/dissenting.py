"""Dissent on a main point: both heads are told at once and again until they have met."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, DateTimeField, Max, QuerySet

from kycuong.core.calendars import local_date, midnight
from kycuong.core.dissents import MOST_REMINDERS, REMIND_DAYS, Standing
from kycuong.core.opinions import LIFECYCLE
from kycuong.models import Duty, DutyEvent, Opinion
from kycuong.queries import calendars
from kycuong.queries import consultations as queries
from kycuong.queries.kept import Slot, kept
from kycuong.services import watermark
from kycuong.services.transitions import Act, Step, move, move_many

BATCH = 500


def raise_dissent(row: Duty, opinion: Opinion, at: datetime) -> None:
    """Tell both heads that a body disagrees on a main point, within the transaction of its answer; nothing when it does not."""
    if queries.dissenting([opinion]):
        move(row, Act(LIFECYCLE.row("raise_dissent"), at))
        Opinion.objects.filter(pk=opinion.pk).update(dissent_check_at=_next(row, at))


def _next(row: Duty, at: datetime) -> datetime:
    calendar = calendars.current(row.giver_unit_id)
    return midnight(calendar.add_working_days(local_date(at), REMIND_DAYS)) + timedelta(hours=8)


def remind_dissents(at: datetime) -> int:
    """Remind both heads of each dissent on which they have not met, and return how many were reminded.

    Killed anywhere it leaves whole batches; two workers remind once. A dissent that no longer holds anything up is let go.
    """
    total = 0
    while _is_due(at) and (found := _remind_batch(at)):
        total += found[0]
    return total


@kept(DateTimeField())
def _is_due(at: Slot) -> QuerySet[Opinion, int]:
    due = Opinion.objects.filter(dissent_check_at__lte=at)
    return due.order_by("dissent_check_at", "id").values_list("pk", flat=True)[:1]


def _remind_batch(at: datetime) -> tuple[int] | None:
    """Do one batch; return how many were reminded, None when nothing is due."""
    with transaction.atomic():
        watermark.hold()
        due = Opinion.objects.filter(dissent_check_at__lte=at).order_by("dissent_check_at", "id")
        if connection.vendor == "postgresql":
            due = due.select_for_update(of=("duty", "self"), skip_locked=True)  # an act takes the duty first, too
        rows = list(due.select_related("duty", "consultation", "proposed")[:BATCH])
        if not rows:
            return None
        rows = _still_due(rows, at)
        found = queries.standings(rows)
        open_ones = [
            one for one in rows
            if found.get(one.pk) is Standing.MEET and one.consultation.ended_at is None
            and one.proposed.number == one.consultation.version
        ]  # fmt: skip
        moved = set(move_many([Step(one.duty_id) for one in open_ones], Act(LIFECYCLE.row("remind_dissent"), at)))
        told = _told(moved)
        for one in rows:
            again = one.duty_id in moved and told[one.duty_id] < MOST_REMINDERS
            Opinion.objects.filter(pk=one.pk).update(dissent_check_at=_next(one.duty, at) if again else None)
    return (len(moved),)


def _still_due(rows: list[Opinion], at: datetime) -> list[Opinion]:
    """Return those whose working days have passed by the calendar of today; the others wait for the day that it gives now."""
    acts = DutyEvent.objects.filter(duty__in=[one.duty_id for one in rows], act__in=("raise_dissent", "remind_dissent"))
    last = dict(acts.order_by().values_list("duty").annotate(last=Max("at")))
    due = []
    for one in rows:
        turn = _next(one.duty, last[one.duty_id]) if one.duty_id in last else at
        if turn <= at:
            due.append(one)
        else:
            Opinion.objects.filter(pk=one.pk).update(dissent_check_at=turn)
    return due


def _told(duties: set[int]) -> dict[int, int]:
    rows = DutyEvent.objects.filter(duty__in=duties, act="remind_dissent").order_by().values_list("duty")
    return dict(rows.annotate(times=Count("id")))
