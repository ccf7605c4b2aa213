"""Take a file in: looked at before a byte is stored; read at once, begun as a scan, or entered with its head typed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kycuong.core.errors import Invalid
from kycuong.models import Document
from kycuong.models.documents import DocumentState
from kycuong.queries import scope
from kycuong.reader import Secret, Unreadable, pages_of, read_text
from kycuong.reader.edxml import is_edxml
from kycuong.services import files
from kycuong.services.directives import scanning
from kycuong.services.directives.exchanging import register_edxml
from kycuong.services.directives.looking import Looked, look
from kycuong.services.directives.registering import enter, must_intake


def register_upload(
    *, actor: scope.Actor, at: datetime, data: bytes, name: str, register: str = "incoming",
    arrival_no: int | None = None, arrived_on: date | None = None,
) -> UUID:  # fmt: skip
    """Register an uploaded paper and return its public id; its orders are proposed, waiting for triage.

    A paper marked secret is refused before a byte is stored; of a scan the first page is looked at before, the others are
    read by the job loop. Raises: NotAllowed, Conflict, Invalid, Unreadable, Secret.
    """
    must_intake(actor)
    if is_edxml(data):
        files.check_size(data, name)
        return register_edxml(
            actor=actor, at=at, data=data, name=name, register=register, arrival_no=arrival_no, arrived_on=arrived_on
        )
    document = Document(register=register, arrival_no=arrival_no, arrived_on=arrived_on)
    return register_looked(actor=actor, at=at, looked=look(data, name), document=document, file=(name, data))


def register_looked(
    *, actor: scope.Actor, at: datetime, looked: Looked, document: Document, file: tuple[str, bytes]
) -> UUID:
    """Register a file that was looked at. Raises: Conflict, Invalid."""
    if not looked.pages:
        return enter(actor, at, looked.reading, document, file).public_id
    document.state = DocumentState.READING
    with transaction.atomic():
        entered = enter(actor, at, looked.reading, document, file)
        scanning.begin(entered, file[0], looked.reading.media_type, looked.pages, looked.leaves, at)
    return entered.public_id


def register_by_hand(
    *, actor: scope.Actor, at: datetime, data: bytes, name: str, subject: str, declared: bool, content: str = "",
    register: str = "incoming", arrival_no: int | None = None, arrived_on: date | None = None, number: str = "",
    symbol: str = "", doc_type: str = "", issuer: str = "", issued_on: date | None = None, signer: str = "",
) -> UUID:  # fmt: skip
    """Register a file that cannot be read here, its head typed by hand; `content` are its orders as somebody typed them.

    Whoever registers declares that it bears no mark of secrecy. Raises: NotAllowed, Conflict, Invalid, Secret.
    """
    must_intake(actor)
    files.check_size(data, name)
    if not declared:
        raise Invalid("secrecy_undeclared")
    if not subject.strip():
        raise Invalid("subject_missing")
    _refuse_secret(data, name)
    typed = read_text(content.strip() or subject.strip(), issued=issued_on)
    reading = replace(
        typed, number=number.strip(), symbol=symbol.strip(), doc_type=doc_type.strip(), issuer=issuer.strip(),
        issued_on=issued_on, signer=signer.strip(), signing_mark="", subject=subject.strip(),
        media_type="application/octet-stream", orders=typed.orders if content.strip() else (),
    )  # fmt: skip
    document = Document(register=register, arrival_no=arrival_no, arrived_on=arrived_on)
    return enter(actor, at, reading, document, (name, data)).public_id


def _refuse_secret(data: bytes, name: str) -> None:
    """Refuse what can after all be seen to be secret; what cannot be read is what this is for. Raises: Secret."""
    try:
        with pages_of(data, name) as pages:
            pages.leaf(1)
    except Secret:
        raise
    except Unreadable:
        return
