"""The outbox of e-mail: what is to be sent to whom, how often it was tried, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Mail(models.Model):
    """One e-mail to one officer; its Message-ID follows from what it tells, so that telling it again makes no second one."""

    class State(models.TextChoices):
        """Where a mail stands."""

        WAITING = "waiting", "Chờ gửi"
        SENT = "sent", "Đã gửi"
        FAILED = "failed", "Không gửi được"

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)
    message_id = models.CharField(max_length=160, unique=True)
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)  # emptied once sent: what was told stands in the notices
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempt = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mail_sent",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at", "id"], name="mail_waiting", condition=Q(state="waiting")),
            models.Index(fields=["state", "-id"], name="mail_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id}"
