"""The ledger's own acts: wind a clock, open duties, and the sweep that fires the rungs that are due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db import IntegrityError, connection, transaction

from kycuong.core.calendars import Calendar
from kycuong.core.duties import Rungs, rungs
from kycuong.core.limits import Due
from kycuong.models import Duty
from kycuong.services import audit, rows, watermark
from kycuong.services.leaves import LeafMould

RUNGS = ("near", "due", "overdue")
SWEEP_BATCH = 2000


def wind(duty: Duty, due: Due, calendar: Calendar, at: datetime) -> None:
    """Set the clock of an unsaved duty: due date, rungs, running since `at`."""
    duty.due_at = duty.original_due_at = due.due_at
    duty.calendar, duty.rule_version = due.calendar, due.rule_version
    duty.running_since = at
    for name, value in rung_columns(due.due_at, at, calendar).items():
        setattr(duty, name, value)


def rung_columns(due_at: datetime, at: datetime, calendar: Calendar) -> dict[str, datetime | None]:
    """Return the rung columns of a duty whose clock runs from `at` to `due_at`; late already, it is looked at from `at` on."""
    ladder: Rungs = rungs(due_at, at, calendar)
    following = ladder.first_after(at)
    return {
        "near_at": ladder.near_at,
        "last_day_at": ladder.last_day_at,
        "late_at": ladder.late_at,
        "next_check_at": max(following, at) if following else None,
    }


class Fired(NamedTuple):
    """One rung that a sweep fired; due_at as the database gave it (text in UTC on SQLite); act is "rung_" and its condition."""

    duty_id: int
    seq: int
    clock_no: int
    due_at: datetime | str | None
    rung: str
    act: str


# Raw SQL, marked: the ledger sweep. One statement moves every row that is due, so that its cost is that of the rows
# moved; the rung is the highest one passed, so that a long stop of the worker brings one notice and not three.
_SWEEP = """
UPDATE kycuong_duty SET seq = seq + 1, next_check_at = CASE
    WHEN late_at <= %s THEN NULL WHEN last_day_at <= %s THEN late_at ELSE last_day_at END
WHERE id IN (SELECT id FROM kycuong_duty WHERE next_check_at IS NOT NULL AND next_check_at <= %s
    ORDER BY next_check_at, id LIMIT %s {lock}) AND next_check_at <= %s
RETURNING id, seq, clock_no, due_at, CASE WHEN late_at <= %s THEN 'overdue' WHEN last_day_at <= %s THEN 'due' ELSE 'near' END
"""
_EVENTS = (
    "kycuong_dutyevent (duty_id, seq, act, at, recorded_at, phase_to, due_to, clock_no, rung, leaf, reason_code, basis, "
    "note_hash, data)"
)
_OUTBOX = "kycuong_outbox (duty_id, seq, topic, at)"


def sweep(at: datetime, *, batch: int = SWEEP_BATCH) -> int:
    """Fire every rung that is due at `at`, each once whatever the number of workers, and return how many.

    Killed anywhere it leaves whole batches: row, event and outbox stand together or not at all.
    """
    total = 0
    while True:
        try:
            fired = _sweep_batch(at, batch)
        except IntegrityError:
            if batch == 1:
                _postpone(at)
            batch = 1  # find the row that fails, set it aside, go on
            continue
        total += fired
        if fired < batch:
            return total


def _sweep_batch(at: datetime, batch: int) -> int:
    with transaction.atomic():
        watermark.hold()
        fired = _advance(at, batch)
        write_rungs(fired, at)
    return len(fired)


def _postpone(at: datetime) -> None:
    """Set the first row that is due aside for a day and record it; the others go on."""
    with transaction.atomic():
        first = Duty.objects.filter(next_check_at__lte=at).order_by("next_check_at", "id").first()
        if first is None:
            return
        Duty.objects.filter(pk=first.pk).update(next_check_at=at + timedelta(days=1))
        audit.record(actor_id=None, at=at, act="postpone_sweep", subject_kind="duty", subject_id=first.public_id)


def _advance(at: datetime, batch: int) -> list[Fired]:
    lock = "FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    instant = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(_SWEEP.format(lock=lock), [instant, instant, instant, batch, instant, instant, instant])
        return [Fired._make((*row, f"rung_{row[-1]}")) for row in cursor.fetchall()]


def write_rungs(fired: Sequence[Fired], at: datetime) -> None:
    """Write the events and outbox rows of fired rungs, in bulk."""
    if not fired:
        return
    then = connection.ops.adapt_datetimefield_value(at.astimezone(UTC))
    recorded = datetime.now(UTC)
    stamp = connection.ops.adapt_datetimefield_value(recorded)
    moulds: dict[tuple[Any, ...], LeafMould] = {}
    events: list[tuple[Any, ...]] = []
    for one in fired:
        kind = one[2:]
        mould = moulds.get(kind) or moulds.setdefault(kind, _mould(one, at))
        duty_id, seq, clock_no, due_at, rung, act = one
        events.append(
            (duty_id, seq, act, then, stamp, "open", due_at, clock_no, rung, mould.leaf(duty_id, seq),
             "", "", "", "{}")
        )  # fmt: skip
    rows.insert_rows(_EVENTS, events)
    rows.insert_rows(_OUTBOX, [event[:4] for event in events])


def _mould(one: Fired, at: datetime) -> LeafMould:
    """Return the mould for the leaves of rungs like this one: most of a batch share their rung, clock and due date."""
    return LeafMould({
        "act": one.act, "at": at.astimezone(UTC), "actor": None, "post": None, "phase": "open", "holder": None,
        "due": rows.aware(one.due_at).astimezone(UTC) if one.due_at else None, "clock": one.clock_no,
        "rung": one.rung, "outcome": None, "late": None, "reason": "", "note": "", "data": {},
    })  # fmt: skip
