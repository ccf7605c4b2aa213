"""What a person who sees single duties sees of the open ones: from the tallies of seats and what happened after their mark.

The same duties as queries.scope says, started from what is open: what ever lay on a desk grows with history, what lies open
does not. A test compares both for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from kycuong.core.tallies import DESK, OFFICER, SIDE, UNIT
from kycuong.models import Duty, TallySeat, UnitClosure
from kycuong.models.duties import Phase
from kycuong.queries import scope
from kycuong.queries.board.since import touched


@dataclass(frozen=True, slots=True)
class Seen:
    """The open duties that a person sees: rows of seats, a duty once for each; and of those touched since, their keys."""

    rows: QuerySet[TallySeat]
    since: tuple[int, ...]

    def duties(self) -> QuerySet[Duty]:
        """Return them as duties."""
        mine = Q(pk__in=self.rows.order_by().values("duty"))
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


def seen(who: scope.Actor) -> Seen | None:
    """Return the open duties that a person sees; None when each row must be asked (three queries at most).

    So it is for overseers, who see all, for substitutes, who see what lies on a desk now, and while the tallies are far behind.
    """
    if who.sees_all or who.covers or not who.hats:
        return None
    known = touched()
    if known.open is None:
        return None
    rows, changed = TallySeat.objects.filter(_of(who)), known.seen()
    if not changed:
        return Seen(rows, ())
    now = scope.visible_duties(who).filter(pk__in=changed).exclude(phase=Phase.CLOSED)
    return Seen(rows.exclude(duty__in=changed), tuple(now.values_list("pk", flat=True)))


def _of(who: scope.Actor) -> Q:
    """Return the condition of the seats from which the person sees, as scope.visible_duties says it."""
    found = Q(seat=OFFICER, number=who.officer_id)
    if who.division_ids:
        found |= Q(seat=DESK, number__in=_keys(who.division_ids, scope.inherited(who.division_ids)))
    if who.body_ids:
        below = UnitClosure.objects.filter(ancestor__in=who.body_ids, valid_until__isnull=True)
        units = _keys(who.body_ids, scope.inherited(who.body_ids), below.values_list("descendant", flat=True))
        found |= Q(seat=UNIT, number__in=units) | Q(seat=SIDE, number__in=list(who.body_ids))
    return found


def _keys(*some: Any) -> list[int]:
    """Return keys of units as a list: few, and a plan knows how many."""
    return sorted({key for one in some for key in one})
