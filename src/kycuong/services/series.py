"""Periodic duties: only the current and the next occurrence exist; the one after opens when one has passed or is answered."""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import DateField, DateTimeField, Exists, OuterRef, Q, QuerySet

from kycuong.core.calendars import local_date
from kycuong.core.changes import SERIES_ENDS
from kycuong.core.errors import Conflict
from kycuong.core.limits import due_fixed
from kycuong.core.recurrences import next_slot
from kycuong.core.tasks import LIFECYCLE
from kycuong.models import DayMark, Duty, Task, TaskParticipant
from kycuong.queries import calendars, org, successions
from kycuong.queries.kept import Slot, kept
from kycuong.services import duties, joining, search
from kycuong.services.replacing import rule_of
from kycuong.services.transitions import Act, open_many

BATCH = 500
MARK = "series"
#: How long a worker may have slept, how far back the rounds of a day look after its first, and how far ahead.
ASLEEP, DAYS_BACK, AHEAD = timedelta(days=800), timedelta(days=8), timedelta(days=800)
log = logging.getLogger("kycuong.series")


def roll(at: datetime) -> int:
    """Open the next occurrence of every series of which fewer than two are still ahead; return how many were opened.

    What a worker that slept has missed is looked for in the first round of a day: once rolled, the newest occurrence of
    a series that goes on lies ahead, so that the other rounds look at no more than those.
    """
    on, total = local_date(at), 0
    first = not DayMark.objects.filter(name=MARK, done_on=on).exists()
    if first:
        _join(at)
    since = on - (ASLEEP if first else DAYS_BACK)
    while done := _roll_batch(at, since):
        total += done
    if first:
        DayMark.objects.update_or_create(name=MARK, defaults={"done_on": on})
    return total


def _join(at: datetime) -> None:
    """Join what a change of the organisation brought together; what fails is tried again the next day and stops no rolling."""
    try:
        joining.join(at)
    except Exception:
        log.exception("series that came together could not be joined; the others roll on")


def _roll_batch(at: datetime, since: date) -> int:
    """Take up to BATCH series whose newest occurrence is the only one ahead, and open one more of each.

    "Ahead" means not yet due and not yet sent. Two workers meet at the unique (series, slot): the second does nothing.
    """
    found = _newest(since, local_date(at) + AHEAD, at)
    if not found:
        return 0
    try:
        with transaction.atomic():
            return _open_next(found, at)
    except Exception:  # another worker was first, or one row fails: one by one it is told which
        return sum(_open_alone(duty, at) for duty in found)


@kept(DateField(), DateField(), DateTimeField())
def _newest(since: Slot, until: Slot, at: Slot) -> QuerySet[Duty]:
    same = Duty.objects.filter(series=OuterRef("series"))
    return (
        Duty.objects.filter(kind="task", series__isnull=False, slot__gte=since, slot__lte=until)
        .exclude(Exists(same.filter(slot__gt=OuterRef("slot"))))
        .exclude(Exists(same.filter(slot__lt=OuterRef("slot"), phase="open", due_at__gt=at)))
        .exclude(Exists(same.filter(outcome__in=SERIES_ENDS)))  # taken back from this unit: the series ends
        .filter(Q(phase="open") | Q(due_at__gt=at) | Q(closed_at__isnull=False) | Q(answered_at__isnull=False))
        .select_related("document", "task__order")
        .order_by("slot", "id")[:BATCH]
    )


def _open_alone(duty: Duty, at: datetime) -> int:
    try:
        with transaction.atomic():
            return _open_next([duty], at)
    except (IntegrityError, Conflict):
        return 0
    except Exception:
        log.exception("no next occurrence of the series %s could be opened", duty.series)
        return 0


def _open_next(found: list[Duty], at: datetime) -> int:
    following = _Following(found, at)
    made = [(_next(duty, following, at), duty) for duty in found]
    saved = open_many([duty for duty, _ in made], Act(LIFECYCLE.row("open"), at))
    tasks = Task.objects.bulk_create(
        [
            Task(
                duty=duty,
                order=old.task.order,
                document=old.task.document,
                product=old.task.product,
                channel=old.task.channel,
                is_key=old.task.is_key,
            )
            for duty, (_, old) in zip(saved, made, strict=True)
        ],
        batch_size=BATCH,
    )
    taking_part = _participants(found)
    TaskParticipant.objects.bulk_create(
        [
            TaskParticipant(task=task, unit_id=unit)
            for task, (_, old) in zip(tasks, made, strict=True)
            for unit in dict.fromkeys(following.unit(pk) for pk in taking_part[old.pk])
            if unit is not None and unit != task.duty.holder_unit_id
        ],
        batch_size=BATCH,
    )
    search.write_tasks([duty.pk for duty in saved])
    return len(saved)


class _Following:
    """Who stands where the units of old occurrences stood: the organisation may have changed since the last one."""

    def __init__(self, found: list[Duty], at: datetime) -> None:
        on = local_date(at)
        named = {getattr(duty, f"{role}_id") for duty in found for role in ("holder_unit", *_ROLES)}
        taking_part = TaskParticipant.objects.filter(task__duty__in=found).values_list("unit", flat=True)
        self.replaced = successions.replaced(named | set(taking_part), on)
        self.takers = successions.takers([duty.series for duty in found if duty.series]) if self.replaced else {}
        self.replaced |= successions.replaced(list(self.takers.values()), on)
        self.heads = org.heads({self.holder(duty) for duty in found}, on)

    def unit(self, unit_id: int | None) -> int | None:
        """Return a unit, or who inherited from it."""
        return self.replaced.get(unit_id, unit_id) if unit_id is not None else None

    def holder(self, duty: Duty) -> int:
        """Return who holds the next occurrence: of an ended unit who took over the series, else its successor."""
        pk = duty.holder_unit_id
        if pk not in self.replaced or duty.series is None:
            return pk
        taker = self.takers.get(duty.series, self.replaced[pk])
        return self.replaced.get(taker, taker)


_ROLES = ("giver_unit", "follower_unit", "confirmer_unit")


def _participants(found: list[Duty]) -> dict[int, list[int]]:
    rows = TaskParticipant.objects.filter(task__duty__in=found).order_by("id").values_list("task__duty", "unit")
    units: dict[int, list[int]] = defaultdict(list)
    for duty_id, unit_id in rows:
        units[duty_id].append(unit_id)
    return units


def _next(old: Duty, following: _Following, at: datetime) -> Duty:
    rrule = rule_of(old)
    assert old.slot is not None
    slot = next_slot(rrule, old.slot)
    holder = following.holder(old)
    calendar = calendars.current(holder)
    seat = following.heads.get(holder)
    made = Duty(**{name: getattr(old, name) for name in ("kind", "title", "document_id", "giver_post_id")})
    for role in _ROLES:
        setattr(made, f"{role}_id", following.unit(getattr(old, f"{role}_id")))
    made.holder_unit_id, made.term, made.bound = holder, old.term, old.bound
    made.holder_post_id = seat.post_id if seat else None
    made.holder_officer_id = seat.officer_id if seat else None
    made.anchor_at, made.series, made.slot = at, old.series, slot
    end = due_fixed(slot, "before" if old.bound == "before" else "by", calendar, source=str(old.document))
    duties.wind(made, end, calendar, at)
    return made
