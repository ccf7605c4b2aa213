"""Reports: collections, one report with its text and figures, the proof of what was sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from kycuong.api.shapes.plain import Given, Line, Text


class CollectionLine(Schema):
    """One collection in the list: what is asked, by when, how many owe it and how many have sent."""

    key: UUID
    slot: date
    document_code: str
    document_type: str
    document_id: UUID
    subject: str
    clause: str
    due_at: datetime
    units: int
    sent: int


class DueShown(Schema):
    """By when a collection is due: working days left, or late; the last day."""

    due_at: datetime
    last_on: date
    left: int | None
    late: int


class FigureChecked(Schema):
    """One number of an edition run again: what was printed, what comes out now, whether its kept proof still holds."""

    code: str
    name: str
    printed: str
    again: str
    fingerprint: str
    same: bool
    kept: bool


class AimShown(Schema):
    """A target of the duty that the number counts, as it stood; numbers as people write them, empty while none was said."""

    key: UUID
    name: str
    measure: str
    direction: str
    plan: str
    actual: str
    gap: str
    as_of: str
    state: str = Field(description="reached, short or none")


class RowShown(Schema):
    """One duty behind a number, as it stood; the title only for who may read the duty."""

    duty: UUID
    title: str
    visible: bool
    unit: str
    state: str
    late: int
    weight: int
    targets: list[AimShown]


class RowsShown(Schema):
    """The duties that a number counts."""

    code: str
    name: str
    sentence: str
    basis: str
    printed: str
    fingerprint: str
    total: int
    rows: list[RowShown]
    next_key: str | None


class WhyShown(Schema):
    """One act that moved a duty: when, what, by whom (for who may read the duty), and whether it set something right."""

    at: datetime
    label: str
    actor: str
    corrects: bool


class FigureMove(Schema):
    """One duty that counts otherwise: which one, how it stood and stands, in which figures, and why."""

    duty: UUID
    title: str
    visible: bool
    was: str
    now: str
    figures: list[str]
    why: list[WhyShown]
    targets: list[tuple[str, str, str]] = Field(description="targets that say another number: name, then, now")


class CollectionInList(Schema):
    """One collection in the list: by when, how many are missing."""

    line: CollectionLine
    due: DueShown
    missing: int


class PartShown(Schema):
    """One unit of a collection, and where its report stands."""

    unit_id: UUID
    unit_name: str
    group: str
    duty_id: UUID
    state: str
    sent_at: datetime | None
    edition_id: UUID | None
    chased_at: datetime | None
    chased: int
    inherited: list[str] = Field(description="units that it takes the place of and that owed the same report")

    @staticmethod
    def resolve_unit_id(line: Any) -> UUID:
        """Return the unit."""
        found: UUID = line.unit.public_id
        return found

    @staticmethod
    def resolve_unit_name(line: Any) -> str:
        """Return its name."""
        return str(line.unit.name)

    @staticmethod
    def resolve_duty_id(line: Any) -> UUID:
        """Return the duty that the report answers."""
        found: UUID = line.own.duty.public_id
        return found

    @staticmethod
    def resolve_sent_at(line: Any) -> datetime | None:
        """Return when it went out."""
        found: datetime | None = line.own.sent_at
        return found

    @staticmethod
    def resolve_edition_id(line: Any) -> UUID | None:
        """Return the edition that was sent."""
        return line.own.edition.public_id if line.own.edition else None

    @staticmethod
    def resolve_inherited(line: Any) -> list[str]:
        """Return the names of the units before."""
        return [name for name, _ in line.before]


class CollectionShown(Schema):
    """One collection: what is asked, of whom, what came. Who does not oversee it sees the own units."""

    key: UUID
    slot: date
    name: str
    document_id: UUID
    clause: str
    collector_id: UUID | None
    collector_name: str
    due: DueShown | None
    lines: list[PartShown]
    counts: dict[str, int]
    sent: int
    late: int
    issued: UUID | None = Field(description="the edition of the synthesis that was sent")
    merged: UUID | None = Field(description="the newest edition of the synthesis")
    may_chase: bool
    may_merge: bool
    sees_all: bool

    @staticmethod
    def resolve_key(page: Any) -> UUID:
        """Return the key of the collection."""
        found: UUID = page.asked.key
        return found

    @staticmethod
    def resolve_slot(page: Any) -> date:
        """Return its slot."""
        found: date = page.asked.slot
        return found

    @staticmethod
    def resolve_document_id(page: Any) -> UUID:
        """Return the document that asks."""
        found: UUID = page.asked.document.public_id
        return found

    @staticmethod
    def resolve_clause(page: Any) -> str:
        """Return the words that ask."""
        return str(page.asked.clause)

    @staticmethod
    def resolve_collector_id(page: Any) -> UUID | None:
        """Return who collects."""
        return page.asked.collector.public_id if page.asked.collector else None

    @staticmethod
    def resolve_collector_name(page: Any) -> str:
        """Return the name of who collects."""
        return page.asked.collector.name if page.asked.collector else ""

    @staticmethod
    def resolve_issued(page: Any) -> UUID | None:
        """Return the edition that went out."""
        return page.issued.public_id if page.issued else None

    @staticmethod
    def resolve_merged(page: Any) -> UUID | None:
        """Return the newest edition."""
        return page.merged.public_id if page.merged else None


class EditionLine(Schema):
    """One state of a report with its numbers frozen."""

    public_id: UUID
    no: int
    made_at: datetime
    made_by: str
    watermark: int
    fingerprint: str
    sent_at: datetime | None

    @staticmethod
    def resolve_made_by(edition: Any) -> str:
        """Return who froze it."""
        return str(edition.made_by.full_name)


class ReportShown(Schema):
    """One report: its head and blocks, live or as frozen. `seq` is the version of its text, `act_seq` of its duty."""

    unit_id: UUID
    unit_name: str
    name: str
    state: str
    due: DueShown | None
    head: dict[str, str]
    blocks: list[dict[str, Any]] = Field(
        description="headings, facts with the codes of their figures, tables, charts, texts"
    )
    frozen: bool
    edition_id: UUID | None
    editions: list[EditionLine]
    seq: int
    act_seq: int | None
    collects: bool
    may_write: bool
    may_submit: bool
    may_send: bool
    may_receive: bool

    @staticmethod
    def resolve_unit_id(page: Any) -> UUID:
        """Return the unit."""
        found: UUID = page.unit.public_id
        return found

    @staticmethod
    def resolve_unit_name(page: Any) -> str:
        """Return its name."""
        return str(page.unit.name)

    @staticmethod
    def resolve_state(page: Any) -> str:
        """Return where the report stands."""
        return page.line.state if page.line else ""

    @staticmethod
    def resolve_edition_id(page: Any) -> UUID | None:
        """Return the edition that is shown."""
        return page.edition.public_id if page.edition else None

    @staticmethod
    def resolve_seq(page: Any) -> int:
        """Return the version of the text."""
        return page.report.seq if page.report else 0


class TextsGiven(Given):
    """Text by section: `chung`, `kho-khan`, `thoi-gian-toi`, `khac`, or the id of an order; what is left out stays."""

    texts: dict[Line, Text]


class UnitsChosen(Given):
    """Which units are asked; none for all that are missing."""

    units: list[UUID] = Field([], max_length=500)
    note: Line = ""


class NoteAlong(Given):
    """A note for whoever signs or receives."""

    note: Text = ""


class LineOf(Schema):
    """One duty as it was counted."""

    state: str
    unit: str
    late: int


class DifferenceShown(Schema):
    """A duty that counts otherwise than was frozen; null where it was not there, or is there no more."""

    duty: UUID
    was: LineOf | None
    now: LineOf | None


class CheckShown(Schema):
    """An edition run again; `kept`: nobody changed what was frozen; `same`: the ledger still says it at that watermark."""

    edition: UUID
    no: int
    as_of: datetime
    watermark: int
    sealed: int | None
    fingerprint: str
    since: date
    kept: bool
    same: bool
    figures: list[FigureChecked]
    differences: list[DifferenceShown]


class NumberToday(Schema):
    """A number as it was printed and as it would read today."""

    code: str
    name: str
    printed: str
    today: str


class TodayShown(Schema):
    """How the numbers of an edition would read today, and which duties moved them."""

    rows: list[NumberToday]
    moves: list[FigureMove]

    @staticmethod
    def resolve_rows(found: Any) -> list[dict[str, str]]:
        """Name the four parts of a number."""
        return [dict(zip(("code", "name", "printed", "today"), row, strict=True)) for row in found.rows]
