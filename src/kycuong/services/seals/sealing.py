"""Seal what was appended since the last checkpoint, up to the watermark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, transaction

from kycuong.core.seals import ENTRY, EVENT, Marks, Tree
from kycuong.models import AuditEntry, Checkpoint, DutyEvent
from kycuong.services import watermark
from kycuong.services.seals import keys
from kycuong.services.seals.rows import beginning, body, link_to, short_rows

BATCH_LEAVES = 100_000
EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one sealing did; `busy` when writers never paused and it must be tried again later."""

    checkpoints: int = 0
    leaves: int = 0
    busy: bool = False


def last_checkpoint() -> Checkpoint:
    """Return the newest checkpoint, or what stands before the first."""
    return Checkpoint.objects.order_by("-no").first() or beginning()


def seal_when_due(at: datetime) -> Sealed:
    """Seal when there is something new and the last checkpoint is not too recent; a clock set back does not stop it."""
    last = Checkpoint.objects.order_by("-no").defer("marks").first() or beginning()
    if last.no and abs(at - last.at) < EVERY:
        return Sealed()
    new = DutyEvent.objects.filter(id__gt=last.upto_event).exists()
    if not new and not AuditEntry.objects.filter(id__gt=last.upto_entry).exists():
        return Sealed()
    return seal(at)


def seal(at: datetime) -> Sealed:
    """Seal every row up to the watermark, in batches; nothing new makes no checkpoint. Raises: Refused."""
    upto = watermark.mark()
    if upto is None:
        return Sealed(busy=True)
    last, count, leaves = last_checkpoint(), 0, 0
    if last.upto_event >= upto.event and last.upto_entry >= upto.entry:
        return Sealed()
    key = keys.signing_key()
    while made := _seal_batch(last, upto, at, key):
        last, count, leaves = made, count + 1, leaves + made.leaves
    return Sealed(count, leaves)


def _seal_batch(last: Checkpoint, upto: watermark.Mark, at: datetime, key: Ed25519PrivateKey) -> Checkpoint | None:
    """Seal one batch after `last` and return its checkpoint; None when nothing is left or another sealer was first."""
    tree, marks = Tree(), Marks()
    reached = {EVENT: last.upto_event, ENTRY: last.upto_entry}
    for kind, bound in ((EVENT, upto.event), (ENTRY, upto.entry)):
        for row_id, record in short_rows(kind, reached[kind], bound, BATCH_LEAVES - tree.size):
            marks.add(kind, row_id, tree.add(record))
            reached[kind] = row_id
    if not tree.size:
        return None
    public = keys.verifying_key(key)
    made = Checkpoint(
        no=last.no + 1,
        upto_event=reached[EVENT],
        upto_entry=reached[ENTRY],
        leaves=tree.size,
        root=tree.root(),
        marks=marks.pack(),
        previous=link_to(last),
        at=at,
        key=keys.key_id(public),
    )
    signed = body(made)
    made.signature = key.sign(signed.text().encode()).hex()
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        return None
    keys.keep_head(made.no, signed.hashed())
    return made
