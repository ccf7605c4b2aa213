"""One paper of a batch at a time: by the job loop from what is held, by the command straight from its folder."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import F, Q

from kycuong.core.errors import Conflict, Fact, Invalid
from kycuong.core.messages import MESSAGES
from kycuong.core.sentences import keep
from kycuong.models import Batch, BatchItem, Document, DocumentFile
from kycuong.models.intake import ItemState
from kycuong.queries import scope
from kycuong.queries.files import path_of
from kycuong.reader import Secret, Unreadable
from kycuong.services import files
from kycuong.services.directives import look, register_looked
from kycuong.services.intake.batches import close_when_done, is_known, refuse
from kycuong.services.intake.parcels import Paper

#: Longer than the reading of a paper with text takes, and the first page of a scan.
LEASE = timedelta(minutes=4)
#: How long a paper rests that the disk did not take.
REST = timedelta(minutes=5)
#: A paper that again and again ends its worker is left alone.
TRIES = 8
FINAL = frozenset({ItemState.DONE, ItemState.DUPLICATE})


def work(at: datetime, real: datetime) -> bool:
    """Read the next waiting paper of a batch and return whether there was one.

    Killed anywhere, the lease runs out and the paper is read again: its registration and its row are one transaction.
    """
    item = _claim(real)
    if item is None:
        return False
    if item.attempt > TRIES:
        _close(item, refused=("paper_breaks", MESSAGES["paper_breaks"]))
        return True
    try:
        data = path_of(item.sha256).read_bytes()
    except FileNotFoundError:
        _close(item, refused=("scan_lost", MESSAGES["scan_lost"]))
        return True
    _read(item, scope.actor(item.batch.officer_id, at), at, real, data)
    close_when_done(item.batch)
    return True


def _claim(real: datetime) -> BatchItem | None:
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=real)
    for item in BatchItem.objects.filter(free, state=ItemState.WAITING, held=True).order_by("id")[:5]:
        taken = BatchItem.objects.filter(pk=item.pk, attempt=item.attempt, state=ItemState.WAITING).update(
            attempt=F("attempt") + 1, leased_until=real + LEASE
        )
        if taken:
            item.refresh_from_db()
            return item
    return None


def take(*, actor: scope.Actor, at: datetime, real: datetime, batch: Batch, paper: Paper) -> BatchItem:
    """Take one paper in, unless an earlier go has; return its row as it stands. Nothing of a refused paper is stored."""
    item = BatchItem(batch=batch, name=paper.name[-300:])
    try:
        data = paper.load()
    except (Unreadable, Fact, OSError) as wrong:
        _refuse_unloaded(item, wrong)
        return _write(item)
    item.sha256, item.size = hashlib.sha256(data).hexdigest(), len(data)
    known = BatchItem.objects.filter(batch=batch, name=item.name, sha256=item.sha256).select_related("document").first()
    if known and known.state in FINAL:
        return known
    item = known or _write(item)
    _read(item, actor, at, real, data)
    item.refresh_from_db()
    return item


def _refuse_unloaded(item: BatchItem, wrong: Unreadable | Fact | OSError) -> None:
    if isinstance(wrong, Unreadable):
        refuse(item, wrong.code, wrong.message_vi)
    else:
        fact = wrong if isinstance(wrong, Fact) else Invalid("file_unopened", name=item.name, why=wrong.strerror)
        refuse(item, fact.code, fact.message)


def _write(item: BatchItem) -> BatchItem:
    row, _made = BatchItem.objects.update_or_create(
        batch=item.batch, name=item.name, sha256=item.sha256,
        defaults={"size": item.size, "state": item.state, "code": item.code, "said": item.said},
    )  # fmt: skip
    return row


def _read(item: BatchItem, actor: scope.Actor, at: datetime, real: datetime, data: bytes) -> None:
    """Read and register one paper; its row and its document are written together or not at all."""
    if not actor.may("intake"):
        _close(item, refused=("intake_ended", MESSAGES["intake_ended"]))
        return
    try:
        if is_known(item):
            _close(item)
        else:
            _register(item, actor, at, data)
    except _Overtaken:
        return
    except Secret as wrong:
        _close(item, refused=(wrong.code, wrong.message_vi), secret=True)
    except Unreadable as wrong:
        _close(item, refused=(wrong.code, wrong.message_vi))
    except Fact as fact:
        _refuse_fact(item, fact, real)


def _register(item: BatchItem, actor: scope.Actor, at: datetime, data: bytes) -> None:
    name = item.name.rpartition("/")[2]
    looked = look(data, name)
    try:
        with transaction.atomic():
            document = Document(register=item.batch.register)
            register_looked(actor=actor, at=at, looked=looked, document=document, file=(name, data))
            item.state, item.document, item.held = ItemState.DONE, document, False
            item.code, item.said = "", {}
            _save(item)
    except OperationalError as error:
        if files.disk_full(error):
            raise Invalid("disk_failed") from error
        raise


class _Overtaken(Exception):
    """The batch was stopped, or somebody else has the paper: what was done is taken back."""


def _save(item: BatchItem) -> None:
    mine = BatchItem.objects.filter(pk=item.pk, attempt=item.attempt)
    written = mine.update(
        state=item.state, held=item.held, document=item.document, code=item.code, said=item.said, leased_until=None,
        sha256=item.sha256,
    )  # fmt: skip
    if not written:
        raise _Overtaken


def _refuse_fact(item: BatchItem, fact: Fact, real: datetime) -> None:
    if fact.code == "disk_failed" or isinstance(fact, Conflict):
        BatchItem.objects.filter(pk=item.pk, attempt=item.attempt).update(
            leased_until=real + REST, code=fact.code, said=keep(fact.message)
        )
        return
    known = fact.values.get("public_id")
    if isinstance(known, UUID):
        item.state, item.held, item.code, item.said = ItemState.DUPLICATE, False, fact.code, keep(fact.message)
        item.document = Document.objects.get(public_id=known)
        _close(item)
        return
    _close(item, refused=(fact.code, fact.message))


def _close(item: BatchItem, refused: tuple[str, str] | None = None, *, secret: bool = False) -> None:
    """Write what became of a paper; a secret one's bytes go at once, those of a known one when no row names them."""
    digest = item.sha256
    if refused:
        refuse(item, *refused)
    if secret:
        item.held = False
        if not DocumentFile.objects.filter(sha256=digest).exists():
            files.erase(digest)
    try:
        _save(item)
    except _Overtaken:
        return
    if not item.held:
        files.drop(digest)
