"""Whom a question concerns: competent bodies with their basis, reasons for the others, the same asked twice."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from kycuong.api.shapes.plain import Given, Line


class ConcernAsked(Given):
    """Matters by code or name, the commune where it lies, the bodies chosen so far, the task asked about."""

    matter: list[Line] = Field(default_factory=list, max_length=5)
    place: Line = ""
    unit: list[UUID] = Field(default_factory=list, max_length=200)
    about: UUID | None = None


class ConcernedShown(Schema):
    """A body that the registry names, by which row, on what basis."""

    unit: UUID
    name: str
    competence: UUID
    matter: str
    basis: str
    kind: str


class UnconcernedShown(Schema):
    """A chosen body that nobody knows as concerned: asking it needs a reason."""

    unit: UUID
    name: str


class SameAskedShown(Schema):
    """An open question to the same body on the same document or matter; `public_id` is None where the caller does not see it."""

    unit_name: str
    lead_name: str
    title: str
    asked_on: date
    asked_by: str
    public_id: UUID | None


class BeforeShown(Schema):
    """What to look at before a question is sent; `own` are matters that the asker decides itself."""

    competent: list[ConcernedShown]
    own: list[ConcernedShown]
    central: list[str]
    left_out: list[ConcernedShown]
    unconcerned: list[UnconcernedShown]
    twice: list[SameAskedShown]


class GroundShown(Schema):
    """Why one body was asked: competent, reasoned or unjudged."""

    unit: UUID
    unit_name: str
    concern: str
    competence: UUID | None
    matter: str
    basis: str
    reason: str


class GroundsShown(Schema):
    """Why each body was asked, who was left out, who else asks the same now."""

    matters: list[str]
    rows: list[GroundShown]
    left_out: list[ConcernedShown]
    twice: list[SameAskedShown]


class ConcernReason(Given):
    """Why a body is asked that the registry does not know as concerned."""

    unit: UUID
    reason: Line


class OutsideGiven(Given):
    """A body outside the system, by its name as on its letters."""

    name: Line
    short_name: Line = ""


class OutsideLinkShown(Schema):
    """A link given to a body outside the system: live, used, revoked, expired or ended."""

    public_id: UUID
    state: str
    given_to: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    opened_at: datetime | None
    used_at: datetime | None
    receipt: str


class AlikeShown(Schema):
    """An earlier answer of the same body: how many paragraphs stand in it in the same words, and whether all do."""

    duty: UUID
    title: str
    lead_name: str
    said_on: date
    letter: str
    same: int
    whole: bool
