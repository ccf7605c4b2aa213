"""The changes of the calendar so far: what was decided, by whom, what it moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kycuong.core.calendars import DayRow
from kycuong.core.errors import Invalid, NotVisible
from kycuong.models import CalendarChange, CalendarChangeDay, CalendarMove
from kycuong.queries import scope
from kycuong.queries.calendar_changes.preview import MoveRow, move_rows
from kycuong.queries.calendars import Spans, spans_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class ChangedDay:
    """One day of a change: what it was and what it became; nothing for the weekly rhythm."""

    on: date
    before: DayRow | None
    after: DayRow | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change as the history shows it."""

    public_id: UUID
    version: int
    kind: str
    number: str
    decided_on: date
    issuer: str
    reason: str
    correction: bool
    unit_name: str
    hours_before: Spans | None
    hours_after: Spans | None
    days: list[ChangedDay]
    officer_name: str
    at: datetime
    done_at: datetime | None
    due_moved: int
    due_kept: int
    rungs_moved: int
    reverses: str
    reversed_by: str


@dataclass(frozen=True, slots=True)
class ChangePage:
    """A change with a page of the due dates that it moved or left."""

    row: ChangeRow
    rows: list[MoveRow]
    next_key: str | None


def history(*, size: int = PAGE) -> list[ChangeRow]:
    """Return the latest changes, the last one first (three queries)."""
    found = CalendarChange.objects.select_related("officer", "unit", "reason", "reverses")
    return [_row(one) for one in found.prefetch_related("days", "reversed_by").order_by("-version")[:size]]


def change(who: scope.Actor, public_id: UUID, *, after: str | None = None, size: int = PAGE) -> ChangePage:
    """Return one change and a page of what it moved; titles only of duties that the person sees.

    Raises: NotVisible, Invalid.
    """
    row = (
        CalendarChange.objects.select_related("officer", "unit", "reason", "reverses")
        .prefetch_related("days", "reversed_by")
        .filter(public_id=public_id)
        .first()
    )
    if row is None:
        raise NotVisible("change_not_visible")
    if after and not after.isdecimal():
        raise Invalid("kind_unknown", text=after)
    moves = CalendarMove.objects.filter(change=row, duty__gt=int(after or 0)).order_by("duty")
    found = list(moves.values_list("duty", "due_from", "due_to", "kept")[: size + 1])
    return ChangePage(_row(row), move_rows(who, found[:size]), str(found[size - 1][0]) if len(found) > size else None)


def _row(one: CalendarChange) -> ChangeRow:
    back = [other.number for other in one.reversed_by.all()]
    return ChangeRow(
        public_id=one.public_id,
        version=one.version,
        kind=one.kind,
        number=one.number,
        decided_on=one.decided_on,
        issuer=one.issuer,
        reason=one.reason.text if one.reason else "",
        correction=one.correction,
        unit_name=one.unit.name if one.unit else "",
        hours_before=spans_of(one.hours_before) if one.hours_before else None,
        hours_after=spans_of(one.hours_after) if one.hours_after else None,
        days=[_day(day) for day in sorted(one.days.all(), key=lambda day: day.on)],
        officer_name=one.officer.full_name,
        at=one.at,
        done_at=one.done_at,
        due_moved=one.due_moved,
        due_kept=one.due_kept,
        rungs_moved=one.rungs_moved,
        reverses=one.reverses.number if one.reverses else "",
        reversed_by=back[0] if back else "",
    )


def _day(day: CalendarChangeDay) -> ChangedDay:
    return ChangedDay(day.on, stored_row(day.on, day.before), stored_row(day.on, day.after))


def stored_row(on: date, stored: dict[str, object] | None) -> DayRow | None:
    """Return a day's row as a change keeps it."""
    if stored is None:
        return None
    return DayRow(on, bool(stored["working"]), str(stored["name"]), str(stored["basis"]), bool(stored["verified"]))
