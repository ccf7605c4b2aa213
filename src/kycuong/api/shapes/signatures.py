"""Digital signatures of files, and the certificates by which they are judged."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Schema


class SignatureShown(Schema):
    """One signature of a file as it was found; instants are aware, names are the certificate's."""

    verdict: str
    reason: str
    kind: str
    signer: str
    organisation: str
    serial: str
    issuer: str
    valid_from: datetime | None
    valid_until: datetime | None
    claimed_at: datetime | None
    stamped_at: datetime | None
    stamp: str
    coverage: str
    changes: str
    revocation: str
    algorithm: str
    chain: list[str]


class CheckRun(Schema):
    """What an earlier look found, and when."""

    at: datetime
    verdict: str
    reason: str


class FileSignatures(Schema):
    """All that the page of a file's signatures shows; `checked_at` is None while the file waits."""

    file_id: UUID
    file_name: str
    size: int
    sha256: str
    verdict: str
    reason: str
    signatures: list[SignatureShown]
    known_at: datetime | None
    checked_at: datetime | None
    history: list[CheckRun]


class TrustShown(Schema):
    """A certificate as the list shows it."""

    public_id: UUID
    subject: str
    issuer: str
    serial: str
    fingerprint: str
    valid_from: datetime
    valid_until: datetime
    is_root: bool
    state: str
    added_by: str
    added_at: datetime
    retired_by: str
    retired_at: datetime | None
