"""What must still be told (outbox) and what people have been told (notices)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Outbox(models.Model):
    """One event that somebody must hear of; written with the event, handed out by the job loop."""

    duty = models.ForeignKey("kycuong.Duty", models.PROTECT, related_name="+", db_index=False)
    seq = models.PositiveIntegerField()
    topic = models.CharField(max_length=20)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="outbox_once", fields=["duty", "seq"])]
        indexes = [models.Index(fields=["id"], name="outbox_waiting", condition=Q(done_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.topic} {self.duty_id}.{self.seq}"


class Notice(models.Model):
    """One officer is told once: of an event of a duty, a file of its result, a period to check, a sign about a unit in a week."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    duty = models.ForeignKey("kycuong.Duty", models.PROTECT, null=True, related_name="+", db_index=False)
    period = models.ForeignKey("kycuong.Period", models.PROTECT, null=True, related_name="+", db_index=False)
    file = models.ForeignKey("kycuong.DocumentFile", models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    #: of a file its place among those of one round, the first of which tells of all; of a unit the number of a week's first day
    seq = models.PositiveIntegerField()
    topic = models.CharField(max_length=20)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)  # in office hours; null on rows older than the column
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="notice_once", fields=["recipient", "duty", "seq"], condition=Q(file__isnull=True)
            ),
            models.UniqueConstraint(
                name="notice_file_once", fields=["file", "recipient"], condition=Q(file__isnull=False)
            ),
            models.UniqueConstraint(
                name="notice_period_once", fields=["recipient", "period", "topic"], condition=Q(period__isnull=False)
            ),
            models.UniqueConstraint(
                name="notice_sign_once", fields=["recipient", "unit", "topic", "seq"], condition=Q(unit__isnull=False)
            ),
            models.CheckConstraint(
                name="notice_of_one_thing",
                condition=Q(duty__isnull=True, period__isnull=False, file__isnull=True, unit__isnull=True)
                | Q(duty__isnull=True, period__isnull=True, file__isnull=True, unit__isnull=False)
                | Q(duty__isnull=False, period__isnull=True, unit__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-at", "-id"], name="notice_inbox"),
            models.Index(fields=["recipient"], name="notice_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.topic} to {self.recipient_id}"
