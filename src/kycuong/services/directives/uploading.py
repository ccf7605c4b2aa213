"""Take a file in: looked at before a byte is stored; read at once, begun as a scan, or entered with its head typed by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kycuong.core.errors import Invalid
from kycuong.models import Document
from kycuong.models.documents import DocumentState
from kycuong.queries import scope
from kycuong.reader import Leaf, Pages, Reading, Secret, Unreadable, assemble, pages_of, read_bytes, read_text
from kycuong.services import files
from kycuong.services.directives import scanning
from kycuong.services.directives.registering import enter, must_intake

#: A scan may begin with blank pages; the first that bears words is looked at before anything is stored.
BLANK_PAGES = 3


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a file found: all of it, or the first pages of a scan that the job loop goes on reading."""

    reading: Reading
    pages: int = 0
    leaves: tuple[Leaf, ...] = ()


def look(data: bytes, name: str) -> Looked:
    """Read a file whole when that is cheap, else only the first page of a scan; nothing is stored.

    Raises: Invalid, Unreadable, Secret.
    """
    files.check_size(data, name)
    with pages_of(data, name) as pages:
        if not any(pages.kind(number) == "picture" for number in range(1, pages.count + 1)):
            return Looked(read_bytes(data, name, patient=True))
        leaves = _first(pages)
        if len(leaves) == pages.count:
            return Looked(assemble(leaves, name, pages.media_type))
        head = read_text("\n".join(leaf.text for leaf in leaves), name)
        return Looked(replace(head, media_type=pages.media_type), pages.count, leaves)


def _first(pages: Pages) -> tuple[Leaf, ...]:
    found: list[Leaf] = []
    for number in range(1, min(pages.count, BLANK_PAGES) + 1):
        found.append(pages.leaf(number))
        if any(c.isalpha() for c in found[-1].text):
            break
    return tuple(found)


def register_upload(
    *, actor: scope.Actor, at: datetime, data: bytes, name: str, register: str = "incoming",
    arrival_no: int | None = None, arrived_on: date | None = None,
) -> UUID:  # fmt: skip
    """Register an uploaded paper and return its public id; its orders are proposed, waiting for triage.

    A paper marked secret is refused before a byte is stored; of a scan the first page is looked at before, the others are
    read by the job loop. Raises: NotAllowed, Conflict, Invalid, Unreadable, Secret.
    """
    must_intake(actor)
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
