"""Periods of reconciliation as people see them: figures to check, contests, what was frozen, comparison within groups."""

from kycuong.queries.periods.comparing import Group, Peer, compare
from kycuong.queries.periods.pages import (
    ContestRow,
    PeriodLine,
    PeriodPage,
    PeriodRowLine,
    UnitLine,
    UnitRows,
    filters,
    period,
    periods,
    silent,
    to_check,
    unit_rows,
    verified,
)

__all__ = [
    "ContestRow", "Group", "Peer", "PeriodLine", "PeriodPage", "PeriodRowLine", "UnitLine", "UnitRows", "compare", "filters",
    "period", "periods", "silent", "to_check", "unit_rows", "verified",
]  # fmt: skip
