"""Events out to other systems: who wants which, and what was delivered of them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Subscription(models.Model):
    """A system wants to hear of some kinds of events at an address; it hears of what its officer sees in one post."""

    class State(models.TextChoices):
        """Where a subscription stands."""

        ACTIVE = "active", "Đang gửi"
        PAUSED = "paused", "Tạm dừng"
        ENDED = "ended", "Đã kết thúc"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120)
    url = models.CharField(max_length=500)
    kinds = models.JSONField(default=list)  # such as task.send; empty: every kind
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey("kycuong.Post", models.PROTECT, related_name="+", db_index=False)
    token = models.ForeignKey("kycuong.SystemToken", models.PROTECT, null=True, related_name="+", db_index=False)
    secret_no = models.PositiveSmallIntegerField(
        default=1
    )  # the secret follows from it and from the instance's own key
    state = models.CharField(max_length=8, choices=State, default=State.ACTIVE)
    paused_code = models.CharField(max_length=20, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    after_event = models.PositiveBigIntegerField()  # what came up to this event was looked at
    after_entry = models.PositiveBigIntegerField(default=0)  # and up to this entry of the audit
    next_try_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    lease_no = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["next_try_at", "id"], name="hook_due", condition=Q(state="active"))]

    def __str__(self) -> str:
        return f"{self.name} at {self.url}"


class EventDelivery(models.Model):
    """One event for one subscription; its message id stays the same however often it is sent.

    It is an act on a duty (`event`, `duty`), or what happened to another record (`entry` of the audit, `subject`).
    """

    class State(models.TextChoices):
        """Where a delivery stands."""

        WAITING = "waiting", "Chờ gửi"
        SENT = "sent", "Đã gửi"
        FAILED = "failed", "Không gửi được"
        HIDDEN = "hidden", "Không còn được xem"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="deliveries", db_index=False)
    event = models.PositiveBigIntegerField(null=True)  # nothing has a foreign key to an event
    duty = models.ForeignKey("kycuong.Duty", models.PROTECT, null=True, related_name="+", db_index=False)
    entry = models.PositiveBigIntegerField(null=True)
    subject = models.UUIDField(null=True)
    other = models.UUIDField(null=True)  # of a document that was replaced the one that takes its place
    seq = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=45)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempt = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)  # what the receiver answered last
    error_code = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="delivery_once", fields=["subscription", "event"]),
            models.UniqueConstraint(name="delivery_of_entry_once", fields=["subscription", "entry"]),
            models.CheckConstraint(
                name="delivery_of_one",
                condition=Q(event__isnull=False, duty__isnull=False, entry__isnull=True, subject__isnull=True)
                | Q(event__isnull=True, duty__isnull=True, entry__isnull=False, subject__isnull=False),
            ),
            models.CheckConstraint(
                name="delivery_sent",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["subscription", "duty", "event"], name="delivery_waiting", condition=Q(state="waiting")
            ),
            models.Index(
                fields=["subscription", "subject", "entry"],
                name="delivery_record_waiting",
                condition=Q(state="waiting", entry__isnull=False),
            ),
            models.Index(fields=["subscription", "-id"], name="delivery_newest"),
            models.Index(fields=["made_at"], name="delivery_made"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
