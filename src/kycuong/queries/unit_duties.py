"""The open duties of one unit: how they stand, on whose desk they lie, a page of them; paged by key, a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Value

from kycuong.core.calendars import Calendar, local_date
from kycuong.core.duties import OPEN_STATES, State, near_boundary
from kycuong.core.errors import NotVisible
from kycuong.core.folding import fold
from kycuong.models import Duty, Officer, Post, Unit, UnitClosure
from kycuong.models.duties import Phase
from kycuong.queries import calendars, scope
from kycuong.queries.board.counting import conditions
from kycuong.queries.board.seats import Seen, seen
from kycuong.queries.board.since import touched
from kycuong.queries.board.standing import of_unit as lying_with
from kycuong.queries.board.tallied import one_moment
from kycuong.queries.duties.lists import page_of, state_case
from kycuong.queries.duties.rows import DutyRow
from kycuong.queries.org import valid_on
from kycuong.queries.themes import of_theme

NOBODY = "Chưa có người giữ"
DESKS_SHOWN = 60
#: A desk (post, officer; None or 0 for nobody) and how many duties stand on it in each state.
Lying = list[tuple[int | None, int | None, dict[str, int]]]


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


@dataclass(frozen=True, slots=True)
class Asked:
    """What narrows the rows that are shown; a theme narrows the counts too."""

    state: State | None = None
    desk: int | None = None
    text: str = ""
    theme: UUID | None = None


def of_unit(
    who: scope.Actor, at: datetime, *, unit: UUID | None = None, state: State | None = None, desk: int | None = None,
    text: str = "", theme: UUID | None = None, after: str | None = None, size: int = 50,
) -> UnitPage:  # fmt: skip
    """Return the open duties of a unit that the person sees, filtered by state, desk, words and theme.

    Raises: NotVisible when the person follows no such unit.
    """
    calendar = calendars.current()
    row, choosable = _choose(who, unit, at)
    asked = Asked(state, desk, text, theme)
    with one_moment():
        duties, lying = _lying(who, row.pk, asked, at, calendar)
        page = page_of(_shown(duties, asked, at, calendar), at, calendar, after, size)
    counts = {state: sum(by.get(state.value, 0) for _, _, by in lying) for state in OPEN_STATES}
    return UnitPage(row.public_id, row.name, choosable, counts, page.rows, page.next_key, _desks(lying))


def _lying(
    who: scope.Actor, unit: int, asked: Asked, at: datetime, calendar: Calendar
) -> tuple[QuerySet[Duty], Lying]:  # fmt: skip
    """Return the open duties of the unit that the person sees, and how many lie on each desk in each state.

    Who sees every duty of the unit is told from the tallies of its desks, who sees single ones from those of seats; where the
    tallies cannot say it, each row is asked.
    """
    here = Duty.objects.filter(holder_unit=unit).exclude(phase=Phase.CLOSED)
    if asked.theme:
        themed = scope.visible_duties(who).filter(pk__in=here.filter(document__in=of_theme(asked.theme)).values("pk"))
        return themed, _of_rows(themed, at, calendar)
    if _whole(who, unit):
        found = lying_with(unit, touched())
        if found is None:
            return here, _of_rows(here, at, calendar)
        near = near_boundary(at, calendar)
        return here, [(desk.post, desk.officer, heap.figures(at, near)) for desk, heap in found.items()]
    mine = seen(who)
    if mine is None:
        asked_each = scope.visible_duties(who).filter(holder_unit=unit).exclude(phase=Phase.CLOSED)
        return asked_each, _of_rows(asked_each, at, calendar)
    return mine.duties().filter(holder_unit=unit), _of_seats(mine, unit, at, calendar)


def _whole(who: scope.Actor, unit: int) -> bool:
    """Return whether the person sees every duty of the unit, as scope.visible_duties says (two queries at most)."""
    if who.sees_all or unit in who.body_ids:
        return True
    if not who.body_ids:
        return False
    below = UnitClosure.objects.filter(ancestor__in=who.body_ids, descendant=unit, valid_until__isnull=True)
    return below.exists() or scope.inherited(who.body_ids).filter(old=unit).exists()


def _shown(duties: QuerySet[Duty], asked: Asked, at: datetime, calendar: Calendar) -> QuerySet[Duty]:
    shown: Any = duties
    if asked.state:
        shown = shown.annotate(state=state_case(at, calendar)).filter(state=asked.state.value)
    if asked.desk:
        shown = shown.filter(holder_post=asked.desk)
    found: QuerySet[Duty] = _with_words(shown, asked.text) if asked.text else shown
    return found


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


def _of_rows(duties: QuerySet[Duty], at: datetime, calendar: Calendar) -> Lying:
    """Ask each row, in one walk in the order of the desks, for which the index of desks holds all that is asked."""
    in_state = {state.value: Count("pk", filter=which) for state, which in conditions(at, calendar).items()}
    rows: Any = duties.order_by().values_list("holder_post", "holder_officer").annotate(**in_state)
    return [(post, officer, dict(zip(in_state, counts, strict=True))) for post, officer, *counts in rows]


def _of_seats(mine: Seen, unit: int, at: datetime, calendar: Calendar) -> Lying:
    """Ask the seats, and each row that was touched since."""
    wanted = conditions(at, calendar)
    in_state: Any = {state.value: Count(Value(1), filter=which) for state, which in wanted.items()}
    rows = mine.counted(Q(unit=unit), Q(holder_unit=unit), "post", "officer", **in_state)
    return [(post, officer, dict(zip(in_state, counts, strict=True))) for post, officer, *counts in rows]


def _desks(lying: Lying) -> list[DeskLine]:
    """Return the desks, what hurts first (two queries)."""
    summed: dict[tuple[int | None, int | None], Counter[str]] = defaultdict(Counter)
    for post, officer, by in lying:
        summed[post or None, officer or None] += Counter(by)
    titles, names = _names(summed)
    desks = [
        DeskLine(
            name=names.get(officer, NOBODY),
            title=titles.get(post, ""),
            post_id=post,
            open=sum(by[state.value] for state in OPEN_STATES),
            overdue=by[State.OVERDUE.value],
        )
        for (post, officer), by in summed.items()
        if any(by.values())
    ]
    return sorted(desks, key=lambda desk: (-desk.overdue, -desk.open, desk.name))[:DESKS_SHOWN]


def _names(desks: Iterable[tuple[int | None, int | None]]) -> tuple[dict[int | None, str], dict[int | None, str]]:
    """Return the titles of posts and the names of officers by key (two queries)."""
    posts, officers = {post for post, _ in desks if post}, {officer for _, officer in desks if officer}
    titles: Any = Post.objects.filter(pk__in=posts).values_list("pk", "title")
    names: Any = Officer.objects.filter(pk__in=officers).values_list("pk", "full_name")
    return dict(titles), dict(names)
