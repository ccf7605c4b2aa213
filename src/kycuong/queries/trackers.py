"""The tracker of tasks that a higher level asks for: the tasks that a page shows, all of them, with what the table needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kycuong.core.calendars import local_date
from kycuong.core.duties import STATE_LABELS, State
from kycuong.models import Duty
from kycuong.queries import calendars, documents, scope, unit_duties
from kycuong.queries.duties import DutyRow
from kycuong.queries.duties.lists import page_of

#: More rows than one table can be read; a page with more is filtered first.
MOST = 10_000
BATCH = 500


@dataclass(frozen=True, slots=True)
class TrackerRow:
    """One task as the tracker shows it."""

    document: str
    issued_on: date | None
    issuer: str
    text: str
    product: str
    lead: str
    participants: str
    desk: str
    given_on: date
    original: date | None
    due: date | None
    extended_times: int
    state: str
    result: str
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Tracker:
    """The rows of a tracker, what it is about, and whether there were more than it holds."""

    about: str
    rows: list[TrackerRow]
    cut: bool


def of_unit(
    who: scope.Actor, at: datetime, *, unit: UUID, state: State | None = None, desk: int | None = None, text: str = "",
    theme: UUID | None = None,
) -> Tracker:  # fmt: skip
    """Return the open duties of a unit as its page shows them, with the same filters. Raises: NotVisible."""
    page = unit_duties.of_unit(who, at, unit=unit, state=state, desk=desk, text=text, theme=theme, size=MOST)
    return Tracker(page.unit_name, _rows(page.rows), page.next_key is not None)


def of_document(who: scope.Actor, at: datetime, *, document: UUID) -> Tracker:
    """Return the tasks of a document that the person sees. Raises: NotVisible."""
    row = scope.document_to_read(who, document)
    return _tracker(who, at, str(row), [row.pk])


def of_register(
    who: scope.Actor, at: datetime, *, register: str, text: str = "", state: str | None = None, year: int | None = None,
    theme: UUID | None = None,
) -> Tracker:  # fmt: skip
    """Return the tasks that the person sees of the documents that the register shows with the same filters."""
    page = documents.register(who, at, register=register, text=text, state=state, year=year, theme=theme, size=MOST)
    known = scope.visible_documents(who).filter(public_id__in=[row.public_id for row in page.rows[:MOST]])
    return _tracker(who, at, "Sổ văn bản chỉ đạo, điều hành", list(known.values_list("pk", flat=True)))


def _tracker(who: scope.Actor, at: datetime, about: str, keys: list[int]) -> Tracker:
    seen = scope.visible_duties(who).filter(document__in=keys, kind="task")
    page = page_of(seen, at, calendars.current(), None, MOST)
    return Tracker(about, _rows(page.rows), page.next_key is not None)


def _rows(rows: Iterable[DutyRow]) -> list[TrackerRow]:
    shown = list(rows)
    more: dict[UUID, Duty] = {}
    for start in range(0, len(shown), BATCH):
        part = [row.public_id for row in shown[start : start + BATCH]]
        found = Duty.objects.filter(public_id__in=part).select_related("document", "task__order")
        more |= {
            duty.public_id: duty
            for duty in found.prefetch_related("task__participants__unit", "task__results").order_by("id")
        }
    return [_row(row, more[row.public_id]) for row in shown]


def _row(row: DutyRow, duty: Duty) -> TrackerRow:
    task = getattr(duty, "task", None)
    sent = [one for one in task.results.all() if one.sent_at] if task else []
    last = max(sent, key=lambda one: one.attempt) if sent else None
    state = STATE_LABELS[row.state]
    if row.days and row.state in {State.OVERDUE, State.DONE_LATE}:
        state = f"{state} {row.days} ngày làm việc"
    return TrackerRow(
        document=row.document_code,
        issued_on=duty.document.issued_on if duty.document else None,
        issuer=duty.document.issuer if duty.document else "",
        text=task.order.text if task and task.order else row.title,
        product=task.product if task else "",
        lead=row.unit_name,
        participants="; ".join(sorted(one.unit.name for one in task.participants.all())) if task else "",
        desk=", ".join(part for part in (row.desk_name, row.desk_title) if part),
        given_on=local_date(duty.anchor_at),
        original=row.original_last_date,
        due=row.last_date,
        extended_times=row.extended_times,
        state=state,
        result=f"{last.number}/{last.symbol}".strip("/") if last else "",
        done_on=local_date(duty.answered_at) if duty.answered_at else None,
    )
