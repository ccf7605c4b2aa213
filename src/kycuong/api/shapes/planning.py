"""Programmes of work with their lines, and themes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from kycuong.api.shapes.documents import DocumentLine
from kycuong.api.shapes.duties import DutyLine
from kycuong.api.shapes.plain import Given, Line, Text, Year
from kycuong.api.shapes.rooms import ThemeShown


class ProgressShown(Schema):
    """How far the lines are: none stands twice."""

    done: int
    done_late: int
    awaiting: int
    overdue: int
    begun: int
    not_begun: int
    total: int


class NamedId(Schema):
    """A record by id and name."""

    id: UUID
    name: str


class ProgrammeLine(Schema):
    """The programme of one unit as a line of the year's page; lines that wait are not approved yet."""

    public_id: UUID
    unit_name: str
    unit_kind: str
    state: str
    lines: int
    waiting: int
    progress: ProgressShown
    quarters: list[ProgressShown]


class MissingShown(Schema):
    """A unit that has no approved programme for the year; state is that of a draft, empty for none at all."""

    unit_id: UUID
    unit_name: str
    state: str


class YearShown(Schema):
    """The programmes of a year."""

    year: int
    themes: list[ThemeShown]
    rows: list[ProgrammeLine]
    total: ProgressShown
    missing: list[MissingShown]
    expected: int
    draftable: list[NamedId]

    @staticmethod
    def resolve_draftable(page: Any) -> list[dict[str, object]]:
        """Name the two halves of a unit."""
        return [{"id": key, "name": name} for key, name in page.draftable]


class LineShown(Schema):
    """One line; tasks are empty until it is approved."""

    public_id: UUID
    text: str
    lead: str
    lead_printed: str
    participants: str
    participants_printed: str
    term_text: str
    kind: str
    due_on: date | None
    bound: str
    quarter: int
    product: str
    problems: list[str]
    source: str
    tasks: list[DutyLine]

    @staticmethod
    def resolve_problems(line: Any) -> list[str]:
        """Return the sentences of what is wrong with it."""
        return [fact.message for fact in line.problems]


class QuarterShown(Schema):
    """The approved lines of one quarter (0: the whole year) with their progress."""

    quarter: int
    lines: list[LineShown]
    progress: ProgressShown


class ProgrammeShown(Schema):
    """All that the page of a programme shows."""

    public_id: UUID
    unit_id: UUID
    unit_name: str
    year: int
    state: str
    submitted_at: datetime | None
    approved_at: datetime | None
    returned: str
    themes: list[str]
    quarters: list[QuarterShown]
    total: ProgressShown
    waiting: list[LineShown]
    proposed: list[LineShown]
    documents: list[NamedId]
    may_draft: bool
    may_approve: bool
    partial: bool

    @staticmethod
    def resolve_documents(page: Any) -> list[dict[str, object]]:
        """Name the two halves of a document."""
        return [{"id": key, "name": name} for key, name in page.documents]


class ThemePage(Schema):
    """A theme, its tasks by state, its newest documents."""

    theme: ThemeShown
    counts: dict[str, int]
    documents: list[DocumentLine]


class Starting(Given):
    """Whose programme, of which year."""

    unit: UUID
    year: Year


class ProgrammeLineGiven(Given):
    """One line as it is typed; lead and participants by name, the term as people write it. `line` is the one to change."""

    text: Text
    lead: Line = ""
    participants: Line = ""
    quarter: Literal["", "0", "1", "2", "3", "4"] = ""
    term: Line = ""
    product: Line = ""
    line: UUID | None = None


class LinesChosen(Given):
    """Some lines; none for all that are proposed."""

    lines: list[UUID] = Field([], max_length=2000)


class TextGiven(Given):
    """Lines of a programme as text, one under the other."""

    text: Text


class Returning(Given):
    """Why a programme is sent back."""

    note: Text


class Approving(Given):
    """Number and symbol of the decision."""

    number: Line = ""
    symbol: Line = ""


class Taken(Schema):
    """How many lines were read anew, and how many the programme had already."""

    new: int
    known: int


class ThemeGiven(Given):
    """A theme of a year, or a topic."""

    name: Line
    kind: Literal["year", "topic"] = "topic"
    year: Year | None = None


class Renaming(Given):
    """The name as it should be."""

    name: Line
