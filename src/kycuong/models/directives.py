"""Orders found in a document, as reviewed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Term(models.TextChoices):
    """The four kinds of an order; only the first two have a clock."""

    DATED = "dated", "Có thời hạn"
    PERIODIC = "periodic", "Định kỳ"
    STANDING = "standing", "Thường xuyên"
    PROHIBITION = "prohibition", "Nghiêm cấm"


class OrderStatus(models.TextChoices):
    """What the review has said of an order."""

    PROPOSED = "proposed", "Đề xuất"
    CHECKED = "checked", "Đã xem"
    DROPPED = "dropped", "Không giao việc"


class Order(models.Model):
    """One order of a document: its words, its span, its kind, its deadline and product."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey("kycuong.Document", models.CASCADE, related_name="orders", db_index=False)
    path = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Term)
    status = models.CharField(max_length=10, choices=OrderStatus, default=OrderStatus.PROPOSED)
    drop_reason = models.CharField(max_length=300, blank=True)
    deadline_kind = models.CharField(max_length=10, default="none")
    deadline_text = models.CharField(max_length=300, blank=True)
    deadline_on = models.DateField(null=True)
    bound = models.CharField(max_length=6, blank=True)
    rrule = models.CharField(max_length=120, blank=True)
    product = models.CharField(max_length=300, blank=True)
    channel = models.CharField(max_length=200, blank=True)
    targets = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    confidence = models.FloatField(default=1.0)
    rule = models.CharField(max_length=60, blank=True)
    is_key = models.BooleanField(default=False)
    added = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="order_span", condition=Q(end__gt=F("start"))),
            models.CheckConstraint(
                name="order_dated_has_date", condition=~Q(kind="dated") | Q(deadline_on__isnull=False)
            ),
            models.CheckConstraint(name="order_periodic_has_rule", condition=~Q(kind="periodic") | ~Q(rrule="")),
            models.CheckConstraint(name="order_dropped_says_why", condition=~Q(status="dropped") | ~Q(drop_reason="")),
        ]
        indexes = [models.Index(fields=["document", "start"], name="order_in_document")]

    def __str__(self) -> str:
        return f"{self.path} {self.text[:60]}"


class OrderParty(models.Model):
    """A unit or group that an order charges as lead or names as participant, as printed and as resolved."""

    class Role(models.TextChoices):
        """Who does it and who takes part."""

        LEAD = "lead", "Chủ trì"
        PARTICIPANT = "participant", "Phối hợp"

    order = models.ForeignKey(Order, models.CASCADE, related_name="parties", db_index=False)
    role = models.CharField(max_length=12, choices=Role)
    position = models.PositiveSmallIntegerField(default=0)
    printed = models.CharField(max_length=400)
    unit = models.ForeignKey("kycuong.Unit", models.PROTECT, null=True, related_name="+")
    group = models.CharField(max_length=30, blank=True)
    confidence = models.FloatField(default=1.0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="party_unit_or_group", condition=Q(unit__isnull=True) | Q(group="")),
        ]
        indexes = [models.Index(fields=["order", "role", "position"], name="party_of_order")]

    def __str__(self) -> str:
        return self.printed


class OrderChange(models.Model):
    """What a reviewer changed, before and after: history, undo, and a labelled example for the reader."""

    document = models.ForeignKey("kycuong.Document", models.CASCADE, related_name="changes")
    act = models.CharField(max_length=20)
    before = models.JSONField()
    after = models.JSONField()
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.act} in {self.document_id}"
