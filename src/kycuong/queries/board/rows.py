"""The rows behind a figure of the board: the same filter, the same conditions, the same count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.db.models import DateTimeField, Q, QuerySet

from kycuong.core.boards import FLAGS, counted, month_start
from kycuong.core.calendars import Calendar
from kycuong.core.duties import OPEN_STATES, State, near_boundary
from kycuong.models import Duty
from kycuong.models.duties import Phase
from kycuong.queries import calendars, scope
from kycuong.queries.board import tallied
from kycuong.queries.board.charts import AGES, aged_in
from kycuong.queries.board.counting import CLOSED, conditions, ended_as, kind_of_flag, standing_at, total
from kycuong.queries.board.desks import lying
from kycuong.queries.board.filters import Chosen, Filter, choose, closed_within, in_books, open_then
from kycuong.queries.board.page import count
from kycuong.queries.board.seats import seen
from kycuong.queries.board.standing import heaps
from kycuong.queries.board.tallied import one_moment
from kycuong.queries.duties.fetching import lines_of
from kycuong.queries.duties.lists import Page, key_of, page_of
from kycuong.queries.duties.rows import DutyRow
from kycuong.queries.kept import Kept, Slot

#: Months, counted from year 0, that a figure can be narrowed to.
MONTHS_KNOWN: Final = range(1900 * 12, 3000 * 12)

#: Figures of the sides of the work: with the units, to be confirmed, to be decided; and what of it is late.
SIDES: Final = {
    f"side_{code}{late}": (code, bool(late)) for code in ("unit", "confirmation", "proposal") for late in ("", "_late")
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a board: a state, a flag, all open ones, or what lies on one desk (post 0: nobody's).

    `due` narrows to what fell due in a month counted from year 0, `age` to what was given so many days ago (a band of AGES).
    """

    name: str = ""
    desk: int | None = None
    due: int | None = None
    age: int | None = None


def rows(
    who: scope.Actor, at: datetime, wanted: Filter, figure: Figure, *, after: str | None = None, size: int = 50
) -> Page:
    """Return a page of the rows of a figure, with how many they are in all. Raises: NotVisible, Invalid."""
    with one_moment():
        return _rows(who, at, wanted, figure, after, size)


def _rows(who: scope.Actor, at: datetime, wanted: Filter, figure: Figure, after: str | None, size: int) -> Page:
    calendar = calendars.current()
    chosen = choose(who, wanted)
    known = _known(chosen, figure, at, calendar)
    if known is not None and not after and size <= _FIRST and figure.name in OPEN_STATES and _everywhere(chosen):
        return Page(*_first_page(chosen.kind, figure.name, at, calendar, size), known)
    duties = behind(who, chosen, figure, at, calendar)
    page = (
        _closed_page(duties, at, calendar, after, size)
        if _closed(figure)
        else page_of(duties, at, calendar, after, size)
    )
    return Page(page.rows, page.next_key, duties.count() if known is None else known)


def _everywhere(chosen: Chosen) -> bool:
    """Return whether the board is of every unit and of no document or theme."""
    return chosen.whole and chosen.units is None and not chosen.narrowed


def _first_page(kind: str, name: str, at: datetime, calendar: Calendar, size: int) -> tuple[list[DutyRow], str | None]:
    """Return the first page of the open duties of a kind in a state, what hurts first, and the key after it."""
    boundaries = at, max(at, near_boundary(at, calendar))
    found: list[tuple[datetime | None, int]] = list(_most_urgent(kind, name, True)(*boundaries))
    if len(found) <= size:
        found += _most_urgent(kind, name, False)(*boundaries)
    keys = found[:size]
    return lines_of([key for _, key in keys], at, calendar), key_of(*keys[-1]) if len(found) > size else None


#: The most rows of a first page whose question is kept: one wording for all sizes, each is a plan on each connection.
_FIRST: Final = 50


@cache
def _most_urgent(kind: str, name: str, dated: bool) -> Kept[Any]:
    """Return the question for the keys of open duties of a kind in a state, worded once for each: an index is chosen by both."""

    def word(at: Slot, near: Slot) -> QuerySet[Duty, tuple[datetime | None, int]]:
        duties = Duty.objects.filter(~Q(phase=Phase.CLOSED), standing_at(at, near)[State(name)], kind=kind)
        order = ("due_at", "id") if dated else ("id",)
        return duties.filter(due_at__isnull=not dated).order_by(*order).values_list("due_at", "id")[: _FIRST + 1]

    return Kept(word, (DateTimeField(), DateTimeField()))


def _known(chosen: Chosen, figure: Figure, at: datetime, calendar: Calendar) -> int | None:
    """Return how many the figure counts, from the tallies; None when the rows must be counted.

    What is narrowed further, or carries a flag, is open and few; what was closed in a year are half a million.
    """
    known = tallied.since(chosen) if figure == Figure(figure.name) else None
    if known is None:
        return None
    if figure.name in {*OPEN_STATES, "open"}:
        there = heaps(chosen, at, known)
        if there is None:
            return None
        figures = there.whole.figures(at, near_boundary(at, calendar))
        return sum(figures.get(state, 0) for state in OPEN_STATES if figure.name in {state, "open"})
    if known.closed is None or not _closed(figure):
        return None
    found = total(count(chosen, at, known, calendar).by_unit)
    if figure.name == "done":
        return found[State.DONE_ON_TIME] + found[State.DONE_LATE]
    return found[figure.name] if figure.name else counted(found)


def behind(who: scope.Actor, chosen: Chosen, figure: Figure, at: datetime, calendar: Calendar) -> QuerySet[Duty]:
    """Return the duties that a figure counts."""
    found = _behind(who, chosen, figure, at, calendar)
    if figure.due is not None and figure.due in MONTHS_KNOWN:
        found = found.filter(due_at__gt=month_start(figure.due), due_at__lte=month_start(figure.due + 1))
    if figure.age is not None and figure.age < len(AGES):
        found = found.filter(aged_in(AGES[figure.age], at))
    return found


def _behind(who: scope.Actor, chosen: Chosen, figure: Figure, at: datetime, calendar: Calendar) -> QuerySet[Duty]:
    if figure.desk is not None:
        return lying(who, chosen, at).filter(holder_post=figure.desk or None).filter(_state(figure.name, at, calendar))
    if figure.name in SIDES:
        return _side(who, chosen, SIDES[figure.name], at, calendar)
    if figure.name == "done":
        return chosen.duties.filter(closed_within(chosen.span)).exclude(ended_as(State.APART))
    if figure.name in set(CLOSED):
        return chosen.duties.filter(closed_within(chosen.span)).filter(ended_as(State(figure.name)))
    if figure.name in {*OPEN_STATES, "open"}:
        return _open(chosen, at).filter(_state(figure.name, at, calendar))
    if figure.name in FLAGS:
        return _open(chosen, at).filter(kind_of_flag(figure.name))
    return in_books(chosen, at).exclude(Q(phase=Phase.CLOSED) & ended_as(State.APART))


def _open(chosen: Chosen, at: datetime) -> QuerySet[Duty]:
    """Return the open duties of the period; of whoever sees single ones first what the seats name."""
    mine = seen(chosen.single) if chosen.single else None
    duties = mine.of_kinds([chosen.kind]).filter(**chosen.lookups) if mine else chosen.duties
    return duties.filter(open_then(chosen.span, at))


def _side(who: scope.Actor, chosen: Chosen, side: tuple[str, bool], at: datetime, calendar: Calendar) -> QuerySet[Duty]:
    """Return what lies on one side of the work, all of it or what is late there; as queries.board.desks counts it."""
    code, late = side
    if code == "unit":
        with_unit = _open(chosen, at).exclude(phase=Phase.ANSWERED)
        return with_unit.filter(conditions(at, calendar)[State.OVERDUE]) if late else with_unit
    hanging = lying(who, chosen, at, own=False).filter(kind=code)
    return hanging.filter(due_at__lte=at) if late else hanging


def _state(name: str, at: datetime, calendar: Calendar) -> Q:
    return conditions(at, calendar)[State(name)] if name in set(OPEN_STATES) else Q()


def _closed(figure: Figure) -> bool:
    return figure.desk is None and figure.name in {"", "done", *CLOSED}


def _closed_page(duties: QuerySet[Duty], at: datetime, calendar: Calendar, after: str | None, size: int) -> Page:
    """Return a page of what may be closed, the newest first: by the key, which no database has to sort."""
    newest = duties.order_by("-id").values_list("pk", flat=True)
    if after and after.isdecimal():
        newest = newest.filter(pk__lt=int(after))
    keys = list(newest[: size + 1])
    lines = lines_of(keys[:size], at, calendar)
    return Page(lines, str(keys[size - 1]) if len(keys) > size else None)
