"""Open a batch, hold what may be held, stop it, try again what failed."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import PurePath
from uuid import UUID

from django.db import transaction
from django.db.models import F

from kycuong.core.errors import Fact, Invalid, NotVisible
from kycuong.core.messages import MESSAGES
from kycuong.core.sentences import Sentence, keep
from kycuong.models import Batch, BatchItem, Document, DocumentFile
from kycuong.models.intake import BatchState, ItemState
from kycuong.queries import scope
from kycuong.reader import Deferred, Unreadable
from kycuong.reader.files import checked_text
from kycuong.services import audit, files
from kycuong.services.directives import look, register_looked
from kycuong.services.directives.registering import must_intake
from kycuong.services.intake.parcels import Paper, papers

#: What one request may bring; a folder of thousands comes by the command.
MOST = 500
#: How long a request may look at the first pages of scans; what is not looked at is not stored.
LOOK_SECONDS = 20.0
#: How long the bytes of a refused paper wait for another try.
HELD = timedelta(days=7)


def open_batch(
    *, actor: scope.Actor, at: datetime, files_sent: Iterable[tuple[str, bytes]], register: str = "incoming",
    name: str = "",
) -> UUID:  # fmt: skip
    """Open a batch of files that were sent and return its public id; each paper is looked at for marks of secrecy first.

    Papers with text wait on the disk for the job loop; of a scan the first page is looked at, then it is registered at once.
    Raises: NotAllowed, Invalid, Unreadable when nothing can be opened.
    """
    must_intake(actor)
    sent = list(files_sent)
    found = []
    for paper in papers(sent):
        found.append(paper)
        if len(found) > MOST:
            raise Invalid("batch_too_many", name=_title(sent, name), limit=MOST)
    if not found:
        raise Invalid("batch_empty", name=_title(sent, name))
    batch = begin(actor, at, _title(sent, name), register)
    until = time.monotonic() + LOOK_SECONDS
    for paper in found:
        _admit(batch, actor, at, paper, until)
    close_when_done(batch)
    return batch.public_id


def _title(sent: list[tuple[str, bytes]], name: str) -> str:
    title = name or (sent[0][0] if len(sent) == 1 else f"{sent[0][0]} … ({len(sent)})" if sent else "")
    return PurePath(title).name[:200] or "lô văn bản"


def begin(actor: scope.Actor, at: datetime, name: str, register: str, source: str = "") -> Batch:
    """Write the row of a new batch."""
    with transaction.atomic():
        batch = Batch.objects.create(
            name=name[:200], source=source, register="outgoing" if register == "outgoing" else "incoming",
            officer_id=actor.officer_id, at=at,
        )  # fmt: skip
        audit.record(
            actor_id=actor.officer_id, at=at, act="take_in", subject_kind="batch", subject_id=batch.public_id
        )  # fmt: skip
    return batch


def resume(*, actor: scope.Actor, at: datetime, place: str, name: str, register: str = "incoming") -> Batch:
    """Return the batch of this place that the person opened before, else a new one: the same folder again goes on.

    Raises: NotAllowed.
    """
    must_intake(actor)
    source = hashlib.sha256(f"{register}\n{place}".encode()).hexdigest()
    known = Batch.objects.filter(officer=actor.officer_id, source=source).order_by("-id").first()
    if known is None:
        return begin(actor, at, name, register, source)
    BatchItem.objects.filter(batch=known, state=ItemState.CANCELLED).update(state=ItemState.WAITING)
    Batch.objects.filter(pk=known.pk).update(state=BatchState.OPEN)
    known.state = BatchState.OPEN
    return known


def _admit(batch: Batch, actor: scope.Actor, at: datetime, paper: Paper, until: float) -> None:
    """Look at one paper and write its row: held, known, refused, or a scan registered at once with its row."""
    item = BatchItem(batch=batch, name=paper.name[-300:])
    try:
        data = paper.load()
        item.sha256, item.size = hashlib.sha256(data).hexdigest(), len(data)
        if not is_known(item) and _is_scan(item, data):
            if time.monotonic() > until:
                raise Invalid("scan_unchecked", name=paper.name)
            _register_scan(item, actor, at, data)
            return
    except Unreadable as wrong:
        refuse(item, wrong.code, wrong.message_vi)
    except Fact as fact:
        refuse(item, fact.code, fact.message)
    BatchItem.objects.bulk_create([item], ignore_conflicts=True)  # the same file twice in one archive


def _is_scan(item: BatchItem, data: bytes) -> bool:
    """Hold a paper with text that bears no mark of secrecy; say that a scan must be looked at otherwise."""
    files.check_size(data, item.name)
    try:
        checked_text(data, PurePath(item.name).name)
    except Deferred:
        return True
    files.hold(data)
    item.held = True
    return False


def _register_scan(item: BatchItem, actor: scope.Actor, at: datetime, data: bytes) -> None:
    name = PurePath(item.name).name
    looked = look(data, name)
    with transaction.atomic():
        document = Document(register=item.batch.register)
        register_looked(actor=actor, at=at, looked=looked, document=document, file=(name, data))
        item.document, item.state = document, ItemState.DONE
        BatchItem.objects.bulk_create([item], ignore_conflicts=True)


def is_known(item: BatchItem) -> bool:
    """Tell whether a document has these very bytes; the row then says so."""
    known = DocumentFile.objects.filter(sha256=item.sha256, document__isnull=False).select_related("document").first()
    if known is None or known.document is None:
        return False
    item.state, item.held, item.document, item.code = ItemState.DUPLICATE, False, known.document, "file_known"
    item.said = keep(Sentence(MESSAGES["file_known"], name=item.name, document=str(known.document)))
    return True


def refuse(item: BatchItem, code: str, said: str) -> None:
    """Say in the row why the paper was not taken in; the row is not saved."""
    item.state, item.code, item.said = ItemState.REFUSED, code, keep(said)


def close_when_done(batch: Batch) -> None:
    """Close a batch in which nothing waits any more."""
    if not BatchItem.objects.filter(batch=batch, state=ItemState.WAITING).exists():
        Batch.objects.filter(pk=batch.pk, state=BatchState.OPEN).update(state=BatchState.DONE)


def _batch(actor: scope.Actor, public_id: UUID) -> Batch:
    must_intake(actor)
    found = Batch.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotVisible("batch_not_visible")
    return found


def cancel(*, actor: scope.Actor, at: datetime, batch: UUID) -> int:
    """Stop a batch and return how many papers were left unread; their bytes go, what is registered stays.

    Raises: NotVisible, NotAllowed.
    """
    row = _batch(actor, batch)
    with transaction.atomic():
        waiting = BatchItem.objects.filter(batch=row, held=True).exclude(state=ItemState.DONE)
        digests = list(waiting.values_list("sha256", flat=True))
        left = BatchItem.objects.filter(batch=row, state=ItemState.WAITING).update(
            state=ItemState.CANCELLED, attempt=F("attempt") + 1, leased_until=None
        )
        BatchItem.objects.filter(batch=row).update(held=False)
        Batch.objects.filter(pk=row.pk).update(state=BatchState.CANCELLED)
        audit.record(
            actor_id=actor.officer_id, at=at, act="cancel_batch", subject_kind="batch", subject_id=batch, left=left
        )  # fmt: skip
    for digest in digests:
        files.drop(digest)
    return left


def retry(*, actor: scope.Actor, at: datetime, batch: UUID) -> int:
    """Let the job loop read again what it refused and still holds; return how many papers that are.

    Raises: NotVisible, NotAllowed.
    """
    row = _batch(actor, batch)
    with transaction.atomic():
        again = BatchItem.objects.filter(batch=row, state=ItemState.REFUSED, held=True).update(
            state=ItemState.WAITING, attempt=F("attempt") + 1, leased_until=None, code="", said={}
        )
        if again:
            Batch.objects.filter(pk=row.pk).update(state=BatchState.OPEN)
            audit.record(
                actor_id=actor.officer_id, at=at, act="retry_batch", subject_kind="batch", subject_id=batch, items=again
            )  # fmt: skip
    return again


def forget(at: datetime) -> int:
    """Let go of refused papers that nobody tried again; their bytes go with the next sweep of the files."""
    old = BatchItem.objects.filter(held=True, state=ItemState.REFUSED, batch__at__lt=at - HELD)
    return old.update(held=False)
