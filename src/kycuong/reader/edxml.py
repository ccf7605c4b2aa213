"""edXML (QCVN 102:2016/BTTTT, amendment 1:2022): one document as offices exchange it, read from and written to a file.

Written after the published field list and not tested with the real national axis. A file from outside may be hostile: no entity
is expanded, no address is opened, and a document type declaration is refused.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from kycuong.reader.shapes import Unreadable

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
MOST_ATTACHMENTS = 50


@dataclass(frozen=True, slots=True)
class Office:
    """An office of the exchange: its code (QĐ 20/2020/QĐ-TTg) and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with the document."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """One document as exchanged. `due_on` is DueDate; `steering` is SteeringType: true 1, false 0, none when it says nothing."""

    number: str = ""
    symbol: str = ""
    issuer: Office = Office("", "")
    place: str = ""
    issued_on: dt.date | None = None
    doc_type: str = ""
    subject: str = ""
    content: str = ""
    position: str = ""
    signer: str = ""
    due_on: dt.date | None = None
    steering: bool | None = None
    to: tuple[Office, ...] = ()
    places: tuple[str, ...] = ()
    attachments: tuple[Attached, ...] = ()


def is_edxml(data: bytes) -> bool:
    """Tell by its first bytes whether a file is edXML."""
    return b"edXML" in data[:2000] and data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")


def read_edxml(data: bytes) -> Message:
    """Read a message. Raises: Unreadable for what is no edXML, is broken, or wants to reach beyond itself."""
    root = _parsed(data)
    header = next(_named(root, "MessageHeader"), None)
    if header is None:
        raise Unreadable("edxml_broken", "Tệp không có phần MessageHeader của edXML. Xuất lại tệp từ hệ thống gửi.")
    steering = _text(header, "SteeringType")
    return Message(
        number=_text(header, "CodeNumber"), symbol=_text(header, "CodeNotation"),
        issuer=_office(next(_named(header, "From"), header)), place=_text(header, "PromulgationInfo", "Place"),
        issued_on=_day(_text(header, "PromulgationDate")), doc_type=_text(header, "TypeName"),
        subject=_text(header, "Subject"), content=_text(header, "Content"), position=_text(header, "Position"),
        signer=_text(header, "FullName"), due_on=_day(_text(header, "DueDate")),
        steering=steering == "1" if steering in {"0", "1"} else None, to=tuple(map(_office, _named(header, "To"))),
        places=tuple(_texts(header, "ToPlaces", "Place")), attachments=tuple(_attachments(root)),
    )  # fmt: skip


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise Unreadable("edxml_broken", "Tệp edXML không đúng cú pháp XML. Xuất lại tệp từ hệ thống gửi.") from wrong
    if getattr(root.getroottree().docinfo, "doctype", "") or b"<!ENTITY" in data:
        raise Unreadable("edxml_unsafe", "Tệp edXML có khai báo DOCTYPE nên không nhận. Xuất lại tệp từ hệ thống gửi.")
    return root


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _named(node: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield what lies below a node under a name, whatever its namespace."""
    return (one for one in node.iter() if _local(one) == name)


def _texts(node: etree._Element, *path: str) -> Iterator[str]:
    """Yield the texts at a path of names."""
    if not path:
        yield " ".join("".join(str(part) for part in node.itertext()).split())
        return
    for one in _named(node, path[0]):
        yield from _texts(one, *path[1:])


def _text(node: etree._Element, *path: str) -> str:
    return next(_texts(node, *path), "")


def _office(node: etree._Element) -> Office:
    return Office(_text(node, "OrganId"), _text(node, "OrganName"))


def _day(text: str) -> dt.date | None:
    """Return a day written 2026-11-30 or 30/11/2026, with or without a time; none for what is no day."""
    for form, length in (("%Y-%m-%d", 10), ("%Y/%m/%d", 10), ("%d/%m/%Y", 10)):
        try:
            return dt.datetime.strptime(text[:length], form).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    return None


def _attachments(root: etree._Element) -> Iterator[Attached]:
    """Yield the attached files with the names that the manifest gives them. Raises: Unreadable."""
    names = {}
    for one in _named(root, "Reference"):
        ident = _text(one, "ContentId") or next(
            (value for key, value in one.attrib.items() if str(key).endswith("href")), ""
        )
        names[str(ident).removeprefix("cid:")] = _text(one, "AttachmentName")
    for number, one in enumerate(_named(root, "Attachment"), 1):
        if number > MOST_ATTACHMENTS:
            raise Unreadable(
                "edxml_broken", f"Tệp edXML có hơn {MOST_ATTACHMENTS} tệp đính kèm. Tách văn bản rồi gửi lại."
            )
        try:
            data = base64.b64decode(_text(one, "ContentTransferEncoded").replace(" ", ""), validate=True)
        except (binascii.Error, ValueError) as wrong:
            raise Unreadable(
                "edxml_broken", "Tệp đính kèm trong edXML bị hỏng. Xuất lại tệp từ hệ thống gửi."
            ) from wrong
        name = _text(one, "AttachmentName") or names.get(_text(one, "ContentId"), "") or f"tep-{number}"
        yield Attached(name.replace("/", "_").replace("\\", "_")[:200], _text(one, "ContentType"), data)


def write_edxml(message: Message) -> bytes:
    """Write a message; the same one always gives the same bytes."""
    root = etree.Element(f"{{{NAMESPACE}}}edXML", nsmap={"edXML": NAMESPACE})
    envelope = _add(root, "edXMLEnvelope")
    header = _add(_add(envelope, "edXMLHeader"), "MessageHeader")
    _write_office(_add(header, "From"), message.issuer)
    for office in message.to:
        _write_office(_add(header, "To"), office)
    _write_head(header, message)
    manifest = _add(_add(envelope, "edXMLBody"), "edXMLManifest")
    encoded = _add(root, "AttachmentEncoded")
    for number, one in enumerate(message.attachments, 1):
        reference, attachment = _add(manifest, "Reference"), _add(encoded, "Attachment")
        for node in (reference, attachment):
            _add(node, "ContentId", f"tep-{number}")
        _add(reference, "AttachmentName", one.name)
        _add(attachment, "ContentType", one.media_type)
        _add(attachment, "ContentTransferEncoded", base64.b64encode(one.data).decode())
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


def _write_head(header: etree._Element, message: Message) -> None:
    code = _add(header, "Code")
    _add(code, "CodeNumber", message.number)
    _add(code, "CodeNotation", message.symbol)
    promulgated = _add(header, "PromulgationInfo")
    _add(promulgated, "Place", message.place)
    _add(promulgated, "PromulgationDate", message.issued_on.isoformat() if message.issued_on else "")
    _add(_add(header, "DocumentType"), "TypeName", message.doc_type)
    _add(header, "Subject", message.subject)
    _add(header, "Content", message.content)
    signer = _add(header, "SignerInfo")
    _add(signer, "Position", message.position)
    _add(signer, "FullName", message.signer)
    if message.due_on:
        _add(header, "DueDate", message.due_on.isoformat())
    places = _add(header, "ToPlaces")
    for place in message.places:
        _add(places, "Place", place)
    if message.steering is not None:
        _add(header, "SteeringType", "1" if message.steering else "0")


def _write_office(node: etree._Element, office: Office) -> None:
    _add(node, "OrganId", office.code)
    _add(node, "OrganName", office.name)


def _add(node: etree._Element, name: str, text: str = "") -> etree._Element:
    made = etree.SubElement(node, f"{{{NAMESPACE}}}{name}")
    made.text = "".join(one for one in text if one >= " " or one in "\t\n\r") or None
    return made
