"""Read a scan a few pages at a time: leased, fenced by attempt, going on after a kill; a mark of secrecy erases everything."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet

from kycuong.core.calendars import local_date
from kycuong.core.errors import Conflict, Invalid
from kycuong.core.messages import MESSAGES
from kycuong.core.sentences import Sentence, keep
from kycuong.models import Batch, BatchItem, Document, DocumentFile, DocumentText, Scan, ScanPage
from kycuong.models.documents import DocumentState
from kycuong.models.intake import ScanState
from kycuong.queries import scope
from kycuong.queries.files import path_of
from kycuong.reader import Leaf, Reading, Secret, Unreadable, assemble, pages_of, read_text
from kycuong.services import audit, files, search
from kycuong.services.directives.registering import (
    READER_VERSION,
    derive,
    fill_header,
    propose_roles,
    refuse_known,
    write_reading,
)

#: Longer than the recognition of one page may take.
LEASE = timedelta(minutes=4)
#: Cheap pages taken at one go; a page that had to be recognised ends the go.
CHUNK = 50
CRASHES = 3
STUB = "Văn bản mang dấu mật, đã xóa"
_HEAD = ("number", "symbol", "doc_type", "issuer", "issued_on", "signer", "signing_mark", "subject", "theme")


class Source(Protocol):
    """Where pages come from: numbered from 1, one in memory at a time."""

    def leaf(self, number: int) -> Leaf:
        """Return one page. Raises: Secret, Unreadable."""
        ...


Opener = Callable[[Path, str], AbstractContextManager[Source]]


def begin(
    document: Document, name: str, media_type: str, pages: int, leaves: tuple[Leaf, ...], at: datetime
) -> None:  # fmt: skip
    """Begin to read a scan whose first pages were looked at when it came in."""
    file = DocumentFile.objects.filter(document=document).latest("id")
    scan = Scan.objects.create(
        document=document, name=name[:200], media_type=media_type, sha256=file.sha256, pages=pages,
        pages_done=len(leaves), turn_at=at,
    )  # fmt: skip
    _write(scan, leaves)


def work(at: datetime, real: datetime, open_pages: Opener = pages_of) -> bool:
    """Read on in the scan that has waited longest and return whether there was one.

    `at` is the product's clock, `real` the machine's, by which leases run. Killed anywhere, the lease runs out and another
    go begins at the first page that is not stored; a page that kills its worker three times is left out.
    """
    scan = _claim(at, real)
    if scan is None:
        return False
    if scan.state == ScanState.ERASING:
        _erase(scan)
        return True
    try:
        _read_on(scan, at, open_pages)
    except Secret:
        _find_secret(scan, scan.pages_done, at)
    except Unreadable as wrong:
        _fail(scan, wrong.code, wrong.message_vi)
    except FileNotFoundError:
        _fail(scan, "scan_lost", Sentence(MESSAGES["scan_lost"]))
    return True


def _claim(at: datetime, real: datetime) -> Scan | None:
    """Take the scan that has waited longest, unless somebody was faster."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=real)
    rows = Scan.objects.filter(free, state__in=[ScanState.OPEN, ScanState.ERASING]).order_by("turn_at", "id")
    for scan in rows[:5]:
        crashed = 1 if scan.leased_until else 0  # whoever held it never came back
        taken = Scan.objects.filter(pk=scan.pk, attempt=scan.attempt, state=scan.state).update(
            attempt=F("attempt") + 1, leased_until=real + LEASE, turn_at=at, crashes=F("crashes") + crashed
        )
        if taken:
            scan.refresh_from_db()
            return scan
    return None


def _read_on(scan: Scan, at: datetime, open_pages: Opener) -> None:
    if scan.pages_done < scan.pages:
        if scan.crashes >= CRASHES:
            leaves = [Leaf(scan.pages_done + 1, "", "failed")]
        else:
            leaves = _leaves(scan, open_pages)
        if not _advance(scan, leaves):
            return
    if scan.pages_done == scan.pages:
        _finish(scan, at)


def _leaves(scan: Scan, open_pages: Opener) -> list[Leaf]:
    """Read the next pages; raises Secret with `pages_done` standing at the page that bears the mark."""
    found: list[Leaf] = []
    first, last = scan.pages_done + 1, min(scan.pages, scan.pages_done + CHUNK)
    with open_pages(path_of(scan.sha256), scan.name) as pages:
        for number in range(first, last + 1):
            try:
                found.append(pages.leaf(number))
            except Secret:
                scan.pages_done = number
                raise
            except Unreadable as wrong:
                if wrong.code == "no_ocr":  # not the page's fault: the machine's
                    raise
                found.append(Leaf(number, "", "failed"))
            if found[-1].origin in {"ocr", "failed"}:
                break
    return found


def _advance(scan: Scan, leaves: list[Leaf]) -> bool:
    """Store what was read, unless the scan was stopped or taken over; the last pages keep the lease for the end."""
    failed = sum(1 for leaf in leaves if leaf.origin == "failed")
    done = leaves[-1].number
    with transaction.atomic():
        mine = _mine(scan).update(
            pages_done=done, pages_failed=F("pages_failed") + failed, crashes=0,
            leased_until=scan.leased_until if done == scan.pages else None,
        )  # fmt: skip
        if mine:
            _write(scan, leaves)
    scan.pages_done = done
    return bool(mine)


def _mine(scan: Scan) -> QuerySet[Scan]:
    return Scan.objects.filter(pk=scan.pk, attempt=scan.attempt, state=ScanState.OPEN)


def _write(scan: Scan, leaves: list[Leaf] | tuple[Leaf, ...]) -> None:
    ScanPage.objects.bulk_create(
        [ScanPage(scan=scan, number=leaf.number, text=leaf.text, origin=leaf.origin) for leaf in leaves],
        ignore_conflicts=True,
    )


def _finish(scan: Scan, at: datetime) -> None:
    """Assemble the text, read it, and hand the document to triage."""
    if scan.crashes >= CRASHES:
        raise Unreadable(
            "too_long",
            Sentence("Bản quét “{name}” quá dài nên không ghép được; hãy tách tệp rồi gửi từng phần.", name=scan.name),
        )
    rows = ScanPage.objects.filter(scan=scan).order_by("number").values_list("number", "text", "origin")
    reading = assemble((Leaf(*row) for row in rows), scan.name, scan.media_type)
    with transaction.atomic():
        if not _mine(scan).update(state=ScanState.DONE, leased_until=None):
            return
        document = Document.objects.select_for_update(of=("self",)).get(pk=scan.document_id)
        _fill(document, reading, at, scan)
        document.state = DocumentState.TRIAGE
        document.save()
        write_reading(document, reading, at)
        ScanPage.objects.filter(scan=scan).delete()
        audit.record(
            actor_id=None, at=at, act="read_scan", subject_kind="document", subject_id=document.public_id,
            pages=scan.pages, orders=len(reading.orders),
        )  # fmt: skip


def _fill(document: Document, reading: Reading, at: datetime, scan: Scan) -> None:
    """Fill what the first page did not say and nobody has typed meanwhile."""
    found = Document(register=document.register, arrived_on=document.arrived_on)
    fill_header(found, reading, at)
    unsigned = not document.signing_mark
    missing = [name for name in _HEAD if not getattr(document, name)]
    for name in missing:
        setattr(document, name, getattr(found, name))
    document.addressees, document.cites = found.addressees, found.cites
    document.higher_level = found.higher_level
    derive(document)
    try:
        refuse_known(document)
    except Invalid as known:  # its number turned out to be another document's: a person decides
        Scan.objects.filter(pk=scan.pk).update(code=known.code, said=keep(known.message))
        document.number = document.symbol = ""
        derive(document)
    if unsigned and document.signing_mark:
        propose_roles(document, at)


def _fail(scan: Scan, code: str, said: str) -> None:
    """Stop reading: the document stays with its file, its head can be typed by hand, the reading tried again."""
    with transaction.atomic():
        if _mine(scan).update(state=ScanState.FAILED, leased_until=None, code=code, said=keep(said)):
            _release(scan)


def _release(scan: Scan) -> None:
    Document.objects.filter(pk=scan.document_id, state=DocumentState.READING).update(state=DocumentState.TRIAGE)


def _find_secret(scan: Scan, page: int, at: datetime) -> None:
    """Take every word of the document out of the tables; then the bytes go."""
    with transaction.atomic():
        said = Sentence(MESSAGES["scan_secret_page"], page=page)
        if not _mine(scan).update(state=ScanState.ERASING, code="scan_secret_page", said=keep(said), name=""):
            return
        ScanPage.objects.filter(scan=scan).delete()
        DocumentText.objects.filter(document=scan.document_id).update(
            text="", reading={}, reader_version=READER_VERSION
        )
        document = Document.objects.get(pk=scan.document_id)
        for name in ("number", "symbol", "issuer", "signer", "signing_mark", "theme", "doc_type"):
            setattr(document, name, "")
        document.issued_on, document.addressees, document.cites = None, [], []
        document.subject, document.state = STUB, DocumentState.ERASED
        derive(document)
        document.save()
        search.write_documents([document.pk])
        _erase_names(document)
        audit.record(
            actor_id=None, at=at, act="erase_secret", subject_kind="document", subject_id=document.public_id, page=page
        )  # fmt: skip
    _erase(scan)


def _erase_names(document: Document) -> None:
    """Take the name of the file, often the subject itself, out of the batch in which it came, and out of who came again."""
    for item in BatchItem.objects.filter(document=document).select_related("batch"):
        if PurePath(item.name).name[:150] in item.batch.name:
            Batch.objects.filter(pk=item.batch_id).update(name=STUB)
        BatchItem.objects.filter(pk=item.pk).update(name=f"{STUB} ({item.pk})", said={})


def _erase(scan: Scan) -> None:
    """Remove the bytes, then the rows that name them: killed in between, the next go does it again."""
    files.erase(scan.sha256)
    with transaction.atomic():
        DocumentFile.objects.filter(document=scan.document_id).delete()
        Scan.objects.filter(pk=scan.pk, state=ScanState.ERASING).update(
            state=ScanState.ERASED, leased_until=None, sha256="", pages_done=0
        )


def cancel_scan(*, actor: scope.Actor, at: datetime, document: UUID) -> None:
    """Stop reading a scan; the document stays with its file, its head can be typed by hand.

    Raises: NotVisible, NotAllowed, Conflict.
    """
    row = scope.document_to_review(actor, document)
    with transaction.atomic():
        stopped = Scan.objects.filter(document=row, state=ScanState.OPEN).update(
            state=ScanState.CANCELLED, attempt=F("attempt") + 1, leased_until=None
        )
        if not stopped:
            raise Conflict("scan_not_running")
        Document.objects.filter(pk=row.pk, state=DocumentState.READING).update(state=DocumentState.TRIAGE)
        audit.record(
            actor_id=actor.officer_id, at=at, act="cancel_scan", subject_kind="document", subject_id=document
        )  # fmt: skip


def retry_scan(*, actor: scope.Actor, at: datetime, document: UUID) -> None:
    """Go on reading a scan that failed or was stopped, from the first page that is not stored.

    Raises: NotVisible, NotAllowed, Conflict.
    """
    row = scope.document_to_review(actor, document)
    with transaction.atomic():
        untyped = Q(pk=row.pk, state=DocumentState.TRIAGE, text_row__text="")
        moved = Document.objects.filter(untyped).update(state=DocumentState.READING)
        again = Scan.objects.filter(document=row, state__in=[ScanState.FAILED, ScanState.CANCELLED]).update(
            state=ScanState.OPEN, attempt=F("attempt") + 1, leased_until=None, crashes=0, code="", said={}, turn_at=at
        )
        if not (moved and again):
            raise Conflict("scan_not_stopped")
        audit.record(
            actor_id=actor.officer_id, at=at, act="retry_scan", subject_kind="document", subject_id=document
        )  # fmt: skip


def type_text(*, actor: scope.Actor, at: datetime, document: UUID, text: str) -> None:
    """Take the orders of a scan as somebody typed them, when it failed or was stopped.

    Raises: NotVisible, NotAllowed, Conflict, Invalid, Secret.
    """
    row = scope.document_to_review(actor, document)
    if not text.strip():
        raise Invalid("line_empty")
    reading = read_text(text.strip(), issued=row.issued_on or local_date(at))
    with transaction.atomic():
        stopped = Scan.objects.select_for_update(of=("self",)).filter(
            document=row, state__in=[ScanState.FAILED, ScanState.CANCELLED], document__text_row__text=""
        )
        if not stopped.exists() or row.state != DocumentState.TRIAGE:
            raise Conflict("scan_not_stopped")
        ScanPage.objects.filter(scan__document=row).delete()
        write_reading(row, reading, at)
        audit.record(
            actor_id=actor.officer_id, at=at, act="type_text", subject_kind="document", subject_id=document,
            orders=len(reading.orders),
        )  # fmt: skip
