"""Take running tasks over: rows kept as read, opened in batches that may be killed and resumed, undone while nobody has acted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from kycuong.core.calendars import TZ, local_date
from kycuong.core.confirmations import LIFECYCLE as CONFIRMATION
from kycuong.core.errors import Invalid, TransitionNotAllowed
from kycuong.core.folding import words
from kycuong.core.tasks import LIFECYCLE
from kycuong.models import Duty, ImportRow, ImportRun
from kycuong.models.duties import Phase
from kycuong.queries import scope
from kycuong.queries.imports.tasks import SKIP, TaskRow, all_units, judge, known_keys
from kycuong.services import audit, files
from kycuong.services.closing import close
from kycuong.services.imports.opening import Opener
from kycuong.services.imports.papers import enter
from kycuong.services.transitions import Act, move

BATCH = 500
UNDO_BATCH = 200
#: How many batches the door that applies does itself; the rest is the job's, so that no page waits for minutes.
AT_ONCE = 2
State = ImportRun.State


def keep_rows(run: ImportRun, rows: Sequence[TaskRow], at: datetime) -> None:
    """Judge the rows of a table and keep them with their run."""
    judge(rows, run.source, local_date(at), run.choices)
    ImportRow.objects.bulk_create([_kept(run, row) for row in rows], batch_size=BATCH)
    _count(run)


def _kept(run: ImportRun, row: TaskRow) -> ImportRow:
    return _filled(ImportRow(run=run, number=row.number), row)


def _filled(kept: ImportRow, row: TaskRow) -> ImportRow:
    kept.key, kept.state, kept.values = row.key, row.state, row.values
    kept.problems = [[heading, fact.code, fact.values] for heading, fact in row.problems]
    kept.unit_id, kept.participants, kept.document_id = row.unit_id, row.participants, row.document_id
    return kept


def _count(run: ImportRun) -> None:
    found = dict(run.rows.order_by().values_list("state").annotate(n=Count("pk")))
    run.counts = {state: found.get(state, 0) for state in ImportRow.State.values if found.get(state)}
    run.save()


def choose(run: ImportRun, chosen: Mapping[str, str], at: datetime) -> None:
    """Say which unit the doubtful names stand for (name -> unit id or "skip") and judge the rows again. Raises: Invalid."""
    known = {str(pk) for pk, _ in all_units(local_date(at))} | {SKIP, ""}
    for printed, value in chosen.items():
        if value not in known:
            raise Invalid("unit_unknown", text=printed)
    run.choices = {**run.choices, **{words(printed): value for printed, value in chosen.items()}}
    kept = list(run.rows.order_by("number"))
    rows = [TaskRow(one.number, dict(one.values), problems=_of_cells(one)) for one in kept]
    for row in rows:
        row.state = "error" if row.problems else "new"
    judge(rows, run.source, local_date(at), run.choices)
    filled = [_filled(one, row) for one, row in zip(kept, rows, strict=True)]
    ImportRow.objects.bulk_update(
        filled, ["key", "state", "values", "problems", "unit", "participants", "document"], BATCH
    )
    _count(run)


def _of_cells(row: ImportRow) -> list[tuple[str, Invalid]]:
    """Return the problems of cells that could not be read: no choice of a unit mends them."""
    return [
        (heading, Invalid(code, **values))
        for heading, code, values in row.problems
        if code.startswith("cell_") and code != "cell_missing"
    ]


def start(run: ImportRun, actor: scope.Actor, at: datetime) -> None:
    """Begin to apply: the documents stand in the register, the rows wait for their batches; the caller holds the lock."""
    rows = list(run.rows.filter(state=ImportRow.State.NEW).order_by("number"))
    said = (
        f"PHIẾU TIẾP NHẬN NHIỆM VỤ\nHệ thống cũ: {run.source}\nTệp: {run.file.name}\nMã băm của tệp: {run.file.sha256}\n"
        f"Thời điểm tiếp nhận: {at.astimezone(TZ):%d/%m/%Y %H:%M}\nKết quả được gửi trên hệ thống cũ; tra cứu văn bản kết quả tại đó.\n"
    )
    run.evidence = files.keep(
        officer_id=actor.officer_id, at=at, data=said.encode(), name="phieu-tiep-nhan.txt", media_type="text/plain"
    )
    if rows:
        enter(run, rows, at)
    run.state = State.APPLYING
    run.save()


def resume(at: datetime, *, batches: int = 10, told: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Go on with every run that is being applied or undone and return how many rows were handled."""
    total = 0
    for pk in (
        ImportRun.objects.filter(state__in=[State.APPLYING, State.UNDOING]).order_by("id").values_list("pk", flat=True)
    ):
        total += work(pk, at, batches=batches, told=told)
    return total


def work(
    pk: int, at: datetime, *, batches: int | None = None, told: Callable[[int, int], None] = lambda done, total: None
) -> int:
    """Do some batches of a run, each whole or not at all, and return how many rows were handled; None for all of them."""
    handled = turn = 0
    while batches is None or turn < batches:
        with transaction.atomic():
            run = ImportRun.objects.select_for_update(of=("self",)).select_related("file").get(pk=pk)
            step = _STEPS.get(run.state)
            if step is None:
                return handled
            done = step(run, at)
        handled, turn = handled + done, turn + 1
        told(run.counts.get("done", 0), sum(run.counts.values()))
    return handled


def _apply_batch(run: ImportRun, at: datetime) -> int:
    waiting = list(run.rows.filter(state=ImportRow.State.NEW).select_related("document").order_by("number")[:BATCH])
    known = known_keys(row.key for row in waiting)  # another file may have brought them meanwhile
    twice = [row for row in waiting if row.key in known]
    for row in twice:
        row.state = ImportRow.State.KNOWN
    ImportRow.objects.bulk_update(twice, ["state"], BATCH)
    rows = [row for row in waiting if row.key not in known]
    if rows:
        Opener(run, scope.actor(run.officer_id, at), at).open(rows)
    if len(waiting) < BATCH:
        run.state, run.applied_at = State.APPLIED, at
    _count(run)
    return len(waiting)


def check_undo(run: ImportRun) -> None:
    """Refuse to undo a run once somebody has acted on one of its tasks. Raises: Invalid, TransitionNotAllowed."""
    if run.state != State.APPLIED or run.kind != ImportRun.Kind.TASKS:
        raise TransitionNotAllowed("import_not_waiting", state=State(run.state).label)
    duties = Duty.objects.filter(import_row__run=run, import_row__state=ImportRow.State.DONE)
    n = duties.filter(Q(act_seq__gt=1) | Q(children__act_seq__gt=1)).distinct().count()
    if n:
        raise Invalid("undo_too_late", n=n)


def _undo_batch(run: ImportRun, at: datetime) -> int:
    actor = scope.actor(run.undone_by_id or run.officer_id, at)
    rows = list(run.rows.filter(state=ImportRow.State.DONE).select_related("duty").order_by("number")[:UNDO_BATCH])
    children = {
        child.parent_id: child
        for child in Duty.objects.filter(parent__in=[row.duty_id for row in rows], kind="confirmation").exclude(
            phase=Phase.CLOSED
        )
    }
    for row in rows:
        duty = row.duty
        assert duty is not None
        changes: dict[str, Any] = {"outcome": "withdrawn", "closed_at": duty.closed_at or at, "late_working_days": None}
        data: dict[str, object] = {"run": str(run.public_id), "row": row.number}
        move(
            duty,
            Act(LIFECYCLE.row("undo_take_over"), at, actor, data=data),
            running_since=None,
            next_check_at=None,
            **changes,
        )
        if child := children.get(duty.pk):
            close(child, Act(CONFIRMATION.row("close"), at, actor), "lapsed")
        row.state = ImportRow.State.UNDONE
    ImportRow.objects.bulk_update(rows, ["state"], BATCH)
    if len(rows) < UNDO_BATCH:
        run.state, run.undone_at = State.UNDONE, at
        audit.record(
            actor_id=run.undone_by_id, at=at, act="undo_take_over", subject_kind="import", subject_id=run.public_id,
        )  # fmt: skip
    _count(run)
    return len(rows)


_STEPS: dict[str, Callable[[ImportRun, datetime], int]] = {State.APPLYING: _apply_batch, State.UNDOING: _undo_batch}
