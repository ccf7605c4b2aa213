"""Cases with what their units said of them, as one person may know them; counted, and compared among like units."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from kycuong.core import signs as law
from kycuong.core.calendars import local_date, midnight
from kycuong.core.errors import NotAllowed, NotVisible
from kycuong.core.periods import size_of
from kycuong.core.signals import Spread, range_of, spread
from kycuong.core.signs import Code, Standing
from kycuong.models import SignContest, Unit
from kycuong.queries import calendars, limits, scope
from kycuong.queries.signs.facts import Facts
from kycuong.queries.signs.span import Found


@dataclass(frozen=True, slots=True)
class Case:
    """One case and where it stands."""

    code: Code
    found: Found
    standing: Standing
    contest: SignContest | None


@dataclass(frozen=True, slots=True)
class SignCount:
    """One sign of one unit: how many cases count, of how many; what is explained, set aside, still the unit's alone."""

    code: Code
    n: int
    of: int
    contested: int
    aside: int
    fresh: int

    @property
    def share(self) -> float | None:
        """Return the percentage of what counts."""
        return law.share(self.n, self.of)


@dataclass(frozen=True, slots=True)
class UnitSigns:
    """The signs of one unit, one for each rule, and how long the unit took to find who is competent."""

    unit_id: UUID
    name: str
    kind: str
    tasks: int
    counts: list[SignCount]
    search_days: Spread | None


def own(who: scope.Actor) -> set[int]:
    """Return the units that a person heads, and those that they inherited: their cases are theirs to see first."""
    led = {hat.body_id for hat in who.hats if who.leads(hat.body_id)}
    return led | set(scope.inherited(led)) if led else led


def may_see(who: scope.Actor, unit_id: int) -> bool:
    """Return whether the person sees the signs of a unit: its heads, and who sees every duty."""
    return who.sees_all or unit_id in own(who)


def may_decide(who: scope.Actor, unit_id: int) -> bool:
    """Return whether the person decides what a unit explained: heads of the Office and of Home Affairs, never of the unit itself."""
    oversees = any(
        hat.oversees and hat.kind in {"office_head", "office_deputy", "unit_head", "unit_deputy"} for hat in who.hats
    )
    return oversees and not who.leads(unit_id)


def to_explain(who: scope.Actor, unit: UUID) -> Unit:
    """Return a unit whose case the person may explain. Raises: NotVisible, NotAllowed."""
    row = to_read(who, unit)
    if row.pk not in own(who):
        raise NotAllowed("sign_not_unit")
    return row


def to_read(who: scope.Actor, unit: UUID) -> Unit:
    """Return a unit whose signs the person sees. Raises: NotVisible."""
    row = Unit.objects.filter(public_id=unit).first()
    if row is None or not may_see(who, row.pk):
        raise NotVisible("unit_not_visible")
    return row


class Reading:
    """The cases of some days as one person may know them: of all units, or of a few."""

    def __init__(
        self,
        who: scope.Actor,
        at: datetime,
        since: date | None,
        until: date | None,
        units: Collection[int] | None = None,
    ) -> None:
        today = local_date(at)
        self.at, self.own = at, own(who)
        self.since, self.until = range_of(since, until, today)
        if units is None and not who.sees_all:
            if not self.own:
                raise NotVisible("page_not_visible")
            units = self.own
        self.calendar = calendars.current()
        self.window_days = limits.current("explain_sign", today).qty
        self.owner_days = limits.current("find_owner", today).qty
        self.fresh_since = law.fresh_since(today, self.window_days, self.calendar)
        self.facts = Facts(
            at, midnight(self.since), midnight(self.until + timedelta(days=1)), units, self.calendar, self.owner_days
        )

    def cases(self, codes: Iterable[Code] = tuple(Code)) -> list[Case]:
        """Return the cases that the person may know of, each with where it stands (one query for all that was said)."""
        said = self._said
        made = (self._case(code, found, said) for code in codes for found in self.facts.of_code(code))
        return [one for one in made if one.standing is not Standing.FRESH or one.found.unit in self.own]

    def case(self, code: Code, duty_id: int, unit_id: int) -> Case | None:
        """Return one case that the person may know of."""
        its = (one for one in self.cases((code,)) if one.found.duty == duty_id and one.found.unit == unit_id)
        return next(its, None)

    def _case(self, code: Code, found: Found, said: dict[tuple[str, int, int], SignContest]) -> Case:
        contest = said.get((code.value, found.duty, found.unit))
        contested = law.Contested(contest.in_time, contest.verdict) if contest else None
        return Case(code, found, law.standing(found.at, fresh_since=self.fresh_since, contested=contested), contest)

    @cached_property
    def _said(self) -> dict[tuple[str, int, int], SignContest]:
        rows = SignContest.objects.filter(self.facts.units("unit")).select_related(
            "note", "answer", "file", "made_by", "decided_by"
        )
        return {(row.code, row.duty_id, row.unit_id): row for row in rows}

    def last_on(self, found: Found) -> date:
        """Return the last day on which a case is the unit's alone."""
        return law.last_of_window(local_date(found.at), self.window_days, self.calendar)

    def units(self) -> list[UnitSigns]:
        """Return every unit of which anything is counted, with all its signs."""
        stands: dict[tuple[int, Code], Counter[Standing]] = defaultdict(Counter)
        for one in self.cases():
            stands[one.found.unit, one.code][one.standing] += 1
        of = {code: self.facts.out_of(code) for code in Code}
        tasks = self.tasks()
        keys = {unit for counted in of.values() for unit in counted} | {unit for unit, _ in stands}
        days: dict[int, list[float]] = defaultdict(list)
        for sought in self.facts.sought:
            days[sought.giver].append(sought.days)
        return [
            UnitSigns(
                unit.public_id, unit.name, unit.kind, tasks[unit.pk],
                [_counted(code, stands[unit.pk, code], of[code][unit.pk]) for code in Code], spread(days[unit.pk]),
            )
            for unit in Unit.objects.filter(pk__in=keys).order_by("name")
        ]  # fmt: skip

    def tasks(self) -> Counter[int]:
        """Return how many tasks each unit had in the days: units are compared with those of their kind that have about as many."""
        return self.facts.out_of(Code.PASSES)


def _counted(code: Code, stands: Counter[Standing], of: int) -> SignCount:
    n = sum(stands[one] for one in law.COUNTING)
    aside = stands[Standing.ASIDE]
    return SignCount(code, n, max(of, n), stands[Standing.CONTESTED], aside, stands[Standing.FRESH])


@dataclass(frozen=True, slots=True)
class SignGroup:
    """Units of one kind and size, with the median share of each sign; None where too few can be compared."""

    kind: str
    size: int
    units: list[UnitSigns]
    medians: dict[Code, float | None]


def groups(units: Iterable[UnitSigns], *, compared: bool) -> list[SignGroup]:
    """Return units in groups of like kind and size, those with most to look into first; medians for whoever sees every unit."""
    found: dict[tuple[str, int], list[UnitSigns]] = defaultdict(list)
    for unit in sorted(units, key=lambda one: -sum(sign.n for sign in one.counts)):
        found[unit.kind, size_of(unit.tasks)].append(unit)
    return [SignGroup(kind, size, its, _medians(its, compared=compared)) for (kind, size), its in sorted(found.items())]


def _medians(units: Iterable[UnitSigns], *, compared: bool) -> dict[Code, float | None]:
    shares: dict[Code, list[float]] = {code: [] for code in Code}
    for unit in units:
        for count in unit.counts:
            if compared and count.share is not None:
                shares[count.code].append(count.share)
    return {code: law.middle(found) for code, found in shares.items()}
