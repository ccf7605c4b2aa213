"""Decide a change: days, office hours, or the reverse of an earlier one; one transaction, then the duties follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from kycuong.core.calendar_changes import DayChange, Decision, check_days, check_decision, check_hours
from kycuong.core.calendars import DayRow, local_date
from kycuong.core.errors import Conflict, Invalid, NotAllowed
from kycuong.models import CalendarChange, CalendarChangeDay, CalendarDay, Opinion, Unit, WorkCalendar
from kycuong.queries import calendars, scope
from kycuong.queries.calendar_changes.history import stored_row
from kycuong.queries.calendar_changes.preview import Wanted, reach_of
from kycuong.services import audit, watermark
from kycuong.services.calendar_changes.carrying import carry_out
from kycuong.services.leaves import keep_note


def check_permission(actor: scope.Actor) -> None:
    """Refuse whoever is neither administrator nor head of the Office. Raises: NotAllowed."""
    if not actor.may("calendar"):
        raise NotAllowed("calendar_not_allowed")


def change_days(
    *, actor: scope.Actor, at: datetime, decision: Decision, days: Sequence[DayChange], reason: str, seen: int,
    correction: bool = False, request_id: UUID | None = None, reverses: CalendarChange | None = None,
    batches: int | None = None,
) -> CalendarChange:  # fmt: skip
    """Make days off or worked by a decision and move every due date that counts them; `seen` is the version previewed.

    `batches` limits how much is carried out at once: the jobs do the rest. A correction of past days moves nothing.
    Raises: NotAllowed, Invalid, Conflict when the calendar changed since the preview.
    """
    check_permission(actor)
    if done := _done(request_id, actor, decision, days=sorted(day.on for day in days)):
        return done
    check_days(days, calendars.current(), local_date(at), correction=correction)
    check_decision(decision, reason, local_date(at))
    since = reach_of(Wanted(days=tuple(days)), at).since
    with transaction.atomic():
        change = _begin(actor, at, decision, reason, seen, request_id)
        change.kind, change.correction, change.reverses = CalendarChange.Kind.DAYS, correction, reverses
        change.since = since
        change.done_at = at if correction else None
        change.save(force_insert=True)
        _write_days(change, days)
        _renew(change)
        _look_again_at_dissents(at)
        _record(change, days=sorted(day.on.isoformat() for day in days))
    if not correction:
        carry_out(change, at, batches=batches)
    return change


def change_hours(
    *, actor: scope.Actor, at: datetime, decision: Decision, unit: UUID, spans: Sequence[tuple[int, int]] | None,
    reason: str, seen: int, request_id: UUID | None = None, reverses: CalendarChange | None = None,
    batches: int | None = None,
) -> CalendarChange:  # fmt: skip
    """Give a unit, and those below that have none of their own, office hours; nothing for the hours of the unit above.

    Limits in working hours and the minutes of reminders follow from `at` on. Raises: NotAllowed, Invalid, Conflict.
    """
    check_permission(actor)
    if done := _done(request_id, actor, decision, unit=unit):
        return done
    check_decision(decision, reason, local_date(at))
    hours = check_hours(spans).spans if spans is not None else None
    row = Unit.objects.filter(public_id=unit).first()
    if row is None:
        raise Invalid("unit_unknown", text=str(unit))
    if hours == (calendars.spans_of(row.office_hours) if row.office_hours else None):
        raise Invalid("hours_same", unit=row.name)
    with transaction.atomic():
        change = _begin(actor, at, decision, reason, seen, request_id)
        change.kind, change.unit, change.reverses = CalendarChange.Kind.HOURS, row, reverses
        change.hours_before, change.hours_after = row.office_hours, [list(span) for span in hours] if hours else None
        change.since = at
        change.save(force_insert=True)
        Unit.objects.filter(pk=row.pk).update(
            office_hours=change.hours_after, office_hours_basis=decision.basis[:120] if hours else ""
        )
        _renew(change)
        _record(change, unit=str(unit))
    carry_out(change, at, batches=batches)
    return change


def _done(
    request_id: UUID | None, actor: scope.Actor, decision: Decision, **asked: object
) -> CalendarChange | None:  # fmt: skip
    """Return the change that the same person made by the same request. Raises: Conflict, when it was another one."""
    rows = CalendarChange.objects.select_related("unit", "reverses")
    row = rows.filter(request_id=request_id).first() if request_id else None
    if row is None:
        return None
    made = {
        "unit": row.unit.public_id if row.unit else None, "reverses": row.reverses.public_id if row.reverses else None,
        "days": sorted(row.days.values_list("on", flat=True)),
    }  # fmt: skip
    mine = (row.officer_id, row.number, row.decided_on, row.issuer) == (actor.officer_id, *_paper(decision))
    if not mine or any(made[name] != value for name, value in asked.items()):
        raise Conflict("request_used")
    return row


def _paper(decision: Decision) -> tuple[str, date, str]:
    """Return number, day and issuer of a decision as a change keeps them."""
    return decision.number.strip()[:60], decision.decided_on, decision.issuer.strip()[:200]


def _begin(
    actor: scope.Actor, at: datetime, decision: Decision, reason: str, seen: int, request_id: UUID | None
) -> CalendarChange:
    """Raise the version of the calendar, one change at a time, and return the unsaved change. Raises: Conflict."""
    watermark.hold_all()  # whoever opens a duty by the calendar before has committed it, or will see that it changed
    calendar = WorkCalendar.objects.order_by("-id").first()
    if calendar is None:
        raise Invalid("calendar_missing")
    raised = WorkCalendar.objects.filter(pk=calendar.pk, version=seen)
    if raised.update(version=F("version") + 1, edition=uuid4()) != 1:  # what is built meanwhile is of no earlier state
        raise Conflict("calendar_changed_meanwhile")
    if CalendarChange.objects.filter(calendar=calendar, done_at__isnull=True).exists():
        raise Conflict("calendar_busy")
    note, _ = keep_note(reason)
    number, decided_on, issuer = _paper(decision)
    return CalendarChange(
        calendar=calendar, version=seen + 1, number=number, decided_on=decided_on, issuer=issuer, reason=note,
        officer_id=actor.officer_id, request_id=request_id, at=at,
    )  # fmt: skip


def _renew(change: CalendarChange) -> None:
    """Give the calendar a new edition, last of all: what was built while its rows were being written is never asked again."""
    WorkCalendar.objects.filter(pk=change.calendar_id).update(edition=uuid4())


def _look_again_at_dissents(at: datetime) -> None:
    """Let the next round of reminders count each wait anew: a day that is worked now brings its reminder forward."""
    Opinion.objects.filter(dissent_check_at__gt=at).update(dissent_check_at=at)


def _record(change: CalendarChange, **data: object) -> None:
    audit.record(
        actor_id=change.officer_id, at=change.at, act=f"change_{change.kind}", subject_kind="calendar",
        subject_id=change.public_id, version=change.version, number=change.number, **data,
    )  # fmt: skip


def _write_days(change: CalendarChange, days: Sequence[DayChange]) -> None:
    """Write the days into the calendar, and before and after of each into the change."""
    rows = {row.on: row for row in CalendarDay.objects.filter(calendar=change.calendar, on__in=[d.on for d in days])}
    CalendarChangeDay.objects.bulk_create(
        [
            CalendarChangeDay(
                change=change,
                on=day.on,
                before=_stored(rows[day.on]) if day.on in rows else None,
                after=_stored(day.row) if day.row else None,
            )
            for day in days
        ]
    )
    CalendarDay.objects.filter(pk__in=[row.pk for row in rows.values()]).delete()
    CalendarDay.objects.bulk_create(
        [
            CalendarDay(calendar=change.calendar, on=day.on, **_stored(day.row))
            for day in days
            if day.row is not None
        ]
    )  # fmt: skip


def _stored(row: CalendarDay | DayRow) -> dict[str, object]:
    return {"working": row.working, "name": row.name, "basis": row.basis, "verified": row.verified}


def reversal(change: UUID, on: date) -> tuple[CalendarChange, Wanted]:
    """Return a change and what would take it back: of its days those still ahead, of hours the ones before.

    Raises: Invalid when nothing is left to take back, or when something of it was changed again since.
    """
    row = CalendarChange.objects.select_related("unit").filter(public_id=change).first()
    if row is None:
        raise Invalid("change_not_visible")
    if row.reversed_by.exists() or row.correction:
        raise Invalid("change_reversed")
    if row.unit is not None:
        before = row.hours_before if row.hours_before is not None else None
        if row.unit.office_hours != row.hours_after:
            raise Invalid("change_overtaken", number=row.number)
        return row, Wanted(unit_id=row.unit_id, spans=calendars.spans_of(before) if before else None)
    ahead = [day for day in row.days.order_by("on") if day.on >= on]
    if not ahead:
        raise Invalid("change_passed")
    now = {day.on: day for day in CalendarDay.objects.filter(calendar=row.calendar, on__in=[day.on for day in ahead])}
    if any((_stored(now[day.on]) if day.on in now else None) != day.after for day in ahead):
        raise Invalid("change_overtaken", number=row.number)
    return row, Wanted(days=tuple(DayChange(day.on, stored_row(day.on, day.before)) for day in ahead))


def reverse(
    *, actor: scope.Actor, at: datetime, change: UUID, decision: Decision, reason: str, seen: int,
    request_id: UUID | None = None, batches: int | None = None,
) -> CalendarChange:  # fmt: skip
    """Take a change back by another one, with a decision and a reason of its own.

    Raises: NotAllowed, Invalid, Conflict.
    """
    check_permission(actor)
    if done := _done(request_id, actor, decision, reverses=change):
        return done
    row, wanted = reversal(change, local_date(at))
    if row.unit is not None:
        return change_hours(
            actor=actor, at=at, decision=decision, unit=row.unit.public_id, spans=wanted.spans, reason=reason, seen=seen,
            request_id=request_id, reverses=row, batches=batches,
        )  # fmt: skip
    return change_days(
        actor=actor, at=at, decision=decision, days=wanted.days, reason=reason, seen=seen, request_id=request_id,
        reverses=row, batches=batches,
    )  # fmt: skip
