"""Cases of signs that a unit has explained, with the file and the decision; the cases themselves are facts of the ledger."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class SignContest(models.Model):
    """What a unit says of one case of a sign, once, and what was decided; free texts lie in the erasable table of notes."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=20)
    duty = models.ForeignKey("kycuong.Duty", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)
    in_time = models.BooleanField()
    note = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    file = models.ForeignKey("kycuong.DocumentFile", models.PROTECT, null=True, related_name="+", db_index=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    verdict = models.CharField(max_length=8, blank=True)
    answer = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="sign_contest_once", fields=["code", "duty", "unit"]),
            models.CheckConstraint(name="sign_verdict", condition=Q(verdict__in=["", "kept", "aside"])),
            models.CheckConstraint(
                name="sign_decided",
                condition=Q(verdict="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(verdict="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-made_at"], name="sign_contest_of_unit"),
            models.Index(fields=["made_at"], name="sign_contest_waiting", condition=Q(verdict="")),
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.unit_id}: {self.duty_id}"
