"""A document and its family, demand by demand; what issuing lays on the units; where the reader errs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from kycuong.api.shapes.documents import SpanGiven
from kycuong.api.shapes.plain import Given, Line


class Relative(Schema):
    """A document of the family: its generation (0 is the document asked about, below it positive)."""

    public_id: UUID
    code: str
    issuer: str
    issued_on: date | None
    subject: str
    state: str
    generation: int
    parents: list[UUID]


class TieShown(Schema):
    """One document implements another: what it carries, softens, lacks; None while nobody has counted."""

    parent: UUID
    child: UUID
    carried: int | None
    softened: int | None
    missing: int | None


class UnitFollowing(Schema):
    """A charged unit: its own document with the day it was issued, or how many days it has had."""

    public_id: UUID
    name: str
    charged_on: date
    days: int
    document: UUID | None
    code: str
    issued_on: date | None


class MatchSaid(Schema):
    """One word of a person on a demand."""

    public_id: UUID
    start: int
    text: str
    before: str
    status: str
    reason: str
    officer: str
    at: datetime
    undone: bool


class UnitWeight(Schema):
    """What one unit would carry: what it has open now, what comes, together."""

    public_id: UUID
    name: str
    now: int
    added: int


class ReportToCome(Schema):
    """Something to hand in: its words, its last days within the year ahead, the units that owe it, where it comes from."""

    text: str
    days: list[date]
    units: int = Field(description="how many units owe it")
    rrule: str
    document: UUID | None
    code: str
    order: UUID | None
    whole: bool

    @staticmethod
    def resolve_units(report: Any) -> int:
        """Return how many units owe it."""
        return len(report.units)


class ClashShown(Schema):
    """A day on which units owe several reports, at least one of them new: how many units, how many at most, which."""

    on: date
    units: int
    most: int
    reports: list[ReportToCome]


class RepeatShown(Schema):
    """An order of the document and the open order that asks the same already; `units` owe both."""

    no: int
    text: str
    other: str
    document: UUID
    code: str
    order: UUID
    units: int
    score: float


class MergerShown(Schema):
    """Two reports that could be one: which, for how many units, and by which day."""

    first: ReportToCome
    second: ReportToCome
    units: int
    on: date
    rrule: str


class BurdenShown(Schema):
    """What issuing a document would lay on the units."""

    public_id: UUID
    code: str
    orders: int
    tasks: int
    units: list[UnitWeight]
    reports: list[ReportToCome]
    clashes: list[ClashShown]
    repeats: list[RepeatShown]
    mergers: list[MergerShown]


class DemandShown(Schema):
    """One thing asked, and where it stands in its document."""

    text: str
    start: int
    end: int
    path: str
    owners: list[str]


class DemandCompared(Schema):
    """A demand of the upper document and what became of it; `found` is what the words say."""

    no: int
    text: str
    start: int
    end: int
    path: str
    status: str
    score: float
    lost: list[str]
    match: list[DemandShown]
    found: str
    correction: MatchSaid | None

    @staticmethod
    def resolve_text(row: Any) -> str:
        """Return the words of the demand."""
        return str(row.line.demand.text)

    @staticmethod
    def resolve_start(row: Any) -> int:
        """Return where it begins."""
        return int(row.line.demand.start)

    @staticmethod
    def resolve_end(row: Any) -> int:
        """Return where it ends."""
        return int(row.line.demand.end)

    @staticmethod
    def resolve_path(row: Any) -> str:
        """Return its printed number."""
        return str(row.line.demand.path)

    @staticmethod
    def resolve_status(row: Any) -> str:
        """Return what became of it."""
        return str(row.line.status)

    @staticmethod
    def resolve_score(row: Any) -> float:
        """Return how near the nearest counterpart is."""
        return float(row.line.score)

    @staticmethod
    def resolve_lost(row: Any) -> list[str]:
        """Return what it lost."""
        return list(row.line.lost)

    @staticmethod
    def resolve_match(row: Any) -> list[Any]:
        """Return its counterparts."""
        return list(row.line.match)


class PairShown(Schema):
    """A document beside one below it."""

    parent_id: UUID
    parent_code: str
    child_id: UUID
    child_code: str
    rows: list[DemandCompared]
    added: list[DemandShown]
    counts: dict[str, int]
    choices: list[DemandShown] = Field(description="the demands of the lower document that a correction can name")
    history: list[MatchSaid]
    may_correct: bool
    linked: bool

    @staticmethod
    def resolve_parent_id(page: Any) -> UUID:
        """Return the upper document."""
        found: UUID = page.parent.public_id
        return found

    @staticmethod
    def resolve_parent_code(page: Any) -> str:
        """Return its number and symbol."""
        return str(page.parent.code)

    @staticmethod
    def resolve_child_id(page: Any) -> UUID:
        """Return the lower document."""
        found: UUID = page.child.public_id
        return found

    @staticmethod
    def resolve_child_code(page: Any) -> str:
        """Return its number and symbol."""
        return str(page.child.code)


class GenealogyShown(Schema):
    """The family of a document, one pair of it compared, and which units have not yet issued their own."""

    members: list[Relative]
    ties: list[TieShown]
    more: bool
    pair: PairShown | None
    without: list[UnitFollowing]
    having: list[UnitFollowing]

    @staticmethod
    def resolve_members(page: Any) -> list[Any]:
        """Return the family."""
        return list(page.family.members)

    @staticmethod
    def resolve_ties(page: Any) -> list[Any]:
        """Return how it hangs together."""
        return list(page.family.ties)

    @staticmethod
    def resolve_more(page: Any) -> bool:
        """Return whether the family is larger than is shown."""
        return bool(page.family.more)

    @staticmethod
    def resolve_without(page: Any) -> list[Any]:
        """Return the units that have not yet followed."""
        return list(page.units.without)

    @staticmethod
    def resolve_having(page: Any) -> list[Any]:
        """Return the units that have."""
        return list(page.units.having)


class MatchGiven(Given):
    """What became of a demand of the upper document, and the demands of the lower one that carry it."""

    parent: UUID
    child: UUID
    demand: SpanGiven
    status: Literal["carried", "softened", "missing"]
    spans: list[SpanGiven] = Field([], max_length=50)
    reason: Line = ""


class ErrorCount(Schema):
    """How often the reader erred among the orders of one document type, rule or version."""

    name: str
    orders: int
    wrong: int
    errors: dict[str, int]


class ErrorShown(Schema):
    """One error that a reviewer corrected."""

    field: str
    document_id: UUID
    code: str
    doc_type: str
    rule: str
    version: str
    at: datetime


class ErrorsShown(Schema):
    """What reviewers corrected in the documents that were issued."""

    documents: int
    corrected: int
    total: ErrorCount
    by_type: list[ErrorCount]
    by_rule: list[ErrorCount]
    by_version: list[ErrorCount]
    examples: list[ErrorShown]
    matching: int

    @staticmethod
    def resolve_by_type(found: Any) -> list[Any]:
        """Return the counts by document type."""
        return list(found.by_type.values())

    @staticmethod
    def resolve_by_rule(found: Any) -> list[Any]:
        """Return the counts by rule."""
        return list(found.by_rule.values())

    @staticmethod
    def resolve_by_version(found: Any) -> list[Any]:
        """Return the counts by version of the reader."""
        return list(found.by_version.values())
