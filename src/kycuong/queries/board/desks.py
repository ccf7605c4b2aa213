"""On whose desk things lie: the unit's own desks and the giver's (to confirm, to decide) counted equally."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from math import inf
from typing import Any

from django.db.models import Count, DateTimeField, Min, OuterRef, Q, QuerySet, Subquery, Value

from kycuong.core.boards import Spread, spread
from kycuong.core.calendars import Calendar, local_date
from kycuong.core.duties import OPEN_STATES, State
from kycuong.core.tallies import ticks
from kycuong.models import Duty, DutyHolding, Officer, Post, Unit
from kycuong.models.duties import Phase
from kycuong.queries import scope
from kycuong.queries.board import tallied
from kycuong.queries.board.days import LocalDay
from kycuong.queries.board.filters import HANGING, Chosen, open_then
from kycuong.queries.board.late import days_of
from kycuong.queries.board.lateness import Lateness
from kycuong.queries.board.seats import seen
from kycuong.queries.board.standing import Desk, Heap, heaps
from kycuong.queries.each import ExistsForEach
from kycuong.queries.kept import Slot, kept

DESKS_SHOWN = 60
_PLACE = ("holder_unit", "holder_post", "holder_officer")


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One desk: who sits there, how much lies there and how much of it is late; how long, in working days."""

    post_id: int
    name: str
    title: str
    unit_name: str
    open: int
    overdue: int
    to_do: int
    to_confirm: int
    to_decide: int
    late: Spread | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class SideLine:
    """One side of the work: the units that do, or the giver that confirms and decides."""

    code: str
    open: int
    overdue: int
    waits: Spread | None


def lying(who: scope.Actor, chosen: Chosen, at: datetime, *, own: bool = True) -> QuerySet[Duty]:
    """Return what lies on a desk now: the duties of the board that nobody has answered, and what hangs on them open."""
    there = _hanging(chosen) if chosen.kind == "task" else Q(pk__in=[])
    if own:
        there |= Q(**chosen.lookups)
    mine = seen(chosen.single) if chosen.single and not own else None
    reach = mine.of_kinds(HANGING) if mine else scope.visible_duties(who)
    return reach.filter(there, open_then(chosen.span, at)).exclude(phase=Phase.ANSWERED)


def _hanging(chosen: Chosen) -> Q:
    """Return what the units of the board wait for: who asks for a judgement stands as its giver, by an index."""
    if not chosen.whole:
        about = ExistsForEach(chosen.each.filter(pk=OuterRef("parent")))
        return Q(about, kind__in=HANGING, parent__isnull=False)
    asked = {name.replace("holder_unit", "giver_unit"): value for name, value in chosen.lookups.items()}
    del asked["kind"]
    return Q(**asked, kind__in=HANGING)


def desk_lines(
    who: scope.Actor, chosen: Chosen, at: datetime, calendar: Calendar, *, size: int = DESKS_SHOWN
) -> list[DeskLine]:
    """Return the desks with what hurts first: from the tallies and what came since, or asking each row."""
    lying_there = heaps(chosen, at, tallied.since(chosen), desks=True)
    if lying_there is None:
        return _asked(who, chosen, at, calendar, size)
    loads = {
        desk: _Load(heap.open(), heap.overdue(at), heap.longest(at), heap=heap) for desk, heap in lying_there.items()
    }
    # Counted here: asked to group by desk, SQLite walks all open duties in the order of the desks.
    hanging = lying(who, chosen, at, own=False).order_by()
    for unit, post, officer, kind, due_at in hanging.values_list(*_PLACE, "kind", "due_at"):
        load = loads.setdefault(Desk(unit, post or 0, officer or 0), _Load())
        load.n += 1
        load.asked[kind] += 1
        if due_at is not None and due_at <= at:
            load.overdue += 1
            load.longest = min(load.longest or due_at, due_at)
            load.asked_late[ticks(due_at)] += 1
    found = [(desk, load) for desk, load in loads.items() if load.n]
    found.sort(key=lambda one: (*one[1].order(), one[0].post, one[0].officer))
    return _lines(who, chosen, at, calendar, found[:size])


@dataclass(slots=True)
class _Load:
    """What lies on a desk: how much, how much is overdue, since when; what of it is asked of the giver, by kind and due tick."""

    n: int = 0
    overdue: int = 0
    longest: datetime | None = None
    asked: Counter[str] = field(default_factory=Counter)
    asked_late: Counter[int] = field(default_factory=Counter)
    heap: Heap | None = None

    def order(self) -> tuple[float, ...]:
        """Return what puts the desk that hurts most first."""
        return (-self.overdue, self.longest.timestamp() if self.longest else inf, -self.n)

    def late(self, at: datetime) -> Counter[int]:
        """Return the due ticks of what is overdue, with how many."""
        return self.asked_late + self.heap.late(at) if self.heap else self.asked_late


def _lines(
    who: scope.Actor, chosen: Chosen, at: datetime, calendar: Calendar, loads: list[tuple[Desk, _Load]]
) -> list[DeskLine]:
    """Return the lines of desks with their names (four queries)."""
    late = Lateness(at, calendar)
    units = dict(Unit.objects.filter(pk__in={desk.unit for desk, _ in loads}).values_list("pk", "name"))
    titles = dict(Post.objects.filter(pk__in={desk.post for desk, _ in loads}).values_list("pk", "title"))
    names = dict(Officer.objects.filter(pk__in={desk.officer for desk, _ in loads}).values_list("pk", "full_name"))
    since = _since(lying(who, chosen, at), [desk.post for desk, _ in loads if desk.post])
    return [
        DeskLine(
            desk.post, names.get(desk.officer, ""), titles.get(desk.post, ""), units.get(desk.unit, ""), load.n,
            load.overdue, load.n - load.asked.total(), load.asked["confirmation"], load.asked["proposal"],
            spread(days_of(load.late(at), late)), since.get(desk.post),
        )
        for desk, load in loads
    ]  # fmt: skip


def _since(lain: QuerySet[Duty], posts: list[int]) -> dict[int, datetime]:
    """Return since when the first of what lies on each post lies there: by an index of what lies on posts, the oldest first."""
    lies = DutyHolding.objects.filter(post=OuterRef("pk"), until_at__isnull=True)
    first = lies.filter(ExistsForEach(lain.filter(pk=OuterRef("duty")))).order_by("from_at").values("from_at")[:1]
    return dict(Post.objects.filter(pk__in=posts).annotate(first=Subquery(first)).values_list("pk", "first"))


def _asked(who: scope.Actor, chosen: Chosen, at: datetime, calendar: Calendar, size: int) -> list[DeskLine]:
    """Return the desks, asking each row (three queries)."""
    found = lying(who, chosen, at).order_by()
    late = Q(due_at__lte=at)
    rows = list(
        found.values_list(
            "holder_post", "holder_officer__full_name", "holder_post__title", "holder_unit__name"
        )
        .annotate(
            n=Count("*"), overdue=Count(Value(1), filter=late), to_confirm=Count(Value(1), filter=Q(kind="confirmation")),
            to_decide=Count(Value(1), filter=Q(kind="proposal")), longest=Min("due_at", filter=late),
        )
        .order_by("-overdue", "longest", "-n", "holder_post")[:size]
    )  # fmt: skip
    days = _days(found.filter(late, holder_post__in=[row[0] for row in rows if row[0]]), at, calendar)
    since = _since(found, [row[0] for row in rows if row[0]])
    return [
        DeskLine(
            post or 0, name or "", title or "", unit, n, overdue, n - confirm - decide, confirm, decide,
            spread(days[post]), since.get(post),
        )
        for post, name, title, unit, n, overdue, confirm, decide, _ in rows
    ]  # fmt: skip


def _days(overdue: QuerySet[Duty], at: datetime, calendar: Calendar) -> dict[int | None, Counter[int]]:
    found: dict[int | None, Counter[int]] = defaultdict(Counter)
    late = Lateness(at, calendar)
    rows: Any = overdue.values_list("holder_post", "due_at").annotate(n=Count("*"))
    for post, due_at, n in rows:
        found[post][late.of_instant(due_at)] += n
    return found


def _by_age(hanging: QuerySet[Duty], at: Any) -> Any:
    """Return (kind, local day of its opening, how many, how many late) of what lies with the giver's side."""
    rows = hanging.order_by().annotate(on=LocalDay("opened_at")).values_list("kind", "on")
    return rows.annotate(n=Count("*"), late=Count(Value(1), filter=Q(due_at__lte=at)))


@kept(DateTimeField())
def _hanging_everywhere(at: Slot) -> QuerySet[Duty, tuple[str, int, int, int]]:
    there = Duty.objects.filter(~Q(phase="closed"), kind__in=sorted(HANGING)).exclude(phase=Phase.ANSWERED)
    found: QuerySet[Duty, tuple[str, int, int, int]] = _by_age(there, at)
    return found


def sides(
    who: scope.Actor, chosen: Chosen, at: datetime, calendar: Calendar, units: Mapping[str, int]
) -> list[SideLine]:
    """Return how much lies with the units (`units` are their figures) and with the giver's side, and for how long there."""
    everywhere = chosen.whole and chosen.units is None and not chosen.narrowed and chosen.kind == "task"
    if everywhere and (chosen.span.until_at is None or chosen.span.until_at > at):
        hanging: Any = _hanging_everywhere(at)
    else:
        hanging = _by_age(lying(who, chosen, at, own=False), at)
    open_, overdue = Counter[str](), Counter[str]()
    waits: dict[str, Counter[int]] = defaultdict(Counter)
    today = local_date(at)
    for kind, on, n, late in hanging:
        open_[kind] += n
        overdue[kind] += late
        waits[kind][max(calendar.working_days_between(date.fromordinal(on), today), 0)] += n
    left = sum(units.get(state, 0) for state in OPEN_STATES if state is not State.AWAITING)
    own = SideLine("unit", left, units.get(State.OVERDUE, 0), None)
    return [own, *(SideLine(kind, open_[kind], overdue[kind], spread(waits[kind])) for kind in sorted(HANGING))]
