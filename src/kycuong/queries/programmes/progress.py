"""How the lines of programmes stand: done, late, under way, not begun; counted from the duties they became."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from kycuong.core.duties import State, ended
from kycuong.models import Duty, TaskResult
from kycuong.queries import calendars
from kycuong.queries.duties.lists import state_case

#: What a task of a programme is shown as, in the order of the columns.
BUCKETS = ("done", "done_late", "awaiting", "overdue", "begun", "not_begun")


@dataclass(frozen=True, slots=True)
class Progress:
    """How many tasks of some lines stand where; the open ones are in the total."""

    done: int = 0
    done_late: int = 0
    awaiting: int = 0
    overdue: int = 0
    begun: int = 0
    not_begun: int = 0

    @property
    def total(self) -> int:
        """Return how many tasks count; those taken off their holder do not."""
        return self.done + self.done_late + self.awaiting + self.overdue + self.begun + self.not_begun

    def __add__(self, other: Progress) -> Progress:
        return Progress(*(getattr(self, name) + getattr(other, name) for name in BUCKETS))


def begun() -> Case:
    """Return whether anybody has worked on a task: a draft, or an act beyond giving it to a division with the programme."""
    draft = Exists(TaskResult.objects.filter(task__duty=OuterRef("pk"), prepared_at__isnull=False))
    given = Q(act_seq__gt=2) | Q(act_seq=2, task__order__programme_line__division__isnull=True)
    return Case(When(given | draft, then=Value(True)), default=Value(False), output_field=BooleanField())


def bucket_of(phase: str, outcome: str | None, state: str, has_begun: bool) -> str | None:
    """Return where a task of a programme is counted, None for one that was taken off its holder."""
    if phase == "closed":
        found = ended(outcome, late=outcome == "done_late")
        return {State.DONE_ON_TIME: "done", State.DONE_LATE: "done_late"}.get(found)
    if state in {State.AWAITING, State.OVERDUE}:
        return str(state)
    return "begun" if has_begun else "not_begun"


def _standing(duties: QuerySet[Duty], at: datetime) -> Any:
    """Return the tasks of programmes among some duties, with what says where each stands."""
    return duties.filter(task__order__programme_line__isnull=False).annotate(
        state=state_case(at, calendars.current()), begun=begun(),
        programme=F("task__order__programme_line__programme"), quarter=F("task__order__programme_line__quarter"),
    )  # fmt: skip


def keys_of(duties: QuerySet[Duty], at: datetime, bucket: str, quarter: int | None = None) -> list[int]:
    """Return the tasks behind one figure, the first to fall due first; no bucket means all that count, no quarter every one."""
    rows = _standing(duties, at)
    if quarter is not None:
        rows = rows.filter(task__order__programme_line__quarter=quarter)
    found = rows.order_by("due_at", "id").values("pk", "phase", "outcome", "state", "begun")
    where = {row["pk"]: bucket_of(row["phase"], row["outcome"], row["state"], row["begun"]) for row in found}
    return [pk for pk, here in where.items() if here and bucket in {"", here}]


def by_quarter(duties: QuerySet[Duty], at: datetime) -> dict[tuple[int, int], Progress]:
    """Return the progress of some tasks by programme and quarter (one query beside the calendar's)."""
    rows = (
        _standing(duties, at).order_by().values("programme", "quarter", "phase", "outcome", "state", "begun").annotate(n=Count("pk"))
    )  # fmt: skip
    found: dict[tuple[int, int], Progress] = {}
    for row in rows:
        bucket = bucket_of(row["phase"], row["outcome"], row["state"], row["begun"])
        if bucket:
            key = (row["programme"], row["quarter"])
            found[key] = found.get(key, Progress()) + Progress(**{bucket: row["n"]})
    return found
