"""One duty as a line of a list, with its state derived for the instant asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from kycuong.core.calendars import Calendar
from kycuong.core.duties import State, last_date, standing
from kycuong.models import Duty, DutyHolding, TaskResult
from kycuong.queries import calendars


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty as a list shows it; days are working days left or late, by the state."""

    public_id: UUID
    title: str
    kind: str
    term: str
    document_code: str
    document_id: UUID | None
    path: str
    unit_name: str
    desk_name: str
    desk_title: str
    state: State
    days: int | None
    due_at: datetime | None
    last_date: date | None
    original_last_date: date | None
    bound: str
    attempt: int
    attempt_waiting: bool
    waits_for: str
    opened_at: datetime
    since_at: datetime | None
    is_key: bool
    phase: str
    parent_id: UUID | None


def with_row_data(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    """Return the queryset with all that rows_of reads, in one statement."""
    last = TaskResult.objects.filter(task__duty=OuterRef("pk")).order_by("-attempt")
    waiting = Duty.objects.filter(parent=OuterRef("pk"), kind="confirmation").exclude(phase="closed")
    return duties.select_related(
        "holder_unit", "holder_post", "holder_officer", "document", "task__order", "parent"
    ).annotate(
        since=Subquery(DutyHolding.objects.filter(duty=OuterRef("pk"), until_at__isnull=True).values("from_at")[:1]),
        last_attempt=Subquery(last.values("attempt")[:1]),
        last_prepared=Subquery(last.values("prepared_at")[:1]),
        last_sent=Subquery(last.values("sent_at")[:1]),
        confirmer_name=Subquery(waiting.values("holder_officer__full_name")[:1]),
    )


def rows_of(duties: Iterable[Duty], at: datetime, calendar: Calendar | None = None) -> list[DutyRow]:
    """Return lines for duties fetched by with_row_data; no further query when the calendar is given."""
    days = calendar or calendars.current()
    return [_row(duty, at, days) for duty in duties]


def _row(duty: Duty, at: datetime, calendar: Calendar) -> DutyRow:
    now = standing(
        phase=duty.phase, due_at=duty.due_at, late_working_days=duty.late_working_days, at=at, calendar=calendar
    )
    order = duty.task.order if hasattr(duty, "task") else None
    officer, post = duty.holder_officer, duty.holder_post
    prepared, sent = getattr(duty, "last_prepared", None), getattr(duty, "last_sent", None)
    return DutyRow(
        public_id=duty.public_id,
        title=duty.title,
        kind=duty.kind,
        term=duty.term,
        document_code=str(duty.document) if duty.document else "",
        document_id=duty.document.public_id if duty.document else None,
        path=order.path if order else "",
        unit_name=duty.holder_unit.name,
        desk_name=officer.full_name if officer else "",
        desk_title=post.title if post else "",
        state=now.state,
        days=now.days,
        due_at=duty.due_at,
        last_date=last_date(duty.due_at) if duty.due_at else None,
        original_last_date=last_date(duty.original_due_at) if duty.original_due_at else None,
        bound=duty.bound,
        attempt=getattr(duty, "last_attempt", None) or 0,
        attempt_waiting=bool(prepared and not sent),
        waits_for=getattr(duty, "confirmer_name", None) or "",
        opened_at=duty.opened_at,
        since_at=getattr(duty, "since", None),
        is_key=duty.task.is_key if hasattr(duty, "task") else False,
        phase=duty.phase,
        parent_id=duty.parent.public_id if duty.parent else None,
    )


def urgent_first(duties: QuerySet[Duty], size: int, offset: tuple[datetime | None, int] | None) -> Sequence[Duty]:
    """Return a page ordered by what hurts first: earliest due, then those without a date; keyed by (due_at, id)."""
    dated = duties.filter(due_at__isnull=False).order_by("due_at", "id")
    undated = duties.filter(due_at__isnull=True).order_by("id")
    if offset and offset[0] is None:
        return list(undated.filter(id__gt=offset[1])[:size])
    if offset:
        dated = dated.filter(due_at__gte=offset[0]).exclude(due_at=offset[0], id__lte=offset[1])
    found = list(dated[:size])
    return found + list(undated[: size - len(found)]) if len(found) < size else found
