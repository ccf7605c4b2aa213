"""Units, posts and officers; the working calendar; what is found and told; files and exports."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from kycuong.api.shapes.duties import DutyLine
from kycuong.api.shapes.plain import Day, Given, Moment


class UnitLine(Schema):
    """A unit in the list, with its head of the day."""

    public_id: UUID
    name: str
    short_name: str
    above: str
    head_name: str
    head_title: str
    divisions: int


class UnitGroup(Schema):
    """The units of one kind."""

    kind: str
    label: str
    rows: list[UnitLine]


class SeatShown(Schema):
    """A post and who holds it on the day; a vacant one has no officer."""

    post_id: int
    code: str
    title: str
    unit_name: str
    officer_name: str


class PlaceShown(Schema):
    """A division with its posts."""

    public_id: UUID
    name: str
    seats: list[SeatShown]


class UnitShown(Schema):
    """One unit with its posts, its divisions and the units below it."""

    public_id: UUID
    code: str
    name: str
    kind: str
    kind_label: str
    relation_label: str
    above: str
    above_id: UUID | None
    valid_from: date
    last_day: date | None
    seats: list[SeatShown]
    divisions: list[PlaceShown]
    below: list[UnitLine]
    other_names: list[str]
    open_count: int | None


class Chargeable(Schema):
    """Whom an order or a task can charge: a unit or a group of units; `value` goes into the field of a form."""

    value: str
    label: str


class DayAsked(Schema):
    """Whether a day is worked."""

    on: date
    working: bool
    next_working: date
    calendar: str


class DayMarked(Schema):
    """A day off, or one made up for it, with the document that decided it."""

    on: date
    working: bool
    name: str
    basis: str


class DueAsked(Given):
    """A limit from a moment, or a fixed day; exactly one of `limit`, `by` and `before`."""

    limit: str | None = Field(None, max_length=80, description="such as “5 ngày làm việc”")
    from_at: Moment | None = None
    by: Day | None = None
    before: Day | None = None
    unit: UUID | None = Field(None, description="whose office hours count")


class DueFound(Schema):
    """When it ends, and every step of the way. `due` is the first moment that is too late."""

    due: datetime
    last_day: date
    explanation: list[str]
    calendar: str


class HitShown(Schema):
    """One result of a search; `passage` marks what was found between « and »."""

    kind: Literal["document", "order", "task"]
    public_id: UUID
    title: str
    passage: str
    code: str
    doc_type: str
    issuer: str
    issued_on: date | None
    state: str
    path: str
    order_id: UUID | None
    row: DutyLine | None

    @staticmethod
    def resolve_title(hit: object) -> str:
        """Return the title without marks."""
        return "".join(text for text, _ in getattr(hit, "title", ()))

    @staticmethod
    def resolve_passage(hit: object) -> str:
        """Return the passage with what was found marked."""
        return "".join(f"«{text}»" if found else text for text, found in getattr(hit, "passage", ()))


class Found(Schema):
    """What a search found; `counts` says of each kind how many, up to one more than a page holds."""

    items: list[HitShown]
    next: str | None
    counts: dict[str, int]
    meant: str = Field(description="other words that find something, when these find nothing")


class AlsoTold(Schema):
    """A further duty of which a notice tells."""

    duty_id: UUID
    title: str
    unit_name: str


class NoticeShown(Schema):
    """One notice: what happened to which duty, which period is to be checked, or which sign arose about which unit.

    Of several files looked at in one round one notice tells: `others` are the further duties.
    """

    id: int
    at: datetime
    topic: str
    label: str
    duty_id: UUID | None
    period_id: UUID | None
    unit_id: UUID | None
    sign: str
    duty_title: str
    document_code: str
    unit_name: str
    unread: bool
    others: list[AlsoTold]


class ExportShown(Schema):
    """One complete export."""

    public_id: UUID
    state: str
    state_label: str
    officer_name: str
    at: datetime
    rows: int
    tables: int
    files: int
    size: int
    sha256: str
    said: str


class ExportAsked(Given):
    """In which form the complete export is wanted."""

    form: Literal["jsonl", "csv"] = "jsonl"


class Myself(Schema):
    """Who the caller is: the person, the posts of the day, and what the token may do."""

    login: str
    full_name: str
    posts: list[str]
    rights: list[str]
    by_token: bool
