"""What silence comes to at the cut-off: asked of the one pure rule, carried out set-wise, once whatever the number of workers."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kycuong.core.calendars import local_date, midnight
from kycuong.core.consultations import Answer, Asked, Outcome, Silence, bound, outcome
from kycuong.core.errors import Fact
from kycuong.core.lateness import days_late
from kycuong.core.opinions import LIFECYCLE
from kycuong.models import Duty, DutyEvent, Opinion
from kycuong.queries import calendars, org
from kycuong.services import duties, watermark
from kycuong.services.transitions import Act, Step, move_many

log = logging.getLogger("kycuong.consultations")
BATCH = 500
#: What a duty becomes by what the silence came to. A body that no rule of the province binds is not counted late.
_ENDS: Final = {
    Outcome.CONSENT: "silent", Outcome.LIABLE: "silent", Outcome.UNBOUND: "lapsed", Outcome.VAGUE: "vague",
}  # fmt: skip


def expire(at: datetime, *, batch: int = BATCH) -> int:
    """Carry out the cut-offs that have passed, each once, and return how many duties moved.

    Killed anywhere it leaves whole batches; a duty that somebody answers meanwhile is passed over, one that fails is set aside.
    """
    passed = Duty.objects.filter(~Q(phase="closed"), kind="opinion", due_at__lte=at)  # by the index of what is late
    keys = list(passed.order_by("due_at", "id").values_list("pk", flat=True))
    return sum(_expire(keys[start : start + batch], at) for start in range(0, len(keys), batch))


def _expire(keys: Sequence[int], at: datetime) -> int:
    """Carry out the cut-offs of these duties in one transaction, each alone when that fails; return how many moved."""
    try:
        with transaction.atomic():
            watermark.hold()
            due = _due(at).filter(duty__in=keys).order_by("id")
            rows = due.select_for_update(of=("self", "duty"), skip_locked=True) if _locks() else due
            return _carry_out(list(rows), at)
    except (Fact, IntegrityError):
        if len(keys) > 1:
            return sum(_expire([key], at) for key in keys)
        log.exception("the cut-off of duty %s could not be carried out; the next round tries again", keys[0])
        return 0


def expire_one(duty: Duty, at: datetime) -> bool:
    """Carry out the cut-off of one duty; return whether it has passed and the duty ended. The row in hand is read anew."""
    with transaction.atomic():
        watermark.hold()
        _carry_out(list(_due(at).filter(duty=duty.pk)), at)
    duty.refresh_from_db()
    return (
        duty.phase == "closed" and duty.due_at is not None and at >= duty.due_at
    )  # ended before it, nothing came late


def _locks() -> bool:
    return connection.vendor == "postgresql"


def _due(at: datetime) -> QuerySet[Opinion]:
    """Return the opinions whose cut-off has passed and that something can still come of."""
    warned = DutyEvent.objects.filter(
        duty=OuterRef("duty_id"), act__in=("rung_near", "rung_due", "warn_again"), at__lt=OuterRef("duty__due_at"),
        clock_no=OuterRef("duty__clock_no"),
    )  # fmt: skip
    rows = Opinion.objects.select_related("duty", "consultation__rule", "proposed", "duty__holder_unit")
    owed = ~Q(consultation__rule__silence="written") | Q(duty__phase="answered") | Q(more_until__gt=F("duty__due_at"))
    return rows.filter(owed, duty__kind="opinion", duty__phase__in=("open", "answered"), duty__due_at__lte=at).annotate(
        warned=Exists(warned)
    )


def asked_of(row: Opinion, *, warned: bool) -> Asked:
    """Return the facts of one opinion for the rule that decides."""
    duty, unit = row.duty, row.duty.holder_unit
    pending = row.more_until if row.more_given is None else None  # once given, it is the due date itself
    return Asked(
        Silence(row.consultation.rule.silence), bound(unit.kind, unit.relation), row.delivered_at, duty.due_at,
        version=row.proposed.number, current=row.consultation.version, answered=Answer(row.answer) if row.answer else None,
        answered_at=row.said_at, warned_at=row.delivered_at if warned else None, more_until=pending,
        more_given=row.more_given,
    )  # fmt: skip


def _carry_out(rows: Sequence[Opinion], at: datetime) -> int:
    found: dict[Outcome, list[Opinion]] = defaultdict(list)
    for row in rows:
        found[outcome(asked_of(row, warned=row.warned), at)].append(row)  # type: ignore[attr-defined]
    moved = _keep(found.pop(Outcome.OPINION, []), at)
    moved += _wait(found.pop(Outcome.WAITING, []), at)
    moved += _warn(found.pop(Outcome.UNWARNED, []), at)
    for came_to, its in found.items():
        if came_to in _ENDS:
            moved += _end(came_to, its, at)
    return moved


def _keep(rows: Iterable[Opinion], at: datetime) -> int:
    """Take note of opinions that came in time and that the asker has left lying."""
    steps = [Step(row.duty_id, changes={"phase": "closed", "closed_at": at, "outcome": "done"}) for row in rows]
    done = move_many(steps, Act(LIFECYCLE.row("keep_opinion"), at)) if steps else []
    Opinion.objects.filter(duty__in=done).update(outcome="opinion")
    return len(done)


def _wait(rows: Iterable[Opinion], at: datetime) -> int:
    """Let the later cut-off hold that a body asked for and the asker never decided."""
    steps = [Step(row.duty_id, changes=_until(row.duty, row.more_until, at)) for row in rows if row.more_until]
    done = move_many(steps, Act(LIFECYCLE.row("keep_time"), at)) if steps else []
    Opinion.objects.filter(duty__in=done).update(more_given=True)
    return len(done)


def _warn(rows: Iterable[Opinion], at: datetime) -> int:
    """Warn whom no reminder reached, and leave one working day before silence counts."""
    steps = []
    for row in rows:
        day = calendars.current(row.duty.holder_unit_id).add_working_days(local_date(at), 2)
        steps.append(Step(row.duty_id, changes=_until(row.duty, midnight(day), at)))
    return len(move_many(steps, Act(LIFECYCLE.row("warn_again"), at))) if steps else 0


def _until(duty: Duty, due_at: datetime | None, at: datetime) -> dict[str, object]:
    assert due_at is not None
    columns: dict[str, object] = dict(duties.rung_columns(due_at, at, calendars.current(duty.holder_unit_id)))
    return columns | {"due_at": due_at, "clock_no": duty.clock_no + 1}


def _end(came_to: Outcome, rows: Sequence[Opinion], at: datetime) -> int:
    """End the duties of the silent; who answers for each is the head of the body on the last day."""
    ended = _ENDS[came_to]
    steps = []
    for row in rows:
        assert row.duty.due_at is not None
        late = days_late(at, row.duty.due_at, calendars.current(row.duty.holder_unit_id)) if ended == "silent" else 0
        changes = {
            "phase": "closed", "closed_at": at, "outcome": ended, "running_since": None, "next_check_at": None,
            "late_working_days": late or None,
        }  # fmt: skip
        steps.append(Step(row.duty_id, changes=changes, data={"came_to": came_to.value}))
    done = set(move_many(steps, Act(LIFECYCLE.row("expire"), at)))
    if ended != "silent":
        Opinion.objects.filter(duty__in=done).update(outcome=came_to.value)
        return len(done)
    heads = org.heads({row.duty.holder_unit_id for row in rows}, local_date(at))
    groups: dict[int | None, list[int]] = defaultdict(list)
    for row in rows:
        if row.duty_id in done:
            seat = heads.get(row.duty.holder_unit_id)
            groups[seat.officer_id if seat else row.duty.holder_officer_id].append(row.duty_id)
    for head, its in groups.items():
        Opinion.objects.filter(duty__in=its).update(outcome=came_to.value, liable=head)
    return len(done)
