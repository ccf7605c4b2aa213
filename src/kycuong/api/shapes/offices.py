"""Tables taken in, accounts, mails that went out: the work of administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from kycuong.api.shapes.plain import Given, Line, Text


class ImportLine(Schema):
    """One run in the list."""

    public_id: UUID
    kind: str
    kind_label: str
    state: str
    state_label: str
    file_name: str
    officer_name: str
    at: datetime
    applied_at: datetime | None
    undone_at: datetime | None
    source: str
    counts: dict[str, int]
    total: int
    encoding: str
    repaired: bool
    reason: str


class CellChange(Schema):
    """One cell that would change: its column, what stands there and what would."""

    column: str
    heading: str
    before: str
    after: str


class PlanRowShown(Schema):
    """One row of the file and what it would do; problems are (heading, sentence as a fact)."""

    table: str
    sheet: str
    number: int
    key: str
    values: dict[str, str]
    state: str
    changes: list[CellChange]
    problems: list[str]

    @staticmethod
    def resolve_table(row: Any) -> str:
        """Return the code of the table."""
        return str(row.table.code)

    @staticmethod
    def resolve_problems(row: Any) -> list[str]:
        """Return what is wrong, column by column."""
        return [f"{heading}: {fact.message}" if heading else fact.message for heading, fact in row.problems]


class TaskRowShown(Schema):
    """One row of a table of tasks: what was read, what it stands for, what is wrong, and the duty that it opened."""

    number: int
    state: str
    values: dict[str, str]
    unit_name: str
    document: str
    document_known: bool
    participants: int
    problems: list[str]
    duty: UUID | None

    @staticmethod
    def resolve_problems(row: Any) -> list[str]:
        """Return what is wrong, column by column."""
        return [f"{heading}: {fact.message}" if heading else fact.message for heading, fact in row.problems]


class UnitChoice(Schema):
    """A unit that a name may stand for."""

    unit: int
    name: str


class DoubtShown(Schema):
    """A name of a lead that stands for no unit with certainty, what it may mean, what was chosen."""

    printed: str
    count: int
    proposed: list[UnitChoice]
    chosen: str

    @staticmethod
    def resolve_proposed(doubt: Any) -> list[dict[str, object]]:
        """Name the two halves of a unit."""
        return [{"unit": key, "name": name} for key, name in doubt.proposed]


class ImportShown(Schema):
    """A run with the rows of one state, from one place on; `stale` when the organisation has changed since the look."""

    line: ImportLine
    rows: list[PlanRowShown]
    notes: list[str]
    shown: str
    total: int
    next_place: int | None
    stale: bool
    tasks: list[TaskRowShown]
    doubts: list[DoubtShown]
    units: list[UnitChoice]
    done: int
    working: bool
    may_undo: bool

    @staticmethod
    def resolve_notes(page: Any) -> list[str]:
        """Return the sentences."""
        return [fact.message for fact in page.notes]

    @staticmethod
    def resolve_units(page: Any) -> list[dict[str, object]]:
        """Name the two halves of a unit."""
        return [{"unit": key, "name": name} for key, name in page.units]


class AccountShown(Schema):
    """One person's account: the posts of the day, and whether the person can sign in."""

    officer_id: int
    login: str
    name: str
    places: list[str]
    state: str
    label: str
    reason: str


class AccountCount(Schema):
    """How many accounts stand in a state."""

    state: str
    label: str
    count: int


class MailShown(Schema):
    """One mail: to whom, where it stands, what was last answered."""

    id: int
    name: str
    kind: str
    state: str
    made_at: datetime
    attempt: int
    next_try_at: datetime
    sent_at: datetime | None
    error: str


class AccountsShown(Schema):
    """A page of accounts, with how many stand in each state."""

    items: list[AccountShown]
    next: str | None
    counts: list[AccountCount]


class OneAccount(Schema):
    """An account, and how many sessions it has open."""

    account: AccountShown
    sessions: int


class Stopping(Given):
    """Why an account is stopped."""

    reason: Text


class MailsShown(Schema):
    """A page of mails, with how many stand in each state."""

    items: list[MailShown]
    next: str | None
    counts: dict[str, int]


class Retrying(Given):
    """Which failed mail goes back in the queue; none for all of them."""

    mail: int | None = Field(None, ge=1, le=2**62)


class ImportGiven(Given):
    """What a table holds, in which encoding (empty: recognised), and from which system running tasks come."""

    kind: Literal["organisation", "tasks", "competence"] = "organisation"
    encoding: Line = ""
    source: Line = ""


class Applying(Given):
    """Why a table is applied; `good_only` leaves the wrong rows out."""

    reason: Text
    good_only: bool = False


class UnitsNamed(Given):
    """Which unit each doubtful name stands for: its id from `proposed` or `units`, or `skip`."""

    chosen: dict[Line, Line]
