"""Voting slips: a round with its count, one's own slip, what is put to whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema

from kycuong.api.shapes.plain import Given, Line, Text

ChoiceCode = Literal["agree", "disagree", "other"]
ResultCode = Literal["waiting", "passed", "not_passed"]


class VotingLineShown(Schema):
    """One round in the list."""

    public_id: UUID
    title: str
    lead_name: str
    asked_on: date
    last_on: date
    members: int
    voted: int
    result: ResultCode
    cancelled: bool


class MySlipShown(Schema):
    """One slip that waits for the person, or was sent and may still be changed."""

    duty: UUID
    title: str
    lead_name: str
    last_on: date
    voted: bool


class VotingListShown(Schema):
    """The rounds that a person conducts or oversees, and the person's own open slips."""

    rows: list[VotingLineShown]
    mine: list[MySlipShown]
    next_page: int | None


class VotingMemberShown(Schema):
    """Somebody a round may be put to; `usual` says whether the Committee usually counts the seat among its own."""

    code: str
    name: str
    title: str
    unit_name: str
    usual: bool


class CountShown(Schema):
    """Slips counted; `deemed` of the silent count as agreement by the rule, `by_chair` when votes were equal."""

    members: int
    agree: int
    disagree: int
    other: int
    silent: int
    deemed: int
    by_chair: bool
    result: ResultCode
    casting: bool


class SlipVoteShown(Schema):
    """One vote on a slip."""

    choice: str
    words: str
    at: datetime


class MemberSlipShown(Schema):
    """One member's slip with its votes, the one that counts first."""

    duty: UUID
    name: str
    title: str
    is_chair: bool
    votes: list[SlipVoteShown]


class VotingShown(Schema):
    """One round with every slip and the count."""

    public_id: UUID
    title: str
    words: str
    lead_name: str
    asked_on: date
    last_on: date
    days: int
    closed_at: datetime | None
    cancelled: bool
    rule_name: str
    rule_document: str
    rule_verified: bool
    silence: str
    count: CountShown
    slips: list[MemberSlipShown]
    conducts: bool
    may_close: bool
    tally: str
    tally_signed_on: date | None
    tally_file: UUID | None
    file: UUID | None


class SlipShown(Schema):
    """One's own slip; `act` is what one may do, empty for nothing; the ETag is the version of its duty."""

    duty: UUID
    act_seq: int
    title: str
    words: str
    lead_name: str
    last_on: date
    silence: str
    rule_document: str
    rule_verified: bool
    slip: MemberSlipShown
    act: str
    file: UUID | None
    count: CountShown | None


class VotingGiven(Given):
    """What is put to the members: who by the codes of their posts, by which rule, how many working days."""

    title: Line
    words: Text
    members: list[str]
    rule: Literal["slip", "slip_consent"] = "slip"
    days: int | None = None


class VoteGiven(Given):
    """A choice, with its words unless it is agreement."""

    choice: ChoiceCode
    words: Text = ""
