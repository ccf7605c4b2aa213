"""What happened after the marks of the tallies: which duties, and what they are now; asked once for all figures of a board."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import BigIntegerField, QuerySet

from kycuong.models import Duty, DutyEvent, TallyMark
from kycuong.queries.kept import Several, Slot, among, kept

#: More events than so many since the mark and duties are counted row by row: the tallies are far behind.
FAR_BEHIND: Final = 20_000


Read = TypeVar("Read")


class Now(NamedTuple):
    """What the figures of a board read of a duty."""

    key: int
    kind: str
    unit: int
    post: int | None
    officer: int | None
    phase: str
    due_at: datetime | None
    outcome: str | None
    late: int | None
    opened_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    parent: int | None


@dataclass(slots=True)
class Book:
    """One mark: the edition of the tallies that it names, and the duties to which something happened after it."""

    edition: UUID
    keys: set[int]
    _stood: list[Any] | None = None

    def stood(self, ask: Callable[[list[int]], list[Any]]) -> list[Any]:
        """Return as what the duties stand in these tallies (one query, none when nothing happened)."""
        if self._stood is None:
            self._stood = ask(sorted(self.keys)) if self.keys else []
        return self._stood


@dataclass(slots=True)
class Since:
    """What happened after the marks of the tallies: of the closed duties and of the open ones, each None when rows must be asked.

    `keys` are the duties touched since; what they stood for in the tallies, and what they are now, is read once, when it is
    asked for.
    """

    closed: Book | None
    open: Book | None
    tail: tuple[object, Any] | None = None  # what tallied.tail has made of it, for one board
    _now: list[Now] | None = None

    def now(self, keys: set[int]) -> list[Now]:
        """Return what some of the duties touched since are now (one query for them all)."""
        if self._now is None:
            touched = {key for book in (self.closed, self.open) if book for key in book.keys}
            self._now = now_of(touched)
        return [row for row in self._now if row.key in keys]

    def seen(self, book: Book) -> set[int]:
        """Return the duties that may be seen by others since a mark: those touched, and those on which they hang."""
        return book.keys | {row.parent for row in self.now(book.keys) if row.parent}


#: What was read of the tallies, by what was asked: with the edition of them that it is of.
_READ: dict[tuple[object, ...], tuple[UUID, Any]] = {}
_READ_KEPT: Final = 256


def read_once(edition: UUID, asked: tuple[object, ...], ask: Callable[[], Read]) -> Read:
    """Return what one edition of the tallies says, asked of the database once in a process: an edition never says otherwise.

    An answer is kept only if the edition still stands when it was read: outside a snapshot the job may have written meanwhile.
    """
    known = _READ.get(asked)
    if known is not None and known[0] == edition:
        found: Read = known[1]
        return found
    found = ask()
    if any(now == edition for _, _, now in _marks()):
        if len(_READ) >= _READ_KEPT:
            _READ.clear()
        _READ[asked] = edition, found
    return found


def touched() -> Since:
    """Return what happened after the marks, for whom every duty counts (two queries)."""
    marks = {key: (event, edition) for key, event, edition in _marks() if event is not None}
    if not marks:
        return Since(None, None)
    events = list(_after(min(event for event, _ in marks.values())))
    return Since(_book(marks.get(1), events), _book(marks.get(2), events))


def _book(mark: tuple[int, UUID] | None, events: list[tuple[int, int]]) -> Book | None:
    if mark is None or len(events) > FAR_BEHIND:
        return None
    event, edition = mark
    return Book(edition, {duty for key, duty in events if key > event})


@kept()
def _marks() -> QuerySet[TallyMark, tuple[int, int | None, UUID]]:
    return TallyMark.objects.values_list("pk", "event", "edition")


@kept(BigIntegerField())
def _after(mark: Slot) -> QuerySet[DutyEvent, tuple[int, int]]:
    events = DutyEvent.objects.filter(pk__gt=mark).order_by("pk").values_list("pk", "duty")
    return events[: FAR_BEHIND + 1]


def now_of(keys: set[int]) -> list[Now]:
    """Return what some duties are now (one query)."""
    return [Now(*row) for row in _duties(sorted(keys))] if keys else []


@kept(Several(BigIntegerField()))
def _duties(keys: Slot) -> QuerySet[Duty, tuple[Any, ...]]:
    holder = ("holder_unit", "holder_post", "holder_officer", "phase", "due_at")
    ended = ("outcome", "late_working_days", "opened_at", "answered_at", "closed_at", "parent")
    return Duty.objects.filter(among("pk", keys)).values_list("pk", "kind", *holder, *ended)
