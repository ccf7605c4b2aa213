"""Compare a document with one that implements it: what was carried, softened, lost, added; pure, so that doors agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kycuong.reader.comparing.aligning import FLOOR, Aligner, Match
from kycuong.reader.comparing.cutting import Charge, Demand, Limit, charges, demands, joined, loose
from kycuong.reader.comparing.strength import Softer, lost_figure, lost_limit, lost_owner, softer
from kycuong.reader.coverage import of_reading
from kycuong.reader.shapes import Reading

__all__ = [
    "FLOOR", "LOSSES", "STATUSES", "Charge", "Comparison", "Demand", "Limit", "Line", "Softer", "charges", "compare",
    "demands", "judged", "loose", "near", "nearest", "of_readings",
]  # fmt: skip

#: What became of a demand, and what it may lose.
CARRIED, SOFTENED, MISSING = "carried", "softened", "missing"
STATUSES = (CARRIED, SOFTENED, MISSING)
LOSSES = ("deadline", "owner", "target")


@dataclass(frozen=True, slots=True)
class Line:
    """A demand of the parent and what became of it; `match` are its counterparts in the child."""

    demand: Demand
    status: str
    score: float
    match: tuple[Demand, ...] = ()
    lost: tuple[str, ...] = ()
    softer: tuple[Softer, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the plain form of the line."""
        return {
            "text": " ".join(self.demand.text.split()), "status": self.status, "match": joined(self.match) or None,
            "score": round(self.score, 3), "lost": list(self.lost),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every demand of the parent in the order of its text, and the demands that only the child has."""

    lines: tuple[Line, ...]
    added: tuple[Demand, ...]

    def count(self, status: str) -> int:
        """Return how many demands have a status."""
        return sum(1 for line in self.lines if line.status == status)

    def to_json(self) -> dict[str, Any]:
        """Return the plain form that the command prints."""
        return {
            "demands": [line.to_json() for line in self.lines],
            "added": [" ".join(one.text.split()) for one in self.added],
        }


def of_readings(parent: Reading, child: Reading) -> Comparison:
    """Compare two documents as the reader reads them."""
    return compare(
        charges(parent),
        (*charges(child), *loose(child.text, of_reading(child.text, child.to_json()))),
        issuer=child.issuer or "",
    )


def compare(parent: Sequence[Charge], child: Sequence[Charge], *, issuer: str = "") -> Comparison:
    """Compare the orders of a document with those of one below it, which `issuer` issued."""
    above, below = demands(parent), demands(child)
    aligner = Aligner.of(above, below)
    lines = tuple(_line(one, aligner.best(one), below, child, issuer) for one in above)
    used = {demand.start for line in lines for demand in line.match}
    return Comparison(lines, tuple(one for one in below if one.start not in used and not child[one.charge].loose))


def _line(demand: Demand, match: Match, below: Sequence[Demand], orders: Sequence[Charge], issuer: str) -> Line:
    if match.score < FLOOR:
        return Line(demand, MISSING, match.score)
    return judged(demand, tuple(below[i] for i in match.members), orders, issuer, match.score)


def judged(
    demand: Demand, match: tuple[Demand, ...], orders: Sequence[Charge], issuer: str = "", score: float = 1.0
) -> Line:
    """Return what became of a demand whose counterparts are known, found by the machine or chosen by a person."""
    charged = [orders[i] for i in dict.fromkeys(one.charge for one in match)]
    words = " ; ".join(one.text for one in match)
    lost = []
    if lost_limit(demand, words, [limit for one in charged for limit in one.limits]):
        lost.append("deadline")
    told = not charged or not all(one.loose for one in charged)
    if told and lost_owner(demand, words, [name for one in charged for name in one.owners], issuer):
        lost.append("owner")
    if lost_figure(demand.goal, words):
        lost.append("target")
    soft = softer(demand.text, words)
    return Line(demand, SOFTENED if lost or soft else CARRIED, score, match, tuple(lost), soft)


def nearest(wanted: Sequence[Charge], known: Sequence[Charge], floor: float) -> list[tuple[int, int, float]]:
    """Return which known order asks the same as a wanted one: index of each, and how near; at most one a wanted order."""
    above, below = demands(wanted), demands(known)
    aligner = Aligner.of(above, below)
    best: dict[int, tuple[float, int]] = {}
    for demand in above:
        found = aligner.best(demand)
        if found.score >= floor and found.members:
            best[demand.charge] = max(best.get(demand.charge, (0.0, 0)), (found.score, below[found.members[0]].charge))
    return [(index, place, score) for index, (score, place) in sorted(best.items())]


def near(wanted: Sequence[Charge], known: Sequence[Charge], floor: float) -> set[tuple[int, int]]:
    """Return every pair of a wanted and a known order that ask about the same, as their indexes."""
    above, below = demands(wanted), demands(known)
    aligner = Aligner.of(above, below)
    return {
        (demand.charge, below[members[0]].charge)
        for demand in above
        for score, members in aligner.all(demand)
        if score >= floor
    }
