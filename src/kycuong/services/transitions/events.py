"""One act about to happen, and the event that it leaves in the history of a duty."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import BigAutoField, IntegerField, QuerySet, UUIDField

from kycuong.core.errors import Conflict
from kycuong.core.lifecycle import Row
from kycuong.models import Duty, DutyEvent, Outbox
from kycuong.queries.kept import Slot, kept
from kycuong.queries.scope import Actor, cover_of
from kycuong.services import rows

log = logging.getLogger("kycuong.transitions")


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a duty lies next: a post, its unit and who holds the post that day."""

    post_id: int | None
    unit_id: int
    officer_id: int | None


@dataclass(frozen=True, slots=True)
class Act:
    """One act about to happen: the row of the lifecycle, by whom, when, and what it says beside the move.

    `seen` is the act_seq that the person saw (the ETag); `request_id` makes a repeated request harmless; `cover_for` is
    the absent officer whose desk the person handles, found by the move itself unless the act follows from another one.
    """

    row: Row
    at: datetime
    actor: Actor | None = None
    seen: int | None = None
    request_id: UUID | None = None
    note: str = ""
    reason_code: str = ""
    data: dict[str, object] = field(default_factory=dict)
    cover_for: int | None = None


def already_done(request_id: UUID | None, actor: Actor) -> bool:
    """Return whether the person's request was carried out before, so that repeating it changes nothing.

    Raises: Conflict, when it was somebody else's: what this person wants done was not.
    """
    who = _asked_before(request_id) if request_id is not None else []
    if any(officer != actor.officer_id for officer in who):
        raise Conflict("request_used")
    return bool(who)


@kept(UUIDField())
def _asked_before(request_id: Slot) -> QuerySet[DutyEvent, int | None]:
    return DutyEvent.objects.filter(request_id=request_id).values_list("actor", flat=True)


@kept(BigAutoField(), IntegerField())
def _instants(duty: Slot, seq: Slot) -> QuerySet[DutyEvent, datetime]:
    return DutyEvent.objects.filter(duty=duty, seq=seq).values_list("at", flat=True)


def not_before(duty: Duty, act: Act) -> Act:
    """Return the act at its instant, or at that of the duty's last event when the clock was set back behind it.

    So nothing happens before what it follows from, no time runs backwards and nobody's lateness shrinks; the drift stands in
    the data of the event.
    """
    last = next(iter(_instants(duty.pk, duty.seq)), None)
    if last is None or act.at >= last:
        return act
    seconds = int((last - act.at).total_seconds())
    log.warning("the clock lies %s seconds before the last event of duty %s; its instant is taken", seconds, duty.pk)
    return replace(act, at=last, data=act.data | {"clock_behind_seconds": seconds})


def as_cover(act: Act, duty: Duty | None) -> Act:
    """Return the act with the absent officer for whom the person does it, also in the data that the leaf seals."""
    cover = cover_of(act.actor, duty, act.row) if duty is not None else None
    officer = cover.officer_id if cover else act.cover_for
    return act if officer is None else replace(act, cover_for=officer, data={**act.data, "cover_for": officer})


def event_of(duty: Duty, act: Act, desk: Desk | None) -> DutyEvent:
    """Return the event of a duty that has just become what the act made it, unsaved and without note and leaf."""
    hat = act.actor.hats[0] if act.actor and act.actor.hats else None
    return rows.new(
        DutyEvent,
        duty_id=duty.pk,
        seq=duty.seq,
        request_id=act.request_id,
        act=act.row.action,
        at=act.at,
        recorded_at=datetime.now(UTC),
        actor_id=act.actor.officer_id if act.actor else None,
        actor_post_id=_post_for(act.actor, duty, hat.post_id if hat else None),
        phase_to=duty.phase,
        holder_post_to_id=desk.post_id if desk else None,
        holder_officer_to_id=desk.officer_id if desk else None,
        due_to=duty.due_at,
        clock_no=duty.clock_no,
        outcome=duty.outcome,
        late_working_days=duty.late_working_days,
        cover_for_id=act.cover_for,
        reason_code=act.reason_code,
        data=act.data,
    )


def _post_for(who: Actor | None, duty: Duty, default: int | None) -> int | None:
    """Return the post in which the person acts: one in the holding unit before any other."""
    if who is None:
        return None
    return next((hat.post_id for hat in who.hats if hat.body_id == duty.holder_unit_id), default)


def tell(duties: Iterable[Duty], topic: str, at: datetime) -> None:
    """Write the outbox rows of what just happened to these duties."""
    rows.add([Outbox(duty_id=duty.pk, seq=duty.seq, topic=topic, at=at) for duty in duties])
