"""The agency's own process: dated versions of its road, one post and one limit a step; a version is never overwritten."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class WorkProcess(models.Model):
    """One version of the road of a task inside a unit, from a day on, with the reason of the revision."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveSmallIntegerField()
    in_force_from = models.DateField()
    reason = models.CharField(max_length=500)
    basis = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    request_id = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="process_version_once", fields=["unit", "version"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} v{self.version}"


class ProcessStep(models.Model):
    """One step of a version: which post acts, within how many working hours; a step that was cut has no row."""

    process = models.ForeignKey(WorkProcess, models.PROTECT, related_name="steps", db_index=False)
    code = models.CharField(max_length=10)
    post = models.ForeignKey("kycuong.Post", models.PROTECT, related_name="+", db_index=False)
    limit_hours = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="process_step_once", fields=["process", "code"]),
            models.CheckConstraint(name="process_step_hours", condition=Q(limit_hours__gte=1, limit_hours__lte=400)),
        ]

    def __str__(self) -> str:
        return f"{self.process_id} {self.code}"
