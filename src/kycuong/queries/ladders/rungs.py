"""The ladders in force: the product's rows, each replaced by what an authority decided; and how they came to be so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kycuong.core.ladders import MOST_STEPS, ONE_STEP, SEED, SEED_BASIS, Condition, Hearer, Rung
from kycuong.models import LadderRung
from kycuong.queries import scope

Place = tuple[str, int]
_SEEDED: dict[Place, Rung] = {(rung.condition.value, rung.step): rung for rung in SEED}


@dataclass(frozen=True, slots=True)
class RungRow:
    """One rung as the page shows it; `rung` is what holds, or held last where `is_active` is false."""

    rung: Rung
    is_active: bool
    decision: str
    reason: str
    verified: bool
    changed_by: str
    from_at: datetime | None


@dataclass(frozen=True, slots=True)
class ConditionRows:
    """The rungs of one condition, and the step that an authority may still add."""

    condition: Condition
    rows: list[RungRow]
    next_step: int | None


def rung_of(row: LadderRung) -> Rung:
    """Return a row as a rung."""
    hearers = tuple(hearer for hearer in Hearer if hearer.value in row.hearers)
    return Rung(Condition(row.condition), row.step, row.working_days, hearers)


def _in_force() -> dict[Place, RungRow]:
    seeded = {place: RungRow(rung, True, SEED_BASIS, "", False, "", None) for place, rung in _SEEDED.items()}
    rows = LadderRung.objects.filter(until_at__isnull=True).select_related("changed_by")
    return seeded | {(row.condition, row.step): _line(row) for row in rows}


def _line(row: LadderRung) -> RungRow:
    by = row.changed_by.full_name if row.changed_by else ""
    return RungRow(rung_of(row), row.is_active, row.decision, row.reason, row.verified, by, row.from_at)


def rungs() -> list[Rung]:
    """Return the rungs in force, condition by condition, the lowest step first (one query)."""
    found = (row.rung for row in _in_force().values() if row.is_active)
    return sorted(found, key=lambda rung: (list(Condition).index(rung.condition), rung.step))


def ladders() -> list[ConditionRows]:
    """Return every condition with its rungs, those not in force included (one query)."""
    found: dict[Condition, list[RungRow]] = {condition: [] for condition in Condition}
    for _, row in sorted(_in_force().items()):
        found[row.rung.condition].append(row)
    return [ConditionRows(condition, rows, _next_step(condition, rows)) for condition, rows in found.items()]


def _next_step(condition: Condition, rows: list[RungRow]) -> int | None:
    if condition in ONE_STEP or len(rows) >= MOST_STEPS:
        return None
    return rows[-1].rung.step + 1 if rows else 1


def history(*, size: int = 50) -> list[RungRow]:
    """Return what was decided about the ladders, the newest first."""
    rows = LadderRung.objects.select_related("changed_by").order_by("-from_at", "-id")[:size]
    return [_line(row) for row in rows]


def may_change(who: scope.Actor) -> bool:
    """Return whether the person may change the ladders."""
    return who.may("calendar")  # as the limits that an authority decides


def higher(rung: Rung, among: Iterable[Rung]) -> list[Rung]:
    """Return the rungs of the same condition above this one."""
    return [other for other in among if other.condition is rung.condition and other.step > rung.step]
