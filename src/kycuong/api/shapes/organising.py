"""Changes of the organisation as other systems draft, arrange and decide them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from kycuong.api.shapes.plain import Day, Given, Line, Text

Kind = Literal["merge", "split", "abolish", "rename", "appoint", "dismiss", "transfer", "post"]
Code = Annotated[str, StringConstraints(max_length=60, pattern=r"^[A-Za-z0-9_.\-]*$")]


class OrgChangeLine(Schema):
    """One change as the list shows it."""

    public_id: UUID
    kind: str
    state: str
    decision: str
    in_force_on: date
    subject: str
    made_by: str
    decided_by: str
    decided_at: datetime | None


class HeirShown(Schema):
    """A unit that inherits, with how many duties and who will head it."""

    code: str
    name: str
    is_new: bool
    is_old: bool
    head: str
    head_name: str
    duties: int


class SuccessionShown(Schema):
    """One line of the succession list, drafted or carried out; `how` says why its successor is proposed."""

    public_id: UUID
    title: str
    desk: str
    due_at: datetime | None
    to: str
    to_name: str
    how: str
    old_name: str
    done: bool


class Moved(Schema):
    """A division or a person, and the code of the successor that takes them over; empty while nobody has said."""

    code: str
    name: str
    to: str


class OrgChangeShown(Schema):
    """One change whole: the draft with what it would do, or what became of it. `edition` is its version."""

    row: OrgChangeLine
    reason: str
    plan: dict[str, Any]
    edition: int
    targets: list[HeirShown]
    divisions: list[Moved]
    people: list[Moved]
    unplaced: list[str] = Field(description="who has no place yet")
    candidates: list[str] = Field(description="sign-in names of who may be asked to head a successor")
    refusals: list[str] = Field(description="why it cannot be decided as it stands")
    lines: list[SuccessionShown]
    total: int
    unassigned: int
    next: str | None
    open_before: int | None
    open_after: int | None
    applied_at: datetime | None

    @staticmethod
    def resolve_plan(page: Any) -> dict[str, Any]:
        """Return the plan as it is given to draft or edit a change."""
        return dict(page.plan.to_json())

    @staticmethod
    def resolve_divisions(page: Any) -> list[dict[str, str]]:
        """Name the three parts of a division that moves."""
        return [{"code": code, "name": name, "to": to} for code, name, to in page.inner]

    @staticmethod
    def resolve_people(page: Any) -> list[dict[str, str]]:
        """Name the three parts of a person who moves."""
        return [{"code": code, "name": name, "to": to} for code, name, to in page.people]

    @staticmethod
    def resolve_unplaced(page: Any) -> list[str]:
        """Return the posts that have no place yet."""
        return [str(place.post) for place in page.unplaced]

    @staticmethod
    def resolve_candidates(page: Any) -> list[str]:
        """Return the sign-in names."""
        return [login for login, _ in page.candidates]

    @staticmethod
    def resolve_refusals(page: Any) -> list[str]:
        """Return the sentences."""
        return [fact.message for fact in page.refusals]

    @staticmethod
    def resolve_next(page: Any) -> str | None:
        """Return the key of the following lines."""
        key: str | None = page.next_key
        return key


class HeirGiven(Given):
    """A unit that inherits: one in force by its code alone, or a new one with its name and the sign-in name of its head."""

    code: Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9_.\-]+$")]
    name: Line = ""
    short_name: Line = ""
    fields: Line = Field("", description="subjects by which duties are proposed to it")
    head: Code = ""
    head_title: Line = ""


class Plan(Given):
    """One change as decided; units by their codes. What a kind does not need stays empty."""

    kind: Kind
    decision: Line
    in_force_on: Day
    reason: Text
    units: list[Code] = Field([], max_length=200, description="the units that change")
    successors: list[HeirGiven] = Field([], max_length=50)
    stays: bool = Field(False, description="the unit goes on after a part was split off")
    within: dict[str, Line] = Field({}, description="code of a division: code of the successor that takes it over")
    people: dict[str, Line] = Field({}, description="sign-in name: code of the successor")
    choices: dict[str, Line] = Field({}, description="public id of a duty: code of the successor")
    rest: Code = Field("", description="the successor of whatever nobody has chosen")
    name: Line = ""
    short_name: Line = ""
    post: Code = ""
    from_post: Code = ""
    officer: Code = ""
    title: Line = ""
    post_kind: Code = ""


class SuccessorsChosen(Given):
    """The successor of some duties, or of all that nobody has chosen yet."""

    to: Code
    duties: list[UUID] = Field([], max_length=2000)
    rest: bool = False
