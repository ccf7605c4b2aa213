"""Duties as other systems read them and act on them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from kycuong.api.shapes.plain import Day, Given, Line, Ref, Text
from kycuong.core.duties import State


class DutyLine(Schema):
    """A duty as a line of a list. `state` is derived for this moment; `days` are working days left, or late."""

    public_id: UUID
    title: str
    kind: str
    term: str
    phase: str
    outcome: str
    state: State
    days: int | None
    due_at: datetime | None
    last_date: date | None = Field(description="the last day on which it is in time")
    original_last_date: date | None
    document_id: UUID | None
    document_code: str
    path: str = Field(description="the point of the document")
    unit_name: str
    desk_name: str
    desk_title: str
    opened_at: datetime
    since_at: datetime | None = Field(description="since when it lies on this desk")
    is_key: bool
    parent_id: UUID | None
    flags: list[str] = Field(description="the kinds of open proposals")
    extended_times: int
    extended_days: int
    waits_for: str


class ActOffered(Schema):
    """An act that this caller can take now. `needs` are the fields of its form; one with ! must be filled."""

    code: str
    label: str
    primary: bool
    needs: list[str]


class ResultShown(Schema):
    """One attempt at the product."""

    attempt: int
    number: str
    symbol: str
    signed_on: date | None
    signer: str
    prepared_by: str
    prepared_at: datetime | None
    sent_at: datetime | None
    file_id: UUID | None
    file_name: str
    file_signed: str = Field(description="what its signatures are; empty for what is no PDF")
    file_problem: str = Field(description="why a signature is not valid or not trusted")
    verdict: str
    judged_at: datetime | None


class EventShown(Schema):
    """One line of the history."""

    at: datetime
    act: str
    label: str
    actor_name: str
    actor_title: str
    holder_name: str
    holder_title: str
    note: str
    steps: list[str]
    cover_name: str
    basis: str


class HoldingShown(Schema):
    """It lay on this desk between two instants, for so many working days begun."""

    unit_name: str
    officer_name: str
    title: str
    from_at: datetime
    read_at: datetime | None
    until_at: datetime | None
    working_days: int


class ProposalShown(Schema):
    """One proposal about the duty; `public_id` is the giver's own duty to decide it, `act_seq` its version."""

    public_id: UUID
    kind: str
    noun: str
    reason: str
    basis: str
    so_far: str
    wanted_on: date | None
    proposer: str
    asked_at: datetime
    waited_days: int
    outcome: str
    decided_at: datetime | None
    answer: str
    given_on: date | None
    extended_days: int | None
    acts: list[ActOffered]
    act_seq: int


class DutyShown(Schema):
    """One duty whole."""

    row: DutyLine
    order_text: str
    document_subject: str
    giver: str
    follower: str
    confirmer: str
    participants: list[str]
    product: str
    channel: str
    results: list[ResultShown]
    history: list[EventShown]
    holdings: list[HoldingShown]
    clock: list[str] = Field(description="how the due date was counted, step by step")
    calendar: str
    moves: list[str] = Field(description="how the due date was moved since")
    acts: list[ActOffered]
    children: list[DutyLine]
    act_seq: int = Field(description="the version: send it back as If-Match")
    is_request: bool
    proposals: list[ProposalShown]
    offers: list[str] = Field(description="the kinds that this caller can propose now")
    changes: list[str] = Field(description="the changes of the giver's side that this caller can make now")
    replaces: DutyLine | None
    replaced_by: DutyLine | None


class DeskChoice(Schema):
    """A desk to which the duty can be given; `value` goes into the field `desk` of the act assign."""

    value: str
    label: str
    unit_name: str


class StateCount(Schema):
    """How many duties stand in a state."""

    state: State
    count: int


class DeskCount(Schema):
    """How much lies on one desk."""

    name: str
    title: str
    open: int
    overdue: int


class MyDuties(Schema):
    """What lies on the caller's desk."""

    items: list[DutyLine]
    next: str | None
    counts: list[StateCount]


class UnitDuties(Schema):
    """The open duties of a unit."""

    unit_id: UUID
    unit_name: str
    items: list[DutyLine]
    next: str | None
    counts: list[StateCount]
    desks: list[DeskCount]


class Acted(Schema):
    """An act was done. `made` is the task that now stands in place of this one, when the act made one."""

    duty: UUID
    act: str
    made: UUID | None


class Noted(Given):
    """An act with a note, which some acts need."""

    note: Text = ""


class Assigning(Given):
    """Give the duty to a desk of the unit."""

    desk: Ref
    note: Text = ""


class ResultTold(Given):
    """What the head of a result document says."""

    number: Line
    symbol: Line
    signed_on: Day | None = None
    signer: Line = ""


class Proposing(Given):
    """What a unit asks the giver to decide."""

    kind: Literal["extension", "return", "obstacle", "suggestion"]
    reason: Text
    basis: Line = ""
    so_far: Text = ""
    wanted_on: Day | None = None
    matter: Line = Field("", description="a matter of the registry of competence, by code or name")
    amount: Line = Field("", description="the amount that it is about, in đồng")
    why: Text = Field("", description="why it goes up although the registry says that the unit itself decides")


class Accepting(Given):
    """Agree to a proposal; of a returned task also to which unit it is given, until when."""

    note: Text = ""
    given_on: Day | None = None
    unit: Ref | Literal[""] = ""
    due_on: Day | None = None


class Correcting(Given):
    """Set words or date of a task right; what is left out stays."""

    note: Text
    basis: Line = ""
    title: Line | None = None
    product: Line | None = None
    channel: Line | None = None
    due_on: Day | None = None


class Replacing(Given):
    """Give another task in place of this one."""

    unit: Ref
    note: Text
    basis: Line
    title: Line = ""
    product: Line = ""
    channel: Line = ""
    due_on: Day | None = None


class Reassigning(Given):
    """Give a returned task to another unit."""

    unit: Ref
    due_on: Day | None = None
    title: Line = ""
    product: Line = ""
    channel: Line = ""
    note: Text = ""


class Revoking(Given):
    """Take a task back; of a series every open occurrence, or this one alone."""

    note: Text
    basis: Line
    only_this: bool = False
