"""Move many duties by one act, written set-wise: the twin of `move` for sweeps and for acts that reach many duties."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models import F

from kycuong.core.errors import Conflict
from kycuong.models import Duty, DutyEvent, DutyHolding
from kycuong.models.duties import Phase
from kycuong.services import rows, watermark
from kycuong.services.leaves import LeafMould, leaf_of
from kycuong.services.transitions.events import Act, Desk, event_of, tell

BATCH = 500


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
            event = event_of(duty, replace(act, data=act.data | dict(step.data)), step.desk)
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
