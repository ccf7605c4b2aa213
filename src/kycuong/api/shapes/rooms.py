"""Batches and scans, covers, themes, the audit table."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from kycuong.api.shapes.plain import Day, Given, Line, Text


class BatchLine(Schema):
    """A batch of papers on their way in."""

    public_id: UUID
    name: str
    at: datetime
    officer_name: str
    state: str
    total: int
    waiting: int


class ItemShown(Schema):
    """One file of a batch, and what became of it."""

    name: str
    size: int
    state: str
    code: str
    said: str
    document_id: UUID | None
    document_name: str


class BatchShown(Schema):
    """A batch with a page of its files."""

    batch: BatchLine
    counts: dict[str, int]
    items: list[ItemShown]
    next: str | None


class ScanShown(Schema):
    """How far the reading of a scan is."""

    state: str
    pages: int
    pages_done: int
    pages_failed: int
    code: str
    said: str
    may_act: bool
    typed: bool


class Typed(Given):
    """The orders of a scan as somebody typed them."""

    text: Text


class CoverShown(Schema):
    """One desk handed to a substitute for some days."""

    public_id: UUID
    officer_name: str
    title: str
    unit_name: str
    substitute_name: str
    substitute_title: str
    first: date
    last: date
    reason: str


class CoverDesk(Schema):
    """A desk for which the caller may arrange a cover, or who may cover it."""

    post_id: int
    officer_name: str
    title: str
    unit_name: str


class CoversShown(Schema):
    """The covers that concern the caller, the desks to arrange one for, and whom to choose for one of them."""

    rows: list[CoverShown]
    desks: list[CoverDesk]
    substitutes: list[CoverDesk]


class CoverGiven(Given):
    """Which desk is handed to whom, from the first day to the last."""

    post: int = Field(ge=1, le=2**31 - 1)
    substitute: int = Field(ge=1, le=2**31 - 1)
    first: Day
    last: Day
    reason: Line = ""


class ThemeShown(Schema):
    """A theme, with how many documents and tasks of it the caller sees."""

    public_id: UUID
    kind: str
    year: int | None
    name: str
    ended: bool
    documents: int
    tasks: int | None = Field(description="null for a token without duty:read")
    overdue: int | None = Field(description="null for a token without duty:read")


class ThemesGiven(Given):
    """The themes to which a document belongs from now on."""

    themes: list[UUID] = Field(max_length=50)


class EntryShown(Schema):
    """One line of the audit table, with its leaf hash."""

    at: datetime
    actor_name: str
    act: str
    label: str
    subject: str
    data: dict[str, object]
    leaf: str
