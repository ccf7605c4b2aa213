"""Who would hear what on a day: the same rungs, windows and posts as the rounds that fire, and nothing written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from kycuong.core.calendars import Calendar, local_date, midnight
from kycuong.core.duties import morning
from kycuong.core.errors import Invalid
from kycuong.core.ladders import Hearer, Rung, window
from kycuong.models import Duty, Officer
from kycuong.queries import calendars, scope
from kycuong.queries.ladders.hearing import RELATED, hearing
from kycuong.queries.ladders.rungs import higher, rungs
from kycuong.queries.ladders.waiting import found_by, on_the_row

MOST_DUTIES: Final = 5000
_COLUMNS: Final = {"near": "near_at", "due": "last_day_at", "overdue": "late_at"}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a person would hear: which rung of which duty, and as what the person hears it."""

    duty_id: UUID
    title: str
    unit_name: str
    document_code: str
    rung: Rung
    hearer: Hearer


@dataclass(frozen=True, slots=True)
class Person:
    """All that one person would hear."""

    name: str
    login: str
    told: list[Told]


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would hear what on a day; `working` false on a day off, `cut` when only the first duties were looked at."""

    on: date
    working: bool
    people: list[Person]
    cut: bool


def next_day(at: datetime) -> date:
    """Return the next working day after today. Raises: OutOfCalendar."""
    return calendars.current().add_working_days(local_date(at), 1)


def preview(on: date, *, who: scope.Actor | None = None) -> Preview:
    """Return who would hear what on a day, if nothing happens until then; by name.

    An official hears of herself alone, who oversees of everyone; `who` None is the operator at the command line.
    Raises: Invalid for a day that the calendar does not hold.
    """
    calendar = calendars.current()
    if not (calendar.covers(on) and calendar.covers(on - timedelta(days=120))):
        raise Invalid("date_unknown", text=f"{on:%d/%m/%Y}")
    if not calendar.is_working(on):
        return Preview(on, False, [], False)
    found = list(_found(on, calendar, who))
    posts = hearing([duty for duty, _ in found], morning(on, calendar))
    told: dict[int, list[Told]] = defaultdict(list)
    for duty, rung in found:
        for officer_id, hearer in posts.people(duty, rung.hearers).items():
            if who is None or who.sees_all or officer_id == who.officer_id:
                told[officer_id].append(_told(duty, rung, hearer))
    officers = Officer.objects.in_bulk(told)
    people = [Person(officers[key].full_name, officers[key].login, lines) for key, lines in told.items()]
    people.sort(key=lambda person: (person.name.split()[-1:], person.name))
    return Preview(on, True, people, len(found) >= MOST_DUTIES)


def _found(on: date, calendar: Calendar, who: scope.Actor | None) -> Iterator[tuple[Duty, Rung]]:
    """Yield the duties that the rungs of a day find, each with its rung."""
    left = MOST_DUTIES
    ladder = rungs()
    start, end = midnight(on), midnight(on + timedelta(days=1))
    for duty in _seen(on_the_row(start, end), who)[:left]:
        for rung in ladder:
            moment = getattr(duty, _COLUMNS[rung.condition]) if rung.on_the_row else None
            if moment and start <= moment < end and duty.next_check_at and duty.next_check_at <= moment:
                left -= 1
                yield duty, rung
    for rung in (one for one in ladder if not one.on_the_row):
        for duty in _seen(found_by(rung, higher(rung, ladder), window(rung, on, on, calendar)), who)[: max(left, 0)]:
            left -= 1
            yield duty, rung


def _seen(duties: QuerySet[Duty, Any], who: scope.Actor | None) -> QuerySet[Duty, Any]:
    seen = duties if who is None or who.sees_all else duties.filter(scope.seen_duty(who, "pk"))
    return seen.select_related(*RELATED, "holder_unit", "giver_unit")


def _told(duty: Duty, rung: Rung, hearer: Hearer) -> Told:
    waits = duty.kind in {"confirmation", "proposal"} and duty.giver_unit is not None
    about = duty.giver_unit if waits and duty.giver_unit else duty.holder_unit
    return Told(duty.public_id, duty.title, about.name, str(duty.document or ""), rung, hearer)
