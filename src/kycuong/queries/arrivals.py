"""Who comes to a page with a session: the person, the clock and the posts, asked together, as every page needs all three."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BigAutoField, OuterRef, QuerySet, Subquery

from kycuong.core.calendars import local_date
from kycuong.models import ClockMark, ClockOffset, Cover, DutyEvent, Officer
from kycuong.queries import clocks
from kycuong.queries.actors import POST_NAMES, Actor, actor_with
from kycuong.queries.kept import Slot, kept

_PERSON = tuple(field.attname for field in Officer._meta.concrete_fields)
#: Beside the person: what the clock has seen, when the last cover ends, an appointment with its days and its post.
_BESIDE = ("mark", "last", "ahead", "covered", "appointments__valid_from", "appointments__valid_until")


@dataclass(frozen=True, slots=True)
class Arrival:
    """What was read with a person: what the clock has seen, when the last cover ends, every post ever held with its days."""

    officer_id: int
    login: str
    full_name: str
    seen: tuple[datetime | None, datetime | None, int | None]
    covered: datetime | None
    posts: list[tuple[Any, ...]]

    def instant(self, real: datetime) -> datetime:
        """Return the product's instant when the machine says `real` (no query, one before anybody has worked here)."""
        mark, last, ahead = self.seen
        return clocks.now(real) if mark is None else clocks.stands(real, mark, last, ahead)

    def actor(self, at: datetime) -> Actor:
        """Return the person as an actor at an instant (no query, one for a substitute)."""
        on = local_date(at)
        held = [row[2:] for row in self.posts if row[0] <= on and (row[1] is None or row[1] > on)]
        if not held:
            return Actor(self.officer_id, "", "", ())
        covers = self.covered is not None and self.covered > at
        return actor_with((self.officer_id, self.login, self.full_name), held, at, covers=covers)


def arrive(officer_id: int) -> tuple[Officer, Arrival] | None:
    """Return the person of a session with all that was read, if still active (one query)."""
    rows = _arriving(officer_id)
    if not rows:
        return None
    person = Officer.from_db(DEFAULT_DB_ALIAS, _PERSON, rows[0][: len(_PERSON)])
    beside = [row[len(_PERSON) :] for row in rows]
    mark, last, ahead, covered, *_ = beside[0]
    posts = [row[4:] for row in beside if row[4] is not None]
    return person, Arrival(person.pk, person.login, person.full_name, (mark, last, ahead), covered, posts)


@kept(BigAutoField())
def _arriving(officer: Slot) -> QuerySet[Officer, tuple[Any, ...]]:
    found = Officer.objects.filter(pk=officer, is_active=True).annotate(
        mark=Subquery(ClockMark.objects.filter(pk=1).values("at")),
        last=Subquery(DutyEvent.objects.order_by("-pk").values("at")[:1]),
        ahead=Subquery(ClockOffset.objects.filter(pk=1).values("seconds")),
        covered=Subquery(Cover.objects.filter(substitute=OuterRef("pk")).order_by("-until_at").values("until_at")[:1]),
    )
    posts = [f"appointments__{name}" for name in POST_NAMES]
    return found.order_by("appointments__id").values_list(*_PERSON, *_BESIDE, *posts)
