"""Dissent: the docket, the meeting of two heads, what they came to on each point."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema

from kycuong.api.shapes.plain import Day, Given, Line, Text

DissentStanding = Literal["none", "meet", "unsigned", "settled"]
SettlementCode = Literal["agreed", "reserved"]


class DissentLine(Schema):
    """One body's open dissent: on which points, since when, what is still owed."""

    duty: UUID
    consultation: UUID
    title: str
    lead_name: str
    unit_name: str
    points: str
    since_on: date
    waiting_days: int | None
    standing: DissentStanding


class DissentList(Schema):
    """Open dissents of one's unit, asked or asking, the oldest first."""

    rows: list[DissentLine]
    total: int
    next_page: int | None


class MeetingSideShown(Schema):
    """Who stood for one body, in person or by a written authorisation."""

    unit_name: str
    name: str
    title: str
    in_person: bool
    number: str
    signed_on: date | None
    file: UUID | None


class MeetingPointShown(Schema):
    """One point with both texts and what was come to."""

    number: int
    words: str
    said: str
    settlement: str
    text: str
    lead_text: str
    body_text: str


class MeetingShown(Schema):
    """One meeting as it was recorded; a higher number corrects a lower one."""

    number: int
    held_on: date
    place: str
    lead: MeetingSideShown
    body: MeetingSideShown
    points: list[MeetingPointShown]
    officer_name: str
    at: datetime
    reason: str
    minutes: str
    minutes_signed_on: date | None
    minutes_file: UUID | None


class DissentShown(Schema):
    """The dissent of one body with every meeting, the last first; the ETag is the version of its duty."""

    duty: UUID
    act_seq: int
    consultation: UUID | None
    title: str
    lead_name: str
    unit_name: str
    letter: str
    letter_on: date | None
    since_on: date
    standing: DissentStanding
    conducts: bool
    holds: bool
    points: list[MeetingPointShown]
    meetings: list[MeetingShown]


class SettledGiven(Given):
    """What was come to on one point: the agreed text, or the text of each side."""

    point: int
    settlement: SettlementCode
    text: Text = ""
    lead_text: Text = ""
    body_text: Text = ""


class HeadsMeeting(Given):
    """A meeting: its day, who stood for either body, `points` as a JSON list of {point, settlement, text, lead_text, body_text}.

    The files of a written authorisation are sent as `lead_file` and `body_file`.
    """

    held_on: Day
    points: Text
    place: Line = ""
    lead_in_person: bool = True
    lead_name: Line = ""
    lead_title: Line = ""
    lead_number: Line = ""
    lead_signed_on: Day | None = None
    body_in_person: bool = True
    body_name: Line = ""
    body_title: Line = ""
    body_number: Line = ""
    body_signed_on: Day | None = None


class HeadsMeetingCorrected(HeadsMeeting):
    """A meeting as it should have been recorded, and why."""

    note: Text = ""
