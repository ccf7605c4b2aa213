"""Open the duties of taken-over tasks: original and extended date kept, late since their date, without a storm of reminders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from django.db import connection

from kycuong.core.calendars import TZ, Calendar, OutOfCalendar, local_date, midnight, to_minute
from kycuong.core.confirmations import LIFECYCLE as CONFIRMATION
from kycuong.core.imports import day_or_none
from kycuong.core.lateness import days_late
from kycuong.core.limits import Step, due, due_fixed
from kycuong.core.takeovers import DONE, RUNNING, parts_of
from kycuong.core.tasks import LIFECYCLE
from kycuong.models import Duty, ImportRow, ImportRun, Order, Task, TaskParticipant, TaskResult
from kycuong.models.directives import Term
from kycuong.models.duties import Phase
from kycuong.queries import calendars, limits, org, scope
from kycuong.services import duties, search
from kycuong.services.transitions import Act, open_many

BATCH = 500
#: A table gives days; what was handed in on a day counts as handed in when offices close.
CLOSING: Final = time(17)


@dataclass(slots=True)
class _Dates:
    given: date
    original: date | None
    last: date | None
    done: datetime | None


def _dates(row: ImportRow) -> _Dates:
    found = {name: day_or_none(row.values[name]) for name in _NAMES}
    given = found["given_on"] or found["issued_on"]
    assert given is not None
    done = found["done_on"] if row.values["state"] != RUNNING else None
    return _Dates(
        given,
        found["original_due"],
        found["extended_due"] or found["original_due"],
        datetime.combine(done, CLOSING, TZ) if done else None,
    )


_NAMES: Final = ("issued_on", "original_due", "extended_due", "given_on", "done_on")


class Opener:
    """Open the tasks of one batch of rows for the heads in office on the day."""

    def __init__(self, run: ImportRun, actor: scope.Actor, at: datetime) -> None:
        self.run, self.actor, self.at, self.on = run, actor, at, local_date(at)
        self.calendar: Calendar = calendars.current()
        self.calendars = calendars.everywhere()
        self.seats: dict[tuple[int | None, int], org.Seat | None] = {}

    def open(self, rows: list[ImportRow]) -> None:
        """Open a duty and a task for every row, history as history, and mark the rows as done."""
        heads = org.heads({row.unit_id for row in rows if row.unit_id}, self.on)
        made = [self._duty(row, heads.get(row.unit_id or 0)) for row in rows]
        facts = [self._facts(row, duty) for row, duty in zip(rows, made, strict=True)]
        saved = open_many(made, Act(LIFECYCLE.row("take_over"), self.at, self.actor), facts)
        tasks = self._tasks(rows, saved)
        self._results(rows, tasks)
        self._confirmations([duty for duty in saved if duty.phase == Phase.ANSWERED])
        for row, duty in zip(rows, saved, strict=True):
            row.duty, row.state = duty, ImportRow.State.DONE
        # Raw SQL, marked: one worded statement; see the documents of the rows.
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE kycuong_importrow SET duty_id = %s, state = %s WHERE id = %s",
                [(row.duty_id, ImportRow.State.DONE.value, row.pk) for row in rows],
            )
        search.write_tasks([duty.pk for duty in saved])

    def _facts(self, row: ImportRow, duty: Duty) -> dict[str, object]:
        steps: list[dict[str, object]] = []
        if duty.due_at and duty.original_due_at and duty.due_at > duty.original_due_at:
            steps = [Step("extended", (to_minute(duty.original_due_at), to_minute(duty.due_at))).to_json()]
        return {
            "source": self.run.source, "old_code": row.values["old_code"], "run": str(self.run.public_id), "row": row.number,
            "state": row.values["state"], "extensions": _extensions(row), "steps": steps,
        }  # fmt: skip

    def _duty(self, row: ImportRow, seat: org.Seat | None) -> Duty:
        document, dates = row.document, _dates(row)
        assert document is not None
        assert row.unit_id is not None
        closed = row.values["state"] == DONE
        words = " ".join(row.values["text"].split())
        duty = Duty(
            kind="task",
            title=words if len(words) <= 300 else words[:297].rsplit(" ", 1)[0] + "…",
            document=document,
            giver_unit_id=document.giver_unit_id,
            giver_post_id=document.giver_post_id,
            follower_unit_id=document.follower_unit_id,
            confirmer_unit_id=document.confirmer_unit_id,
            holder_unit_id=row.unit_id,
            holder_post_id=seat.post_id if seat and not closed else None,
            holder_officer_id=seat.officer_id if seat and not closed else None,
            term=Term.DATED if dates.last else Term.STANDING,
            anchor_at=midnight(dates.given),
            opened_at=midnight(dates.given),
        )
        self._wind(duty, dates, str(document))
        duty.clock_no = 1 + _extensions(row)
        if dates.done:
            self._stop(duty, dates.done, closed=closed)
        return duty

    def _wind(self, duty: Duty, dates: _Dates, source: str) -> None:
        """Set the clock as it stands now: rungs that have passed do not fire, the next one does."""
        covered = self.calendar.covers(dates.given)
        if dates.last and dates.original:
            end = due_fixed(dates.last, "by", self.calendar, source=source)
            duties.wind(duty, end, self.calendars.of(duty.holder_unit_id), self.at)
            duty.original_due_at = due_fixed(dates.original, "by", self.calendar).due_at
            duty.bound = "by"
            if duty.next_check_at and duty.next_check_at <= self.at:
                duty.next_check_at = None
        duty.running_since = duty.anchor_at if covered else self.at

    def _stop(self, duty: Duty, done: datetime, *, closed: bool) -> None:
        covered = self.calendar.covers(local_date(duty.anchor_at)) and self.calendar.covers(local_date(done))
        duty.consumed_minutes = self.calendar.working_minutes_between(duty.anchor_at, done) if covered else 0
        duty.answered_at, duty.running_since, duty.next_check_at = done, None, None
        duty.late_working_days = self._late(duty, done)
        duty.phase = Phase.ANSWERED
        if closed:
            duty.phase, duty.closed_at = Phase.CLOSED, done
            duty.outcome = "done_late" if duty.late_working_days else "done"

    def _late(self, duty: Duty, done: datetime) -> int | None:
        """Return how late a result was; in years whose holidays the calendar does not hold, weekdays count."""
        if duty.due_at is None:
            return None
        try:
            return days_late(done, duty.due_at, self.calendar)
        except OutOfCalendar:
            first, last = local_date(duty.due_at).toordinal(), local_date(done).toordinal()
            return sum(1 for day in range(first, last + 1) if date.fromordinal(day).weekday() < 5)

    def _tasks(self, rows: list[ImportRow], saved: list[Duty]) -> list[Task]:
        orders = {
            (order.document_id, order.text): order
            for order in Order.objects.filter(document__in={row.document_id for row in rows}).order_by("-id")
        }
        tasks = Task.objects.bulk_create(
            [
                Task(
                    duty=duty,
                    order=orders.get((row.document_id or 0, row.values["text"])),
                    document=row.document,
                    product=row.values["product"],
                    old_source=self.run.source,
                    old_code=row.values["old_code"],
                    old_extensions=_extensions(row),
                    old_extended_days=self._extended_days(_dates(row)),
                )
                for row, duty in zip(rows, saved, strict=True)
            ],
            batch_size=BATCH,
        )
        TaskParticipant.objects.bulk_create(
            [
                TaskParticipant(task=task, unit_id=unit)
                for row, task in zip(rows, tasks, strict=True)
                for unit in row.participants
            ],
            batch_size=BATCH,
        )
        return tasks

    def _extended_days(self, dates: _Dates) -> int:
        if not (dates.original and dates.last) or dates.last <= dates.original:
            return 0
        if not (self.calendar.covers(dates.original) and self.calendar.covers(dates.last)):
            return (dates.last - dates.original).days
        return max(self.calendar.working_days_between(dates.original, dates.last), 1)

    def _results(self, rows: list[ImportRow], tasks: list[Task]) -> None:
        """Write the attempt that was sent in the old system; its evidence is the note of the take-over."""
        made = []
        for row, task in zip(rows, tasks, strict=True):
            done = _dates(row).done
            if done is None:
                continue
            number, symbol = parts_of(row.values["result"])
            closed = row.values["state"] == DONE
            verdict = TaskResult.Verdict.CONFIRMED if closed else TaskResult.Verdict.PENDING
            made.append(
                TaskResult(
                    task=task,
                    attempt=1,
                    file_id=self.run.evidence_id,
                    number=number,
                    symbol=symbol,
                    sent_at=done,
                    verdict=verdict,
                    judged_at=done if closed else None,
                )
            )
        TaskResult.objects.bulk_create(made, batch_size=BATCH)

    def _confirmations(self, answered: list[Duty]) -> None:
        """Open the confirmer's duty for results that wait, its clock running from the take-over on."""
        made, limit = [], limits.current("confirm", self.on)
        for parent in answered:
            unit_id = parent.confirmer_unit_id or parent.giver_unit_id
            if unit_id is None:
                continue
            seat = self._confirmer(parent, unit_id)
            child = Duty(
                kind="confirmation", title=parent.title, document_id=parent.document_id, parent=parent, root=parent,
                giver_unit_id=parent.holder_unit_id, confirmer_unit_id=unit_id, holder_unit_id=unit_id,
                holder_post_id=seat.post_id if seat else None, holder_officer_id=seat.officer_id if seat else None,
                term=Term.DATED, anchor_at=self.at, limit_qty=limit.qty, limit_unit=limit.unit, bound="by",
            )  # fmt: skip
            calendar = self.calendars.of(unit_id)
            duties.wind(child, due(self.at, limit, calendar), calendar, self.at)
            made.append(child)
        open_many(made, Act(CONFIRMATION.row("open"), self.at, self.actor))

    def _confirmer(self, parent: Duty, unit_id: int) -> org.Seat | None:
        document = parent.document
        post = document.follower_post_id if document else None
        if (post, unit_id) not in self.seats:
            seat = org.seat(post, self.on) if post else None
            self.seats[post, unit_id] = seat if seat and seat.officer_id else org.head_of(unit_id, self.on)
        return self.seats[post, unit_id]


def _extensions(row: ImportRow) -> int:
    return int(row.values["extensions"] or (1 if row.values["extended_due"] else 0))
