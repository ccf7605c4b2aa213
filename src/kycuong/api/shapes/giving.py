"""Shapes of giving: one task directly or a whole document, and what went elsewhere than the registry of competence names."""

from __future__ import annotations

from uuid import UUID

from ninja import Schema
from pydantic import Field

from kycuong.api.shapes.plain import Day, Done, Given, Line, Made, Ref, Text


class ElsewhereShown(Schema):
    """An order that went to another body than the registry of competence names, with the legal basis."""

    place: str
    unit_name: str = Field(description="whom the registry names")
    matter: str
    basis: str
    competence: UUID


class TaskGiven(Given):
    """One task given directly, by word of mouth: without a date it is a standing order."""

    unit: Ref
    text: Text
    due_on: Day | None = None
    participants: list[Ref] = Field(default=[], max_length=200)
    product: Line = ""
    giver_post: int | None = Field(default=None, ge=1, le=2**53, description="the leader for whom it is written down")
    why: Line | None = Field(
        default=None,
        description="Why another unit is charged than the registry of competence names; empty, that is refused; left out, "
        "the answer says it in `elsewhere`.",
    )


class TaskMade(Made):
    """The duty of the task that was given."""

    elsewhere: list[ElsewhereShown] = []


class Issuing(Given):
    """How often the units report (RFC 5545), empty for what the document says itself."""

    report_rrule: Line = ""
    why: Line | None = Field(
        default=None,
        description="Why another unit is charged than the registry of competence names; empty, that is refused; left out, "
        "the answer says it in `elsewhere`.",
    )


class Issued(Done):
    """How many tasks were opened."""

    elsewhere: list[ElsewhereShown] = []
