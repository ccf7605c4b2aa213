"""Periods of reconciliation: which days one has, what a duty counts as in it, which units are compared with which.

Basis: practice of provinces: units check (đối soát) before figures are closed (chốt kỳ) and compared; NĐ 09/2019/NĐ-CP on
periodic reports (unverified). A correction (đính chính) sets right what was meant from the beginning, so it counts for the
past; an extension moves a date from when it is given on, so it does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from kycuong.core.duties import State, ended
from kycuong.core.errors import Invalid

#: Definition and version under which the figures of a period are counted.
DEFINITION: Final = "period.tasks"
VERSION: Final = 1
#: How long units may check, in working days. Basis: a default of the product, an authority's own rule replaces it.
RECONCILE_WORKING_DAYS: Final = 2
PARTS: Final = {"month": 12, "quarter": 4, "half": 2, "year": 1}
ROMAN: Final = ("I", "II", "III", "IV")
#: Units are compared with others of their kind that have about as many tasks: the bounds between small, middle and large.
SIZES: Final = (10, 50)
#: Fewer units than this are no group: whoever is alone would be compared with nobody.
SMALLEST_GROUP: Final = 2


def days_of(kind: str, year: int, number: int) -> tuple[date, date]:
    """Return the first day of a period and the first day after it. Raises: Invalid."""
    if kind not in PARTS:
        raise Invalid("kind_unknown", text=kind)
    if not 1 <= number <= PARTS[kind] or not 2000 <= year <= 2999:
        raise Invalid("period_unknown")
    months = 12 // PARTS[kind]
    first, after = (number - 1) * months, number * months
    return date(year, first + 1, 1), date(year + after // 12, after % 12 + 1, 1)


def titled(kind: str, number: int, year: int) -> str:
    """Return how a period is called on papers: Tháng 10/2026, Quý II/2026, 6 tháng đầu năm/2026, Năm 2026."""
    names = {
        "month": f"Tháng {number}/{year}", "quarter": f"Quý {ROMAN[(number - 1) % 4]}/{year}",
        "half": f"6 tháng {'đầu' if number == 1 else 'cuối'} năm/{year}", "year": f"Năm {year}",
    }  # fmt: skip
    return names[kind]


@dataclass(frozen=True, slots=True)
class Past:
    """A duty at the end of a period as its events have it; `corrected_due` is the date that a later correction set right."""

    phase: str
    due_at: datetime | None
    outcome: str | None
    late: int
    answered_at: datetime | None = None
    corrected_due: datetime | None = None
    excluded: bool = False


def counted(then: Past, *, until: datetime, near_until: datetime) -> State:
    """Return the state that a duty counts as at the end of a period.

    The same partition as core.duties.standing; what the giver's side excluded stands apart.
    """
    if then.excluded:
        return State.APART
    due_at = then.corrected_due or then.due_at
    if then.phase == "closed":
        late = bool(then.late)
        if then.corrected_due is not None and then.answered_at is not None:
            late = then.answered_at >= then.corrected_due
        return ended(then.outcome, late=late)
    if then.phase == "answered":
        return State.AWAITING
    if due_at is None:
        return State.NO_TERM
    if due_at <= until:
        return State.OVERDUE
    return State.NEAR_DUE if due_at <= near_until else State.NOT_DUE


def size_of(tasks: int) -> int:
    """Return the size group of a unit by the tasks that a period counts: 0 small, 1 middle, 2 large."""
    return sum(tasks > bound for bound in SIZES)
