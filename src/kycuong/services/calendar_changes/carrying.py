"""Carry a change out on the duties that it touches: by batches, each whole or not at all, from where the last one ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import F

from kycuong.core.calendar_changes import DayChange, Fate, label
from kycuong.core.calendars import to_minute
from kycuong.core.limits import Step
from kycuong.models import CalendarChange, CalendarMove, Duty, DutyEvent, Note, Outbox
from kycuong.models.duties import Phase
from kycuong.queries import calendars
from kycuong.queries.calendar_changes.plan import COLUMNS, Planned, Reach, candidates, plan
from kycuong.queries.calendar_changes.preview import Wanted, reach_of
from kycuong.services import watermark
from kycuong.services.leaves import fingerprint_of, leaf_of

ACT: Final = "calendar_changed"
BATCH: Final = 2000
INSERT: Final = 500


def resume(at: datetime, *, batches: int | None = None, tell: Callable[[int, int], None] | None = None) -> int:
    """Go on with a change that was left unfinished; return how many duties were looked at."""
    change = CalendarChange.objects.filter(done_at__isnull=True).first()
    return carry_out(change, at, batches=batches, tell=tell) if change else 0


def carry_out(
    change: CalendarChange, at: datetime, *, batches: int | None = None, batch: int = BATCH,
    tell: Callable[[int, int], None] | None = None,
) -> int:  # fmt: skip
    """Move the due dates and rungs of every duty that a change touches; return how many duties were looked at.

    May run twice, on several workers, and be killed anywhere: a batch takes its turn by compare-and-set on the cursor of the
    change, in the transaction that writes it. `tell` hears how many are done, of how many.
    """
    reach = _reach(change)
    ids = list(
        candidates(reach)
        .filter(pk__gt=change.cursor)
        .exclude(calendar=label(change.calendar.name, change.version))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    done = 0
    for start in range(0, len(ids), batch):
        if batches is not None and start >= batches * batch:
            return done
        if not _carry_batch(change, reach, ids[start : start + batch], at):
            return done  # another worker is at it
        done += len(ids[start : start + batch])
        if tell:
            tell(done, len(ids))
    CalendarChange.objects.filter(pk=change.pk, done_at__isnull=True, cursor=change.cursor).update(done_at=at)
    change.refresh_from_db()
    return done


def _reach(change: CalendarChange) -> Reach:
    if change.unit_id is not None:
        return reach_of(Wanted(unit_id=change.unit_id), change.since)
    days = tuple(DayChange(on, None) for on in change.days.values_list("on", flat=True))
    return reach_of(Wanted(days=days), change.since)


def _carry_batch(change: CalendarChange, reach: Reach, ids: Sequence[int], at: datetime) -> bool:
    """Carry out one batch; nothing is done when another worker has moved the cursor."""
    with transaction.atomic():
        mine = CalendarChange.objects.filter(pk=change.pk, cursor=change.cursor, done_at__isnull=True)
        if mine.update(cursor=ids[-1]) != 1:
            return False
        watermark.hold()
        rows = Duty.objects.filter(pk__in=ids).exclude(phase=Phase.CLOSED).only(*COLUMNS, "seq").order_by("pk")
        if connection.vendor == "postgresql":
            rows = rows.select_for_update()
        found = {row.pk: row for row in rows}
        old, new = calendars.everywhere(change.version - 1), calendars.everywhere(change.version)
        planned = plan(found.values(), reach, old, new, at)
        _write(change, found, planned, at)
    change.cursor = ids[-1]
    return True


def _write(change: CalendarChange, rows: dict[int, Duty], planned: Sequence[Planned], at: datetime) -> None:
    moved = [one for one in planned if one.fate is Fate.MOVED]
    kept = [one for one in planned if one.fate is Fate.KEPT]
    shifted = [one for one in planned if one.rungs_moved and one.fate is not Fate.MOVED]
    _update(moved, at)
    _update(shifted, at)
    note = Note.objects.filter(pk=change.reason_id or 0).first()  # it may have been erased
    events = [_event(change, rows[one.duty_id], one, at, note) for one in moved]
    DutyEvent.objects.bulk_create(events, batch_size=INSERT)
    Outbox.objects.bulk_create(
        [Outbox(duty_id=event.duty_id, seq=event.seq, topic=ACT, at=at) for event in events], batch_size=INSERT
    )
    CalendarMove.objects.bulk_create(
        [
            CalendarMove(
                change=change, duty_id=one.duty_id, due_from=one.due_from, due_to=one.due_to, kept=one.fate is Fate.KEPT
            )
            for one in (*moved, *kept)
        ],
        batch_size=INSERT,
    )
    CalendarChange.objects.filter(pk=change.pk).update(
        due_moved=F("due_moved") + len(moved),
        due_kept=F("due_kept") + len(kept),
        rungs_moved=F("rungs_moved") + len(shifted),
    )


def _update(planned: Sequence[Planned], at: datetime) -> None:
    """Write the new columns, one statement for all duties that get the same ones."""
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for one in planned:
        is_moved = one.fate is Fate.MOVED
        due = one.due_to if is_moved else None
        alike[due, one.rungs, one.next_check_at, one.anew, is_moved].append(one.duty_id)
    by_id = {one.duty_id: one for one in planned}
    for ids in alike.values():
        one = by_id[ids[0]]
        values: dict[str, object] = {
            "near_at": one.rungs.near_at, "last_day_at": one.rungs.last_day_at, "late_at": one.rungs.late_at,
            "next_check_at": one.next_check_at,
        }  # fmt: skip
        if one.anew:
            values["clock_no"] = F("clock_no") + 1
        if one.fate is Fate.MOVED:
            values |= {"due_at": one.due_to, "seq": F("seq") + 1}
        Duty.objects.filter(pk__in=ids).update(**values)


def _event(change: CalendarChange, row: Duty, one: Planned, at: datetime, note: Note | None) -> DutyEvent:
    """Return the event of a moved due date, with old and new end in its data; its note is the reason of the change."""
    old, new = to_minute(one.due_from), to_minute(one.due_to)
    steps = [Step("calendar_changed", (change.number,)), Step("moved", (old, new))]
    event = DutyEvent(
        duty_id=row.pk, seq=row.seq + 1, act=ACT, at=at, recorded_at=datetime.now(UTC), actor_id=change.officer_id,
        phase_to=row.phase, note=note, note_hash=fingerprint_of(note.salt, note.text) if note else "", due_to=one.due_to,
        clock_no=row.clock_no + one.anew, late_working_days=row.late_working_days,
        reason_code=change.kind, basis=change.number,
        data={
            "change": str(change.public_id), "from": one.due_from.astimezone(UTC).isoformat(),
            "to": one.due_to.astimezone(UTC).isoformat(), "steps": [step.to_json() for step in steps],
        },
    )  # fmt: skip
    event.leaf = leaf_of(event)
    return event
