"""Units compared on a closed period, each with others of its kind and size only."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from uuid import UUID

from kycuong.core.duties import State
from kycuong.core.errors import NotVisible, TransitionNotAllowed
from kycuong.core.periods import SMALLEST_GROUP, size_of
from kycuong.models import Period, PeriodRow, Unit
from kycuong.queries import scope


@dataclass(frozen=True, slots=True)
class Peer:
    """One unit in its group: dated tasks in the denominator, those still open too."""

    unit_id: UUID
    name: str
    total: int
    dated: int
    on_time: int
    late: int
    overdue: int

    @property
    def share(self) -> float | None:
        """Return the percentage done on time of all dated tasks, None without any."""
        return round(100 * self.on_time / self.dated, 1) if self.dated else None


@dataclass(frozen=True, slots=True)
class Group:
    """Units of one kind and one size; one that would stand alone is compared with nobody."""

    kind: str
    size: int
    peers: list[Peer]
    median: float | None


def compare(who: scope.Actor, public_id: UUID) -> list[Group]:
    """Return the units of a closed period in groups of like kind and size, for those who see every unit.

    Raises: NotVisible, TransitionNotAllowed while the period is not closed.
    """
    row = Period.objects.filter(public_id=public_id).first()
    if row is None or not who.sees_all:
        raise NotVisible("period_not_visible")
    if row.state != Period.State.CLOSED:
        raise TransitionNotAllowed("period_compare_open")
    counts: dict[int, Counter[tuple[State, bool]]] = defaultdict(Counter)
    for unit, state, dated in PeriodRow.objects.filter(period=row).values_list("unit", "state", "dated"):
        counts[unit][State(state), dated] += 1
    groups: dict[tuple[str, int], list[Peer]] = defaultdict(list)
    for body in Unit.objects.filter(pk__in=list(counts)).order_by("name"):
        peer = _peer(body, counts[body.pk])
        groups[body.kind, size_of(peer.total)].append(peer)
    return [_group(kind, size, peers) for (kind, size), peers in sorted(groups.items())]


def _peer(unit: Unit, counts: Counter[tuple[State, bool]]) -> Peer:
    def n(*states: State, dated_only: bool = False) -> int:
        return sum(counts[state, dated] for state in states for dated in ((True,) if dated_only else (True, False)))

    counting = [state for state in State if state is not State.APART]
    return Peer(
        unit.public_id, unit.name, n(*counting), n(*counting, dated_only=True), n(State.DONE_ON_TIME, dated_only=True),
        n(State.DONE_LATE), n(State.OVERDUE),
    )  # fmt: skip


def _group(kind: str, size: int, peers: list[Peer]) -> Group:
    shares = sorted(peer.share for peer in peers if peer.share is not None)
    middle = None
    if len(shares) >= SMALLEST_GROUP:
        half = len(shares) // 2
        middle = shares[half] if len(shares) % 2 else round((shares[half - 1] + shares[half]) / 2, 1)
    peers = sorted(peers, key=lambda peer: (-(peer.share if peer.share is not None else -1.0), peer.name))
    return Group(kind, size, peers, middle)
