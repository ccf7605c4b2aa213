"""One unit owes one report: series that came together by a change of the organisation go on as one, with both histories.

Basis: the resolution or decision on the change says that the successor inherits the duties; it reports once for each slot.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, Q

from kycuong.core.changes import SERIES_ENDS
from kycuong.core.tasks import LIFECYCLE
from kycuong.models import Duty, DutyEvent, DutyHolding, Report, Task, TaskResult
from kycuong.services import search, watermark
from kycuong.services.transitions import Act, Step, move_many

BATCH = 500
_Group = tuple[int, int | None, int]


def join(at: datetime) -> int:
    """Close the later occurrences that a unit holds twice of one report, in favour of one series; return how many.

    The slot that is being collected stays as it is: what was written for it is kept, and one sending answers all. A series
    whose later occurrence was joined opens no other; nothing that somebody has begun to work on is closed.
    """
    total = 0
    while _pairs(at):
        with transaction.atomic():
            watermark.hold_all()  # two workers that chose otherwise would close both series
            done = _close(_pairs(at)[:BATCH], at)
        if not done:
            break
        total += done
    return total


def _pairs(at: datetime) -> list[tuple[int, Duty]]:
    """Return what is to be closed, each with the occurrence of the same slot that stays: of all slots that of one series."""
    groups = _doubled()
    found = _later(groups, at) if groups else []
    if not found:
        return []
    begun = set(Report.objects.filter(duty__in=found).values_list("duty", flat=True))
    begun |= set(TaskResult.objects.filter(task__duty__in=found).values_list("task__duty", flat=True))
    goes_on, pairs = _going_on(found, begun), []
    for same in _by_slot(found).values():
        keeps = next((duty for duty in same if duty.series == goes_on.get(_group(duty))), None)
        if keeps is not None:
            pairs += [(other.pk, keeps) for other in same if other is not keeps and other.pk not in begun]
    return pairs


def _going_on(found: list[Duty], begun: set[int]) -> dict[_Group, UUID]:
    """Return of each group the series that goes on: one that somebody works on, else the unit's own, else the oldest.

    One that has ended opens no other and takes up none, or nobody would report any more.
    """
    ended = set(
        Duty.objects.filter(series__in={duty.series for duty in found}, outcome__in=SERIES_ENDS).values_list(
            "series", flat=True
        )
    )
    taken = _inherited(duty.pk for duty in found)
    chosen: dict[_Group, UUID] = {}
    for duty in sorted(found, key=lambda duty: (duty.pk not in begun, duty.pk in taken, duty.pk)):
        if duty.series and duty.series not in ended:
            chosen.setdefault(_group(duty), duty.series)
    return chosen


def _open() -> Q:
    return Q(kind="task", series__isnull=False, phase="open")


def _doubled() -> dict[_Group, date]:
    """Return which units hold several series of one report, each with the slot that is collected now."""
    rows = Duty.objects.filter(_open()).order_by().values("document", "task__order", "holder_unit")
    several = rows.annotate(n=Count("series", distinct=True), first=Min("slot")).filter(n__gt=1)
    return {(row["document"], row["task__order"], row["holder_unit"]): row["first"] for row in several}


def _later(groups: dict[_Group, date], at: datetime) -> list[Duty]:
    """Return the occurrences after those that are collected; what came to its desk after `at` has its turn another day."""
    held = {unit for _, _, unit in groups}
    documents = {document for document, _, _ in groups}
    rows = Duty.objects.filter(_open(), holder_unit__in=held, document__in=documents).select_related("task")
    rows = rows.exclude(Exists(DutyHolding.objects.filter(duty=OuterRef("pk"), from_at__gt=at)))
    return [duty for duty in rows if duty.slot and (first := groups.get(_group(duty))) and duty.slot > first]


def _group(duty: Duty) -> _Group:
    return duty.document_id or 0, duty.task.order_id, duty.holder_unit_id


def _by_slot(duties: Iterable[Duty]) -> dict[tuple[object, ...], list[Duty]]:
    found: dict[tuple[object, ...], list[Duty]] = defaultdict(list)
    for duty in duties:
        found[(*_group(duty), duty.slot)].append(duty)
    return found


def _inherited(keys: Iterable[int]) -> set[int]:
    """Return the duties that another unit held before: a unit's own goes on."""
    moved = DutyEvent.objects.filter(duty__in=list(keys), act="succeed").values_list("duty", "data")
    return {duty for duty, data in moved if data.get("from") != data.get("to")}


def _close(pairs: list[tuple[int, Duty]], at: datetime) -> int:
    ended = {"phase": "closed", "closed_at": at, "outcome": "replaced", "running_since": None, "next_check_at": None}
    steps = [Step(pk, None, ended, {"into": str(keeps.public_id)}) for pk, keeps in pairs]
    with transaction.atomic():
        moved = set(move_many(steps, Act(LIFECYCLE.row("join"), at)))
        for pk, keeps in pairs:
            if pk in moved:  # the page of either leads to the other; of several the first
                Task.objects.filter(duty=keeps, replaces__isnull=True).update(replaces=Task.objects.get(duty=pk))
        search.write_tasks(moved)
    return len(moved)
