"""Count a year again in plain Python, from the events alone: what the pages say must come out of what happened."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests import make

from kycuong.core.calendars import TZ
from kycuong.models import DutyEvent, Post, Unit

#: The days off of 2026 on weekdays, and the Saturdays worked in their place, as the public decisions print them.
OFF = {
    *(date(2026, 1, day) for day in (1, 2)), *(date(2026, 2, day) for day in (16, 17, 18, 19, 20)), date(2026, 4, 27),
    date(2026, 4, 30), date(2026, 5, 1), date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2), date(2026, 11, 24),
    date(2027, 1, 1),
}  # fmt: skip
WORKED = {date(2026, 1, 10), date(2026, 8, 22)}
ONE = timedelta(days=1)
NEAR = 3


def works(day: date) -> bool:
    """Return whether offices are open on a day."""
    return day in WORKED or (day.weekday() < 5 and day not in OFF)


def working_days(after: date, to: date) -> int:
    """Return the working days after one day, up to another and with it."""
    return sum(works(after + ONE * number) for number in range(1, (to - after).days + 1))


def last_day(due_at: datetime) -> date:
    """Return the last day of a date that is kept as the midnight after it."""
    return (due_at.astimezone(TZ) - timedelta(microseconds=1)).date()


def late_days(at: datetime, due_at: datetime) -> int:
    """Return how many working days late something is at a moment; a day off counts as one when it is the first."""
    return max(1, working_days(last_day(due_at), at.astimezone(TZ).date())) if at >= due_at else 0


@dataclass
class Told:
    """What the events of one task come to."""

    unit: str
    state: str
    late: int = 0
    closed_at: datetime | None = None


def tell(at: datetime) -> dict[int, Told]:
    """Return every task with its unit and state at a moment, from its events in their order."""
    posts, units = {post.pk: post.unit_id for post in Post.objects.all()}, Unit.objects.in_bulk()
    stories: dict[int, list[DutyEvent]] = defaultdict(list)
    for event in DutyEvent.objects.filter(duty__kind="task", at__lte=at).order_by("duty", "seq"):
        stories[event.duty_id].append(event)
    return {duty: _of(events, at, posts, units) for duty, events in stories.items()}


def _of(events: list[DutyEvent], at: datetime, posts: dict[int, int], units: dict[int, Unit]) -> Told:
    desks = [event.holder_post_to_id for event in events if event.holder_post_to_id]
    place = units[posts[desks[-1]]]
    while place.kind == "division" and place.parent_id:
        place = units[place.parent_id]
    last, late = events[-1], 0
    for event in events:
        if event.act == "send":
            late = late_days(event.at, event.due_to) if event.due_to else 0
        elif event.act == "send_back":
            late = 0
    if last.phase_to == "closed":
        if last.outcome in {"returned", "withdrawn", "replaced", "lapsed"}:
            return Told(place.code, "apart", closed_at=last.at)
        return Told(place.code, "done_late" if late else "done_on_time", late, last.at)
    if last.phase_to == "answered":
        return Told(place.code, "awaiting")
    if last.due_to is None:
        return Told(place.code, "no_term")
    if last.due_to <= at:
        return Told(place.code, "overdue", late_days(at, last.due_to))
    left = working_days(at.astimezone(TZ).date(), last_day(last.due_to))
    return Told(place.code, "near_due" if left <= NEAR else "not_due")


def figures(when: str, since: str = "") -> dict[str, Counter[str]]:
    """Return how many tasks each unit has in each state; without those that had ended before a moment."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one in tell(make.at(when)).values():
        if not (since and one.closed_at and one.closed_at < make.at(since)):
            found[one.unit][one.state] += 1
    return dict(found)
