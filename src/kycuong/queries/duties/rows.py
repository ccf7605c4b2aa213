"""One duty as a line of a list, with its state derived for the instant asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value, When

from kycuong.core.calendars import Calendar
from kycuong.core.duties import State, last_date, standing
from kycuong.core.proposals import Kind
from kycuong.models import Duty, DutyHolding, Proposal, TaskResult
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
    about_unit: str
    outcome: str = ""
    flags: tuple[str, ...] = ()
    proposal_kind: str = ""
    extended_times: int = 0
    extended_days: int = 0
    taken_over: str = ""


#: The path that the reader gives a closing paragraph, which has no number to print.
CLOSING = "end"


#: What a line reads of the duty's own row, and what it reads of others: names, never whole rows of seven tables.
_OWN = (
    "public_id", "title", "kind", "term", "phase", "due_at", "original_due_at", "bound", "late_working_days", "opened_at",
    "outcome",
)  # fmt: skip
_OTHERS = {
    "unit_name": F("holder_unit__name"), "desk_name": F("holder_officer__full_name"), "desk_title": F("holder_post__title"),
    "document_key": F("document__public_id"), "document_number": F("document__number"),
    "document_symbol": F("document__symbol"), "document_subject": F("document__subject"),
    "order_key": F("task__order__public_id"), "path": F("task__order__path"), "is_key": F("task__is_key"),
    "parent_key": F("parent__public_id"), "giver_name": F("giver_unit__name"), "document_day": F("document__issued_on"),
    "document_line": F("document__is_line"), "proposal_kind": F("proposal__kind"),
    "old_times": F("task__old_extensions"), "old_days": F("task__old_extended_days"),
    "old_source": F("task__old_source"), "old_code": F("task__old_code"),
}  # fmt: skip


#: One bit a kind: at most one proposal of a kind is open at a time, so that their sum names them all.
_BITS: Final = {kind: 1 << n for n, kind in enumerate(Kind)}


def _proposals() -> dict[str, Subquery]:
    """Return what a line reads of the proposals about its duty: which are open, and the extensions that were given."""
    about = Proposal.objects.filter(about=OuterRef("pk")).order_by().values("about")
    bits = Sum(Case(*(When(kind=kind.value, then=Value(bit)) for kind, bit in _BITS.items()), default=Value(0)))
    given = about.filter(extended_days__isnull=False)
    return {
        "open_bits": Subquery(
            about.filter(decided_at__isnull=True).annotate(n=bits).values("n"), output_field=IntegerField()
        ),
        "times": Subquery(given.annotate(n=Count("pk")).values("n"), output_field=IntegerField()),
        "more_days": Subquery(given.annotate(n=Sum("extended_days")).values("n"), output_field=IntegerField()),
    }


def with_row_data(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    """Return the queryset with all that rows_of reads, and no more, in one statement."""
    last = TaskResult.objects.filter(task__duty=OuterRef("pk")).order_by("-attempt")
    waiting = Duty.objects.filter(parent=OuterRef("pk"), kind="confirmation").exclude(phase="closed")
    return duties.only(*_OWN).annotate(
        since=Subquery(DutyHolding.objects.filter(duty=OuterRef("pk"), until_at__isnull=True).values("from_at")[:1]),
        last_attempt=Subquery(last.values("attempt")[:1]),
        last_prepared=Subquery(last.values("prepared_at")[:1]),
        last_sent=Subquery(last.values("sent_at")[:1]),
        confirmer_name=Subquery(waiting.values("holder_officer__full_name")[:1]),
        **_proposals(),
        **_OTHERS,
    )


#: The columns of a line by name, as with_row_data annotates them.
COLUMNS: Final = (
    *_OWN, *_OTHERS, "since", "last_attempt", "last_prepared", "last_sent", "confirmer_name", "open_bits", "times", "more_days",
)  # fmt: skip


def rows_of(duties: Iterable[Any], at: datetime, calendar: Calendar | None = None) -> list[DutyRow]:
    """Return lines for duties fetched by with_row_data; no further query when the calendar is given."""
    days = calendar or calendars.current()
    return [_row(duty, at, days) for duty in duties]


def _row(duty: Any, at: datetime, calendar: Calendar) -> DutyRow:
    now = standing(
        phase=duty.phase, due_at=duty.due_at, late_working_days=duty.late_working_days, at=at, calendar=calendar,
        outcome=duty.outcome,
    )  # fmt: skip
    more: Any = duty  # carries what with_row_data has annotated
    number, symbol = more.document_number, more.document_symbol
    return DutyRow(
        public_id=duty.public_id,
        title=duty.title,
        kind=duty.kind,
        term=duty.term,
        document_code=f"{number}/{symbol}" if number else _name(more),
        document_id=more.document_key,
        path="" if more.path == CLOSING else more.path or "",
        unit_name=more.unit_name,
        desk_name=more.desk_name or "",
        desk_title=more.desk_title or "",
        state=now.state,
        days=now.days,
        due_at=duty.due_at,
        last_date=last_date(duty.due_at) if duty.due_at else None,
        original_last_date=last_date(duty.original_due_at) if duty.original_due_at else None,
        bound=duty.bound,
        attempt=more.last_attempt or 0,
        attempt_waiting=bool(more.last_prepared and not more.last_sent),
        waits_for=more.confirmer_name or "",
        opened_at=duty.opened_at,
        since_at=more.since,
        is_key=bool(more.is_key),
        phase=duty.phase,
        parent_id=more.parent_key,
        about_unit=more.giver_name if duty.kind in {"confirmation", "proposal"} else "",
        outcome=duty.outcome or "",
        flags=tuple(kind.value for kind, bit in _BITS.items() if (more.open_bits or 0) & bit),
        proposal_kind=more.proposal_kind or "",
        extended_times=(more.times or 0) + (more.old_times or 0),
        extended_days=(more.more_days or 0) + (more.old_days or 0),
        taken_over=": ".join(part for part in (more.old_source, more.old_code) if part),
    )


def _name(more: Any) -> str:
    """Return how a document without a number is named: a typed instruction by its day, another by its subject."""
    if more.document_line and more.document_day:
        return f"Nội dung giao việc ngày {more.document_day:%d/%m/%Y}"
    return (more.document_subject or "")[:60]


def urgent_first(
    duties: QuerySet[Duty], size: int, offset: tuple[datetime | None, int] | None
) -> Sequence[tuple[datetime | None, int]]:
    """Return the keys (due_at, id) of a page ordered by what hurts first: earliest due, then those without a date."""
    dated = duties.filter(due_at__isnull=False).order_by("due_at", "id").values_list("due_at", "id")
    undated = duties.filter(due_at__isnull=True).order_by("id").values_list("due_at", "id")
    if offset and offset[0] is None:
        return list(undated.filter(id__gt=offset[1])[:size])
    if offset:
        dated = dated.filter(due_at__gte=offset[0]).exclude(due_at=offset[0], id__lte=offset[1])
    found = list(dated[:size])
    return found + list(undated[: size - len(found)]) if len(found) < size else found
