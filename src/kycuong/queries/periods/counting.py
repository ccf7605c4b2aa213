"""The tasks that a period counts, as they stood at its end: read from their events up to a watermark, never from later acts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from kycuong.core.calendars import midnight
from kycuong.core.duties import State
from kycuong.core.periods import Past, counted
from kycuong.models import Duty, DutyEvent, Period, PeriodContest

BATCH = 2000
#: Above every event: what has happened until now, for the figures that units check before the period is closed.
NOW = 2**62


@dataclass(frozen=True, slots=True)
class CountedRow:
    """One task as a period counts it."""

    duty: int
    unit: int
    state: State
    dated: bool
    late: int


def rows(period: Period, *, mark: int = NOW, units: Collection[int] | None = None) -> list[CountedRow]:
    """Return the tasks of a period as they stood at its end, by the events up to a watermark.

    A task counts when it was opened before the period ended and had not ended before it began. Acts within the period, and
    corrections of dates after it, count when they lie below the mark; all others do not.
    """
    until, since = midnight(period.until_on), midnight(period.since_on)
    wanted = Duty.objects.filter(kind="task", opened_at__lt=until).filter(
        Q(closed_at__isnull=True) | Q(closed_at__gte=since)
    )
    if units is not None:
        wanted = wanted.filter(holder_unit__in=units)
    holders = dict(wanted.order_by("id").values_list("pk", "holder_unit"))
    excluded = _excluded(period, mark)
    found: list[CountedRow] = []
    keys = list(holders)
    for start in range(0, len(keys), BATCH):
        part = keys[start : start + BATCH]
        for duty, then in _past(part, until, mark, excluded):
            state = counted(then, until=until, near_until=period.near_until_at)
            late = then.late if state == State.DONE_LATE else 0
            found.append(CountedRow(duty, holders[duty], state, then.due_at is not None, late))
    return found


def _excluded(period: Period, mark: int) -> set[int]:
    """Return the tasks that the giver's side put apart below the mark."""
    put_apart = PeriodContest.objects.filter(period=period, outcome="excluded").values_list("duty", flat=True)
    acts = DutyEvent.objects.filter(duty__in=list(put_apart), act="reconcile", id__lte=mark)
    return set(acts.values_list("duty", flat=True))


def _past(keys: list[int], until: datetime, mark: int, excluded: set[int]) -> Iterator[tuple[int, Past]]:
    """Yield each task with where its last event before the end put it (three queries a batch)."""
    below = DutyEvent.objects.filter(duty__in=keys, id__lte=mark)
    last = _events(below.filter(at__lt=until))
    answered = _events(below.filter(at__lt=until, act="send"))
    corrected = _events(below.filter(at__gte=until, act="correct"))
    for duty in keys:
        event = last.get(duty)
        if event is None:  # opened above the mark
            continue
        due = corrected[duty]["due_to"] if duty in corrected else None
        yield duty, Past(
            phase=event["phase_to"], due_at=event["due_to"], outcome=event["outcome"],
            late=event["late_working_days"] or 0, answered_at=answered[duty]["at"] if duty in answered else None,
            corrected_due=due if due != event["due_to"] else None, excluded=duty in excluded,
        )  # fmt: skip


def _events(events: QuerySet[DutyEvent]) -> dict[int, dict[str, Any]]:
    """Return the last of some events of each task."""
    names = ("duty", "at", "phase_to", "due_to", "outcome", "late_working_days")
    return {row["duty"]: dict(row) for row in events.order_by("duty", "seq").values(*names)}
