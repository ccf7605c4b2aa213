"""The leaf of an append-only row: a hash over its canonical JSON, taken when the row is written."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from kycuong.core.seals import canonical
from kycuong.models import AuditEntry, DutyEvent, Note
from kycuong.services import rows

#: What a leaf holds: its name in the canonical JSON, and the column from which anyone can compute it again.
EVENT_COLUMNS: Final = {
    "duty": "duty_id", "seq": "seq", "act": "act", "at": "at", "actor": "actor_id", "post": "actor_post_id", "phase": "phase_to",
    "holder": "holder_officer_to_id", "due": "due_to", "clock": "clock_no", "rung": "rung", "outcome": "outcome",
    "late": "late_working_days", "reason": "reason_code", "note": "note_hash", "data": "data",
}  # fmt: skip
ENTRY_COLUMNS: Final = {
    "at": "at", "actor": "actor_id", "act": "act", "kind": "subject_kind", "id": "subject_id", "data": "data",
}  # fmt: skip


def leaf(content: dict[str, object]) -> str:
    """Return the SHA-256 of the content as canonical JSON in UTF-8, in hexadecimal; instants count in UTC."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def leaf_of(row: DutyEvent | AuditEntry) -> str:
    """Return the leaf of a row from its columns."""
    columns = EVENT_COLUMNS if isinstance(row, DutyEvent) else ENTRY_COLUMNS
    return leaf({name: getattr(row, column) for name, column in columns.items()})


class LeafMould:
    """Leaves of contents that differ in their duty and seq only, at a fraction of the cost of one `leaf` each."""

    def __init__(self, content: dict[str, object]) -> None:
        text = canonical(content | {"duty": -1, "seq": -1})
        before, _, rest = text.partition('"duty":-1')
        between, _, self._after = rest.partition('"seq":-1')
        self._before, self._between = f'{before}"duty":', f'{between}"seq":'

    def leaf(self, duty_id: int, seq: int) -> str:
        """Return what `leaf` returns for the content with this duty and seq."""
        text = f"{self._before}{duty_id}{self._between}{seq}{self._after}"
        return hashlib.sha256(text.encode()).hexdigest()


def keep_note(text: str) -> tuple[Note | None, str]:
    """Keep a free text in the erasable table and return it with its salted hash; nothing for an empty text."""
    note, digest = note_of(text)
    if note is not None:
        rows.add([note])
    return note, digest


def note_of(text: str) -> tuple[Note | None, str]:
    """Return the note of a free text, unsaved, with its salted hash; nothing for an empty text."""
    text = text.strip()
    if not text:
        return None, ""
    salt, digest = salted(text)
    return rows.new(Note, salt=salt, text=text), digest


def salted(text: str) -> tuple[str, str]:
    """Return a fresh salt and the hash of the text behind it, so that nobody guesses the text from the hash."""
    salt = secrets.token_hex(16)
    return salt, fingerprint_of(salt, text)


def fingerprint_of(salt: str, text: str) -> str:
    """Return the salted hash by which events know a note."""
    return hashlib.sha256((salt + text).encode()).hexdigest()
