"""The leaf of an append-only row: a hash over its canonical JSON, taken when the row is written."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import date, datetime
from uuid import UUID

from kycuong.models import Note


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    message = f"cannot stand in a leaf: {type(value).__name__}"
    raise TypeError(message)


def _canonical(content: dict[str, object]) -> str:
    """Return the content as canonical JSON: sorted keys, no blanks, as printed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def leaf(content: dict[str, object]) -> str:
    """Return the SHA-256 of the content as canonical JSON in UTF-8, in hexadecimal."""
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


class LeafMould:
    """Leaves of contents that differ in their duty and seq only, at a fraction of the cost of one `leaf` each."""

    def __init__(self, content: dict[str, object]) -> None:
        text = _canonical(content | {"duty": -1, "seq": -1})
        before, _, rest = text.partition('"duty":-1')
        between, _, self._after = rest.partition('"seq":-1')
        self._before, self._between = f'{before}"duty":', f'{between}"seq":'

    def leaf(self, duty_id: int, seq: int) -> str:
        """Return what `leaf` returns for the content with this duty and seq."""
        text = f"{self._before}{duty_id}{self._between}{seq}{self._after}"
        return hashlib.sha256(text.encode()).hexdigest()


def keep_note(text: str) -> tuple[Note | None, str]:
    """Keep a free text in the erasable table and return it with its salted hash; nothing for an empty text."""
    text = text.strip()
    if not text:
        return None, ""
    salt = secrets.token_hex(16)
    note = Note.objects.create(salt=salt, text=text)
    return note, hashlib.sha256((salt + text).encode()).hexdigest()
