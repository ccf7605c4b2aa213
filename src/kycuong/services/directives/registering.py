"""Register a document: read it, keep the original by its hash, propose its orders and who gives, follows, confirms."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import DateField, Max, Q, QuerySet, Subquery

from kycuong.core.addressees import above_province
from kycuong.core.calendars import local_date
from kycuong.core.errors import Conflict, Invalid, NotAllowed
from kycuong.core.folding import fold, sentence_case, words
from kycuong.models import Document, DocumentFile, DocumentLink, DocumentText, Post, Unit
from kycuong.models.documents import DocumentState, Register
from kycuong.queries import org, scope
from kycuong.queries.kept import Slot, kept
from kycuong.reader import Reading, read_text
from kycuong.services import audit, comparisons, files, search
from kycuong.services.directives.proposing import propose

READER_VERSION = "2"
#: The states in which one still decides whether a document charges anybody, and what to say in the others.
TRIED = (DocumentState.TRIAGE, DocumentState.REVIEW, DocumentState.FOR_INFO)
NOT_YET: dict[str, str] = {DocumentState.READING: "document_reading", DocumentState.ERASED: "document_erased"}


def register_line(*, actor: scope.Actor, at: datetime, text: str, giver_post: int | None = None) -> UUID:
    """Register one typed or pasted instruction; it goes through the same reader, the covering document may follow.

    Raises: NotAllowed, Invalid, Secret.
    """
    must_intake(actor)
    text = text.strip()
    if not text:
        raise Invalid("line_empty")
    reading = read_text(text, issued=local_date(at))
    document = Document(register=Register.OUTGOING, is_line=True, giver_post_id=giver_post)
    with transaction.atomic():
        entered = enter(actor, at, reading, document)
        if reading.orders:
            triage(actor=actor, at=at, document=entered.public_id, has_orders=True)
    return entered.public_id


def must_intake(actor: scope.Actor) -> None:
    """Refuse who does not register documents. Raises: NotAllowed."""
    if not actor.may("intake"):
        raise NotAllowed("intake_not_allowed")


def enter(
    actor: scope.Actor, at: datetime, reading: Reading, document: Document, file: tuple[str, bytes] | None = None
) -> Document:
    """Enter a document in its register with what was read of it; of a scan still being read the text comes later.

    Raises: Conflict, Invalid when it is known already or the disk refuses.
    """
    fill_header(document, reading, at)
    document.registered_by_id, document.registered_at = actor.officer_id, at
    refuse_known(document)
    if file:
        _refuse_known_file(*file)
    try:
        with transaction.atomic():
            _enter(actor, at, reading, document, file)
    except OperationalError as error:
        if files.disk_full(error):
            raise Invalid("disk_failed") from error
        raise
    return document


def _enter(
    actor: scope.Actor, at: datetime, reading: Reading, document: Document, file: tuple[str, bytes] | None
) -> None:
    _number_arrival(document, at)
    propose_roles(document, at)
    try:
        with transaction.atomic():
            document.save(force_insert=True)
    except IntegrityError as error:
        refuse_known(document)
        raise Conflict("moved_meanwhile") from error
    DocumentText.objects.create(document=document, text="", reading={}, reader_version=READER_VERSION)
    if document.state == DocumentState.READING:
        search.write_documents([document.pk])
    else:
        write_reading(document, reading, at)
    if file:
        files.keep(
            officer_id=actor.officer_id, at=at, data=file[1], name=file[0], media_type=reading.media_type, document=document
        )  # fmt: skip
    audit.record(
        actor_id=actor.officer_id, at=at, act="register", subject_kind="document", subject_id=document.public_id,
        orders=0 if document.state == DocumentState.READING else len(reading.orders),
    )  # fmt: skip


def write_reading(document: Document, reading: Reading, at: datetime) -> None:
    """Write the text of a document, propose its orders, link what it cites."""
    DocumentText.objects.filter(document=document).update(
        text=reading.text, reading=reading.to_json(), reader_version=READER_VERSION
    )
    propose(document, reading, local_date(at))
    _link_cited(document)
    search.write_documents([document.pk])


def _refuse_known_file(name: str, data: bytes) -> None:
    digest = hashlib.sha256(data).hexdigest()
    known = DocumentFile.objects.filter(sha256=digest, document__isnull=False).select_related("document").first()
    if known and known.document:
        raise Invalid("file_known", name=name, document=str(known.document), public_id=known.document.public_id)


def fill_header(document: Document, reading: Reading, at: datetime) -> None:
    """Fill the head of a document with what was read."""
    document.number, document.symbol = (reading.number or "")[:30], (reading.symbol or "")[:60]
    document.doc_type = (reading.doc_type or "")[:60]
    document.issuer = sentence_case(reading.issuer or "")[:200]
    document.issued_on = reading.issued_on or (local_date(at) if document.is_line else None)
    document.signer = (reading.signer or "")[:120]
    document.signing_mark = (reading.signing_mark or "")[:120]
    document.subject = reading.subject or (reading.text.strip() if document.is_line else "")
    document.theme = (reading.theme or "")[:300]
    document.addressees, document.cites = list(reading.addressees), list(reading.cites)
    document.higher_level = above_province(document.issuer)
    if document.register == Register.INCOMING and document.arrived_on is None:
        document.arrived_on = local_date(at)
    derive(document)


def derive(document: Document) -> None:
    """Fill what follows from the head: folded words for the search, years for the numbers."""
    document.issuer_folded = words(document.issuer)[:250]
    document.issued_year = document.issued_on.year if document.issued_on else None
    document.arrived_year = document.arrived_on.year if document.arrived_on else None
    code = f"{document.number}/{document.symbol}" if document.number else ""
    document.folded = fold(f"{code} {document.doc_type} {document.issuer} {document.subject} {document.signer}")


def refuse_known(document: Document) -> None:
    """Refuse a document whose number, issuer and year are in the register. Raises: Invalid."""
    if not document.number or document.issued_year is None:
        return
    known = (
        Document.objects.filter(
            issuer_folded=document.issuer_folded,
            issued_year=document.issued_year,
            number=document.number,
            symbol=document.symbol,
        )
        .exclude(pk=document.pk)
        .first()
    )
    if known:
        raise Invalid(
            "document_known",
            document=str(known),
            issuer=known.issuer,
            year=known.issued_year,
            public_id=known.public_id,
        )


def _number_arrival(document: Document, at: datetime) -> None:
    if document.register != Register.INCOMING:
        document.arrival_no = None
        return
    year = document.arrived_year or local_date(at).year
    rows = Document.objects.filter(arrived_year=year)
    following = (rows.aggregate(last=Max("arrival_no"))["last"] or 0) + 1
    if document.arrival_no is None:
        document.arrival_no = following
    elif rows.filter(arrival_no=document.arrival_no).exclude(pk=document.pk).exists():
        raise Invalid("arrival_no_known", arrival_no=document.arrival_no, year=year, next_no=following)


def propose_roles(document: Document, at: datetime) -> None:
    """Propose giver (the Chairman, or the deputy who signed KT.), following agency and confirmer (the Office)."""
    on = local_date(at)
    last = _last_follower(on)
    by_kind = {"province": last[0][-2], "office": last[0][-1]} if last else dict(_top(on))
    province, office = by_kind.get("province"), by_kind.get("office")
    if province:
        document.giver_unit_id = province
        if document.giver_post_id is None:
            seats = org.seats_of(province, on, "chairman", "vice_chairman")
            document.giver_post_id = _giver(document, seats)
    if office:
        document.follower_unit_id = document.confirmer_unit_id = office
        document.follower_post_id = _follower(office, on, org.seat_that(last))


@kept(DateField())
def _top(on: Slot) -> QuerySet[Unit, tuple[str, int]]:
    return (
        Unit.objects.filter(org.valid_on(on), kind__in=["province", "office"]).order_by("id").values_list("kind", "pk")
    )


def _giver(document: Document, seats: list[org.Seat]) -> int | None:
    if document.signing_mark.startswith("KT"):
        signer = fold(document.signer)
        for seat in seats:
            if signer and fold(seat.officer_name) == signer:
                return seat.post_id
    return seats[0].post_id if seats else None


def _follower(office_id: int, on: date, last: org.Seat | None) -> int | None:
    """Return the specialist who followed the last document, while in office; else the Office's first one."""
    if last and last.officer_id:
        return last.post_id
    rows = Post.objects.filter(kind="follower", unit__in=_with_divisions(office_id)).order_by("id")
    for post in rows:
        seat = org.seat(post.pk, on)
        if seat and seat.officer_id:
            return post.pk
    return None


@kept(DateField())
def _last_follower(on: Slot) -> QuerySet[Post, tuple[Any, ...]]:
    """Return the seat that followed the last document, with the province's and the Office's unit behind it."""
    newest = Document.objects.filter(follower_post__isnull=False).order_by("-id").values("follower_post_id")[:1]
    units = Unit.objects.filter(org.valid_on(on)).order_by("-id").values("pk")
    top = {kind: Subquery(units.filter(kind=kind)[:1]) for kind in ("province", "office")}
    return org.held_seats(Q(pk=Subquery(newest)), on).annotate(**top).values_list(*org.SEAT_NAMES, *top)


def _with_divisions(unit_id: int) -> list[int]:
    return [unit_id, *Unit.objects.filter(parent=unit_id, kind="division").values_list("pk", flat=True)]


def _link_cited(document: Document) -> None:
    """Link to the documents already in the register that this one cites by number."""
    for code in document.cites:
        number, _, symbol = str(code).partition("/")
        for other in Document.objects.filter(number=number, symbol=symbol).exclude(pk=document.pk)[:3]:
            DocumentLink.objects.get_or_create(document=document, other=other, kind=DocumentLink.Kind.CITES)


def triage(*, actor: scope.Actor, at: datetime, document: UUID, has_orders: bool) -> None:
    """Say whether a document charges anybody: to review, or for information only; can be changed until issued.

    Raises: NotVisible, NotAllowed, Conflict.
    """
    row = scope.document_to_review(actor, document)
    state = DocumentState.REVIEW if has_orders else DocumentState.FOR_INFO
    with transaction.atomic():
        changed = Document.objects.filter(pk=row.pk, state__in=TRIED).update(state=state)
        if not changed:
            row.refresh_from_db()
            raise Conflict(NOT_YET.get(row.state, "document_moved_meanwhile"), state=DocumentState(row.state).label)
        audit.record(
            actor_id=actor.officer_id,
            at=at,
            act="triage",
            subject_kind="document",
            subject_id=document,
            state=state.value,
        )


HEADER_FIELDS = frozenset({"number", "symbol", "doc_type", "issuer", "issued_on", "signer", "subject", "theme"})


def correct_header(*, actor: scope.Actor, at: datetime, document: UUID, **fields: object) -> None:
    """Correct what was read of a document's head. Raises: NotVisible, NotAllowed, Invalid, Conflict."""
    row = scope.document_to_review(actor, document)
    if row.state == DocumentState.ERASED:
        raise Conflict("document_erased")
    for name, value in fields.items():
        if name not in HEADER_FIELDS:
            raise Invalid("kind_unknown", text=name)
        longest = getattr(Document._meta.get_field(name), "max_length", None)
        setattr(row, name, value[:longest] if isinstance(value, str) else value)
    row.higher_level = above_province(row.issuer)
    derive(row)
    refuse_known(row)
    with transaction.atomic():
        row.save()
        search.write_documents([row.pk])
        audit.record(
            actor_id=actor.officer_id, at=at, act="correct_header", subject_kind="document", subject_id=document,
            fields=sorted(fields),
        )  # fmt: skip


def set_roles(
    *, actor: scope.Actor, at: datetime, document: UUID, giver_post: int, follower_post: int | None = None
) -> None:
    """Set who gives the tasks of a document and which specialist follows and confirms.

    Raises: NotVisible, NotAllowed, Invalid.
    """
    row = scope.document_to_review(actor, document)
    on = local_date(at)
    giver = org.seat(giver_post, on)
    follower = org.seat(follower_post, on) if follower_post else None
    if giver is None or (follower_post and follower is None):
        raise Invalid("post_unknown")
    with transaction.atomic():
        row.giver_post_id, row.giver_unit_id = giver.post_id, org.body_of(giver.unit_id)
        if follower:
            body = org.body_of(follower.unit_id)
            row.follower_post_id, row.follower_unit_id, row.confirmer_unit_id = follower.post_id, body, body
        row.save()
        audit.record(
            actor_id=actor.officer_id, at=at, act="set_roles", subject_kind="document", subject_id=document,
            giver=giver.post_id, follower=follower.post_id if follower else None,
        )  # fmt: skip


def link(*, actor: scope.Actor, at: datetime, document: UUID, other: UUID, kind: str) -> None:
    """Link a document to another one of the register. Raises: NotVisible, NotAllowed, Invalid."""
    row, target = scope.document_to_review(actor, document), scope.document_to_read(actor, other)
    if kind not in DocumentLink.Kind.values or row.pk == target.pk:
        raise Invalid("kind_unknown", text=kind)
    with transaction.atomic():
        DocumentLink.objects.get_or_create(document=row, other=target, kind=kind)
        if kind == DocumentLink.Kind.IMPLEMENTS:
            comparisons.count_pair(target, row, at)
        audit.record(
            actor_id=actor.officer_id, at=at, act="link", subject_kind="document", subject_id=document,
            other=str(other), kind=kind,
        )  # fmt: skip
