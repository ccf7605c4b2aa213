"""Targets: an order with a figure, held by one unit; its plan, its actual values over time, what was said about it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Target(models.Model):
    """A figure that a task must reach; of a periodic task one for the whole series."""

    class Direction(models.TextChoices):
        """On which side of the plan the actual must lie."""

        AT_LEAST = "at_least", "Ít nhất"
        AT_MOST = "at_most", "Không quá"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    duty = models.ForeignKey("kycuong.Duty", models.PROTECT, related_name="targets", db_index=False)
    series = models.UUIDField(null=True)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=500)
    measure = models.CharField(max_length=60, blank=True)
    plan = models.DecimalField(max_digits=20, decimal_places=4)
    direction = models.CharField(max_length=8, choices=Direction, default=Direction.AT_LEAST)
    made_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="target_once", fields=["duty", "position"])]
        indexes = [models.Index(fields=["series"], name="target_of_series", condition=Q(series__isnull=False))]

    def __str__(self) -> str:
        return self.name[:60]


class TargetActual(models.Model):
    """One actual value: who said it, when, as of which day, with what evidence; append-only, corrected by a later one."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    target = models.ForeignKey(Target, models.PROTECT, related_name="actuals", db_index=False)
    duty = models.ForeignKey("kycuong.Duty", models.PROTECT, related_name="+", db_index=False)
    value = models.DecimalField(max_digits=20, decimal_places=4)
    as_of = models.DateField()
    file = models.ForeignKey("kycuong.DocumentFile", models.PROTECT, null=True, related_name="+", db_index=False)
    source = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    source_hash = models.CharField(max_length=64, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="actual_corrects_another", condition=~Q(corrects=F("id")))]
        indexes = [
            models.Index(fields=["target", "as_of", "id"], name="actual_of_target"),
            models.Index(fields=["file"], name="actual_with_file", condition=Q(file__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.value} for {self.target_id}"


class TargetChange(models.Model):
    """What was said about a target: contested, answered, corrected, dropped, added by hand."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    target = models.ForeignKey(Target, models.PROTECT, related_name="changes", db_index=False)
    act = models.CharField(max_length=10)
    side = models.CharField(max_length=6)
    note = models.ForeignKey(
        "kycuong.Note", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    answers = models.OneToOneField("self", models.PROTECT, null=True, related_name="answered_by")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="target_change_act", condition=Q(act__in=["contest", "answer", "correct", "drop", "add"])
            ),
            models.CheckConstraint(name="target_answer", condition=~Q(act="answer") | Q(answers__isnull=False)),
        ]
        indexes = [models.Index(fields=["target", "id"], name="change_of_target")]

    def __str__(self) -> str:
        return f"{self.act} of {self.target_id}"
