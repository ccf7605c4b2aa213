"""Shapes of handing on: why a body returns a question, an arbitration with the way of its matter, what can be counted."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from kycuong.api.shapes.plain import Day, Given, Line, Moment, Text


class OpinionReturned(Given):
    """A question that a body returns; with `unit` it goes straight there, else where the registry says."""

    note: Text = Field("", description="the basis; left empty, it is drafted from the registry of competence")
    ground: Literal["", "other_body", "askers_own", "unconcerned", "unknown"] = ""
    unit: UUID | None = None
    matter: Line = Field("", description="a matter of the registry of competence, by code or name")
    why: Text = Field(
        "", description="why it is returned although late, or although the registry says it is the body's own"
    )


class PathStop(Schema):
    """A body that held a matter; `working_days` are those begun."""

    unit_name: str
    from_on: date
    until_on: date | None
    working_days: int
    duty: UUID | None


class PathShown(Schema):
    """The way of a matter from body to body, and in words where it came back to."""

    stops: list[PathStop]
    loops: list[str]
    handed: int


class ArbitrationListed(Schema):
    """An arbitration in the list; `outcome` is empty, ruled or lapsed."""

    duty: UUID
    title: str
    cause: str
    unit_name: str
    asked_on: date
    last_on: date | None
    late: bool
    outcome: str
    ruled_unit: str
    ended_on: date | None
    arbiter: str


class ArbitrationShown(Schema):
    """An arbitration: what is asked, the way of the matter, the ruling with its row of the registry."""

    row: ArbitrationListed
    act_seq: int
    reason: str
    basis: str
    matter: str
    named: UUID | None
    about: UUID
    path: PathShown
    acts: list[str]
    competence: UUID | None
    competence_code: str
    ruled_by: str
    ruling: str


class RulingGiven(Given):
    """Whose a matter is, on what basis; `due_on` is the last day of a task that goes to another body."""

    unit: UUID
    matter: Line = Field("", description="a matter of the registry by code or name, or the words of a new one")
    basis: Line
    note: Text = ""
    due_on: Day | None = None


class SteppedAside(Given):
    """Why an arbiter does not rule."""

    note: Text


class ArbiterRuleShown(Schema):
    """A rule of arbitration as it stood from a day on; empty posts mean the head of the Office, then the Chairman."""

    most: int
    arbiter: str
    above: str
    document: str
    in_force_from: date
    officer_name: str
    in_force: bool


class ArbiterRuleGiven(Given):
    """How often a matter is handed on at the most, and which posts arbitrate (codes)."""

    most: int = Field(ge=1, le=9)
    document: Line
    in_force_from: Day
    arbiter: Line = ""
    above: Line = ""


class TransferFact(Schema):
    """One fact of passing on, said of a unit; `amount` is 1, of find_owner the working days begun."""

    kind: str
    unit_name: str
    duty: UUID
    title: str
    at: Moment
    amount: int
