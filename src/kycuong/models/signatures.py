"""What was found of the digital signatures of files, and the certificates by which they are judged."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from kycuong.core.signatures import INVALID, UNTRUSTED, VALID, WAITING


class TrustCertificate(models.Model):
    """A certificate of an authority that the administrators trust, or that helps to build a chain; retired, never deleted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(max_length=300)
    issuer = models.CharField(max_length=300)
    serial = models.CharField(max_length=80)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    fingerprint = models.CharField(max_length=64)
    is_root = models.BooleanField()
    der = models.BinaryField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    added_at = models.DateTimeField()
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="trust_once", fields=["fingerprint"], condition=Q(retired_at__isnull=True)),
            models.CheckConstraint(
                name="trust_retired", condition=Q(retired_at__isnull=False) | Q(retired_by__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class SignatureCheck(models.Model):
    """What stands of the signatures of some bytes, whichever files hold them; leased, fenced by attempt, erasable."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, unique=True)
    known_at = models.DateTimeField()  # when the bytes first came in: they were signed before
    verdict = models.CharField(max_length=10, default=WAITING)
    reason = models.CharField(max_length=20, blank=True)
    run = models.PositiveIntegerField(default=0)  # rises when a look finds something else than the one before
    trust_no = models.PositiveIntegerField(default=0)  # how often the trusted certificates had changed then
    checked_at = models.DateTimeField(null=True)
    turn_at = models.DateTimeField()
    to_tell = models.BooleanField(default=False)  # not valid, and whoever took in a result with it has yet to hear
    attempt = models.PositiveIntegerField(default=0)
    crashes = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="signature_checked", condition=Q(verdict=WAITING) | Q(checked_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["turn_at", "id"], name="signature_waiting", condition=Q(verdict=WAITING)),
            models.Index(
                fields=["trust_no", "id"], name="signature_trust", condition=Q(verdict__in=[INVALID, UNTRUSTED, VALID])
            ),
            models.Index(fields=["id"], name="signature_to_tell", condition=Q(to_tell=True)),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.verdict}"


class FileSignature(models.Model):
    """One signature as one look found it: names of the certificate, instants, reach, verdict; erased with its file."""

    check_row = models.ForeignKey(SignatureCheck, models.CASCADE, related_name="signatures", db_index=False)
    run = models.PositiveIntegerField()
    number = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=10)
    reason = models.CharField(max_length=20, blank=True)
    facts = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(name="file_signature_once", fields=["check_row", "run", "number"])]

    def __str__(self) -> str:
        return f"{self.number} of {self.check_row_id}"
