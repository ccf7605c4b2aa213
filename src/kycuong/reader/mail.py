"""Open an e-mail: the text of the message and each attachment are papers of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from functools import partial
from pathlib import Path

from kycuong.core.sentences import Sentence
from kycuong.reader.parts import PARTS, Part, type_of
from kycuong.reader.shapes import Unreadable

MESSAGE_BYTES = 100_000_000
#: Pictures under this size inside a message are logos and signatures.
_LOGO_BYTES = 40_000
_FIELD = re.compile(
    rb"(?:return-path|received|from|date|subject|mime-version|message-id|delivered-to|to|cc|dkim-signature|reply-to|x-[\w-]+"
    rb"|content-type|authentication-results|arc-[\w-]+|thread-[\w-]+|importance): ?\S?",
    re.IGNORECASE,
)
_SENT = re.compile(rb"^(?:from|received|message-id|mime-version): ", re.IGNORECASE | re.MULTILINE)
_ENDINGS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/tiff": ".tif", "text/html": ".html",
            "text/plain": ".txt", "application/msword": ".doc", "message/rfc822": ".eml"}  # fmt: skip
_CUTS = re.compile(
    r"^(?:-- ?$|_{10,}|-{5,} ?(?:original message|forwarded message|thư gốc|thư chuyển tiếp)|(?:on|vào) .{5,120}(?:wrote|viết|đã viết):"
    r"|(?:this (?:e-?mail|message)|the information (?:in|contained)|email này|thư (?:điện tử )?này)\b.{0,120}"
    r"(?:confidential|intended|bảo mật|riêng tư|chỉ dành cho))",
    re.IGNORECASE | re.MULTILINE,
)


def is_message(head: bytes, name: str) -> bool:
    """Tell whether a file begins with the fields of an e-mail."""
    lines = head[:4096].lstrip(b"\xef\xbb\xbf\r\n").splitlines()
    fields = sum(1 for line in lines[:12] if _FIELD.match(line))
    if name.lower().endswith(".eml"):
        return fields >= 1
    return fields >= 3 and bool(lines and _FIELD.match(lines[0])) and bool(_SENT.search(head[:4096]))


def parts(source: bytes | Path, name: str, depth: int = 0) -> Iterator[Part]:
    """Yield the text of a message first, then its attachments; messages attached to it are parts of their own."""
    data = source if isinstance(source, bytes) else _all(source, name)
    try:
        message = message_from_bytes(data, policy=policy.default)
        found = list(_parts(message, depth))
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, KeyError, RecursionError) as wrong:
        raise Unreadable(
            "broken_mail",
            Sentence("Thư “{name}” hỏng nên không mở được; hãy lưu lại thư thành .eml rồi gửi.", name=name),
        ) from wrong
    if not found:
        raise Unreadable(
            "empty",
            Sentence("Thư “{name}” không có nội dung và không có tệp đính kèm; hãy kiểm tra lại thư.", name=name),
        )
    yield from found


def _all(source: Path, name: str) -> bytes:
    if source.stat().st_size > MESSAGE_BYTES:
        raise Unreadable(
            "too_big",
            Sentence(
                "Thư “{name}” quá {most} MB; hãy lưu riêng từng tệp đính kèm rồi gửi.",
                name=name,
                most=MESSAGE_BYTES // 1000000,
            ),
        )
    return source.read_bytes()


def _parts(message: EmailMessage, depth: int) -> Iterator[Part]:
    subject = _clean(str(message.get("subject", "")), "") or "thu"
    body = message.get_body(preferencelist=("plain", "html"))
    if body is not None:
        data = _body(body)
        if data.strip():
            ending = _ENDINGS[body.get_content_type()]
            yield Part(
                f"{subject[:100]}{ending}", len(data), body.get_content_type(), partial(bytes, data), "body", depth
            )
    for number, part in enumerate(_leaves(message), 1):
        if number > PARTS:
            return
        if part is not body and not _is_alternative(part, body):
            yield _attachment(part, number, depth)


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield what is not a container; a message inside stays whole."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    for part in message.iter_parts():
        if isinstance(part, EmailMessage):
            yield from _leaves(part)


def _is_alternative(part: EmailMessage, body: MIMEPart | None) -> bool:
    """Tell the other form of the message's own text from an attachment."""
    plain = part.get_content_type() in {"text/plain", "text/html"} and not part.is_attachment()
    return body is not None and plain and part.get_filename() is None


def _attachment(part: EmailMessage, number: int, depth: int) -> Part:
    kind = part.get_content_type()
    if kind == "message/rfc822":
        inner = part.get_payload(0) if isinstance(part.get_payload(), list) else part
        data = inner.as_bytes() if isinstance(inner, EmailMessage) else b""
        title = str(inner.get("subject", "")) if isinstance(inner, EmailMessage) else ""
        name = _clean(part.get_filename() or "", "") or _clean(title, f"thu-kem-{number}")
        name = name if name.lower().endswith(".eml") else f"{name}.eml"
        return Part(name, len(data), kind, partial(bytes, data), "file", depth)
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    name = _clean(part.get_filename() or "", f"dinh-kem-{number}")
    if "." not in name:
        name += _ENDINGS.get(kind, "")
    if kind == "application/octet-stream":
        kind = type_of(name)
    inline = kind.startswith("image/") and (
        part.get("content-id") is not None or part.get_content_disposition() == "inline"
    )
    role = "inline" if inline and len(data) < _LOGO_BYTES else "file"
    return Part(name, len(data), kind, partial(bytes, data), role, depth)


def _clean(name: str, otherwise: str) -> str:
    """Return a file name without folders and control characters."""
    plain = "".join(c if c.isprintable() else " " for c in name.replace("\\", "/").rpartition("/")[2])
    return " ".join(plain.split())[:160] or otherwise


def _body(body: MIMEPart) -> bytes:
    """Return the text of a message as UTF-8, without quoted replies, signature and disclaimer."""
    payload = body.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    try:
        text = raw.decode(body.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        text = raw.decode("utf-8", "replace")
    if body.get_content_type() == "text/plain":
        cut = _CUTS.search(text)
        text = text[: cut.start()] if cut and text[: cut.start()].strip() else text
        text = "\n".join(line for line in text.splitlines() if not line.startswith(">"))
    return text.encode()
