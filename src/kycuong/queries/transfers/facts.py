"""What can be counted of passing on: each fact with the unit that it says something of, the duty it opens, and when.

These are facts, no judgement: who counts them says what is a sign to be looked into.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Q, QuerySet

from kycuong.core.calendars import local_date, midnight
from kycuong.core.errors import Invalid
from kycuong.core.submissions import UPWARD
from kycuong.models import Arbitration, DutyEvent, Opinion, Proposal, Submission, Transfer
from kycuong.queries import calendars, scope

#: What a fact says, in words.
LABELS: Final = {
    "upward": "Trình lên việc thuộc thẩm quyền của mình",
    "wrong_return": "Trả lại việc được kết luận là của mình",
    "late_return": "Trả lại quá thời hạn trả lại",
    "handover": "Chuyển việc sang nơi khác",
    "wrong_ask": "Hỏi nơi không có thẩm quyền hoặc hỏi việc của chính mình",
    "find_owner": "Số ngày làm việc để tìm ra nơi có thẩm quyền",
}


#: So many days are looked at in one go.
MOST_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact about a unit; `amount` is 1, of find_owner the working days begun."""

    kind: str
    unit_id: int
    unit_name: str
    duty: UUID
    title: str
    at: datetime
    amount: int = 1


@dataclass(frozen=True, slots=True)
class Counted:
    """How often, and how much in all, a fact is said of a unit."""

    kind: str
    unit_id: int
    unit_name: str
    n: int
    amount: int


def facts(who: scope.Actor | None, since: date, until: date) -> list[Fact]:
    """Return the facts from a day to before another, of duties that the person sees (None: of all), in time. Raises: Invalid."""
    if not 0 <= (until - since).days <= MOST_DAYS:
        raise Invalid("facts_span", days=MOST_DAYS)
    span = midnight(since), midnight(until)
    found = [*_upward(who, *span), *_returned(who, *span), *_handed(who, *span), *_asked(who, *span)]
    return sorted(found, key=lambda one: (one.at, one.kind, one.unit_id))


def counted(who: scope.Actor | None, since: date, until: date) -> list[Counted]:
    """Return how often each fact is said of each unit: what `facts` lists, counted."""
    times, amounts, names = Counter[tuple[str, int]](), Counter[tuple[str, int]](), dict[int, str]()
    for one in facts(who, since, until):
        key = one.kind, one.unit_id
        times[key] += 1
        amounts[key] += one.amount
        names[one.unit_id] = one.unit_name
    return [Counted(kind, unit, names[unit], times[kind, unit], amounts[kind, unit]) for kind, unit in sorted(times)]


def _seen(rows: QuerySet[Any], who: scope.Actor | None, key: str) -> QuerySet[Any]:
    return rows if who is None else rows.filter(**{f"{key}__in": scope.visible_duties(who)})


def _of(key: str) -> tuple[str, ...]:
    return f"{key}__holder_unit", f"{key}__holder_unit__name", f"{key}__public_id", f"{key}__title"


def _upward(who: scope.Actor | None, since: datetime, until: datetime) -> Iterator[Fact]:
    rows = Submission.objects.filter(own=True, at__gte=since, at__lt=until, proposal__kind__in=UPWARD)
    for row in _seen(rows, who, "proposal__about").values_list(*_of("proposal__about"), "at"):
        yield Fact("upward", *row)


def _returned(who: scope.Actor | None, since: datetime, until: datetime) -> Iterator[Fact]:
    """Yield returns that were refused or ruled back, and those that came late."""
    refused = Proposal.objects.filter(kind="return", outcome="refused", decided_at__gte=since, decided_at__lt=until)
    for row in _seen(refused, who, "about").values_list(*_of("about"), "decided_at"):
        yield Fact("wrong_return", *row)
    ruled = Arbitration.objects.filter(outcome="ruled", ended_at__gte=since, ended_at__lt=until)
    for row in _seen(ruled.filter(unit=F("about__holder_unit")), who, "about").values_list(*_of("about"), "ended_at"):
        yield Fact("wrong_return", *row)
    yield from _late(who, since, until)


def _late(who: scope.Actor | None, since: datetime, until: datetime) -> Iterator[Fact]:
    """Yield returns that came late: found by the returns of the period, whatever lies in the ledger beside them."""
    opened = {"duty__opened_at__gte": since, "duty__opened_at__lt": until}
    asked = Proposal.objects.filter(kind="return", **opened).values_list("about", flat=True)
    ruled = Arbitration.objects.filter(about__kind="task", **opened).values_list("about", flat=True)
    said = Opinion.objects.filter(answer="returned", said_at__gte=since, said_at__lt=until).values_list(
        "duty", flat=True
    )
    tasks = Q(duty__in=[*asked, *ruled], act="propose", reason_code="late_return")
    opinions = Q(duty__in=list(said), act="return_opinion", data__late=True)
    for one in (tasks, opinions):
        events = DutyEvent.objects.filter(one, at__gte=since, at__lt=until)
        for row in _seen(events, who, "duty").values_list(*_of("duty"), "at"):
            yield Fact("late_return", *row)


def _handed(who: scope.Actor | None, since: datetime, until: datetime) -> Iterator[Fact]:
    """Yield each hand-over, said of who handed on, and of the last of a matter how long its owner was looked for."""
    rows = _seen(Transfer.objects.filter(at__gte=since, at__lt=until), who, "duty")
    last: dict[int, tuple[Any, ...]] = {}
    giver = ("duty__giver_unit", "duty__giver_unit__name")
    names = (*_of("duty"), "at", "first", "first__opened_at", *giver, "to_duty__public_id")
    for row in rows.order_by("first", "number").values_list(*names):
        yield Fact("handover", *row[:5])
        last[row[5]] = row
    for row in last.values():
        if row[7] is None:
            continue
        days = calendars.current(row[7]).working_days_between(local_date(row[6]), local_date(row[4]))
        yield Fact("find_owner", row[7], row[8], row[9], row[3], row[4], max(days, 0))


def _asked(who: scope.Actor | None, since: datetime, until: datetime) -> Iterator[Fact]:
    """Yield each question that went to a body rightly returning it: said of who asked."""
    rows = Opinion.objects.filter(answer="returned", said_at__gte=since, said_at__lt=until)
    ruled_back = Arbitration.objects.filter(outcome="ruled", unit=F("about__holder_unit"))
    rows = rows.exclude(duty__in=ruled_back.values("about")).filter(duty__handed_from__isnull=True)
    names = ("consultation__lead_unit", "consultation__lead_unit__name", "duty__public_id", "duty__title", "said_at")
    for row in _seen(rows, who, "duty").values_list(*names):
        yield Fact("wrong_ask", *row)


def last_month(on: date) -> tuple[date, date]:
    """Return the period that a page shows when none is asked for: thirty days, today among them."""
    return on - timedelta(days=29), on + timedelta(days=1)
