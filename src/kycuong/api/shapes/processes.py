"""Shapes of the agency's own process."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from kycuong.api.shapes.closing import DaysSpread
from kycuong.api.shapes.plain import Day, Given, Line
from kycuong.core.processes import MOST_HOURS, Stage


class ProcessStepShown(Schema):
    """One step: whose it is, its limit in working hours, how many working days tasks lay there; what lies there now."""

    stage: Stage
    title: str
    officer_name: str
    post_id: int | None
    limit_hours: int | None
    spread: DaysSpread | None
    over: int
    runs_over: bool
    lying: int
    lying_over: int
    oldest_days: float | None
    oldest: UUID | None


class ProcessVersion(Schema):
    """One version, and the whole road of the tasks given under it that have ended; 0 is before there was any."""

    version: int
    in_force_from: date
    reason: str
    basis: str
    made_by: str
    steps: int
    spread: DaysSpread | None


class DaysSaved(Schema):
    """The median of the whole road before and after the last revision, each of how many ended tasks."""

    before_days: float
    before_n: int
    after_days: float
    after_n: int
    days: float


class ProcessShown(Schema):
    """The process of one unit."""

    unit_id: UUID
    unit_name: str
    since: date
    until: date
    steps: list[ProcessStepShown]
    ended: int
    versions: list[ProcessVersion]
    saved: DaysSaved | None
    may_revise: bool


class ProcessStepGiven(Given):
    """One step: the key of the post that acts, and its limit in working hours."""

    stage: Stage
    post: Annotated[int, Field(ge=1, le=2**31 - 1)]
    hours: Annotated[int, Field(ge=1, le=MOST_HOURS)]


class ProcessGiven(Given):
    """A new version of a unit's process."""

    steps: Annotated[list[ProcessStepGiven], Field(max_length=len(Stage))]
    in_force_from: Day
    reason: Line
    basis: Line = ""
