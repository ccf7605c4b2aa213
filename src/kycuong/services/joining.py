"""One unit owes one report: series that came together by a change of the organisation go on as one, with both histories.

Basis: the resolution or decision on the change says that the successor inherits the duties; it reports once for each slot.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, Q

from kycuong.core.tasks import LIFECYCLE
from kycuong.models import Duty, DutyEvent, DutyHolding, Report, Task, TaskResult
from kycuong.services import search
from kycuong.services.transitions import Act, Step, move_many

BATCH = 500
_Group = tuple[int, int | None, int]


def join(at: datetime) -> int:
    """Close the later occurrences that a unit holds twice of one report, in favour of one of them; return how many.

    The slot that is being collected stays as it is: what was written for it is kept, and one sending answers all. A series
    whose later occurrence was joined opens no other; nothing that somebody has begun to work on is closed.
    """
    groups = _doubled()
    if not groups:
        return 0
    found = _later(groups, at)
    taken = _inherited(duty.pk for duty in found)
    begun = set(Report.objects.filter(duty__in=found).values_list("duty", flat=True))
    begun |= set(TaskResult.objects.filter(task__duty__in=found).values_list("task__duty", flat=True))
    into: dict[int, Duty] = {}
    for same in _by_slot(found).values():
        keeps, *others = sorted(same, key=lambda duty: (duty.pk not in begun, duty.pk in taken, duty.pk))
        into |= {other.pk: keeps for other in others if other.pk not in begun}
    return sum(_close(list(into.items())[start : start + BATCH], at) for start in range(0, len(into), BATCH))


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
