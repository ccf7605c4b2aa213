"""The steering board: units by state, desks, charts, the rows behind every figure, saved views."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from kycuong.api.shapes.plain import Given, Year

Part = Annotated[str, StringConstraints(max_length=3, pattern=r"^(q[1-4]|t(0[1-9]|1[0-2]))?$")]


class BoardAsked(Schema):
    """Which duties a board is about; `unit` is a subtree, `only` one unit, `part` a quarter (q1) or month (t01) of the year."""

    kind: Literal["task", "confirmation", "proposal"] = "task"
    unit: UUID | None = None
    only: UUID | None = None
    group: Annotated[str, StringConstraints(max_length=40)] = ""
    document: UUID | None = None
    theme: UUID | None = None
    year: Year | None = None
    part: Part = ""


class SpreadShown(Schema):
    """What stands behind an average: how many, the mean, the median, the 90th percentile and the most, in days."""

    n: int
    mean: float
    median: int
    p90: int
    oldest: int


class SideShown(Schema):
    """One side of the work: the units that do, or the giver that confirms and decides."""

    code: str
    open: int
    overdue: int
    waits: SpreadShown | None


class FigureShown(Schema):
    """One figure of the board; ask for its rows with its name."""

    name: str
    count: int


class BoardLine(Schema):
    """A unit of the board: its duties by state, and how late what is late is."""

    unit_id: UUID | None
    name: str
    kind: str
    ended: bool
    figures: list[FigureShown]
    counted: int
    late_share: float | None
    on_time_share: float | None
    late: SpreadShown | None = Field(description="working days late of what is overdue")
    longest: datetime | None = Field(description="the due date of the oldest overdue one")

    @staticmethod
    def resolve_figures(line: object) -> list[dict[str, object]]:
        """Return figures by name as a list."""
        return [{"name": str(name), "count": count} for name, count in getattr(line, "figures", {}).items()]


class BoardShown(Schema):
    """Units by state, exact to the last act, and their sum."""

    at: datetime
    whole: bool
    lines: list[BoardLine]
    units: int
    next_page: int | None
    total: BoardLine
    sides: list[SideShown]
    took: SpreadShown | None = Field(description="days from given to done")
    done_late: SpreadShown | None = Field(description="working days late of what was done late")


class DeskShown(Schema):
    """One desk: who sits there, how much lies there and how much of it is late."""

    post_id: int
    name: str
    title: str
    unit_name: str
    open: int
    overdue: int
    to_do: int
    to_confirm: int
    to_decide: int
    late: SpreadShown | None
    since: datetime | None


class MonthShown(Schema):
    """One month: closed on time and late in it, and what fell due in it and is overdue still."""

    year: int
    month: int
    on_time: int
    late: int
    open_late: int


class AgeShown(Schema):
    """Open duties of an age in days, and how many of them are overdue."""

    first: int
    below: int | None
    n: int
    overdue: int


class GroupShown(Schema):
    """Units of like kind and load beside each other: `middle` is the median of their late shares."""

    kind: str
    load: str
    middle: float | None
    lines: list[BoardLine]


class ChartsShown(Schema):
    """What the charts of a board draw."""

    months: list[MonthShown]
    ages: list[AgeShown]
    groups: list[GroupShown]


class ViewShown(Schema):
    """A saved view of the caller: its name and the query of the board's address; `first` is what the board opens with."""

    public_id: UUID
    name: str
    query: str
    first: bool


class ViewGiven(Given):
    """A view as it is kept: the query is that of the address of the board's page."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]+$")]
    query: Annotated[
        str, StringConstraints(max_length=600, pattern=r"^([a-z-]+=[A-Za-z0-9%+._-]*(&[a-z-]+=[A-Za-z0-9%+._-]*)*)?$")
    ]
    first: bool = False
