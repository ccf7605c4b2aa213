"""What an authority decides about time: working days, office hours, limits, ladders of reminding; and the mails that went out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from kycuong.api.shapes.plain import Day, Given, Line, Text

Spans = list[list[int]]
Condition = Literal["not_read", "not_started", "near", "due", "overdue", "not_confirmed", "not_decided"]
Step = Annotated[int, Field(ge=1, le=9)]
Hearer = Literal["desk", "division_head", "unit_head", "follower", "office_head", "giver"]


class DayShown(Schema):
    """What a day is by decision."""

    on: date
    working: bool
    name: str
    basis: str
    verified: bool


class DayChanged(Schema):
    """One day of a change: what it was and what it became; null stands for the weekly rhythm."""

    on: date
    before: DayShown | None
    after: DayShown | None


class CalendarChangeLine(Schema):
    """One change of the calendar; office hours are spans in minutes of the day."""

    public_id: UUID
    version: int
    kind: str
    number: str
    decided_on: date
    issuer: str
    reason: str
    correction: bool
    unit_name: str
    hours_before: Spans | None
    hours_after: Spans | None
    days: list[DayChanged]
    officer_name: str
    at: datetime
    done_at: datetime | None
    due_moved: int
    due_kept: int
    rungs_moved: int
    reverses: str
    reversed_by: str


class MoveShown(Schema):
    """One due date that moves or stays; key and title only of duties that the caller sees."""

    public_id: UUID | None
    title: str
    document_code: str
    unit_name: str
    kind: str
    due_from: datetime
    due_to: datetime
    last_from: date
    last_to: date
    kept: bool


class UnitMoves(Schema):
    """How many due dates and reminders of a unit move or stay."""

    public_id: UUID
    name: str
    moved: int
    kept: int
    rungs: int


class CalendarPreview(Schema):
    """What a change would do, under the version that it would follow: send it back as If-Match."""

    version: int
    looked_at: int
    moved: int
    kept: int
    rungs: int
    fixed: int
    units: list[UnitMoves]
    rows: list[MoveShown]
    next_key: str | None


class CalendarChangeShown(Schema):
    """One change with a page of the due dates that it moved."""

    row: CalendarChangeLine
    rows: list[MoveShown]
    next_key: str | None


class HoursShown(Schema):
    """A unit with office hours of its own, in minutes of the day, and the paper that gave them."""

    public_id: UUID
    name: str
    spans: Spans
    basis: str


class DecisionGiven(Given):
    """The paper that decides."""

    number: Line
    decided_on: Day
    issuer: Line


class DaysGiven(DecisionGiven):
    """Days off and days worked in their place; a correction of record touches past days only and moves no due date."""

    off: list[Day] = Field([], max_length=60)
    working: list[Day] = Field([], max_length=60)
    name: Annotated[str, StringConstraints(max_length=120)] = ""
    correction: bool = False


class DaysChanging(DaysGiven):
    """The change with its reason."""

    reason: Text


class HoursGiven(DecisionGiven):
    """The office hours of a unit, such as “07:30-11:30, 13:30-17:00”; empty for those of the unit above."""

    unit: UUID
    hours: Line


class HoursChanging(HoursGiven):
    """The change with its reason."""

    reason: Text


class Reversing(DecisionGiven):
    """The paper that takes a change back, and why."""

    reason: Text


class LimitRow(Schema):
    """One row of a limit: how long, from when until when, by which document, whether that was verified."""

    quantity: int
    document: str
    article: str
    in_force_from: date
    in_force_until: date | None
    verified: bool
    number: str
    decided_on: date | None
    reason: str
    officer_name: str
    in_force: bool


class LimitShown(Schema):
    """A limit that the authority decides, with its rows, the latest first."""

    code: str
    label: str
    meaning: str
    quantity: int
    rows: list[LimitRow]


class LimitChanging(DecisionGiven):
    """Another quantity for a limit from a day on."""

    code: Line
    quantity: int = Field(ge=0, le=10_000)
    article: Line = ""
    in_force_from: Day
    reason: Text


class ConsultingLine(Schema):
    """A rule of consulting from a day on; days are working days, `kinds` those of units that silence binds."""

    silence: str
    least_days: int
    usual_days: int
    most_days: int
    return_days: int
    kinds: list[str]
    document: str
    article: str
    in_force_from: date
    in_force_until: date | None
    verified: bool
    number: str
    reason: str
    officer_name: str
    in_force: bool
    casting: bool = Field(True, description="Of slips: where votes are equal the Chairman's side counts.")


class ConsultingRule(Schema):
    """A rule of consulting with its rows, the latest first."""

    code: str
    name: str
    now: ConsultingLine
    rows: list[ConsultingLine]


class ConsultingRuling(DecisionGiven):
    """What a rule of consulting is to say from a day on: consent, liability or written; whom silence binds; terms."""

    code: Line
    silence: Literal["consent", "liability", "written"]
    least_days: int = Field(ge=0, le=10_000)
    usual_days: int = Field(ge=0, le=10_000)
    most_days: int = Field(ge=0, le=10_000)
    return_days: int = Field(1, ge=0, le=10_000)
    kinds: list[Line] = Field([], max_length=10)
    casting: bool = Field(True, description="Of slips: where votes are equal the Chairman's side counts.")
    article: Line = ""
    in_force_from: Day
    reason: Text


class SilencesAnew(Schema):
    """So many silences, what they came to and what they would come to."""

    before: str
    after: str
    count: int


class ConsultingPreview(Schema):
    """What another rule would change, what stays as it was asked, and the silences of the last months anew."""

    changes: list[tuple[str, str, str]]
    still_open: int
    days_back: int
    silences: list[SilencesAnew]


class RungShown(Schema):
    """One rung: so many working days after the condition began, and who hears; `is_active` false for a silent one."""

    condition: str
    step: int
    working_days: int
    hearers: list[str]
    is_active: bool
    decision: str
    reason: str
    verified: bool
    changed_by: str
    from_at: datetime | None

    @staticmethod
    def resolve_condition(row: Any) -> str:
        """Return of what it reminds."""
        return str(row.rung.condition)

    @staticmethod
    def resolve_step(row: Any) -> int:
        """Return which step it is."""
        return int(row.rung.step)

    @staticmethod
    def resolve_working_days(row: Any) -> int:
        """Return after how many working days."""
        return int(row.rung.working_days)

    @staticmethod
    def resolve_hearers(row: Any) -> list[str]:
        """Return who hears."""
        return [str(one) for one in row.rung.hearers]


class LadderShown(Schema):
    """The rungs of one condition, and the step that may still be added."""

    condition: str
    rows: list[RungShown]
    next_step: int | None


class RungChanging(Given):
    """A rung as it is to be from now on, by which decision and why."""

    working_days: int = Field(ge=0, le=1000)
    hearers: list[Hearer] = Field(max_length=6)
    is_active: bool = True
    decision: Line
    reason: Text


class ToldShown(Schema):
    """One thing that a person would hear: which rung of which duty, and as what the person hears it."""

    duty_id: UUID
    title: str
    unit_name: str
    document_code: str
    rung: str
    hearer: str

    @staticmethod
    def resolve_rung(told: Any) -> str:
        """Return the code of the rung."""
        return str(told.rung.code)


class PersonTold(Schema):
    """All that one person would hear."""

    name: str
    login: str
    told: list[ToldShown]


class RemindersShown(Schema):
    """Who would hear what on a day; `working` false on a day off, `cut` when only the first duties were looked at."""

    on: date
    working: bool
    people: list[PersonTold]
    cut: bool
