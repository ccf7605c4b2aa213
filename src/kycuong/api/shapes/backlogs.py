"""Reviews of the backlog: what a meeting goes through, what it decides, its minutes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from kycuong.api.shapes.duties import DutyLine
from kycuong.api.shapes.plain import Day, Given, Line, Text


class BacklogPreview(Schema):
    """What would be taken in: how many, the oldest of them, and how many wait in another review already."""

    count: int
    elsewhere: int
    rows: list[DutyLine]


class ReviewLine(Schema):
    """A review as the list shows it: how many of its lines were decided, of how many."""

    public_id: UUID
    unit_name: str
    measure: str
    days: int
    document_code: str
    term: str
    state: str
    opened_by: str
    opened_at: datetime
    closed_at: datetime | None
    decided: int
    total: int
    code: str
    signed_on: date | None


class BacklogLine(Schema):
    """One duty of a review: as it stands now, what it was when the review opened, and what was decided."""

    place: int
    row: DutyLine
    unit_then: str
    last_then: date | None
    decision: str
    is_proposed: bool
    decided_by: str
    decided_at: datetime | None
    given_on: date | None
    given_unit: str
    note: str
    made_id: UUID | None


class BacklogReview(Schema):
    """One review with its lines in the order of the meeting; counts by decision, "" for what is undecided."""

    row: ReviewLine
    unit_public_id: UUID
    unit_kind: str
    issuer: str
    lines: list[BacklogLine]
    counts: dict[str, int]
    proposed: int
    gone: int
    next_id: UUID | None
    place: str
    chair: str
    secretary: str
    attendants: str
    conclusion: str
    closed_by: str
    file_id: UUID | None
    file_name: str
    may_act: bool


class BacklogLineShown(Schema):
    """One line of a review: what was decided, what can be, the lines beside it. Its duty whole is read_duty."""

    review: ReviewLine
    line: BacklogLine
    previous_id: UUID | None
    next_id: UUID | None
    next_undecided: UUID | None
    may_act: bool
    gives: bool
    may_undo: bool
    made: DutyLine | None
    basis: str


class ReviewOpening(Given):
    """What a review takes in: the duties of a unit and below it that have been late, or open, for so many working days."""

    unit: UUID
    measure: Literal["late", "open"] = "late"
    days: int = Field(30, ge=0, le=10_000)
    document: UUID | None = None
    term: Line = ""


class LineDecided(Given):
    """What the meeting decided about one duty; `to` names a unit or a desk (unit:…, post:…)."""

    decision: Literal["new_date", "hand_over", "close", "raise"]
    note: Text
    due_on: Day | None = None
    to: Annotated[str, StringConstraints(max_length=60, pattern=r"^((unit|post):[A-Za-z0-9_]{1,40})?$")] = ""


class LineCarried(Schema):
    """Whether the decision was carried out at once, or put before the giver as a proposal."""

    is_proposed: bool


class MeetingGiven(Given):
    """Who met where, and what they concluded."""

    chair: Line
    secretary: Line
    attendants: Text
    place: Line = ""
    conclusion: Text = ""


class ReviewEnded(Schema):
    """How many duties were left without a decision, and how many had been done before."""

    left: int
    done: int
