"""Duties as people see them: my duties, a unit's, one with its history and its clock."""

from kycuong.core.duties import State
from kycuong.queries.duties.changes import CHANGES, ChangePage, change, units
from kycuong.queries.duties.covered import CoveredDesk, covered, covered_desk
from kycuong.queries.duties.lists import (
    Page,
    all_duties,
    given_late,
    my_counts,
    my_duties,
    next_check,
)
from kycuong.queries.duties.page import DutyPage, duty
from kycuong.queries.duties.rows import DutyRow, rows_of

__all__ = [
    "CHANGES", "ChangePage", "CoveredDesk", "DutyPage", "DutyRow", "Page", "State", "all_duties", "change", "covered",
    "covered_desk", "duty", "given_late", "my_counts", "my_duties", "next_check", "rows_of", "units",
]  # fmt: skip
