"""What a calendar feed holds: the open dated duties on the desk of the person whose secret address it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from uuid import UUID

from django.db.models import OuterRef, Subquery

from kycuong.core.calendars import TZ
from kycuong.core.duties import last_date
from kycuong.core.errors import NotVisible
from kycuong.models import CalendarFeed, Duty, DutyEvent
from kycuong.models.duties import Phase
from kycuong.queries import scope

MOST = 1000


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One duty in a calendar; `changed_at` is the instant of its last event, `version` grows with each."""

    public_id: UUID
    title: str
    document: str
    unit_name: str
    due_at: datetime
    last_date: date
    whole_day: bool
    opened_at: datetime
    changed_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Feed:
    """A person's duties with a date, what is due first on top."""

    officer_id: int
    name: str
    rows: list[FeedRow]


@dataclass(frozen=True, slots=True)
class FeedState:
    """Whether a person has a feed, since when, and when a calendar program read it last."""

    made_at: datetime
    read_at: datetime | None


def own(who: scope.Actor) -> FeedState | None:
    """Return where the person's own feed stands, none when there is none."""
    found = CalendarFeed.objects.filter(officer=who.officer_id).first()
    return FeedState(found.made_at, found.read_at) if found else None


def feed(word: str, at: datetime) -> Feed:
    """Return what the secret address of a feed holds now (four queries).

    It ends with the person's appointments, and when the person may no longer sign in. Raises: NotVisible.
    """
    digest = sha256(word.encode()).hexdigest()
    officer = CalendarFeed.objects.filter(digest=digest).values_list("officer", flat=True).first()
    who = scope.actor(officer, at) if officer else None
    if who is None or not who.hats:
        raise NotVisible("feed_not_visible")
    last = DutyEvent.objects.filter(duty=OuterRef("pk"), seq=OuterRef("seq")).values("at")
    rows = Duty.objects.filter(holder_officer=who.officer_id, due_at__isnull=False)
    rows = rows.exclude(phase=Phase.CLOSED).exclude(phase=Phase.ANSWERED)  # as in lists: repeats the index's condition
    found = rows.annotate(changed_at=Subquery(last)).select_related("document", "holder_unit").order_by("due_at", "id")
    return Feed(who.officer_id, who.full_name, [_row(duty) for duty in found[:MOST]])


def _row(duty: Duty) -> FeedRow:
    assert duty.due_at is not None
    changed: datetime = getattr(duty, "changed_at", None) or duty.opened_at
    return FeedRow(
        duty.public_id, duty.title, str(duty.document) if duty.document and duty.document.number else "",
        duty.holder_unit.name, duty.due_at, last_date(duty.due_at), duty.due_at.astimezone(TZ).time() == time(), duty.opened_at, changed,
        duty.seq,
    )  # fmt: skip
