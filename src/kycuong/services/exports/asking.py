"""Ask for an export on a page; the job loop writes it, one at a time; the file stays for a week."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from kycuong.core.errors import Fact, Invalid, NotVisible
from kycuong.models import ExportRun
from kycuong.queries import scope
from kycuong.queries.imports import must_administer
from kycuong.services import audit
from kycuong.services.exports.writing import FORMS, export

KEPT = timedelta(days=7)
State = ExportRun.State


def ask(*, actor: scope.Actor, at: datetime, form: str = "jsonl") -> UUID:
    """Ask for a complete export. Raises: NotAllowed, Invalid when one is on its way already."""
    must_administer(actor)
    if form not in FORMS:
        raise Invalid("kind_unknown", text=form)
    with transaction.atomic():
        if ExportRun.objects.filter(state__in=[State.WAITING, State.WORKING]).exists():
            raise Invalid("export_on_its_way")
        run = ExportRun.objects.create(form=form, officer_id=actor.officer_id, at=at)
        audit.record(
            actor_id=actor.officer_id,
            at=at,
            act="ask_export",
            subject_kind="export",
            subject_id=run.public_id,
            form=form,
        )
    return run.public_id


def open_archive(*, actor: scope.Actor, at: datetime, run: UUID) -> tuple[str, int, BinaryIO]:
    """Open a finished export for download and record who took it. Raises: NotAllowed, NotVisible."""
    must_administer(actor)
    row = ExportRun.objects.filter(public_id=run, state=State.READY).first()
    if row is None:
        raise NotVisible("export_not_visible")
    try:
        stream = place_of(row).open("rb")
    except FileNotFoundError as error:
        raise NotVisible("export_not_visible") from error
    audit.record(
        actor_id=actor.officer_id,
        at=at,
        act="download_export",
        subject_kind="export",
        subject_id=run,
        sha256=row.sha256,
    )
    return f"kycuong-{row.at:%Y-%m-%d}.zip", row.size, stream


def place_of(row: ExportRun) -> Path:
    """Return where the archive of an export lies."""
    return Path(settings.EXPORTS_DIR) / f"{row.public_id}.zip"


def work_waiting(at: datetime) -> int:
    """Write the export that waits, and forget those that are old; return how many were written.

    One worker at a time: who finds the folder locked leaves; an export half-written by a killed worker begins again.
    """
    forget_old(at)
    row = ExportRun.objects.filter(state__in=[State.WAITING, State.WORKING]).order_by("id").first()
    if row is None:
        return 0
    with _alone() as mine:
        if not mine:
            return 0
        _work(row, at)
    return 1


@contextmanager
def _alone() -> Iterator[bool]:
    folder = Path(settings.EXPORTS_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(handle)


class _Progress:
    """Keep in the row of an export how far it is."""

    def __init__(self, pk: int) -> None:
        self.pk, self.tables, self.rows = pk, 0, 0
        self.table, self.count = "", 0

    def __call__(self, table: str, count: int) -> None:
        if table == "files":
            return
        if table != self.table:
            self.tables, self.count = self.tables + 1, 0
        self.rows, self.table, self.count = self.rows + count - self.count, table, count
        ExportRun.objects.filter(pk=self.pk).update(tables_done=self.tables, rows_done=self.rows)


def _work(row: ExportRun, at: datetime) -> None:
    ExportRun.objects.filter(pk=row.pk).update(state=State.WORKING, tables_done=0, rows_done=0)
    target = place_of(row)
    target.unlink(missing_ok=True)
    try:
        done = export(target, at=at, form=row.form, officer_id=row.officer_id, progress=_Progress(row.pk))
    except Fact as fact:
        ExportRun.objects.filter(pk=row.pk).update(state=State.FAILED, said=fact.message[:500], done_at=at)
        return
    with target.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    ExportRun.objects.filter(pk=row.pk).update(
        state=State.READY, done_at=at, rows_done=done.rows, tables_done=done.tables, files=done.files,
        size=target.stat().st_size, sha256=digest,
    )  # fmt: skip


def forget_old(at: datetime) -> None:
    """Delete archives that were ready more than a week ago: they hold everything, and should not lie about."""
    for row in ExportRun.objects.filter(state=State.READY, done_at__lt=at - KEPT):
        place_of(row).unlink(missing_ok=True)
        ExportRun.objects.filter(pk=row.pk).update(state=State.GONE)
