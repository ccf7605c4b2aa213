"""The certificates by which signatures are judged: who may change them, the list, and what the job asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from kycuong.core.errors import NotAllowed
from kycuong.models import SignatureCheck, TrustCertificate
from kycuong.queries import scope


@dataclass(frozen=True, slots=True)
class TrustRow:
    """A certificate as the list shows it.

    `state` is trusted, bridge (helps to build a chain), alone (its root is missing), expired or retired.
    """

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


@dataclass(frozen=True, slots=True)
class Trust:
    """What chains are built of now, in DER; `number` rises with every change."""

    number: int
    roots: tuple[bytes, ...]
    others: tuple[bytes, ...]


def must_administer(who: scope.Actor | None) -> None:
    """Refuse whoever is no administrator; nobody is the operator of the machine. Raises: NotAllowed."""
    if who is not None and not who.may("administer"):
        raise NotAllowed("administer_not_allowed")


def listed(who: scope.Actor | None, at: datetime) -> list[TrustRow]:
    """Return every certificate, those in use first, roots before what they issued. Raises: NotAllowed."""
    must_administer(who)
    rows = list(TrustCertificate.objects.select_related("added_by", "retired_by").order_by("-is_root", "subject", "id"))
    roots = {row.subject for row in rows if row.is_root and row.retired_at is None}
    made = [_row(row, roots, at) for row in rows]
    return sorted(made, key=lambda one: one.state == "retired")


def _row(row: TrustCertificate, roots: set[str], at: datetime) -> TrustRow:
    return TrustRow(
        row.public_id, row.subject, row.issuer, row.serial, row.fingerprint, row.valid_from, row.valid_until, row.is_root,
        _state(row, roots, at), row.added_by.full_name if row.added_by else "", row.added_at,
        row.retired_by.full_name if row.retired_by else "", row.retired_at,
    )  # fmt: skip


def _state(row: TrustCertificate, roots: set[str], at: datetime) -> str:
    if row.retired_at is not None:
        return "retired"
    if row.valid_until <= at:
        return "expired"
    if row.is_root:
        return "trusted"
    return "bridge" if row.issuer in roots else "alone"


def in_use() -> Trust:
    """Return the certificates that are not retired; one that has expired still judges what was signed before."""
    rows = TrustCertificate.objects.filter(retired_at__isnull=True).order_by("id").values_list("is_root", "der")
    roots: list[bytes] = []
    others: list[bytes] = []
    for is_root, der in rows:
        (roots if is_root else others).append(bytes(der))
    return Trust(number(), tuple(roots), tuple(others))


def has_root() -> bool:
    """Return whether any authority is trusted: before, no signature can be."""
    return TrustCertificate.objects.filter(is_root=True, retired_at__isnull=True).exists()


def number() -> int:
    """Return how often the certificates have changed: each was added once, and some were retired once."""
    counts = TrustCertificate.objects.aggregate(added=Count("pk"), retired=Count("retired_at"))
    return int(counts["added"]) + int(counts["retired"])


def waiting(who: scope.Actor) -> int:
    """Return how many files with signatures the job has yet to judge by the certificates as they are. Raises: NotAllowed."""
    must_administer(who)
    judged = SignatureCheck.objects.filter(verdict__in=["valid", "untrusted", "invalid"], trust_no__lt=number())
    return judged.count() + SignatureCheck.objects.filter(verdict="waiting").count()
