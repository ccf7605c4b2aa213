"""Trust the certificate of an authority, or trust it no more; whatever it judged is judged again by the job."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from kycuong.core.errors import Conflict, Invalid, NotVisible
from kycuong.models import TrustCertificate
from kycuong.queries import scope
from kycuong.queries.trust import must_administer
from kycuong.reader.signatures import Certificate, read_certificates
from kycuong.services import audit


def add(*, actor: scope.Actor | None, at: datetime, data: bytes) -> list[Certificate]:
    """Trust the certificates in a PEM or DER file and return the new ones; those that are known stay as they are.

    Without an actor it is the operator at the command line. Raises: NotAllowed, Invalid.
    """
    must_administer(actor)
    if not data:
        raise Invalid("trust_file_missing")
    given = {one.fingerprint: one for one in read_certificates(data)}
    with transaction.atomic():
        known = TrustCertificate.objects.filter(fingerprint__in=given, retired_at__isnull=True)
        for fingerprint in known.values_list("fingerprint", flat=True):
            given.pop(fingerprint)
        if not given:
            raise Invalid("trust_known")
        for one in given.values():
            _write(one, actor, at)
    return list(given.values())


def _write(one: Certificate, actor: scope.Actor | None, at: datetime) -> None:
    officer = actor.officer_id if actor else None
    try:
        with transaction.atomic():
            row = TrustCertificate.objects.create(
                subject=one.subject, issuer=one.issuer, serial=one.serial, valid_from=one.valid_from,
                valid_until=one.valid_until, fingerprint=one.fingerprint, is_root=one.is_root, der=one.der,
                added_by_id=officer, added_at=at,
            )  # fmt: skip
    except IntegrityError as error:  # somebody added it at the same moment
        raise Invalid("trust_known") from error
    audit.record(
        actor_id=officer, at=at, act="add_trust", subject_kind="trust", subject_id=row.public_id,
        fingerprint=one.fingerprint, is_root=one.is_root,
    )  # fmt: skip


def retire(*, actor: scope.Actor | None, at: datetime, certificate: UUID) -> None:
    """Trust a certificate no more; its row stays, with who did it and when. Raises: NotAllowed, NotVisible, Conflict."""
    must_administer(actor)
    officer = actor.officer_id if actor else None
    with transaction.atomic():
        row = TrustCertificate.objects.filter(public_id=certificate).first()
        if row is None:
            raise NotVisible("trust_not_visible")
        ended = TrustCertificate.objects.filter(pk=row.pk, retired_at__isnull=True)
        if not ended.update(retired_at=at, retired_by_id=officer):
            raise Conflict("trust_retired")
        audit.record(
            actor_id=officer, at=at, act="retire_trust", subject_kind="trust", subject_id=row.public_id,
            fingerprint=row.fingerprint,
        )  # fmt: skip
