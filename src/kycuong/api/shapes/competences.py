"""The registry of competence: rows, answers, what is given to write one."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from ninja import Schema

from kycuong.api.shapes.plain import Day, Given, Line


class CompetenceShown(Schema):
    """One row: who decides a matter, where, over and up to which amount in đồng; `valid_until` is excluded."""

    public_id: UUID
    code: str
    matter: str
    matter_name: str
    level: str
    kind: str
    holder: str
    place: str
    above_vnd: int | None
    ceiling_vnd: int | None
    may_pass_on: bool
    basis: str
    valid_from: date
    valid_until: date | None
    source_code: str | None


class HolderShown(Schema):
    """One who is competent, who sat there that day, and the rows from the one by law down to it."""

    entry: CompetenceShown
    officer: str
    chain: list[CompetenceShown]


class MissShown(Schema):
    """A near row and why it does not answer."""

    entry: CompetenceShown
    why: str


class SigningShown(Schema):
    """Whether a post may sign, in a sentence, with the rows on which that rests."""

    allowed: bool
    code: str
    said: str
    rests_on: list[CompetenceShown]


class AnswerShown(Schema):
    """Who is competent; `doubtful` when two hold the same thing, `perhaps` the matters that the words may mean."""

    matter: str
    on: date
    doubtful: bool
    holders: list[HolderShown]
    misses: list[MissShown]
    perhaps: list[str]
    signing: SigningShown | None


class VersionShown(Schema):
    """One content of a row with who wrote it and why it ended."""

    entry: CompetenceShown
    made_by: str
    ended_by: str
    end_basis: str


class CompetenceRowShown(Schema):
    """A row with its chain, what was passed on from it, and its contents over time."""

    entry: CompetenceShown
    state: str
    chain: list[CompetenceShown]
    passed_on: list[CompetenceShown]
    versions: list[VersionShown]
    falls: int


class CompetenceGiven(Given):
    """A row to be written: `holder` is post:CODE, unit:CODE, everywhere:communes or everywhere:heads, else `central` is named."""

    code: Line = ""
    matter: Line
    holder: Line = ""
    central: Line = ""
    place: Line = ""
    above: Line = ""
    ceiling: Line = ""
    kind: Literal["own", "devolved", "delegated"] = "own"
    source: UUID | None = None
    may_pass_on: bool = False
    basis: Line
    valid_from: Day
    valid_until: Day | None = None


class CompetenceEnded(Given):
    """From which day a row ends, on what basis; the day on which it began says that it was a mistake."""

    on: Day
    basis: Line


class MatterGiven(Given):
    """A matter: its code says where it lies, `words` are what people call it."""

    code: Line
    name: Line
    words: list[Line] = []


class MatterShown(Schema):
    """A matter of the registry."""

    code: str
    name: str
    words: list[str]
