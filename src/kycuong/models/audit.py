"""The audit table: every act that is not on a duty, and every sign-in; append-only."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """One act: who, when, what, on which record; codes and ids only."""

    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=40, blank=True)
    data = models.JSONField(default=dict)
    leaf = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="audit_subject"),
            models.Index(fields=["-at", "-id"], name="audit_time"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"
