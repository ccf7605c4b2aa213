"""The facts behind each sign, read set-wise from the ledger: which duty, whose sign, since when; and out of how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kycuong.core.signs import Code
from kycuong.queries.signs import asked, given
from kycuong.queries.signs.span import Found, Sought, Span, cases, count


@dataclass(frozen=True)
class Facts(Span):
    """Read the facts of some days, of all units or of a few; nothing is asked twice."""

    @cached_property
    def _kept(self) -> dict[Code, list[Found]]:
        return {}

    @cached_property
    def opinions(self) -> bool:
        """Return whether any opinion ended in the days: where none did, nothing more is asked of them."""
        return asked.ended(self).exists()

    @cached_property
    def returns(self) -> bool:
        """Return whether anybody said in the days whose a returned task is."""
        return given.decided(self).exists() or given.ruled(self).exists()

    @cached_property
    def _counts(self) -> dict[Callable[[Facts], Counter[int]], Counter[int]]:
        return {}

    def of_code(self, code: Code) -> list[Found]:
        """Return the cases of one sign, each once."""
        if (code in _OF_OPINIONS and not self.opinions) or (code is Code.MISGIVEN and not self.returns):
            return []
        if code not in self._kept:
            self._kept[code] = list({(one.duty, one.unit): one for one in _FOUND[code](self)}.values())
        return self._kept[code]

    def out_of(self, code: Code) -> Counter[int]:
        """Return, by unit, out of how many the cases of a sign are counted."""
        asking = _OUT_OF[code]
        if asking not in self._counts:
            self._counts[asking] = asking(self)
        return self._counts[asking]

    @cached_property
    def sought(self) -> list[Sought]:
        """Return how long each task that was given anew in the days had looked for the unit that is competent."""
        return given.sought(self)


def _wrong_returns(facts: Facts) -> Iterator[Found]:
    if facts.returns:
        yield from given.wrong_returns(facts)
    if facts.opinions:
        yield from asked.wrong_returns(facts)


def _owner_slow(facts: Facts) -> Iterator[Found]:
    """Find tasks whose owner was looked for longer than may be."""
    return (Found(one.duty, one.giver, one.at) for one in facts.sought if one.days > facts.owner_days)


def _desk_late(facts: Facts) -> Iterator[Found]:
    yield from given.desk_late(facts)
    if facts.opinions:
        yield from cases(asked.unanswered_time(facts), "duty", asked.LEAD, "duty__closed_at")


def _returns(facts: Facts) -> Counter[int]:
    return given.of_returned(facts) + asked.of_returned(facts)


def _given(facts: Facts) -> Counter[int]:
    return given.of_given(facts) | Counter(one.unit for one in facts.of_code(Code.MISGIVEN))


def _desks(facts: Facts) -> Counter[int]:
    return count(given.desks(facts), "holder_unit") + count(asked.unanswered_time(facts), asked.LEAD)


_OF_OPINIONS = frozenset({Code.NEEDLESS, Code.OWN_ASKED, Code.VAGUE})
_FOUND: dict[Code, Callable[[Facts], Iterable[Found]]] = {
    Code.NEEDLESS: asked.needless, Code.OWN_ASKED: asked.own_asked, Code.UPWARD: given.upward,
    Code.WRONG_RETURN: _wrong_returns, Code.SILENCE: asked.silences, Code.VAGUE: asked.vague,
    Code.PASSES: given.passes, Code.MISGIVEN: given.misgiven, Code.OWNER_SLOW: _owner_slow, Code.DESK_LATE: _desk_late,
}  # fmt: skip
_OUT_OF: dict[Code, Callable[[Facts], Counter[int]]] = {
    Code.NEEDLESS: asked.of_asked, Code.OWN_ASKED: asked.of_questions, Code.UPWARD: lambda facts: count(given.raised(facts), given.HOLDER),
    Code.WRONG_RETURN: _returns, Code.SILENCE: asked.of_heard, Code.VAGUE: asked.of_heard,
    Code.PASSES: given.of_lying, Code.MISGIVEN: _given,
    Code.OWNER_SLOW: lambda facts: Counter(one.giver for one in facts.sought), Code.DESK_LATE: _desks,
}  # fmt: skip
