"""The facts behind each sign, read set-wise from the ledger: which duty, whose sign, since when; and out of how many.

A fact about an opinion is dated by the end of its duty, so that a number and what it is out of speak of the same rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kycuong.core import signs as law
from kycuong.core import submissions
from kycuong.core.calendars import Calendar
from kycuong.core.signs import Code
from kycuong.models import Duty, DutyEvent, DutyHolding, Opinion, OpinionPoint, Proposal, Submission, Task


class Found(NamedTuple):
    """One case: the duty it is about, the unit whose sign it is, since when it stands."""

    duty: int
    unit: int
    at: datetime


class Sought(NamedTuple):
    """How long it took until the unit that is competent had a task, in working days."""

    duty: int
    giver: int
    at: datetime
    days: float


@dataclass(frozen=True)
class Facts:
    """Read the facts of some days, of all units or of a few; nothing is asked twice."""

    at: datetime
    first: datetime
    after: datetime
    only: Collection[int] | None
    calendar: Calendar
    owner_days: int

    def of_code(self, code: Code) -> list[Found]:
        """Return the cases of one sign."""
        return list(_FOUND[code](self))

    def out_of(self, code: Code) -> Counter[int]:
        """Return, by unit, out of how many the cases of a sign are counted."""
        return _OUT_OF[code](self)

    def units(self, name: str) -> Q:
        """Return the condition that a column names one of the units asked for."""
        return Q() if self.only is None else Q(**{f"{name}__in": self.only})

    def within(self, name: str) -> Q:
        """Return the condition that an instant lies in the days."""
        return Q(**{f"{name}__gte": self.first, f"{name}__lt": self.after})

    # What was asked of other bodies

    def ended(self) -> QuerySet[Opinion]:
        """Return the opinions whose duty ended in the days, with the question delivered or not; what was dropped or asked anew apart."""
        rows = Opinion.objects.filter(self.within("duty__closed_at"), duty__kind="opinion", duty__phase="closed")
        return rows.exclude(outcome__in=("dropped", "void"))

    def asked(self) -> QuerySet[Opinion]:
        """Return them for the side that asks."""
        return self.ended().filter(self.units("consultation__lead_unit"))

    def heard(self) -> QuerySet[Opinion]:
        """Return them for the side that is asked, and what a law demands in writing and nobody has written."""
        return self.ended().filter(self.units("unit"))

    def returned(self) -> QuerySet[Opinion]:
        """Return what was sent back as not one's own."""
        return self.ended().filter(answer="returned")

    def spoke_later(self) -> Exists:
        """Return the condition that a body spoke on the matter after all, to the same asker and on the same task."""
        later = Opinion.objects.filter(
            unit=OuterRef("unit"), answer="opinion", said_at__gt=OuterRef("said_at"),
            consultation__about=OuterRef("consultation__about"), consultation__lead_unit=OuterRef("consultation__lead_unit"),
        )  # fmt: skip
        return Exists(later)

    def needless(self) -> Iterator[Found]:
        """Find questions to a body that they do not concern."""
        rows = self.returned().filter(self.units("consultation__lead_unit")).exclude(self.spoke_later())
        return _found(rows, "duty", "consultation__lead_unit", "duty__closed_at")

    def own_asked(self) -> Iterator[Found]:
        """Find questions on what is the asker's own."""
        own = OpinionPoint.objects.filter(opinion=OuterRef("pk"), position="askers_own")
        return _found(self.asked().filter(Exists(own)), "duty", "consultation__lead_unit", "duty__closed_at")

    def unwritten(self) -> QuerySet[Opinion]:
        """Return what a law demands in writing, and the term has passed in the days without it."""
        rows = Opinion.objects.filter(self.units("unit"), self.within("duty__due_at"), duty__due_at__lte=self.at)
        return rows.filter(duty__kind="opinion", duty__phase="open", consultation__rule__silence="written")

    def silences(self) -> Iterator[Found]:
        """Find bodies that had the question and a term, and said nothing in it."""
        yield from _found(self.heard().filter(outcome__in=law.SILENT), "duty", "unit", "duty__closed_at")
        yield from _found(self.unwritten(), "duty", "unit", "duty__due_at")

    def vague(self) -> Iterator[Found]:
        """Find answers that were sent back as taking no clear position."""
        refused = DutyEvent.objects.filter(duty=OuterRef("duty"), act="refuse_vague")
        rows = self.heard().filter(Q(outcome="vague") | Exists(refused))
        return _found(rows, "duty", "unit", "duty__closed_at")

    # What went up to the giver

    def raised(self) -> QuerySet[Proposal]:
        """Return what units put before their givers for decision in the days; asking for time and returning apart."""
        rows = Proposal.objects.filter(self.within("duty__opened_at"), self.units("about__holder_unit"))
        return rows.filter(kind__in=submissions.UPWARD)

    def upward(self) -> Iterator[Found]:
        """Find what the registry in force that day said was the unit's own to decide; it went up with a reason on record."""
        rows = Submission.objects.filter(self.within("at"), self.units("proposal__about__holder_unit"), own=True)
        rows = rows.filter(proposal__kind__in=submissions.UPWARD)
        return _found(rows, "proposal__duty", "proposal__about__holder_unit", "at")

    # Returned tasks, and who has them in the end

    def decided(self) -> QuerySet[Proposal]:
        """Return the proposals to take a task back that were decided in the days."""
        return Proposal.objects.filter(self.within("decided_at"), kind="return", outcome__in=("accepted", "refused"))

    def wrong_returns(self) -> Iterator[Found]:
        """Find what a unit sent back and had to do after all."""
        refused = self.decided().filter(self.units("about__holder_unit"), outcome="refused")
        yield from _found(refused, "duty", "about__holder_unit", "decided_at")
        yield from _found(
            self.returned().filter(self.units("unit"), self.spoke_later()), "duty", "unit", "duty__closed_at"
        )

    def misgiven(self) -> Iterator[Found]:
        """Find tasks that the giver took back as not the unit's."""
        rows = self.decided().filter(self.units("about__giver_unit"), outcome="accepted")
        return _found(rows.filter(about__giver_unit__isnull=False), "duty", "about__giver_unit", "decided_at")

    @cached_property
    def sought(self) -> list[Sought]:
        """Return how long each task that was given anew in the days had looked for the unit that is competent."""
        rows = Task.objects.filter(self.within("duty__opened_at"), self.units("duty__giver_unit"))
        rows = rows.filter(replaces__duty__outcome="returned", duty__giver_unit__isnull=False)
        rows = rows.exclude(replaced_by__isnull=False, duty__outcome="returned")
        begun = _begun(list(rows.values_list("pk", "replaces")))
        day = self.calendar.hours.minutes_per_day
        return [
            Sought(duty, giver, opened, self.calendar.working_minutes_between(begun[task], opened) / day)
            for task, duty, giver, opened in rows.values_list("pk", "duty", "duty__giver_unit", "duty__opened_at")
        ]

    def owner_slow(self) -> Iterator[Found]:
        """Find those that took longer than they may."""
        return (Found(one.duty, one.giver, one.at) for one in self.sought if one.days > self.owner_days)

    # Within one unit, and on the giver's own desk

    def lying(self) -> QuerySet[Duty]:
        """Return the tasks that a unit had in the days: open still, or ended in them."""
        rows = Duty.objects.filter(self.units("holder_unit"), kind="task", opened_at__lt=self.after)
        return rows.filter(~Q(phase="closed") | Q(phase="closed", closed_at__gte=self.first))

    def passes(self) -> Iterator[Found]:
        """Find tasks that went from division to division more often than they may, or back to one that had them."""
        inside = DutyHolding.objects.filter(unit__kind="division", duty__in=self.lying())
        many = inside.order_by().values("duty").annotate(n=Count("unit", distinct=True)).filter(n__gt=1)
        rows = DutyHolding.objects.filter(duty__in=many.values("duty")).order_by("duty", "from_at", "id")
        stays = rows.values_list("duty", "duty__holder_unit", "unit", "unit__kind", "from_at")
        for (duty, unit), its in groupby(stays, key=lambda row: (row[0], row[1])):
            found = law.passed(law.Stay(row[2] if row[3] == "division" else None, row[4]) for row in its).found_at
            if found is not None and self.first <= found < self.after:
                yield Found(duty, unit, found)

    def desks(self) -> QuerySet[Duty]:
        """Return what was to be confirmed or decided by a day that has come: ended, or overdue still."""
        rows = Duty.objects.filter(
            self.units("holder_unit"), self.within("due_at"), kind__in=("confirmation", "proposal")
        )
        ended = Q(phase="closed", closed_at__gte=self.first) & ~Q(outcome__in=("lapsed", "withdrawn"))
        return rows.filter(ended | Q(~Q(phase="closed"), due_at__lte=self.at))

    def desk_late(self) -> Iterator[Found]:
        """Find what lay on the giver's own desk past its term, and requests for time that nobody answered."""
        late = self.desks().filter(Q(phase="closed", late_working_days__gt=0) | ~Q(phase="closed"))
        yield from _found(late, "pk", "holder_unit", "due_at")
        kept = DutyEvent.objects.filter(duty=OuterRef("duty"), act="keep_time")
        rows = self.asked().filter(Exists(kept), more_until__isnull=False)
        yield from _found(rows, "duty", "consultation__lead_unit", "duty__closed_at")


def _found(rows: QuerySet[Any], *names: str) -> Iterator[Found]:
    return (Found(*row) for row in rows.order_by().values_list(*names))


def _begun(pairs: list[tuple[int, int | None]]) -> dict[int, datetime]:
    """Return when the first task of each chain was given; a step of the chain is one query for all."""
    first = {task: before for task, before in pairs if before is not None}
    while True:
        above = dict(
            Task.objects.filter(pk__in=set(first.values()), replaces__isnull=False).values_list("pk", "replaces")
        )
        if not above:
            break
        first = {task: above.get(before) or before for task, before in first.items()}
    opened = dict(Task.objects.filter(pk__in=set(first.values())).values_list("pk", "duty__opened_at"))
    return {task: opened[before] for task, before in first.items()}


def _count(rows: QuerySet[Any], name: str) -> Counter[int]:
    counted = rows.order_by().values_list(name).annotate(n=Count("pk"))
    return Counter({unit: n for unit, n in counted if unit is not None})


def _asked(facts: Facts) -> Counter[int]:
    return _count(facts.asked(), "consultation__lead_unit")


def _heard(facts: Facts) -> Counter[int]:
    return _count(facts.heard(), "unit") + _count(facts.unwritten(), "unit")


def _raised(facts: Facts) -> Counter[int]:
    return _count(facts.raised(), "about__holder_unit")


def _returns(facts: Facts) -> Counter[int]:
    tasks = _count(facts.decided().filter(facts.units("about__holder_unit")), "about__holder_unit")
    return tasks + _count(facts.ended().filter(facts.units("unit"), answer="returned"), "unit")


def _given(facts: Facts) -> Counter[int]:
    rows = Duty.objects.filter(facts.units("giver_unit"), facts.within("opened_at"), kind="task")
    return _count(rows, "giver_unit") | Counter(one.unit for one in facts.misgiven())


def _desks(facts: Facts) -> Counter[int]:
    kept = DutyEvent.objects.filter(duty=OuterRef("duty"), act="keep_time")
    asked = facts.asked().filter(Exists(kept), more_until__isnull=False)
    return _count(facts.desks(), "holder_unit") + _count(asked, "consultation__lead_unit")


_FOUND: dict[Code, Callable[[Facts], Iterable[Found]]] = {
    Code.NEEDLESS: Facts.needless, Code.OWN_ASKED: Facts.own_asked, Code.UPWARD: Facts.upward,
    Code.WRONG_RETURN: Facts.wrong_returns, Code.SILENCE: Facts.silences, Code.VAGUE: Facts.vague,
    Code.PASSES: Facts.passes, Code.MISGIVEN: Facts.misgiven,
    Code.OWNER_SLOW: Facts.owner_slow, Code.DESK_LATE: Facts.desk_late,
}  # fmt: skip
_OUT_OF: dict[Code, Callable[[Facts], Counter[int]]] = {
    Code.NEEDLESS: _asked, Code.OWN_ASKED: _asked, Code.UPWARD: _raised, Code.WRONG_RETURN: _returns, Code.SILENCE: _heard,
    Code.VAGUE: _heard, Code.PASSES: lambda facts: _count(facts.lying(), "holder_unit"), Code.MISGIVEN: _given,
    Code.OWNER_SLOW: lambda facts: Counter(one.giver for one in facts.sought), Code.DESK_LATE: _desks,
}  # fmt: skip
