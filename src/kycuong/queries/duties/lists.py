"""Lists of open duties: mine, my unit's; paged by key, a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, Min, Q, QuerySet, Value, When

from kycuong.core.calendars import Calendar, local_date
from kycuong.core.duties import OPEN_STATES, State, near_boundary
from kycuong.core.errors import Invalid, NotVisible
from kycuong.core.folding import fold
from kycuong.models import Duty, Officer, Post, Unit
from kycuong.models.duties import Phase
from kycuong.queries import calendars, scope
from kycuong.queries.duties.fetching import lines_of
from kycuong.queries.duties.rows import DutyRow, urgent_first
from kycuong.queries.org import valid_on
from kycuong.queries.themes import of_theme

NOBODY = "Chưa có người giữ"
DESKS_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; next_key None on the last one."""

    rows: list[DutyRow]
    next_key: str | None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class DeskLine:
    """How much lies on one desk of a unit, and how much of it is late."""

    name: str
    title: str
    post_id: int | None
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit's open duties: counts by state, desks, one page of rows."""

    unit_id: UUID
    unit_name: str
    choosable: list[tuple[UUID, str]]
    counts: dict[State, int]
    rows: list[DutyRow]
    next_key: str | None
    desks: list[DeskLine]


def state_case(at: datetime, calendar: Calendar, duty: str = "") -> Case:
    """Return the state of an open duty as a database expression; the same partition as core.duties.standing.

    `duty` is the path to the duty, such as "duty__", for rows of another table.
    """
    near = near_boundary(at, calendar)
    return Case(
        When(**{f"{duty}phase": Phase.ANSWERED}, then=Value(State.AWAITING.value)),
        When(**{f"{duty}due_at__isnull": True}, then=Value(State.NO_TERM.value)),
        When(**{f"{duty}due_at__lte": at}, then=Value(State.OVERDUE.value)),
        When(**{f"{duty}due_at__lte": near}, then=Value(State.NEAR_DUE.value)),
        default=Value(State.NOT_DUE.value),
        output_field=CharField(),
    )


def _standing(at: datetime, calendar: Calendar) -> dict[State, Q]:
    """Return the same partition as conditions: a database counts by these in half the time that it takes to word a state."""
    near, running = near_boundary(at, calendar), ~Q(phase=Phase.ANSWERED)
    return {
        State.AWAITING: Q(phase=Phase.ANSWERED),
        State.NO_TERM: running & Q(due_at__isnull=True),
        State.OVERDUE: running & Q(due_at__lte=at),
        State.NEAR_DUE: running & Q(due_at__gt=at, due_at__lte=near),
        State.NOT_DUE: running & Q(due_at__gt=max(at, near)),
    }


def parse_key(key: str | None) -> tuple[datetime | None, int] | None:
    """Read the key of a page. Raises: Invalid for a key that no page gave."""
    if not key:
        return None
    instant, _, row = key.partition("~")
    try:
        return (datetime.fromisoformat(instant) if instant else None, int(row))
    except ValueError as error:
        raise Invalid("kind_unknown", text=key) from error


def key_of(due_at: datetime | None, key: int) -> str:
    """Return the key that stands after a duty."""
    return f"{due_at.isoformat() if due_at else ''}~{key}"


def page_of(duties: QuerySet[Duty], at: datetime, calendar: Calendar, after: str | None, size: int) -> Page:
    """Return one page of duties, what hurts first."""
    found = urgent_first(duties, size + 1, parse_key(after))
    rows = lines_of([key for _, key in found[:size]], at, calendar)
    return Page(rows, key_of(*found[size - 1]) if len(found) > size else None)


def _mine(who: scope.Actor) -> QuerySet[Duty]:
    """Return the open duties on the person's own desk; those sent out wait on another's. Who holds no post has no desk.

    Said as two exclusions, because SQLite uses the index of open rows only for a condition that repeats the index's own.
    """
    if not who.hats:
        return Duty.objects.none()
    return Duty.objects.filter(holder_officer=who.officer_id).exclude(phase=Phase.CLOSED).exclude(phase=Phase.ANSWERED)


def my_duties(who: scope.Actor, at: datetime, *, after: str | None = None, size: int = 50) -> Page:
    """Return the duties on the person's desk, what hurts first."""
    return page_of(_mine(who), at, calendars.current(), after, size)


def given_late(who: scope.Actor, at: datetime, *, size: int = 10) -> list[DutyRow]:
    """Return the most overdue duties that the person gave, for those who give; by the giver's index, oldest first."""
    posts = [hat.post_id for hat in who.hats if hat.kind in {"chairman", "vice_chairman"}]
    if not posts:
        return []
    units = {hat.body_id for hat in who.hats if hat.post_id in posts}
    late = (
        Duty.objects.filter(giver_unit__in=units, giver_post__in=posts, phase=Phase.OPEN, kind="task", due_at__lte=at)
        .exclude(phase=Phase.CLOSED)  # repeats the index's condition, or SQLite walks the table
        .order_by("due_at", "id")
    )
    return lines_of(list(late.values_list("pk", flat=True)[:size]), at, calendars.current())


def my_counts(who: scope.Actor, at: datetime) -> dict[State, int]:
    """Return how many duties on the person's desk stand in each state."""
    return _counts(_mine(who), at, calendars.current())


def _counts(duties: QuerySet[Duty], at: datetime, calendar: Calendar) -> dict[State, int]:
    rows = duties.annotate(state=state_case(at, calendar)).order_by().values("state").annotate(n=Count("pk"))
    found = {State(row["state"]): row["n"] for row in rows}
    return {state: found.get(state, 0) for state in OPEN_STATES}


def unit_duties(
    who: scope.Actor, at: datetime, *, unit: UUID | None = None, state: State | None = None, desk: int | None = None,
    text: str = "", theme: UUID | None = None, after: str | None = None, size: int = 50,
) -> UnitPage:  # fmt: skip
    """Return the open duties of a unit that the person sees, filtered by state, desk, words and theme.

    Raises: NotVisible when the person follows no such unit.
    """
    calendar = calendars.current()
    row, choosable = _choose(who, unit, at)
    duties = scope.visible_duties(who).filter(holder_unit=row.pk).exclude(phase=Phase.CLOSED)
    if theme:
        duties = duties.filter(document__in=of_theme(theme))
    counts, desks = _tallies(duties, at, calendar)
    shown: Any = duties.annotate(state=state_case(at, calendar))
    if state:
        shown = shown.filter(state=state.value)
    if desk:
        shown = shown.filter(holder_post=desk)
    if text:
        shown = _with_words(shown, text)
    page = page_of(shown, at, calendar, after, size)
    return UnitPage(row.public_id, row.name, choosable, counts, page.rows, page.next_key, desks)


def _with_words(duties: QuerySet[Duty], text: str) -> QuerySet[Duty]:
    """Keep duties whose document has all the words, folded; titles are matched as typed."""
    return duties.filter(Q(title__icontains=text.strip()) | Q(document__folded__contains=fold(text)))


def _choose(who: scope.Actor, unit: UUID | None, at: datetime) -> tuple[Unit, list[tuple[UUID, str]]]:
    shown = valid_on(local_date(at)) | Q(public_id=unit) if unit else valid_on(local_date(at))
    rows = Unit.objects.filter(shown).exclude(kind__in=["division", "district"]).order_by("kind", "name")
    if not who.sees_all:
        rows = rows.filter(pk__in=who.member_ids)
    units = list(rows)
    own = who.hats[0].body_id if who.hats else None
    wanted = [row for row in units if (row.public_id == unit if unit else row.pk == own)]
    if not wanted:
        raise NotVisible("unit_not_visible")
    return wanted[0], [(row.public_id, row.name) for row in units]


def _tallies(duties: QuerySet[Duty], at: datetime, calendar: Calendar) -> tuple[dict[State, int], list[DeskLine]]:
    """Return how many duties stand in each state, and how many lie on each desk.

    One walk over the rows in the order of the desks, for which the index of desks holds all that is asked; names last.
    """
    in_state = {state.value: Count("pk", filter=which) for state, which in _standing(at, calendar).items()}
    rows: list[Any] = list(duties.order_by().values("holder_post", "holder_officer").annotate(**in_state))
    counts = {state: sum(row[state.value] for row in rows) for state in OPEN_STATES}
    titles = dict(Post.objects.filter(pk__in={row["holder_post"] for row in rows}).values_list("pk", "title"))
    names = dict(Officer.objects.filter(pk__in={row["holder_officer"] for row in rows}).values_list("pk", "full_name"))
    desks = [
        DeskLine(
            name=names.get(row["holder_officer"], NOBODY),
            title=titles.get(row["holder_post"], ""),
            post_id=row["holder_post"],
            open=sum(row[state.value] for state in OPEN_STATES),
            overdue=row[State.OVERDUE.value],
        )
        for row in rows
    ]
    return counts, sorted(desks, key=lambda desk: (-desk.overdue, -desk.open, desk.name))[:DESKS_SHOWN]


def all_duties(who: scope.Actor, at: datetime, *, after: int = 0, size: int = 500) -> tuple[list[DutyRow], int | None]:
    """Return a page of every duty that the person sees, open or closed, by the order of opening; and the key after it."""
    seen = scope.visible_duties(who).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
    keys = list(seen[: size + 1])
    return lines_of(keys[:size], at, calendars.current()), keys[size - 1] if len(keys) > size else None


def next_check(until: datetime) -> datetime | None:
    """Return the earliest moment up to `until` at which a duty's clock wants to be looked at."""
    found = Duty.objects.filter(next_check_at__lte=until).aggregate(first=Min("next_check_at"))["first"]
    return found if isinstance(found, datetime) else None
