"""The page of a file's signatures, for whoever may open the file; and a file at the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from kycuong.core.signatures import UNREADABLE, WAITING, Report, Signed, from_plain
from kycuong.models import AuditEntry, FileSignature, SignatureCheck
from kycuong.queries import files, scope, trust
from kycuong.reader.signatures import is_pdf, look


@dataclass(frozen=True, slots=True)
class Run:
    """What an earlier look found, and when."""

    at: datetime
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class SignaturePage:
    """All that the page of a file's signatures shows; `checked_at` is None while the file waits."""

    file_id: UUID
    file_name: str
    size: int
    sha256: str
    verdict: str
    reason: str
    signatures: list[Signed]
    known_at: datetime | None
    checked_at: datetime | None
    history: list[Run]


def page(who: scope.Actor, public_id: UUID) -> SignaturePage:
    """Return what was found of the signatures of a file that the person may open. Raises: NotVisible."""
    row = files.visible(who, public_id)
    check = SignatureCheck.objects.filter(sha256=row.sha256).first()
    if check is None:
        return SignaturePage(row.public_id, row.name, row.size, row.sha256, row.signed, "", [], None, None, [])
    found = FileSignature.objects.filter(check_row=check, run=check.run).order_by("number")
    entries = AuditEntry.objects.filter(subject_kind="signature", subject_id=str(check.public_id)).order_by("-id")[:20]
    return SignaturePage(
        row.public_id, row.name, row.size, row.sha256, check.verdict, "" if check.verdict == WAITING else check.reason,
        [from_plain(one.facts) for one in found], check.known_at, check.checked_at,
        [Run(one.at, one.data["verdict"], one.data["reason"]) for one in entries],
    )  # fmt: skip


def look_at(path: Path, at: datetime) -> Report:
    """Look at a file on the disk by the certificates of this instance, as of now."""
    with path.open("rb") as stream:
        if not is_pdf(stream.read(1024)):
            return Report(UNREADABLE, "broken")
    trusted = trust.in_use()
    return look(path, roots=trusted.roots, others=trusted.others, moment=at)
