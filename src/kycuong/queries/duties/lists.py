"""Lists of open duties: mine, and what I gave; paged by key, a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, CharField, Count, Min, QuerySet, Value, When

from kycuong.core.calendars import Calendar
from kycuong.core.duties import OPEN_STATES, State, near_boundary
from kycuong.core.errors import Invalid
from kycuong.models import Duty
from kycuong.models.duties import Phase
from kycuong.queries import calendars, scope
from kycuong.queries.duties.fetching import lines_of
from kycuong.queries.duties.rows import DutyRow, urgent_first


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; next_key None on the last one."""

    rows: list[DutyRow]
    next_key: str | None
    total: int | None = None


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


def all_duties(who: scope.Actor, at: datetime, *, after: int = 0, size: int = 500) -> tuple[list[DutyRow], int | None]:
    """Return a page of every duty that the person sees, open or closed, by the order of opening; and the key after it."""
    seen = scope.visible_duties(who).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
    keys = list(seen[: size + 1])
    return lines_of(keys[:size], at, calendars.current()), keys[size - 1] if len(keys) > size else None


def next_check(until: datetime) -> datetime | None:
    """Return the earliest moment up to `until` at which a duty's clock wants to be looked at."""
    found = Duty.objects.filter(next_check_at__lte=until).aggregate(first=Min("next_check_at"))["first"]
    return found if isinstance(found, datetime) else None
