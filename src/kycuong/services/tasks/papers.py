"""The file of a result: read before it is kept, so that a secret one leaves no byte behind."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime

from kycuong.core.calendars import local_date
from kycuong.core.errors import Invalid
from kycuong.models import DocumentFile, TaskResult
from kycuong.queries import scope
from kycuong.queries.files import path_of
from kycuong.reader import Deferred, Reading, Secret, Unreadable, pages_of, read_bytes, read_text
from kycuong.reader.edxml import Attached, is_edxml, read_edxml
from kycuong.services import files

#: How long sending waits for the first page of a scan to be recognised; else its number is typed in.
LOOK_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Paper:
    """A file in memory and what was read of it; None for what could not be read at once."""

    name: str
    data: bytes
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class Signed:
    """Number, symbol, day and signer of a signed paper, typed where the file does not say them."""

    number: str = ""
    symbol: str = ""
    signed_on: date | None = None
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """A signed paper that came back, with what every such paper must say of itself."""

    paper: Paper
    number: str
    symbol: str
    signed_on: date
    signer: str

    @property
    def code(self) -> str:
        """Number and symbol."""
        return f"{self.number}/{self.symbol}"


def take_back(
    file: tuple[str, bytes] | None, typed: Signed, at: datetime, *, no_file: str = "file_missing"
) -> Returned:
    """Return a draft's signed paper, read: it has a number and a day of signing that is not to come.

    Raises: Invalid, Secret.
    """
    if file is None:
        raise Invalid(no_file)
    paper = read_file(file)
    said = typed_or_read(paper, typed)
    if not said.number:
        raise Invalid("signed_number_missing", **_read_so_far(said))
    if said.signed_on is None:
        code = f"{said.number}/{said.symbol}" if said.symbol else said.number
        raise Invalid("signed_day_missing", known=code, **_read_so_far(said))
    if said.signed_on > local_date(at):
        raise Invalid("result_date_future", date=f"{said.signed_on:%d/%m/%Y}")
    return Returned(paper, said.number, said.symbol, said.signed_on, said.signer)


def _read_so_far(said: Signed) -> dict[str, object]:
    """Return what is known of a paper that lacks something, so that the form keeps it."""
    day = f"{said.signed_on:%d/%m/%Y}" if said.signed_on else ""
    return {"number": said.number, "symbol": said.symbol, "signed_on": day, "signer": said.signer}


def typed_or_read(paper: Paper, typed: Signed) -> Signed:
    """Return what was typed, and where nothing was what the paper says."""
    reading = paper.reading
    return Signed(
        (typed.number or (reading.number if reading else "") or "").strip()[:30],
        (typed.symbol or (reading.symbol if reading else "") or "").strip()[:60],
        typed.signed_on or (reading.issued_on if reading else None),
        (typed.signer or (reading.signer if reading else "") or "").strip()[:120],
    )


def read_file(file: tuple[str, bytes]) -> Paper:
    """Read the file of a result. Raises: Invalid, Secret."""
    name, data = file
    files.check_size(data, name)
    try:
        return Paper(name, data, _read(data, name))
    except Secret:
        raise
    except Unreadable as wrong:
        if wrong.code == "empty" or wrong.code.startswith("edxml"):
            raise
        return Paper(name, data, None)  # a scan or an image: kept as it is, its number is typed in


def _read(data: bytes, name: str) -> Reading | None:
    """Read a paper, also one that comes back over the exchange. Raises: Unreadable, Secret."""
    return _exchanged(data) if is_edxml(data) else _plain(data, name)


def _exchanged(data: bytes) -> Reading:
    """Read the first letter that an edXML message carries; number, day and signer are what its header says.

    Raises: Unreadable for a broken message or one without a letter, Secret for any letter in it that is secret.
    """
    message = read_edxml(data)
    if not message.attachments:
        raise Unreadable("edxml_empty", "Tệp edXML không kèm văn bản đã ký. Xuất lại tệp từ hệ thống gửi.")
    read = [_attached(one) for one in message.attachments]
    return replace(
        read[0] or Reading(message.content), media_type="application/xml", number=message.number or None,
        symbol=message.symbol or None, issued_on=message.issued_on, signer=message.signer or None,
    )  # fmt: skip


def _attached(one: Attached) -> Reading | None:
    try:
        return _plain(one.data, one.name)
    except Secret:
        raise
    except Unreadable:
        return None  # a scan or an image in the message: the header says what it is


def _plain(data: bytes, name: str) -> Reading | None:
    """Read a paper; of a scan the first page, where number and date stand, when that takes a few seconds only."""
    try:
        return read_bytes(data, name)
    except Deferred:
        helper = ThreadPoolExecutor(1)
        try:
            return helper.submit(_first_page, data, name).result(timeout=LOOK_SECONDS)
        except TimeoutError:
            return None
        finally:
            helper.shutdown(wait=False)


def _first_page(data: bytes, name: str) -> Reading:
    with pages_of(data, name) as pages:
        return replace(read_text(pages.leaf(1).text, name), media_type=pages.media_type)


def keep_file(actor: scope.Actor, at: datetime, paper: Paper) -> DocumentFile:
    """Keep the file."""
    media = paper.reading.media_type if paper.reading else "application/octet-stream"
    return files.keep(officer_id=actor.officer_id, at=at, data=paper.data, name=paper.name, media_type=media)


def read_again(result: TaskResult) -> Reading | None:
    """Read the file that was kept with a draft."""
    if result.file is None:
        return None
    try:
        return _read(path_of(result.file.sha256).read_bytes(), result.file.name)
    except (Unreadable, OSError):
        return None
