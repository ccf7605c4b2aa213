"""Consultations: what is asked, whom, and where each body stands."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from kycuong.api.shapes.concerns import ConcernReason
from kycuong.api.shapes.plain import Day, Given, Line, Text

PositionCode = Literal["agree", "agree_if", "disagree", "not_mine", "askers_own"]


class ConsultationLine(Schema):
    """A consultation in the list: how many bodies are asked, have answered, were silent."""

    public_id: UUID
    title: str
    lead_name: str
    asked_on: date
    ended_on: date | None
    asked: int
    answered: int
    silent: int


class AskedOfUs(Schema):
    """A question that waits for one's own unit."""

    duty: UUID
    title: str
    lead_name: str
    last_on: date | None
    delivered: bool
    desk: str = Field(description="Who prepares the opinion within the unit; empty while it lies with its head.")


class ConsultationList(Schema):
    """Questions that wait for one's unit, and the consultations that one conducts or oversees."""

    rows: list[ConsultationLine]
    asked_of_us: list[AskedOfUs]
    next_page: int | None


class ProposedPointShown(Schema):
    """One point of a proposal, and what the body said to it."""

    number: int
    words: str
    is_main: bool
    position: str
    said: str


class AskedBodyShown(Schema):
    """Where one body stands; `outcome` is None when it is asked no longer."""

    duty: UUID
    act_seq: int
    unit_name: str
    outcome: str | None
    phase: str
    delivered_on: date | None
    last_on: date | None
    days_left: int | None
    letter: str
    signed_on: date | None
    file: UUID | None
    liable: str
    notice: str
    late_on: date | None
    asks_until: date | None
    points: list[ProposedPointShown]


class ProposedVersionShown(Schema):
    """A version of the proposal: when, why, by whom, its SHA-256."""

    number: int
    at: datetime
    reason: str
    digest: str
    officer_name: str


class ConsultationShown(Schema):
    """A consultation with every opinion; `owed` says what keeps the lead from going on."""

    public_id: UUID
    title: str
    lead_name: str
    asked_on: date
    ended_on: date | None
    days: int
    version: int
    digest: str
    rule_name: str
    rule_document: str
    rule_verified: bool
    silence: str
    about: UUID | None
    points: list[ProposedPointShown]
    bodies: list[AskedBodyShown]
    versions: list[ProposedVersionShown]
    owed: list[str]
    conducts: bool
    file: UUID | None
    sealed: bool = Field(
        description="The reader's own body is asked and has not received: points and file are not shown yet."
    )


class SaidShown(Schema):
    """A position with its words."""

    position: str
    words: str


class EarlierPointShown(Schema):
    """What was written to one point of an earlier edition of the proposal."""

    number: int
    asked: str
    position: str
    words: str


class OpinionDraftShown(Schema):
    """What somebody in the body has prepared; `prepared_at` is None while it is in preparation again."""

    prepared_by: str
    prepared_at: datetime | None
    said: dict[int, SaidShown]
    about: int | None = Field(
        None, description="The earlier edition of the proposal that this was written about; None for the present one."
    )
    earlier: list[EarlierPointShown] = Field([], description="What was written to each point of that edition.")


class OpinionShown(Schema):
    """One body's question with the frozen proposal and what may be done; the ETag is the version of its duty."""

    duty: UUID
    act_seq: int
    title: str
    lead_name: str
    unit_name: str
    asked_on: date
    delivered_on: date | None
    last_on: date | None
    days: int
    version: int
    digest: str
    silence: str
    binds: bool = Field(description="Whether silence of this body means what the rule says; never consent where not.")
    rule_document: str
    rule_verified: bool
    points: list[ProposedPointShown]
    body: AskedBodyShown
    file: UUID | None
    acts: list[str]
    consultation: UUID | None
    draft: OpinionDraftShown | None = Field(None, description="Shown to the people of the body asked only.")
    sealed: bool = Field(
        description="Nobody of the body has confirmed receipt: the points and the file are not shown to it yet."
    )


class PointGiven(Given):
    """One point to be asked about."""

    words: Text
    is_main: bool = True


class QuestionGiven(Given):
    """What a lead asks whom, by which rule; `days` are working days, none for the usual term."""

    title: Line
    points: list[PointGiven] = Field(min_length=1, max_length=60)
    units: list[UUID] = Field(min_length=1, max_length=200)
    rule: Line = "regulation"
    days: int | None = Field(None, ge=1, le=60)
    about: UUID | None = None
    matters: list[Line] = Field(
        default_factory=list, max_length=5, description="Matters of the registry, by code or name."
    )
    place: Line = ""
    reasons: list[ConcernReason] = Field(default_factory=list, max_length=200)
    confirmed: bool = Field(
        False, description="Bodies left out, and bodies asked the same already, have been looked at."
    )


class ProposalChanged(Given):
    """The points of the new version, and why."""

    points: list[PointGiven] = Field(min_length=1, max_length=60)
    reason: Line


class PositionGiven(Given):
    """A position on one point, with its condition, article or basis."""

    point: int = Field(ge=1, le=60)
    position: PositionCode
    words: Text = ""


class PositionsGiven(Given):
    """Positions for the draft of an opinion."""

    positions: list[PositionGiven] = Field(max_length=60)


class OpinionSubmitted(PositionsGiven):
    """A position on each point, put before who stands one step up."""

    note: Text = ""


class OpinionGiven(Given):
    """A signed opinion: positions as a JSON list of {point, position, words}; number and day where the paper says neither."""

    positions: Text
    number: Line = ""
    symbol: Line = ""
    signed_on: Day | None = None
    signer: Line = ""


class NotedGiven(Given):
    """The words that go with an act."""

    note: Text = ""


class TimeAsked(Given):
    """Until the end of which day time is asked for, and why."""

    until: Day
    note: Text
