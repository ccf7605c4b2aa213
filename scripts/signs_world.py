"""The made-up province under way: its people, their ways, what is to happen next, what was planted.

What is planted is what people mean to do, never what a rule would find.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any, Final

from signs_province import DEPARTMENTS, organise

from kycuong.core.calendars import TZ, Calendar
from kycuong.core.signs import Code
from kycuong.models import Officer
from kycuong.models import Unit as UnitRow
from kycuong.queries import calendars, scope
from kycuong.services import consultations, duties

BEGUN: Final = date(2026, 3, 2)
#: Ways of not doing one's work; each department has some of them, drawn by the seed.
TRAITS: Final = ("asks_around", "asks_own", "returns", "silent", "vague", "passes", "upward")
#: How often an honest person does what looks alike: absent, mistaken, too strict.
SLIP: Final = 0.04


@dataclass
class Planted:
    """One thing meant to dodge, and the duties on any of which a rule could see it; none while nothing in the ledger shows it."""

    code: Code
    unit: str
    duties: set[int] = field(default_factory=set)


@dataclass
class Province:
    """The province under way: its people, what is to happen next, what was planted."""

    seed: int
    rng: Random = field(init=False)
    calendar: Calendar = field(init=False)
    traits: dict[str, set[str]] = field(init=False)
    planted: list[Planted] = field(default_factory=list)
    queue: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    numbers: Any = field(default_factory=lambda: count(1))
    slow_giver: bool = True
    acts: int = 0

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)
        organise()
        self.calendar = calendars.current()
        codes = [code for code, _ in DEPARTMENTS]
        self.traits = {code: set() for code in codes}
        for trait in TRAITS:  # two departments of eight for each way
            for code in self.rng.sample(codes, 2):
                self.traits[code].add(trait)

    def chance(self, p: float) -> bool:
        """Draw once."""
        return self.rng.random() < p

    def on(self, day: date, days: int, hour: int, minute: int = 0) -> datetime:
        """Return a time of day so many working days later."""
        later = self.calendar.add_working_days(day, days) if days else day
        return datetime.combine(later, time(hour, minute), TZ)

    def then(self, at: datetime, act: Callable[[datetime], None]) -> None:
        """Put an act on the list of what is to happen."""
        heapq.heappush(self.queue, (at, next(self.numbers), act))

    def plant(self, code: Code, unit: str, *duties: int) -> Planted:
        """Note that somebody means to dodge."""
        made = Planted(code, unit, set(duties))
        self.planted.append(made)
        return made

    def who(self, login: str, at: datetime) -> scope.Actor:
        """Return a person as an actor."""
        self.acts += 1
        return scope.actor(Officer.objects.values_list("pk", flat=True).get(login=login), at)

    def run(self, until: date) -> datetime:
        """Live day by day: what is to happen in its order, reminders and cut-offs every working morning."""
        day = BEGUN
        while day <= until:
            if self.calendar.is_working(day):
                self._live(datetime.combine(day, time(8, 30), TZ))
                duties.sweep(datetime.combine(day, time(8, 30), TZ))
                consultations.expire(datetime.combine(day, time(8, 45), TZ))
            day += timedelta(days=1)
        return datetime.combine(until, time(17, 0), TZ)

    def _live(self, until: datetime) -> None:
        while self.queue and self.queue[0][0] <= until:
            at, _, act = heapq.heappop(self.queue)
            act(at)


def unit_of(code: str) -> UnitRow:
    """Return a unit."""
    return UnitRow.objects.get(code=code)


def head(code: str) -> str:
    """Return the sign-in name of a unit's head."""
    return f"gd{code}".lower()
