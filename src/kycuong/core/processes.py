"""The agency's own process: the road of a task inside one unit, one person and one limit a step, and where its time went.

Basis: 2230/UBND-NC (Phú Yên), item 1.3: review the agency's own process of assigning and doing work, cut needless steps, name
each person's authority and responsibility at each step. The limits are the agency's own; the product sets none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from kycuong.core.errors import Invalid

BASIS: Final = "2230/UBND-NC (Phú Yên) điểm 1.3; quy chế làm việc của cơ quan"
#: A limit of more working hours than this (fifty working days) is a slip of the pen.
MOST_HOURS: Final = 400
#: A process that is to begin later than this is a slip of the pen.
FARTHEST: Final = timedelta(days=366)
#: A road of fewer steps is none.
FEWEST_STEPS: Final = 2


class Stage(StrEnum):
    """One step of the road, in its order."""

    CLERK = "clerk"
    LEADER = "leader"
    DIVISION = "division"
    OFFICER = "officer"
    APPROVE = "approve"
    ISSUE = "issue"


STAGE_LABELS: Final[dict[Stage, str]] = {
    Stage.CLERK: "Văn thư tiếp nhận",
    Stage.LEADER: "Lãnh đạo phân công",
    Stage.DIVISION: "Phòng giao việc",
    Stage.OFFICER: "Chuyên viên xử lý",
    Stage.APPROVE: "Duyệt",
    Stage.ISSUE: "Phát hành",
}
HEADS: Final = frozenset({"unit_head", "unit_deputy", "office_head", "office_deputy", "chairman", "vice_chairman"})
DIVISION_HEADS: Final = frozenset({"division_head", "division_deputy"})


@dataclass(frozen=True, slots=True)
class Stay:
    """A task lay on one desk: the kind of its post ('' where nobody sat), for how many working minutes."""

    post_kind: str
    minutes: int


def stages(stays: Iterable[Stay]) -> list[Stage]:
    """Return at which step of the road a task was during each stay, in order.

    What comes to a head before anybody below has had it is handed out; what comes back up from below is approved. A clerk
    receives at the beginning and issues at the end.
    """
    found: list[Stage] = []
    below = prepared = False
    for stay in stays:
        if stay.post_kind == "clerk":
            found.append(Stage.ISSUE if below else Stage.CLERK)
        elif stay.post_kind in HEADS or not stay.post_kind:
            found.append(Stage.APPROVE if below else Stage.LEADER)
        elif stay.post_kind in DIVISION_HEADS:
            found.append(Stage.APPROVE if prepared else Stage.DIVISION)
            below = True
        else:
            found.append(Stage.OFFICER)
            below = prepared = True
    return found


def dwell(stays: Sequence[Stay]) -> Mapping[Stage, int]:
    """Return how many working minutes a task lay at each step in all."""
    found: dict[Stage, int] = {}
    for stage, stay in zip(stages(stays), stays, strict=True):
        found[stage] = found.get(stage, 0) + stay.minutes
    return found


@dataclass(frozen=True, slots=True)
class StepGiven:
    """One step as an agency decides it: which post acts, within how many working hours."""

    stage: Stage
    post: int
    hours: int


def check(
    steps: Sequence[StepGiven], *, inside: Iterable[int], on: date | None, today: date, latest: date | None, reason: str
) -> None:
    """Refuse a process that nobody could follow: too short, a post of another unit, no limit, in force in the past.

    `inside` are the posts of the unit, `latest` the day from which the version in force holds; one that is not in force yet
    gives way to whatever is decided after it. Raises: Invalid.
    """
    if len(steps) < FEWEST_STEPS:
        raise Invalid("process_short", least=FEWEST_STEPS)
    posts = set(inside)
    for one in steps:
        if one.post not in posts:
            raise Invalid("process_post", step=STAGE_LABELS[one.stage])
        if not 1 <= one.hours <= MOST_HOURS:
            raise Invalid("process_hours", step=STAGE_LABELS[one.stage], most=MOST_HOURS)
    _check_day(on, today, latest)
    if not reason.strip():
        raise Invalid("process_reason")


def _check_day(on: date | None, today: date, latest: date | None) -> None:
    if on is None or on < today:
        raise Invalid("process_from", date=f"{today:%d/%m/%Y}")
    if on > today + FARTHEST:
        raise Invalid("process_far", date=f"{today + FARTHEST:%d/%m/%Y}")
    if latest is not None and on <= latest:
        raise Invalid("process_after", date=f"{latest:%d/%m/%Y}")


@dataclass(frozen=True, slots=True)
class Saved:
    """What a revision saved: the median of the whole road in working days before and after, each of how many tasks."""

    before_days: float
    before_n: int
    after_days: float
    after_n: int

    @property
    def days(self) -> float:
        """Return how many working days the median fell; negative when it rose."""
        return round(self.before_days - self.after_days, 1)


def version_on(opened: datetime, begins: Sequence[datetime]) -> int | None:
    """Return which of some versions (their first instants, in the order decided) was in force at an instant, None before all.

    What was decided later goes before what was decided earlier, also where the earlier one was to begin after it.
    """
    return next((n for n in range(len(begins) - 1, -1, -1) if begins[n] <= opened), None)
