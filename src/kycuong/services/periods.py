"""Periods: opened for reconciliation, agreed or contested by the units, decided by the giver's side, closed with a watermark."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from kycuong.core import periods as law
from kycuong.core.calendars import local_date, midnight
from kycuong.core.duties import near_boundary
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible, TransitionNotAllowed
from kycuong.core.figures import Line, digest, fingerprint
from kycuong.core.limits import due
from kycuong.core.tasks import LIFECYCLE
from kycuong.models import Duty, Period, PeriodContest, PeriodRow, PeriodUnit, Unit
from kycuong.models.duties import Phase
from kycuong.queries import calendars, limits, org, scope
from kycuong.queries import periods as queries
from kycuong.queries.periods.counting import CountedRow, rows
from kycuong.services import audit, notices, tasks, watermark
from kycuong.services.leaves import keep_note
from kycuong.services.transitions import Act, move

BATCH = 1000


def open_period(*, actor: scope.Actor, at: datetime, kind: str, year: int, number: int) -> UUID:
    """Open a period that has ended for reconciliation; units have some working days, silence is agreement.

    Raises: NotAllowed, Invalid.
    """
    if not actor.may("intake"):
        raise NotAllowed("period_open_not_allowed")
    since, until = law.days_of(kind, year, number)
    if local_date(at) < until:
        raise Invalid("period_not_ended", day=f"{until:%d/%m/%Y}")
    calendar = calendars.current()
    limit = limits.current("reconcile", local_date(at))
    made = Period(
        kind=kind, year=year, number=number, since_on=since, until_on=until, opened_by_id=actor.officer_id, opened_at=at,
        contest_until_at=due(at, limit, calendar).due_at, limit_source=limit.source[:200],
        near_until_at=near_boundary(midnight(until), calendar),
    )  # fmt: skip
    with transaction.atomic():
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError as error:
            raise Invalid("period_known") from error
        bodies = Unit.objects.filter(org.valid_on(local_date(at))).exclude(kind__in=["division", "district", "outside"])
        PeriodUnit.objects.bulk_create([PeriodUnit(period=made, unit=unit) for unit in bodies.order_by("id")])
        notices.tell_period(made, at, actor.officer_id)
        _audit(actor, at, "open_period", made, kind=kind, year=year, number=number)
    return made.public_id


def _audit(actor: scope.Actor, at: datetime, act: str, period: Period, **data: object) -> None:
    audit.record(
        actor_id=actor.officer_id, at=at, act=act, subject_kind="period", subject_id=period.public_id, **data
    )  # fmt: skip


def _running(public_id: UUID) -> Period:
    """Return a period that is not closed, locked. Raises: NotVisible, TransitionNotAllowed."""
    row = Period.objects.select_for_update(of=("self",)).filter(public_id=public_id).first()
    if row is None:
        raise NotVisible("period_not_visible")
    if row.state == Period.State.CLOSED:
        raise TransitionNotAllowed("period_closed")
    return row


def _own(actor: scope.Actor, unit: UUID) -> Unit:
    row = Unit.objects.filter(public_id=unit).first()
    if row is None or not actor.leads(row.pk):
        raise NotAllowed("period_not_unit")
    return row


def agree(*, actor: scope.Actor, at: datetime, period: UUID, unit: UUID) -> None:
    """Agree to the figures of one's unit. Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict."""
    with transaction.atomic():
        row, own = _running(period), _own(actor, unit)
        mine, _ = PeriodUnit.objects.get_or_create(
            period=row, unit=own
        )  # a unit founded since the opening has none yet
        if mine.agreed_at is not None:
            raise Conflict("period_agreed")
        PeriodUnit.objects.filter(pk=mine.pk).update(agreed_at=at, agreed_by=actor.officer_id)
        _audit(actor, at, "agree_period", row, unit=own.pk)


def contest(*, actor: scope.Actor, at: datetime, period: UUID, duty: UUID, reason: str) -> UUID:
    """Contest how one task of one's unit is counted, with reason, while the term runs.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    with transaction.atomic():
        row = _running(period)
        task = scope.duty_to_read(actor, duty)
        if not actor.leads(task.holder_unit_id):
            raise NotAllowed("period_not_unit")
        if at >= row.contest_until_at:
            raise TransitionNotAllowed("period_term_over")
        if not reason.strip():
            raise Invalid("period_reason_missing")
        if task.pk not in {one.duty for one in rows(row, units=[task.holder_unit_id])}:
            raise Invalid("period_row_unknown")
        note, _ = keep_note(reason)
        made = PeriodContest(
            period=row, unit_id=task.holder_unit_id, duty=task, reason=note, made_by_id=actor.officer_id, made_at=at
        )
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError as error:
            raise Conflict("period_contested") from error
        PeriodUnit.objects.filter(period=row, unit=task.holder_unit_id).update(agreed_at=None, agreed_by=None)
        notices.tell_contest(row, task, at, actor.officer_id)
        _audit(actor, at, "contest_row", row, duty=str(duty))
    return made.public_id


def decide(
    *, actor: scope.Actor, at: datetime, contest: UUID, outcome: str, note: str, due_on: date | None = None
) -> None:  # fmt: skip
    """Decide what a unit contested: the date is corrected, the task is put apart in this period, or it stays as it is.

    Each is an act on the duty with its reason. Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    row = (
        PeriodContest.objects.select_related("period", "duty__document", "duty__holder_unit")
        .filter(public_id=contest)
        .first()
    )
    if row is None or not scope.visible_duties(actor).filter(pk=row.duty_id).exists():
        raise NotVisible("period_not_visible")
    step = LIFECYCLE.row("reconcile")
    if not scope.permits(actor, row.duty, step, scope.Facts(None, False, False, None)):
        raise NotAllowed("period_not_giver")
    if outcome not in PeriodContest.Outcome.values or not outcome:
        raise Invalid("kind_unknown", text=outcome)
    if not note.strip():
        raise Invalid("period_reason_missing")
    if outcome == "corrected" and due_on is None:
        raise Invalid("period_date_missing")
    with transaction.atomic():
        _running(row.period.public_id)
        kept, _ = keep_note(note)
        changed = PeriodContest.objects.filter(pk=row.pk, outcome="").update(
            outcome=outcome, answer=kept, decided_by=actor.officer_id, decided_at=at
        )
        if not changed:
            raise Conflict("period_decided")
        if outcome == "corrected":
            _correct(actor, at, row.duty, due_on, note)
        duty = Duty.objects.get(pk=row.duty_id)
        data: dict[str, object] = {"period": str(row.period.public_id), "outcome": outcome}
        move(duty, Act(step, at, actor, note=note, reason_code=outcome, data=data))
        _audit(actor, at, "decide_contest", row.period, contest=str(contest), outcome=outcome)


def _correct(actor: scope.Actor, at: datetime, duty: Duty, due_on: date | None, note: str) -> None:
    """Correct the date of a task through the act of that name, which nobody may use to make a unit late."""
    if duty.phase == Phase.CLOSED:
        raise TransitionNotAllowed("move_not_possible", phase=Phase.CLOSED.label, act=LIFECYCLE.row("correct").label)
    tasks.correct(actor=actor, at=at, duty=duty.public_id, note=note, due_on=due_on)


def close(*, actor: scope.Actor, at: datetime, period: UUID) -> str:
    """Close a period: what lies below the watermark is frozen row by row, what lies above it is not in; return the hash.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict when somebody wrote at every try.
    """
    if not actor.has("office_head"):
        raise NotAllowed("period_close_not_allowed")
    row = Period.objects.filter(public_id=period).first()
    if row is None:
        raise NotVisible("period_not_visible")
    _may_close(row, at)
    mark = watermark.mark()  # before the transaction: whoever is writing now is either below it or not counted
    if mark is None:
        raise Conflict("period_busy")
    return _freeze(actor, at, row, mark)


def _may_close(row: Period, at: datetime) -> None:
    if row.state == Period.State.CLOSED:
        raise TransitionNotAllowed("period_closed")
    waiting = PeriodContest.objects.filter(period=row, outcome="").count()
    if waiting:
        raise TransitionNotAllowed("period_contests_open", n=waiting)
    silent = queries.silent(row)
    if at < row.contest_until_at and silent:
        last = local_date(row.contest_until_at - timedelta(microseconds=1))  # the term ends with the day before
        raise TransitionNotAllowed("period_term_running", day=f"{last:%d/%m/%Y}", n=silent)


def _freeze(actor: scope.Actor, at: datetime, row: Period, mark: watermark.Mark) -> str:
    with transaction.atomic():
        _running(row.public_id)
        _may_close(row, at)
        found = rows(row, mark=mark.event)
        PeriodRow.objects.bulk_create(
            [
                PeriodRow(
                    period=row, unit_id=one.unit, duty_id=one.duty, state=one.state.value, dated=one.dated,
                    late_working_days=one.late,
                )
                for one in found
            ],
            batch_size=BATCH,
        )  # fmt: skip
        proofs = _prove(row, mark, found)
        row.state, row.closed_by_id, row.closed_at = Period.State.CLOSED, actor.officer_id, at
        row.mark_event, row.mark_entry = mark.event, mark.entry
        row.fingerprint = digest(sorted(proofs))
        row.save()
        _audit(actor, at, "close_period", row, mark=mark.event, hash=row.fingerprint, rows=len(found))
    return row.fingerprint


def _prove(row: Period, mark: watermark.Mark, found: list[CountedRow]) -> list[str]:
    """Write the proof of each unit's figures: the question with its watermark, and the hash over it and the lines."""
    by_unit: dict[int, list[CountedRow]] = defaultdict(list)
    for one in found:
        by_unit[one.unit].append(one)
    known = {line.unit_id: line for line in PeriodUnit.objects.filter(period=row)}
    missing = [PeriodUnit(period=row, unit_id=unit) for unit in by_unit if unit not in known]
    known |= {line.unit_id: line for line in PeriodUnit.objects.bulk_create(missing)}
    names = {key: str(public) for key, public in Unit.objects.filter(pk__in=known).values_list("pk", "public_id")}
    duties: dict[int, UUID] = {}
    for start in range(0, len(found), BATCH):  # no statement names more keys than SQLite takes
        keys = [one.duty for one in found[start : start + BATCH]]
        duties.update(Duty.objects.filter(pk__in=keys).values_list("pk", "public_id"))
    for unit, line in known.items():
        line.filters = queries.filters(row, names[unit], mark.event)
        lines = [
            Line(str(duties[one.duty]), names[unit], names[unit], "", one.state, one.dated, late=one.late)
            for one in by_unit[unit]
        ]
        line.fingerprint = fingerprint(lines, line.filters)
    PeriodUnit.objects.bulk_update(known.values(), ["filters", "fingerprint"], batch_size=BATCH)
    return [line.fingerprint for line in known.values()]
