"""The ladders: an authority changes a rung; each working day the rungs of the day fire, every one once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, QuerySet

from kycuong.core.calendars import Calendar
from kycuong.core.duties import morning
from kycuong.core.errors import Conflict, Invalid, NotAllowed
from kycuong.core.ladders import MOST_STEPS, ONE_STEP, Condition, Hearer, Rung, act_of, check, last_morning, window
from kycuong.core.refusals import Refused
from kycuong.models import DayMark, Duty, LadderRung
from kycuong.queries import calendars, scope
from kycuong.queries import ladders as queries
from kycuong.services import audit, watermark
from kycuong.services.duties import Fired, write_rungs

BATCH = 2000


def sweep(at: datetime, *, batch: int = BATCH) -> int:
    """Fire the rungs of every working day that has opened since the last round, and return how many fired.

    After several days the highest rung of a ladder fires alone. Killed anywhere, repeated, or run by several workers:
    an event keeps its rung, and the table refuses the same one twice.
    """
    calendar = calendars.current()
    try:
        day = last_morning(at, calendar)
    except Refused:
        return 0  # a year whose holidays nobody has decided: its days cannot be counted
    rungs = [rung for rung in queries.rungs() if not rung.on_the_row]
    done = dict(DayMark.objects.filter(name__in=[rung.code for rung in rungs]).values_list("name", "done_on"))
    late = [rung for rung in rungs if (done.get(rung.code) or date.min) < day]
    windows = [window(rung, _first(done.get(rung.code), day, calendar), day, calendar) for rung in late]
    stirred = queries.stirred(zip(late, windows, strict=True))
    _note([rung.code for rung in late if rung.condition not in stirred], day)
    busy = [rung for rung in reversed(late) if rung.condition in stirred]
    return sum(_play(rung, queries.higher(rung, rungs), day, at, calendar, batch) for rung in busy)


def _first(done_on: date | None, day: date, calendar: Calendar) -> date:
    """Return the first working day that no round has done; of a rung that never ran, this day alone."""
    return calendar.add_working_days(done_on, 1) if done_on else day


def _note(codes: Sequence[str], day: date) -> None:
    """Note that rungs with nothing to find have done a day."""
    if codes:
        DayMark.objects.bulk_create([DayMark(name=code) for code in codes], ignore_conflicts=True)
        behind = Q(done_on__isnull=True) | Q(done_on__lt=day)
        DayMark.objects.filter(behind, name__in=codes).update(done_on=day)


def _play(rung: Rung, above: list[Rung], day: date, at: datetime, calendar: Calendar, batch: int) -> int:
    """Play one rung up to a day, batch by batch; a row that fails is recorded and left out, the others go on."""
    DayMark.objects.get_or_create(name=rung.code)
    total, aside = 0, set[int]()
    while True:
        found: list[tuple[Any, ...]] = []
        try:
            with transaction.atomic():
                mark = DayMark.objects.select_for_update().get(name=rung.code)  # one worker a rung
                if mark.done_on and mark.done_on >= day:
                    return total
                first = _first(mark.done_on, day, calendar)
                waiting = queries.found_by(rung, above, window(rung, first, day, calendar)).exclude(pk__in=aside)
                found += _lock(waiting, batch)
                if found:
                    _fire(rung, found, at)
                if len(found) < batch:
                    DayMark.objects.filter(pk=mark.pk).update(done_on=day)
        except IntegrityError:
            if batch == 1:
                aside.add(_set_aside(found[0][0], at))
            batch = 1  # find the row that fails, leave it out, go on
            continue
        total += len(found)
        if len(found) < batch:
            return total


def _lock(waiting: QuerySet[Duty, Any], batch: int) -> list[tuple[Any, ...]]:
    watermark.hold()
    rows = waiting.select_for_update(of=("self",))[:batch]
    return [(row.pk, row.seq, row.clock_no, row.due_at, getattr(row, "place", None)) for row in rows]


def _set_aside(duty_id: int, at: datetime) -> int:
    named = Duty.objects.values_list("public_id", flat=True).get(pk=duty_id)
    audit.record(actor_id=None, at=at, act="postpone_sweep", subject_kind="duty", subject_id=named)
    return duty_id


def _fire(rung: Rung, found: list[tuple[Any, ...]], at: datetime) -> None:
    Duty.objects.filter(pk__in=[row[0] for row in found]).update(seq=F("seq") + 1)
    act, adapt = act_of(rung.condition), connection.ops.adapt_datetimefield_value
    write_rungs(
        [
            Fired(pk, seq + 1, clock, adapt(due) if due else None, f"{rung.code}.{place}" if place else rung.code, act)
            for pk, seq, clock, due, place in found
        ],
        at,
    )


def next_opening(until: datetime) -> datetime | None:
    """Return the opening of the first working day up to `until` whose rungs have not fired yet."""
    calendar = calendars.current()
    rungs = [rung.code for rung in queries.rungs() if not rung.on_the_row]
    done = [on for on in DayMark.objects.filter(name__in=rungs).values_list("done_on", flat=True) if on]
    if not done:
        return None
    try:
        opens = morning(calendar.add_working_days(min(done), 1), calendar)
    except Refused:
        return None
    return opens if opens <= until else None


def change(
    *, actor: scope.Actor, at: datetime, condition: str, step: int, working_days: int, hearers: Sequence[str],
    is_active: bool, decision: str, reason: str,
) -> None:  # fmt: skip
    """Change one rung, or add the next one, by a decision; it holds from now on, what has fired stays as it fired.

    Raises: NotAllowed, Invalid, Conflict.
    """
    if not queries.may_change(actor):
        raise NotAllowed("ladder_not_allowed")
    rung = _asked(condition, step, working_days, hearers)
    if is_active:
        check(rung, queries.rungs())
    if not decision.strip():
        raise Invalid("ladder_decision_missing")
    if not reason.strip():
        raise Invalid("ladder_reason_missing")
    made = LadderRung(
        condition=rung.condition.value, step=rung.step, working_days=rung.working_days, is_active=is_active,
        hearers=[hearer.value for hearer in rung.hearers], decision=decision.strip()[:120], reason=reason.strip()[:500],
        changed_by_id=actor.officer_id, from_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            LadderRung.objects.filter(condition=rung.condition.value, step=step, until_at__isnull=True).update(
                until_at=at
            )
            made.save(force_insert=True)
            audit.record(
                actor_id=actor.officer_id, at=at, act="change_ladder", subject_kind="ladder", subject_id=rung.code,
                row=made.pk, working_days=rung.working_days, hearers=made.hearers, is_active=is_active,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict("ladder_moved_meanwhile") from error


def _asked(condition: str, step: int, working_days: int, hearers: Sequence[str]) -> Rung:
    if condition not in set(Condition) or not 1 <= step <= MOST_STEPS:
        raise Invalid("ladder_unknown")
    known = Condition(condition)
    rows = next(one for one in queries.ladders() if one.condition is known)
    if (known in ONE_STEP and step > 1) or step not in {*(row.rung.step for row in rows.rows), rows.next_step}:
        raise Invalid("ladder_unknown")
    heard = tuple(hearer for hearer in Hearer if hearer.value in hearers)
    asked = Rung(known, step, working_days, heard)
    if asked.on_the_row:  # its day follows from the clock
        return next(Rung(known, step, row.rung.working_days, heard) for row in rows.rows if row.rung.step == step)
    return asked
