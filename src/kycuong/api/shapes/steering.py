"""Chasing: whom to urge, letters, the signed paper back; accountability of heads; saved views and the board's other sides."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from kycuong.api.shapes.duties import DutyLine
from kycuong.api.shapes.plain import Day, Given, Line, Text

Step = Literal["reminder", "urging", "criticism", "explanation", "accountability"]
Signing = Literal["office", "deputy", "chairman"]


class TakenShown(Schema):
    """One step that was taken: when, and until when an answer was asked."""

    step: str
    on: date
    reply_on: date | None


class LetterLine(Schema):
    """A letter as the list shows it."""

    public_id: UUID
    unit_name: str
    step: str
    is_request: bool
    state: str
    code: str
    signed_on: date | None
    reply_on: date | None
    drafted_by: str
    drafted_at: datetime
    duties: int


class LetterItem(Schema):
    """A duty in a letter: its line, what became of it, what was done about it before, whether it is still to be urged."""

    row: DutyLine
    outcome: str
    taken: list[TakenShown]
    stands: bool


class Former(Schema):
    """A letter to the same unit before: its code and day."""

    code: str
    on: date


class LetterShown(Schema):
    """One letter; `items` are what it is about, `left` what has dropped out of it since it was drafted."""

    row: LetterLine
    unit_public_id: UUID
    unit_kind: str
    issuer: str
    signing: str
    signer: str
    reason: str
    items: list[LetterItem]
    left: list[LetterItem]
    file_id: UUID | None
    file_name: str
    ended_by: str
    ended_at: datetime | None
    replaces: UUID | None
    replaced_by: UUID | None
    explanation_id: UUID | None
    times: int
    former: list[Former]
    may_act: bool
    may_record: bool
    steps: list[str]

    @staticmethod
    def resolve_former(page: Any) -> list[dict[str, object]]:
        """Name the two halves of a former letter."""
        return [{"code": code, "on": on} for code, on in page.former]

    @staticmethod
    def resolve_steps(page: Any) -> list[str]:
        """Return the steps that may be chosen."""
        return [str(code) for code, _ in page.steps]


class ToChase(Schema):
    """One duty that may be urged: its line, what was done before, what comes next, the draft that already holds it."""

    row: DutyLine
    step: str
    letters: int
    reminders: int
    last: TakenShown | None
    waits: bool
    draft_id: UUID | None


class UnitToChase(Schema):
    """A unit with its duties that may be urged; `more` of them are not shown."""

    public_id: UUID
    name: str
    is_request: bool
    overdue: int
    near: int
    lines: list[ToChase]
    more: int


class WhomShown(Schema):
    """The units to urge, most late first, and the totals over all of them."""

    units: list[UnitToChase]
    overdue: int
    near: int
    next_page: int | None


class LetterToBe(Schema):
    """What would become one letter: a unit at one step, with its duties."""

    unit_public_id: UUID
    unit_name: str
    is_request: bool
    step: str
    lines: list[ToChase]


class ThresholdShown(Schema):
    """The threshold in force: so many late tasks in so many months, by which document."""

    times: int
    months: int
    document: str
    verified: bool


class HeadSignal(Schema):
    """A head to look at: since when the time counts, how many late tasks, the case that is open already."""

    unit_id: UUID
    unit_name: str
    head_name: str
    title: str
    since: date
    late: int
    case_id: UUID | None


class CaseLine(Schema):
    """A case as the list shows it."""

    public_id: UUID
    unit_name: str
    head_name: str
    state: str
    opened_at: datetime
    late: int


class CaseItem(Schema):
    """One late task of a case with what was found about its cause."""

    row: DutyLine
    cause: str
    marked_by: str


class CaseShown(Schema):
    """One case: its rows, the explanation, who agreed, what was decided; what the person may do."""

    row: CaseLine
    since: date
    times: int
    months: int
    items: list[CaseItem]
    counted: int
    explanation_id: UUID
    answer: str
    verdict: str
    office_by: str
    home_by: str
    code: str
    signed_on: date | None
    file_id: UUID | None
    note: str
    decision_id: UUID | None
    may_mark: bool
    may_agree_office: bool
    may_agree_home: bool


class LettersShown(Schema):
    """One page of letters, with how many stand in each state."""

    items: list[LetterLine]
    next: str | None
    counts: dict[str, int]


class LettersToBe(Schema):
    """What would be drafted; `gone` have ended, `in_draft` lie in another draft, and are left out."""

    letters: list[LetterToBe]
    gone: int
    in_draft: int


class DutiesChosen(Given):
    """Duties to be urged; with `units` everything of these units that is late."""

    duties: list[UUID] = Field([], max_length=500)
    units: list[UUID] = Field([], max_length=200)


class ChoiceGiven(Given):
    """Another step or signer than was proposed for the letter to a unit at a step; another step wants a reason."""

    unit: UUID
    proposed: Step
    step: Step
    reason: Text = ""
    signing: Signing | None = None


class Drafting(DutiesChosen):
    """The letters to draft, and by when an answer is asked."""

    choices: list[ChoiceGiven] = Field([], max_length=200)
    reply_on: Day | None = None


class DraftedShown(Schema):
    """What was done: letters, duties reminded at once, duties left out."""

    batch: UUID
    letters: list[UUID]
    reminded: int
    gone: int
    in_draft: int
    reminder_letters: int


class SignedGiven(Given):
    """Number, symbol, day and signer, where the signed paper does not say them itself."""

    number: Line = ""
    symbol: Line = ""
    signed_on: Day | None = None
    signer: Line = ""


class RecordedShown(Schema):
    """For how many duties the step counts, and how many had dropped out."""

    counted: int
    left: int


class Renewing(Given):
    """How a letter is drafted anew."""

    step: Step | None = None
    reason: Text = ""
    signing: Signing | None = None
    reply_on: Day | None = None


class HeadsShown(Schema):
    """Heads to look at by the threshold in force, and the newest cases."""

    rule: ThresholdShown
    signals: list[HeadSignal]
    cases: list[CaseLine]


class SignalRows(Schema):
    """One signal with the late tasks behind it."""

    signal: HeadSignal
    rows: list[DutyLine]


class ThresholdGiven(Given):
    """So many late tasks in so many months, by which document."""

    times: int = Field(ge=0, le=1000)
    months: int = Field(ge=0, le=1000)
    document: Line


class CauseGiven(Given):
    """What was found about the cause of one late task."""

    duty: UUID
    cause: Literal["", "objective", "own"]


class ReasonGiven(Given):
    """Why."""

    reason: Text


class DecidedGiven(Given):
    """What the Chairman decided on the joint submission."""

    conclusion: Text
    number: Line = ""
    symbol: Line = ""
    signed_on: Day | None = None
