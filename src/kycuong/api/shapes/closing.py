"""Targets with plan and actual; periods that are checked, contested and closed; signals about givers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from kycuong.api.shapes.plain import Amount, Day, Given, Line, Text
from kycuong.core.duties import State

Number = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[0-9][0-9.,]*$")]


class TargetLine(Schema):
    """A target: plan beside the latest actual value; gap is how much is missing, None while nobody has said a value."""

    public_id: UUID
    duty_id: UUID
    title: str
    document_id: UUID | None
    document_code: str
    unit_name: str
    name: str
    measure: str
    direction: str
    plan: Amount
    actual: Amount | None
    as_of: date | None
    gap: Amount | None
    reached: bool
    contested: bool
    dropped: bool


class ActualShown(Schema):
    """One value as it was said."""

    public_id: UUID
    value: Amount
    as_of: date
    source: str
    file_id: UUID | None
    file_name: str
    officer_name: str
    at: datetime
    slot: date | None
    corrected: bool


class TargetChange(Schema):
    """What was said about a target; open when it is a contest that nobody has answered."""

    public_id: UUID
    act: str
    side: str
    note: str
    officer_name: str
    at: datetime
    before: dict[str, str]
    after: dict[str, str]
    open: bool


class Occurrence(Schema):
    """A task of the series, and the day on which it falls."""

    id: UUID
    on: date


class TargetShown(Schema):
    """One target with the history of its values and of what was said about it."""

    row: TargetLine
    actuals: list[ActualShown]
    changes: list[TargetChange]
    occurrences: list[Occurrence]
    may_record: bool
    may_correct: bool
    may_contest: bool
    side: str

    @staticmethod
    def resolve_occurrences(page: Any) -> list[dict[str, object]]:
        """Name the two halves of an occurrence."""
        return [{"id": key, "on": on} for key, on in page.occurrences]


class TargetsShown(Schema):
    """One page of targets, with how many are reached, short and without a value."""

    items: list[TargetLine]
    next: str | None
    counts: dict[str, int]


class PeerShown(Schema):
    """One unit in its group: dated tasks in the denominator, those still open too."""

    unit_id: UUID
    name: str
    total: int
    dated: int
    on_time: int
    late: int
    overdue: int


class PeersShown(Schema):
    """Units of one kind and one size; one that would stand alone is compared with nobody."""

    kind: str
    size: int
    peers: list[PeerShown]
    median: float | None


class PeriodLine(Schema):
    """A period in the list."""

    public_id: UUID
    kind: str
    number: int
    year: int
    state: str
    contest_until: date
    closed_at: datetime | None


class PeriodUnit(Schema):
    """What a period counts for one unit; agreed is "agreed", "silent" (term over, nothing said), "contested" or "waiting"."""

    unit_id: UUID
    name: str
    kind: str
    counts: dict[str, int]
    total: int
    agreed: str
    contests: int
    fingerprint: str
    own: bool


class ContestShown(Schema):
    """A contest with its decision."""

    public_id: UUID
    duty_id: UUID
    title: str
    unit_name: str
    reason: str
    made_by: str
    made_at: datetime
    outcome: str
    answer: str
    decided_by: str
    may_decide: bool
    correctable: bool


class AdjustmentShown(Schema):
    """An act after the closing on a task that the closed figures count."""

    duty_id: UUID
    title: str
    at: datetime
    label: str
    actor_name: str
    state: State


class PeriodShown(Schema):
    """A period: who sees everything sees each unit, the others their own and the totals once it is closed."""

    line: PeriodLine
    since: date
    last: date
    limit_source: str
    fingerprint: str
    mark: int | None
    units: list[PeriodUnit]
    total: dict[str, int]
    contests: list[ContestShown]
    adjustments: list[AdjustmentShown]
    sees_all: bool
    may_close: bool
    term_runs: bool


class PeriodRow(Schema):
    """One task as the period counts it."""

    duty_id: UUID
    title: str
    document_code: str
    state: State
    late: int
    contest: ContestShown | None


class PeriodRows(Schema):
    """The rows behind the figures of one unit."""

    line: PeriodLine
    unit: PeriodUnit
    rows: list[PeriodRow]
    cut: bool
    may_contest: bool
    may_agree: bool


class SignalCount(Schema):
    """How often something that calls for a look was found, of how many."""

    code: str
    n: int
    of: int


class DaysSpread(Schema):
    """How long things lay on a desk, in working days: how many, in the middle, nine of ten at most, the longest."""

    n: int
    median: float
    p90: float
    longest: float


class DeskTime(Schema):
    """How long one kind of decision lay on the giver's own desk, in working days; waiting are still there."""

    code: str
    spread: DaysSpread | None
    waiting: int
    over: int


class UnitSignals(Schema):
    """The signals of one unit."""

    unit_id: UUID
    name: str
    signals: list[SignalCount]
    desks: list[DeskTime]


class SignalRow(Schema):
    """One row behind a number: a task or a document, with what was found."""

    duty_id: UUID | None
    document_id: UUID | None
    title: str
    days: float | None
    at: datetime


class SignalContest(Schema):
    """What a unit said of a signal, and the answer."""

    public_id: UUID
    unit_name: str
    code: str
    note: str
    made_by: str
    made_at: datetime
    answer: str
    answered_by: str
    may_answer: bool


class SignalsShown(Schema):
    """The signals of the units that the person may see, over some days."""

    since: date
    until: date
    units: list[UnitSignals]
    rows: list[SignalRow]
    chosen_unit: UUID | None
    chosen_code: str
    chosen_name: str
    cut: bool
    may_contest: bool
    contests: list[SignalContest]


class TargetGiven(Given):
    """A target as the giver's side sets it, and why."""

    name: Line
    plan: Number
    measure: Line = ""
    direction: Literal["at_least", "at_most"] = "at_least"
    note: Text


class ActualGiven(Given):
    """The value of a target as of a day; `corrects` is the value whose place it takes, `occurrence` a task of the series."""

    value: Number
    as_of: Day | None = None
    source: Line = ""
    occurrence: UUID | None = None
    corrects: UUID | None = None


class NoteGiven(Given):
    """What one says, with reason."""

    note: Text


class PeriodGiven(Given):
    """Which period: a month, quarter, half of a year by its number, or a year (number 1)."""

    kind: Literal["month", "quarter", "half", "year"]
    year: int = Field(ge=2000, le=2999)
    number: int = Field(1, ge=1, le=12)


class ContestGiven(Given):
    """Which row of one's unit is wrong, and why."""

    duty: UUID
    reason: Text


class ContestDecided(Given):
    """What the giver's side decides; a corrected row also says its due day."""

    outcome: Literal["corrected", "excluded", "refused"]
    note: Text
    due_on: Day | None = None


class SignalGiven(Given):
    """Why a signal about one's unit needs no look, or how it came about."""

    unit: UUID
    code: Line
    note: Text
    since: Day | None = None
    until: Day | None = None


class Fingerprint(Schema):
    """The hash of the figures that were closed."""

    fingerprint: str
