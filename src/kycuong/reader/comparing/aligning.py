"""Find the counterpart of each demand: weighted syllable pairs, one demand of the child or several together."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kycuong.reader.comparing.cutting import Demand
from kycuong.reader.comparing.wording import terms, weighs

#: A counterpart has at least this score; below it the demand is missing. Set on the labelled pairs (tests/reader/pairs).
FLOOR = 0.39
#: How much of the sentence around counts for a goal that was cut out of it.
AROUND = 0.3
#: Recall of what the parent asks weighs this many times the precision of the child.
BETA = 2.0
#: A second point of the child joins when it brings at least this share of what the first left out.
BRINGS = 0.12
#: What joins is about the demand with at least this share of its own weight.
ABOUT = 0.5
#: A point of which nearly all is about a demand may begin a counterpart though it is a small part of it.
WHOLLY = 0.8
MOST_TOGETHER = 3
#: How many of the nearest are looked at for joining.
OTHERS = 16


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring demands of one order of the child: all its terms, those of its matter, and what these weigh."""

    members: tuple[int, ...]
    terms: frozenset[str]
    matter: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    """The counterpart of a demand: the demands of the child that carry it, and how near they are (0 to 1)."""

    score: float
    members: tuple[int, ...] = ()


@dataclass(slots=True)
class Aligner:
    """Weigh the terms of two documents and align their demands."""

    child: Sequence[Demand]
    weight: dict[str, float] = field(default_factory=dict)
    stretches: list[Stretch] = field(default_factory=list)
    holding: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, parent: Sequence[Demand], child: Sequence[Demand]) -> Aligner:
        """Return an aligner: a term that many demands share weighs less, in whichever document it is commoner."""
        made = cls(child)
        above, below = [terms(one.matter) for one in parent], [terms(one.text) for one in child]
        counts = [Counter(term for one in found for term in one) for found in (above, below)]
        for term in counts[0] | counts[1]:
            share = max(counts[0][term] / max(1, len(above)), counts[1][term] / max(1, len(below)))
            made.weight[term] = math.log(1 + 1 / share) * weighs(term)
        made._gather([frozenset(one) for one in below], [frozenset(terms(one.matter)) for one in child])
        return made

    def _gather(self, words: Sequence[frozenset[str]], matters: Sequence[frozenset[str]]) -> None:
        for first, demand in enumerate(self.child):
            whole: frozenset[str] = frozenset()
            matter: frozenset[str] = frozenset()
            for last in range(first, min(first + MOST_TOGETHER, len(self.child))):
                if self.child[last].charge != demand.charge:
                    break
                whole, matter = whole | words[last], matter | matters[last]
                weight = sum(map(self._of, matter))
                self.stretches.append(Stretch(tuple(range(first, last + 1)), whole, matter, weight))
        for index, stretch in enumerate(self.stretches):
            for term in stretch.terms:
                self.holding.setdefault(term, []).append(index)

    def best(self, demand: Demand) -> Match:
        """Return the nearest counterpart of a demand, whatever its score."""
        wanted = self._wanted(demand)
        total = sum(wanted.values())
        ranked = self._ranked(wanted, total) if total else []
        if not ranked:
            return Match(0.0)
        score, index = ranked[0]
        found = Match(score, self.stretches[index].members)
        alone = self._is_about(wanted, self.stretches[index], WHOLLY)
        if score < FLOOR and not alone:  # scraps of several points do not make a counterpart
            return found
        return self._with_others(wanted, total, found, [index for _, index in ranked[:OTHERS]])

    def all(self, demand: Demand) -> list[tuple[float, tuple[int, ...]]]:
        """Return every stretch that shares something with a demand, the nearest first."""
        wanted = self._wanted(demand)
        total = sum(wanted.values())
        return [(score, self.stretches[index].members) for score, index in self._ranked(wanted, total)] if total else []

    def _wanted(self, demand: Demand) -> dict[str, float]:
        found = {term: self._of(term) for term in terms(demand.matter)}
        if demand.figure and len(demand.around) > len(demand.text):
            for term in terms(demand.around):
                found.setdefault(term, AROUND * self._of(term))
        return found

    def _of(self, term: str) -> float:
        found = self.weight.get(term)
        if found is None:
            found = self.weight[term] = math.log(2) * weighs(term)
        return found

    def _ranked(self, wanted: dict[str, float], total: float) -> list[tuple[float, int]]:
        """Return the stretches that share something of the matter, the nearest first.

        Who does it and by when count when they agree, never against a stretch.
        """
        shared: dict[int, float] = {}
        beside: dict[int, float] = {}
        for term, worth in wanted.items():
            for index in self.holding.get(term, ()):
                shared[index] = shared.get(index, 0.0) + worth
                if term not in self.stretches[index].matter:
                    beside[index] = beside.get(index, 0.0) + self._of(term)
        found = [
            (_score(worth, total, self.stretches[index].weight + beside.get(index, 0.0)), index)
            for index, worth in shared.items()
        ]
        return sorted(found, key=lambda one: (-one[0], one[1]))

    def _with_others(self, wanted: dict[str, float], total: float, found: Match, near: list[int]) -> Match:
        """Join points of other orders that carry what the first leaves out."""
        first, *rest = (self.stretches[index] for index in near)
        held, matter, members, score = first.terms, first.matter, list(found.members), found.score
        for stretch in rest:
            if (
                set(stretch.members) & set(members)
                or len(members) > MOST_TOGETHER
                or not self._is_about(wanted, stretch, ABOUT)
            ):
                continue
            brings = sum(wanted[term] for term in stretch.terms - held if term in wanted)
            together, about = held | stretch.terms, matter | stretch.matter
            agreed = [term for term in together if term in wanted]
            weight = sum(map(self._of, about.union(agreed)))
            joint = _score(sum(wanted[term] for term in agreed), total, weight)
            if brings >= BRINGS * total and joint > score:
                held, matter, score = together, about, joint
                members += stretch.members
        return Match(score, tuple(sorted(members)))

    def _is_about(self, wanted: dict[str, float], stretch: Stretch, share: float) -> bool:
        """Tell whether enough of a stretch is about what is wanted, so that scraps of other matters do not add up."""
        return sum(wanted.get(term, 0.0) for term in stretch.matter) >= share * stretch.weight


def _score(shared: float, total: float, whole: float) -> float:
    """Return how near a stretch is: recall of what is asked and precision, recall weighing more."""
    recall, precision = shared / total, shared / whole if whole else 0.0
    if not recall:
        return 0.0
    square = BETA * BETA
    return (1 + square) * recall * precision / (square * precision + recall)
