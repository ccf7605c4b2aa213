"""What a person who sees single duties sees of the open ones: from the tallies of seats and what happened after their mark.

The same duties as queries.scope says, started from what is open: what ever lay on a desk grows with history, what lies open
does not. A test compares both for everybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from kycuong.core.tallies import DESK, OFFICER, SIDE, UNIT
from kycuong.models import Duty, TallySeat, UnitClosure
from kycuong.models.duties import Phase
from kycuong.queries import scope
from kycuong.queries.board.days import LocalDay
from kycuong.queries.board.since import touched


@dataclass(frozen=True, slots=True)
class Seen:
    """The open duties that a person sees: rows of seats, a duty once for each; and of those touched since, their keys.

    `parts` are the same rows in parts that name a duty once: each is read from one place of an index.
    """

    rows: QuerySet[TallySeat]
    parts: tuple[QuerySet[TallySeat], ...]
    since: tuple[int, ...]

    def duties(self) -> QuerySet[Duty]:
        """Return them as duties."""
        return self._as_duties(self.rows)

    def of_kinds(self, kinds: Collection[str]) -> QuerySet[Duty]:
        """Return those of some kinds as duties."""
        return self._as_duties(self.rows.filter(kind__in=kinds)).filter(kind__in=kinds)

    def _as_duties(self, rows: QuerySet[TallySeat]) -> QuerySet[Duty]:
        mine = Q(pk__in=rows.order_by().values("duty"))
        seen = mine | Q(pk__in=self.since) if self.since else mine
        return Duty.objects.filter(seen).exclude(phase=Phase.CLOSED)

    def some(self, standing: Q, most: int) -> list[int] | None:
        """Return the keys of those that stand in a way (a condition on phase and due_at); None when seats name more than `most`."""
        rows = self.rows.filter(standing).order_by()
        if rows[: most + 1].count() > most:  # a duty may be named twice: told apart only below, so that counting stops
            return None
        named = rows.values_list("duty", flat=True)
        since = Duty.objects.filter(standing, pk__in=self.since).values_list("pk", flat=True) if self.since else ()
        return sorted({*named, *since})

    def counted(self, meant: Q, since: Q, *by: str, **counts: Any) -> Iterator[tuple[Any, ...]]:
        """Yield counts by columns, from the parts and from what was touched since; a value may come more than once.

        `meant` and `since` are the same condition on a seat and on a duty; so are the columns, which bear the names of seats.
        """
        for part in self.parts:
            yield from part.filter(meant).order_by().values_list(*by).annotate(**counts)
        if self.since:
            touched = Duty.objects.filter(since, pk__in=self.since).order_by()
            yield from (
                touched.annotate(**{name: _OF_DUTY[name] for name in by if name in _OF_DUTY})
                .values_list(*by)
                .annotate(**counts)
            )


#: What a duty says under the names that its seats give it.
_OF_DUTY: Final[dict[str, Any]] = {
    "unit": F("holder_unit"),
    "post": Coalesce("holder_post", Value(0)),
    "officer": Coalesce("holder_officer", Value(0)),
    "given": LocalDay("opened_at"),
}


def seen(who: scope.Actor) -> Seen | None:
    """Return the open duties that a person sees; None when each row must be asked (three queries at most).

    So it is for overseers, who see all, for substitutes, who see what lies on a desk now, and while the tallies are far behind.
    """
    if who.sees_all or who.covers or not who.hats:
        return None
    known = touched()
    if known.open is None:
        return None
    rows, changed = TallySeat.objects.filter(of(who)), known.seen(known.open)
    if not changed:
        return Seen(rows, tuple(_parts(who)), ())
    now = scope.visible_duties(who).filter(pk__in=changed).exclude(phase=Phase.CLOSED)
    parts = tuple(part.exclude(duty__in=changed) for part in _parts(who))
    return Seen(rows.exclude(duty__in=changed), parts, tuple(now.values_list("pk", flat=True)))


def of(who: scope.Actor) -> Q:
    """Return the condition of the seats from which the person sees, as scope.visible_duties says it."""
    found = Q(seat=OFFICER, number=who.officer_id)
    if who.division_ids:
        found |= Q(seat=DESK, number__in=_divisions(who))
    if who.body_ids:
        below = UnitClosure.objects.filter(ancestor__in=who.body_ids, valid_until__isnull=True)
        units = _keys(who.body_ids, scope.inherited(who.body_ids), below.values_list("descendant", flat=True))
        found |= Q(seat=UNIT, number__in=units) | Q(seat=SIDE, number__in=list(who.body_ids))
    return found


def _parts(who: scope.Actor) -> Iterator[QuerySet[TallySeat]]:
    """Yield the seats of a person in parts, a duty in one of them once: seat by seat, less what an earlier one has named."""
    if who.body_ids:
        before = TallySeat.objects.filter(of(who), duty=OuterRef("duty"), pk__lt=OuterRef("pk"))
        yield TallySeat.objects.filter(of(who), ~Exists(before))
        return
    named = Q()
    for seat in (*(Q(seat=DESK, number=unit) for unit in _divisions(who)), Q(seat=OFFICER, number=who.officer_id)):
        part = TallySeat.objects.filter(seat)
        yield part.exclude(Exists(TallySeat.objects.filter(named, duty=OuterRef("duty")))) if named else part
        named |= seat


def _divisions(who: scope.Actor) -> list[int]:
    return _keys(who.division_ids, scope.inherited(who.division_ids)) if who.division_ids else []


def _keys(*some: Any) -> list[int]:
    """Return keys of units as a list: few, and a plan knows how many."""
    return sorted({key for one in some for key in one})
