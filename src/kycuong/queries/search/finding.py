"""Search: what was asked, filtered, within what the person sees; pages by key; when nothing is found, what was meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value, Window

from kycuong.core.calendars import Calendar
from kycuong.core.duties import OPEN_STATES, State, near_boundary
from kycuong.core.errors import Invalid
from kycuong.core.search import Query, Synonyms, parse, synonyms, tokens
from kycuong.models import Document, Duty, ImportRun, OrgChange, SearchRow, Unit
from kycuong.models.documents import DocumentState
from kycuong.models.duties import Phase
from kycuong.models.search import SearchKind
from kycuong.queries import calendars, scope
from kycuong.queries.board.counting import conditions
from kycuong.queries.board.filters import Filter, choose
from kycuong.queries.board.seats import seen
from kycuong.queries.board.standing import heaps
from kycuong.queries.board.tallied import one_moment, since
from kycuong.queries.duties.lists import state_case
from kycuong.queries.each import ExistsForEach
from kycuong.queries.kept import kept
from kycuong.queries.search.guessing import DOCUMENTS_READ, guess
from kycuong.queries.search.hits import Hit, hits_of
from kycuong.queries.search.matching import candidates, rows_of, seat_marks, unit_marks
from kycuong.queries.search.wanted import KIND, Rows, Statement, Tier, Wanted

PAGE_SIZE = 20
#: Open duties that are looked at one by one; of more the newest rows have enough.
FEW = 6_000


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search beside its words."""

    kind: str = ""
    year: int | None = None
    unit: UUID | None = None
    state: str = ""
    document: UUID | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found.

    counts: of each kind how many rows match, PAGE_SIZE + 1 for "more"; typing: the last word was taken as a beginning;
    meant: other words that find something, when these find nothing; cut: more was typed than is looked for.
    """

    rows: list[Hit]
    next_key: str | None
    counts: dict[str, int]
    typing: bool
    meant: str
    cut: bool

    @property
    def found(self) -> bool:
        """Return whether anything of any kind matches."""
        return any(self.counts.values())


def search(
    who: scope.Actor, at: datetime, *, text: str, filters: Filters = Filters(), after: str | None = None,
    size: int = PAGE_SIZE,
) -> Found:  # fmt: skip
    """Return a page of the records that have all the words and that the person sees, nearest first, then newest.

    Raises: Invalid for a key that no page gave.
    """
    key = _parse_key(after)
    query = parse(text, _synonyms())
    if not query.terms:
        return Found([], None, {}, False, "", query.cut)
    asked = _Asked(who, at, filters)
    first = asked.candidates(query, None, size)
    typing = not first and query.half_typed
    if typing:
        query = query.typing()
        first = asked.candidates(query, None, size)
    shown = asked.candidates(query, key, size) if key else first
    kept = [row for row in shown if filters.kind in {"", KIND[row[0]].value}]
    next_key = f"{int(kept[size - 1][0])}~{kept[size - 1][1]}" if len(kept) > size else None
    return Found(
        rows=hits_of(kept[:size], query, at),
        next_key=next_key,
        counts=_counts(first, size),
        typing=typing,
        meant=""
        if first or query.code
        else guess(asked.newest_documents(), text, lambda other: bool(asked.candidates(parse(other, {}), None, 1))),
        cut=query.cut,
    )


def _counts(found: list[tuple[Tier, int]], size: int) -> dict[str, int]:
    """Return how many rows of each kind match, up to one more than a page shows."""
    counts = Counter(KIND[tier].value for tier, _ in found)
    return {kind.value: min(counts[kind.value], size + 1) for kind in SearchKind}


def _parse_key(key: str | None) -> tuple[int, int] | None:
    if not key:
        return None
    tier, _, row = key.partition("~")
    if not (tier.isdecimal() and row.isdecimal() and int(tier) in set(Tier) and len(row) < 19):
        raise Invalid("kind_unknown", text=key)
    return int(tier), int(row)


class _Asked:
    """A person's filters over their scope, for looking for one query after another."""

    def __init__(self, who: scope.Actor, at: datetime, filters: Filters) -> None:
        self.who, self.at, self.filters = who, at, filters
        self.marks = _filter_marks(filters)
        self.by_unit, self.by_seat = unit_marks(who), seat_marks(who)

    def candidates(self, query: Query, after: tuple[int, int] | None, size: int) -> list[tuple[Tier, int]]:
        """Return the first rows of each tier that match, one more than asked for."""
        return candidates(dict(self._tiers(query)), after, size + 1)

    def newest_documents(self) -> list[int]:
        """Return the newest documents that the person sees; for whoever sees a few they are looked for by their marks."""
        if scope.sees_documents(self.who):
            return list(Document.objects.order_by("-pk").values_list("pk", flat=True)[:DOCUMENTS_READ])
        wanted = Wanted(Query((), "", cut=False), (), self.by_unit, _papers(self.who, "document", ""))
        found = [key for _, key in candidates({Tier.HEAD: wanted}, None, DOCUMENTS_READ)]
        return [key for key in SearchRow.objects.filter(pk__in=found).values_list("document", flat=True) if key]

    def _tiers(self, query: Query) -> Iterable[tuple[Tier, Wanted]]:
        state = self.filters.state
        if state in {"", *DocumentState.values}:
            marks = tuple(mark.replace("=h", "=u") for mark in self.marks)
            papers = _papers(self.who, "document", state)
            code = "" if self.marks else query.code
            if code:
                yield Tier.CODE, Wanted(query, marks, self.by_unit, papers)
            yield Tier.HEAD, Wanted(query, marks, self.by_unit, papers, but=code)
            yield Tier.ORDER, Wanted(query, marks, self.by_unit, _papers(self.who, "order__document", state))
            yield Tier.TEXT, Wanted(query, marks, self.by_unit, papers, but=code)
        if state in {"", *State}:
            yield Tier.TASK, self._tasks(query, state)

    def _tasks(self, query: Query, state: str) -> Wanted:
        if self.few is not None:
            return Wanted(query, self.marks, (), _these(self.few), few=True)
        rows = _tasks_standing(self.who, state, self.at) if state else _tasks(self.who)
        deep = _open_tasks(self.who, state, self.at) if state in OPEN_STATES else None
        return Wanted(query, self.marks, self.by_seat, rows, deep=deep)

    @cached_property
    def few(self) -> list[int] | None:
        """Return the open duties in the state that the person sees, when they are few; None when the words must be read.

        SQLite walks its index of words from the newest task that the person may see, and has enough after a few.
        """
        if self.filters.state not in OPEN_STATES or connection.vendor != "postgresql":
            return None
        state, calendar = State(self.filters.state), calendars.current()
        with one_moment():
            mine = None if self._many(state, calendar) else seen(self.who)
            return mine.some(conditions(self.at, calendar)[state], FEW) if mine else None

    def _many(self, state: State, calendar: Calendar) -> bool:
        """Return whether the tasks of the person's units in the state are more than a few: the tallies tell it at once."""
        if not self.who.body_ids:
            return False
        chosen = choose(self.who, Filter())
        there = heaps(chosen, self.at, since(chosen))
        near = near_boundary(self.at, calendar)
        return there is not None and there.whole.figures(self.at, near).get(state.value, 0) > FEW


@lru_cache(maxsize=512)
def _papers(who: scope.Actor, key: str, state: str) -> Rows:
    """Return the rows whose document, at `key`, the person sees."""
    rows = SearchRow.objects.all()
    if not scope.sees_documents(who):
        rows = rows.filter(scope.seen_document(who, key))
    return rows_of(rows.filter(**{f"{key}__state": state}) if state else rows)


def _seen_tasks(who: scope.Actor) -> QuerySet[SearchRow]:
    return SearchRow.objects.all() if who.sees_all else SearchRow.objects.filter(scope.seen_duty(who, "duty"))


@lru_cache(maxsize=256)
def _tasks(who: scope.Actor) -> Rows:
    return rows_of(_seen_tasks(who))


def _tasks_standing(who: scope.Actor, state: str, at: datetime) -> Rows:
    """Return the rows of tasks in a state at an instant."""
    duties = Duty.objects.filter(pk=OuterRef("duty"))
    if state in OPEN_STATES:
        case: Any = state_case(at, calendars.current())
        still = duties.filter(phase__in=[Phase.OPEN, Phase.PAUSED, Phase.ANSWERED]).annotate(state=case)
        standing: Any = still.filter(state=state)
    else:
        outcomes = {State.DONE_LATE: Q(outcome="done_late"), State.DONE_ON_TIME: Q(outcome="done")}
        standing = duties.filter(outcomes.get(State(state), Q(outcome="")), phase=Phase.CLOSED)
    return rows_of(_seen_tasks(who).filter(ExistsForEach(standing)))


def _open_tasks(who: scope.Actor, state: str, at: datetime) -> Rows:
    """Return the same of an open state by its duties: few are open, where the index of words would have to be read."""
    case: Any = state_case(at, calendars.current(), "duty__")
    still = _seen_tasks(who).filter(duty__phase__in=[Phase.OPEN, Phase.PAUSED, Phase.ANSWERED])
    return rows_of(still.annotate(state=case).filter(state=state))


def _these(keys: list[int]) -> Rows:
    """Return the rows of these duties, of which the tallies of seats have said that the person sees them."""
    return Rows(SearchRow._meta.db_table, Statement(f"{SearchRow._meta.db_table}.duty_id = ANY(%s)", (keys,)))


def _filter_marks(filters: Filters) -> tuple[str, ...]:
    """Return the marks of the filters; one that names nothing is a mark that no row has."""
    marks = [f"=y{filters.year}"] if filters.year else []
    if filters.unit:
        unit = Unit.objects.filter(public_id=filters.unit).values_list("pk", flat=True).first()
        marks.append(f"=h{unit or 0}")
    if filters.document:
        document = Document.objects.filter(public_id=filters.document).values_list("pk", flat=True).first()
        marks.append(f"=d{document or 0}")
    return tuple(marks)


def _synonyms() -> Synonyms:
    return _cached_synonyms(next(iter(_names_now()), None))


@kept()
def _names_now() -> QuerySet[Unit, tuple[int, ...]]:
    """Ask what names the names that the units bear: every change of the organisation and every table taken in makes it another.

    They are counted: by when they were carried out, one after the clock was set back would pass for none.
    """
    built = OrgChange.objects.filter(built_at__isnull=False)
    taken = ImportRun.objects.filter(kind="organisation", applied_at__isnull=False)
    return (
        Unit.objects.annotate(n=Window(Count("pk")), changes=_how_many(built), tables=_how_many(taken))
        .order_by("-pk")
        .values_list("pk", "n", "changes", "tables")[:1]
    )


def _how_many(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n"))


@lru_cache(maxsize=4)
def _cached_synonyms(names: tuple[int, ...] | None) -> Synonyms:
    """Return the abbreviations of the language and of the units: a name of one word stands for the full one."""
    pairs = []
    for name, short, aliases in Unit.objects.order_by("pk").values_list("name", "short_name", "aliases"):
        pairs += [(one, name) for one in (short, *aliases) if len(tokens(one)) == 1 and len(one) > 1]
    return synonyms(pairs)


def unit_choices(who: scope.Actor) -> list[tuple[UUID, str]]:
    """Return the units to filter by, for those who see every unit's tasks."""
    if not who.sees_all:
        return []
    return _charged()


@kept()
def _charged() -> QuerySet[Unit, tuple[UUID, str]]:
    rows = Unit.objects.exclude(kind__in=["division", "district"]).order_by("kind", "name")
    return rows.values_list("public_id", "name")
