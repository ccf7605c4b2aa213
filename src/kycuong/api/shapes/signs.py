"""Shapes of signs: numbers by unit in groups of like units, and the cases behind them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema

from kycuong.api.shapes.closing import DaysSpread
from kycuong.api.shapes.plain import Day, Given, Text
from kycuong.core.signs import Code, Standing


class SignCount(Schema):
    """How many cases of one sign count, of how many; what is explained, set aside, still the unit's alone."""

    code: Code
    n: int
    of: int
    share: float | None
    contested: int
    aside: int
    fresh: int


class UnitSigns(Schema):
    """The signs of one unit, and how long it took to find who is competent, in working days."""

    unit_id: UUID
    name: str
    kind: str
    tasks: int
    counts: list[SignCount]
    search_days: DaysSpread | None


class SignGroup(Schema):
    """Units of one kind and size, with the median share of each sign; null where too few can be compared."""

    kind: str
    size: int
    units: list[UnitSigns]
    medians: dict[Code, float | None]


class SignSaid(Schema):
    """What a unit said of a case, and what was decided."""

    contest_id: UUID
    in_time: bool
    note: str
    file_id: UUID | None
    made_by: str
    made_at: datetime
    answer: str
    decided_by: str
    decided_at: datetime | None


class SignCase(Schema):
    """One case of a sign: what it is about, where it stands, what may be done."""

    code: Code
    unit_id: UUID
    unit_name: str
    duty_id: UUID
    title: str
    opens: str
    opens_id: UUID
    found_at: datetime
    last_on: date
    standing: Standing
    said: SignSaid | None
    may_explain: bool
    may_decide: bool


class SignsShown(Schema):
    """The signs of the units in sight, over some days; what waits for the caller's decision."""

    since: date
    until: date
    window_days: int
    owner_days: int
    groups: list[SignGroup]
    waiting: list[SignCase]


class SignCasesShown(Schema):
    """One unit: every sign, and the newest cases behind one of them or all."""

    since: date
    until: date
    window_days: int
    owner_days: int
    unit: UnitSigns
    chosen: Code | None
    cases: list[SignCase]
    cut: bool


class SignExplained(Given):
    """Why a case needs no look, or how it came about; `since` and `until` are the days looked at."""

    code: Code
    duty: UUID
    note: Text
    since: Day | None = None
    until: Day | None = None


class SignDecided(Given):
    """Whether an explained case still calls for a look, and why."""

    verdict: Literal["kept", "aside"]
    note: Text
