"""Open duties: rows, first events, holdings, outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import BigAutoField, Model, QuerySet

from kycuong.core.errors import Conflict
from kycuong.models import Duty, DutyEvent, DutyHolding, Outbox, Post
from kycuong.queries import calendars
from kycuong.queries.kept import Slot, kept
from kycuong.services import rows, search, watermark
from kycuong.services.leaves import keep_note, leaf_of
from kycuong.services.transitions.events import Act, Desk, as_cover, event_of, tell


def open_many(duties: Sequence[Duty], act: Act, facts: Sequence[dict[str, object]] = ()) -> list[Duty]:
    """Open duties: rows, first events, holdings and outbox, written set-wise in one transaction.

    The rows come unsaved with holder and clock set; they return with their keys. `facts` is what the event of each says
    beside the act's own data. A duty taken over carries when it was opened, and may have ended already. Raises: Conflict.
    """
    units = _units_of({duty.holder_post_id for duty in duties if duty.holder_post_id})
    with transaction.atomic():
        watermark.hold()
        if calendars.stale({duty.calendar for duty in duties if duty.due_at}):
            raise Conflict("calendar_changed_now")  # between counting and opening: counted again, nothing is missed
        for duty in duties:
            _begin(duty, act.at)
        rows.add(duties)
        rows.add([_opened(duty, act, more) for duty, more in zip(duties, facts or [{}] * len(duties), strict=True)])
        rows.add(
            [_first_holding(duty, act.at, units.get(duty.holder_post_id or 0, duty.holder_unit_id)) for duty in duties]
        )
        search.opened(duties)
        tell(duties, act.row.action, act.at)
    return list(duties)


def _begin(duty: Duty, at: datetime) -> None:
    """Set the counters of a duty that opens."""
    duty.seq, duty.act_seq, duty.opened_at = 1, 1, duty.opened_at or at


def first_rows(duty: Duty, act: Act, unit_id: int) -> list[Model]:
    """Return, unsaved, what is written when a duty opens on a desk of a unit: its row, event, holding, outbox.

    For an act that opens one duty under a key of its own, inside a transaction that held the watermark before it read the calendar.
    """
    _begin(duty, act.at)
    told = rows.new(Outbox, duty_id=duty.pk, seq=duty.seq, topic=act.row.action, at=act.at)
    return [duty, _opened(duty, act, {}), _first_holding(duty, act.at, unit_id), told]


def _first_holding(duty: Duty, at: datetime, unit_id: int) -> DutyHolding:
    return rows.new(
        DutyHolding, duty_id=duty.pk, unit_id=unit_id, post_id=duty.holder_post_id, officer_id=duty.holder_officer_id,
        from_at=duty.opened_at if duty.closed_at else at, until_at=duty.closed_at,
    )  # fmt: skip


def _units_of(posts: set[int]) -> dict[int, int]:
    if len(posts) > rows.FEW:
        return dict(Post.objects.filter(pk__in=posts).values_list("pk", "unit_id"))
    return {post: unit for post in posts for unit in _unit_of(post)}


@kept(BigAutoField())
def _unit_of(post: Slot) -> QuerySet[Post, int]:
    return Post.objects.filter(pk=post).values_list("unit_id", flat=True)


def _opened(duty: Duty, act: Act, more: dict[str, object]) -> DutyEvent:
    # What an act on a covered desk opens is opened under the same cover.
    act = as_cover(act, duty.parent if act.actor and act.actor.covers else None)
    event = event_of(duty, act, Desk(duty.holder_post_id, duty.holder_unit_id, duty.holder_officer_id))
    event.data = {**act.data, **more}
    event.note, event.note_hash = keep_note(act.note)
    event.leaf = leaf_of(event)
    return event
