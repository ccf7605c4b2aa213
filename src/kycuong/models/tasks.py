"""Tasks: what one unit must do under one order; the clock and the desk lie in the duty."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Task(models.Model):
    """One charged unit's task under one order, or the unit's periodic report on a whole document."""

    duty = models.OneToOneField("kycuong.Duty", models.PROTECT, related_name="task")
    order = models.ForeignKey("kycuong.Order", models.PROTECT, null=True, related_name="tasks", db_index=False)
    document = models.ForeignKey("kycuong.Document", models.PROTECT, related_name="tasks")
    product = models.CharField(max_length=300, blank=True)
    channel = models.CharField(max_length=200, blank=True)
    is_key = models.BooleanField(default=False)
    old_source = models.CharField(max_length=80, blank=True)  # the system that it was taken over from
    old_code = models.CharField(max_length=80, blank=True)
    old_extensions = models.PositiveSmallIntegerField(default=0)  # given before it was taken over
    old_extended_days = models.PositiveIntegerField(default=0)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        constraints = [
            models.CheckConstraint(name="task_replaces_another", condition=~Q(replaces=F("id"))),
        ]
        indexes = [models.Index(fields=["order"], name="task_of_order")]

    def __str__(self) -> str:
        return f"task {self.pk}"


class TaskParticipant(models.Model):
    """A unit that takes part without a clock of its own."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="participants")
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="participant_once", fields=["task", "unit"])]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.task_id}"


class TaskResult(models.Model):
    """One attempt at the product: prepared inside the unit, sent out with the result document, judged by the confirmer."""

    class Verdict(models.TextChoices):
        """What the confirmer said."""

        PENDING = "", "Chưa có ý kiến"
        CONFIRMED = "confirmed", "Đạt"
        SENT_BACK = "sent_back", "Chưa đạt"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    task = models.ForeignKey(Task, models.PROTECT, related_name="results")
    attempt = models.PositiveSmallIntegerField()
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField(null=True)
    summary = models.TextField(blank=True)
    file = models.ForeignKey("kycuong.DocumentFile", models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=30, blank=True)
    symbol = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True)
    signer = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="attempt_once", fields=["task", "attempt"]),
            models.CheckConstraint(
                name="sent_result_has_file", condition=Q(sent_at__isnull=True) | Q(file__isnull=False)
            ),
            models.CheckConstraint(name="judged_was_sent", condition=Q(verdict="") | Q(sent_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"result {self.attempt} of {self.task_id}"
