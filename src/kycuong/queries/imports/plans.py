"""What a table would do, row by row, before it is applied."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field

from kycuong.core.errors import Invalid
from kycuong.core.imports import Table


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that would change: its column, what stands there and what would."""

    column: str
    heading: str
    before: str
    after: str


@dataclass(slots=True)
class PlanRow:
    """One row of the file and what it would do; problems are (heading, sentence as a fact)."""

    table: Table
    sheet: str
    number: int
    key: str
    values: dict[str, str]
    state: str = "new"
    changes: list[Change] = field(default_factory=list)
    problems: list[tuple[str, Invalid]] = field(default_factory=list)

    def wrong(self, column: str, fact: Invalid) -> None:
        """Note that a cell cannot be taken."""
        self.state = "error"
        self.problems.append((self.table.column(column).heading, fact))

    @property
    def label(self) -> str:
        """Return the code or sign-in name of the row, as written."""
        return self.values[self.table.columns[0].code]

    @property
    def name(self) -> str:
        """Return what a person calls the row."""
        return next((self.values[one] for one in ("name", "title", "full_name") if self.values.get(one)), "")


@dataclass(slots=True)
class Plan:
    """What a file would do; notes are (sheet, sentence as a fact) about sheets that were not read."""

    rows: list[PlanRow] = field(default_factory=list)
    notes: list[tuple[str, Invalid]] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Return how many rows stand in each state."""
        found = Counter(row.state for row in self.rows)
        return {state: found[state] for state in ("new", "changed", "unchanged", "error")}

    def fingerprint(self) -> str:
        """Return a hash of what would be written, so that what is applied is what was shown."""
        told = [
            (row.table.code, row.number, row.state, [(c.column, c.after) for c in row.changes]) for row in self.rows
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def good(self, table: Table) -> list[PlanRow]:
        """Return the rows of a table that would write something."""
        return [row for row in self.rows if row.table is table and row.state in {"new", "changed"}]
