"""Move a duty: table check, compare-and-set, event, holding, outbox, in one transaction; the only place where one moves.

`move` serves one act of a person; `move_many` is its set-based twin for sweeps; `open_many` opens duties.
"""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import BigAutoField, F, IntegerField, Model, QuerySet, UUIDField

from kycuong.core.errors import Conflict, TransitionNotAllowed
from kycuong.core.lifecycle import Row
from kycuong.models import Duty, DutyEvent, DutyHolding, Outbox, Post
from kycuong.models.duties import Phase
from kycuong.queries import calendars
from kycuong.queries.kept import Slot, kept
from kycuong.queries.scope import Actor, cover_of
from kycuong.services import rows, search, watermark
from kycuong.services.leaves import LeafMould, keep_note, leaf_of, note_of

BATCH = 500
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


def already_done(request_id: UUID | None) -> bool:
    """Return whether a request was carried out before, so that repeating it changes nothing."""
    return request_id is not None and bool(_asked_before(request_id))


@kept(UUIDField())
def _asked_before(request_id: Slot) -> QuerySet[DutyEvent, int]:
    return DutyEvent.objects.filter(request_id=request_id).values_list("pk", flat=True)


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


def move(duty: Duty, act: Act, *, desk: Desk | None = None, **changes: object) -> DutyEvent:
    """Carry out one move and return its event; the duty row in hand is brought up to date.

    `changes` are column values beside phase, holder and counters. Raises: TransitionNotAllowed, Conflict.
    """
    with transaction.atomic():
        return move_within(duty, act, desk=desk, **changes)


def move_within(duty: Duty, act: Act, *, desk: Desk | None = None, **changes: object) -> DutyEvent:
    """Carry out one move inside the caller's transaction, which ends when the move is refused.

    Raises: TransitionNotAllowed, Conflict.
    """
    given, act = act.at, not_before(duty, act)
    if duty.phase not in act.row.sources:
        raise TransitionNotAllowed("move_not_possible", phase=Phase(duty.phase).label, act=act.row.label)
    if act.seen is not None and act.seen != duty.act_seq:
        raise Conflict("moved_meanwhile")
    act = _as_cover(act, duty)
    values = {name: act.at if value == given else value for name, value in changes.items()}
    if act.row.target:
        values["phase"] = act.row.target
    if desk:
        values |= {"holder_post_id": desk.post_id, "holder_officer_id": desk.officer_id}
    at_desk = act.row.by_person and _at_the_desk(duty, act)
    note, note_hash = note_of(act.note)
    watermark.hold_for(note)
    _compare_and_set(duty, values, by_person=act.row.by_person)
    event = _event(duty, act, desk)
    event.note, event.note_hash = note, note_hash
    event.leaf = leaf_of(event)
    lies = _move_holding(duty, act.at, desk, read=at_desk)
    told = rows.new(Outbox, duty_id=duty.pk, seq=duty.seq, topic=act.row.action, at=act.at)
    try:
        rows.insert_records([row for row in (note, event, *lies, told) if row])
    except IntegrityError as error:
        raise Conflict("moved_meanwhile") from error
    return event


def _as_cover(act: Act, duty: Duty | None) -> Act:
    """Return the act with the absent officer for whom the person does it, also in the data that the leaf seals."""
    cover = cover_of(act.actor, duty, act.row) if duty is not None else None
    officer = cover.officer_id if cover else act.cover_for
    return act if officer is None else replace(act, cover_for=officer, data={**act.data, "cover_for": officer})


def _compare_and_set(duty: Duty, values: dict[str, object], *, by_person: bool) -> None:
    if not rows.change(duty, values, counted={"seq": 1, "act_seq": int(by_person)}, unless_moved="seq"):
        raise Conflict("moved_meanwhile")
    for name, value in values.items():
        setattr(duty, name, value)
    duty.seq += 1
    duty.act_seq += 1 if by_person else 0


def _event(duty: Duty, act: Act, desk: Desk | None) -> DutyEvent:
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


def _at_the_desk(duty: Duty, act: Act) -> bool:
    """Return whether who acts sits at the desk where the duty lies, or handles it for the one who does."""
    if act.actor is None:
        return False
    on_it = (duty.holder_officer_id, duty.holder_post_id)
    return duty.holder_officer_id == act.actor.officer_id or any(cover.holds(*on_it) for cover in act.actor.covers)


def _move_holding(duty: Duty, at: datetime, desk: Desk | None, *, read: bool) -> list[DutyHolding]:
    """End the holding when the duty moves on, and return the next one, unsaved; with `read` who held it has read it too."""
    closing = duty.phase == Phase.CLOSED
    lying = {"duty": duty.pk, "until_at": None}
    if desk is None and not closing:
        if read:
            rows.update(DutyHolding, {"read_at": at}, where=lying | {"read_at": None})
        return []
    rows.update(DutyHolding, {"until_at": at}, where=lying, first={"read_at": at} if read else {})
    if desk is None or closing:
        return []
    search.note_desk([duty.pk, duty.parent_id], desk.unit_id, desk.officer_id)
    held = {"unit_id": desk.unit_id, "post_id": desk.post_id, "officer_id": desk.officer_id}
    return [rows.new(DutyHolding, duty_id=duty.pk, from_at=at, **held)]


@dataclass(frozen=True, slots=True)
class Step:
    """What one duty of a set becomes: its next desk (None: it stays), column values, and what its event says.

    With `seq`, a duty that was moved since it was read is passed over.
    """

    duty_id: int
    desk: Desk | None = None
    changes: Mapping[str, object] = field(default_factory=dict)
    data: Mapping[str, object] = field(default_factory=dict)
    seq: int | None = None


def move_many(steps: Sequence[Step], act: Act) -> list[int]:
    """Carry out one act on many duties, written set-wise in one transaction; return the ids of those that moved.

    A duty that has left the sources of the act meanwhile is passed over: whoever closed it was first. What a step closes
    lies on no desk any longer. Raises: Conflict, when a row was written past its lock.
    """
    wanted = {step.duty_id: step for step in steps}
    with transaction.atomic():
        watermark.hold()
        rows = Duty.objects.filter(pk__in=wanted, phase__in=act.row.sources).order_by("id")
        if connection.vendor == "postgresql":
            rows = rows.select_for_update()
        duties = [duty for duty in rows if wanted[duty.pk].seq in {None, duty.seq}]
        _set_many(duties, wanted, by_person=act.row.by_person)
        events = []
        for duty in duties:
            step = wanted[duty.pk]
            event = _event(duty, replace(act, data=act.data | dict(step.data)), step.desk)
            event.leaf = leaf_of(event)
            events.append(event)
        DutyEvent.objects.bulk_create(events, batch_size=BATCH)
        _move_holdings([(duty.pk, desk) for duty in duties if (desk := wanted[duty.pk].desk)], act.at)
        _end_holdings([duty.pk for duty in duties if duty.phase == Phase.CLOSED], act.at)
        tell(duties, act.row.action, act.at)
    return [duty.pk for duty in duties]


_EVENTS = (
    "kycuong_dutyevent (duty_id, seq, phase_to, due_to, clock_no, outcome, late_working_days, leaf, act, at, recorded_at, "
    "reason_code, basis, note_hash, data)"
)
_BECAME = ("id", "seq", "phase", "due_at", "clock_no", "outcome", "late_working_days")


def move_as_one(duty_ids: Sequence[int], act: Act, changes: Mapping[str, object]) -> list[int]:
    """Carry out one act of the clock on duties that all become the same, at the cost of rows; return the ids of those that moved.

    Whoever calls holds the rows. A duty that has left the sources of the act meanwhile is passed over, what is closed lies on
    no desk any longer.
    """
    values = {**changes, "phase": act.row.target} if act.row.target else changes
    sources, when = {"phase": sorted(act.row.sources)}, connection.ops.adapt_datetimefield_value
    with transaction.atomic():
        watermark.hold()
        moved = rows.change_as_one(
            Duty, values, counted={"seq": 1}, within="id", keys=duty_ids, where=sources, told=_BECAME
        )
        recorded = datetime.now(UTC)
        says = (
            act.row.action,
            when(act.at.astimezone(UTC)),
            when(recorded),
            act.reason_code,
            "",
            "",
            json.dumps(act.data),
        )
        moulds = {became: _mould(act, *became) for became in {tuple(one[2:]) for one in moved}}
        rows.insert_rows(_EVENTS, [(*one, moulds[tuple(one[2:])].leaf(*one[:2]), *says) for one in moved])
        rows.insert_rows("kycuong_outbox (duty_id, seq, topic, at)", [(*one[:2], *says[:2]) for one in moved])
        _end_holdings([one[0] for one in moved if one[2] == Phase.CLOSED], act.at)
    return [one[0] for one in moved]


def _mould(
    act: Act, phase: str, due: datetime | str | None, clock: int, outcome: str | None, late: int | None
) -> LeafMould:
    """Return the mould for the leaves of duties that became the same."""
    return LeafMould({
        "act": act.row.action, "at": act.at.astimezone(UTC), "actor": None, "post": None, "phase": phase, "holder": None,
        "due": rows.aware(due).astimezone(UTC) if due else None, "clock": clock, "rung": None, "outcome": outcome,
        "late": late, "reason": act.reason_code, "note": "", "data": act.data,
    })  # fmt: skip


def _set_many(duties: Sequence[Duty], wanted: Mapping[int, Step], *, by_person: bool) -> None:
    """Write the rows, one statement for all that become the same."""
    counters = {"seq": F("seq") + 1, "act_seq": F("act_seq") + (1 if by_person else 0)}
    groups: dict[tuple[tuple[str, object], ...], list[Duty]] = defaultdict(list)
    for duty in duties:
        step = wanted[duty.pk]
        values = dict(step.changes)
        if step.desk:
            values |= {"holder_post_id": step.desk.post_id, "holder_officer_id": step.desk.officer_id}
        groups[tuple(sorted(values.items()))].append(duty)
        for name, value in values.items():
            setattr(duty, name, value)
    for columns, same in groups.items():
        changed = Duty.objects.filter(pk__in=[duty.pk for duty in same]).update(**dict(columns), **counters)
        if changed != len(same):
            raise Conflict("moved_meanwhile")
    for duty in duties:
        duty.seq += 1
        duty.act_seq += 1 if by_person else 0


def _move_holdings(desks: Sequence[tuple[int, Desk]], at: datetime) -> None:
    _end_holdings([pk for pk, _ in desks], at)
    DutyHolding.objects.bulk_create(
        [
            DutyHolding(duty_id=pk, unit_id=desk.unit_id, post_id=desk.post_id, officer_id=desk.officer_id, from_at=at)
            for pk, desk in desks
        ],
        batch_size=BATCH,
    )


def _end_holdings(ended: Sequence[int], at: datetime) -> None:
    """Take duties off the desks on which they lie, as those do that are closed."""
    if ended:
        DutyHolding.objects.filter(duty_id__in=ended, until_at__isnull=True).update(until_at=at)


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
    act = _as_cover(act, duty.parent if act.actor and act.actor.covers else None)
    event = _event(duty, act, Desk(duty.holder_post_id, duty.holder_unit_id, duty.holder_officer_id))
    event.data = {**act.data, **more}
    event.note, event.note_hash = keep_note(act.note)
    event.leaf = leaf_of(event)
    return event


def tell(duties: Iterable[Duty], topic: str, at: datetime) -> None:
    """Write the outbox rows of what just happened to these duties."""
    rows.add([Outbox(duty_id=duty.pk, seq=duty.seq, topic=topic, at=at) for duty in duties])
