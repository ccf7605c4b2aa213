"""Documents as other systems read, register, review and issue them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from kycuong.api.shapes.duties import DutyLine, StateCount
from kycuong.api.shapes.plain import Day, Given, Line, Text

#: In which register a document stands.
Side = Literal["incoming", "outgoing"]
DocumentStates = Literal["reading", "triage", "review", "for_info", "issued", "erased"]


class DocumentLine(Schema):
    """A document as a line of the register, with the numbers of orders and of the tasks that the caller sees."""

    public_id: UUID
    code: str
    doc_type: str
    issuer: str
    issued_on: date | None
    subject: str
    side: Side
    arrival_no: int | None
    arrived_on: date | None
    state: str
    orders: int
    tasks: int | None = Field(description="null for a token without duty:read")
    overdue: int | None = Field(description="null for a token without duty:read")
    is_line: bool
    higher_level: bool
    registered_at: datetime

    @staticmethod
    def resolve_side(row: object) -> str:
        """Return in which register it stands."""
        return str(getattr(row, "register", "incoming"))


class PartyShown(Schema):
    """Who an order charges; `value` is what a correction gives back."""

    value: str
    printed: str
    unit_name: str | None
    group: str | None
    count: int
    confidence: float


class Doubt(Schema):
    """Where the reader is not sure, and what it asks of the reviewer."""

    code: str
    asks: str


class OrderShown(Schema):
    """One order of a document with the span of the text that it comes from."""

    no: int
    public_id: UUID
    path: str
    text: str
    start: int
    end: int
    kind: str
    leads: list[PartyShown]
    participants: list[PartyShown]
    deadline_text: str
    deadline_kind: str
    deadline_date: date | None
    rrule: str
    bound: str
    product: str
    channel: str
    targets: list[str]
    confidence: float
    doubts: list[Doubt]
    status: str
    drop_reason: str
    is_key: bool

    @staticmethod
    def resolve_doubts(order: object) -> list[dict[str, str]]:
        """Name the two halves of a doubt."""
        return [{"code": code, "asks": asks} for code, asks in getattr(order, "doubts", [])]


class PointShown(Schema):
    """One order with the tasks it opened that the caller sees; `tasks` are the first of them, `total` counts all.

    A token without duty:read sees the order alone.
    """

    order: OrderShown | None
    title: str
    tasks: list[DutyLine]
    counts: list[StateCount]
    total: int | None

    @staticmethod
    def resolve_counts(point: object) -> list[dict[str, object]]:
        """Return counts by state as a list."""
        return [{"state": state, "count": count} for state, count in getattr(point, "counts", {}).items()]


class FileShown(Schema):
    """A file kept with a document; `signed` is the verdict on the digital signatures of a PDF, empty for another file."""

    public_id: UUID
    name: str
    size: int
    sha256: str
    signed: str


class SignatureShown(Schema):
    """One digital signature of a PDF as the last look found it; `kind` is signature, or timestamp of the whole document."""

    verdict: str
    reason: str
    kind: str
    signer: str
    organisation: str
    serial: str
    issuer: str
    valid_from: datetime | None
    valid_until: datetime | None
    claimed_at: datetime | None
    stamped_at: datetime | None
    stamp: str
    coverage: str
    changes: str
    revocation: str
    algorithm: str
    chain: list[str]


class SignaturesShown(Schema):
    """What was found of the signatures of a file: waiting, valid, untrusted, invalid, unsigned, unreadable; empty for no PDF."""

    sha256: str
    verdict: str
    reason: str
    known_at: datetime | None
    checked_at: datetime | None
    signatures: list[SignatureShown]


class LinkShown(Schema):
    """A link to another document."""

    kind: str
    label: str
    outward: bool
    other: DocumentLine


class DocumentShown(Schema):
    """A document with its points and how each task stands."""

    document: DocumentLine
    giver: str
    follower: str
    confirmer: str
    addressees: list[str]
    cites: list[str]
    points: list[PointShown]
    counts: list[StateCount]
    files: list[FileShown]
    links: list[LinkShown]
    may_review: bool

    @staticmethod
    def resolve_counts(page: object) -> list[dict[str, object]]:
        """Return counts by state as a list."""
        return [{"state": state, "count": count} for state, count in getattr(page, "counts", {}).items()]


class HeaderShown(Schema):
    """One field of the document's head as read, and where it stands in the text."""

    name: str
    label: str
    value: str
    start: int | None
    end: int | None
    confidence: float


class Choice(Schema):
    """A post to choose."""

    post: int
    label: str


class ReviewShown(Schema):
    """The review of a document: what was read, what is doubtful, what issuing would open."""

    document: DocumentLine
    header: list[HeaderShown]
    addressees: list[str]
    cites: list[str]
    text: str
    orders: list[OrderShown]
    doubtful: int
    tasks_to_open: int
    units_charged: int
    giver: int | None
    giver_choices: list[Choice]
    follower: int | None
    follower_choices: list[Choice]
    files: list[FileShown]
    undoable: int
    report_needed: bool

    @staticmethod
    def resolve_giver_choices(page: object) -> list[dict[str, object]]:
        """Name the two halves of a choice."""
        return [{"post": post, "label": label} for post, label in getattr(page, "giver_choices", [])]

    @staticmethod
    def resolve_follower_choices(page: object) -> list[dict[str, object]]:
        """Name the two halves of a choice."""
        return [{"post": post, "label": label} for post, label in getattr(page, "follower_choices", [])]


class SentenceShown(Schema):
    """One sentence of a document: what it is, who owns it, or why nobody does."""

    no: int
    start: int
    end: int
    text: str
    klass: str
    orphaned: str
    owners: list[str]
    more_owners: int
    tasks: int | None = Field(description="null for a token without duty:read")


class CoverageShown(Schema):
    """Which demands of a document somebody owns."""

    sentences: int
    orders: int
    demands: int
    owned: int
    owned_pct: int
    orphans: int
    items: list[SentenceShown]
    next: str | None


class SideGiven(Given):
    """In which register the papers are taken in."""

    side: Side = "incoming"


class Registering(Given):
    """What goes with a paper that is registered."""

    side: Side = "incoming"
    arrival_no: int | None = Field(None, ge=1, le=999_999)
    arrived_on: Day | None = None


class ByHand(Registering):
    """A paper that cannot be read, with its head as typed; `declared` says that it holds no state secret."""

    subject: Line
    declared: bool
    content: Text = ""
    number: Line = ""
    symbol: Line = ""
    doc_type: Line = ""
    issuer: Line = ""
    issued_on: Day | None = None
    signer: Line = ""


class LineGiven(Given):
    """One typed instruction; its covering document may follow."""

    text: Text


class Triage(Given):
    """Whether the document assigns work or is for information."""

    has_orders: bool


class Roles(Given):
    """Who gives the order and who follows it, by the posts of the review."""

    giver_post: int = Field(ge=1, le=2**31 - 1)
    follower_post: int | None = Field(None, ge=1, le=2**31 - 1)


class HeaderGiven(Given):
    """Fields of the head that were read wrongly; what is left out stays."""

    number: Line | None = None
    symbol: Line | None = None
    doc_type: Line | None = None
    issuer: Line | None = None
    issued_on: Day | None = None
    signer: Line | None = None
    subject: Line | None = None


class SpanGiven(Given):
    """A passage of the text, by its first character and the one after its last."""

    start: int = Field(ge=0, le=10_000_000)
    end: int = Field(ge=1, le=10_000_000)


class OrderGiven(Given):
    """An order as corrected; leads and participants by their `value` in the review, or a unit's `ref`."""

    kind: Literal["dated", "periodic", "standing", "prohibition"]
    leads: list[Line] = Field(max_length=500)
    participants: list[Line] = Field([], max_length=500)
    deadline_on: Day | None = None
    bound: Literal["by", "before"] = "by"
    deadline_text: Line = ""
    rrule: Line = ""
    product: Line = ""
    channel: Line = ""
    is_key: bool = False


class Splitting(Given):
    """Where the order is cut, counted from the beginning of the text."""

    offset: int = Field(ge=0, le=10_000_000)


class Merging(Given):
    """The order before it, to which this one is joined."""

    first: UUID


class Dropping(Given):
    """Why the passage assigns nothing."""

    reason: Line


class Linking(Given):
    """Another document of the register, and how this one is related to it."""

    other: UUID
    kind: Literal["implements", "replaces", "cites"]
