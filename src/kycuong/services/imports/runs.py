"""A run: the file is kept, what it would do is shown, and only what was shown is applied."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kycuong.core.calendars import local_date
from kycuong.core.errors import Conflict, Invalid, NotVisible, TransitionNotAllowed
from kycuong.models import ImportRun
from kycuong.queries import imports, org, scope
from kycuong.queries.files import path_of
from kycuong.queries.imports.tasks import read_tasks
from kycuong.reader.sheets import Book, read_book
from kycuong.services import audit, competences, files
from kycuong.services.imports import organisation, registries, tasks
from kycuong.services.leaves import keep_note

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Check:
    """A table file as it was given, to be looked at before anything is applied; `encoding` empty to recognise it."""

    name: str
    data: bytes
    kind: str = ImportRun.Kind.ORGANISATION
    encoding: str = ""
    source: str = ""


def check(*, actor: scope.Actor, at: datetime, file: Check) -> UUID:
    """Keep a table file and reckon what it would do; nothing else changes until it is applied.

    Raises: NotAllowed, Invalid, Unreadable.
    """
    imports.may_take_in(actor, file.kind)
    files.check_size(file.data, file.name)
    book = read_book(file.data, file.name, file.encoding)
    if file.kind == ImportRun.Kind.TASKS:
        return _check_tasks(actor, at, file, book)
    made = imports.plan_of(file.kind, book, at)
    with transaction.atomic():
        _drop_waiting(actor, file.kind)
        run = _keep(actor, at, file, book)
        run.counts, run.plan = dict(made.counts()), made.fingerprint()
        run.save()
    return run.public_id


def _check_tasks(actor: scope.Actor, at: datetime, file: Check, book: Book) -> UUID:
    if not file.source.strip():
        raise Invalid("take_over_source_missing")
    rows = read_tasks(book)  # a table with a secret row is refused before a byte is stored
    with transaction.atomic():
        _drop_waiting(actor, file.kind)
        run = _keep(actor, at, file, book)
        run.save()
        tasks.keep_rows(run, rows, at)
    return run.public_id


def choose(*, actor: scope.Actor, at: datetime, run: UUID, chosen: Mapping[str, str]) -> None:
    """Say which unit each doubtful name of a table of tasks stands for: name -> unit id, or "skip".

    Raises: NotAllowed, NotVisible, TransitionNotAllowed, Invalid.
    """
    with transaction.atomic():
        row = _waiting(actor, run)
        tasks.choose(row, chosen, at)


def _waiting(actor: scope.Actor, run: UUID) -> ImportRun:
    row = for_acting(actor, run)
    if row.state != ImportRun.State.CHECKED:
        raise TransitionNotAllowed("import_not_waiting", state=ImportRun.State(row.state).label)
    return row


def _drop_waiting(actor: scope.Actor, kind: str) -> None:
    """Forget what the person looked at before and did not apply."""
    ImportRun.objects.filter(kind=kind, state=ImportRun.State.CHECKED, officer=actor.officer_id).delete()


def _keep(actor: scope.Actor, at: datetime, file: Check, book: Book) -> ImportRun:
    media = XLSX if file.data.startswith(b"PK") else CSV
    kept = files.keep(officer_id=actor.officer_id, at=at, data=file.data, name=file.name, media_type=media)
    return ImportRun(
        kind=file.kind, file=kept, encoding=book.encoding, repaired=book.repaired, source=file.source.strip()[:80],
        officer_id=actor.officer_id, at=at,
    )  # fmt: skip


def for_acting(actor: scope.Actor, public_id: UUID) -> ImportRun:
    """Return a run, locked for the rest of the transaction. Raises: NotAllowed, NotVisible."""
    run = ImportRun.objects.select_for_update(of=("self",)).select_related("file").filter(public_id=public_id).first()
    imports.may_take_in(actor, run.kind if run else ImportRun.Kind.ORGANISATION)
    if run is None:
        raise NotVisible("import_not_visible")
    return run


def book_of(run: ImportRun) -> Book:
    """Read the file of a run again. Raises: Invalid when it is gone."""
    try:
        data = path_of(run.file.sha256).read_bytes()
    except OSError as error:
        raise Invalid("import_file_gone") from error
    return read_book(data, run.file.name, run.encoding)


def apply(*, actor: scope.Actor, at: datetime, run: UUID, reason: str, good_only: bool = False) -> dict[str, int]:
    """Apply a checked table as one act and return how many rows were new, changed, unchanged or wrong.

    What would be written now must be what was shown. Raises: NotAllowed, NotVisible, TransitionNotAllowed, Invalid, Conflict.
    """
    with transaction.atomic():
        row = _waiting(actor, run)
        if not reason.strip():
            raise Invalid("import_reason_missing")
        if row.kind == ImportRun.Kind.TASKS:
            _start_tasks(actor, at, row, reason, good_only=good_only)
        else:
            _write(actor, at, row, reason, good_only=good_only)
    if row.kind == ImportRun.Kind.TASKS:
        tasks.work(row.pk, at, batches=tasks.AT_ONCE)
        row.refresh_from_db()
    return dict(row.counts)


def _start_tasks(actor: scope.Actor, at: datetime, row: ImportRun, reason: str, *, good_only: bool) -> None:
    wrong = row.counts.get("error", 0) + row.counts.get("doubt", 0)
    if wrong and not good_only:
        raise Invalid("import_has_errors", n=wrong)
    row.note, note_hash = keep_note(reason)
    row.officer_id, row.good_only = actor.officer_id, good_only
    tasks.start(row, actor, at)
    audit.record(
        actor_id=actor.officer_id, at=at, act="take_over", subject_kind="import", subject_id=row.public_id,
        file=row.file.sha256, source=row.source, reason=note_hash, **row.counts,
    )  # fmt: skip


def undo(*, actor: scope.Actor, at: datetime, run: UUID) -> None:
    """Take back the tasks of a run while nobody has acted on them; they stand as withdrawn, counted apart.

    Raises: NotAllowed, NotVisible, TransitionNotAllowed, Invalid.
    """
    with transaction.atomic():
        row = for_acting(actor, run)
        tasks.check_undo(row)
        row.state, row.undone_by_id = ImportRun.State.UNDOING, actor.officer_id
        row.save()
    tasks.work(row.pk, at, batches=tasks.AT_ONCE)


def _write(actor: scope.Actor, at: datetime, row: ImportRun, reason: str, *, good_only: bool) -> None:
    """Write the organisation or the registry, when the table still does what was shown."""
    registry = row.kind == ImportRun.Kind.COMPETENCE
    if registry:
        competences.lock()  # before the registry is read: what was shown is measured against what then stands
    made = imports.plan_of(row.kind, book_of(row), at)
    if made.fingerprint() != row.plan:
        raise Conflict("import_stale")
    counts = made.counts()
    if counts["error"] and (registry or not good_only):
        raise Invalid("competence_all_or_nothing" if registry else "import_has_errors", n=counts["error"])
    if isinstance(made, imports.RegistryPlan):
        registries.write(made, actor, at, reason)
    else:
        organisation.write(made, local_date(at))
    row.note, note_hash = keep_note(reason)
    row.state, row.applied_at, row.good_only = ImportRun.State.APPLIED, at, good_only
    row.save()
    audit.record(
        actor_id=actor.officer_id, at=at, act=f"import_{row.kind}", subject_kind="import", subject_id=row.public_id,
        file=row.file.sha256, reason=note_hash, **counts,
    )  # fmt: skip


def begin(*, at: datetime, file: Check, reason: str) -> dict[str, int]:
    """Begin the organisation of an empty instance from a table, by its operator: nobody can sign in yet.

    Raises: Invalid (also when there is an organisation already), Unreadable.
    """
    if not reason.strip():
        raise Invalid("import_reason_missing")
    with transaction.atomic():
        if org.any_unit():
            raise Invalid("import_needs_administrator")
        made = imports.plan(read_book(file.data, file.name, file.encoding), local_date(at))
        counts = made.counts()
        if counts["error"]:
            raise Invalid("import_has_errors", n=counts["error"])
        organisation.write(made, local_date(at))
        _, note_hash = keep_note(reason)
        audit.record(
            actor_id=None, at=at, act="import_organisation", subject_kind="import",
            file=hashlib.sha256(file.data).hexdigest(), reason=note_hash, **counts,
        )  # fmt: skip
    return counts
